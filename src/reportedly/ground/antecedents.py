"""Phrases without a name: "the government", "police", "12 people", "the group", "both countries".

They lead back to what the report names: to a group, a pair of states or an outlet named before them, to the place in
their own sentence, or to the state that the report is mostly about.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from reportedly.ground.actor_table import ARMED, LAND, ActorTable, Entry, Mention
from reportedly.ground.groups import names_unknown
from reportedly.ground.names import Word, split_words
from reportedly.records.document import Document
from reportedly.records.grounding import ActorCandidate

_SENTENCE = re.compile(r"(?<=[\w)\"”’])(?<![A-Z])[.!?][\"”’]?\s+(?=[\"“A-Z0-9])|\n")
_GROUPS = ARMED | {"party", "movement", "opposition", "ngo", "de_facto_government"}
_DETERMINERS = frozenset({"the", "a", "an", "its", "his", "her", "their", "at", "least"})
_POSSESSIVES = frozenset({"its", "their"})
_INSTITUTIONS = frozenset({"GOV", "JUD", "LEG"})


class Home(NamedTuple):
    """The state that a report, or a mention in it, is mostly about.

    Attributes:
        country: ISO 3166 alpha-3.
        share: Its part of all words of the report that name states, from 0 to 1.
    """

    country: str
    share: float


class Scene(NamedTuple):
    """Where an event is told to have happened, and who acts in the report.

    Attributes:
        places: ISO 3166 alpha-3 of the states in which the event is.
        dateline: That of the dateline.
        sides: How many parties of acts of force, or where there are none of acts of politics, each state is by name;
            ``""`` counts parties by the names of states that nobody knows.
        helpers: States that meet, mediate, promise or help.
    """

    places: frozenset[str] = frozenset()
    dateline: str | None = None
    sides: tuple[tuple[str, int], ...] = ()
    helpers: frozenset[str] = frozenset()

    def shows(self, country: str) -> bool:
        """Say whether a state is where the event is, or a side in the report, and no less than those unknown."""
        if country in self.places or country == self.dateline:
            return True
        sides = dict(self.sides)
        return sides.get(country, 0) > sides.get("", 0)

    def allows(self, country: str, sector: str) -> bool:
        """Say whether an institution of a state may be meant: the scene shows it, or no other side and no mere helper.

        Soldiers, rebels, police and people are asked for more, since to take one state's for another's accuses it.
        """
        bystander = not self.sides and country not in self.helpers and sector in _INSTITUTIONS
        return bystander or self.shows(country)


def find_home(document: Document, table: ActorTable, at: int | None = None) -> Home | None:
    """Return the state that a document is mostly about.

    Args:
        document: The document.
        table: Who is who.
        at: Offset of the mention that is to be understood by it: of states named about as often, the one named last
            before it is taken, in its own sentence if there is one.

    Returns:
        The state named at least half as often again as the next; None where there is none, or none is named.
    """
    counts = table.count_countries(document)
    total = sum(counts.values())
    if not total:
        return None
    ranked = sorted(counts.items(), key=lambda item: -item[1])
    first, most = ranked[0]
    second = ranked[1][1] if len(ranked) > 1 else 0
    if most >= 1.5 * second:
        return Home(first, most / total)
    if at is None:
        return None
    close = {country for country, count in ranked if 1.5 * count > most}
    named = [mention for mention in table.find_mentions(document) if mention.entry.country in close]
    before = [mention for mention in named if mention.start < at] or named
    country = before[-1].entry.country if before else None
    return Home(country, counts[country] / total) if country is not None else None


def choose_home(document: Document, table: ActorTable, at: int | None, sector: str, scene: Scene | None) -> Home | None:
    """Return the state that "the army" is of: the one that the report is mostly about, if the scene shows it.

    A mediator, a donor or the seat of a court may be named most and still have no part in the event; then the state
    where the event is is taken. The only side that is named is not: it may as well be the other one's.

    Returns:
        None where the scene shows none, or several.
    """
    home = find_home(document, table, at)
    if scene is None or (home is not None and scene.allows(home.country, sector)):
        return home
    return Home(next(iter(scene.places)), 0.5) if len(scene.places) == 1 else None


def read_bare(
    words: Sequence[Word], document: Document, table: ActorTable, at: int | None, scene: Scene | None = None
) -> list[ActorCandidate]:
    """Read a phrase without a name.

    Args:
        words: The phrase up to its first preposition.
        document: Where it stands.
        table: Who is who.
        at: Its offset, where that is known.
        scene: What is known of the event; None where nothing is asked of the state that the report is mostly about.

    Returns:
        One candidate an actor, in the order of the document; empty where the phrase leads nowhere, as "gunmen" and
        "migrants" do, who may be anybody's.
    """
    lists = table.words.lists
    heads = [word.key for word in words if word.key not in _DETERMINERS]
    if not heads or any(key in lists["nobody"] for key in heads):
        return []
    led = _lead_back(words, heads, document, table, at)
    if led:
        return [ActorCandidate(entry.code, 0.45, "rule:antecedent", entry.name) for entry in led]
    if heads[-1] in lists["abroad"] or heads[-1] in lists["unknown"] or any(key in lists["against"] for key in heads):
        return []
    sector = _sector_of(heads, table)
    if sector is None:
        return []
    if "foreign" in heads and not any(key in lists["diplomatic"] for key in heads):
        return []
    if words[0].key in _POSSESSIVES and at is not None:
        owner = _find_owner(document, table, at)
        if owner is not None:
            return [ActorCandidate(f"{owner}/{sector}", 0.5, "rule:owner")] if owner else []
    located = _find_located(document, table, at) if sector in ("CVL", "COP", "JUD") else None
    if located is not None and scene is not None and not scene.shows(located):
        located = None
    home = Home(located, 1.0) if located is not None else choose_home(document, table, at, sector, scene)
    if home is None or (located is None and heads[-1] == "others"):
        return []
    score = round(0.5 * home.share, 3)
    apart = _read_apart(heads, home.country, table) if sector == "REB" else None
    if apart is not None:
        return [ActorCandidate(apart, score, "rule:home", apart)]
    return [ActorCandidate(f"{home.country}/{sector}", score, "rule:place" if located else "rule:home")]


def _sector_of(heads: Sequence[str], table: ActorTable) -> str | None:
    role = None
    for key in reversed(heads):
        sector = table.words.sectors.get(key)
        if key in table.words.lists["roles"]:
            role = role or sector or ("GOV" if key in ("leader", "leaders", "chief", "head") else None)
        elif sector is not None:
            return sector
    return role


def _read_apart(heads: Sequence[str], country: str, table: ActorTable) -> str | None:
    """Name rebels and cartels by the state they stand apart from, as the tables have it where they do."""
    adjective = table.adjectives.get(country)
    if adjective is None:
        return None
    for i in range(len(heads)):
        found = table.index.find_all(split_words(f"{adjective} {' '.join(heads[i:])}"))
        if found and found[0].last > 1:
            return found[0].entries[0].code
    return f"{adjective} {heads[-1]}" if heads[-1] in table.words.lists["apart"] and heads[-1][-1] == "s" else None


def _lead_back(
    words: Sequence[Word], heads: Sequence[str], document: Document, table: ActorTable, at: int | None
) -> list[Entry]:
    lists = table.words.lists
    keys = [word.key for word in words]
    two = "both" in keys or "two" in keys
    if two and heads[-1] in lists["pairs"]:
        return _last_two(document, table, at, groups=heads[-1] in lists["parties"])
    if len(heads) != 1 or keys[0] != "the":
        return []
    for name, fits in _ANTECEDENTS:
        if heads[0] in lists[name]:
            return next(([m.entry] for m in _before(document, table, at) if fits(m)), [])
    return []


def _is_group(mention: Mention) -> bool:
    return mention.entry.kind in _GROUPS


def _is_state(mention: Mention) -> bool:
    return mention.entry.kind in ("country", "people") and not mention.located


def _is_outlet(mention: Mention) -> bool:
    return mention.entry.kind == "publisher"


_ANTECEDENTS: tuple[tuple[str, Callable[[Mention], bool]], ...] = (
    ("groups", _is_group),
    ("states", _is_state),
    ("outlets", _is_outlet),
)


def _before(document: Document, table: ActorTable, at: int | None) -> Iterator[Mention]:
    """Yield the names before a mention, the last one first; without an offset all of them, the first one first."""
    mentions = table.find_mentions(document)
    if at is None:
        yield from mentions
        return
    yield from (mention for mention in reversed(mentions) if mention.start < at)


def _last_two(document: Document, table: ActorTable, at: int | None, *, groups: bool) -> list[Entry]:
    """Return the two states, or states and groups, named last in order, those named only as places aside."""
    found: list[Entry] = []
    for mention in _before(document, table, at):
        entry = mention.entry
        party = entry.kind in ("country", "people") or (groups and (entry.kind == "office" or entry.kind in _GROUPS))
        if party and not mention.located and entry.code not in {other.code for other in found}:
            found.append(entry)
        if len(found) == 2:
            return found if at is None else found[::-1]
    return []


def _find_located(document: Document, table: ActorTable, at: int | None) -> str | None:
    """Return the state of the place that the sentence of a mention names; None where it names none, or several."""
    if at is None:
        return None
    start, end = _find_sentence(document, at)
    inside = [m for m in table.find_mentions(document) if start <= m.start < end and m.located]
    countries = {mention.entry.country for mention in inside}
    return next(iter(countries)) if len(countries) == 1 else None


def _find_owner(document: Document, table: ActorTable, at: int) -> str | None:
    """Return the only state that a sentence names before "its army"; None where it names none, or several.

    ``""`` where a name that nobody knows stands there.
    """
    start, _ = _find_sentence(document, at)
    if document.dateline is not None:
        start = max(start, min(document.dateline.span.end, at))
    words = split_words(document.text[start:at])
    known = {i for name in table.index.find_all(words) for i in range(name.first, name.last)}
    rest = [word for i, word in enumerate(words) if i not in known]
    if rest and (names_unknown(rest, table) or _is_name(rest[0], document)):
        return ""
    named = [mention for mention in table.find_mentions(document) if start <= mention.start < at]
    states = {mention.entry.country for mention in named if mention.entry.kind in LAND and not mention.located}
    return next(iter(states)) if len(states) == 1 else None


def _is_name(word: Word, document: Document) -> bool:
    """Say whether the first word of a sentence has its capital within sentences too."""
    return re.search(rf"[a-z,] {re.escape(word.text)}\b", document.text) is not None and word.text[:1].isupper()


def _find_sentence(document: Document, at: int) -> tuple[int, int]:
    start, end = 0, len(document.text)
    for stop in _SENTENCE.finditer(document.text):
        if stop.end() <= at:
            start = stop.end()
        elif stop.start() >= at:
            end = stop.start()
            break
    return start, end
