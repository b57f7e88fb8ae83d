"""How what each voice said turned out."""

from collections.abc import Sequence

import msgspec

from reportedly.link.outcomes import score_voices
from reportedly.records.event import Voice, VoiceRecord
from reportedly.records.grounding import GroundedSource, is_private
from reportedly.records.link import Relation
from reportedly.records.stored import StoredClaim
from reportedly.store.base import View

_DRAWN = (Relation.CAME_ABOUT, Relation.DID_NOT, Relation.DENIES)


def read_voices(view: View, claims: Sequence[StoredClaim]) -> tuple[VoiceRecord, ...]:
    """Say how what stands behind these claims turned out, voice by voice; copies count once.

    Private people have no record by their names: they count among those of their kind ("a witness").

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
    return score_voices([_hide_private(item) for item in claims], links, retracted, origins)


def is_public(voice: Voice) -> bool:
    """Say whether a voice has a name, and one that is no private person's."""
    return not voice.anonymous and not is_private(voice.name, voice.kind, voice.code, anonymous=False)


def _hide_private(item: StoredClaim) -> StoredClaim:
    sources = tuple(_hide(source) for source in item.grounding.sources)
    return msgspec.structs.replace(item, grounding=msgspec.structs.replace(item.grounding, sources=sources))


def _hide(source: GroundedSource) -> GroundedSource:
    """Return a source as it is, but a private person, also as one of several, as anybody of their kind."""
    if source.parts:
        return msgspec.structs.replace(source, parts=tuple(_hide(part) for part in source.parts))
    hidden = is_private(source.text, source.kind.value, source.code, anonymous=source.anonymous)
    return GroundedSource(f"a {source.kind.value}", source.kind, anonymous=True) if hidden else source
