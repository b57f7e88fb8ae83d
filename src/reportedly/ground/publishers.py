"""Outlets and agencies: name or address to publisher, its country, kind and family."""

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from reportedly.config import Settings
from reportedly.errors import ConfigError
from reportedly.ground.names import NameIndex, covers_day, read_table, split_cell, split_words
from reportedly.records.grounding import SourceKind

NEEDED = ("name", "kind")
ALLOWED = ("aliases", "domains", "country", "family", "start", "end")
KINDS = {
    "news_outlet": SourceKind.NEWS_OUTLET,
    "state_media": SourceKind.STATE_MEDIA,
    "group_media": SourceKind.ARMED_GROUP,
    "international_media": SourceKind.INTERNATIONAL_BODY,
}


class Publisher(NamedTuple):
    """One row of ``publishers.csv``.

    Attributes:
        name: Usual English name.
        kind: ``news_outlet``, ``state_media``, ``group_media`` (of an armed group), ``international_media``.
        country: ISO 3166 alpha-3 of its home; None where it has none.
        family: Owner or group; outlets of one family count as one in corroboration.
        domains: Hosts it publishes at.
        start: First day the row holds; None is open.
        end: Last day it holds; None is open.
    """

    name: str
    kind: str
    country: str | None
    family: str
    domains: tuple[str, ...] = ()
    start: str | None = None
    end: str | None = None

    @property
    def source_kind(self) -> SourceKind:
        """What kind of source it is when it is cited."""
        return KINDS[self.kind]


class PublisherTable:
    """Publishers by name and by host."""

    def __init__(self, index: NameIndex[Publisher], hosts: dict[str, list[Publisher]]) -> None:
        self.index = index
        self.hosts = hosts

    def find_publisher(self, text_or_domain: str, day: str | None = None) -> Publisher | None:
        """Return the publisher of a name ("the Associated Press"), host or address; None where it is not known.

        Args:
            text_or_domain: Name with or without "the", host (``www.bbc.co.uk``) or URL; subdomains count for hosts.
            day: Day on which it is asked for, where owners changed; None takes any.
        """
        text = text_or_domain.strip()
        host = _find_host(text)
        while "." in host:
            if (found := self.hosts.get(host)) is not None:
                return choose_holding(found, day)
            host = host.partition(".")[2]
        words = split_words(text)
        for skipped in (0, 1):
            if len(words) > skipped and (not skipped or words[0].key == "the"):
                name = self.index.find(words, skipped)
                if name is not None and name.last == len(words):
                    return choose_holding(name.entries, day)
        return None


def choose_holding(entries: Sequence[Publisher], day: str | None) -> Publisher:
    """Return the first row that holds on a day, or the first of all."""
    return next((entry for entry in entries if covers_day(entry.start, entry.end, day)), entries[0])


def _find_host(text: str) -> str:
    """Return the host of an address or the start of a text that may be one; empty where the address is broken."""
    if "//" not in text:
        return text.partition("/")[0].lower()
    try:
        return urlsplit(text).hostname or ""
    except ValueError:
        return ""


def open_publishers(settings: Settings) -> PublisherTable:
    """Read the publishers that ship and the user's own, which come first.

    Raises:
        ConfigError: the user's file cannot be read or a line of it is wrong; the message names file and line.
    """
    index: NameIndex[Publisher] = NameIndex()
    hosts: dict[str, list[Publisher]] = {}
    for where in ([settings.publishers] if settings.publishers is not None else []) + ["publishers.csv"]:
        for row in read_table(where, NEEDED, ALLOWED):
            cells = row.cells
            if cells["kind"] not in KINDS:
                raise ConfigError(
                    f"{where}, line {row.line}: kind {cells['kind']!r} is not known; one of {', '.join(KINDS)}"
                )
            domains = tuple(split_cell(cells.get("domains")))
            publisher = Publisher(
                cells["name"],
                cells["kind"],
                cells.get("country") or None,
                cells.get("family") or cells["name"],
                domains,
                cells.get("start") or None,
                cells.get("end") or None,
            )
            for name in (publisher.name, *split_cell(cells.get("aliases"))):
                index.add(name, publisher)
            for host in domains:
                hosts.setdefault(host.lower(), []).append(publisher)
    return PublisherTable(index, hosts)
