"""The words by which a report takes back, or puts right, what was reported before."""

import re
import tomllib
from importlib.resources import files

import msgspec


class RetractionWords(msgspec.Struct, frozen=True):
    """The patterns of ``retractions.toml``."""

    earlier: re.Pattern[str]
    notices: re.Pattern[str]
    withdrawn: re.Pattern[str]
    retract: re.Pattern[str]
    passive: re.Pattern[str]
    self: re.Pattern[str]
    plain: frozenset[str]


def open_retractions() -> RetractionWords:
    """Read the words that ship with the package and compile their patterns."""
    table = tomllib.loads(files("reportedly.link").joinpath("data", "retractions.toml").read_text(encoding="utf-8"))
    texts = "|".join(table["texts"].split())
    passive = "|".join(table["passive"].split())
    return RetractionWords(
        earlier=re.compile(
            rf"\b(?:{table['earlier']})s? (?:of|said|stated|misstated|gave|incorrectly|wrongly)\b"
            rf"|\b(?:{table['own']})\b[^.!?]{{0,160}}\b(?:{table['faults']})\b",
            re.I,
        ),
        notices=re.compile(rf"^\W*(?:{table['notices']})\b\s*(?:[:–—-]|\()", re.I),
        withdrawn=re.compile(rf"^\W*(?:{table['withdrawn']})\b\s*(?:[:–—-]|\()", re.I),
        retract=re.compile(rf"\b(?:{table['retract']})\b(?:\W+[\w’'-]+){{0,4}}?\W+(?:{texts})\b", re.I),
        passive=re.compile(
            rf"\b(?:{texts})\b(?:\W+[\w’'-]+){{0,20}}?\W+(?:has been|have been|was|were|is) (?:{passive})\b", re.I
        ),
        self=re.compile(rf"\b(?:{table['self']})\b", re.I),
        plain=frozenset(table["plain"].split()),
    )


def tells_of_notice(sentence: str, words: RetractionWords) -> bool:
    """Say whether a sentence tells what was taken back or put right: what it repeats is claimed by nobody any more."""
    return any(pattern.search(sentence) for pattern in (words.earlier, words.retract, words.passive))
