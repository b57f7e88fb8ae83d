"""One document to its claims and statements, each field tied to the words that show it."""

import logging

import msgspec

from reportedly.config import Settings
from reportedly.errors import ResourceError
from reportedly.extract.attribution import find_attributions
from reportedly.extract.carried_times import propose_all_times
from reportedly.extract.chains import propose_chain
from reportedly.extract.combine import settle_status
from reportedly.extract.cues import AttributionCues, open_cues
from reportedly.extract.decide import Candidates, decide
from reportedly.extract.encode import Encoder, open_encoder
from reportedly.extract.event_places import propose_all_places
from reportedly.extract.events import find_events, open_events
from reportedly.extract.figure_binding import propose_all_figures
from reportedly.extract.figures import FigureLexicon, find_figures, open_figures
from reportedly.extract.mentions import Attribution, EventMention, FigureMention, PlaceMention, TimeMention
from reportedly.extract.parse import Parse, Parser, open_parser
from reportedly.extract.place_lexicon import PlaceLexicon, ToponymIndex, open_places
from reportedly.extract.place_parties import find_unowned, settle_parties
from reportedly.extract.places import find_places
from reportedly.extract.salience import rank_claims
from reportedly.extract.statements import StatementLexicon, find_statements, open_statements
from reportedly.extract.status import read_status
from reportedly.extract.status_cues import StatusCues, open_status
from reportedly.extract.times import TimeLexicon, find_times, open_times
from reportedly.extract.triggers import EventLexicon
from reportedly.records.claim import Basis, Claim, Figure, Place, Statement, Status, Timex
from reportedly.records.document import Document
from reportedly.records.ontology import Ontology, open_ontology
from reportedly.records.spans import Field, Span

_log = logging.getLogger(__name__)

__all__ = ["ExtractResources", "Extraction", "extract", "open_extract"]

SURE_TOPONYM = 0.5
"""Only names this surely places satisfy a trigger that asks for a place ("captured X")."""


_NO_PLACE_OF_ITS_OWN = frozenset({"rule:demonym", "rule:embedded"})


class ExtractResources(msgspec.Struct, frozen=True):
    """The model and the lexicons, opened once."""

    parser: Parser
    events: EventLexicon
    cues: AttributionCues
    status: StatusCues
    times: TimeLexicon
    places: PlaceLexicon
    figures: FigureLexicon
    statements: StatementLexicon
    ontology: Ontology
    names: ToponymIndex
    encoder: Encoder | None


class Extraction(msgspec.Struct, frozen=True):
    """What one document says: claims most salient first, statements and toponyms in text order."""

    claims: tuple[Claim, ...]
    statements: tuple[Statement, ...]
    toponyms: tuple[Field[Place], ...]


class _Found(msgspec.Struct, frozen=True):
    """The mentions of one document that claims are put together from."""

    attributions: tuple[Attribution, ...]
    times: tuple[TimeMention, ...]
    places: tuple[PlaceMention, ...]
    unowned: frozenset[Span]
    figures: tuple[FigureMention, ...]


def open_extract(settings: Settings, names: ToponymIndex) -> ExtractResources:
    """Load the model and read the lexicons.

    Args:
        settings: For the model's name and the user's own cues.
        names: Which names are places; the gazetteer, handed in because stages do not know each other.

    Raises:
        ResourceError: the model is not installed.
        ConfigError: the user's own cue file cannot be used.
    """
    return ExtractResources(
        parser=open_parser(settings.model),
        events=open_events(),
        cues=open_cues(settings.cues),
        status=open_status(),
        times=open_times(),
        places=open_places(),
        figures=open_figures(),
        statements=open_statements(),
        ontology=open_ontology(),
        names=names,
        encoder=_open_encoder(settings),
    )


def _open_encoder(settings: Settings) -> Encoder | None:
    """Open the encoder; where it is switched off or cannot be used, the rules read alone."""
    if settings.encoder == "off":
        return None
    try:
        return open_encoder()
    except ResourceError as error:
        _log.error('%s; until then rules alone read (encoder = "off" leaves this message out)', error)
        return None


