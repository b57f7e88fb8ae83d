"""Filters are read in the forms people write, and refused with what is allowed."""

from typing import Any

import click
import pytest
from click.testing import CliRunner

from reportedly.cli.filters import filter_options, make_query, read_day, read_instant
from reportedly.records.claim import Status
from reportedly.records.ontology import EventType
from reportedly.records.query import ClaimOrder, ClaimQuery


def ask(*arguments: str) -> ClaimQuery:
    seen: list[ClaimQuery] = []

    @click.command()
    @click.option("--other")
    @filter_options
    def command(query: ClaimQuery, other: str | None) -> None:
        seen.append(query)

    result = CliRunner().invoke(command, list(arguments), standalone_mode=False)
    if result.exception is not None:
        raise result.exception
    return seen[0]


def test_nothing_given_asks_for_everything() -> None:
    assert ask() == ClaimQuery()


def test_every_filter_has_an_option() -> None:
    query = ask(
        *("--type", "assault,Coerce", "--status", "planned", "--actor", "usa/mil", "--recipient", "Venezuela"),
        *("--party", "Hamas", "--country", "venezuela", "--place", "3646738", "--since", "2025-10", "--until", "2025"),
        *("--published-since", "2025-10-01", "--published-until", "2025-11", "--recorded-since", "2025-11-02"),
        *("--publisher", "Gazette, The", "--voice", "Pentagon", "--claim", "a,b", "--document", "d", "--event", "e"),
        *("--story", "s", "--hedged", "--originals", "--latest", "--text", "boat strike", "--order", "latest"),
        *("--limit", "5", "--after", "x"),
    )
    assert query == ClaimQuery(
        types=(EventType.ASSAULT, EventType.COERCE),
        statuses=(Status.PLANNED,),
        actors=("USA/MIL",),
        recipients=("VEN",),
        parties=("Hamas",),
        countries=("VEN",),
        places=("geonames:3646738",),
        since="2025-10-01",
        until="2025-12-31",
        published_since="2025-10-01",
        published_until="2025-11-30",
        recorded_since="2025-11-02T00:00:00.000000Z",
        publishers=("Gazette, The",),
        voices=("Pentagon",),
        claims=("a", "b"),
        documents=("d",),
        events=("e",),
        stories=("s",),
        hedged=True,
        originals=True,
        latest=True,
        text="boat strike",
        order=ClaimOrder.LATEST,
        limit=5,
        after="x",
    )
    defaults = ClaimQuery()
    for name in ClaimQuery.__struct_fields__:
        assert getattr(query, name) != getattr(defaults, name), f"{name} has no option here"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--type", "asault"), "did you mean assault"),
        (("--type", "bombing"), "allowed: agree, consult"),
        (("--status", "done"), "occurred"),
        (("--country", "Venezuela!"), "did you mean Venezuela"),
        (("--place", "Caracas"), "geonames:"),
        (("--since", "yesterday"), "2025-10-31"),
        (("--since", "2025-13"), "is no day"),
        (("--since", "2025-10", "--until", "2025-09"), "lies before"),
        (("--recorded-since", "noon"), "is no time"),
        (("--limit", "0"), "range"),
        (("--limit", "99999999999999999999999"), "range"),
        (("--status", "nonsense"), "is not one of them. Allowed: historical"),
        (("--event", ""), "for --event: nothing is given"),
        (("--type", " , "), "for --type: nothing is given"),
        (("--publisher", ""), "for --publisher: nothing is given"),
        (("--since", ""), "for --since: nothing is given"),
        (("--text", " "), "for --text: nothing is given"),
        (("--recorded-since", ""), "for --recorded-since: nothing is given"),
        (("--after", ""), "for --after: nothing is given"),
        (("--recorded-since", "0001-01-01T00:00+02:00"), "is no time"),
        (("--recorded-since", "9999-12-31T23:00-05:00"), "is no time"),
    ],
)
def test_a_value_that_is_not_allowed_is_refused_with_what_is(arguments: tuple[str, ...], said: str) -> None:
    with pytest.raises(click.UsageError) as caught:
        ask(*arguments)
    assert said.casefold() in caught.value.format_message().casefold()


@pytest.mark.parametrize(
    ("words", "last", "day"),
    [("2024-02", True, "2024-02-29"), ("2024-02", False, "2024-02-01"), ("2024-2-9", True, "2024-02-09")],
)
def test_days_of_months_and_years(words: str, last: bool, day: str) -> None:
    assert read_day(words, "--since", last=last) == day


@pytest.mark.parametrize(
    ("words", "last", "instant"),
    [
        ("2025-11-02T08:00+02:00", False, "2025-11-02T06:00:00.000000Z"),
        ("2025-11-02T08:00Z", True, "2025-11-02T08:00:00.000000Z"),
        ("2025-11-02", True, "2025-11-02T23:59:59.999999Z"),
        ("9999-12-31", True, "9999-12-31T23:59:59.999999Z"),
        ("0200-01-01", False, "0200-01-01T00:00:00.000000Z"),
    ],
)
def test_instants_are_written_as_the_store_writes_them(words: str, last: bool, instant: str) -> None:
    assert read_instant(words, "--as-of", last=last) == instant


def test_spans_count_back_from_now() -> None:
    assert read_instant("700000d", "--as-of").startswith("0")
    assert read_day("1w", "--since") < read_day("1d", "--since")
    assert read_instant("25h", "--since") < read_instant("1d", "--since")


def test_states_become_codes_and_groups_keep_their_names() -> None:
    given: dict[str, Any] = {"parties": ("ven", "Hamas", "Iran/gov", "UNO", "Houthis, NATO", "the United States")}
    assert make_query(given).parties == ("VEN", "Hamas", "IRN/GOV", "UNO", "Houthis", "NATO", "USA")
