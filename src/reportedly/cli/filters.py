"""Options that narrow what a command shows: one for every filter of ``ClaimQuery``, in forms that people write."""

import re
from calendar import monthrange
from collections.abc import Callable, Collection, Iterable
from datetime import UTC, datetime, time, timedelta
from difflib import get_close_matches
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import click
import msgspec

from reportedly.cli.naming import Names
from reportedly.config import Settings
from reportedly.records.claim import Status
from reportedly.records.ontology import EventType
from reportedly.records.query import ClaimOrder, ClaimQuery

if TYPE_CHECKING:
    from reportedly.store.base import View

P = ParamSpec("P")
R = TypeVar("R")

_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_AGO = re.compile(r"(\d+)\s*(h|d|w)")
_UNITS = {"h": "hours", "d": "days", "w": "weeks"}

_OPTIONS: tuple[tuple[str, str, str], ...] = (
    ("--type", "types", "Event types: assault,coerce."),
    ("--status", "statuses", "Statuses: planned,threatened."),
    ("--actor", "actors", "Who acts: VEN (also finds VEN/GOV), Venezuela, Hamas."),
    ("--recipient", "recipients", "Who is acted on."),
    ("--party", "parties", "Who acts or is acted on."),
    ("--country", "countries", "Where: VE, VEN or Venezuela."),
    ("--place", "places", "Where: a gazetteer id, as `show` prints it."),
    ("--publisher", "publishers", "Outlets, by usual name; commas are part of it."),
    ("--voice", "voices", "Innermost sources, by name or code; commas are part of it."),
    ("--claim", "claims", "Claim ids."),
    ("--document", "documents", "Document ids."),
    ("--event", "events", "Event ids."),
    ("--story", "stories", "Story ids."),
)
_WHOLE = frozenset({"publishers", "voices"})
"""Filters whose values may hold a comma."""
_NAMES = frozenset({"actors", "recipients", "parties", "countries", "places", "publishers", "voices"})
"""Filters whose values are names, of which there are as many as reports bring."""
_IDS = (
    ("--claim", "claims", "claim"),
    ("--document", "documents", "document"),
    ("--event", "events", "event"),
    ("--story", "stories", "story"),
    ("--after", "after", "claim"),
)
"""Filters that take ids, and what those have to name."""
_DAYS: tuple[tuple[str, str, str], ...] = (
    ("--since", "since", "First day of the event: 2025, 2025-10, 2025-10-31, 7d."),
    ("--until", "until", "Last day of the event."),
    ("--published-since", "published_since", "First day of publication."),
    ("--published-until", "published_until", "Last day of publication."),
)

_ONE_WORD = (*((option, field) for option, field, _ in _DAYS), ("--text", "text"), ("--after", "after"))
"""Filters that take one value, as it stands."""

MOST = 1_000_000_000
"""A --limit of more would be none."""


def filter_options(command: Callable[..., R], without: Collection[str] = ()) -> Callable[..., R]:
    """Give a command the filters; it receives them as ``query``, a ``ClaimQuery``.

    Args:
        command: The command.
        without: Fields of ``ClaimQuery`` that it offers no option for.
    """

    @wraps(command)
    def run(*args: Any, **given: Any) -> R:
        filters = {name: given.pop(name, None) for name in ClaimQuery.__struct_fields__}
        settings = click.get_current_context().find_object(Settings)
        return command(*args, query=make_query(filters, settings), **given)

    wrapped: Callable[..., R] = run
    for option in reversed(list(_make_options(without))):
        wrapped = option(wrapped)
    return wrapped


