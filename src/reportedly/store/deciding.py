"""Writes what people decide: the decisions themselves, and what they make of claims."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from reportedly.records.claim import Claim
from reportedly.records.decision import Decision, Verdict, leave_out, read_ends
from reportedly.records.grounding import Grounding
from reportedly.store.base import Corrections
from reportedly.store.batch import ClaimState, chunk
from reportedly.store.codec import decode_claim, decode_grounding, decode_text, encode, to_micros
from reportedly.store.derived import DerivedWriter
from reportedly.store.schema import claim_records, claims, decision_targets, decisions, documents, removals, texts


class DecidingWriter(DerivedWriter):
    """The part of ``base.Writer`` that keeps decisions."""

    def add_decision(self, decision: Decision) -> bool:
        """See ``base.Writer``."""
        if self.connection.scalar(sa.select(decisions.c.id).where(decisions.c.id == decision.id)):
            return True
        # Looked for here, where nobody else writes: what was read before may have been removed since.
        gone = self._find_gone(decision)
        left = leave_out(decision, gone) if gone else decision
        if left is None:
            return False
        self._append_decision(left)
        return True

    def _find_gone(self, decision: Decision) -> set[str]:
        """Return what a decision names that was removed: documents, their claims, decisions that went with them."""
        ends = read_ends(decision)
        named = {anchor.document for anchor in decision.anchors} | ({ends.left, ends.right} if ends else set())
        removed: set[str] = set()
        for some in chunk(named):
            removed.update(self.connection.scalars(sa.select(removals.c.id).where(removals.c.id.in_(some))))
        gone = removed | {anchor.claim for anchor in decision.anchors if anchor.document in removed}
        if decision.verdict is Verdict.UNDO:
            known = sa.select(decisions.c.id).where(decisions.c.id.in_(decision.targets))
            gone |= set(decision.targets) - set(self.connection.scalars(known))
        return gone

    def _append_decision(self, decision: Decision) -> None:
        self.connection.execute(
            sa.insert(decisions).values(
                id=decision.id, at=to_micros(decision.at), record=encode(decision), recorded=self.clock
            )
        )
        about = dict.fromkeys(
            (*decision.targets, *(name for anchor in decision.anchors for name in (anchor.claim, anchor.document)))
        )
        if (ends := read_ends(decision)) is not None:
            about |= dict.fromkeys((ends.left, ends.right))
        if about:
            self.connection.execute(
                sa.insert(decision_targets), [{"target": target, "decision": decision.id} for target in about]
            )

    def put_corrections(self, corrections: Corrections) -> None:
        """See ``base.Writer``."""
        self.flush()
        for ids in chunk(corrections):
            states = self._find_states(ids)
            for claim_id in ids:
                if claim_id in states:
                    self._correct(states[claim_id], *corrections[claim_id])
        self.flush()

    def _find_states(self, ids: Sequence[str]) -> dict[str, list[Any]]:
        """Return the states of each claim that a correction starts from, oldest first."""
        rows = self.connection.execute(
            sa.select(
                claims,
                claim_records.c.claim,
                claim_records.c.grounding,
                documents.c.publisher,
                texts.c.text,
            )
            .join(claim_records, claim_records.c.n == claims.c.n)
            .join(documents, documents.c.n == claims.c.document)
            .join(texts, texts.c.document == claims.c.document)
            .where(claims.c.id.in_(ids), claims.c.replaced.is_(None))
            .order_by(claims.c.n)
        )
        states: dict[str, list[Any]] = {}
        for row in rows:
            states.setdefault(row.id, []).append(row)
        return states

    def _correct(self, states: Sequence[Any], wanted: tuple[Claim, Grounding] | None, decided: tuple[str, ...]) -> None:
        read = next((row for row in reversed(states) if row.as_read), None)
        if read is None:
            return
        last, holding = states[-1], next((row for row in states if row.retired is None), None)
        mark = " ".join(decided) or None
        if wanted is None:
            if holding is None and last.decided == mark:
                return
            # A state that never holds says why the claim is gone to whoever asks for it by its id.
            new = ClaimState(
                decode_claim(read.claim),
                decode_grounding(read.grounding),
                as_read=False,
                decided=decided,
                retired=self.clock,
            )
        else:
            wanted_bytes = encode(wanted[0]), encode(wanted[1])
            plain = not decided and wanted_bytes == (read.claim, read.grounding)
            if holding is not None and (holding.claim, holding.grounding, holding.decided) == (*wanted_bytes, mark):
                return
            new = ClaimState(*wanted, as_read=plain, decided=decided)
        self.connection.execute(
            sa.update(claims).where(claims.c.id == read.id, claims.c.retired.is_(None)).values(retired=self.clock)
        )
        if new.as_read:
            self.connection.execute(sa.update(claims).where(claims.c.n == read.n).values(replaced=self.clock))
        sentence = new.claim.sentence.slice(decode_text(read.text))
        self.put_claim(new, read.document, read.at, read.publisher, sentence)
