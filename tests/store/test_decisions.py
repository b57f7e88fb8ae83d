"""Decisions and what they make of claims: corrected, rejected, and back as they were read."""

import msgspec
import pytest

from reportedly.records.claim import Status
from reportedly.records.decision import Anchor, Decision, Removal, Verdict, make_decision_id
from reportedly.records.query import ClaimQuery
from reportedly.records.report import Report
from reportedly.records.stored import StoredClaim
from reportedly.store import Kind, Publisher
from reportedly.store.sql import SqlStore
from tests.store.makers import Told, make_event, make_report

FIRST, SECOND, THIRD, FOURTH = (f"2026-01-0{day}T00:00:00.000000Z" for day in (1, 2, 3, 4))
REPORT = make_report([Told("The army shelled the harbour."), Told("It denied a strike.", "strike")])
ONE, TWO = (claim.id for claim in REPORT.claims)


@pytest.fixture
def filled(store: SqlStore) -> SqlStore:
    with store.writing(FIRST) as writer:
        writer.add_report(REPORT, Publisher("Harbour Wire"))
    return store


def _read(store: SqlStore, claim: str) -> StoredClaim:
    with store.reading() as view:
        return view.get_claim(claim)


def _correct(stored: StoredClaim) -> StoredClaim:
    status = msgspec.structs.replace(stored.claim.status, value=Status.PLANNED, by="person:ana")
    return msgspec.structs.replace(stored, claim=msgspec.structs.replace(stored.claim, status=status))


def _put(store: SqlStore, recorded: str, claim: str, wanted: StoredClaim | None, *decided: str) -> None:
    with store.writing(recorded) as writer:
        writer.put_corrections({claim: ((wanted.claim, wanted.grounding) if wanted else None, decided)})


def _find(store: SqlStore, query: ClaimQuery, as_of: str | None = None) -> list[str]:
    with store.reading(as_of) as view:
        return [stored.claim.id for stored in view.find_claims(query)]


PLANNED = ClaimQuery(statuses=(Status.PLANNED,))


def test_a_corrected_claim_is_read_and_found_as_corrected(filled: SqlStore) -> None:
    read = _read(filled, ONE)
    _put(filled, SECOND, ONE, _correct(read), "d1", "d2")
    corrected = _read(filled, ONE)
    assert corrected.claim == _correct(read).claim
    assert corrected.decided == ("d1", "d2")
    assert _find(filled, PLANNED) == [ONE]
    assert _find(filled, ClaimQuery(statuses=(Status.OCCURRED,))) == [TWO]
    assert _find(filled, PLANNED, FIRST) == []
    with filled.reading(FIRST) as view:
        assert view.get_claim(ONE) == read
    with filled.reading() as view:
        assert view.get_report(REPORT.claims[0].document_id) == REPORT
        assert view.count().claims == 2
    assert filled.check() == []


def test_a_rejected_claim_is_not_read_but_by_its_id(filled: SqlStore) -> None:
    with filled.writing(FIRST) as writer:
        writer.put_events([make_event([_read(filled, ONE)])])
    _put(filled, SECOND, ONE, None, "d1")
    assert _find(filled, ClaimQuery()) == [TWO]
    rejected = _read(filled, ONE)
    assert (rejected.retired, rejected.decided) == (SECOND, ("d1",))
    assert _find(filled, ClaimQuery(), FIRST) == [ONE, TWO]
    with filled.reading() as view:
        assert view.find_events(ClaimQuery(text="harbour")) == []
        assert view.get_report(REPORT.claims[0].document_id) == REPORT
    assert filled.check() == []


@pytest.mark.parametrize("rejected", [True, False])
def test_a_claim_comes_back_as_it_was_read(filled: SqlStore, rejected: bool) -> None:
    read = _read(filled, ONE)
    _put(filled, SECOND, ONE, None if rejected else _correct(read), "d1")
    _put(filled, THIRD, ONE, read)
    back = _read(filled, ONE)
    assert (back.claim, back.grounding, back.decided, back.retired) == (read.claim, read.grounding, (), None)
    assert _find(filled, ClaimQuery()) in ([ONE, TWO], [TWO, ONE])
    _put(filled, FOURTH, ONE, _correct(read), "d2")
    assert _read(filled, ONE).decided == ("d2",)
    assert _find(filled, ClaimQuery(), THIRD) in ([ONE, TWO], [TWO, ONE])
    with filled.reading() as view:
        assert view.get_report(REPORT.claims[0].document_id).claims == REPORT.claims
    assert filled.check() == []