def _make_options(without: Collection[str]) -> Iterable[Callable[[Callable[..., R]], Callable[..., R]]]:
    orders = click.Choice([order.value for order in ClaimOrder])
    options: dict[str, Callable[[Callable[..., R]], Callable[..., R]]] = {
        **{field: click.option(name, field, multiple=True, help=text) for name, field, text in _OPTIONS},
        **{field: click.option(name, field, help=text) for name, field, text in _DAYS},
        "recorded_since": click.option(
            "--recorded-since", help="Recorded from then on: 2025-11-02, 2025-11-02T08:00, 24h."
        ),
        "hedged": click.option(
            "--hedged/--unhedged", default=None, help="Only claims that are hedged, or only others."
        ),
        "originals": click.option("--originals", is_flag=True, help="Leave out the claims of copies."),
        "latest": click.option("--latest", is_flag=True, help="Leave out superseded versions of a document."),
        "text": click.option("--text", help='Words of the sentence: "boat strike", word*, OR, -word.'),
        "order": click.option(
            "--order", type=orders, default=ClaimOrder.PUBLISHED.value, show_default=True, help="How to sort."
        ),
        "limit": click.option("--limit", type=click.IntRange(1, MOST), help="How many at most."),
        "after": click.option("--after", help="Go on after this claim id."),
    }
    return [option for field, option in options.items() if field not in without]


def make_query(given: dict[str, Any], settings: Settings | None = None) -> ClaimQuery:
    """Make the query of what was given on the command line.

    Args:
        given: By field of ``ClaimQuery``: words as the user wrote them; None and empty for filters not given.
        settings: Tables of the user's own, in which names of parties and countries are looked up.

    Raises:
        click.BadParameter: a value is not one of those allowed; the message names the option, and what is allowed.
        ConfigError: a table of the user's own cannot be read.
    """
    given = dict(given)
    names = Names(settings or Settings())
    for option, field in _ONE_WORD:
        refuse_empty(given.get(field), option)
    for option, field, _ in _OPTIONS:
        values = _split(given.get(field) or (), option, whole=field in _WHOLE)
        read = _READERS.get(field)
        given[field] = tuple(dict.fromkeys(read(value, option, names) if read else value for value in values))
    for option, field, _ in _DAYS:
        if given.get(field):
            given[field] = read_day(given[field], option, last=field.endswith("until"))
    for first, last, option in (
        ("since", "until", "--until"),
        ("published_since", "published_until", "--published-until"),
    ):
        expect_order(given.get(first), given.get(last), option)
    if given.get("recorded_since") is not None:
        given["recorded_since"] = read_instant(given["recorded_since"], "--recorded-since")
    given["order"] = ClaimOrder(given.get("order") or ClaimOrder.PUBLISHED)
    return msgspec.convert({name: value for name, value in given.items() if value is not None}, ClaimQuery)


def expect_order(first: str | None, last: str | None, option: str) -> None:
    """Refuse a span of days that ends before it starts.

    Raises:
        click.BadParameter: it does.
    """
    if first is not None and last is not None and first > last:
        raise click.BadParameter(f"{last} lies before {first}", param_hint=option)


def refuse_empty(words: str | None, option: str) -> None:
    """Refuse an option that is given nothing, as by a variable of the shell that is not set: it would narrow nothing.

    Raises:
        click.BadParameter: it is given nothing.
    """
    if words is not None and not words.strip():
        raise click.BadParameter("nothing is given: write a value, or leave the option out", param_hint=option)


def resolve_ids(view: "View", query: ClaimQuery) -> ClaimQuery:
    """Return a query with the ids that it names in full: on the command line they may be cut to their first characters.

    Names by which nothing at all is known are told on standard error: what they find is empty for that alone.

    Raises:
        NotFoundError: an id names nothing, or several things.
        click.BadParameter: it names something of another kind.
    """
    found: dict[str, Any] = {}
    for option, field, kind in _IDS:
        given = getattr(query, field) or ()
        names = [given] if isinstance(given, str) else given
        full = tuple(dict.fromkeys(_resolve(view, name, kind, option) for name in names))
        found[field] = (full[0] if full else None) if field == "after" else full
    _tell_unknown(view, query)
    return msgspec.structs.replace(query, **found)


def _tell_unknown(view: "View", query: ClaimQuery) -> None:
    for option, field, _ in _OPTIONS:
        for name in getattr(query, field) if field in _NAMES else ():
            if not view.find_claims(msgspec.structs.replace(ClaimQuery(limit=1), **{field: (name,)})):
                click.echo(f"{option}: no claim of the ledger has {name}", err=True)


def _resolve(view: "View", name: str, kind: str, option: str) -> str:
    what, full = view.resolve(name)
    if what.value != kind:
        raise click.BadParameter(f"{name} names another kind of record ({what.value}), no {kind}", param_hint=option)
    return full


