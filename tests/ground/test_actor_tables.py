"""What every table of actors and publishers must hold, so that a row added later cannot break grounding."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from countrynames.mappings import mappings
from hypothesis import given
from hypothesis import strategies as st

from reportedly.config import Settings
from reportedly.errors import ConfigError
from reportedly.ground.actor_table import (
    ALLOWED,
    ARMED,
    LAND,
    NEEDED,
    PERSONS,
    TABLES,
    find_surnames,
    open_actors,
    open_words,
)
from reportedly.ground.names import (
    NameIndex,
    Row,
    covers_day,
    find_whole,
    fold,
    read_table,
    split_cell,
    split_words,
)
from reportedly.ground.publishers import ALLOWED as PUBLISHER_ALLOWED
from reportedly.ground.publishers import KINDS
from reportedly.ground.publishers import NEEDED as PUBLISHER_NEEDED

ISO = frozenset(mappings.values()) | {"XKX"}
SECTORS = frozenset({"GOV", "MIL", "COP", "OPP", "CVL", "MED", "BUS", "REB", "CRM", "JUD", "LEG", "SPY"})
GROUP_KINDS = ARMED | {"party", "opposition", "movement", "coalition", "community", "government", "de_facto_government"}
BODY_KINDS = frozenset({"un", "eu", "alliance", "body", "court", "ngo", "think_tank"})


MEMBERS = frozenset(
    "AFG AGO ALB AND ARE ARG ARM ATG AUS AUT AZE BDI BEL BEN BFA BGD BGR BHR BHS BIH BLR BLZ BOL BRA BRB BRN BTN "
    "BWA CAF CAN CHE CHL CHN CIV CMR COD COG COL COM CPV CRI CUB CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESP "
    "EST ETH FIN FJI FRA FSM GAB GBR GEO GHA GIN GMB GNB GNQ GRC GRD GTM GUY HND HRV HTI HUN IDN IND IRL IRN IRQ "
    "ISL ISR ITA JAM JOR JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAR MCO "
    "MDA MDG MDV MEX MHL MKD MLI MLT MMR MNE MNG MOZ MRT MUS MWI MYS NAM NER NGA NIC NLD NOR NPL NRU NZL OMN PAK "
    "PAN PER PHL PLW PNG POL PRK PRT PRY QAT ROU RUS RWA SAU SDN SEN SGP SLB SLE SLV SMR SOM SRB SSD STP SUR SVK "
    "SVN SWE SWZ SYC SYR TCD TGO THA TJK TKM TLS TON TTO TUN TUR TUV TZA UGA UKR URY USA UZB VCT VEN VNM VUT WSM "
    "YEM ZAF ZMB ZWE".split()
)
"""The 193 members of the United Nations, from its list of member states."""

STATES = MEMBERS | {"PSE", "TWN", "VAT", "XKX"}
OFFICES = ("head_of_state", "head_of_government", "foreign_minister", "defence_minister")

SHARED = frozenset(
    {
        ("BIH", "head_of_state"),  # three presidents, one of each people
        ("BRN", "foreign_minister"),  # the sultan, with a second minister
        ("CHN", "head_of_state"),  # Deng Xiaoping led beside the presidents
        ("IRN", "head_of_state"),  # the Supreme Leader and the president
        ("MMR", "head_of_state"),  # the head of the junta and the president it named
        ("NIC", "head_of_state"),  # two presidents side by side since 2025
        ("SMR", "head_of_state"),  # two Captains Regent
    }
)
"""Offices that several persons hold at once."""

LONGEST_DISPUTE_DAYS = 183
"""How long two persons may hold one office at once: a suspended or rival president, a fallen ruler who fights on."""

NEWSWORTHY = (
    "USA GBR FRA RUS CHN UKR ISR IRN IRQ SYR LBN YEM TUR SAU EGY LBY SDN ETH COD RWA NGA MLI NER BFA SOM AFG PAK "
    "IND MMR KOR PRK JPN TWN PHL VEN COL CUB NIC HTI MEX BRA ARG ARM AZE GEO SRB XKX BLR"
)
"""States most in the news, whose leaders must be known back to 1990."""

LEADERLESS = {"IRQ": {2004}, "SOM": set(range(1992, 2001))}
"""Years whose second day finds no leader: an occupied state, a collapsed one."""

BORN = {"ARM": 1992, "AZE": 1992, "BLR": 1992, "GEO": 1992, "UKR": 1992, "XKX": 2003, "YEM": 1991}
"""First year asked for of states that had no government of their own, or were two, in 1990."""

NAMESAKES = frozenset({"King Abdullah"})
"""Leaders of two states known by one name at one time: the state named beside it decides."""


def read_rows(table: str) -> list[Row]:
    if table == "publishers.csv":
        return read_table(table, PUBLISHER_NEEDED, PUBLISHER_ALLOWED)
    return read_table(table, NEEDED, ALLOWED)


def names_of(row: Row) -> Iterator[str]:
    yield row.cells["name"]
    yield from split_cell(row.cells.get("aliases"))


@pytest.mark.parametrize("table", [*TABLES, "publishers.csv"])
def test_every_name_has_words_and_no_row_repeats_one(table: str) -> None:
    for row in read_rows(table):
        names = list(names_of(row))
        assert all(split_words(name) for name in names), row
        assert len(names) == len(set(names)), row


@pytest.mark.parametrize("table", ["countries.csv", "offices.csv"])
def test_codes_of_states_are_iso_with_a_known_sector(table: str) -> None:
    for row in read_rows(table):
        state, _, sector = row.cells["code"].partition("/")
        assert state in ISO, row
        assert not sector or sector in SECTORS, row
        assert row.cells["kind"] in LAND | {"office"}, row


def test_leaders_belong_to_a_state_body_or_group_of_the_tables() -> None:
    known = ISO | {row.cells["code"] for table in ("armed_groups.csv", "bodies.csv") for row in read_rows(table)}
    for row in read_rows("leaders.csv"):
        assert row.cells["code"] in known, row
        assert row.cells["kind"] in PERSONS, row


def test_groups_and_bodies_have_a_known_kind_and_an_iso_home() -> None:
    for row in read_rows("armed_groups.csv"):
        assert row.cells["kind"] in GROUP_KINDS, row
        assert not row.cells["country"] or row.cells["country"] in ISO, row
    assert {row.cells["kind"] for row in read_rows("bodies.csv")} <= BODY_KINDS


def test_publishers_have_a_known_kind_an_iso_home_and_a_host_of_their_own() -> None:
    hosts: dict[str, str] = {}
    for row in read_rows("publishers.csv"):
        assert row.cells["kind"] in KINDS, row
        assert not row.cells["country"] or row.cells["country"] in ISO, row
        for host in split_cell(row.cells["domains"]):
            assert host == host.lower()
            assert "/" not in host
            assert hosts.setdefault(host, row.cells["name"]) == row.cells["name"], row


@pytest.mark.parametrize("table", [*TABLES, "publishers.csv"])
def test_no_name_stands_for_two_codes_of_one_kind_at_one_time(table: str) -> None:
    held: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in read_rows(table):
        for name in names_of(row):
            held[(name, row.cells["kind"])].append(row)
    for (name, _), rows in held.items():
        if name in NAMESAKES:
            continue
        for i, one in enumerate(rows):
            for other in rows[i + 1 :]:
                code = "code" if "code" in one.cells else "name"
                if one.cells[code] != other.cells[code]:
                    assert not overlap(one.cells, other.cells), (name, one, other)


def overlap(one: dict[str, str], other: dict[str, str]) -> bool:
    def day(cells: dict[str, str], column: str, empty: str) -> str:
        return (cells.get(column) or empty)[:10]

    first = max(day(one, "start", "0000"), day(other, "start", "0000"))
    last = min(day(one, "end", "9999"), day(other, "end", "9999"))
    return first < last


def read_offices_without_holder() -> dict[tuple[str, str], frozenset[str]]:
    """Read from the comments of the table which states have no such office ("none") or no known holder ("unknown")."""
    text = files("reportedly.ground").joinpath("data", "leaders.csv").read_text(encoding="utf-8")
    lines = re.findall(r"^# (none|unknown) ([a-z_]+)(?: \([^)]*\))?:((?: [A-Z]{3})+)$", text, re.MULTILINE)
    assert (
        len(lines)
        == len({(why, office) for why, office, _ in lines})
        == len(re.findall(r"^# (?:none|unknown) ", text, re.M))
    )
    return {(why, office): frozenset(states.split()) for why, office, states in lines}


@pytest.mark.parametrize("office", OFFICES)
def test_every_state_has_a_holder_of_every_office_or_is_listed_without(office: str) -> None:
    listed = read_offices_without_holder()
    none, unknown = (listed.get((why, office), frozenset()) for why in ("none", "unknown"))
    rows = [row.cells for row in read_rows("leaders.csv") if row.cells["kind"] == office]
    held = {cells["code"] for cells in rows if not cells["end"]}
    assert len(MEMBERS) == 193
    assert none | unknown <= STATES
    assert not none & unknown
    assert none | unknown == STATES - held


def test_only_offices_are_listed_as_without_holder() -> None:
    assert {office for _, office in read_offices_without_holder()} <= set(OFFICES)


Terms = dict[tuple[str, str], list[dict[str, str]]]


@pytest.fixture(scope="module")
def terms() -> Terms:
    """Rows of the leaders by state and office."""
    terms: Terms = defaultdict(list)
    for row in read_rows("leaders.csv"):
        terms[(row.cells["code"], row.cells["kind"])].append(row.cells)
    return terms


def held_on(cells: dict[str, str], day: str) -> bool:
    return covers_day(cells["start"] or None, cells["end"] or None, day)


def count_shared_days(one: dict[str, str], other: dict[str, str]) -> int:
    """Count the days two terms surely share; a month or year counts for the reading that shares least."""

    def last_of(day: str) -> date:
        return date.fromisoformat((day + "-12-28"[len(day) - 4 :])[:10]) if day else date.min

    def first_of(day: str) -> date:
        return date.fromisoformat((day + "-01-01"[len(day) - 4 :])[:10]) if day else date.max

    first = max(last_of(cells["start"]) for cells in (one, other))
    return (min(first_of(cells["end"]) for cells in (one, other)) - first).days


@pytest.mark.parametrize(
    ("one", "other", "days"),
    [
        (("2020-01-01", "2020-03-01"), ("2020-02-01", ""), 29),
        (("2020", "2021"), ("2020-06", ""), 4),
        (("2020-05", "2021"), ("2021", ""), -361),
    ],
)
def test_partial_days_share_no_more_than_is_sure(one: tuple[str, str], other: tuple[str, str], days: int) -> None:
    assert count_shared_days(*({"start": start, "end": end} for start, end in (one, other))) == days


def test_terms_of_one_office_follow_one_another(terms: Terms) -> None:
    for office, rows in terms.items():
        if office[1] in OFFICES and office not in SHARED:
            for one, other in combinations(rows, 2):
                assert count_shared_days(one, other) <= LONGEST_DISPUTE_DAYS, (one, other)


def test_nobody_holds_one_office_twice_at_a_time(terms: Terms) -> None:
    for rows in terms.values():
        for one, other in combinations(rows, 2):
            if one["name"] == other["name"]:
                assert count_shared_days(one, other) <= 0, (one, other)


@pytest.mark.parametrize("state", NEWSWORTHY.split())
def test_leaders_of_states_in_the_news_are_known_since_1990(state: str, terms: Terms) -> None:
    rows = [cells for office in OFFICES[:2] for cells in terms.get((state, office), [])]
    years = range(BORN.get(state, 1990), 2026)
    missing = {year for year in years if not any(held_on(cells, f"{year}-01-02") for cells in rows)}
    assert missing == LEADERLESS.get(state, set())


@pytest.mark.parametrize(
    ("day", "state", "office", "name"),
    [
        ("1994-04-01", "RWA", "head_of_state", "Juvénal Habyarimana"),
        ("1999-06-09", "SRB", "head_of_state", "Slobodan Milošević"),
        ("2003-03-20", "USA", "defence_minister", "Donald Rumsfeld"),
        ("2008-08-08", "GEO", "head_of_state", "Mikheil Saakashvili"),
        ("2014-03-18", "UKR", "head_of_state", "Oleksandr Turchynov"),
        ("2015-07-14", "IRN", "foreign_minister", "Mohammad Javad Zarif"),
        ("2020-11-09", "ARM", "head_of_government", "Nikol Pashinyan"),
        ("2021-08-14", "AFG", "defence_minister", "Bismillah Khan Mohammadi"),
        ("2023-07-25", "NER", "head_of_state", "Mohamed Bazoum"),
        ("2024-12-07", "SYR", "head_of_government", "Mohammad Ghazi al-Jalali"),
    ],
)
def test_who_held_an_office_on_a_day(day: str, state: str, office: str, name: str, terms: Terms) -> None:
    assert [cells["name"] for cells in terms[(state, office)] if held_on(cells, day)] == [name]


def test_every_state_has_a_two_letter_code_of_its_own() -> None:
    table = open_actors(Settings())
    countries = {row.cells["code"] for row in read_rows("countries.csv") if row.cells["kind"] == "country"}
    assert countries <= set(table.alpha3.values())
    assert all(mappings.get(two, three) == three for two, three in table.alpha3.items())


def test_word_lists_hold_no_sector_twice_and_only_plain_words() -> None:
    words = open_words()
    assert set(words.sectors.values()) <= SECTORS
    for listed in [words.sectors, *words.lists.values()]:
        assert all(word == fold(word) for word in listed)


def test_a_file_of_the_users_own_comes_first(tmp_path: Path) -> None:
    own = tmp_path / "actors.csv"
    own.write_text("# mine\ncode,kind,name,aliases,start,end\nNorland Front,rebels,Norland Front,NLF|Borduria,2020,\n")
    table = open_actors(Settings(actors=own))
    assert table.index.get("NLF")[0].code == "Norland Front"
    assert table.index.get("Norland Front")[0].start == "2020"


def test_outlets_of_the_users_own_are_known(tmp_path: Path) -> None:
    own = tmp_path / "publishers.csv"
    own.write_text("name,kind\nHarbour Wire,news_outlet\n", encoding="utf-8")
    found = open_actors(Settings(publishers=own)).index.find(split_words("Harbour Wire"), 0)
    assert found is not None
    assert [(entry.code, entry.kind) for entry in found.entries] == [("Harbour Wire", "publisher")]


def test_a_state_of_the_users_own_has_a_code_of_two_letters_for_its_places(tmp_path: Path) -> None:
    own = tmp_path / "actors.csv"
    own.write_text("code,kind,name,alpha2\nXSU,country,Sudmark,XS\nXSU,people,Sudmarker,\n", encoding="utf-8")
    alpha3 = open_actors(Settings(actors=own)).alpha3
    assert (alpha3["XS"], alpha3["NO"]) == ("XSU", "NOR")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("code,kind\nX,rebels\n", "name are missing"),
        ("code,kind,name,colour\nX,rebels,Y,red\n", "colour are not known"),
        ("code,kind,name,start\nX,rebels,Y,soon\n", "line 2: start 'soon' is no day"),
        ("code,kind,name\nX,rebels,Y\nX,rebels,\n", "line 3: name must be filled"),
        ("code,kind,name\nX,rebels\n", "line 2: 2 cells"),
        ("code,kind,name,start,end\nX,rebels,Y,2020,2019-05\n", "line 2: the term ends"),
        ("", "missing"),
    ],
)
def test_a_wrong_file_is_refused_with_file_and_line(tmp_path: Path, text: str, says: str) -> None:
    own = tmp_path / "actors.csv"
    own.write_text(text)
    with pytest.raises(ConfigError, match=says) as caught:
        open_actors(Settings(actors=own))
    assert "actors.csv" in str(caught.value)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"gone\.csv"):
        open_actors(Settings(actors=tmp_path / "gone.csv"))


@given(st.text(max_size=80))
def test_words_are_slices_of_the_text(text: str) -> None:
    for word in split_words(text):
        assert 0 <= word.start < word.end <= len(text)
        assert text[word.start : word.end].startswith(word.text)


@given(
    st.lists(st.text(alphabet="ABab -'", min_size=1, max_size=8), max_size=6), st.text(alphabet="ABab -'", max_size=30)
)
def test_names_found_do_not_overlap_and_stand_in_order(names: list[str], text: str) -> None:
    index: NameIndex[str] = NameIndex()
    for name in names:
        index.add(name, name)
    found = index.find_all(split_words(text))
    assert all(one.last <= other.first for one, other in pairwise(found))


def test_capitals_tell_names_from_words() -> None:
    index: NameIndex[str] = NameIndex()
    for name in ("Turkey", "WHO", "al-Noor", "U.S."):
        index.add(name, name)

    def names(text: str) -> list[str]:
        return [found.entries[0] for found in index.find_all(split_words(text))]

    assert names("A turkey, said Turkey") == ["Turkey"]
    assert names("Who told WHO?") == ["WHO"]
    assert names("the Al-Noor camp, al Noor") == ["al-Noor", "al-Noor"]
    assert names("The US told us; the U.S. too") == ["U.S.", "U.S."]


@pytest.mark.parametrize(
    ("name", "code", "surnames"),
    [
        ("Emmanuel Macron", "FRA", ["Macron"]),
        ("Ursula von der Leyen", "EUU", ["von der Leyen"]),
        ("Xi Jinping", "CHN", ["Xi"]),
        ("Bashar al-Assad", "SYR", ["al-Assad", "Assad"]),
        ("Enrique Peña Nieto", "MEX", ["Nieto", "Peña Nieto"]),
        ("Ferdinand Marcos Jr.", "PHL", ["Marcos"]),
        ("Charles III", "GBR", []),
        ("Sugiono", "IDN", []),
    ],
)
def test_surnames(name: str, code: str, surnames: list[str]) -> None:
    assert find_surnames(name, code) == surnames


def test_partial_days_count_as_far_as_they_are_known() -> None:
    assert covers_day("2024", None, "2024-03-01")
    assert covers_day("2024-05", "2025", "2025-12-31")
    assert not covers_day("2024-05", None, "2024-04-30")
    assert not covers_day(None, "2023-06-30", "2023-07")
    assert covers_day("2024", "2025", None)


def test_names_are_found_whole_only() -> None:
    assert list(find_whole("Mali", "Mali, Malian Mali's SoMali Mali_")) == [(0, 4), (13, 17)]
    assert list(find_whole("aa", "aaa aa")) == [(4, 6)]
