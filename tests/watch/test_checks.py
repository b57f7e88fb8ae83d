"""A sentence of a brief says nothing that its spans do not show."""

import msgspec
import pytest

from reportedly.link.assemble import make_event
from reportedly.link.voices import open_voices
from reportedly.records.brief import Piece, PieceKind
from reportedly.records.claim import Figure, Source, Status
from reportedly.records.link import Link, Relation
from reportedly.records.spans import Field, Span
from reportedly.records.stored import DocumentHead, StoredClaim
from reportedly.watch.checks import Evidence, find_faults
from reportedly.watch.lexicon import open_marks
from reportedly.watch.likelihood import word_share
from reportedly.watch.sentences import (
    Draft,
    draft_conflicts,
    draft_corroboration,
    draft_figures,
    draft_likelihood,
    draft_statuses,
    make_title,
)
from tests.link.situations import make_claim, make_head, make_source

TEXT = "The harbour master said jets struck the port of Oldport and killed twelve sailors."
MARKS = open_marks()
HEAD = make_head("wire", "Harbour Wire", day="2025-06-02")
OTHER = make_head("post", "Oldport Post", day="2025-06-03")


def make_item(name: str = "a", words: str = "twelve sailors", low: int = 12, high: int | None = 12) -> StoredClaim:
    """Make the claim that ``TEXT`` holds, every field at its place."""
    item = make_claim(name, HEAD, make_source("The harbour master"), sentence=TEXT)
    start = TEXT.index(words)
    figure = Field(Figure("killed", low, high, "sailors"), Span(start, start + len(words)), "rule:n")
    source = Source("The harbour master", Span(0, 18), Span(19, 23))
    evidence = Span(TEXT.index("jets"), TEXT.index(" and killed"))
    claim = msgspec.structs.replace(item.claim, chain=(source,), figures=(figure,), evidence=evidence)
    return msgspec.structs.replace(item, claim=claim)


def make_told(
    name: str, sentence: str, trigger: str, status: Status = Status.OCCURRED, *, head: DocumentHead = HEAD
) -> StoredClaim:
    """Make a claim with its trigger at its place in the sentence."""
    item = make_claim(name, head, status=status, sentence=sentence)
    span = Span(sentence.rindex(trigger), sentence.rindex(trigger) + len(trigger))
    claim = msgspec.structs.replace(item.claim, evidence=span, trigger=Field(trigger, span, "rule:lexicon"))
    return msgspec.structs.replace(item, claim=claim)


def make_struck(name: str, words: str, rest: str = ".", *, head: DocumentHead = HEAD) -> StoredClaim:
    """Make a claim whose evidence is the beginning of its sentence."""
    item = make_claim(name, head, sentence=words + rest)
    claim = msgspec.structs.replace(item.claim, evidence=Span(0, len(words)))
    return msgspec.structs.replace(item, claim=claim)


def make_evidence(*items: StoredClaim) -> Evidence:
    origins = {item.document.id: item.document for item in items}
    event = make_event(items, [], origins, words=open_voices())
    texts = {item.document.id: item.sentence for item in items}
    return Evidence({item.claim.id: item for item in items}, texts, event, MARKS)


def find(*pieces: Piece, item: StoredClaim | None = None) -> list[str]:
    item = item or make_item()
    return find_faults(Draft(pieces, (item.claim.id,)), make_evidence(item))


def test_what_is_drafted_of_a_claim_is_borne_out_by_it() -> None:
    evidence = make_evidence(make_item(), make_struck("b", "Jets struck the port of Oldport", head=OTHER))
    drafts = [
        draft
        for make in (draft_statuses, draft_corroboration, draft_figures)
        for draft in make(evidence.event, evidence.claims, MARKS)
    ]
    assert len(drafts) == 3
    assert [find_faults(draft, evidence) for draft in drafts] == [[], [], []]
    assert "".join(piece.text for piece in drafts[0].pieces) == (
        "Told as having happened, according to the harbour master (Harbour Wire, 2025-06-02): “The harbour master said "
        "jets struck the port of Oldport and killed twelve sailors”."
    )
    assert "".join(piece.text for piece in drafts[1].pieces) == (
        "2 reports tell of “Jets struck the port of Oldport” as having happened: Harbour Wire, 2025-06-02, according "
        "to the harbour master; Oldport Post, 2025-06-03."
    )
    assert "".join(piece.text for piece in drafts[2].pieces) == (
        "Dead: 12 sailors, according to the harbour master (Harbour Wire, 2025-06-02)."
    )


