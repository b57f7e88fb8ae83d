"""How claims change as a report is copied, rewritten or edited: which hedges, sources, statuses and figures fell."""

import re
from collections.abc import Iterator, Mapping, Sequence

from reportedly.link.copy_runs import find_runs, share_covered
from reportedly.link.drift_align import COUNTERPART, pair_claims, share_words, sort_by_place
from reportedly.records.claim import Certainty, Claim, Figure, Stage, Status
from reportedly.records.event import Drift, DriftKind
from reportedly.records.spans import Field, Span
from reportedly.records.stored import StoredClaim

VERBATIM = 0.5
"""Share of common runs from which a text is a copy or a version, so that what is not there was cut or added."""
MAX_CHARS = 80
"""Characters of the words shown; spans further apart are not shown as one run."""
MAX_BEFORE = 3
"""Words before a trigger that are shown where no actor stands near."""
_STRENGTH = {
    Status.DENIED: 0,
    Status.NEGATED: 0,
    Status.UNDECIDED: 1,
    Status.POSSIBLE: 2,
    Status.CONDITIONAL: 2,
    Status.DEMANDED: 2,
    Status.THREATENED: 3,
    Status.PLANNED: 4,
    Status.ONGOING: 5,
    Status.OCCURRED: 5,
}
"""How much a status claims; history claims nothing of today and is compared with nothing."""
_HAPPENING = {Status.ONGOING, Status.OCCURRED}
"""Which of the two is a matter of tense: reports of a day change from one to the other."""
_CERTAINTY = {Certainty.POSSIBLE: 0, Certainty.PROBABLE: 1, Certainty.CERTAIN: 2}
_STAGES = {Stage.CONSIDERED: 0, Stage.PREPARED: 1, Stage.ANNOUNCED: 2, Stage.ORDERED: 2}
_WORD = re.compile(r"[^\W_]+")
_SMALL = frozenset("a an the of in on for to and or its his her their s".split())


def find_drift(
    left: Sequence[StoredClaim], right: Sequence[StoredClaim], texts: Mapping[str, str]
) -> tuple[Drift, ...]:
    """Tell how the claims of an original changed in its copy, its rewrite or its next version.

    Claims are paired by type, verb, sentence, parties and order. Of a pair, every change is told once: hedges,
    conditions and certainty; who says so, innermost; status, or how far a plan has come; figures of one key and scope.
    Claims that one side lacks are told where the texts are word for word alike for the most part; in a rewrite, which
    leaves out much, only where a sentence has its counterpart and that makes no such claim.

    Args:
        left: Claims of the original, or of the earlier version, in any order.
        right: Claims of the copy, or of the later version.
        texts: Texts of both documents by id; the sentences stand in for those that are not there.

    Returns:
        Changes in text order of the original, each once for a pair of sentences, then what was gained, in text order of
        the copy; empty where the two claim the same.
    """
    paired = pair_claims(left, right)
    plain = _read_plain(left, right, texts), _read_plain(right, left, texts)
    copied = _is_verbatim(*plain)
    places = {stored.claim.id: at for at, stored in enumerate(sort_by_place(left))}
    changed = [drift for one, other in paired.pairs for drift in _compare(one, other, texts, plain)]
    lost = [drift for claim in paired.lost for drift in _miss(claim, right, texts, plain[1], copied, lost=True)]
    gained = [drift for claim in paired.gained for drift in _miss(claim, left, texts, plain[0], copied, lost=False)]
    lost, gained = _drop_reworded(lost, gained)
    return tuple(_drop_repeats([*sorted(changed + lost, key=lambda drift: places[drift.left or ""]), *gained]))


def _drop_reworded(lost: Sequence[Drift], gained: Sequence[Drift]) -> tuple[list[Drift], list[Drift]]:
    """Leave out what was lost and gained in counterpart sentences: one act in words of another type."""
    places = [{(drift.left_sentence, drift.right_sentence) for drift in side} for side in (lost, gained)]
    reworded = {place for place in places[0] & places[1] if all(place)}
    kept = [[d for d in side if (d.left_sentence, d.right_sentence) not in reworded] for side in (lost, gained)]
    return kept[0], kept[1]


