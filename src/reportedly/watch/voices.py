"""How what each voice said turned out."""

from collections.abc import Sequence

from reportedly.link.outcomes import score_voices
from reportedly.records.event import VoiceRecord
from reportedly.records.link import Relation
from reportedly.records.stored import StoredClaim
from reportedly.store.base import View

_DRAWN = (Relation.CAME_ABOUT, Relation.DID_NOT, Relation.DENIES)


def read_voices(view: View, claims: Sequence[StoredClaim]) -> tuple[VoiceRecord, ...]:
    """Say how what stands behind these claims turned out, voice by voice; copies count once.

    Args:
        view: The record.
        claims: Claims of any number of events; links to others count, too.
    """
    ids = [item.claim.id for item in claims]
    links = [stored.link for stored in view.find_links(ids, _DRAWN)] if ids else []
    heads = {item.document.id: item.document for item in claims}
    missing = sorted({head.origin for head in heads.values() if head.origin} - heads.keys())
    known = heads | {head.id: head for head in (view.find_heads(ids=missing) if missing else ())}
    origins = {name: known.get(head.origin or name, head) for name, head in heads.items()}
    taken = {stored.link.left for stored in view.find_links(None, (Relation.RETRACTS,))}
    retracted = {name for name, head in heads.items() if name in taken or head.origin in taken}
    return score_voices(claims, links, retracted, origins)
