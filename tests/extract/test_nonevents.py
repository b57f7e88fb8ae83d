"""Texts that look like violence and report none, beside look-alikes that do."""

from collections.abc import Callable

import pytest

from reportedly.extract.event_lexicon import EventLexicon
from reportedly.extract.events import find_events, open_events
from reportedly.extract.parse import Parse
from reportedly.extract.status import open_status, read_status
from reportedly.records.claim import Status, derive_status
from reportedly.records.document import Document, Genre
from reportedly.records.ontology import EventType

pytestmark = pytest.mark.slow

FORCE = {EventType.ASSAULT, EventType.MOBILIZE, EventType.PROTEST}

NO_FORCE = {
    "court report": (
        "A court in Varna jailed a baker for eleven years on Tuesday for stabbing his neighbour.",
        "Prosecutors told the jury that Dimov beat the shopkeeper and set fire to the store.",
        "The tribunal found the former captain guilty of killing two villagers in 1998.",
        "The judge heard that the accused had shot the guard twice.",
    ),
    "lawsuit": (
        "The widow is suing the mine, saying guards beat her husband.",
        "A lawsuit filed in Lyon alleges that officers tortured the prisoner.",
        "The complaint says the company poisoned the river and killed livestock.",
    ),
    "plea": (
        "Ivo Petrov pleaded guilty to murdering his business partner.",
        "She pleaded not guilty to bombing the depot.",
        "The clerk admitted attacking a colleague and will be sentenced in May.",
    ),
    "editorial": (
        "The governor's critics are waging a war on common sense.",
        "This budget is an assault on working families.",
        "The minister's plan would kill small business.",
    ),
    "anniversary": (
        "Thousands gathered to commemorate the battle of Ostrava.",
        "The museum recalls the siege and the shelling of the port.",
        "Veterans mourned the massacre of 1921.",
    ),
    "weather": (
        "The storm killed six people and destroyed a bridge.",
        "Floods battered the coast, wounding dozens.",
        "Lightning struck a church in Pskov.",
        "Snow blanketed the hills as a cold front attacked the north.",
        "A boat carrying ninety people sank off Crete.",
        "Three officers were killed when their plane crashed in a forest.",
    ),
    "political metaphor": (
        "The minister came under fire over the rise in rents.",
        "The two parties battle for votes in the north.",
        "The premier is fighting for his political survival.",
        "Rivals clashed over the budget in a heated debate.",
        "Parliament must not kill the health service.",
        "The battle for the party's soul has exploded into open war.",
        "Ministers have bombarded voters with promises.",
    ),
    "sport": (
        "Striker Malo fired United into the lead with a late shot.",
        "The visitors attacked down the left and beat the champions 3-1.",
        "Spain crushed Malta in the final of the cup.",
        "Spain destroyed Malta 3-0 in Madrid.",
    ),
}

FORCE_ALL_THE_SAME = {
    "court report": (
        "Gunmen shot a judge outside a court in Varna on Tuesday.",
        "A bomb exploded at the courthouse, killing two lawyers.",
        "Militants kidnapped the prosecutor on his way to the trial.",
    ),
    "lawsuit": (
        "Police beat protesters who had sued the ministry.",
        "Guards tortured the prisoner before his lawyers filed a lawsuit.",
        "Gunmen killed the widow who was suing the mine.",
    ),
    "plea": (
        "Two men attacked the clerk after he pleaded guilty.",
        "The rebels bombed the prison where the plea was entered.",
        "Villagers killed a man who had admitted theft.",
    ),
    "editorial": (
        "The rebels are waging war on the capital.",
        "The militia launched an assault on the village.",
        "The shelling would kill civilians, the mayor warned.",
    ),
    "anniversary": (
        "Gunmen killed nine people at a ceremony marking the anniversary.",
        "A bomb exploded during the commemoration in Ostrava.",
        "Troops fired on mourners at the memorial.",
    ),
    "weather": (
        "Rockets struck a church in Pskov.",
        "The Liberation Front shelled the town of Oldport.",
        "The drone attack killed six people and destroyed a bridge.",
        "Shelling battered the coast, wounding dozens.",
    ),
    "political metaphor": (
        "The convoy came under fire near the bridge.",
        "Police clashed with rebels in the hills.",
        "The general is fighting the rebels in the north.",
    ),
    "sport": (
        "Police fired on fans outside the stadium.",
        "Gunmen attacked the team's bus, killing the driver.",
        "A bomb exploded near the stadium before the cup final.",
    ),
}


@pytest.fixture(scope="module")
def lexicon() -> EventLexicon:
    return open_events()


def _types(parse: Parse, lexicon: EventLexicon, genre: Genre = Genre.REPORT) -> set[EventType]:
    document = Document(id="test", text=parse.text, genre=genre)
    return {event.types[0].value for event in find_events(parse, document, lexicon)}


