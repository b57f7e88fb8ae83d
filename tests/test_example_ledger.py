"""The example ledger, added and linked as a user does it, against the truth that was written beside it."""

import tomllib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest

from reportedly.adding import Outcome, add_inputs
from reportedly.config import read_settings
from reportedly.linking import link_ledger
from reportedly.records.claim import Status
from reportedly.records.event import Event, FigureHistory
from reportedly.records.link import Link, Relation
from reportedly.records.query import ClaimQuery
from reportedly.records.stored import DocumentHead, StoredClaim
from reportedly.store import Store, View, open_store

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "ledger"
EXPECTED: dict[str, Any] = tomllib.loads((EXAMPLE / "expected.toml").read_text(encoding="utf-8"))
FORCE = {"ASSAULT", "COERCE", "MOBILIZE"}
NOW = {Status.OCCURRED, Status.ONGOING}

pytestmark = pytest.mark.slow


def make_cases(kind: str, cases: dict[str, Any]) -> list[Any]:
    """Make one case an entry, by name; what ``beyond`` lists under the kind is known to fail, and why."""
    beyond = EXPECTED["beyond"].get(kind, {})
    assert beyond.keys() <= cases.keys(), kind
    return [
        pytest.param(case, id=name, marks=[pytest.mark.xfail(reason=beyond[name])] if name in beyond else [])
        for name, case in cases.items()
    ]


