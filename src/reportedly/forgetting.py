"""Removes a document for good, and has linking look again at what it stood beside."""

from collections.abc import Sequence
from datetime import UTC, datetime

from reportedly.deciding.relink import plan_relink
from reportedly.deciding.values import check_text
from reportedly.errors import DecisionError
from reportedly.records.decision import Removal
from reportedly.records.query import ClaimQuery
from reportedly.store.base import Store


def forget_document(store: Store, document_id: str, who: str, reason: str) -> Removal:
    """Remove a document with all that came from it; who, when and why stay on record.

    Its copies, its versions and what tells of the same events are linked again: an origin may be gone, a count lower.

    Args:
        store: Open for writing.
        document_id: Whole id.
        who: Who removes it.
        reason: Why; without a word of the content, for it stays.

    Raises:
        DecisionError: reason or person is missing.
        NotFoundError: no document has this id.
        StoreError: the store cannot be written; nothing is removed then. Or it was removed, and what the database still
            holds of it cannot be overwritten yet: the message says so.
    """
    if not reason.strip() or not who.strip():
        raise DecisionError("a removal needs a reason and the name of who removes; give --reason and --who")
    check_text(reason, "--reason")
    check_text(who, "--who")
    with store.reading() as view:
        counted = view.count_claims(ClaimQuery(documents=(view.get_head(document_id).id,)))
    at = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"
    removal = Removal(document_id, at, who.strip(), reason.strip(), counted)
    carry_out(store, [removal])
    return removal


def carry_out(store: Store, removals: Sequence[Removal]) -> None:
    """Remove the documents of removals, which may come from another ledger; raises as ``forget_document``.

    All are removed at once, or none: the whole database is overwritten after each time.
    """
    if not removals:
        return
    ids = [removal.id for removal in removals]
    with store.reading() as view:
        claims = {claim.id for document in ids for claim in view.get_report(document).claims}
        beside = {end for item in view.find_links(ids) for end in (item.link.left, item.link.right)}
        relink = plan_relink(view, documents=beside, gone=claims)
    with store.writing() as writer:
        relink.write(writer)
        for removal in removals:
            writer.forget(removal)
