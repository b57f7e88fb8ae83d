"""Parties that are places: one name is one party, and a sea is nobody."""

from collections.abc import Callable

import pytest

from reportedly.extract.mentions import EventMention
from reportedly.extract.parse import Parse
from reportedly.extract.place_lexicon import open_places
from reportedly.extract.place_parties import find_unowned, settle_parties
from reportedly.extract.places import find_places
from reportedly.ground.gazetteer import Gazetteer
from reportedly.records.document import Document
from reportedly.records.ontology import EventType
from reportedly.records.spans import Field, Span

pytestmark = pytest.mark.slow

Settle = Callable[..., list[str]]


@pytest.fixture
def settle(read_parse: Callable[[str], Parse], gazetteer: Gazetteer) -> Settle:
    lexicon = open_places()

    def run(text: str, *parties: str) -> list[str]:
        parse = read_parse(text)
        places = find_places(parse, Document(id="d", text=text), gazetteer, lexicon)
        spans = [Span(text.index(party), text.index(party) + len(party)) for party in parties]
        fields = tuple(Field(span.slice(text), span, "test") for span in spans)
        whole = Span(0, len(text))
        event = EventMention(
            0, Field(text, whole, "test"), (Field(EventType.ASSAULT, whole, "test"),), whole, recipients=fields
        )
        (settled,) = settle_parties(text, [event], places, find_unowned(places, lexicon), lexicon)
        assert all(field.span is not None and field.span.slice(text) == field.value for field in settled.recipients)
        return [field.value for field in settled.recipients]

    return run


@pytest.mark.parametrize(
    ("text", "parties", "left"),
    [
        ("They met Trinidad and Tobago.", ["Trinidad", "Tobago"], ["Trinidad and Tobago"]),
        ("They met Bosnia and Herzegovina.", ["Herzegovina"], ["Bosnia and Herzegovina"]),
        ("Troops of Antigua and Barbuda left.", ["Troops of Antigua", "Barbuda"], ["Troops of Antigua and Barbuda"]),
        ("Envoys of Trinidad and Tobago left.", ["Envoys of Trinidad and Tobago"], ["Envoys of Trinidad and Tobago"]),
        ("They met Chad, Saint Kitts and Nevis and Peru.", ["Chad", "Saint Kitts", "Nevis", "Peru"], None),
        ("They met Chad and Peru.", ["Chad", "Peru"], ["Chad", "Peru"]),
    ],
)
def test_one_name_is_one_party(settle: Settle, text: str, parties: list[str], left: list[str] | None) -> None:
    assert settle(text, *parties) == (left or ["Chad", "Saint Kitts and Nevis", "Peru"])


@pytest.mark.parametrize(
    ("text", "party", "stays"),
    [
        ("Jets struck boats in the Caribbean.", "the Caribbean", False),
        ("Jets struck boats in the southern Caribbean Sea.", "the southern Caribbean Sea", False),
        ("Jets struck boats in the Strait of Hormuz.", "the Strait of Hormuz", False),
        ("Jets struck boats in the Qwxyz River.", "the Qwxyz River", False),
        ("Shells fell on the Lake Chad region.", "the Lake Chad region", False),
        ("The Red Sea shipping companies were warned.", "The Red Sea shipping companies", True),
        ("They warned the Baltic states.", "the Baltic states", True),
        ("Shells fell on Darfur.", "Darfur", True),
        ("They warned Europe.", "Europe", True),
        ("They warned Chad.", "Chad", True),
    ],
)
def test_a_sea_is_nobody(settle: Settle, text: str, party: str, stays: bool) -> None:
    assert settle(text, party) == ([party] if stays else [])