def test_the_same_correction_twice_is_one(filled: SqlStore) -> None:
    read = _read(filled, ONE)
    for wanted, claim, decided in ((_correct(read), ONE, ("d1",)), (None, TWO, ("d2",)), (read, ONE, ())):
        for recorded in (SECOND, THIRD):
            _put(filled, recorded, claim, wanted, *decided)
        if wanted is not None:
            assert _read(filled, claim).recorded == SECOND
    assert _read(filled, TWO).retired == SECOND


def test_passes_over_corrections_of_claims_that_are_gone(filled: SqlStore) -> None:
    _put(filled, SECOND, "0" * 20, None, "d1")
    assert len(_find(filled, ClaimQuery())) == 2


def test_an_accepted_claim_says_so(filled: SqlStore) -> None:
    read = _read(filled, ONE)
    _put(filled, SECOND, ONE, read, "d1")
    assert (_read(filled, ONE).decided, _read(filled, ONE).claim) == (("d1",), read.claim)


def _recode(report: Report, status: Status) -> Report:
    changed = tuple(
        msgspec.structs.replace(claim, status=msgspec.structs.replace(claim.status, value=status))
        for claim in report.claims
    )
    return msgspec.structs.replace(report, claims=changed)


def test_a_new_reading_sets_corrections_aside_where_it_changes_the_claim(filled: SqlStore) -> None:
    _put(filled, SECOND, ONE, _correct(_read(filled, ONE)), "d1")
    _put(filled, SECOND, TWO, None, "d2")
    with filled.writing(THIRD) as writer:
        writer.replace_report(REPORT)
    assert _read(filled, ONE).decided == ("d1",)
    assert _find(filled, ClaimQuery()) == [ONE]
    with filled.writing(FOURTH) as writer:
        writer.replace_report(_recode(REPORT, Status.POSSIBLE))
    assert _read(filled, ONE).decided == ()
    assert len(_find(filled, ClaimQuery(statuses=(Status.POSSIBLE,)))) == 2
    _put(filled, "2026-01-05", ONE, _correct(_read(filled, ONE)), "d1")
    assert _find(filled, PLANNED) == [ONE]
    with filled.reading(FIRST) as view:
        assert view.get_report(REPORT.claims[0].document_id) == REPORT
    assert filled.check() == []


def _decide(verdict: Verdict, at: str, *targets: str) -> Decision:
    anchors = tuple(Anchor(claim.id, claim.document_id, claim.evidence, "ASSAULT") for claim in REPORT.claims[:1])
    plain = Decision("", verdict, targets, "seen in print", "ana", at, anchors=anchors)
    return msgspec.structs.replace(plain, id=make_decision_id(plain))


def test_keeps_no_decision_on_what_was_removed(filled: SqlStore) -> None:
    alone = _decide(Verdict.REJECT, SECOND, ONE)
    with filled.writing(SECOND) as writer:
        writer.forget(Removal(REPORT.claims[0].document_id, SECOND, "ana", "asked to", 0))
    with filled.writing(THIRD) as writer:
        assert not writer.add_decision(alone)
        assert not writer.add_decision(_decide(Verdict.UNDO, THIRD, alone.id))
        far = Anchor("f" * 20, "d" * 20, REPORT.claims[0].evidence, "ASSAULT")
        both = _decide(Verdict.MERGE, SECOND, ONE, far.claim)
        assert writer.add_decision(msgspec.structs.replace(both, anchors=(*both.anchors, far)))
    with filled.reading() as view:
        assert [(item.targets, item.anchors) for item in view.find_decisions()] == [((far.claim,), (far,))]
        assert view.find_decisions([ONE]) == []


def test_keeps_decisions_in_order(filled: SqlStore) -> None:
    late, early = _decide(Verdict.REJECT, SECOND, ONE), _decide(Verdict.ACCEPT, FIRST, TWO)
    with filled.writing(SECOND) as writer:
        for decision in (late, early, late):
            writer.add_decision(decision)
    with filled.reading() as view:
        assert view.find_decisions() == [early, late]
        assert view.find_decisions([TWO]) == [early]
        assert view.find_decisions([REPORT.claims[0].document_id]) == [early, late]
        assert view.find_decisions([]) == []
        assert view.count().decisions == 2
        assert view.resolve(late.id[:9]) == (Kind.DECISION, late.id)
    with filled.reading(FIRST) as view:
        assert view.find_decisions() == []