def extract(document: Document, resources: ExtractResources) -> Extraction:
    """Read the claims and statements of one document.

    Returns:
        Everything found; empty where the document tells of nothing that the codebook covers.
    """
    parse = resources.parser.parse(document)
    places = find_places(parse, document, resources.names, resources.places)
    found = _Found(
        attributions=find_attributions(parse, document, resources.cues),
        times=find_times(parse, document, resources.times),
        places=places,
        unowned=find_unowned(places, resources.places),
        figures=find_figures(parse, document, resources.figures),
    )
    sure = _sure_toponyms(found.places)
    events = find_events(parse, document, resources.events, sure, found.attributions, resources.encoder)
    events = settle_parties(parse.text, events, places, found.unowned, resources.places)
    where = propose_all_places(parse, events, places, document, resources.places)
    counts = propose_all_figures(parse, events, found.figures, resources.figures)
    when = propose_all_times(parse, events, found.times)
    claims = [
        decide(document, parse, _propose(parse, document, event, spots, dates, figures, found, resources))
        for event, spots, dates, figures in zip(events, where, when, counts, strict=True)
    ]
    return Extraction(
        claims=rank_claims(_part_from_background(claims), document, resources.ontology),
        statements=find_statements(parse, document, found.attributions, resources.statements),
        toponyms=tuple(place.field for place in found.places),
    )


def _part_from_background(claims: list[Claim]) -> list[Claim]:
    """Take from what is told of now the places and times that were carried over from a precedent told between.

    What is told as having happened may be the precedent itself, told again, and keeps its time.
    """
    past = [claim for claim in claims if claim.status.value is Status.HISTORICAL]
    taken = {field.span for claim in past for field in (*claim.places, claim.time) if field is not None}

    def carried(claim: Claim, span: Span | None) -> bool:
        return span is not None and span in taken and not claim.sentence.overlaps(span)

    parted = []
    for claim in claims:
        if claim.status.value is not Status.HISTORICAL:
            places = tuple(place for place in claim.places if not carried(claim, place.span))
            dated = claim.time is not None and carried(claim, claim.time.span)
            time = None if dated and claim.status.value is not Status.OCCURRED else claim.time
            claim = msgspec.structs.replace(claim, places=places, time=time)
        parted.append(claim)
    return parted


def _sure_toponyms(places: tuple[PlaceMention, ...]) -> frozenset[int]:
    """Return the tokens of names that stand for a place as such, not for its people nor within a longer name."""
    return frozenset(
        i
        for place in places
        if place.field.score >= SURE_TOPONYM and place.field.by not in _NO_PLACE_OF_ITS_OWN
        for i in range(place.first, place.last)
    )


def _propose(
    parse: Parse,
    document: Document,
    event: EventMention,
    places: tuple[Field[Place], ...],
    dates: tuple[Field[Timex], ...],
    figures: tuple[Field[Figure], ...],
    found: _Found,
    resources: ExtractResources,
) -> Candidates:
    """Gather the scored candidates of every field of one event."""
    return Candidates(
        event=event,
        status=settle_status(parse, read_status(parse, event, found.times, document, resources.status), event),
        chains=propose_chain(parse, event, found.attributions),
        bases=_propose_basis(parse, event, found.attributions),
        places=places,
        unowned=found.unowned,
        times=dates,
        figures=figures,
    )


def _propose_basis(
    parse: Parse, event: EventMention, attributions: tuple[Attribution, ...]
) -> tuple[Field[Basis], ...]:
    """How the innermost source around the event claims to know."""
    span = parse.tokens[event.head].span
    around = [
        (min(content.end - content.start for content in item.content if content.covers(span)), item.basis)
        for item in attributions
        if item.basis is not None and any(content.covers(span) for content in item.content)
    ]
    return tuple(basis for _, basis in sorted(around, key=lambda pair: pair[0]))
