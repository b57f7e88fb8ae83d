"""Who stands behind an event: origins, voices and what cannot be told apart."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.link.corroborate import corroborate
from reportedly.link.voices import open_voices
from reportedly.records.claim import Basis, Status
from reportedly.records.event import Corroboration, Voice
from reportedly.records.grounding import GroundedActor, SourceKind
from reportedly.records.stored import DocumentHead, StoredClaim
from tests.link.situations import make_claim, make_head, make_source

WORDS = open_voices()
WIRE = make_head("wire", "Harbour Wire", day="2025-06-01")
POST = make_head("post", "Oldport Post", day="2025-06-02")
TIMES = make_head("times", "Sudmark Times", day="2025-06-03")
MINISTRY = make_source("the Norland Defence Ministry", code="NRL/GOV")
OFFICIALS = make_source("officials", SourceKind.OFFICIAL, anonymous=True)


def count(*claims: StoredClaim, origins: dict[str, DocumentHead] | None = None) -> tuple[int, int, int]:
    """Return origins, voices and what cannot be decided."""
    found, voices = corroborate(claims, origins or {}, WORDS)
    assert sum(not voice.anonymous for voice in voices) == found.voices
    assert sum(voice.anonymous for voice in voices) == found.undecidable
    return found.origins, found.voices, found.undecidable


def test_an_event_without_claims_is_refused() -> None:
    with pytest.raises(ValueError, match="without claims"):
        corroborate([], {}, WORDS)


def test_copies_share_one_origin_and_one_voice() -> None:
    claims = [make_claim("1", WIRE), make_claim("2", POST), make_claim("3", TIMES)]
    assert count(*claims) == (3, 3, 0)
    assert count(*claims, origins={"wire": WIRE, "post": WIRE, "times": WIRE}) == (1, 1, 0)


def test_a_voice_does_not_waver_because_copies_repeat_what_it_said() -> None:
    claims = [
        make_claim(f"{name}{status}", head, MINISTRY, status=status)
        for name, head in (("1", WIRE), ("2", POST), ("3", TIMES))
        for status in (Status.PLANNED, Status.UNDECIDED)
    ]
    _, (voice,) = corroborate(claims, {"wire": WIRE, "post": WIRE, "times": WIRE}, WORDS)
    assert voice.statuses == (Status.PLANNED, Status.UNDECIDED)
    _, (voice,) = corroborate(claims, {}, WORDS)
    assert len(voice.statuses) == 6


def test_two_papers_quoting_one_ministry_are_two_origins_and_one_voice() -> None:
    spokesman = make_source("a Norland defence ministry spokesman", SourceKind.OFFICIAL, code="NRL/GOV")
    assert count(make_claim("1", WIRE, MINISTRY), make_claim("2", POST, spokesman)) == (2, 1, 0)


def test_officials_are_never_a_voice() -> None:
    assert count(make_claim("1", WIRE, OFFICIALS), make_claim("2", POST, OFFICIALS)) == (2, 0, 2)


@pytest.mark.parametrize(("address", "expected"), [("https://post.example/1", 1), ("stdin", 2), ("in.jsonl#line-3", 2)])
def test_what_came_through_a_passing_address_is_a_report_of_its_own(address: str, expected: int) -> None:
    heads = [msgspec.structs.replace(POST, id=id, address=address) for id in ("one", "other")]
    found, _ = corroborate([make_claim(head.id, head, OFFICIALS) for head in heads], {}, WORDS)
    assert (found.origins, found.undecidable) == (1, expected)


def test_a_cited_paper_is_the_origin_even_where_it_was_never_read() -> None:
    herald = make_source("the Coast Herald", SourceKind.NEWS_OUTLET)
    claims = [make_claim("1", WIRE, herald, OFFICIALS), make_claim("2", POST, herald, OFFICIALS)]
    assert count(*claims) == (1, 0, 1)


def test_a_cited_paper_that_was_read_counts_for_what_it_says_itself() -> None:
    wire = make_source("the Harbour Wire", SourceKind.NEWS_OUTLET)
    claims = [make_claim("1", WIRE, MINISTRY), make_claim("2", POST, wire), make_claim("3", TIMES, wire)]
    assert count(*claims) == (1, 1, 0)
    _, (voice,) = corroborate(claims, {}, WORDS)
    assert voice.claims == ("1", "2", "3")


def test_outlets_that_cite_each_other_in_a_ring_are_nobody() -> None:
    names = {"wire": "the Sudmark Times", "post": "the Harbour Wire", "times": "the Oldport Post"}
    ring = [
        make_claim(head.id, head, make_source(names[head.id], SourceKind.NEWS_OUTLET)) for head in (WIRE, POST, TIMES)
    ]
    assert count(*ring) == (1, 0, 1)
    found, _ = corroborate(ring, {}, WORDS)
    assert any("cite each other" in reason for reason in found.reasons)


def test_one_outlet_of_a_ring_that_speaks_for_itself_is_its_only_voice() -> None:
    wire, post = (make_source(name, SourceKind.NEWS_OUTLET) for name in ("Harbour Wire", "Oldport Post"))
    later = make_head("later", "Harbour Wire", day="2025-06-04")
    assert count(make_claim("1", WIRE), make_claim("2", POST, wire), make_claim("3", later, post)) == (1, 1, 0)
    assert count(make_claim("1", WIRE), make_claim("2", POST, wire), make_claim("3", WIRE, post)) == (1, 0, 1)


def test_outlets_of_one_owner_are_one_origin() -> None:
    heads = [make_head(name, name, family="Dunmore Group") for name in ("Echo", "Gazette", "Mirror")]
    assert count(*(make_claim(head.id, head) for head in heads)) == (1, 1, 0)


def test_a_states_outlet_is_no_voice_beside_its_government() -> None:
    agency = make_head("agency", "Norland News Agency", state="NRL")
    assert count(make_claim("1", agency), make_claim("2", WIRE, MINISTRY)) == (2, 1, 0)


def test_own_words_that_the_same_report_attributes_are_no_voice() -> None:
    claims = [make_claim("1", WIRE), make_claim("2", WIRE, MINISTRY)]
    assert count(*claims) == (1, 1, 0)
    assert count(make_claim("1", WIRE), make_claim("2", WIRE, OFFICIALS)) == (1, 0, 1)


def test_own_words_against_a_denial_and_what_was_seen_are_the_outlets() -> None:
    denied = make_claim("2", WIRE, MINISTRY, status=Status.DENIED)
    found, _ = corroborate([make_claim("1", WIRE), denied], {}, WORDS)
    assert (found.voices, found.against) == (2, 1)
    assert count(make_claim("1", WIRE, basis=Basis.WITNESSED), make_claim("2", WIRE, MINISTRY)) == (1, 2, 0)


def test_that_nobody_was_killed_is_not_said_against_it() -> None:
    nobody = make_claim("1", WIRE, MINISTRY, status=Status.NEGATED, killed=0, sentence="No one was killed.")
    denied = make_claim("2", POST, make_source("the Sudmark Front"), status=Status.NEGATED)
    found, _ = corroborate([nobody, denied, make_claim("3", TIMES)], {}, WORDS)
    assert found.against == 1
    assert count(nobody, make_claim("2", WIRE)) == (1, 1, 0)


def test_a_denial_without_a_source_is_of_whoever_is_said_to_have_acted() -> None:
    denied = make_claim("1", WIRE, status=Status.DENIED, actors=[GroundedActor("Norland", ("NRL",))])
    found, (voice,) = corroborate([denied], {}, WORDS)
    assert (voice.name, found.against) == ("Norland", 1)


def test_reports_of_no_known_publisher_are_one_origin() -> None:
    found, _ = corroborate([make_claim(str(i), make_head(str(i), None)) for i in range(3)], {}, WORDS)
    assert (found.origins, found.voices) == (1, 1)
    assert any("name no publisher" in reason for reason in found.reasons)


def test_reasons_say_first_what_weighs_most() -> None:
    heads = [WIRE, POST, TIMES, make_head("echo", "Echo")]
    found, _ = corroborate([make_claim(head.id, head) for head in heads], {"post": WIRE, "times": WIRE}, WORDS)
    assert found.reasons[0] == "2 of 4 reports are copied from Harbour Wire’s text"


SOURCES = [
    (),
    (MINISTRY,),
    (OFFICIALS,),
    (make_source("Harbour Wire", SourceKind.NEWS_OUTLET),),
    (make_source("Oldport Post", SourceKind.NEWS_OUTLET), OFFICIALS),
    (make_source("Norland's government", code="NRL/GOV"),),
    (make_source("Arlo Venn", SourceKind.PERSON),),
]
CLAIMS = st.lists(
    st.tuples(st.sampled_from([WIRE, POST, TIMES]), st.sampled_from(SOURCES), st.sampled_from(list(Status))),
    min_size=1,
    max_size=9,
).map(lambda drawn: [make_claim(str(i), h, *chain, status=status) for i, (h, chain, status) in enumerate(drawn)])


@given(CLAIMS, st.randoms())
def test_order_and_repeats_do_not_matter(claims: list[StoredClaim], random: object) -> None:
    shuffled = claims + claims[:2]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert corroborate(shuffled, {}, WORDS) == corroborate(claims, {}, WORDS)


@given(CLAIMS)
def test_counts_stay_within_the_claims(claims: list[StoredClaim]) -> None:
    found, voices = corroborate(claims, {}, WORDS)
    assert 1 <= found.origins <= len(claims)
    assert found.voices + found.undecidable == len(voices) >= 1
    assert {claim for voice in voices for claim in voice.claims} == {item.claim.id for item in claims}


@given(CLAIMS)
def test_a_copy_of_everything_adds_nothing(claims: list[StoredClaim]) -> None:
    copies = [
        make_claim(
            f"c{item.claim.id}",
            make_head(f"c{item.document.id}", "Copyist"),
            *item.grounding.sources,
            status=item.claim.status.value,
        )
        for item in claims
    ]
    origins = {f"c{item.document.id}": item.document for item in claims}

    def strip(found: tuple[Corroboration, tuple[Voice, ...]]) -> tuple[int, int, int]:
        return found[0].origins, found[0].voices, found[0].undecidable

    assert strip(corroborate(claims + copies, origins, WORDS)) == strip(corroborate(claims, {}, WORDS))