@pytest.mark.parametrize(
    "piece",
    [
        Piece(PieceKind.QUOTE, "jets struck the port of Newport", "a"),
        Piece(PieceKind.QUOTE, "jets struck the port of Oldport", "a"),
        Piece(PieceKind.QUOTE, "", "a"),
        Piece(PieceKind.VOICE, "the ministry", "a"),
        Piece(PieceKind.OUTLET, "Oldport Post", "a"),
        Piece(PieceKind.DAY, "2025-06-03", "a"),
        Piece(PieceKind.STATUS, "Planned", "a"),
        Piece(PieceKind.FIGURE, "13", "a", "killed"),
        Piece(PieceKind.FIGURE, "12", "a", "injured"),
        Piece(PieceKind.COUNT, "3 reports", counted=("wire", "a")),
        Piece(PieceKind.COUNT, "1 report", counted=("elsewhere",)),
        Piece(PieceKind.WORDS, " in 12 places "),
        Piece(PieceKind.WORDS, " said in Newport "),
    ],
    ids=lambda piece: f"{piece.kind}-{piece.text[:12].strip() or 'empty'}",
)
def test_what_is_not_shown_is_a_fault(piece: Piece) -> None:
    assert len(find(piece)) == 1


def test_a_figure_needs_its_number_in_the_words_it_points_at() -> None:
    """The reading says 12; the span says something else: the reading is not to be trusted."""
    right = Piece(PieceKind.FIGURE, "12", "a", "killed")
    assert find(right) == []
    assert find(right, item=make_item(words="the port of Oldport")) != []


@pytest.mark.parametrize(
    ("words", "low", "high", "text"),
    [
        ("more than 50 sailors", 51, None, "more than 50"),
        ("twenty-five sailors", 25, 25, "25"),
        ("1,200 sailors", 1200, 1200, "1,200"),
    ],
)
def test_numbers_in_words_and_bounds_are_read(words: str, low: int, high: int | None, text: str) -> None:
    item = make_item(low=low, high=high)
    sentence = item.sentence.replace("twelve sailors", words)
    start = sentence.index(words)
    figure = Field(Figure("killed", low, high, "sailors"), Span(start, start + len(words)), "rule:n")
    item = msgspec.structs.replace(
        item, sentence=sentence, claim=msgspec.structs.replace(item.claim, figures=(figure,))
    )
    assert find(Piece(PieceKind.FIGURE, text, "a", "killed"), item=item) == []


def test_a_count_names_words_that_every_report_bears_out() -> None:
    one = make_struck("a", "Jets struck the port of Oldport")
    evidence = make_evidence(one, make_struck("b", "Jets left the town of Newport", head=OTHER))
    words = Piece(PieceKind.QUOTE, "Jets struck the port of Oldport", "a", counted=("wire", "post"))
    assert find_faults(Draft((words,), ("a", "b")), evidence) != []
    evidence = make_evidence(one, make_struck("b", "Two jets struck the port of Oldport", head=OTHER))
    assert find_faults(Draft((words,), ("a", "b")), evidence) == []


def test_one_voice_is_not_put_behind_the_words_of_two() -> None:
    sentence = "Lorra denied that jets struck the port, and the army of Tolland said the same."
    item = make_told("a", sentence, "struck", Status.DENIED)
    source = Source("Lorra", Span(0, 5), Span(6, 12))
    item = msgspec.structs.replace(item, claim=msgspec.structs.replace(item.claim, chain=(source,)))
    evidence = make_evidence(item)
    (draft,) = draft_statuses(evidence.event, evidence.claims, MARKS)
    assert all(piece.kind is not PieceKind.VOICE for piece in draft.pieces)


def test_a_refusal_is_called_one() -> None:
    item = make_told("a", "Lorra refused to recognise the vote.", "recognise", Status.NEGATED)
    evidence = make_evidence(item)
    (draft,) = draft_statuses(evidence.event, evidence.claims, MARKS)
    assert draft.pieces[0].text == "Refused"
    assert find_faults(draft, evidence) == []


def test_a_title_is_the_beginning_of_a_sentence_that_is_told() -> None:
    item = make_told("a", "Talks broke off on Friday, ending a truce in which boats were seized.", "broke")
    evidence = make_evidence(item)
    torn = msgspec.structs.replace(evidence.event, title="Ending a truce in which boats were seized")
    assert make_title(torn, evidence.claims) == item.sentence.rstrip(".")
    whole = msgspec.structs.replace(torn, title="Talks broke off on Friday")
    assert make_title(whole, evidence.claims) == "Talks broke off on Friday"


