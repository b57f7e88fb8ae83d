"""Taking a decision: what it is about is found, its value checked, and it is kept and applied."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import msgspec

from reportedly.config import Settings
from reportedly.deciding.anchors import Reports, make_anchor
from reportedly.deciding.applying import plan_application
from reportedly.deciding.corrections import correct_claim
from reportedly.deciding.describing import describe_claim
from reportedly.deciding.forced import PERSON, find_concerned, find_standing
from reportedly.deciding.relink import find_by_id, plan_relink
from reportedly.deciding.values import Tables, check_text, read_value
from reportedly.errors import DecisionError, NotFoundError
from reportedly.records.claim import Claim
from reportedly.records.decision import Anchor, Decision, LinkEnds, Verdict, make_decision_id
from reportedly.records.link import OF_DOCUMENTS
from reportedly.store.base import Kind, Store, StoredLink, View

_ALLOWED: dict[Verdict, tuple[Kind, ...]] = {
    Verdict.ACCEPT: (Kind.CLAIM, Kind.LINK),
    Verdict.REJECT: (Kind.CLAIM, Kind.LINK),
    Verdict.CORRECT: (Kind.CLAIM,),
    Verdict.MERGE: (Kind.CLAIM, Kind.EVENT),
    Verdict.SPLIT: (Kind.CLAIM,),
    Verdict.UNDO: (Kind.DECISION,),
}


def take_decision(
    store: Store,
    settings: Settings,
    verdict: Verdict,
    targets: Sequence[str],
    reason: str,
    who: str,
    *,
    field: str | None = None,
    value: str | None = None,
) -> tuple[Decision, ...]:
    """Take a decision, keep it and apply it. Events follow when they are linked again.

    Accepting and rejecting takes one decision for each claim or link; the other verdicts take one for all targets.

    Args:
        store: Open for writing.
        settings: Tables of the user's own, in which names of a correction are looked up.
        verdict: What is decided.
        targets: Ids, or first characters of them, of what it is about.
        reason: Why.
        who: Who decides.
        field: The field to correct.
        value: What it is to be, as a person writes it.

    Returns:
        The decisions, as they are kept; none where a correction sets what the field says already.

    Raises:
        DecisionError: it cannot be taken as it is put; the message says what is allowed.
        NotFoundError: an id names nothing, or several things.
    """
    if not reason.strip():
        raise DecisionError("a decision needs a reason; give --reason")
    if not who.strip():
        raise DecisionError("a decision needs the name of who decides; give --who")
    check_text(reason, "--reason")
    check_text(who, "--who")
    with store.reading() as view:
        known = view.find_decisions()
        at = _tell_time(known)
        named = [_resolve(view, target, verdict) for target in dict.fromkeys(targets)]
        drafts = _draft(view, verdict, named, settings, field, value)
        decisions = [msgspec.structs.replace(draft, reason=reason.strip(), who=who.strip(), at=at) for draft in drafts]
        decisions = [msgspec.structs.replace(item, id=make_decision_id(item)) for item in decisions]
        if not decisions:
            return ()
        documents = find_concerned(decisions, known)
        changed = [anchor.claim for decision in decisions for anchor in decision.anchors]
        relink = plan_relink(view, documents=documents, changed=changed)
        application = plan_application([*known, *decisions], view, documents)
    with store.writing() as writer:
        for decision in decisions:
            if not writer.add_decision(decision):
                raise DecisionError(f"{', '.join(decision.targets)}: what this is about was removed for good meanwhile")
        relink.write(writer)
        application.write(writer)
    return tuple(decisions)


def _tell_time(known: Sequence[Decision]) -> str:
    """Return the present, but later than every decision on record: what is later wins, whatever a clock says."""
    now = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"
    last = max((decision.at for decision in known), default="")
    return now if now > last else f"{datetime.fromisoformat(last) + timedelta(microseconds=1):%Y-%m-%dT%H:%M:%S.%f}Z"


def _resolve(view: View, target: str, verdict: Verdict) -> tuple[Kind, str]:
    kind, found = view.resolve(target)
    if kind not in _ALLOWED[verdict]:
        allowed = " or ".join(_ALLOWED[verdict])
        raise DecisionError(f"{target}: {verdict.value} takes the id of a {allowed}, and this is one of a {kind.value}")
    return kind, found


def _draft(
    view: View,
    verdict: Verdict,
    named: Sequence[tuple[Kind, str]],
    settings: Settings,
    field: str | None,
    value: str | None,
) -> list[Decision]:
    """Return decisions that still want reason, person and time."""
    reports = Reports(view)
    ids = tuple(found for _, found in named)
    _expect_standing(view, [found for kind, found in named if kind is Kind.CLAIM], verdict)
    if verdict in (Verdict.ACCEPT, Verdict.REJECT):
        return [
            _draft_on_link(view.get_link(found), verdict, reports, view)
            if kind is Kind.LINK
            else _make(verdict, (found,), (_anchor_one(view, reports, found),))
            for kind, found in named
        ]
    if verdict is Verdict.CORRECT:
        if len(ids) != 1 or field is None or value is None:
            raise DecisionError("correct takes one claim, a field and a value")
        return _draft_correction(view, reports, ids[0], settings, field, value)
    if verdict is Verdict.MERGE:
        parts = [_list_claims(view, kind, found) for kind, found in named]
        claims = dict.fromkeys(claim for part in parts for claim in part)
        anchors = _anchor(view, reports, claims)
        if len(anchors) < 2 or any(claims.keys() == set(part) for part in parts):
            raise DecisionError("merge takes two or more claims or events; here is one, which holds all that is named")
        return [_make(verdict, ids, anchors)]
    if verdict is Verdict.SPLIT:
        return [_make(verdict, ids, _anchor(view, reports, [*ids, *_find_rest(view, ids)]))]
    return [_draft_undo(view, ids)]


def _expect_standing(view: View, claims: Sequence[str], verdict: Verdict) -> None:
    """Refuse claims that were rejected; accepting one is what takes a rejection back without undoing it."""
    found = find_by_id(view, claims)
    for claim in claims:
        if claim in found or verdict is Verdict.ACCEPT:
            continue
        decided = view.get_claim(claim).decided
        known = {item.id: item for item in view.find_decisions([claim])}
        rejected = [name for name in decided if name in known and known[name].verdict is Verdict.REJECT]
        if rejected:
            raise DecisionError(
                f"{claim}: this claim was rejected and is in no event; where that was wrong, take it back first "
                f"(`reportedly decide undo {rejected[-1]}`)"
            )
        raise NotFoundError(_word_unread(claim))


def _make(verdict: Verdict, targets: tuple[str, ...], anchors: tuple[Anchor, ...], **more: str) -> Decision:
    return Decision("", verdict, targets, "", "", "", anchors=anchors, **more)


def _list_claims(view: View, kind: Kind, found: str) -> tuple[str, ...]:
    return view.get_event(found).claims if kind is Kind.EVENT else (found,)


def _find_rest(view: View, ids: Sequence[str]) -> list[str]:
    """Return the other claims of the events that claims are split off from."""
    events = dict.fromkeys(view.get_claim(claim).event for claim in ids)
    rest = [claim for event in events if event is not None for claim in view.get_event(event).claims]
    others = [claim for claim in dict.fromkeys(rest) if claim not in ids]
    if not others:
        raise DecisionError("there is nothing to split these claims off from: no other claim is in their event")
    return others


def _anchor(view: View, reports: Reports, claims: Sequence[str] | dict[str, None]) -> tuple[Anchor, ...]:
    """Remember claims as they were read; one that is no more is left out (an event may still hold a rejected one)."""
    found = find_by_id(view, claims)
    return tuple(make_anchor(_get_read(reports, found[claim].document.id, claim)) for claim in claims if claim in found)


def _anchor_one(view: View, reports: Reports, claim: str) -> Anchor:
    """Remember a claim as it was read, also one that was rejected."""
    return make_anchor(_get_read(reports, view.get_claim(claim).document.id, claim))


def _get_read(reports: Reports, document: str, claim_id: str) -> Claim:
    report = reports.find(document)
    for claim in report.claims if report is not None else ():
        if claim.id == claim_id:
            return claim
    raise NotFoundError(_word_unread(claim_id))


def _word_unread(claim_id: str) -> str:
    return f"{claim_id}: this claim is not in the latest reading of its document any more"


def _draft_on_link(stored: StoredLink, verdict: Verdict, reports: Reports, view: View) -> Decision:
    link = stored.link
    ends = LinkEnds(link.left, link.right, link.relation, link.kind)
    anchors = () if link.relation in OF_DOCUMENTS else _anchor(view, reports, [link.left, link.right])
    return _make(verdict, (stored.id,), anchors, value=msgspec.json.encode(ends).decode())


def _draft_correction(
    view: View, reports: Reports, claim_id: str, settings: Settings, field: str, value: str
) -> list[Decision]:
    """Return the correction; none where the claim, as it stands, says so already."""
    item = view.get_claim(claim_id)
    document = view.get_document(item.document.id)
    # Checked against the claim as it stands, whose type an earlier correction may have set.
    read = read_value(field, value, item.claim, document, Tables(settings))
    before = describe_claim(item.claim, item.grounding, document.text)
    after = describe_claim(*correct_claim(item.claim, item.grounding, field, read, PERSON), document.text)
    if "when" in before and before["when"] == after.get("when"):
        # In what words a day is told makes no other day of it.
        after["time"] = before["time"]
    if before == after:
        return []
    return [_make(Verdict.CORRECT, (claim_id,), (_anchor_one(view, reports, claim_id),), field=field, value=read)]


def _draft_undo(view: View, ids: Sequence[str]) -> Decision:
    known = {decision.id: decision for decision in view.find_decisions()}
    standing = {decision.id for decision in find_standing(known.values())}
    for found in ids:
        if known[found].verdict is not Verdict.UNDO and found not in standing:
            raise DecisionError(f"{found}: this decision was undone before")
    anchors = dict.fromkeys(anchor for found in ids for anchor in known[found].anchors)
    return _make(Verdict.UNDO, tuple(ids), tuple(anchors))
