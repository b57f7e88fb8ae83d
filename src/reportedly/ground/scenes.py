"""The scene of an event: the states it is in, the dateline's, and the sides that acts of force in the report name."""

from collections import Counter
from collections.abc import Mapping, Sequence

from reportedly.ground.actor_table import LAND, ActorTable
from reportedly.ground.actors import ground_actor
from reportedly.ground.antecedents import Scene
from reportedly.ground.groups import names_state, names_unknown
from reportedly.ground.names import split_words
from reportedly.records.claim import Claim, PlaceRole
from reportedly.records.document import Document
from reportedly.records.grounding import GroundedPlace
from reportedly.records.ontology import EventType
from reportedly.records.spans import Field, Span

_FORCE = frozenset(
    {
        EventType.ASSAULT,
        EventType.COERCE,
        EventType.MOBILIZE,
        EventType.PROTEST,
        EventType.RETREAT,
        EventType.THREATEN,
        EventType.SANCTION,
    }
)
_POLITICS = frozenset({EventType.SUPPORT, EventType.CONCEDE, EventType.REQUEST, EventType.ACCUSE, EventType.REJECT})
_ON_THE_SPOT = _FORCE - {EventType.THREATEN, EventType.SANCTION}
_SURE = 0.5
_SURER = 0.8
_TOWN_KM = 5.0
_NOBODY = Scene(sides=(("", 1),))
"""A scene in which no phrase without a name takes a state."""


def list_sides(
    document: Document, claims: Sequence[Claim], places: Mapping[Span, GroundedPlace], table: ActorTable
) -> Scene:
    """Count the states that are parties of acts of force by name, over all claims of a document.

    Mediators, donors and those who merely speak are parties of other acts and no sides.

    Args:
        document: The report.
        claims: All claims of it.
        places: Its toponyms with their readings, among them the dateline's.
        table: Who is who.
    """
    force: Counter[str] = Counter()
    politics: Counter[str] = Counter()
    helpers: set[str] = set()
    for claim in claims:
        for field in {field.span: field for field in (*claim.actors, *claim.recipients)}.values():
            states = _read_states(field, document, table)
            if claim.type.value in _FORCE:
                force.update(states)
            elif claim.type.value in _POLITICS:
                politics.update(states)
            else:
                helpers |= states
    sides = tuple(sorted((force or politics).items()))
    return Scene(frozenset(), _read_dateline(document, places, table), sides, frozenset(helpers))


def _read_states(field: Field[str], document: Document, table: ActorTable) -> set[str]:
    """Return the states that a party is of by name; ``""`` for one that nobody knows."""
    at = field.span.start if field.span else None
    party = ground_actor(field.value, document, table, at, _NOBODY)
    states = {state for code in party.codes if is_state(state := code.partition("/")[0])}
    if not party.codes and names_unknown(split_words(field.value), table):
        return {""} if names_state(field.value, document, table) else set()
    return states


def find_scene(
    claim: Claim, places: Sequence[GroundedPlace], around: Scene, document: Document, table: ActorTable
) -> Scene:
    """Return the scene of one claim; where a court sits or talks are held is the scene of nobody's army.

    Args:
        claim: The claim.
        places: Readings of its places, in its order.
        around: The scene of its document.
        document: The report.
        table: Who is who.
    """
    if claim.type.value not in _ON_THE_SPOT:
        return around
    states = {
        state
        for field, grounded in zip(claim.places, places, strict=True)
        if field.value.role is PlaceRole.EVENT
        and (state := find_state(grounded, document, table)) is not None
        and not names_state(field.value.text, document, table)
    }
    return around._replace(places=frozenset(states))


def find_state(grounded: GroundedPlace, document: Document, table: ActorTable) -> str | None:
    """Return the ISO 3166 alpha-3 code of the state of a place, where that is sure enough to say whose somebody is.

    A name that is only near a known place is not known itself; of a state that the report does not name, a town is
    taken, and no hamlet that happens to share the name.
    """
    best = grounded.candidates[0] if grounded.candidates else None
    state = table.alpha3.get(best.country or "") if best is not None else None
    if best is None or state is None or best.kind == "within" or best.score < _SURE:
        return None
    named = state in table.count_countries(document)
    return state if named or (best.score >= _SURER and best.radius_km >= _TOWN_KM) else None


def is_state(code: str) -> bool:
    """Say whether a code has the form of a state's."""
    return len(code) == 3 and code.isalpha() and code.isupper() and code not in ("UNO", "EUU", "AUN", "ARL")


def _read_dateline(document: Document, places: Mapping[Span, GroundedPlace], table: ActorTable) -> str | None:
    if document.dateline is None:
        return None
    written = document.dateline.place
    for name in table.index.find_all(split_words(written)):
        if name.entries[0].kind in LAND:
            return name.entries[0].country
    for grounded in places.values():
        if grounded.text.lower() == written.lower() and grounded.candidates and grounded.candidates[0].score >= _SURE:
            return table.alpha3.get(grounded.candidates[0].country or "")
    return None
