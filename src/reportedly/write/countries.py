"""States and territories by their codes and names, for formats that ask for other codes than ours."""

import csv
import unicodedata
from collections.abc import Mapping
from importlib.resources import files

import msgspec


class Country(msgspec.Struct, frozen=True):
    """One state or territory.

    Attributes:
        code: ISO 3166-1 alpha-3; ``XKX`` for Kosovo.
        alpha2: ISO 3166-1 alpha-2.
        numeric: ISO 3166-1 numeric, three digits; empty for Kosovo.
        fips: FIPS 10-4, as GDELT uses it; empty where there is none.
        name: Usual English name.
        region: Region as ACLED names it.
        world: Region as UCDP names it; empty for Antarctica.
        cameo: Code of CAMEO, as GDELT uses it, where it is not the alpha-3 code; else empty.
    """

    code: str
    alpha2: str
    numeric: str
    fips: str
    name: str
    region: str
    world: str
    cameo: str = ""


class Countries(msgspec.Struct, frozen=True):
    """The table, by alpha-3, by alpha-2 and by folded name."""

    by_code: Mapping[str, Country]
    by_alpha2: Mapping[str, Country]
    by_name: Mapping[str, Country]

    def find(self, words: str | None) -> Country | None:
        """Return the country of a code (alpha-2 or alpha-3) or of its usual name, whatever the case; else None."""
        if not words:
            return None
        code = words.upper()
        return self.by_code.get(code) or self.by_alpha2.get(code) or self.by_name.get(fold(words))


def open_countries() -> Countries:
    """Read the table that ships with the package."""
    text = files("reportedly.write").joinpath("data/countries.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    countries = [Country(**row) for row in rows]
    return Countries(
        {country.code: country for country in countries},
        {country.alpha2: country for country in countries},
        {fold(country.name): country for country in countries},
    )


def fold(words: str) -> str:
    """Return words without case, accents and the article in front, for comparing names."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", words) if not unicodedata.combining(char))
    return " ".join(plain.casefold().split()).removeprefix("the ")
