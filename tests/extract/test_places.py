"""Place names by list, form and syntax, and the place of an event."""

from collections.abc import Callable

import msgspec
import pytest

from reportedly.extract.event_places import propose_all_places
from reportedly.extract.mentions import EventMention, PlaceMention
from reportedly.extract.parse import Parse, Parser
from reportedly.extract.places import find_places, open_places, propose_places
from reportedly.ground.gazetteer import Gazetteer
from reportedly.records.claim import Place, PlaceRole
from reportedly.records.document import Dateline, Document, Range, RangeKind
from reportedly.records.ontology import EventType
from reportedly.records.spans import Field, Span

pytestmark = pytest.mark.slow

Find = Callable[[str], tuple[PlaceMention, ...]]


@pytest.fixture
def find(read_parse: Callable[[str], Parse], gazetteer: Gazetteer) -> Find:
    lexicon = open_places()
    return lambda text: find_places(read_parse(text), Document(id="d", text=text), gazetteer, lexicon)


def _sure(mentions: tuple[PlaceMention, ...]) -> list[str]:
    return [mention.field.value.text for mention in mentions if mention.field.score >= 0.5]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Troops entered Aleppo and Homs on Friday.", ["Aleppo", "Homs"]),
        ("A ship sank in the Strait of Hormuz.", ["Strait of Hormuz"]),
        ("The mayor of St. Louis met the governor.", ["St. Louis"]),
        ("Shells fell near the village of Qwxyzhen.", ["Qwxyzhen"]),
        ("They marched down Qwxyz Avenue.", ["Qwxyz Avenue"]),
        ("A boat sank on Lake Qwxyz on Friday.", ["Lake Qwxyz"]),
        ("CARACAS (Agency) - The port was closed.", ["CARACAS"]),
        ("He was born in Athens, Ga., in 1950.", ["Athens", "Ga."]),
        ("Clashes broke out in al-Bab late on Sunday.", ["al-Bab"]),
        ("Residents left Baghdad Tuesday.", ["Baghdad"]),
        ("The envoy left Port of Spain on Monday.", ["Port of Spain"]),
        ("The Democratic Republic of the Congo signed.", ["Democratic Republic of the Congo"]),
        ("Talks between Trinidad and Tobago and Guyana began.", ["Trinidad and Tobago", "Guyana"]),
        ("They fled Bosnia and Herzegovina.", ["Bosnia and Herzegovina"]),
    ],
)
def test_places_are_found(find: Find, text: str, places: list[str]) -> None:
    assert _sure(find(text)) == places


@pytest.mark.parametrize(
    "text",
    [
        "Paris Milford, 34, was charged on Monday.",
        "Mr. Houston said he would appeal.",
        "Bill Clinton spoke first. Clinton then left.",
        "Give us the papers, he told them.",
        "The meeting is in March or May.",
        "Reading the report took hours.",
        "It cost US$40 a head.",
        "The assembly will swear in Nicolás Qwxyro.",
    ],
)
def test_persons_and_words_are_no_places(find: Find, text: str) -> None:
    assert _sure(find(text)) == []


def test_an_adjective_gives_the_plain_name(find: Find) -> None:
    (mention,) = find("The Venezuelan navy sailed.")
    assert mention.field.by == "rule:demonym"
    assert mention.field.value.text == "Venezuela"
    assert mention.field.span == Span(4, 14)


def test_a_name_inside_a_name_is_marked(find: Find) -> None:
    mentions = find("The Baghdad Chamber of Carpets and a Turkey-backed group met.")
    assert {mention.field.by for mention in mentions} == {"rule:embedded"}


def test_spans_slice_the_text_and_uncoded_ranges_stay_out(parser: Parser, gazetteer: Gazetteer) -> None:
    text = "Rebels left Aleppo. FOR MORE: Paris news. Rebels took Homs."
    skipped = Span(text.index("FOR"), text.index(" Rebels took"))
    document = Document(id="d", text=text, uncoded=(Range(skipped, RangeKind.BOILERPLATE),))
    mentions = find_places(parser.parse(document), document, gazetteer, open_places())
    assert [m.field.span.slice(text) for m in mentions if m.field.span] == ["Aleppo", "Homs"]


