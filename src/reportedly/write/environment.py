"""The one place where templates are opened and rendered: words of reports are escaped, shown and never obeyed."""

from jinja2 import Environment, PackageLoader, StrictUndefined

from reportedly.write.wording import strip_controls


def open_environment(**names: object) -> Environment:
    """Return the templates, with names that all of them may use."""
    environment = Environment(
        loader=PackageLoader("reportedly.write"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(names)
    return environment


def render(environment: Environment, template: str, **values: object) -> str:
    """Return a page, without characters that would turn the direction of its lines."""
    return strip_controls(environment.get_template(template).render(**values))