def test_a_count_of_things_is_told_only_with_a_sentence_that_is_not_told_already() -> None:
    item = make_told("a", "Jets struck Oldport and burned three barns.", "struck")
    start = item.sentence.index("three")
    figure = Field(Figure("barns", 3, 3, "barns"), Span(start, start + 11), "rule:n")
    item = msgspec.structs.replace(item, claim=msgspec.structs.replace(item.claim, figures=(figure,)))
    evidence = make_evidence(item)
    assert draft_figures(evidence.event, evidence.claims, MARKS) == []
    evidence = make_evidence(make_struck("b", "Jets struck the harbour of Oldport", head=OTHER), item)
    event = msgspec.structs.replace(evidence.event, title="Jets struck the harbour of Oldport")
    (draft,) = draft_figures(event, evidence.claims, MARKS)
    assert any(piece.kind is PieceKind.QUOTE for piece in draft.pieces)


def test_a_quotation_marks_what_it_is_told_for() -> None:
    item = make_told("a", "Two days  after jets struck Oldport, the mayor resigned.", "struck")
    (draft,) = draft_statuses((evidence := make_evidence(item)).event, evidence.claims, MARKS)
    (quote,) = (piece for piece in draft.pieces if piece.kind is PieceKind.QUOTE)
    assert quote.marked is not None
    assert quote.marked.slice(quote.text) == "struck"
    assert find_faults(draft, evidence) == []
    moved = msgspec.structs.replace(quote, marked=Span(0, 3))
    assert find_faults(Draft((moved,), ("a",)), evidence) != []


def test_a_sentence_that_cites_nothing_or_another_claim_is_a_fault() -> None:
    evidence = make_evidence(make_item())
    assert find_faults(Draft((Piece(PieceKind.WORDS, "So it is."),), ()), evidence) == ["it cites nothing"]
    uncited = Draft((Piece(PieceKind.DAY, "2025-06-02", "z"),), ("a",))
    assert len(find_faults(uncited, evidence)) == 1


def test_a_figure_in_words_that_name_no_number_is_not_told() -> None:
    item = make_item(words="sailors", low=24, high=None)
    assert find(Piece(PieceKind.FIGURE, "at least 24", "a", "killed"), item=item) != []


def test_statuses_are_told_the_latest_first_and_each_with_its_own_claim() -> None:
    planned = make_told("p", "Jets will strike.", "strike", Status.PLANNED)
    struck = make_told("s", "Jets struck.", "struck", Status.OCCURRED, head=OTHER)
    evidence = make_evidence(planned, struck)
    assert [draft.claims for draft in draft_statuses(evidence.event, evidence.claims, MARKS)] == [("s",), ("p",)]


def test_an_older_denial_is_not_told_beside_what_happened_since() -> None:
    words = "The ministry denied that jets struck the harbour of Oldport."
    for heads, told in (((HEAD, OTHER), [("s",)]), ((OTHER, HEAD), [("d",), ("s",)])):
        denied = make_told("d", words, "struck", Status.DENIED, head=heads[0])
        struck = make_told("s", "Jets struck the harbour of Oldport.", "struck", head=heads[1])
        evidence = make_evidence(denied, struck)
        assert [draft.claims for draft in draft_statuses(evidence.event, evidence.claims, MARKS)] == told


def test_a_contradiction_is_told_only_where_both_sentences_show_it() -> None:
    struck = make_told("s", "Jets struck the harbour of Oldport on Monday.", "struck")
    denied = make_told(
        "d", "The ministry denied that jets struck the harbour of Oldport.", "struck", Status.DENIED, head=OTHER
    )
    other_day = make_told(
        "o", "The ministry denied a strike on the harbour of Oldport on Friday.", "strike", Status.DENIED, head=OTHER
    )
    for item, told in ((denied, True), (other_day, False)):
        link = Link("s", item.claim.id, Relation.DENIES, 0.9, "rule:conflicts", "one denies it")
        assert bool(draft_conflicts([link], {"s": struck, item.claim.id: item}, MARKS)) is told


