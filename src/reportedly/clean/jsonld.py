"""JSON-LD in a page: what the publisher's own markup says of the report."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lxml.html import HtmlElement

MAX_DEPTH = 12
"""Deeper nesting holds no news article; the bound keeps hostile markup from exhausting the stack."""

_ARTICLES = frozenset(
    {
        "analysisnewsarticle",
        "article",
        "backgroundnewsarticle",
        "blogposting",
        "liveblogposting",
        "newsarticle",
        "opinionnewsarticle",
        "report",
        "reportagenewsarticle",
        "reviewnewsarticle",
        "socialmediaposting",
    }
)


def read_records(tree: HtmlElement) -> tuple[Mapping[str, Any], ...]:
    """Return every object of every JSON-LD script of a page in order, outer before inner, without broken scripts."""
    found: list[Mapping[str, Any]] = []
    for script in tree.iter("script"):
        if (script.get("type") or "").split(";")[0].strip().lower() != "application/ld+json":
            continue
        try:
            value = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        found.extend(_walk(value, 0))
    return tuple(found)


def _walk(value: object, depth: int) -> Iterator[Mapping[str, Any]]:
    if depth > MAX_DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from _walk(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for item in value.values():
            if isinstance(item, list | dict):
                yield from _walk(item, depth + 1)


def get_types(record: Mapping[str, Any]) -> frozenset[str]:
    """Return the types of an object in lower case; empty where it has none."""
    value = record.get("@type")
    values = value if isinstance(value, list) else [value]
    return frozenset(item.rsplit("/", 1)[-1].lower() for item in values if isinstance(item, str))


def find_article(records: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """Return the object that describes the page's own report: the first of an article type that says when or what.

    A live page's own object wins over the plain article beside it and over its updates.
    """
    articles = [record for record in records if get_types(record) & _ARTICLES]
    live = [record for record in articles if "liveblogposting" in get_types(record)]
    told = [record for record in articles if record.get("datePublished") or record.get("headline")]
    return next(iter(live or told or articles), None)


def get_text(record: Mapping[str, Any], *names: str) -> str | None:
    """Return the first of some properties that holds words: a string, or the ``name`` of an object or a first item."""
    for name in names:
        value = record.get(name)
        if isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, Mapping):
            value = value.get("name")
        if isinstance(value, str) and value.strip():
            return " ".join(value.split())
    return None
