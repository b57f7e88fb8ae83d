"""What became of claims along a copy: hedges, sources, statuses, figures, and claims lost and gained."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.link.drift import find_drift
from reportedly.pipeline import Reader
from reportedly.records.claim import Axes, Certainty, Claim, Figure, Scope, Source, Stage, Status
from reportedly.records.document import Genre
from reportedly.records.event import Drift, DriftKind
from reportedly.records.grounding import GroundedActor, GroundedSource, Grounding, SourceKind
from reportedly.records.ontology import EventType
from reportedly.records.report import Report as ReadReport
from reportedly.records.spans import Field, Span
from reportedly.records.stored import DocumentHead, StoredClaim


class Report:
    """A report put together sentence by sentence, each with one claim."""

    def __init__(self, id: str, publisher: str | None = None) -> None:
        self.id = id
        self.publisher = publisher
        self.text = ""
        self.claims: list[StoredClaim] = []

    def say(self, sentence: str) -> "Report":
        """Add a sentence without a claim."""
        self.text += f"{sentence} "
        return self

    def tell(
        self,
        sentence: str,
        trigger: str,
        *,
        type: EventType = EventType.ASSAULT,
        status: Status = Status.OCCURRED,
        certainty: Certainty = Certainty.CERTAIN,
        stage: Stage | None = None,
        hedge: str = "",
        condition: str = "",
        voice: str = "",
        code: str | None = None,
        cue: str = "said",
        actor: str = "",
        killed: tuple[str, int | None, int | None] | None = None,
        scope: Scope = Scope.THIS,
    ) -> "Report":
        """Add a sentence and its claim."""
        offset = len(self.text)
        self.text += f"{sentence} "

        def find(words: str) -> Span:
            at = offset + sentence.index(words)
            return Span(at, at + len(words))

        span = find(trigger)
        claim = Claim(
            id=f"{self.id}{len(self.claims)}",
            document_id=self.id,
            sentence=Span(offset, offset + len(sentence)),
            evidence=span,
            trigger=Field(trigger, span, "rule:verb"),
            type=Field(type, span, "rule:verb"),
            axes=Axes(certainty=certainty),
            status=Field(status, span, "rule:tense"),
            stage=Field(stage, span, "rule:stage") if stage else None,
            hedges=(Field(hedge, find(hedge), "rule:hedge"),) if hedge else (),
            condition=Field(condition, find(condition), "rule:condition") if condition else None,
            chain=(Source(voice, find(voice), find(cue)),) if voice else (),
            actors=(Field(actor, find(actor), "rule:subject"),) if actor else (),
            figures=()
            if killed is None
            else (Field(Figure("killed", killed[1], killed[2], None, scope), find(killed[0]), "rule:number"),),
        )
        sources = (GroundedSource(voice, SourceKind.OFFICIAL, code is None, (), code),) if voice else ()
        actors = (GroundedActor(actor),) if actor else ()
        grounding = Grounding(claim.id, actors=actors, sources=sources)
        day = "2025-11-08T00:00:00.000000Z"
        name = self.publisher
        head = DocumentHead(self.id, None, None, name, name, None, None, None, None, Genre.REPORT, "en", 0, day)
        self.claims.append(StoredClaim(claim, grounding, head, sentence, head.recorded))
        return self


def compare(left: Report, right: Report) -> list[Drift]:
    """Tell the drift from one report to another."""
    return list(find_drift(left.claims, right.claims, {left.id: left.text, right.id: right.text}))


PLAN = "The navy may strike smugglers' boats off the Quell islands within days, two officials said."


def test_hedge_and_source_that_fell_are_told_with_both_sentences() -> None:
    left = Report("a").tell(
        PLAN, "strike", status=Status.POSSIBLE, certainty=Certainty.POSSIBLE, hedge="may", voice="two officials"
    )
    bold = "The navy is to strike smugglers' boats off the Quell islands within days."
    right = Report("b").tell(bold, "strike", status=Status.PLANNED)
    found = {drift.kind: drift for drift in compare(left, right)}
    assert found.keys() == {DriftKind.HEDGE_LOST, DriftKind.ATTRIBUTION_LOST, DriftKind.STATUS_CHANGED}
    hedge = found[DriftKind.HEDGE_LOST]
    assert (hedge.before, hedge.after, hedge.stronger) == ("may strike", "navy is to strike", True)
    assert (hedge.left_sentence, hedge.right_sentence) == (PLAN, bold)
    assert (hedge.left, hedge.right) == ("a0", "b0")
    assert found[DriftKind.ATTRIBUTION_LOST].before == "two officials said"
    assert found[DriftKind.ATTRIBUTION_LOST].stronger is True
    assert found[DriftKind.STATUS_CHANGED].stronger is True


def test_what_was_gained_the_other_way_round_claims_less() -> None:
    left = Report("a").tell("The navy is to strike boats off the Quell islands.", "strike", status=Status.PLANNED)
    right = Report("b").tell(
        PLAN, "strike", status=Status.POSSIBLE, certainty=Certainty.POSSIBLE, hedge="may", voice="two officials"
    )
    found = {drift.kind: drift.stronger for drift in compare(left, right)}
    assert found == {
        DriftKind.HEDGE_GAINED: False,
        DriftKind.ATTRIBUTION_GAINED: False,
        DriftKind.STATUS_CHANGED: False,
    }


def test_condition_that_fell_counts_as_a_hedge() -> None:
    left = Report("a").tell(
        "If talks fail, rebels will shell Dravik on Sunday.",
        "shell",
        status=Status.CONDITIONAL,
        condition="If talks fail",
    )
    right = Report("b").tell("Rebels will shell Dravik on Sunday.", "shell", status=Status.PLANNED)
    found = {drift.kind: drift for drift in compare(left, right)}
    assert found[DriftKind.HEDGE_LOST].before == "If talks fail, rebels will shell"


def test_another_word_of_the_same_strength_is_no_change() -> None:
    left = Report("a").tell("The navy may strike boats off Quell.", "strike", status=Status.POSSIBLE, hedge="may")
    right = Report("b").tell("The navy could strike boats off Quell.", "strike", status=Status.POSSIBLE, hedge="could")
    assert compare(left, right) == []


@pytest.mark.parametrize(
    ("before", "after", "codes", "changed"),
    [
        ("police", "officials", (None, None), True),
        ("police", "police chief Hatem Jurf", (None, None), False),
        ("the ministry", "Tor Hegg", ("HLD/MIL", "HLD/MIL"), False),
        ("the ministry", "Tor Hegg", ("HLD/GOV", "HLD/MIL"), True),
    ],
)
def test_sources_are_one_by_code_or_by_words(
    before: str, after: str, codes: tuple[str | None, str | None], changed: bool
) -> None:
    left = Report("a").tell(f"A bomb killed 21 people in Homat, {before} said.", "killed", voice=before, code=codes[0])
    right = Report("b").tell(f"A bomb killed 21 people in Homat, {after} said.", "killed", voice=after, code=codes[1])
    assert [drift.kind for drift in compare(left, right)] == [DriftKind.ATTRIBUTION_CHANGED] * changed


def test_citing_the_outlet_instead_of_whom_it_quoted_is_a_source_lost() -> None:
    left = Report("a", "The Coastal Herald").tell(
        "Rebels shelled Dravik on Monday, a security source said.", "shelled", voice="a security source"
    )
    cited = "Rebels shelled Dravik on Monday, the Coastal Herald said."
    (drift,) = compare(left, Report("b").tell(cited, "shelled", voice="the Coastal Herald"))
    assert (drift.kind, drift.stronger) == (DriftKind.ATTRIBUTION_LOST, True)
    assert (drift.before, drift.after) == ("a security source said", "the Coastal Herald said")
    plain = Report("a", "The Coastal Herald").tell("Rebels shelled Dravik on Monday.", "shelled")
    assert compare(plain, Report("b").tell(cited, "shelled", voice="the Coastal Herald")) == []


def test_verb_alone_makes_no_pair() -> None:
    left = Report("a").tell("It said none had been killed.", "killed", status=Status.NEGATED)
    right = Report("b").tell("Some 37 were killed in Temrin.", "killed")
    assert compare(left, right) == []


@pytest.mark.parametrize(
    ("before", "after", "stronger"),
    [
        (("14 people", 14, 14), ("17 people", 17, 17), True),
        (("17 people", 17, 17), ("14 people", 14, 14), False),
        (("at least 14 people", 14, None), ("14 people", 14, 14), None),
    ],
)
def test_figures_that_moved_are_told_with_their_words(
    before: tuple[str, int | None, int | None], after: tuple[str, int | None, int | None], stronger: bool | None
) -> None:
    left = Report("a").tell(f"Gunmen killed {before[0]} in Arvenna.", "killed", killed=before)
    right = Report("b").tell(f"Gunmen killed {after[0]} in Arvenna.", "killed", killed=after)
    (drift,) = compare(left, right)
    assert drift.kind is DriftKind.FIGURE_CHANGED
    assert (drift.before, drift.after, drift.stronger) == (before[0], after[0], stronger)


def test_figures_of_other_scope_are_not_compared() -> None:
    left = Report("a").tell("Gunmen killed 14 people in Arvenna.", "killed", killed=("14 people", 14, 14))
    right = Report("b").tell(
        "Gunmen killed 90 people around Arvenna.", "killed", killed=("90 people", 90, 90), scope=Scope.SERIES
    )
    assert compare(left, right) == []


def test_denial_that_turned_into_the_deed_is_one_change_of_status() -> None:
    left = Report("a").tell(
        "The army denied that its soldiers had attacked the village.",
        "attacked",
        status=Status.DENIED,
        voice="The army",
        cue="denied",
    )
    right = Report("b").tell("Soldiers had attacked the village.", "attacked")
    (drift,) = compare(left, right)
    assert (drift.kind, drift.stronger) == (DriftKind.STATUS_CHANGED, True)


def test_plan_that_came_further_is_told_by_its_stage() -> None:
    left = Report("a").tell(
        "Halden is considering to expel two envoys.", "expel", status=Status.PLANNED, stage=Stage.CONSIDERED
    )
    right = Report("b").tell(
        "Halden is ordered to expel two envoys.", "expel", status=Status.PLANNED, stage=Stage.ORDERED
    )
    (drift,) = compare(left, right)
    assert (drift.kind, drift.stronger) == (DriftKind.STATUS_CHANGED, True)


RAID = "Gunmen killed 14 people in the village of Arvenna on Tuesday, police said."
REST = "Soldiers came from Tessib by noon and closed the road to the village while families looked for their dead."


def test_claims_that_an_edited_copy_cut_or_added_are_told() -> None:
    left = Report("a").tell(RAID, "killed", voice="police").say(REST)
    left.tell("Lawyers accused the governor of sleeping.", "accused", type=EventType.ACCUSE)
    right = Report("b").tell(RAID, "killed", voice="police").say(REST)
    right.tell("The union called a strike for Monday.", "called", type=EventType.PROTEST)
    lost, gained = compare(left, right)
    assert (lost.kind, lost.left, lost.right, lost.before) == (DriftKind.CLAIM_LOST, "a1", None, "accused")
    assert (gained.kind, gained.left, gained.right, gained.after) == (DriftKind.CLAIM_GAINED, None, "b1", "called")
    assert (lost.stronger, gained.stronger) == (False, True)


def test_what_a_rewrite_leaves_out_is_not_told() -> None:
    left = Report("a").tell(RAID, "killed", voice="police").say(REST)
    left.tell("Lawyers accused the governor of sleeping.", "accused", type=EventType.ACCUSE)
    right = Report("b").tell("Police said 14 people were killed by gunmen at Arvenna.", "killed", voice="Police")
    assert compare(left, right) == []


def test_rewritten_sentence_that_no_longer_makes_the_claim_is_told() -> None:
    accused = "Ambassador Lars Eide accused the Karvian navy of having cut the cable."
    left = Report("a").tell(accused, "accused", type=EventType.ACCUSE)
    left.text = ""
    left.tell(accused, "cut")
    right = Report("b").tell("The Karvian navy has cut the cable, Ambassador Lars Eide believes.", "cut")
    (lost,) = compare(left, right)
    assert (lost.kind, lost.before, lost.right_sentence) == (
        DriftKind.CLAIM_LOST,
        "accused",
        right.claims[0].sentence,
    )


def test_act_in_words_of_another_type_is_neither_lost_nor_gained() -> None:
    left = Report("a").tell("The ministry asked people in Karo to boil water.", "asked", type=EventType.REQUEST)
    right = Report("b").tell("People in Karo were told to boil their water.", "told", type=EventType.ASSAULT)
    assert compare(left, right) == []


def test_words_that_stand_there_all_the_same_are_not_lost() -> None:
    left = Report("a").tell(RAID, "killed", voice="police")
    right = Report("b").say(RAID).say(REST)
    assert compare(left, right) == []


def test_what_the_reader_missed_in_the_same_sentence_is_no_drift() -> None:
    left = Report("a").tell(RAID, "killed", voice="police")
    right = Report("b").tell(RAID, "killed").say(REST)
    assert compare(left, right) == []


def test_change_that_claims_of_one_sentence_share_is_told_once() -> None:
    both = "Gunmen shot 14 people and burned Arvenna, police said."
    left = Report("a").tell(both, "shot", voice="police")
    left.text = ""
    left.tell(both, "burned", voice="police")
    short = "Gunmen shot 14 people and burned Arvenna."
    right = Report("b").tell(short, "shot")
    right.text = ""
    right.tell(short, "burned")
    assert [drift.kind for drift in compare(left, right)] == [DriftKind.ATTRIBUTION_LOST]


def test_texts_that_are_not_there_are_stood_in_for_by_the_sentences() -> None:
    left = Report("a").tell(PLAN, "strike", status=Status.POSSIBLE, hedge="may", voice="two officials")
    right = Report("b").tell(
        "The navy will strike boats off the Quell islands within days.", "strike", status=Status.PLANNED
    )
    found = {drift.kind: drift.before for drift in find_drift(left.claims, right.claims, {})}
    assert found == {
        DriftKind.HEDGE_LOST: "may strike",
        DriftKind.ATTRIBUTION_LOST: "two officials",
        DriftKind.STATUS_CHANGED: "The navy may strike",
    }
    assert find_drift((), (), {}) == ()


@given(st.permutations(range(4)))
def test_the_order_of_claims_does_not_matter(order: list[int]) -> None:
    left, right = Report("a"), Report("b")
    for town in ("Arvenna", "Korobal", "Tessib", "Lomarre"):
        left.tell(f"Gunmen may have killed 14 people in {town}.", "killed", hedge="may", killed=("14 people", 14, 14))
        right.tell(f"Gunmen killed 15 people in {town}.", "killed", killed=("15 people", 15, 15))
    found = compare(left, right)
    right.claims = [right.claims[at] for at in order]
    left.claims = [left.claims[at] for at in reversed(order)]
    assert compare(left, right) == found
    assert len(found) == 8


@pytest.mark.slow
def test_reader_shows_what_a_rewrite_did_to_its_original() -> None:
    reader = Reader()
    original = reader.read(
        "The navy of Halden may strike smugglers' boats off the Quell islands within days, two officials said.\n\n"
        "Gunmen killed at least 14 people in Arvenna on Tuesday, police said.",
        published="2025-11-08",
        address="https://one.example/1",
    )
    rewrite = reader.read(
        "The navy of Halden is to strike smugglers' boats off the Quell islands within days.\n\n"
        "Gunmen killed 16 people in Arvenna on Tuesday.",
        published="2025-11-08",
        address="https://two.example/1",
    )
    left, right = _store(original), _store(rewrite)
    texts = {report.document.id: report.document.text for report in (original, rewrite) if report.document}
    found = {(drift.kind, drift.before) for drift in find_drift(left, right, texts)}
    assert (DriftKind.ATTRIBUTION_LOST, "two officials said") in found
    assert (DriftKind.ATTRIBUTION_LOST, "police said") in found
    assert (DriftKind.HEDGE_LOST, "may strike") in found
    assert (DriftKind.FIGURE_CHANGED, "at least 14 people") in found


def _store(report: ReadReport) -> list[StoredClaim]:
    """Put the claims of a report as the store gives them back."""
    document = report.document
    assert document is not None
    head = DocumentHead(
        document.id,
        document.address,
        None,
        None,
        None,
        None,
        None,
        document.published,
        None,
        document.genre,
        "en",
        0,
        "",
    )
    groundings = {grounding.claim_id: grounding for grounding in report.groundings}
    return [
        StoredClaim(claim, groundings[claim.id], head, claim.sentence.slice(document.text), "")
        for claim in report.claims
    ]