def test_figures_that_leave_no_number_for_both_do_not_agree() -> None:
    one = make_item()
    other = make_claim("b", OTHER, sentence="Jets struck the port of Oldport and killed 20 sailors.")
    link = Link("a", "b", Relation.CONTRADICTS, 0.9, "rule:conflicts", "figures apart")
    assert draft_conflicts([link], {"a": one, "b": other}, MARKS) == []
    start = other.sentence.index("20")
    figure = Field(Figure("killed", 20, 20, "sailors"), Span(start, start + 10), "rule:n")
    other = msgspec.structs.replace(other, claim=msgspec.structs.replace(other.claim, figures=(figure,)))
    (draft,) = draft_conflicts([link], {"a": one, "b": other}, MARKS)
    assert draft.pieces[0].text.startswith("The figures do not agree (dead)")


def make_plan() -> StoredClaim:
    item = make_told("p", "The ministry said jets will strike the port of Oldport.", "strike", Status.PLANNED)
    source = Source("The ministry", Span(0, 12), Span(13, 17))
    grounding = msgspec.structs.replace(item.grounding, sources=(make_source("The ministry"),))
    claim = msgspec.structs.replace(item.claim, chain=(source,))
    return msgspec.structs.replace(item, claim=claim, grounding=grounding)


def test_a_likelihood_needs_a_plan_and_counts_only_what_could_be_followed_up() -> None:
    plan = make_plan()
    (name,) = (voice.name for voice in make_evidence(plan).event.voices)
    cases = [make_told(f"c{i}", "Jets will strike.", "strike", Status.PLANNED) for i in range(5)]
    evidence = make_evidence(plan)
    followed = {item.claim.id: item for item in cases}
    evidence = msgspec.structs.replace(evidence, claims={**evidence.claims, **followed}, followed=followed)
    records = {name: (cases[:4], cases[4:])}
    (draft,) = draft_likelihood(evidence.event, evidence.claims, MARKS, records)
    assert draft.claims == ("p", "c0", "c1", "c4")
    assert find_faults(draft, evidence) == []
    assert len(find_faults(draft, msgspec.structs.replace(evidence, followed=()))) == 3
    for fault in ({"of": 6, "text": word_share(4, 6)}, {"counted": ("c0", "c1", "c2")}, {"text": "certain"}):
        pieces = (*draft.pieces[:-2], msgspec.structs.replace(draft.pieces[-2], **fault), draft.pieces[-1])
        assert find_faults(Draft(pieces, draft.claims), evidence) != []
    struck = msgspec.structs.replace(plan.claim, status=Field(Status.OCCURRED, None, "rule:tense"))
    told = {**evidence.claims, "p": msgspec.structs.replace(plan, claim=struck)}
    assert draft_likelihood(evidence.event, told, MARKS, records) == []


def test_what_is_cited_for_a_likelihood_is_no_text_without_full_stops() -> None:
    plan = make_plan()
    (name,) = (voice.name for voice in make_evidence(plan).event.voices)
    long = f"Jets will strike{' and fly on' * 80}."
    cases = [make_told(f"c{i}", long if i == 0 else "Jets will strike.", "strike", Status.PLANNED) for i in range(5)]
    evidence = make_evidence(plan)
    (draft,) = draft_likelihood(evidence.event, evidence.claims, MARKS, {name: (cases, [])})
    assert draft.claims == ("p", "c1", "c2")


def test_a_count_is_of_what_is_the_events_own() -> None:
    evidence = make_evidence(make_item())
    other = make_claim("z", OTHER)
    evidence = msgspec.structs.replace(evidence, claims={**evidence.claims, "z": other})
    for counted, faults in (("wire", 0), ("a", 0), ("z", 1), ("post", 1)):
        piece = Piece(PieceKind.COUNT, "1 report", counted=(counted,))
        assert len(find_faults(Draft((piece,), ("a",)), evidence)) == faults


def test_figures_of_different_people_stand_apart() -> None:
    text = "Jets killed 20 people, three of them children."
    spans = [
        Span(text.index(words), text.index(words) + len(words)) for words in ("20 people", "three of them children")
    ]
    figures = (
        Field(Figure("killed", 20, 20, "people"), spans[0], "rule:n"),
        Field(Figure("killed", 3, 3, "children"), spans[1], "rule:n"),
    )
    item = make_told("a", text, "killed")
    item = msgspec.structs.replace(item, claim=msgspec.structs.replace(item.claim, figures=figures))
    evidence = make_evidence(item)
    drafts = draft_figures(evidence.event, evidence.claims, MARKS)
    assert ["".join(piece.text for piece in draft.pieces).partition(" (")[0] for draft in drafts] == [
        "Dead: 20",
        "Dead: 3 children",
    ]