@pytest.mark.parametrize("text", [text for texts in NO_FORCE.values() for text in texts])
def test_no_force_is_read(read_parse: Callable[[str], Parse], lexicon: EventLexicon, text: str) -> None:
    assert not _types(read_parse(text), lexicon) & FORCE


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("A storm battered the coast, killing nine and displacing 12,000.", EventType.COERCE),
        ("Southland summoned the envoy in protest.", EventType.PROTEST),
        ("Both officials asked not to be named.", EventType.REQUEST),
        ("The envoy declined to be quoted.", EventType.REJECT),
        ("The medics evacuated 60 wounded.", EventType.ASSAULT),
        ("Northland will fight drug trafficking.", EventType.ASSAULT),
        ("The ministry declined to comment.", EventType.REJECT),
        ("The official declined to be named.", EventType.REJECT),
        ("The Harbour Wire has withdrawn its report that jets bombed Selby.", EventType.RETREAT),
        ("Fighting resumed after the ceasefire of March lapsed.", EventType.RETREAT),
        ("The truce is over.", EventType.RETREAT),
        ("The talks were cordial.", EventType.CONSULT),
    ],
)
def test_what_only_sounds_like_an_event(
    read_parse: Callable[[str], Parse], lexicon: EventLexicon, text: str, absent: EventType
) -> None:
    assert absent not in _types(read_parse(text), lexicon)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The truce is holding.", EventType.RETREAT),
        ("The ceasefire took effect at midnight.", EventType.RETREAT),
        ("The talks resumed on Friday.", EventType.CONSULT),
    ],
)
def test_what_is_told_to_go_on_needs_no_party(
    read_parse: Callable[[str], Parse], lexicon: EventLexicon, text: str, told: EventType
) -> None:
    assert told in _types(read_parse(text), lexicon)


def test_an_opinion_on_what_is_done_to_nobody_is_no_violence(
    read_parse: Callable[[str], Parse], lexicon: EventLexicon
) -> None:
    parse = read_parse("Ministers have attacked the weakest for years.")
    assert EventType.ASSAULT not in _types(parse, lexicon, Genre.OPINION)
    assert EventType.ASSAULT in _types(parse, lexicon)


@pytest.mark.parametrize(
    "text",
    [
        "The town marked the 30th anniversary of the bombing of Orsk with a wreath.",
        "On the anniversary of the bombing, survivors lit candles.",
        "Protesters met on the second anniversary of the coup.",
    ],
)
def test_what_has_an_anniversary_is_history(
    read_parse: Callable[[str], Parse], lexicon: EventLexicon, text: str
) -> None:
    parse, document = read_parse(text), Document(id="test", text=text)
    forces = [e for e in find_events(parse, document, lexicon) if e.types[0].value is EventType.ASSAULT]
    assert forces
    for event in forces:
        axes = read_status(parse, event, (), document, open_status()).axes.value
        assert derive_status(axes) is Status.HISTORICAL


@pytest.mark.parametrize("text", [text for texts in FORCE_ALL_THE_SAME.values() for text in texts])
def test_its_look_alike_is_read(read_parse: Callable[[str], Parse], lexicon: EventLexicon, text: str) -> None:
    assert EventType.ASSAULT in _types(read_parse(text), lexicon)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (NO_FORCE["court report"][0], EventType.SANCTION),
        (NO_FORCE["court report"][2], EventType.SANCTION),
        (NO_FORCE["lawsuit"][0], EventType.ACCUSE),
        (NO_FORCE["plea"][0], EventType.CONCEDE),
        (NO_FORCE["plea"][1], EventType.REJECT),
    ],
)
def test_court_matters_keep_types_of_their_own(
    read_parse: Callable[[str], Parse], lexicon: EventLexicon, text: str, expected: EventType
) -> None:
    assert expected in _types(read_parse(text), lexicon)


@pytest.mark.parametrize("genre", [Genre.SPORT, Genre.WEATHER])
def test_games_and_weather_reports_hold_no_events(
    read_parse: Callable[[str], Parse], lexicon: EventLexicon, genre: Genre
) -> None:
    parse = read_parse("The visitors attacked again after the break.")
    assert _types(parse, lexicon, genre) == set()
    assert EventType.ASSAULT in _types(parse, lexicon)


@pytest.mark.parametrize(
    ("text", "is_threat"),
    [
        ("Northland warned that it would close the border.", True),
        ("Northland warned Southland that its ships would be sunk.", True),
        ("Analysts warned that Northland would close the border.", False),
        ("Doctors warned that the hospital could run out of blood.", False),
    ],
)
def test_a_forecast_is_no_threat(
    read_parse: Callable[[str], Parse], lexicon: EventLexicon, text: str, is_threat: bool
) -> None:
    assert (EventType.THREATEN in _types(read_parse(text), lexicon)) is is_threat


@pytest.mark.parametrize(
    "text",
    ["He suffered a heart attack.", "The minister called a press conference.", "A fan of election rallies left."],
)
def test_fixed_compounds_are_no_events(read_parse: Callable[[str], Parse], lexicon: EventLexicon, text: str) -> None:
    assert _types(read_parse(text), lexicon) == set()