def _drop_repeats(drifts: Sequence[Drift]) -> Iterator[Drift]:
    """Yield each change of a pair of sentences once, though several claims of theirs share it."""
    told: set[tuple[object, ...]] = set()
    for drift in drifts:
        key = (drift.kind, drift.before, drift.after, drift.left_sentence, drift.right_sentence)
        if drift.kind in (DriftKind.CLAIM_LOST, DriftKind.CLAIM_GAINED) or key not in told:
            yield drift
        told.add(key)


def _read_plain(side: Sequence[StoredClaim], other: Sequence[StoredClaim], texts: Mapping[str, str]) -> str:
    """Return the bare words of a document in one line; those of its sentences where the text is not there.

    A document without claims is the one text that is not the other's.
    """
    if side:
        text = texts.get(side[0].document.id)
        return _strip(text if text is not None else " ".join(dict.fromkeys(stored.sentence for stored in side)))
    rest = [text for document, text in texts.items() if not other or document != other[0].document.id]
    return _strip(rest[0]) if len(rest) == 1 else ""


def _strip(text: str) -> str:
    return f" {' '.join(_WORD.findall(text.lower()))} "


def _compare(one: StoredClaim, other: StoredClaim, texts: Mapping[str, str], plain: tuple[str, str]) -> Iterator[Drift]:
    """Tell what changed between two claims that stand for each other.

    Where each sentence stands word for word in the other text, only a source named outside it can have changed.
    """
    untouched = _strip(one.sentence) in plain[1] and _strip(other.sentence) in plain[0]
    outside = all(_is_outside(stored) for stored in (one, other))
    changes = [] if untouched and not outside else [*_compare_sources(one, other, texts)]
    if not untouched:
        changes += _compare_hedges(one, other, texts)
        changes += _compare_statuses(one, other, texts)
        changes += _compare_figures(one, other, texts)
    for kind, before, after, stronger in changes:
        yield Drift(kind, one.claim.id, other.claim.id, before, after, one.sentence, other.sentence, stronger)


def _is_outside(stored: StoredClaim) -> bool:
    """Say whether a claim has its source from another sentence, or has none."""
    return not stored.claim.chain or not stored.claim.sentence.overlaps(stored.claim.chain[-1].span)


_Change = tuple[DriftKind, str, str, bool | None]


def _compare_hedges(one: StoredClaim, other: StoredClaim, texts: Mapping[str, str]) -> Iterator[_Change]:
    """Tell whether words that weaken, or a condition, fell or came; one for another of its strength is no change."""
    weak = [_weaken(stored.claim) for stored in (one, other)]
    sure = [_CERTAINTY[stored.claim.axes.certainty] for stored in (one, other)]
    if (weak[0] and not weak[1]) or sure[0] < sure[1]:
        yield DriftKind.HEDGE_LOST, _show(one, texts, weak[0]), _show(other, texts, weak[1]), True
    elif (weak[1] and not weak[0]) or sure[1] < sure[0]:
        yield DriftKind.HEDGE_GAINED, _show(one, texts, weak[0]), _show(other, texts, weak[1]), False


def _weaken(claim: Claim) -> list[Field[str]]:
    return [*claim.hedges, *([claim.condition] if claim.condition else [])]


def _compare_sources(one: StoredClaim, other: StoredClaim, texts: Mapping[str, str]) -> Iterator[_Change]:
    """Tell whether the innermost source fell, came or changed; an outlet put before it ("X reports") is no change.

    A copy that names the outlet it was taken from, and no longer whom that quoted, has lost its source. Where only one
    of the two is denied, the source there is who denies, and the change is one of status.
    """
    if (one.claim.status.value is Status.DENIED) is not (other.claim.status.value is Status.DENIED):
        return
    before, after = (_name_source(stored, texts) for stored in (one, other))
    borrowed = bool(after) and _is_outlet(other, one)
    if before and (not after or borrowed):
        yield DriftKind.ATTRIBUTION_LOST, before, after, True
    elif after and not before and not borrowed:
        yield DriftKind.ATTRIBUTION_GAINED, before, after, False
    elif before and after and not _same_voice(one, other):
        yield DriftKind.ATTRIBUTION_CHANGED, before, after, None