@pytest.mark.parametrize("text", ["", "   ", "\x00\x01", "$$$ @@@ !!!", "AAAA " * 300, "-al- - al-", "٣٤٥ العربية"])
def test_odd_texts_raise_nothing(find: Find, text: str) -> None:
    assert all(0 <= mention.field.score <= 1 for mention in find(text))


Propose = Callable[..., tuple[Field[Place], ...]]


def _make_event(parse: Parse, word: str, kind: EventType, actor: str | None = None) -> EventMention:
    token = next(token for token in parse.tokens if token.text == word)
    event = EventMention(token.i, Field(word, token.span, "test"), (Field(kind, token.span, "test"),), token.span)
    if actor is None:
        return event
    start = parse.text.index(actor)
    field = Field(actor, Span(start, start + len(actor)), "test")
    return msgspec.structs.replace(event, actors=(field,))


@pytest.fixture
def propose(parser: Parser, gazetteer: Gazetteer) -> Propose:
    lexicon = open_places()

    def run(
        text: str,
        word: str,
        kind: EventType = EventType.ASSAULT,
        dateline: Dateline | None = None,
        actor: str | None = None,
    ) -> object:
        document = Document(id="d", text=text, dateline=dateline)
        parse = parser.parse(document)
        places = find_places(parse, document, gazetteer, lexicon)
        return propose_places(parse, _make_event(parse, word, kind, actor), places, document, lexicon)

    return run  # type: ignore[return-value]


def _event(fields: tuple[Field[Place], ...]) -> list[str]:
    return [f.value.text for f in fields if f.value.role is PlaceRole.EVENT and f.score >= 0.5]


@pytest.mark.parametrize(
    ("text", "word", "place"),
    [
        ("Jets bombed Aleppo on Monday.", "bombed", "Aleppo"),
        ("Jets bombed an airport in Hodeidah.", "bombed", "Hodeidah"),
        ("An attack on the town of Qwxyzhen in Syria killed nine.", "attack", "Qwxyzhen"),
        ("In Kyiv, shells killed two people.", "killed", "Kyiv"),
        ("Nine people were killed in the Syrian town of Qwxyzhen.", "killed", "Qwxyzhen"),
        ("The army shelled Homs from Damascus.", "shelled", "Homs"),
        ("Two were shot near a U.S. patrol in Mosul.", "shot", "Mosul"),
    ],
)
def test_the_place_of_an_event(propose: Propose, text: str, word: str, place: str) -> None:
    assert _event(propose(text, word))[0] == place


def test_soil_is_the_country_and_airspace_is_not(propose: Propose) -> None:
    (soil,) = [f for f in propose("They fear strikes on Venezuelan soil.", "strikes") if f.score >= 0.5]
    assert soil.value.text == "Venezuela"
    (air,) = propose("Bombers flew close to Venezuelan airspace.", "flew", EventType.MOBILIZE)
    assert (air.value.text, air.value.relation) == ("Venezuelan airspace", "close to")


def test_relations_are_kept(propose: Propose) -> None:
    fields = propose("Troops massed along the border with Colombia.", "massed", EventType.MOBILIZE)
    assert (fields[0].value.text, fields[0].value.relation) == ("border with Colombia", "along")
    fields = propose("A tanker was seized off the coast of Venezuela.", "seized")
    assert (fields[0].value.text, fields[0].value.relation) == ("coast of Venezuela", "off")


def test_origin_and_dateline_are_no_place_of_the_event(propose: Propose) -> None:
    dateline = Dateline("CARACAS", Span(0, 7))
    fields = propose("CARACAS - Missiles were fired from Syria.", "fired", dateline=dateline)
    roles = {field.value.text: field.value.role for field in fields}
    assert roles["Syria"] is PlaceRole.ORIGIN
    assert fields[-1].value.role is PlaceRole.DATELINE


def test_a_withdrawal_is_where_it_leads_away_from(propose: Propose) -> None:
    assert _event(propose("The army withdrew its troops from Homs.", "withdrew", EventType.RETREAT)) == ["Homs"]


