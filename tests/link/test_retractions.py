"""What is taken back, by whom, and what that reaches."""

import pytest

from reportedly.link.retractions import carry_retractions, find_retractions, open_retractions
from reportedly.records.document import Document, Publication, TimePrecision
from reportedly.records.link import Link, Relation

WORDS = open_retractions()


def make(
    id: str, publisher: str, text: str, *, day: str = "2025-06-01", title: str | None = None, address: str | None = None
) -> Document:
    published = Publication(day, TimePrecision.DAY, False, "given", True)
    return Document(id=id, text=text, publisher=publisher, published=published, title=title, address=address)


STRIKE = make("strike", "Harbour Wire", "A drone struck the ferry terminal in Oldport, killing 30 passengers.",
              title="Drone strike on Oldport ferry terminal kills 30", address="https://wire.example/1")  # fmt: skip
FISH = make("fish", "Harbour Wire", "Herring landings fell for a third year, the fishery board said.",
            title="Herring landings fall", address="https://wire.example/2")  # fmt: skip
POST = make("post", "Oldport Post", "A drone struck the ferry terminal in Oldport; 30 passengers died.",
            title="Thirty die at ferry terminal")  # fmt: skip
EARLIER = [STRIKE, FISH, POST]


def find(document: Document) -> list[tuple[str, str, Relation]]:
    return [(link.left, link.right, link.relation) for link in find_retractions(document, EARLIER, WORDS)]


@pytest.mark.parametrize(
    "text",
    [
        "The Harbour Wire has withdrawn its report that a drone struck the ferry terminal in Oldport.",
        "The Harbour Wire on Monday retracted a story on a drone strike at the Oldport ferry terminal.",
        "A report of the Harbour Wire on a drone strike on the Oldport ferry terminal has been retracted.",
    ],
)
def test_whoever_tells_it_the_named_outlets_report_is_taken_back(text: str) -> None:
    assert find(make("x", "Coast Herald", text, day="2025-06-03")) == [("strike", "x", Relation.RETRACTS)]


def test_an_outlet_takes_back_its_own() -> None:
    text = "We have withdrawn our report on a drone strike at the Oldport ferry terminal. No drone was involved."
    assert find(make("x", "Harbour Wire", text, day="2025-06-03")) == [("strike", "x", Relation.RETRACTS)]
    titled = make("x", "Harbour Wire", "The editors regret it.", day="2025-06-03",
                  title="RETRACTED: Drone strike on Oldport ferry terminal kills 30")  # fmt: skip
    assert find(titled) == [("strike", "x", Relation.RETRACTS)]


@pytest.mark.parametrize(
    "text",
    [
        "Correction: three passengers died in the strike on the Oldport ferry terminal, not 30.",
        "Three died.\n\nAn earlier version of this article said 30 passengers died at the Oldport ferry terminal.",
    ],
)
def test_a_correction_puts_right_and_takes_nothing_back(text: str) -> None:
    assert find(make("x", "Harbour Wire", text, day="2025-06-02")) == [("strike", "x", Relation.CORRECTS)]


def test_a_new_version_of_the_same_address_needs_no_likeness() -> None:
    text = "Correction: the board was misquoted."
    edited = make("x", "Harbour Wire", text, day="2025-06-02", address="https://wire.example/2")
    assert find(edited) == [("fish", "x", Relation.CORRECTS)]


@pytest.mark.parametrize(
    ("publisher", "text", "day"),
    [
        ("Coast Herald", "The army withdrew from Oldport after the report of a drone strike.", "2025-06-03"),
        ("Coast Herald", "The minister retracted his remarks on the drone strike in Oldport.", "2025-06-03"),
        ("Harbour Wire", "Correction: the name of the poet is Ruis.", "2025-06-03"),
        ("Harbour Wire", "We have withdrawn our report on a drone strike at the Oldport ferry terminal.", "2025-05-20"),
        ("Coast Herald", "The Harbour Wire stands by its report on the Oldport ferry terminal.", "2025-06-03"),
    ],
)
def test_what_takes_back_nothing_that_is_there(publisher: str, text: str, day: str) -> None:
    assert find(make("x", publisher, text, day=day)) == []


def test_a_retraction_reaches_earlier_versions_and_copies() -> None:
    links = [
        Link("v2", "notice", Relation.RETRACTS, 0.9, "t", ""),
        Link("v1", "v2", Relation.VERSION, 1.0, "t", ""),
        Link("other", "notice", Relation.CORRECTS, 0.9, "t", ""),
    ]
    origins = {"v1": None, "v2": None, "copy": "v1", "clean": "other", "other": None}
    assert carry_retractions(links, origins) == {"v1", "v2", "copy"}
    assert carry_retractions([], origins) == frozenset()