def _is_outlet(stored: StoredClaim, origin: StoredClaim) -> bool:
    """Say whether the innermost source is the outlet that the claim was taken from."""
    said = set(_WORD.findall(stored.claim.chain[-1].text.lower())) - _SMALL
    names = (origin.document.publisher, origin.document.publisher_name)
    outlets = [set(_WORD.findall(name.lower())) - _SMALL for name in names if name]
    return any(said and outlet and (said <= outlet or outlet <= said) for outlet in outlets)


def _name_source(stored: StoredClaim, texts: Mapping[str, str]) -> str:
    """Return the innermost source with its cue, where they stand side by side; empty where the outlet speaks itself."""
    if not stored.claim.chain:
        return ""
    source = stored.claim.chain[-1]
    text = texts.get(stored.document.id)
    if source.cue is None or text is None or source.mention is not None:
        return source.text
    hull = _join([source.span, source.cue])
    return hull.slice(text) if hull is not None else source.text


def _same_voice(one: StoredClaim, other: StoredClaim) -> bool:
    """Say whether two innermost sources are one voice: one code, or words of a name or description in common."""
    codes = [stored.grounding.sources[-1].code if stored.grounding.sources else None for stored in (one, other)]
    if codes[0] and codes[0] == codes[1]:
        return True
    words = [set(_WORD.findall(stored.claim.chain[-1].text.lower())) - _SMALL for stored in (one, other)]
    return bool(words[0] & words[1])


def _compare_statuses(one: StoredClaim, other: StoredClaim, texts: Mapping[str, str]) -> Iterator[_Change]:
    statuses = [stored.claim.status.value for stored in (one, other)]
    if set(statuses) == _HAPPENING:
        return
    stages = [stored.claim.stage.value if stored.claim.stage else None for stored in (one, other)]
    shown = _show(one, texts, _statuses(one.claim)), _show(other, texts, _statuses(other.claim))
    if statuses[0] is not statuses[1]:
        ranks = [_STRENGTH.get(status) for status in statuses]
        stronger = None if ranks[0] is None or ranks[1] is None or ranks[0] == ranks[1] else ranks[0] < ranks[1]
        yield DriftKind.STATUS_CHANGED, *shown, stronger
    elif stages[0] and stages[1] and _STAGES[stages[0]] != _STAGES[stages[1]]:
        yield DriftKind.STATUS_CHANGED, *shown, _STAGES[stages[0]] < _STAGES[stages[1]]


def _statuses(claim: Claim) -> Sequence[Field[Status] | Field[Stage]]:
    return [claim.status, *([claim.stage] if claim.stage else [])]


def _compare_figures(one: StoredClaim, other: StoredClaim, texts: Mapping[str, str]) -> Iterator[_Change]:
    """Tell which counts of one key and scope changed; where one side gives several of a kind, equal ones cancel."""
    left, right = ([*stored.claim.figures] for stored in (one, other))
    for field in [*left]:
        same = next((item for item in right if _count(item.value) == _count(field.value)), None)
        if same is not None:
            left.remove(field)
            right.remove(same)
    for field in left:
        counterpart = next(
            (item for item in right if (item.value.key, item.value.scope) == (field.value.key, field.value.scope)), None
        )
        if counterpart is None:
            continue
        right.remove(counterpart)
        before, after = field.value.low or 0, counterpart.value.low or 0
        yield (
            DriftKind.FIGURE_CHANGED,
            _slice(field.span, one, texts) or _write_figure(field.value),
            _slice(counterpart.span, other, texts) or _write_figure(counterpart.value),
            None if before == after else before < after,
        )


def _count(figure: Figure) -> tuple[str, str, int | None, int | None]:
    return figure.key, figure.scope, figure.low, figure.high