def test_a_place_is_carried_on_to_acts_on_the_ground_only(propose: Propose) -> None:
    text = "Fighting went on in Aleppo. Two soldiers were killed. The ministry condemned it."
    assert _event(propose(text, "killed")) == ["Aleppo"]
    assert _event(propose(text, "condemned", EventType.ACCUSE)) == []


def test_a_government_that_is_accused_or_asked_is_no_place(propose: Propose) -> None:
    assert _event(propose("He accused Washington of preparing an attack.", "attack")) == []
    asked = "The minister called on the United States to halt the strikes."
    assert _event(propose(asked, "halt", EventType.RETREAT)) == []


@pytest.mark.parametrize(
    ("text", "word", "kind", "actor", "places"),
    [
        (
            "The Croatian parliament rejects the bill.",
            "rejects",
            EventType.REJECT,
            "The Croatian parliament",
            ["Croatia"],
        ),
        ("Peru's president rejects the bill.", "rejects", EventType.REJECT, "Peru's president", []),
        ("Peru's president dismisses two ministers.", "dismisses", EventType.SANCTION, "Peru's president", ["Peru"]),
        ("A court in Lima denies a request.", "denies", EventType.REJECT, "A court", ["Lima"]),
        ("Chilean police detained nine men.", "detained", EventType.COERCE, "Chilean police", ["Chile"]),
        ("They condemned the Chilean siege.", "siege", EventType.COERCE, "Chilean", []),
    ],
)
def test_what_a_state_does_at_home(
    propose: Propose, text: str, word: str, kind: EventType, actor: str, places: list[str]
) -> None:
    assert _event(propose(text, word, kind, actor=actor)) == places


@pytest.mark.parametrize(
    ("text", "word", "place"),
    [
        ("The envoy visits Seoul for talks.", "visits", "Seoul"),
        ("The two met during a trip to Oman.", "met", "Oman"),
    ],
)
def test_where_a_visit_goes(propose: Propose, text: str, word: str, place: str) -> None:
    assert _event(propose(text, word, EventType.CONSULT)) == [place]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Peru closed its ports. Nine people were killed in the country.", "Peru"),
        ("Peruvian ports closed. Nine people were killed across the country.", "Peru"),
        ("Rebels left Arequipa for the coast. Nine people were killed in the city.", "Arequipa"),
    ],
)
def test_a_kind_of_place_stands_for_the_one_named_before(propose: Propose, text: str, place: str) -> None:
    (field, *_) = propose(text, "killed")
    assert (field.value.text, field.by) == (place, "rule:definite" if field.by != "rule:locative" else field.by)
    assert field.score >= 0.5


def test_what_is_told_of_again_is_where_it_was(parser: Parser, gazetteer: Gazetteer) -> None:
    text = "Rebels from Homs shelled Aleppo. Officials in Damascus condemned it. Nine people were killed."
    document, lexicon = Document(id="d", text=text), open_places()
    parse = parser.parse(document)
    places = find_places(parse, document, gazetteer, lexicon)
    events = [_make_event(parse, word, EventType.ASSAULT) for word in ("shelled", "killed")]
    (_, killed) = propose_all_places(parse, events, places, document, lexicon)
    assert (killed[0].value.text, killed[0].by) == ("Aleppo", "rule:told")
    assert _event(propose_all_places(parse, events[1:], places, document, lexicon)[0]) != ["Aleppo"]


def test_the_place_of_who_says_so_is_not_that_of_the_event(propose: Propose) -> None:
    text = "The minister said in Ankara that rebels in Homs had killed nine people."
    assert _event(propose(text, "killed"))[0] == "Homs"


def test_the_seat_of_a_body_is_no_place_of_what_it_tells_of(propose: Propose) -> None:
    text = "The defence ministry in Ankara said the army had struck a depot."
    assert "Ankara" not in _event(propose(text, "struck"))
    assert "Ankara" in _event(propose("Gunmen struck the defence ministry in Ankara.", "struck"))
    assert "Ankara" in _event(propose("Police in Ankara said gunmen had struck a depot.", "struck"))


def test_candidates_stand_best_first(propose: Propose) -> None:
    fields = propose("Rebels in Aleppo, Syria, attacked a convoy near Homs.", "attacked")
    scores = [field.score for field in fields if field.value.role is PlaceRole.EVENT]
    assert scores == sorted(scores, reverse=True)