def name_reports(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Name each row by the reports in it."""
    return {"-".join(row["reports"]): row for row in rows}


def name_readings() -> dict[str, Any]:
    """Name each reading of a toll by event, voice and report."""
    return {
        f"{toll['event']}-{toll['voice']}-{reading[0]}": (toll, reading)
        for toll in EXPECTED["tolls"]
        for reading in toll["readings"]
    }


class Ledger(NamedTuple):
    """The record of the example, with the names that ``expected.toml`` gives reports."""

    heads: dict[str, DocumentHead]
    claims: dict[str, list[StoredClaim]]
    events: dict[str, Event]
    links: list[Link]
    names: dict[str, str]
    owners: dict[str, str]

    def find_links(self, *relations: Relation) -> list[tuple[str, str, Link]]:
        """Return links between reports, or between claims of reports, by the reports' names."""
        return [
            (self.name(link.left), self.name(link.right), link) for link in self.links if link.relation in relations
        ]

    def name(self, end: str) -> str:
        """Return the name of a report, or of the report that holds a claim."""
        return self.names[self.owners.get(end, end)]

    def find_event(self, key: str) -> Event:
        """Return the event that most reports of an expected event share, one that fits its type before others."""
        wanted = EXPECTED["events"][key]
        ranked = sorted(
            self.events.values(),
            key=lambda event: (
                event.type in (wanted["type"], wanted.get("or_type")),
                len(self.find_reports(event) & set(wanted["reports"])),
                len(event.claims),
            ),
        )
        return ranked[-1]

    def find_reports(self, event: Event) -> set[str]:
        """Return the names of the reports that tell of an event."""
        return {self.names[document] for document in event.documents}


def read_names() -> dict[tuple[str, str], str]:
    lines = chain.from_iterable(path.read_bytes().splitlines() for path in sorted(EXAMPLE.glob("reports/*.jsonl")))
    rows = [msgspec.json.decode(line) for line in lines]
    return {(row["url"], row["title"]): row["id"] for row in rows}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    settings = msgspec.structs.replace(read_settings(EXAMPLE / "reportedly.toml", {}), processes=1)
    with open_store(tmp_path_factory.mktemp("ledger") / "example.db") as opened:
        outcomes = [item.outcome for item in add_inputs([str(EXAMPLE / "reports")], opened, settings)]
        assert outcomes.count(Outcome.ADDED) == EXPECTED["documents"]
        assert outcomes.count(Outcome.VERSION) == EXPECTED["reports"] - EXPECTED["documents"]
        link_ledger(opened)
        yield opened


@pytest.fixture(scope="module")
def ledger(store: Store) -> Ledger:
    with store.reading() as view:
        return read_ledger(view)


def read_ledger(view: View) -> Ledger:
    given = read_names()
    heads = {head.id: head for head in view.find_heads()}
    names = {head.id: given[head.address or "", head.title or ""] for head in heads.values()}
    claims = view.find_claims(ClaimQuery())
    by_name: dict[str, list[StoredClaim]] = {name: [] for name in names.values()}
    for claim in claims:
        by_name[names[claim.document.id]].append(claim)
    return Ledger(
        heads={names[head.id]: head for head in heads.values()},
        claims=by_name,
        events={event.id: event for event in view.find_events()},
        links=[stored.link for stored in view.find_links()],
        names=names,
        owners={claim.claim.id: claim.document.id for claim in claims},
    )


def test_every_report_is_named_once() -> None:
    assert len(set(read_names().values())) == EXPECTED["reports"]


@pytest.mark.parametrize("name", make_cases("copies", {name: name for name in EXPECTED["copies"]}))
def test_copies_are_found_with_their_kind(ledger: Ledger, name: str) -> None:
    wanted = EXPECTED["copies"][name]
    found = {
        left: link.kind
        for left, right, link in ledger.find_links(Relation.COPY)
        if right == name and left in (wanted["of"], wanted.get("or"))
    }
    kinds = {wanted["kind"], wanted.get("or_kind", wanted["kind"])}
    assert set(found.values()) & kinds, found or "no copy"


def test_nothing_else_is_a_copy(ledger: Ledger) -> None:
    kin: dict[str, str] = {}
    for name, wanted in EXPECTED["copies"].items():
        kin[name] = kin.get(wanted["of"], wanted["of"])
    strange = {
        f"{left}-{right}"
        for left, right, _ in ledger.find_links(Relation.COPY)
        if kin.get(left, left) != kin.get(right, right)
    }
    assert strange == EXPECTED["beyond"].get("no_copies", {}).keys()


@pytest.mark.parametrize("pair", make_cases("not_copies", name_reports(EXPECTED["not_copies"])))
def test_reports_written_apart_are_no_copies(ledger: Ledger, pair: dict[str, list[str]]) -> None:
    assert not [found for found in ledger.find_links(Relation.COPY) if set(found[:2]) == set(pair["reports"])]


@pytest.mark.parametrize("name", make_cases("origins", {name: name for name in EXPECTED["copies"]}))
def test_copies_are_led_back_to_where_they_began(ledger: Ledger, name: str) -> None:
    first = name
    while first in EXPECTED["copies"]:
        first = EXPECTED["copies"][first]["of"]
    origin = ledger.heads[name].origin
    assert origin is not None
    assert ledger.names[origin] == first


@pytest.mark.parametrize("version", make_cases("versions", {row["later"]: row for row in EXPECTED["versions"]}))
def test_versions_form_a_chain(ledger: Ledger, version: dict[str, str]) -> None:
    earlier, later = ledger.heads[version["earlier"]], ledger.heads[version["later"]]
    assert (later.previous, earlier.superseded) == (earlier.id, later.id)
    assert (version["earlier"], version["later"]) in {found[:2] for found in ledger.find_links(Relation.VERSION)}


@pytest.mark.parametrize("key", make_cases("events", {key: key for key in EXPECTED["events"]}))
def test_reports_of_one_act_tell_of_one_event(ledger: Ledger, key: str) -> None:
    wanted = EXPECTED["events"][key]
    missing = set(wanted["core"]) - ledger.find_reports(ledger.find_event(key))
    assert not missing


@pytest.mark.parametrize("key", make_cases("when_and_where", {key: key for key in EXPECTED["events"]}))
def test_an_event_says_when_and_where(ledger: Ledger, key: str) -> None:
    wanted = EXPECTED["events"][key]
    event = ledger.find_event(key)
    if "day" in wanted:
        assert event.interval is not None
        assert (event.interval.start or "")[:10] == wanted["day"]
    if "place" in wanted:
        assert event.place is not None
        assert event.place.name in (wanted["place"], wanted.get("or_place"))
    if "actor" in wanted:
        assert wanted["actor"] in {actor.partition("/")[0] for actor in event.actors}


@pytest.mark.parametrize("key", make_cases("life", {key: key for key in EXPECTED["events"]}))
def test_an_event_has_its_life(ledger: Ledger, key: str) -> None:
    told = iter(step.status.value for step in ledger.find_event(key).life)
    assert all(status in told for status in EXPECTED["events"][key]["life"])


@pytest.mark.parametrize("key", make_cases("independence", {key: key for key in EXPECTED["independence"]}))
def test_repetition_is_not_counted(ledger: Ledger, key: str) -> None:
    wanted = EXPECTED["independence"][key]
    origins = {
        ledger.heads[ledger.names[head.origin]].family if head.origin else head.family
        for head in (ledger.heads[name] for name in wanted["reports"])
    }
    assert len(origins) == wanted["origins"]


@pytest.mark.parametrize("case", make_cases("tolls", name_readings()))
def test_a_voice_keeps_its_own_figures(ledger: Ledger, case: tuple[dict[str, Any], list[Any]]) -> None:
    toll, (name, low, high) = case
    spoken = {voice.name for voice in ledger.find_event(toll["event"]).voices if voice.code == toll["voice"]}
    found = {
        (ledger.name(reading.claim), reading.low, reading.high)
        for history in find_histories(ledger, toll)
        for reading in history.readings
        if toll["voice"].lower() in reading.voice.lower() or reading.voice in spoken
    }
    assert (name, low, None if high == -1 else high) in found


def find_histories(ledger: Ledger, toll: dict[str, Any]) -> list[FigureHistory]:
    return [history for history in ledger.find_event(toll["event"]).figures if history.key == toll["key"]]


@pytest.mark.parametrize("conflict", make_cases("conflicts", name_reports(EXPECTED["conflicts"])))
def test_conflicts_are_laid_open(ledger: Ledger, conflict: dict[str, Any]) -> None:
    found = {
        link.relation
        for left, right, link in ledger.find_links(Relation.CONTRADICTS, Relation.TENSION, Relation.DENIES)
        if {left, right} == set(conflict["reports"])
    }
    assert Relation(conflict["relation"]) in found


@pytest.mark.parametrize(
    "outcome", make_cases("outcomes", {f"{row['event']}-{row['said']}": row for row in EXPECTED["outcomes"]})
)
def test_what_came_of_it_is_told(ledger: Ledger, outcome: dict[str, Any]) -> None:
    relation = Relation.CAME_ABOUT if outcome["came_about"] else Relation.DID_NOT
    found = {pair[:2] for pair in ledger.find_links(relation)}
    assert (outcome["said"], outcome["told"]) in found


@pytest.mark.parametrize("retraction", make_cases("retractions", {row["of"]: row for row in EXPECTED["retractions"]}))
def test_a_retraction_reaches_the_copies(ledger: Ledger, retraction: dict[str, Any]) -> None:
    found = {pair[:2] for pair in ledger.find_links(Relation.RETRACTS)}
    assert (retraction["of"], retraction["by"]) in found
    event = ledger.find_event("tamm-killed")
    reached = {retraction["of"], *retraction["carried"]}
    told = [reading for history in event.figures for reading in history.readings]
    rested = [reading for reading in told if ledger.name(reading.claim) in reached]
    assert rested
    assert all(reading.retracted for reading in rested)


@pytest.mark.parametrize("correction", make_cases("corrections", {row["of"]: row for row in EXPECTED["corrections"]}))
def test_a_correction_is_tied_to_what_it_puts_right(ledger: Ledger, correction: dict[str, Any]) -> None:
    assert (correction["of"], correction["by"]) in {pair[:2] for pair in ledger.find_links(Relation.CORRECTS)}


@pytest.mark.parametrize(
    "name", make_cases("no_current_violence", {name: name for name in EXPECTED["no_current_violence"]})
)
def test_opinion_and_memory_are_no_events_of_now(ledger: Ledger, name: str) -> None:
    day = ledger.heads[name].day or ""
    for claim in ledger.claims[name]:
        interval = claim.grounding.time
        past = interval is not None and interval.start is not None and interval.start[:4] < day[:4]
        assert past or claim.claim.type.value not in FORCE or claim.claim.status.value not in NOW, claim.sentence


@pytest.mark.parametrize("name", EXPECTED["undated"])
def test_no_day_is_made_up(ledger: Ledger, name: str) -> None:
    head = ledger.heads[name]
    assert head.day is None
    assert all(claim.grounding.time is None or claim.grounding.time.start is None for claim in ledger.claims[name])