def _write_figure(figure: Figure) -> str:
    bounds = sorted({str(bound) for bound in (figure.low, figure.high) if bound is not None})
    return f"{' to '.join(bounds)} {figure.key}"


def _miss(
    stored: StoredClaim,
    others: Sequence[StoredClaim],
    texts: Mapping[str, str],
    theirs: str,
    copied: bool,
    *,
    lost: bool,
) -> Iterator[Drift]:
    """Tell of a claim that the other side lacks, unless its words stand there all the same or the text was left out."""
    sentences = dict.fromkeys(other.sentence for other in others)
    counterpart = max(sentences, key=lambda sentence: share_words(stored.sentence, sentence), default="")
    alike = share_words(stored.sentence, counterpart) if counterpart else 0.0
    if _strip(stored.sentence) in theirs or not (copied or alike >= COUNTERPART):
        return
    beside = counterpart if alike >= COUNTERPART else ""
    words = _slice(stored.claim.evidence, stored, texts) or stored.claim.trigger.value
    if lost:
        yield Drift(DriftKind.CLAIM_LOST, stored.claim.id, None, words, "", stored.sentence, beside, False)
    else:
        yield Drift(DriftKind.CLAIM_GAINED, None, stored.claim.id, "", words, beside, stored.sentence, True)


def _is_verbatim(left: str, right: str) -> bool:
    """Say whether one text stands in the other for the most part."""
    words = left.split(), right.split()
    runs = find_runs(*words)
    return max(share_covered(runs, len(words[0]), "left"), share_covered(runs, len(words[1]), "right")) >= VERBATIM


def _show(
    stored: StoredClaim, texts: Mapping[str, str], fields: Sequence[Field[str] | Field[Status] | Field[Stage]]
) -> str:
    """Return the words of fields with the trigger in one run, or apart where they stand too far from each other.

    Where nothing before the trigger is among them, what stands between the actor and the trigger is shown, too, or the
    few words before it: auxiliaries say as much as hedges do.
    """
    trigger = stored.claim.trigger.span or stored.claim.evidence
    spans = [field.span for field in fields if field.span is not None and stored.claim.sentence.covers(field.span)]
    if all(span.start >= trigger.start for span in spans):
        spans.append(_widen(stored, trigger, texts))
    hull = _join([trigger, *spans])
    if hull is not None:
        return _slice(hull, stored, texts) or stored.claim.trigger.value
    apart = [*dict.fromkeys(_slice(span, stored, texts) for span in sorted([trigger, *spans]))]
    return " … ".join(words for words in apart if words) or stored.claim.trigger.value


def _widen(stored: StoredClaim, trigger: Span, texts: Mapping[str, str]) -> Span:
    """Return the trigger with the words before it: from the actor on where one is near, else ``MAX_BEFORE`` words."""
    sentence = stored.claim.sentence
    if trigger.start <= sentence.start:
        return trigger
    opening = Span(sentence.start, trigger.start)
    starts = [opening.start + match.start() for match in _WORD.finditer(_slice(opening, stored, texts))]
    actors = [field.span.end for field in stored.claim.actors if field.span and opening.covers(field.span)]
    near = [end for end in actors if trigger.start - end <= MAX_CHARS // 2]
    kept = [start for start in starts if start >= max(near)] if near else starts[-MAX_BEFORE:]
    return Span(min(kept, default=trigger.start), trigger.end)


def _join(spans: Sequence[Span]) -> Span | None:
    """Return one span over several; None where that is longer than ``MAX_CHARS``."""
    hull = Span(min(span.start for span in spans), max(span.end for span in spans))
    return hull if hull.end - hull.start <= MAX_CHARS else None


def _slice(span: Span | None, stored: StoredClaim, texts: Mapping[str, str]) -> str:
    """Return the words of a span: from the text, or from the sentence where the text is not there."""
    if span is None:
        return ""
    text = texts.get(stored.document.id)
    if text is not None:
        return span.slice(text)
    start = stored.claim.sentence.start
    return stored.sentence[span.start - start : span.end - start] if stored.claim.sentence.covers(span) else ""
