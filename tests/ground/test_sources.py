"""Sources to kinds; all texts invented."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.config import Settings
from reportedly.errors import ConfigError
from reportedly.ground.actors import ActorTable, open_actors
from reportedly.ground.antecedents import Scene
from reportedly.ground.sources import SourceTable, ground_source, open_sources
from reportedly.records.claim import Source
from reportedly.records.document import Document, Publication, TimePrecision
from reportedly.records.grounding import GroundedSource, SourceKind
from reportedly.records.spans import Span


@pytest.fixture(scope="module")
def actors() -> ActorTable:
    return open_actors(Settings())


@pytest.fixture(scope="module")
def table() -> SourceTable:
    return open_sources(Settings())


def read(text: str, table: SourceTable, actors: ActorTable, about: str = "Nobody is named here.") -> GroundedSource:
    published = Publication("2025-10-31", TimePrecision.DAY, False, "given", True)
    document = Document(id=about, text=about, published=published)
    return ground_source(Source(text, Span(0, len(text))), document, table, actors)


@pytest.mark.parametrize(
    ("text", "kind", "anonymous"),
    [
        ("the Homs General Hospital", "person", False),
        ("a hospital", "person", True),
        ("a hospital in Homs", "person", True),
        ("doctors at the Homs General Hospital", "witness", True),
        ("officials", "official", True),
        ("a senior U.S. official", "official", True),
        ("a military source", "official", True),
        ("President Emmanuel Macron", "official", False),
        ("the Peruvian president", "official", False),
        ("Kenyan police spokesman Otto Klamm", "official", False),
        ("the Norwegian army", "government", False),
        ("Kenya", "government", False),
        ("the police", "government", False),
        ("the Pentagon", "government", False),
        ("Chile's Foreign Ministry", "government", False),
        ("Houthi spokesman Yahya Saree", "armed_group", False),
        ("Hezbollah", "armed_group", False),
        ("the state news agency TASS", "state_media", False),
        ("Venezuelan state television", "state_media", False),
        ("Reuters", "news_outlet", False),
        ("the Miami Herald", "news_outlet", False),
        ("a BBC correspondent", "news_outlet", False),
        ("local newspapers", "news_outlet", True),
        ("the UN refugee agency", "international_body", False),
        ("U.N. experts", "international_body", False),
        ("António Guterres", "international_body", False),
        ("Amnesty International", "ngo", False),
        ("aid groups", "ngo", True),
        ("analysts", "expert", True),
        ("a former defence minister", "expert", True),
        ("residents", "witness", True),
        ("a doctor at the hospital", "witness", True),
        ("local sources", "witness", True),
        ("a report by the World Bank", "document", False),
        ("videos", "document", True),
        ("the indictment", "document", False),
        ("critics", "person", True),
        ("Otto Klamm", "person", False),
    ],
)
def test_kind_and_anonymity(table: SourceTable, actors: ActorTable, text: str, kind: str, anonymous: bool) -> None:
    grounded = read(text, table, actors)
    assert (grounded.kind.value, grounded.anonymous) == (kind, anonymous)


def test_members_of_a_compound(table: SourceTable, actors: ActorTable) -> None:
    grounded = read("the Miami Herald and Reuters", table, actors)
    assert grounded.kind is SourceKind.NEWS_OUTLET
    assert grounded.members == ("Miami Herald", "Reuters")
    assert read("Reuters", table, actors).members == ()


def test_members_of_a_compound_are_grounded_each(table: SourceTable, actors: ActorTable) -> None:
    parts = read("Kenya's Foreign Ministry and two residents", table, actors).parts
    assert [(part.kind, part.code, part.anonymous) for part in parts] == [
        (SourceKind.GOVERNMENT, "KEN/GOV", False),
        (SourceKind.WITNESS, None, True),
    ]
    assert read("Kenya's Foreign Ministry", table, actors).parts == ()


def test_an_outlet_says_whose_it_is(table: SourceTable, actors: ActorTable) -> None:
    assert (read("Xinhua", table, actors).state, read("Reuters", table, actors).state) == ("CHN", None)
    assert read("El Nuevo Herald", table, actors).family == read("the Miami Herald", table, actors).family


def test_persons_and_offices_get_the_names_and_offices_of_the_tables(table: SourceTable, actors: ActorTable) -> None:
    rubio, house = read("Marco Rubio", table, actors), read("Foggy Bottom", table, actors)
    assert (rubio.name, rubio.office) == ("Marco Rubio", "foreign_minister")
    assert (house.name, house.office) == ("State Department", None)
    assert (read("Norwegian officials", table, actors).name, read("Otto Klamm", table, actors).office) == (None, None)


def test_an_outlet_is_its_owners_of_the_day(table: SourceTable) -> None:
    for clue in ("Politico", "https://www.politico.com/news/1"):
        owners = [table.find_publisher(clue, day) for day in ("2019-05-01", "2024-05-01", None)]
        assert [owner.family for owner in owners if owner] == ["Capitol News Company", "Axel Springer", "Axel Springer"]


def test_codes_are_outlets_or_actors(table: SourceTable, actors: ActorTable) -> None:
    assert read("the AP", table, actors).code == "Associated Press"
    assert read("the Thai army", table, actors).code == "THA/MIL"
    assert read("critics", table, actors).code is None


def test_the_taliban_speak_as_a_government_since_they_are_one(table: SourceTable, actors: ActorTable) -> None:
    assert read("the Taliban", table, actors).kind is SourceKind.GOVERNMENT
    before = Document(
        id="old", text="Nothing.", published=Publication("2012-05-01", TimePrecision.DAY, False, "given", True)
    )
    grounded = ground_source(Source("the Taliban", Span(0, 11)), before, table, actors)
    assert grounded.kind is SourceKind.ARMED_GROUP


def test_bare_sources_lead_back_to_what_they_stand_for(table: SourceTable, actors: ActorTable) -> None:
    about = "A security source told TASS of a fire. The source gave no cause, the agency said."
    assert read("The source", table, actors, about).kind is SourceKind.OFFICIAL
    assert read("the agency", table, actors, about).code == "TASS"
    assert read("the source", table, actors).kind is SourceKind.PERSON


def test_an_unfamiliar_name_is_what_it_was_introduced_as(table: SourceTable, actors: ActorTable) -> None:
    about = "Fijian transport minister Arno Vesk resigned. Analyst Ilse Brandt was surprised."
    assert read("Vesk", table, actors, about).kind is SourceKind.OFFICIAL
    assert read("Brandt", table, actors, about).kind in (SourceKind.EXPERT, SourceKind.PERSON)


def test_publishers_are_found_by_name_host_and_address(table: SourceTable) -> None:
    for text in ("the Associated Press", "AP", "apnews.com", "https://www.apnews.com/article/x", "m.apnews.com/a"):
        publisher = table.find_publisher(text)
        assert publisher is not None
        assert (publisher.name, publisher.country) == ("Associated Press", "USA")
    assert table.find_publisher("The Borduria Courier") is None
    assert table.find_publisher("") is None
    assert table.find_publisher("http://[broken") is None


def test_outlets_of_one_owner_are_one_family(table: SourceTable) -> None:
    one, other = table.find_publisher("miamiherald.com"), table.find_publisher("Sacramento Bee")
    assert one is not None
    assert other is not None
    assert one.family == other.family


def test_publishers_of_the_users_own(tmp_path: Path) -> None:
    own = tmp_path / "publishers.csv"
    own.write_text("name,kind,domains,country\nBorduria Courier,state_media,courier.example,SYR\n")
    publisher = open_sources(Settings(publishers=own)).find_publisher("https://courier.example/1")
    assert publisher is not None
    assert publisher.source_kind is SourceKind.STATE_MEDIA
    assert publisher.family == "Borduria Courier"
    own.write_text("name,kind\nBorduria Courier,gossip\n")
    with pytest.raises(ConfigError, match="line 2: kind 'gossip'"):
        open_sources(Settings(publishers=own))


@given(st.text(max_size=60))
def test_any_text_has_a_kind(table: SourceTable, actors: ActorTable, text: str) -> None:
    grounded = read(text, table, actors)
    assert grounded.text == text
    assert isinstance(grounded.kind, SourceKind)


@pytest.mark.parametrize(
    ("text", "about", "kind"),
    [
        ("The Free Sudmark Front", "Nobody is named here.", "armed_group"),
        ("the Sudmark Liberation Movement", "Nobody is named here.", "armed_group"),
        ("a commander of the Sudmark Martyrs Brigades", "Nobody is named here.", "armed_group"),
        ("Borduria", "Borduria said Sudmark had fired first. Borduria's army was on alert.", "government"),
        ("Borduria", "The army of Borduria was on alert.", "government"),
        ("Otto Klamm", "Otto Klamm's brother was in the army.", "person"),
        ("Borduria", "Nobody is named here.", "person"),
        ("Opinion polls", "Nobody is named here.", "document"),
        ("The Sudmark Post", "Nobody is named here.", "news_outlet"),
        ("a post", "Nobody is named here.", "document"),
    ],
)
def test_names_that_no_table_holds(table: SourceTable, actors: ActorTable, text: str, about: str, kind: str) -> None:
    assert read(text, table, actors, about).kind == kind


def test_a_source_takes_a_state_of_the_scene_only(table: SourceTable, actors: ActorTable) -> None:
    document = Document(id="s", text="Kenya, Kenya and Kenya led the talks. The army is on alert.")
    army = Source("The army", Span(38, 46))
    scene = Scene(helpers=frozenset({"KEN"}))
    assert ground_source(army, document, table, actors, scene).code is None
    assert ground_source(army, document, table, actors, Scene(sides=(("KEN", 1),))).code == "KEN/MIL"
