"""Actor mentions to codes: states with sectors, bodies, groups.

A mention is a noun phrase as written. Names in it are looked up, longest first; the words around them say which part
of a state is meant (``actor_words.toml``). What stands before the first preposition names who acts, what follows says
whose or where. A phrase without a name ("the army", "police") takes the state that the report is mostly about, if the
scene of the event shows it; what is somebody's whom no table knows ("a Bordurian general") takes none.
"""

from collections.abc import Iterable, Sequence

from reportedly.ground.actor_table import BODIES, LAND, PERSONS, ActorTable, open_actors
from reportedly.ground.antecedents import Scene, read_bare
from reportedly.ground.groups import names_unknown, recall_group
from reportedly.ground.introductions import find_introduction
from reportedly.ground.names import Word, split_words
from reportedly.ground.phrases import (
    DETERMINERS,
    LONGEST,
    Name,
    Part,
    Phrase,
    find_preposition,
    find_sector,
    read_phrase,
)
from reportedly.records.document import Document
from reportedly.records.grounding import ActorCandidate, GroundedActor

__all__ = ["ActorTable", "ground_actor", "locate_actor", "open_actors"]

_ENVOYS = frozenset("ambassador ambassadors envoy envoys representative mission delegate delegation diplomat".split())
_KEPT_LAND = {
    "country": "table:country",
    "people": "table:people",
    "capital": "table:capital",
    "region": "table:region",
}


def ground_actor(
    text: str, document: Document, table: ActorTable, at: int | None = None, scene: Scene | None = None
) -> GroundedActor:
    """Ground an actor mention.

    Args:
        text: The noun phrase as written; several actors may stand side by side in it.
        document: Its publication time chooses between terms of office, its other words between states.
        table: From ``open_actors``.
        at: Offset of the mention in the document, where it is known: "the army", "the group", "both countries" are
            then understood by what is named last before it.
        scene: Where the event is and who acts in the report: "the army" is then of a state that has a part in it, or
            of none. Without it, the state that the report is mostly about is taken.

    Returns:
        The best reading of each part in ``codes``, in order, without repeats, and all readings; both empty where
        nothing is known. Scores: 0.95 a name, 0.75 a name that stands for several, 0.7 a surname, 0.6 a person
        introduced elsewhere in the report, at most 0.5 what a phrase without a name is understood by.
    """
    return table.recall(document, ("actor", text, at, scene), lambda: _ground(text, document, table, at, scene))


def locate_actor(actor: GroundedActor, states: Iterable[str | None], table: ActorTable) -> GroundedActor:
    """Ground a mention that no table knows by the places in it ("the town of Beni"): a place stands for its state.

    Args:
        actor: The mention as ``ground_actor`` returned it; one that is grounded stays as it is.
        states: ISO 3166 alpha-3 codes of the places in its words, in order; None for seas and what is not sure.
        table: From ``open_actors``.

    Returns:
        The state with the part of it that the words before a preposition name ("residents of Beni"), if any.
    """
    if actor.codes:
        return actor
    words = split_words(actor.text)[:LONGEST]
    cut = find_preposition(words, Part(0, len(words)), set(), table)
    anybody = table.words.lists["abroad"] | table.words.lists["unknown"]
    sector = None
    if cut < len(words) and not any(word.key in anybody for word in words[:cut]):
        sector = find_sector(words, Part(0, cut), set(), table)
    codes = dict.fromkeys(f"{state}/{sector}" if sector else state for state in states if state)
    candidates = tuple(ActorCandidate(code, 0.4, "rule:toponym") for code in codes)
    return GroundedActor(actor.text, tuple(codes), candidates)


def _ground(text: str, document: Document, table: ActorTable, at: int | None, scene: Scene | None) -> GroundedActor:
    # What names say holds wherever the phrase stands; only a phrase without one depends on place and scene.
    readings, bare = table.recall(document, ("named", text), lambda: _read_names(text, document, table))
    if not readings:
        readings = [[reading] for reading in read_bare(bare, document, table, at, scene)]
    codes: list[str] = []
    for reading in readings:
        for candidate in reading:
            if candidate.by.endswith("+other"):
                continue
            if candidate.code not in codes:
                codes.append(candidate.code)
    candidates = sorted((c for reading in readings for c in reading), key=lambda c: -c.score)
    return GroundedActor(text, tuple(codes), tuple(candidates))


