"""Which claims of a report stand first."""

from hypothesis import given
from hypothesis import strategies as st

from reportedly.extract.salience import rank_claims
from reportedly.records.claim import Axes, Claim, Figure, Status, Timex, TimexKind
from reportedly.records.document import Document
from reportedly.records.ontology import EventType, open_ontology
from reportedly.records.spans import Field, Span

ONTOLOGY = open_ontology()
DOCUMENT = Document(id="d", text="x" * 1000, title="Norland shells Oldport")


def make_claim(
    start: int,
    *,
    trigger: str = "struck",
    event_type: EventType = EventType.ASSAULT,
    status: Status = Status.OCCURRED,
    actor: str = "",
    by: str = "rule:subject",
    dated: bool = False,
    killed: int | None = None,
) -> Claim:
    span = Span(start, start + 6)
    return Claim(
        id=str(start),
        document_id="d",
        sentence=Span(start // 100 * 100, start // 100 * 100 + 100),
        evidence=span,
        trigger=Field(trigger, span, "rule:verb"),
        type=Field(event_type, span, "rule:verb"),
        axes=Axes(),
        status=Field(status, span, "rule:tense"),
        actors=(Field(actor, span, by),) if actor else (),
        time=Field(Timex("Friday", TimexKind.DATE), span, "rule:day") if dated else None,
        figures=() if killed is None else (Field(Figure("killed", killed, killed), span, "rule:number"),),
    )


def rank(*claims: Claim) -> list[str]:
    return [claim.id for claim in rank_claims(claims, DOCUMENT, ONTOLOGY)]


def test_the_first_sentence_leads() -> None:
    assert rank(make_claim(510), make_claim(10)) == ["10", "510"]


def test_background_and_what_is_only_called_for_sink() -> None:
    assert rank(make_claim(10, status=Status.HISTORICAL), make_claim(510)) == ["510", "10"]
    assert rank(make_claim(10, status=Status.DEMANDED), make_claim(60, event_type=EventType.REQUEST)) == ["60", "10"]


def test_a_claim_told_in_full_stands_before_one_in_passing() -> None:
    told = make_claim(310, actor="Norland", dated=True, killed=4)
    assert rank(make_claim(110), told) == ["310", "110"]


def test_a_party_lent_by_another_sentence_lifts_nothing() -> None:
    lent = make_claim(310, actor="Norland", by="rule:anaphora")
    assert rank(make_claim(300), lent) == ["300", "310"]


def test_the_headline_s_word_lifts_its_claim() -> None:
    assert rank(make_claim(200), make_claim(210, trigger="shells")) == ["210", "200"]


@given(starts=st.lists(st.integers(0, 900), unique=True, max_size=6))
def test_ranks_count_from_one_and_do_not_depend_on_order(starts: list[int]) -> None:
    claims = [make_claim(start) for start in starts]
    ranked = rank_claims(claims, DOCUMENT, ONTOLOGY)
    assert [claim.salience for claim in ranked] == list(range(1, len(starts) + 1))
    assert ranked == rank_claims(claims[::-1], DOCUMENT, ONTOLOGY)