def read_day(words: str, option: str, *, last: bool = False) -> str:
    """Read a day, month or year ("2025-10"), or a span back from today ("7d"), as ``YYYY-MM-DD``.

    Args:
        words: What the user wrote.
        option: Which option it was given to, for the message.
        last: True takes the last day of a month or year, False the first.

    Raises:
        click.BadParameter: it is none of these, or no day of the calendar.
    """
    ago = _read_ago(words)
    if ago is not None:
        return ago.date().isoformat()
    match = _DAY.fullmatch(words.strip())
    if match is not None:
        year, month, day = (int(part) if part else None for part in match.groups())
        try:
            month = month or (12 if last else 1)
            day = day or (monthrange(year or 0, month)[1] if last else 1)
            return datetime(year or 0, month, day, tzinfo=UTC).date().isoformat()
        except ValueError:
            pass
    raise click.BadParameter(f"{words!r} is no day: write 2025-10-31, 2025-10, 2025 or 7d", param_hint=option)


def read_instant(words: str, option: str, *, last: bool = False) -> str:
    """Read an instant as the store writes it: ISO 8601, UTC, to the microsecond.

    Args:
        words: A day, an ISO 8601 time (UTC where it names no zone), or a span back from now ("24h", "7d").
        option: Which option it was given to, for the message.
        last: True takes the last microsecond of a day, False the first.

    Raises:
        click.BadParameter: it is none of these.
    """
    refuse_empty(words, option)
    try:
        instant = _read_ago(words)
        if instant is None:
            instant = datetime.fromisoformat(words.strip())
            if last and len(words.strip()) <= len("2025-11-02"):
                instant = datetime.combine(instant, time.max)
        instant = instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
    # In UTC the first and last hours of the calendar may lie beyond it.
    except (ValueError, OverflowError):
        message = f"{words!r} is no time: write 2025-11-02, 2025-11-02T08:00, with Z or +02:00, or 24h"
        raise click.BadParameter(message, param_hint=option) from None
    return instant.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def _read_ago(words: str) -> datetime | None:
    match = _AGO.fullmatch(words.strip().lower())
    try:
        return datetime.now(UTC) - timedelta(**{_UNITS[match[2]]: int(match[1])}) if match else None
    except OverflowError:
        return None


def _split(values: Iterable[str], option: str, *, whole: bool) -> list[str]:
    found: list[str] = []
    for value in values:
        parts = [part.strip() for part in ([value] if whole else value.split(","))]
        refuse_empty("".join(parts), option)
        found += [part for part in parts if part]
    return found


def _read_type(value: str, option: str) -> str:
    return _choose(value.upper(), [kind.value for kind in EventType], option, str.lower)


def _read_status(value: str, option: str) -> str:
    return _choose(value.lower(), [status.value for status in Status], option, str)


def _choose(value: str, allowed: list[str], option: str, show: Callable[[str], str]) -> str:
    if value in allowed:
        return value
    near = get_close_matches(value, allowed, n=1)
    meant = f", did you mean {show(near[0])}?" if near else "."
    message = f"{show(value)!r} is not one of them{meant} Allowed: {', '.join(show(name) for name in allowed)}"
    raise click.BadParameter(message, param_hint=option)


def _read_place(value: str, option: str) -> str:
    if value.isdigit():
        return f"geonames:{value}"
    if value.startswith(("geonames:", "area:")):
        return value
    message = f"{value!r} is no gazetteer id: write geonames:3646738, or area:caribbean-sea; `show` prints them"
    raise click.BadParameter(message, param_hint=option)


_READERS: dict[str, Callable[[str, str, Names], str]] = {
    "types": lambda value, option, names: _read_type(value, option),
    "statuses": lambda value, option, names: _read_status(value, option),
    "actors": lambda value, option, names: names.read_party(value, option),
    "recipients": lambda value, option, names: names.read_party(value, option),
    "parties": lambda value, option, names: names.read_party(value, option),
    "countries": lambda value, option, names: names.read_country(value, option),
    "places": lambda value, option, names: _read_place(value, option),
}