def _read_names(text: str, document: Document, table: ActorTable) -> tuple[list[list[ActorCandidate]], Sequence[Word]]:
    """Return the readings of each part of a phrase by name; where there are none, the words that may do without."""
    phrase = read_phrase(text, document, table)
    readings: list[list[ActorCandidate]] = []
    for part in phrase.parts:
        found = _read_part(phrase, part, document, table)
        if not found and readings and part.first > 0:
            found = _share_state(phrase, part, readings[-1], table)
        readings.append(found)
    _share_sector(phrase, readings, table)
    if any(readings):
        return readings, ()
    introduced = _read_introduced(phrase, text, document, table) or _recall_group(phrase, document, table)
    return ([introduced], ()) if introduced else ([], _find_bare(phrase, table))


def _find_bare(phrase: Phrase, table: ActorTable) -> list[Word]:
    """Return a phrase up to its first preposition; nothing where a name stands in it, known or not."""
    if phrase.names or names_unknown(phrase.words, table):
        return []
    return phrase.words[: find_preposition(phrase.words, Part(0, len(phrase.words)), set(), table)]


def _recall_group(phrase: Phrase, document: Document, table: ActorTable) -> list[ActorCandidate]:
    group = recall_group(phrase.words, document, table) if not phrase.names else None
    return [ActorCandidate(group.code, 0.6, "rule:short-name", group.name)] if group is not None else []


def _read_part(phrase: Phrase, part: Part, document: Document, table: ActorTable) -> list[ActorCandidate]:
    names = [name for name in phrase.names if part.first <= name.first < part.last]
    if not names:
        return []
    inside = {i for name in names for i in range(name.first, name.last)}
    cut = find_preposition(phrase.words, part, inside, table)
    before = [name for name in names if name.first < cut]
    sector = find_sector(phrase.words, Part(part.first, cut), inside, table)
    if not before:
        word = phrase.words[cut].key if cut < part.last else ""
        if word in table.words.lists["away"] and not (word in ("for", "to") and _names_role(phrase, part, cut, table)):
            return []
        before = [name for name in names if name.first > cut][:1]
    return _choose_name(phrase, part, before, sector, document, table) if before else []


def _names_role(phrase: Phrase, part: Part, cut: int, table: ActorTable) -> bool:
    return any(word.key in table.words.lists["roles"] for word in phrase.words[part.first : cut])


def _choose_name(
    phrase: Phrase, part: Part, names: Sequence[Name], sector: str | None, document: Document, table: ActorTable
) -> list[ActorCandidate]:
    persons = [name for name in names if name.entry.kind in PERSONS]
    land = [name for name in names if name.entry.kind in LAND]
    own = [name for name in names if name.entry.kind not in LAND and name.entry.kind not in PERSONS]
    own = [name for name in own if name.entry.kind != "community" or not land]
    if own and is_envoy(phrase, own[-1], part):
        return [_land_candidate(land[0], "GOV", phrase, part, table)]
    if own and not (persons and own[-1].entry.kind == "publisher"):
        chosen = own[-1]
        others = [_land_candidate(name, sector, phrase, part, table, other=True) for name in land]
        entry = chosen.entry
        return [ActorCandidate(entry.code, chosen.score, f"table:{entry.kind}", entry.name), *others]
    if persons:
        return [_person_candidate(persons[0], document)]
    apart = _read_apart(phrase, part, land[0], table)
    if apart is not None:
        return [apart, _land_candidate(land[0], sector, phrase, part, table, other=True)]
    first = _land_candidate(land[0], sector, phrase, part, table)
    return [first, *(_land_candidate(name, sector, phrase, part, table, other=True) for name in land[1:])]


def is_envoy(phrase: Phrase, body: Name, part: Part) -> bool:
    """Say whether a state's envoy to a body is meant ("Norway's UN ambassador"), and not the body."""
    if body.entry.kind not in BODIES:
        return False
    state = any(name.entry.kind in LAND and part.first <= name.first < body.first for name in phrase.names)
    return state and any(word.key in _ENVOYS for word in phrase.words[body.last : part.last])


