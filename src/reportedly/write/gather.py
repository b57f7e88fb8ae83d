"""Events with the claims that tell of them, batch by batch, so that memory stays flat however many there are."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

import msgspec

from reportedly.extract.numbers import read_number
from reportedly.ground.actor_table import ARMED
from reportedly.records.claim import Status
from reportedly.records.event import Event, Voice
from reportedly.records.grounding import GroundedActor, name_source
from reportedly.records.query import ClaimOrder, ClaimQuery
from reportedly.records.stored import DocumentHead, StoredClaim
from reportedly.store.base import View
from reportedly.write.tally import ExportOptions, Tally

BATCH = 200
"""How many events, or documents, are held at once."""
HAPPENED = frozenset({Status.OCCURRED, Status.ONGOING})
"""Statuses of what somebody says took place or takes place, in the present situation."""
NOT_HAPPENED = "events that nobody says took place (planned, threatened, denied …); --all-status keeps them"
OF_USERS = re.compile("AAA|Q[M-Z][A-Z]|X[A-Z]{2}|ZZ[A-Z]")
"""Alpha-3 codes that ISO 3166 leaves to users: a list of one's own may name states by them."""
UNLINKED = "claims that belong to no event yet; run `reportedly link` first"


class Told(msgspec.Struct, frozen=True):
    """An event and the claims that tell of it.

    Attributes:
        event: The event.
        claims: Its claims, in the order of its own list.
        states: Names of states by codes that ISO 3166 leaves to users, as far as claims name them.
        groups: Kinds of groups by code, as the tables say them that found the groups (``rebels``).
    """

    event: Event
    claims: tuple[StoredClaim, ...]
    states: Mapping[str, str] = {}
    groups: Mapping[str, str] = {}

    @property
    def best(self) -> StoredClaim:
        """The claim that shows the event best: told as having happened, original, unhedged, salient; the earliest."""
        return min(self.claims, key=_rate)

    @property
    def heads(self) -> dict[str, DocumentHead]:
        """The documents that tell of it, by id, in the order of the claims."""
        return {claim.document.id: claim.document for claim in self.claims}

    @property
    def outlets(self) -> tuple[str, ...]:
        """The outlets that carry it, by usual name, each once, in the order of the claims."""
        names = (head.publisher_name or head.publisher for head in self.heads.values())
        return tuple(dict.fromkeys(name for name in names if name))

    @property
    def codes(self) -> frozenset[str]:
        """Every actor code that grounding gave to a party of its claims."""
        return frozenset(
            code
            for claim in self.claims
            for actor in (*claim.grounding.actors, *claim.grounding.recipients)
            for code in actor.codes
        )

    @property
    def happened(self) -> bool:
        """Whether somebody says that it took place, and not everyone has taken it back."""
        return not self.event.retracted and not HAPPENED.isdisjoint(self.event.statuses)


def _rate(stored: StoredClaim) -> tuple[bool, bool, bool, int]:
    claim = stored.claim
    return (
        claim.status.value not in HAPPENED,
        stored.document.origin is not None,
        bool(claim.hedges),
        claim.salience,
    )


def gather_events(view: View, query: ClaimQuery, tally: Tally) -> Iterator[Told]:
    """Give every event that holds a claim which fits, in the order of its first such claim, with all its claims.

    Claims that belong to no event are counted in ``tally``.
    """
    ids: dict[str, None] = {}
    states: dict[str, str] = {}
    groups: dict[str, str] = {}
    for stored in view.iterate_claims(query):
        _learn_codes(stored, states, groups)
        if stored.event is None:
            tally.left_out[UNLINKED] += 1
        else:
            ids.setdefault(stored.event)
    for batch in batches(ids):
        for told in find_told(view, batch):
            yield msgspec.structs.replace(told, states=states, groups=groups)


def _learn_codes(stored: StoredClaim, states: dict[str, str], groups: dict[str, str]) -> None:
    """Keep what tables, the user's own among them, say of the codes of a claim: names of states, kinds of groups."""
    for actor in (*stored.grounding.actors, *stored.grounding.recipients):
        for candidate in actor.candidates:
            table, _, kind = candidate.by.partition(":")
            if table != "table":
                continue
            if kind in ARMED:
                groups.setdefault(candidate.code, kind)
            elif kind == "country" and candidate.name and OF_USERS.fullmatch(candidate.code):
                states.setdefault(candidate.code, candidate.name)


def gather_happened(view: View, query: ClaimQuery, options: ExportOptions, tally: Tally) -> Iterator[Told]:
    """Give the events that somebody says took place, for formats that know no other; all where that is asked for."""
    for told in gather_events(view, query, tally):
        if told.happened or options.all_status:
            yield told
        else:
            tally.left_out[NOT_HAPPENED] += 1


def find_told(view: View, ids: Sequence[str]) -> list[Told]:
    """Return events with their claims, in the order of the ids; those of which no claim is left are left out."""
    events = {event.id: event for event in view.find_events(ids=ids)}
    wanted = [claim for event in events.values() for claim in event.claims]
    claims = {
        stored.claim.id: stored
        for batch in batches(wanted, 2 * BATCH)
        for stored in view.find_claims(ClaimQuery(claims=tuple(batch), order=ClaimOrder.PUBLISHED))
    }
    told = [
        Told(events[name], tuple(claims[claim] for claim in events[name].claims if claim in claims))
        for name in ids
        if name in events
    ]
    return [item for item in told if item.claims]


def gather_documents(view: View, query: ClaimQuery) -> Iterator[list[str]]:
    """Give the ids of the documents that hold a claim which fits, by batches, in the order of the first such claim."""
    yield from batches({stored.claim.document_id: None for stored in view.iterate_claims(query)})


def batches(ids: "dict[str, None] | Sequence[str]", size: int = BATCH) -> Iterator[list[str]]:
    """Cut a sequence of ids into lists of at most ``size``."""
    rest = iter(ids)
    while batch := list(islice(rest, size)):
        yield batch


def name_voice(voice: Voice) -> str:
    """Name a voice, but a private person only by what they are: no one of them gets an entry of their own."""
    return name_source(voice.name, voice.kind, voice.code, anonymous=voice.anonymous)


def name_parties(parties: Sequence[str], codes: frozenset[str]) -> tuple[str, ...]:
    """Keep the parties of an event that have a code, and words that name no one ("gunmen").

    A name without a code may be that of a victim or a resident: it stands in the excerpt, as the report has it, and
    gets no entry of its own. A bare number ("two") says nothing of who they are.
    """
    return tuple(
        party for party in parties if party in codes or (party == party.lower() and read_number(party) is None)
    )


def code_parties(actors: Sequence[GroundedActor]) -> tuple[str, ...]:
    """Return the codes of the parties of a claim, each once, in order."""
    return tuple(dict.fromkeys(code for actor in actors for code in actor.codes))
