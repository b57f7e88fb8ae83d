"""How filters name parties and countries: by their codes, or by names that the tables of actors and places know."""

from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING

import click

from reportedly.config import Settings

if TYPE_CHECKING:
    from reportedly.ground.actor_table import ActorTable
    from reportedly.ground.gazetteer import Area
    from reportedly.write.countries import Countries

_STATE = "country"
_KINDS = frozenset(
    "country un eu alliance body court coalition rebels militants separatist paramilitary cartel party movement".split()
)
"""Kinds of rows whose names stand for the whole of their code: no leader, office or capital is all of a government."""


class Names:
    """Reads names of parties and countries; a table is opened once, and only where a name asks for it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def read_party(self, value: str, option: str) -> str:
        """Return the code of a state, body or group, with the sector behind its slash: "Iran/mil" is ``IRN/MIL``.

        What no table knows stays as it is, a code in capitals: words of reports are codes, too ("Chadian rebels").

        Raises:
            click.BadParameter: the name stands for several.
            ConfigError: a table of the user's own cannot be read.
        """
        name, slash, sector = value.partition("/")
        country = self._countries.by_code.get(name.upper()) or (self._countries.find(name) if len(name) > 3 else None)
        if country is not None:
            return f"{country.code}{slash}{sector.upper()}"
        short = self._countries.by_alpha2.get(name.upper())
        codes = sorted({*self._find_codes(name), *([short.code] if short else [])})
        if len(codes) > 1:
            raise click.BadParameter(f"{name!r} can be {' or '.join(codes)}: write which", param_hint=option)
        if codes:
            return f"{codes[0]}{slash}{sector.upper()}"
        code = len(name) == 3 and name.isascii() and name.isalpha() and (slash or name.isupper() or name.islower())
        return value.upper() if code else value

    def read_country(self, value: str, option: str) -> str:
        """Return the code of a country: of three letters, of one of the user's own the two that places have.

        Raises:
            click.BadParameter: there is no such country; the message says which have names like it.
            ConfigError: a table of the user's own cannot be read.
        """
        country = self._countries.find(value)
        if country is not None:
            return country.code
        codes = {value.upper(), *self._find_codes(value, frozenset({_STATE}))}
        known = sorted(codes & self._countries.by_code.keys())
        own = known or self._find_own(value, codes)
        if own:
            return own[0]
        names = {item.name.casefold(): item.name for item in self._countries.by_code.values()}
        names.update((area.name.casefold(), area.name) for area in self._areas if area.kind == _STATE)
        near = get_close_matches(value.casefold(), list(names), n=3)
        meant = f"; did you mean {', '.join(names[name] for name in near)}?" if near else ""
        message = f"{value!r} is no country: write VE, VEN or Venezuela{meant}"
        raise click.BadParameter(message, param_hint=option)

    def _find_codes(self, name: str, kinds: frozenset[str] = _KINDS) -> set[str]:
        """Return the codes that the table of actors has for a name; case, and "the" before it, do not matter."""
        other = name[4:] if name.casefold().startswith("the ") else f"the {name}"
        found = [{row.code for row in self._actors.index.get(words) if row.kind in kinds} for words in (name, other)]
        return found[0] or found[1]

    def _find_own(self, value: str, codes: set[str]) -> list[str]:
        """Return the two letters that the user's own tables have for a state, by its code or by one of its names."""
        from reportedly.write.countries import fold

        letters = {short for short, code in self._actors.alpha3.items() if code in codes}
        rows = (row for _, rows in self._actors.index.names() for row in rows if row.kind == _STATE)
        names = {fold(value), *(fold(row.name) for row in rows if row.code in codes)}
        for area in self._areas:
            if area.country is None:
                continue
            named = area.kind == _STATE and not names.isdisjoint(map(fold, (area.name, *area.aliases)))
            if named or area.country in codes:
                letters.add(area.country)
        return sorted(letters)

    @cached_property
    def _countries(self) -> "Countries":
        from reportedly.write.countries import open_countries

        return open_countries()

    @cached_property
    def _actors(self) -> "ActorTable":
        from reportedly.ground.actor_table import open_actors

        return open_actors(self._settings)

    @cached_property
    def _areas(self) -> "list[Area]":
        from reportedly.ground.gazetteer import read_areas

        return read_areas(self._settings.places) if self._settings.places is not None else []