def _person_candidate(name: Name, document: Document) -> ActorCandidate:
    """Code a leader: the state's government while in office, the state alone before and after."""
    entry, day = name.entry, document.published.time[:10] if document.published else None
    code = entry.code
    if code == entry.country and entry.kind != "opposition_leader" and entry.holds_on(day):
        code = f"{code}/REB" if entry.kind == "rebel_leader" else f"{code}/GOV"
    elif code == entry.country and entry.kind == "opposition_leader":
        code = f"{code}/OPP"
    return ActorCandidate(code, name.score, f"table:{entry.kind}", entry.name)


def _land_candidate(
    name: Name, sector: str | None, phrase: Phrase, part: Part, table: ActorTable, *, other: bool = False
) -> ActorCandidate:
    entry = name.entry
    bare = all(name.first <= i < name.last or phrase.words[i].key == "the" for i in range(part.first, part.last))
    if sector is None and entry.kind == "capital" and bare and name.last == part.last:
        sector = "GOV"
    code = f"{entry.code}/{sector}" if sector else entry.code
    by = _KEPT_LAND[entry.kind]
    return ActorCandidate(code, name.score * (0.3 if other else 1), f"{by}+other" if other else by, entry.name)


def _read_apart(phrase: Phrase, part: Part, land: Name, table: ActorTable) -> ActorCandidate | None:
    """Name armed people that stand apart from their state by it and their head word ("Syrian rebels")."""
    adjective = table.adjectives.get(land.entry.code)
    for i in range(part.last - 1, land.last - 1, -1):
        key = phrase.words[i].key
        if key in table.words.lists["apart"] and adjective is not None:
            head = key if key.endswith("s") or key in ("insurgency", "mafia") else f"{key}s"
            drug = i > 0 and phrase.words[i - 1].key == "drug"
            name = f"{adjective} {'drug ' if drug else ''}{head}"
            return ActorCandidate(name, 0.7, "rule:apart", name)
    return None


def _share_state(
    phrase: Phrase, part: Part, before: Sequence[ActorCandidate], table: ActorTable
) -> list[ActorCandidate]:
    """Give a part without a name the state of the part before it ("Israeli soldiers and police")."""
    words = phrase.words[part.first : part.last]
    sector = find_sector(phrase.words, part, set(), table)
    heads = {word.key for word in words}
    barred = table.words.lists["abroad"] | table.words.lists["unknown"] | DETERMINERS
    if not before or sector is None or heads & barred or not before[0].by.startswith("table:"):
        return []
    if any(word.text[0].isupper() for word in words):
        return []
    state = before[0].code.partition("/")[0]
    if len(state) != 3 or not state.isupper() or before[0].by == "table:un":
        return []
    return [ActorCandidate(f"{state}/{sector}", before[0].score * 0.6, "rule:shared-state")]


def _share_sector(phrase: Phrase, readings: list[list[ActorCandidate]], table: ActorTable) -> None:
    """Give states in a row the sector of the last ("U.S. and Israeli forces")."""
    if len(readings) < 2 or not readings[-1] or "/" not in readings[-1][0].code:
        return
    sector = readings[-1][0].code.partition("/")[2]
    last = phrase.parts[-1]
    if not any(word.key in table.words.sectors for word in phrase.words[last.first : last.last]):
        return
    for part, reading in zip(phrase.parts[:-1], readings[:-1], strict=True):
        named = [name for name in phrase.names if part.first <= name.first < part.last]
        filled = sum(name.last - name.first for name in named) >= part.last - part.first
        if reading and filled and named[-1].entry.kind in LAND and "/" not in reading[0].code:
            first = reading[0]
            reading[0] = ActorCandidate(f"{first.code}/{sector}", first.score, first.by, first.name)


def _read_introduced(phrase: Phrase, text: str, document: Document, table: ActorTable) -> list[ActorCandidate]:
    """Ground a person by the words that introduce the name elsewhere in the report."""
    introduction = find_introduction(text, document, table)
    if introduction is None:
        return []
    inner = read_phrase(introduction, document, table)
    for part in inner.parts[:1]:
        found = _read_part(inner, part, document, table)
        if found:
            best = found[0]
            return [ActorCandidate(best.code, 0.6, "rule:introduced", best.name)]
    return []
