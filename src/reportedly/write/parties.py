"""Who the codes of parties name, for formats that write them in other ways."""

import tomllib
from collections.abc import Mapping, Sequence
from importlib.resources import files

import msgspec

from reportedly.ground.names import read_table
from reportedly.records.claim import Status
from reportedly.write.countries import Countries, Country, open_countries
from reportedly.write.gather import HAPPENED, OF_USERS, Told, name_parties

_GROUPS = "armed_groups.csv"
_NEEDED, _ALLOWED = ("code", "kind", "name"), ("aliases", "country", "start", "end")


class Party(msgspec.Struct, frozen=True):
    """A party of an event.

    Attributes:
        code: Our code (``VEN/MIL``, ``UNO``, ``Hamas``); None for words that name no one ("gunmen").
        name: Display name: "Military Forces of Venezuela".
        country: Its state; of a group, its home.
        sector: ``MIL``, ``GOV`` …; empty where none is known, or for groups and bodies.
        kind: ``state``, ``group``, ``body`` or ``words``.
        group: Kind of group in our table of armed groups (``rebels``); empty for others.
    """

    code: str | None
    name: str
    country: Country | None
    sector: str
    kind: str
    group: str = ""


class Parties(msgspec.Struct, frozen=True):
    """The tables that codes are read with; see ``open_parties``."""

    countries: Countries
    bodies: Mapping[str, Sequence[str]]
    sectors: Mapping[str, Sequence[str]]
    groups: Mapping[str, tuple[str, str]]
    group_kinds: Mapping[str, Sequence[str]]

    def read(
        self,
        party: str,
        codes: frozenset[str],
        names: Mapping[str, str] | None = None,
        kinds: Mapping[str, str] | None = None,
    ) -> Party:
        """Read one party of an event.

        Args:
            party: A code, or words.
            codes: Which of them are codes.
            names: Names of states that the table does not know (codes left to users), by code.
            kinds: Kinds of groups that the table does not know, by code.
        """
        if party not in codes:
            return Party(None, party, None, "", "words")
        state, _, sector = party.partition("/")
        country = self.countries.by_code.get(state)
        if country is None and OF_USERS.fullmatch(state):
            country = Country(state, "", "", "", (names or {}).get(state, state), "", "")
        if country is not None:
            pattern = self.sectors.get(sector, ("{}",))[0]
            return Party(party, pattern.format(country.name), country, sector, "state")
        if party in self.bodies:
            return Party(party, self.bodies[party][2], None, "", "body")
        if party in self.groups:
            kind, home = self.groups[party]
            return Party(party, party, self.countries.by_code.get(home), "", "group", kind)
        if kinds and party in kinds:
            return Party(party, party, None, "", "group", kinds[party])
        return Party(party, party, None, sector, "body")

    def read_sides(self, told: Told) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
        """Return the two sides of an event: who acts, and who is acted on.

        Of a mutual act (several who act, nobody who is acted on) the first is one side, the others are the other.
        """
        actors = self._read(told.event.actors, told)
        recipients = self._read(told.event.recipients, told)
        return (actors[:1], actors[1:]) if len(actors) > 1 and not recipients else (actors, recipients)

    def _read(self, parties: Sequence[str], told: Told) -> tuple[Party, ...]:
        """Read the parties of one side: a state alone says nothing beside its army, government or people."""
        codes = told.codes
        read = [self.read(party, codes, told.states, told.groups) for party in name_parties(parties, codes)]
        named = {party.country.code for party in read if party.country and party.sector}
        return tuple(
            party for party in read if party.sector or party.country is None or party.country.code not in named
        )


def open_parties() -> Parties:
    """Read the tables that ship with the package."""
    table = tomllib.loads(files("reportedly.write").joinpath("data/parties.toml").read_text(encoding="utf-8"))
    groups = {
        row.cells["code"]: (row.cells["kind"], row.cells.get("country", ""))
        for row in read_table(_GROUPS, _NEEDED, _ALLOWED)
    }
    return Parties(open_countries(), table["bodies"], table["sectors"], groups, table["groups"])


def pick_status(told: Told, *, happened: bool) -> Status:
    """Return the status that a row of an event stands for.

    Args:
        told: The event.
        happened: True for formats of events that took place: then the first of its statuses that says so, if any.
    """
    from_told = [status for status in told.event.statuses if not happened or status in HAPPENED]
    statuses = from_told or list(told.event.statuses)
    return statuses[0] if statuses else told.best.claim.status.value
