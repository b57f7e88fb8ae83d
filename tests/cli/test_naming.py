"""Parties and countries are found by the names people give them, those of the user's own tables among them."""

import click
import pytest

from reportedly.cli.naming import Names
from reportedly.config import Settings


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> Names:
    """Names with an invented state, its people's front, and a second one without a code of two letters."""
    folder = tmp_path_factory.mktemp("tables")
    actors, places = folder / "actors.csv", folder / "places.csv"
    actors.write_text(
        "code,kind,name,aliases,country,alpha2\n"
        "XTV,country,Tavaria,Republic of Tavaria,,\n"
        "XOR,country,Orsenia,,,xo\n"
        "XTV/MIL,head_of_state,Ada Brine,,,\n"
        "Keldra People's Front,rebels,Keldra People's Front,KPF,XTV,\n",
        encoding="utf-8",
    )
    places.write_text(
        "name,aliases,kind,country,latitude,longitude,radius_km\n"
        "Tavaria,,country,XT,47.2,-28.6,120\nTemrin,,city,XT,47.7,-28.05,3\n",
        encoding="utf-8",
    )
    return Names(Settings(actors=actors, places=places))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("US", "USA"), ("uk", "GBR"), ("VE", "VEN"), ("UN", "UNO"), ("the United Nations", "UNO"), ("EU", "EUU"),
        ("hamas", "Hamas"), ("Tavaria", "XTV"), ("republic of tavaria/mil", "XTV/MIL"), ("xtv", "XTV"),
        ("keldra people's front", "Keldra People's Front"), ("kpf", "Keldra People's Front"), ("iran/gov", "IRN/GOV"),
        ("Chadian rebels", "Chadian rebels"), ("Ada Brine", "Ada Brine"), ("Pentagon", "Pentagon"),
    ],
)  # fmt: skip
def test_parties_are_found_by_everyday_names(names: Names, name: str, code: str) -> None:
    assert names.read_party(name, "--party") == code


def test_a_name_of_several_parties_is_refused_with_their_codes(names: Names) -> None:
    with pytest.raises(click.BadParameter, match="AUN or AUS"):
        names.read_party("AU", "--party")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("UK", "GBR"), ("us", "USA"), ("Venezuela", "VEN"), ("Tavaria", "XT"), ("republic of Tavaria", "XT"),
        ("XTV", "XT"), ("xt", "XT"), ("Orsenia", "XO"), ("XOR", "XO"),
    ],
)  # fmt: skip
def test_countries_are_found_by_names_and_codes_of_own_tables(names: Names, name: str, code: str) -> None:
    assert names.read_country(name, "--country") == code


@pytest.mark.parametrize(("name", "near"), [("Tavria", "Tavaria"), ("United Nations", "no country"), ("Hamas", "no")])
def test_what_is_no_country_is_refused_with_what_is_like_it(names: Names, name: str, near: str) -> None:
    with pytest.raises(click.BadParameter, match=near):
        names.read_country(name, "--country")
