"""The index of places: names as filed, files of the user's own, and what every country must have."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.config import Settings
from reportedly.errors import ConfigError
from reportedly.ground.gazetteer import (
    ADJECTIVE,
    KEPT,
    Gazetteer,
    _is_whole,
    normalise,
    open_gazetteer,
    read_areas,
    read_table,
)
from reportedly.ground.places import distance_km

MIN_RADIUS_KM = {"country": 3.0, "admin1": 25.0, "admin2": 8.0, "city": 1.0, "capital": 2.0}
"""A point is never given: the smallest circle of each kind of place."""

HEADER = "name,aliases,adjectives,kind,country,latitude,longitude,radius_km\n"


@pytest.mark.parametrize(
    ("written", "filed"),
    [
        ("St. Louis", "saint louis"),
        ("U.S.", "us"),
        ("the Bahamas", "bahamas"),
        ("São Paulo", "sao paulo"),
        ("Deir ez-Zor", "deir ez zor"),
        ("Trinidad & Tobago", "trinidad and tobago"),
        ("Ma’rib", "marib"),
        ("—", ""),
    ],
)
def test_names_are_filed_without_accents_and_points(written: str, filed: str) -> None:
    assert normalise(written) == filed


@given(st.text(max_size=40))
def test_a_filed_name_is_filed_as_itself(text: str) -> None:
    once = normalise(text)
    assert once == once.strip()
    assert "  " not in once
    if not once.startswith(("the ", "st ", "ste ", "ft ", "mt ")):
        assert normalise(normalise(once)) == normalise(once)


def test_shipped_areas_are_many_and_distinct() -> None:
    areas = read_areas()
    assert len(areas) >= 200
    names = [normalise(area.name) for area in areas]
    assert len(set(names)) == len(names)
    assert {"gaza strip", "strait of hormuz", "donbas", "caribbean sea", "darfur"} <= set(names)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name,latitude,longitude\nQorvo,1,2\n", "line 1: column 'radius_km' is missing"),
        ("name,latitude,longitude,radius_km,colour\nQorvo,1,2,3,red\n", "line 1: column 'colour' is unknown"),
        (HEADER + "Qorvo,,,city,,91,2,3\n", "line 2, column 'latitude': '91' is no number"),
        ("# mine\n" + HEADER + "Qorvo,,,city,,1,east,3\n", "line 3, column 'longitude': 'east' is no number"),
        (HEADER + "Qorvo,,,city,,1,2,0\n", "line 2, column 'radius_km'"),
        (HEADER + "Qorvo,,,city,XYZ,1,2,3\n", "line 2, column 'country': 'XYZ'"),
        (HEADER + "Qorvo,,,city,,1,2\n", "line 2: 7 columns, expected 8"),
        (HEADER + " ,,,city,,1,2,3\n", "line 2, column 'name': a name is missing"),
        ("", "line 1: column 'name' is missing"),
    ],
)
def test_a_bad_file_names_line_and_column(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "places.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=message) as caught:
        read_areas(path)
    assert str(path) in str(caught.value)


def test_a_file_that_is_not_there_or_no_text(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        read_areas(tmp_path / "none.csv")
    (tmp_path / "binary.csv").write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(ConfigError, match="UTF-8"):
        read_areas(tmp_path / "binary.csv")


def test_a_bad_file_stops_opening_before_anything_is_built(tmp_path: Path) -> None:
    (tmp_path / "places.csv").write_text("name\nQorvo\n", encoding="utf-8")
    settings = Settings(cache_dir=tmp_path / "cache", places=tmp_path / "places.csv")
    with pytest.raises(ConfigError, match="'latitude' is missing"):
        open_gazetteer(settings)
    assert not (tmp_path / "cache").exists()


@pytest.mark.slow
def test_adjectives_name_the_country(gazetteer: Gazetteer) -> None:
    known = gazetteer.find_name("Venezuelan")
    assert known is not None
    assert known.adjective
    assert known.name == "Venezuela"
    assert [(place.country, how) for place, how in gazetteer.find_places("Venezuelan")] == [("VE", ADJECTIVE)]
    assert gazetteer.find_name("Qwxyzzan") is None
    assert gazetteer.find_places("Qwxyzzan") == ()


@pytest.mark.slow
def test_parts_of_a_country_have_places_of_their_own(gazetteer: Gazetteer) -> None:
    names = {"Gaza": "PS", "Crimea": "UA", "Scotland": "GB", "Zulia": "VE", "Laurel County": "US"}
    for name, country in names.items():
        first = gazetteer.find_places(name)[0][0]
        assert first.country == country, name
        assert first.kind not in ("country", "city"), name


@pytest.mark.slow
def test_every_country_lies_where_its_capital_does(gazetteer: Gazetteer) -> None:
    seen = 0
    for row in read_table("countries.csv"):
        if row["kind"] != "country":
            continue
        countries = [place for place, _ in gazetteer.find_places(row["name"]) if place.kind == "country"]
        if not countries:
            continue
        country = countries[0]
        seen += 1
        assert country.radius_km >= 3
        capitals = [
            place
            for other in read_table("countries.csv")
            if other["code"] == row["code"] and other["kind"] == "capital"
            for place, _ in gazetteer.find_places(other["name"])
            if place.country == country.country and place.kind == "capital"
        ]
        for capital in capitals[:1]:
            assert distance_km(country, capital) < 1100 + 2 * country.radius_km, row["name"]
    assert seen > 190


@pytest.mark.slow
def test_places_of_the_users_own_win(tmp_path: Path) -> None:
    path = tmp_path / "places.csv"
    path.write_text(
        "name,aliases,kind,country,latitude,longitude,radius_km\n"
        "Qorvo Ridge,the Ridge|Qorvo,region,VE,9.5,-72.5,20\n"
        "Paris,,camp,VE,9,-72,2\n",
        encoding="utf-8",
    )
    settings = Settings(cache_dir=tmp_path / "cache", places=path)
    gazetteer = open_gazetteer(settings)
    known = gazetteer.find_name("Qorvo")
    assert known is not None
    assert known.given
    assert gazetteer.find_places("Qorvo Ridge")[0][0].id == "area:qorvo-ridge"
    assert gazetteer.find_places("Paris")[0][0].kind == "camp"
    gazetteer.close()
    assert len(list((tmp_path / "cache").iterdir())) == 1
    open_gazetteer(settings).close()


@pytest.mark.slow
def test_a_damaged_index_is_built_anew_and_old_ones_go(tmp_path: Path, gazetteer: Gazetteer) -> None:
    whole = max(Settings().cache_dir.glob("gazetteer-*.sqlite"), key=lambda path: path.stat().st_size)
    for path in Settings().cache_dir.glob("gazetteer-*.sqlite"):
        (tmp_path / path.name).write_bytes(whole.read_bytes()[:1_000_000])
    for number in range(4):
        (tmp_path / f"gazetteer-{number}.sqlite").write_bytes(b"of another version")
    again = open_gazetteer(Settings(cache_dir=tmp_path))
    assert again.find_places("Venezuela") == gazetteer.find_places("Venezuela")
    again.close()
    assert len(list(tmp_path.iterdir())) == KEPT


@pytest.mark.parametrize("content", [b"", b"this is no index", b"SQLite format 3\x00" + bytes(84)])
def test_what_is_no_index_is_known_as_such(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "gazetteer-0.sqlite"
    path.write_bytes(content)
    assert not _is_whole(path)
    assert not _is_whole(tmp_path / "none.sqlite")


@pytest.mark.slow
def test_threads_may_share_an_open_index(gazetteer: Gazetteer) -> None:
    fresh = open_gazetteer(Settings())
    names = [row["name"] for row in read_table("countries.csv") if row["kind"] == "country"]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(fresh.find_places, names))
    assert found == [gazetteer.find_places(name) for name in names]
    fresh.close()


@pytest.mark.slow
@given(key=st.integers(min_value=0))
def test_every_place_is_an_area_no_finer_than_it_is(gazetteer: Gazetteer, key: int) -> None:
    total = gazetteer._fetch("SELECT count(*) FROM place WHERE number >= ?", 0)
    assert total is not None
    place = gazetteer._read_place(key % int(total[0]))
    assert -90 <= place.latitude <= 90
    assert -180 <= place.longitude <= 180
    assert place.radius_km >= MIN_RADIUS_KM.get(place.kind, 0.5)
