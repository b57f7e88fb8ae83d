"""What a ledger answers: what is new, and what can be said with its evidence."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import click
import msgspec

from reportedly.cli.filters import MOST, filter_options, make_query, read_instant, resolve_ids
from reportedly.cli.ledger import open_ledger, tell_json
from reportedly.cli.options import check_output, db_option, json_option
from reportedly.cli.output import make_console, open_output
from reportedly.cli.show import as_of_option, read_as_of
from reportedly.config import Settings
from reportedly.records.query import ClaimQuery

_LIMIT = Annotated[int, msgspec.Meta(ge=1, le=MOST)]


def situation_option(command: click.decorators.FC) -> click.decorators.FC:
    """Option of every command that can answer for a saved question."""
    return click.option("--situation", metavar="NAME", help="A saved question: [situations.NAME] in the settings.")(
        command
    )


def join_situation(settings: Settings, name: str | None, query: ClaimQuery) -> ClaimQuery:
    """Return the filters of a saved question, those given on the command line winning.

    Raises:
        click.BadParameter: no such question is saved, or one of its filters cannot be read.
    """
    if name is None:
        return query
    if name not in settings.situations:
        known = ", ".join(sorted(settings.situations)) or "none"
        raise click.BadParameter(f"{name!r} is not saved; saved are: {known}", param_hint="--situation")
    try:
        saved = make_query(_read_saved(settings.situations[name]), settings)
    except click.BadParameter as error:
        raise click.BadParameter(f"{name!r}, {error.param_hint}: {error.message}", param_hint="--situation") from error
    default = ClaimQuery()
    given = {field: value for field, value in msgspec.structs.asdict(query).items() if value != getattr(default, field)}
    return msgspec.structs.replace(saved, **given)


def _read_saved(saved: Mapping[str, Any]) -> dict[str, Any]:
    """Return filters as the command line gives them: several values in a list, one by itself in one, too.

    Raises:
        click.BadParameter: there is no such filter, or it takes values of another kind.
    """
    known = {field.name: field for field in msgspec.structs.fields(ClaimQuery)}
    read: dict[str, Any] = {}
    for name, value in saved.items():
        if name not in known:
            raise click.BadParameter(f"it is no filter; filters are: {', '.join(known)}", param_hint=name)
        several = isinstance(known[name].default, tuple)
        form = list[str] if several else _LIMIT if name == "limit" else known[name].type
        words = _write_out(value, form)
        try:
            read[name] = msgspec.convert([words] if several and isinstance(words, str) else words, form)
        except msgspec.ValidationError as error:
            raise click.BadParameter(f"{value!r} does not fit: {error}", param_hint=name) from error
    return read


def _write_out(value: object, form: object) -> object:
    """Return days, years and ids that a settings file may hold as such (``since = 2025-03-01``) as words."""
    if isinstance(value, list):
        return [_write_out(item, form) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) and form is not _LIMIT else value


@click.command()
@click.option(
    "--since", "since_when", required=True, help="Recorded since when: 2025-11-02, 2025-11-02T08:00, 24h, 7d."
)
@situation_option
@partial(filter_options, without=("since", "recorded_since", "order", "limit", "after"))
@as_of_option
@json_option
@db_option
@click.pass_obj
def diff(
    settings: Settings, since_when: str, situation: str | None, query: ClaimQuery, as_of: str | None, as_json: bool
) -> None:
    """Say what is new since a time: new events, flipped statuses, moved figures, new voices, retractions.

    The record as it stood then (by the recorded clock) is compared with the record as it stands. A report that only
    copies another tells nothing new.
    """
    from reportedly.watch.changes import find_changes
    from reportedly.write.changes import print_changes

    since = read_instant(since_when, "--since")
    until = read_as_of(as_of)
    question = join_situation(settings, situation, query)
    with open_ledger(settings) as store, store.reading(since) as before, store.reading(until) as now:
        question = resolve_ids(now, question)
        found = find_changes(before, now, question, since=since, until=until or _tell_now(), situation=situation)
    if as_json:
        tell_json(found)
        return
    with open_output(None) as out:
        print_changes(found, make_console(out))


def _tell_now() -> str:
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"


@click.command()
@click.option(
    "--format", "form", type=click.Choice(["markdown", "html", "json"]), default="markdown", show_default=True
)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write here.")
@click.option("--title", help="Title; default is the name of the situation, or Brief.")
@situation_option
@partial(filter_options, without=("order", "limit", "after"))
@as_of_option
@db_option
@click.pass_obj
def brief(
    settings: Settings,
    form: str,
    output: Path | None,
    title: str | None,
    situation: str | None,
    query: ClaimQuery,
    as_of: str | None,
) -> None:
    """Sum up the record, every sentence with the words that show it.

    Sentences are put together from claims and checked against the stored texts; what is not borne out is left out and
    counted. The end says what the brief rests on and what it cannot know.
    """
    from reportedly.records.ontology import open_ontology
    from reportedly.watch.briefs import make_brief
    from reportedly.write.brief import encode_brief, make_brief_page, make_markdown

    check_output(output, (), "--output")
    moment = read_as_of(as_of)
    question = join_situation(settings, situation, query)
    with open_ledger(settings) as store, store.reading(moment) as view:
        found = make_brief(
            view,
            resolve_ids(view, question),
            open_ontology(),
            title=title or situation or "Brief",
            recorded=moment or _tell_now(),
        )
    if form == "json":
        written = encode_brief(found).decode()
    else:
        written = make_markdown(found) if form == "markdown" else make_brief_page(found)
    with open_output(output) as out:
        out.write(written)
