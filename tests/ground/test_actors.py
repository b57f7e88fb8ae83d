"""Mentions to codes; states and their acts here are real and publicly known, or invented (Borduria)."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.config import Settings
from reportedly.ground.actors import ActorTable, ground_actor, locate_actor, open_actors
from reportedly.ground.antecedents import Home, Scene, find_home
from reportedly.records.document import Document, Publication, TimePrecision


@pytest.fixture(scope="module")
def table() -> ActorTable:
    return open_actors(Settings())


def make_document(text: str = "Nothing is named here.", day: str | None = "2025-10-31") -> Document:
    published = Publication(day, TimePrecision.DAY, False, "given", True) if day else None
    return Document(id=f"{day}:{text}", text=text, published=published)


def codes(
    text: str, table: ActorTable, about: str = "Nothing is named here.", day: str | None = "2025-10-31"
) -> list[str]:
    return list(ground_actor(text, make_document(about, day), table).codes)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kenya", ["KEN"]),
        ("the Venezuelan navy", ["VEN/MIL"]),
        ("Norwegian police officers", ["NOR/COP"]),
        ("Kenya's Supreme Court", ["KEN/JUD"]),
        ("Peruvian lawmakers", ["PER/LEG"]),
        ("Chilean journalists", ["CHL/MED"]),
        ("two Spanish companies", ["ESP/BUS"]),
        ("Sudanese civilians", ["SDN/CVL"]),
        ("the Serbian opposition", ["SRB/OPP"]),
        ("Israel's Foreign Ministry", ["ISR/GOV"]),
        ("a Portuguese foreign ministry spokesman", ["PRT/GOV"]),
        ("a Danish army spokeswoman", ["DNK/MIL"]),
        ("a senior U.S. official", ["USA/GOV"]),
        ("the South Sudanese army", ["SSD/MIL"]),
        ("residents of Caracas", ["VEN/CVL"]),
        ("police in Nairobi", ["KEN/COP"]),
        ("a man from Syria", ["SYR"]),
        ("the Soviet Union", ["RUS"]),
        ("the West Bank", ["PSE"]),
        ("Kosovo", ["XKX"]),
    ],
)
def test_a_state_with_its_sector(table: ActorTable, text: str, expected: list[str]) -> None:
    assert codes(text, table) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kyiv", ["UKR/GOV"]),
        ("Washington", ["USA/GOV"]),
        ("the Pentagon", ["USA/MIL"]),
        ("the Kremlin", ["RUS/GOV"]),
        ("the Élysée", ["FRA/GOV"]),
        ("Downing Street", ["GBR/GOV"]),
        ("Miraflores", ["VEN/GOV"]),
        ("the Bundeswehr", ["DEU/MIL"]),
        ("IRGC", ["IRN/MIL"]),
        ("the Islamic Revolutionary Guard Corps (IRGC)", ["IRN/MIL"]),
        ("the State Duma", ["RUS/LEG"]),
        ("the CIA", ["USA/SPY"]),
    ],
)
def test_what_stands_for_a_government(table: ActorTable, text: str, expected: list[str]) -> None:
    assert codes(text, table) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the U.N. Security Council", ["UNO"]),
        ("the European Commission", ["EUU"]),
        ("NATO forces", ["NATO"]),
        ("the African Union", ["AUN"]),
        ("the Arab League", ["ARL"]),
        ("the ICC", ["International Criminal Court"]),
        ("Houthi rebels", ["Houthis"]),
        ("the Iran-backed Houthi movement", ["Houthis"]),
        ("a senior Hamas official", ["Hamas"]),
        ("the spokesman for the Houthis", ["Houthis"]),
        ("members of al-Shabaab", ["Al-Shabaab"]),
        ("ISIS", ["Islamic State"]),
        ("Yemen's Houthis", ["Houthis"]),
        ("Human Rights Watch", ["Human Rights Watch"]),
        ("the Washington Post", ["Washington Post"]),
        ("Chadian rebels", ["Chadian rebels"]),
    ],
)
def test_bodies_and_groups(table: ActorTable, text: str, expected: list[str]) -> None:
    assert codes(text, table) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Britain, France and Germany", ["GBR", "FRA", "DEU"]),
        ("U.S. and Israeli forces", ["USA/MIL", "ISR/MIL"]),
        ("Thai soldiers and police", ["THA/MIL", "THA/COP"]),
        ("Israel-Hamas", ["ISR", "Hamas"]),
        ("Bosnia and Herzegovina", ["BIH"]),
        ("Trinidad and Tobago, and Guyana", ["TTO", "GUY"]),
        ("Prime Minister Keir Starmer and President Emmanuel Macron", ["GBR/GOV", "FRA/GOV"]),
        ("Norway and Norway", ["NOR"]),
    ],
)
def test_actors_side_by_side(table: ActorTable, text: str, expected: list[str]) -> None:
    assert codes(text, table) == expected


def test_leaders_are_checked_against_their_term(table: ActorTable) -> None:
    assert codes("Angela Merkel", table, day="2015-09-01") == ["DEU/GOV"]
    assert codes("Angela Merkel", table, day="2025-09-01") == ["DEU"]
    assert codes("President Bush", table, day="2003-04-01") == ["USA/GOV"]
    assert codes("Kim", table, day="2025-04-01") == ["PRK/GOV"]
    assert codes("the Taliban", table) == ["Taliban"]


def test_namesakes_are_told_apart_by_the_state_beside_them(table: ActorTable) -> None:
    assert codes("Spain's Pedro Sánchez", table) == ["ESP/GOV"]
    assert codes("Colombian defence minister Pedro Sánchez", table) == ["COL/GOV"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jordan Smith", []),
        ("New Mexico", ["USA"]),
        ("police in Lebanon, Ohio", ["USA/COP"]),
        ("a turkey", []),
        ("Nigerien troops", ["NER/MIL"]),
        ("Nigerian troops", ["NGA/MIL"]),
        ("Equatorial Guinea", ["GNQ"]),
        ("Papua New Guinea", ["PNG"]),
        ("North Korea", ["PRK"]),
        ("the Republic of the Congo", ["COG"]),
        ("the Dominican Republic", ["DOM"]),
        ("Germán Torres", []),
        ("Abbas Street", []),
        ("Nadia Rivera Macron", []),
        ("protesters against Israel", []),
        ("pro-Israel demonstrators", []),
        ("Norway's ambassador to the United Nations", ["NOR/GOV"]),
        ("Norway's UN ambassador", ["NOR/GOV"]),
        ("Norway and the UN envoy", ["NOR", "UNO"]),
    ],
)
def test_traps(table: ActorTable, text: str, expected: list[str]) -> None:
    assert codes(text, table) == expected


def test_georgia_is_the_one_the_report_is_about(table: ActorTable) -> None:
    assert codes("Georgia", table, "Tbilisi said Georgian voters had chosen. Georgia held elections.") == ["GEO"]
    assert codes("Georgia", table, "U.S. officials in Atlanta and Florida said Georgia would count again.") == ["USA"]


def test_a_phrase_without_a_name_takes_the_state_of_the_report(table: ActorTable) -> None:
    about = "Kenya's parliament met in Nairobi. The army stayed in its barracks and Kenyan police watched."
    assert codes("the army", table, about) == ["KEN/MIL"]
    assert codes("police", table, about) == ["KEN/COP"]
    assert codes("the opposition leader", table, about) == ["KEN/OPP"]
    assert ground_actor("the army", make_document(about), table).candidates[0].score <= 0.5
    for nobody in ("gunmen", "12 migrants", "they", "rain"):
        assert codes(nobody, table, about) == []


def test_no_state_is_guessed_where_none_stands_out(table: ActorTable) -> None:
    about = "Peru and Chile spoke. The army was not mentioned by Peru or Chile."
    assert find_home(make_document(about), table) is None
    assert codes("the army", table, about) == []
    assert codes("the army", table) == []
    assert find_home(make_document("Peru, Peru, Peru and Chile"), table) == Home("PER", 0.75)


def test_where_a_phrase_stands_decides_between_states(table: ActorTable) -> None:
    document = make_document("Peru closed its border. Chile protested. The army was sent. Peru and Chile will talk.")
    at = document.text.index("The army")
    assert ground_actor("The army", document, table, at).codes == ("CHL/MIL",)


def test_victims_are_of_the_place_in_their_sentence(table: ActorTable) -> None:
    document = make_document("Peru and Peru's president condemned it. At least 12 people died in Santa Clara, Chile.")
    at = document.text.index("12 people")
    assert ground_actor("12 people", document, table, at).codes == ("CHL/CVL",)


def test_groups_and_pairs_lead_back_to_what_was_named(table: ActorTable) -> None:
    document = make_document("Thailand and Cambodia met. Hamas was silent. Both countries said the group must answer.")
    at = document.text.index("Both")
    assert ground_actor("Both countries", document, table, at).codes == ("THA", "KHM")
    assert ground_actor("the group", document, table, document.text.index("the group")).codes == ("Hamas",)


def test_a_person_is_known_by_the_words_that_introduce_the_name(table: ActorTable) -> None:
    about = (
        "Fijian transport minister Arno Vesk resigned. Vesk gave no reason. Ilse Brandt, a former Peruvian judge, left."
    )
    assert codes("Vesk", table, about) == ["FJI/GOV"]
    assert codes("Ilse Brandt", table, about) == ["PER/JUD"]
    assert codes("Otto Klamm", table, about) == []


def test_an_unknown_mention_stands_for_the_state_of_its_places(table: ActorTable) -> None:
    unknown = ground_actor("the hamlet of Little Tatra", make_document(), table)
    assert unknown.codes == ()
    assert locate_actor(unknown, ["SVK", None, "SVK"], table).codes == ("SVK",)
    assert locate_actor(unknown, [None], table) == unknown
    known = ground_actor("Hamas", make_document(), table)
    assert locate_actor(known, ["SVK"], table) is known


def test_people_of_a_place_are_that_part_of_its_state(table: ActorTable) -> None:
    def locate(text: str) -> tuple[str, ...]:
        return locate_actor(ground_actor(text, make_document(), table), ["SVK"], table).codes

    assert locate("residents of Little Tatra") == ("SVK/CVL",)
    assert locate("police in Little Tatra") == ("SVK/COP",)
    assert locate("gunmen from Little Tatra") == ("SVK",)


ABOUT_KENYA = "Kenya, Kenya, Kenya. The Kenyan army met the Kenyan police."


@pytest.mark.parametrize(
    "text",
    [
        "the defence ministry of Borduria",
        "Borduria's forces",
        "a Bordurian general",
        "four Bordurian companies",
        "Bordurian soldiers",
        "the new government of Borduria",
        "President Arno Vesk",
        "Foreign Minister Arno Vesk",
        "foreign fighters",
    ],
)
@pytest.mark.parametrize("scene", [None, Scene(frozenset({"KEN"}), "KEN", (("KEN", 5),))])
def test_what_is_somebody_elses_takes_no_main_state(table: ActorTable, text: str, scene: Scene | None) -> None:
    assert ground_actor(text, make_document(ABOUT_KENYA), table, None, scene).codes == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The Defence Ministry", "KEN/GOV"),
        ("the High Court", "KEN/JUD"),
        ("General Arno Vesk", "KEN/MIL"),
        ("the foreign ministry", "KEN/GOV"),
    ],
)
def test_capitals_of_offices_and_of_persons_are_no_owners(table: ActorTable, text: str, code: str) -> None:
    assert codes(text, table, ABOUT_KENYA) == [code]


def test_the_army_is_of_a_state_that_has_a_part_in_the_scene(table: ActorTable) -> None:
    def ground(text: str, scene: Scene) -> tuple[str, ...]:
        return ground_actor(text, make_document(ABOUT_KENYA), table, None, scene).codes

    assert ground("the army", Scene(sides=(("KEN", 1),))) == ("KEN/MIL",)
    assert ground("the army", Scene(dateline="KEN")) == ("KEN/MIL",)
    assert ground("the army", Scene(frozenset({"PER"}))) == ("PER/MIL",)
    assert ground("the army", Scene(frozenset({"PER", "CHL"}))) == ()
    # the one side that is named may be the other one's
    assert ground("the army", Scene(sides=(("PER", 3),))) == ()
    # a state nobody knows is as much a side as Kenya is
    assert ground("the army", Scene(sides=(("", 1), ("KEN", 1)))) == ()
    # a mediator that is named most
    assert ground("civilians", Scene(helpers=frozenset({"KEN"}))) == ()
    assert ground("the government", Scene(helpers=frozenset({"KEN"}))) == ()
    assert ground("the government", Scene()) == ("KEN/GOV",)


def test_its_army_is_of_the_state_that_the_sentence_names(table: ActorTable) -> None:
    def ground(text: str) -> tuple[str, ...]:
        scene = Scene(frozenset({"KEN"}), None, (("KEN", 5),))
        return ground_actor("its army", make_document(text), table, text.index("its army"), scene).codes

    assert ground("Kenya and Kenya again. Peru said its army had left.") == ("PER/MIL",)
    assert ground("Peru denied on Monday that its army had left.") == ("PER/MIL",)
    assert ground("Kenya met Borduria. Borduria said its army had left Kenya.") == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the Free Sudmark Front", ["Free Sudmark Front"]),
        ("fighters of the Kenya Liberation Army", ["Kenya Liberation Army"]),
        ("the Lima Martyrs Brigades", ["Lima Martyrs Brigades"]),
        ("the Sudmark Renewal Movement", ["Sudmark Renewal Movement"]),
        ("Kenya's Green Harvest Party", ["Green Harvest Party"]),
        ("the Kenyan Army", ["KEN/MIL"]),
        ("the Bordurian Army", []),
        ("Kenya's 4th Infantry Brigade", ["KEN/MIL"]),
        ("Hamas", ["Hamas"]),
    ],
)
def test_a_group_is_called_by_its_own_name(table: ActorTable, text: str, expected: list[str]) -> None:
    assert codes(text, table) == expected


def test_the_front_is_the_one_named_in_full(table: ActorTable) -> None:
    about = "The Free Sudmark Front took a village. The army said it had killed fighters of the Front."
    assert codes("fighters of the Front", table, about) == ["Free Sudmark Front"]
    assert codes("fighters of the Front", table, f"{about} The Home Farmers Front watched.") == []


def test_rows_of_the_users_own(tmp_path: Path) -> None:
    own = tmp_path / "actors.csv"
    own.write_text("code,kind,name,aliases,country\nBordurian Guard,paramilitary,Bordurian Guard,Curved Hats,SYR\n")
    table = open_actors(Settings(actors=own))
    assert codes("the Curved Hats militia", table) == ["Bordurian Guard"]


@given(st.text(max_size=60))
def test_any_text_is_grounded_without_repeats(table: ActorTable, text: str) -> None:
    grounded = ground_actor(text, make_document(), table)
    assert grounded.text == text
    assert len(set(grounded.codes)) == len(grounded.codes)
    assert all(0 < candidate.score <= 1 for candidate in grounded.candidates)
    assert {candidate.code for candidate in grounded.candidates} >= set(grounded.codes)


def test_a_text_read_again_with_another_date_meets_other_terms(table: ActorTable) -> None:
    text = "President Obama spoke."
    early = Document(id="d", text=text, published=Publication("2012-05-01", TimePrecision.DAY, False, "given", True))
    late = Document(id="d", text=text, published=Publication("2020-05-01", TimePrecision.DAY, False, "given", True))
    assert ground_actor("President Obama", early, table).codes == ("USA/GOV",)
    assert ground_actor("President Obama", late, table).codes == ("USA",)
