"""What ``decide`` chooses; parse-free, so that each rule stands alone."""

import msgspec

from reportedly.extract.decide import Candidates, decide, make_claim_id
from reportedly.extract.mentions import EventMention, StatusReading
from reportedly.extract.parse import Parse, Sentence, Token
from reportedly.records.claim import Axes, Claim, Figure, Mood, Place, PlaceRole, Source, Status
from reportedly.records.document import Document
from reportedly.records.ontology import EventType
from reportedly.records.spans import Field, Span

TEXT = "Norland threatened Sudmark, Norland said."
DOCUMENT = Document(id="doc", text=TEXT)


def make_event(event_type: EventType) -> EventMention:
    return EventMention(
        head=1,
        trigger=Field("threatened", Span(8, 18), "rule:verb"),
        types=(Field(event_type, Span(8, 18), "rule:verb"),),
        evidence=Span(0, 26),
        actors=(Field("Norland", Span(0, 7), "rule:subject"),),
    )


def make_claim(
    event_type: EventType = EventType.THREATEN,
    chains: tuple[Field[tuple[Source, ...]], ...] = (),
    places: tuple[Field[Place], ...] = (),
    figures: tuple[Field[Figure], ...] = (),
) -> Claim:
    token = Token(1, "threatened", "threatened", 8, 18, "VBD", "ROOT", 1, 0)
    parse = Parse(TEXT, (token, token), (Sentence(0, 0, 2, 0, Span(0, len(TEXT))),), lambda word, _: word)
    reading = StatusReading(Field(Axes(mood=Mood.PLANNED), Span(8, 18), "rule:test"))
    candidates = Candidates(event=make_event(event_type), status=reading, chains=chains, places=places, figures=figures)
    return decide(DOCUMENT, parse, candidates)


def test_the_speaker_of_an_act_of_speech_is_no_source() -> None:
    said = Field((Source("Norland", Span(0, 7)),), Span(0, 7), "rule:said", 0.9)
    assert make_claim(EventType.THREATEN, chains=(said,)).chain == ()
    assert make_claim(EventType.ASSAULT, chains=(said,)).chain == said.value


def test_the_first_chain_that_is_sure_enough_wins() -> None:
    weak = Field((Source("A", Span(0, 1)),), None, "rule:a", 0.3)
    silent: Field[tuple[Source, ...]] = Field((), None, "rule:none", 0.6)
    assert make_claim(EventType.ASSAULT, chains=(weak, silent)).chain == ()


def test_status_is_derived_from_the_axes() -> None:
    assert make_claim().status.value is Status.PLANNED


def test_one_figure_a_key_and_none_that_is_unsure() -> None:
    sure = Field(Figure("killed", 3, 3), Span(0, 1), "rule:a", 0.9)
    later = Field(Figure("killed", 4, 4), Span(2, 3), "rule:a", 0.8)
    unsure = Field(Figure("injured", 9, 9), Span(4, 5), "rule:a", 0.2)
    assert make_claim(figures=(sure, later, unsure)).figures == (sure,)


def test_unsure_event_places_go_and_other_roles_stay() -> None:
    event = Field(Place("Sudmark", PlaceRole.EVENT), Span(19, 26), "rule:in", 0.2)
    origin = Field(Place("Norland", PlaceRole.ORIGIN), Span(0, 7), "rule:from", 0.2)
    assert make_claim(places=(event, origin)).places == (origin,)


def test_ids_depend_on_document_trigger_and_type() -> None:
    event = make_event(EventType.THREATEN)
    assert make_claim_id("a", event) == make_claim_id("a", event)
    assert make_claim_id("a", event) != make_claim_id("b", event)
    assert make_claim_id("a", event) != make_claim_id("a", make_event(EventType.ASSAULT))


def test_the_place_stands_for_a_party_that_nobody_names() -> None:
    place = Field(Place("Sudmark", PlaceRole.EVENT), Span(19, 26), "rule:in", 0.9)
    struck = make_claim(EventType.ASSAULT, places=(place,))
    assert [(field.value, field.by) for field in struck.recipients] == [("Sudmark", "rule:place")]
    assert make_claim(EventType.CONSULT, places=(place,)).recipients == ()
    assert make_claim(EventType.PROTEST, places=(place,)).actors[0].by == "rule:subject"


def test_whoever_speaks_an_act_of_speech_that_names_nobody_acts() -> None:
    said = Field((Source("the envoy", Span(28, 35)),), Span(36, 40), "rule:said", 0.9)
    bare = msgspec.structs.replace(make_event(EventType.ACCUSE), actors=())
    token = Token(1, "threatened", "threatened", 8, 18, "VBD", "ROOT", 1, 0)
    parse = Parse(TEXT, (token, token), (Sentence(0, 0, 2, 0, Span(0, len(TEXT))),), lambda word, _: word)
    asserted = StatusReading(Field(Axes(), Span(8, 18), "rule:test"))
    claim = decide(DOCUMENT, parse, Candidates(event=bare, status=asserted, chains=(said,)))
    assert [field.value for field in claim.actors] == ["the envoy"]
    assert claim.chain == ()
