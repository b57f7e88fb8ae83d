"""The word lists by which a sentence shows what a brief says of it."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any

import msgspec

from reportedly.records.claim import Status

Pattern = re.Pattern[str]
_LINKING = r"for|to|in|kind|into|of|against|over|on|after|the|an?|its|his|her|their|\w+['’]s|[A-Z]\w+"
"""Words between a noun that looks back and what it looks back on."""


class StatusMarks(msgspec.Struct, frozen=True):
    """What has to stand in a sentence, and what must not, that a status may be told of it."""

    needs: Pattern | None
    bars: Pattern | None
    anywhere: Pattern | None
    wide: bool


class PlainMarks(msgspec.Struct, frozen=True):
    """Words by which a sentence is left out, whatever it shows.

    Attributes:
        opens: How a sentence opens that begins with somebody or something told of before.
        persons: Who speaks and who is spoken to, where no reporter does.
        distance: Words that hold what is told at arm's length.
        speaking: Words of saying, thinking and judging, wherever they stand.
        denied: Words of denying.
        nobody: Words for a source that name nobody, nor say what they are.
        announced: Before a noun for what somebody speaks of, and which has not happened yet.
        bars: By status, what its sentence must not hold anywhere.
        calls: How the word begins that is told as calling for something.
        promises: How the word begins that is told as agreeing or promising.
        spurned: Words beside an offer or promise that stands no longer.
    """

    opens: Pattern
    persons: Pattern
    distance: Pattern
    speaking: Pattern
    denied: Pattern
    announced: Pattern
    nobody: Pattern
    bars: Mapping[Status, Pattern]
    calls: Pattern
    promises: Pattern
    spurned: Pattern


class Marks(msgspec.Struct, frozen=True):
    """The word lists of ``marks.toml``.

    Attributes:
        statuses: By status; one that is not there is never told.
        says: Words of saying, behind a source.
        leads: Words that lead to a source.
        opens: Words that a clause may open with before its source.
        unnamed: Words for people without a name.
        common: Words that do not count where sentences are compared.
        ahead: Words for what is yet to come.
        pointing: How a sentence opens whose subject stands outside it.
        planned: What stands right before a trigger that is planned.
        past: What stands right before a noun for what has happened already.
        figures: By key, what has to stand beside a number.
        undone: By key, what says that a figure holds no longer.
        about: Before a number that is not exact.
        more: Before a lower bound.
        less: Before an upper bound.
        speaking: Words of saying, wherever they stand.
        distance: Words that hold what is told at arm's length.
        author: How somebody denies to have done something, and not that it was done.
        refusal: Words for a refusal.
        future: Words that put what stands behind them ahead.
        small: Words that begin a source with a capital only where it begins its sentence.
        theirs: How a source begins of which its sentence does not say whose it is.
        plain: Words by which a sentence is left out.
    """

    statuses: Mapping[Status, StatusMarks]
    says: Pattern
    leads: Pattern
    opens: Pattern
    unnamed: Pattern
    common: frozenset[str]
    ahead: Pattern
    pointing: Pattern
    planned: Pattern
    past: Pattern
    figures: Mapping[str, Pattern]
    undone: Mapping[str, Pattern]
    about: Pattern
    more: Pattern
    less: Pattern
    speaking: Pattern
    distance: Pattern
    author: Pattern
    refusal: Pattern
    future: Pattern
    small: frozenset[str]
    theirs: Pattern
    plain: PlainMarks


def open_marks() -> Marks:
    """Read the word lists that ship with this package."""
    table = tomllib.loads((files("reportedly.watch") / "data" / "marks.toml").read_text(encoding="utf-8"))
    groups, voice, hedged, plain = table["groups"], table["voice"], table["hedged"], table["plain"]
    return Marks(
        statuses={Status(name): _read_status(row, groups) for name, row in table["status"].items()},
        says=_compile([*voice["says"], *voice["acts"]]),
        leads=re.compile(rf"\b(?:{'|'.join(voice['leads'])})\s*$", re.I),
        opens=re.compile(rf"(?:^|[,;:—–\"“”'’(.]|\b(?:{'|'.join(voice['opens'])}))\s*$", re.I),
        unnamed=_compile(voice["unnamed"]),
        past=re.compile(rf"\b(?:{'|'.join(table['past']['leads'])})(?: (?:{_LINKING}))+\s*$"),
        common=frozenset(table["common"]["words"]),
        ahead=_compile([*groups["plan"], *groups["hope"]]),
        pointing=re.compile(rf"\W*(?:{'|'.join(table['pointing']['opens'])})\b", re.I),
        planned=re.compile(rf"\b(?:{'|'.join([*table['planned']['verb'], *table['planned']['noun']])})\s*$", re.I),
        figures={key: _compile(words) for key, words in table["figures"].items()},
        undone={key: _compile(words) for key, words in table["undone"].items()},
        about=_compile(hedged["about"]),
        more=_compile(hedged["more"]),
        less=_compile(hedged["less"]),
        speaking=_compile([*voice["says"], *voice["cites"]]),
        distance=_compile(voice["distance"]),
        author=_compile(
            [rf"(?:{'|'.join(groups['deny'])})(?: [\w-]+){{0,2}}? (?:{'|'.join(table['author']['words'])})"]
        ),
        refusal=_compile(table["refusal"]["words"]),
        future=_compile(table["future"]["words"]),
        small=frozenset(voice["small"]),
        theirs=re.compile(rf"(?:{'|'.join(voice['theirs'])})\b", re.I),
        plain=PlainMarks(
            opens=re.compile(rf"\W*(?:{'|'.join(plain['opens'])})\b", re.I),
            persons=_compile(plain["persons"]),
            distance=_compile([*voice["distance"], *plain["distance"]]),
            speaking=_compile([*voice["says"], *voice["cites"], *plain["speaking"]]),
            denied=_compile(groups["denial"]),
            announced=re.compile(rf"\b(?:{'|'.join(plain['announced'])})(?: [\w'’-]+){{0,2}} ?$", re.I),
            nobody=_compile(plain["nobody"]),
            bars={Status(name): _compile(words) for name, words in plain["bars"].items()},
            calls=_start(plain["calls"]),
            promises=_start(plain["promises"]),
            spurned=_compile(plain["spurned"]),
        ),
    )


def _read_status(row: Mapping[str, Any], groups: Mapping[str, list[str]]) -> StatusMarks:
    needs = [word for name in row.get("needs", ()) for word in groups[name]] + list(row.get("words", ()))
    bars, anywhere = ([word for name in row.get(part, ()) for word in groups[name]] for part in ("bars", "anywhere"))
    needed, barred, banned = (_compile(words) if words else None for words in (needs, bars, anywhere))
    return StatusMarks(needed, barred, banned, bool(row.get("wide")))


def _start(words: Iterable[str]) -> Pattern:
    return re.compile("|".join(words), re.I)


def _compile(words: Iterable[str]) -> Pattern:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(words)})(?![\w-])", re.I)
