"""Claims to identifiers for their mentions: actor codes, kinds of sources, places and calendar intervals."""

from collections.abc import Mapping, Sequence

import msgspec

from reportedly.config import Settings
from reportedly.ground.actor_table import ActorTable, open_actors
from reportedly.ground.actors import ground_actor, locate_actor
from reportedly.ground.antecedents import Scene
from reportedly.ground.gazetteer import Gazetteer, open_gazetteer
from reportedly.ground.groups import names_state
from reportedly.ground.places import ground_places
from reportedly.ground.scenes import find_scene, find_state, list_sides
from reportedly.ground.sources import SourceTable, ground_source, open_sources
from reportedly.ground.times import ground_time
from reportedly.records.claim import Claim, Place
from reportedly.records.document import Document
from reportedly.records.grounding import GroundedActor, GroundedPlace, Grounding
from reportedly.records.spans import Field, Span

__all__ = ["GroundResources", "ground", "open_ground"]


class GroundResources(msgspec.Struct, frozen=True):
    """Tables of actors and sources, and the gazetteer, opened once."""

    actors: ActorTable
    sources: SourceTable
    gazetteer: Gazetteer


def open_ground(settings: Settings) -> GroundResources:
    """Open the tables that ship, the user's own beside them, and the gazetteer index (built where it is not there yet).

    Raises:
        ConfigError: a file of the user's own cannot be used.
        ResourceError: the index can be neither opened nor built.
    """
    return GroundResources(open_actors(settings), open_sources(settings), open_gazetteer(settings))


def ground(
    document: Document, claims: Sequence[Claim], toponyms: Sequence[Field[Place]], resources: GroundResources
) -> tuple[Grounding, ...]:
    """Ground the claims of one document.

    Args:
        document: Its publication time anchors times and terms of office.
        claims: In any order.
        toponyms: Every toponym of the document: places are told apart by the company they keep.
        resources: From ``open_ground``.

    Returns:
        One grounding a claim, in the order of the claims.
    """
    places = ground_places(toponyms, document, resources.gazetteer)
    around = list_sides(document, claims, places, resources.actors)
    return tuple(_ground_claim(claim, document, places, around, resources) for claim in claims)


def _ground_claim(
    claim: Claim, document: Document, places: Mapping[Span, GroundedPlace], around: Scene, resources: GroundResources
) -> Grounding:
    found = tuple(_find_place(field, places) for field in claim.places)
    scene = find_scene(claim, found, around, document, resources.actors)
    return Grounding(
        claim_id=claim.id,
        actors=_ground_parties(claim.actors, document, places, scene, resources.actors),
        recipients=_ground_parties(claim.recipients, document, places, scene, resources.actors),
        sources=tuple(
            ground_source(source, document, resources.sources, resources.actors, around) for source in claim.chain
        ),
        places=found,
        time=ground_time(claim.time.value, document) if claim.time is not None else None,
    )


def _ground_parties(
    fields: Sequence[Field[str]],
    document: Document,
    places: Mapping[Span, GroundedPlace],
    scene: Scene,
    table: ActorTable,
) -> tuple[GroundedActor, ...]:
    """Ground parties; where each stands in the text, and the scene, tell which state "the army" near it serves."""
    return tuple(_ground_party(field, document, places, scene, table) for field in fields)


def _ground_party(
    field: Field[str], document: Document, places: Mapping[Span, GroundedPlace], scene: Scene, table: ActorTable
) -> GroundedActor:
    if field.span is None:
        return ground_actor(field.value, document, table, None, scene)
    party = ground_actor(field.value, document, table, field.span.start, scene)
    if not party.codes and names_state(field.value, document, table):
        return party
    inside = [place for span, place in sorted(places.items()) if field.span.covers(span) and place.candidates]
    # a state's name that was not taken for the party stands there for something else ("pro-Israel")
    towns = [place for place in inside if place.candidates[0].kind != "country"]
    return locate_actor(party, [find_state(place, document, table) for place in towns], table)


def _find_place(field: Field[Place], places: Mapping[Span, GroundedPlace]) -> GroundedPlace:
    """Return the readings of the toponym that a place field names; a field may hold more words than the toponym."""
    if field.span is None:
        return GroundedPlace(field.value.text)
    if (found := places.get(field.span)) is not None:
        return found
    inside = [grounded for span, grounded in places.items() if field.span.overlaps(span)]
    return GroundedPlace(field.value.text, inside[-1].candidates if inside else ())
