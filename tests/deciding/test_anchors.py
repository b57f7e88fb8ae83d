"""Claims are found again by id, else by their words."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from reportedly.deciding.anchors import Reports, find_anchored, make_anchor
from reportedly.records.claim import Claim
from reportedly.records.decision import Anchor
from reportedly.records.ontology import EventType
from reportedly.records.report import Report
from reportedly.records.spans import Field, Span
from reportedly.store.sql import SqlStore


def move(claim: Claim, start: int, end: int, name: str, kind: EventType = EventType.ASSAULT) -> Claim:
    """The claim as another reading might give it: another id, trigger and type."""
    return msgspec.structs.replace(
        claim,
        id=name,
        trigger=msgspec.structs.replace(claim.trigger, span=Span(start, end)),
        type=Field(kind, None, "rule:verb"),
    )


def test_the_id_goes_before_the_words(one: Report) -> None:
    first, second = one.claims
    anchor = make_anchor(second)
    assert find_anchored(anchor, [move(first, *_ends(anchor), "x"), move(second, 0, 1, second.id)]).id == second.id  # type: ignore[union-attr]


def test_of_those_that_share_words_the_same_type_then_the_most_words_win(one: Report) -> None:
    claim = one.claims[0]
    anchor = msgspec.structs.replace(make_anchor(claim), trigger=Span(10, 20))
    found = [
        move(claim, 10, 20, "other type", EventType.AID),
        move(claim, 18, 25, "two"),
        move(claim, 12, 20, "eight"),
        move(claim, 13, 21, "seven"),
    ]
    assert find_anchored(anchor, found) is found[2]
    assert find_anchored(anchor, found[:1]) is found[0]
    assert find_anchored(anchor, [move(claim, 20, 30, "beside")]) is None


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 10)), max_size=6), st.randoms())
def test_the_order_of_claims_does_not_matter(spans: list[tuple[int, int]], random: object) -> None:
    claim = _CLAIM
    anchor = Anchor("gone", "d", Span(15, 25), "ASSAULT")
    claims = [move(claim, start, start + size, f"{start}-{size}") for start, size in dict.fromkeys(spans)]
    shuffled = list(claims)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = find_anchored(anchor, claims), find_anchored(anchor, shuffled)
    assert (one is None) == (other is None)
    if one is not None and other is not None:
        shared = [min(item.trigger.span.end, 25) - max(item.trigger.span.start, 15) for item in (one, other)]  # type: ignore[union-attr]
        assert shared[0] == shared[1] > 0


def test_what_is_not_stored_is_not_found(store: SqlStore, one: Report) -> None:
    with store.reading() as view:
        reports = Reports(view)
        assert reports.find("0" * 20) is None
        assert reports.find_claim(msgspec.structs.replace(make_anchor(one.claims[0]), document="0" * 20)) is None
        assert reports.find_claim(make_anchor(one.claims[0])) == one.claims[0]


def _ends(anchor: Anchor) -> tuple[int, int]:
    return anchor.trigger.start, anchor.trigger.end


_CLAIM = msgspec.convert(
    {
        "id": "c",
        "document_id": "d",
        "sentence": {"start": 0, "end": 60},
        "evidence": {"start": 0, "end": 60},
        "trigger": {"value": "shelled", "span": {"start": 0, "end": 1}, "by": "rule"},
        "type": {"value": "ASSAULT", "span": None, "by": "rule"},
        "axes": {},
        "status": {"value": "occurred", "span": None, "by": "rule"},
    },
    Claim,
)
