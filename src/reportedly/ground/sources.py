"""Links of a chain to kinds of source: who speaks, whether anybody is named, whose outlet it is."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from importlib.resources import files

from reportedly.config import Settings
from reportedly.ground.actor_table import ARMED, BODIES, LAND, PERSONS, ActorTable
from reportedly.ground.actors import ground_actor, is_envoy
from reportedly.ground.antecedents import Scene
from reportedly.ground.groups import acts_as_state
from reportedly.ground.introductions import find_introduction
from reportedly.ground.names import Word, split_words
from reportedly.ground.phrases import Name, Part, Phrase, find_preposition, names_facility, read_phrase
from reportedly.ground.publishers import Publisher, PublisherTable, choose_holding, open_publishers
from reportedly.records.claim import Source
from reportedly.records.document import Document
from reportedly.records.grounding import GroundedActor, GroundedSource, SourceKind

__all__ = ["Publisher", "SourceTable", "ground_source", "open_sources"]

_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
_LINKS = frozenset({"at", "with", "for", "from", "of", "by", "in", "to", "on"})
_INTERNATIONAL = frozenset({"un", "eu", "alliance", "body", "court"})
_OF_STATE = frozenset({"head_of_state", "head_of_government", "foreign_minister", "defence_minister"})
_KINDS_OF_WORDS = (
    ("document", SourceKind.DOCUMENT),
    ("outlet", SourceKind.NEWS_OUTLET),
    ("expert", SourceKind.EXPERT),
    ("witness", SourceKind.WITNESS),
    ("official", SourceKind.OFFICIAL),
    ("government", SourceKind.GOVERNMENT),
    ("ngo", SourceKind.NGO),
    ("person", SourceKind.PERSON),
)


class SourceTable:
    """Publishers and the words that tell what a source is."""

    def __init__(self, publishers: PublisherTable, words: Mapping[str, frozenset[str]]) -> None:
        self.publishers = publishers
        self.words = words

    def find_publisher(self, text_or_domain: str, day: str | None = None) -> Publisher | None:
        """Return the publisher of a name, host or address; None where it is not known."""
        return self.publishers.find_publisher(text_or_domain, day)


def open_sources(settings: Settings) -> SourceTable:
    """Read the publishers that ship, the user's own (``settings.publishers``), and the words for sources.

    Raises:
        ConfigError: the user's file cannot be read or a line of it is wrong; the message names file and line.
    """
    text = files("reportedly.ground").joinpath("data", "source_words.toml").read_text(encoding="utf-8")
    words = {name: frozenset(listed.split()) for name, listed in tomllib.loads(text).items()}
    return SourceTable(open_publishers(settings), words)


def ground_source(
    source: Source, document: Document, table: SourceTable, actors: ActorTable, scene: Scene | None = None
) -> GroundedSource:
    """Say what kind of source a link of a chain is, and whether anybody is named.

    The head of the phrase decides: a report, however official, is a document; an outlet's correspondent is the outlet;
    a spokesperson is an official, unless of a body, an armed group or a rights group, which then speaks.

    Args:
        source: The link.
        document: Its publication time decides who is in office, its text who an unfamiliar name is.
        table: From ``open_sources``.
        actors: From ``open_actors``.
        scene: Who acts in the report, as ``ground_actor`` takes it.

    Returns:
        ``anonymous`` is true where no name of a person or body stands there. ``members`` lists the parts of a compound
        ("the Miami Herald and Reuters") without articles, and is empty for a single source. ``code`` is an outlet's
        name or the actor code, where one is known. Of an outlet in the table, ``family`` and ``state`` say whose it is;
        ``parts`` grounds each member of a compound by itself; ``name`` and ``office`` are those of the table of actors.
    """
    text = source.text.strip()
    phrase = read_phrase(text, document, actors)
    if len(phrase.parts) > 1:
        texts = [_text_of(text, phrase.words, part) for part in phrase.parts]
        members = tuple(_ARTICLE.sub("", member) for member in texts)
        parts = tuple(
            ground_source(Source(member, source.span), document, table, actors, scene)
            for member in texts
            if len(member) < len(text)
        )
    else:
        members, parts = (), ()
    day = document.published.time[:10] if document.published else None
    publisher = _find_outlet(phrase, text, table, day) or _recall_outlet(phrase, document, table)
    if publisher is not None:
        state = publisher.country if publisher.kind == "state_media" else None
        return GroundedSource(
            source.text, publisher.source_kind, False, members, publisher.name, publisher.family, state, parts
        )
    kind = _find_kind(phrase, text, document, table, actors)
    grounded = ground_actor(text, document, actors, None, scene)
    code = grounded.codes[0] if grounded.codes else None
    anonymous = _is_anonymous(phrase, text, kind, table, actors)
    name, office = _find_office(grounded)
    return GroundedSource(source.text, kind, anonymous, members, code, parts=parts, name=name, office=office)


def _find_office(actor: GroundedActor) -> tuple[str | None, str | None]:
    """Return the usual name that a table gives an actor, and a person's office on the day of the report."""
    best = next(iter(actor.candidates), None)
    if best is None or not actor.codes or best.code != actor.codes[0] or not best.by.startswith("table:"):
        return None, None
    kind = best.by.removeprefix("table:")
    if kind in LAND:
        return None, None
    serving = kind in PERSONS and not (kind in _OF_STATE and "/" not in best.code)
    return best.name, kind if serving and kind != "other" else None


def _text_of(text: str, words: Sequence[Word], part: Part) -> str:
    return text[words[part.first].start : words[part.last - 1].end]


def _find_outlet(phrase: Phrase, text: str, table: SourceTable, day: str | None) -> Publisher | None:
    """Return the outlet that a phrase names or whose correspondent it is; a report's author is not its outlet."""
    if (publisher := table.find_publisher(text, day)) is not None:
        return publisher
    words = phrase.words
    for found in table.publishers.index.find_all(words):
        rest = [word for i, word in enumerate(words) if not found.first <= i < found.last]
        before = [word for word in words[: found.first] if word.key not in ("the", "a", "an")]
        after = words[found.last] if found.last < len(words) else None
        outlet = any(word.key in table.words["outlet"] or word.key in table.words["outlet_heads"] for word in rest)
        last = after is None and not any(word.key in _LINKS for word in before)
        coordinated = after is not None and after.key in ("and", ",")
        if last or (not before and coordinated) or outlet:
            return choose_holding(found.entries, day)
    return None


def _recall_outlet(phrase: Phrase, document: Document, table: SourceTable) -> Publisher | None:
    """Return the outlet that "the agency" or "the newspaper" means: the first one that the report names."""
    keys = [word.key for word in phrase.words]
    if len(keys) not in (2, 3) or keys[0] != "the" or keys[-1] not in table.words["outlet_names"]:
        return None
    if len(keys) == 3 and keys[1] not in ("news", "state", "official"):
        return None
    words = split_words(document.text)
    return next((found.entries[0] for found in table.publishers.index.find_all(words)), None)


def _recall_service(key: str, document: Document, table: SourceTable) -> SourceKind:
    """Say who "the source" is by what stands before the word elsewhere in the report ("a military source")."""
    for found in re.finditer(rf"((?:[\w-]+ ){{1,2}}){key}\b", document.text):
        before = set(found.group(1).lower().split())
        if before & table.words["ground"]:
            return SourceKind.WITNESS
        if before & table.words["service"]:
            return SourceKind.OFFICIAL
    return SourceKind.PERSON


def _find_kind(phrase: Phrase, text: str, document: Document, table: SourceTable, actors: ActorTable) -> SourceKind:
    head = find_head(phrase, table, actors)
    own = _find_owner(phrase)
    by_word = _kind_of_words(phrase, head, table)
    if head == 1 and [word.key for word in phrase.words] in (["the", "source"], ["the", "sources"]):
        return _recall_service(phrase.words[1].key, document, table)
    if by_word is SourceKind.DOCUMENT:
        return by_word
    if own is not None and by_word not in (SourceKind.WITNESS, SourceKind.NEWS_OUTLET):
        kind = _kind_of_owner(own, by_word)
        if kind is not None:
            return kind
    if any(word.key in table.words["former"] for word in phrase.words[:4]) and by_word is SourceKind.OFFICIAL:
        return SourceKind.EXPERT
    if _is_opposition(phrase) and by_word in (SourceKind.OFFICIAL, None):
        return SourceKind.PERSON
    if by_word is SourceKind.NEWS_OUTLET and _is_of_state(phrase, table):
        return SourceKind.STATE_MEDIA
    persons = [name for name in phrase.names if name.entry.kind in PERSONS]
    if persons:
        return _kind_of_leader(persons[0], document)
    if by_word is not None:
        office = any(word.key in table.words["official"] for word in phrase.words[: head + 1])
        person = by_word is SourceKind.GOVERNMENT and office and _ends_in_person(phrase, head)
        return SourceKind.OFFICIAL if person else by_word
    if own is not None:
        return SourceKind.GOVERNMENT
    if phrase.names and phrase.names[0].entry.kind in LAND and not _is_longer(phrase):
        return SourceKind.GOVERNMENT
    return _kind_of_introduced(text, document, table, actors)


def _ends_in_person(phrase: Phrase, head: int) -> bool:
    """Say whether a name that the tables do not know follows the head of a phrase."""
    after = phrase.words[head + 1 :]
    return bool(after) and after[0].text[:1].isupper() and (not phrase.names or phrase.names[-1].first <= head)


def _is_longer(phrase: Phrase) -> bool:
    known = sum(name.last - name.first for name in phrase.names)
    return len([word for word in phrase.words if word.key not in ("the", "both")]) > known + 1


def _kind_of_introduced(text: str, document: Document, table: SourceTable, actors: ActorTable) -> SourceKind:
    """Take the kind of an unfamiliar name from the words that introduce it elsewhere in the report."""
    if acts_as_state(text, document, actors):
        return SourceKind.GOVERNMENT
    introduction = find_introduction(text, document, actors, named=False)
    if introduction is None:
        return SourceKind.PERSON
    inner = read_phrase(introduction, document, actors)
    kind = _kind_of_words(inner, find_head(inner, table, actors), table)
    if any(word.key in table.words["former"] for word in inner.words):
        return SourceKind.PERSON
    own = _find_owner(inner)
    found = _kind_of_owner(own, kind) if own is not None else kind
    return SourceKind.OFFICIAL if found is SourceKind.GOVERNMENT else found or SourceKind.PERSON


def find_head(phrase: Phrase, table: SourceTable, actors: ActorTable) -> int:
    """Return the place of the last word before the first preposition that tells what a source is; -1 for none."""
    if not phrase.words:
        return -1
    inside = {i for name in phrase.names for i in range(name.first, name.last)}
    end = phrase.parts[0].last if phrase.parts else len(phrase.words)
    cut = find_preposition(phrase.words, Part(0, end), inside, actors)
    lists = ("document", "official", "government", "expert", "witness", "ngo", "outlet", "person", "sources")
    for i in range(cut - 1, -1, -1):
        key = phrase.words[i].key
        if i in inside or names_facility(phrase.words, i + 1, actors):
            continue
        if any(key in table.words[name] for name in lists) or _is_group(phrase.words, i, table):
            return i
        if _is_masthead(phrase.words, i, table):
            return i
    return -1


def _is_masthead(words: Sequence[Word], at: int, table: SourceTable) -> bool:
    """Say whether a word ends the name of an outlet that no table knows ("The Sudmark Post")."""
    capitals = at > 0 and words[at].text[:1].isupper() and words[at - 1].text[:1].isupper()
    return capitals and words[at - 1].key not in ("the", "a") and words[at].key in table.words["mastheads"]


def _is_group(words: Sequence[Word], at: int, table: SourceTable) -> bool:
    return at > 0 and words[at].key in table.words["ngo_heads"] and words[at - 1].key in table.words["ngo_before"]


def _kind_of_words(phrase: Phrase, head: int, table: SourceTable) -> SourceKind | None:
    if head < 0:
        return None
    words = phrase.words
    key = words[head].key
    before = {word.key for word in words[:head]}
    if key in table.words["sources"]:
        if before & table.words["ground"]:
            return SourceKind.WITNESS
        return SourceKind.OFFICIAL if before & table.words["service"] else SourceKind.PERSON
    if _is_group(words, head, table):
        return SourceKind.NGO
    if _is_masthead(words, head, table):
        return SourceKind.NEWS_OUTLET
    if key in table.words["outlet_heads"] and before & table.words["outlet"]:
        return SourceKind.NEWS_OUTLET
    if key in ("report", "reports") and before & {"media", "news", "press", "newspaper"}:
        return SourceKind.NEWS_OUTLET
    if key == "prosecutors" and not any(word.text[:1].isupper() for word in words[head + 1 :]):
        return SourceKind.GOVERNMENT
    return next((kind for name, kind in _KINDS_OF_WORDS if key in table.words[name]), None)


def _find_owner(phrase: Phrase) -> Name | None:
    """Return the last body, group or office named; a state's people and leaders aside."""
    own = [name for name in phrase.names if name.entry.kind not in LAND and name.entry.kind not in PERSONS]
    if own and is_envoy(phrase, own[-1], phrase.parts[0]):
        return None
    return own[-1] if own else None


def _kind_of_owner(own: Name, by_word: SourceKind | None) -> SourceKind | None:
    kind = own.entry.kind
    if kind in _INTERNATIONAL:
        return SourceKind.INTERNATIONAL_BODY
    if kind in ARMED:
        return SourceKind.ARMED_GROUP
    if kind == "ngo":
        return SourceKind.NGO
    if kind == "think_tank":
        return SourceKind.EXPERT
    if kind in ("office", "de_facto_government", "government", *BODIES):
        official = by_word in (SourceKind.OFFICIAL, SourceKind.PERSON)
        return SourceKind.OFFICIAL if official else SourceKind.GOVERNMENT
    if kind in ("party", "movement", "opposition", "people"):
        return SourceKind.OFFICIAL if by_word is SourceKind.OFFICIAL and kind == "party" else SourceKind.PERSON
    return None


def _kind_of_leader(name: Name, document: Document) -> SourceKind:
    kind = name.entry.kind
    if kind == "rebel_leader":
        return SourceKind.ARMED_GROUP if len(name.entry.code) != 3 else SourceKind.OFFICIAL
    if kind == "body_head":
        return SourceKind.INTERNATIONAL_BODY
    return SourceKind.PERSON if kind == "opposition_leader" else SourceKind.OFFICIAL


def _is_opposition(phrase: Phrase) -> bool:
    return any(word.key in ("opposition", "dissident", "dissidents", "exiled") for word in phrase.words)


def _is_of_state(phrase: Phrase, table: SourceTable) -> bool:
    return any(word.key in table.words["state_outlet"] for word in phrase.words)


def _is_anonymous(phrase: Phrase, text: str, kind: SourceKind, table: SourceTable, actors: ActorTable) -> bool:
    """Say whether neither a person nor a body is named; institutions of a state are bodies, its people are not."""
    words, head = phrase.words, find_head(phrase, table, actors)
    key = words[head].key if head >= 0 else ""
    if key in table.words["sources"] and not any(name.entry.kind in PERSONS for name in phrase.names):
        return True
    if kind is SourceKind.GOVERNMENT or any(name.entry.kind not in LAND for name in phrase.names):
        return False
    if any(names_facility(words, i, actors) for i in range(1, len(words))) and head < 0:
        return False
    inside = {i for name in phrase.names for i in range(name.first, name.last)}
    lists = actors.words.lists
    for i, word in enumerate(words):
        opens = i == 0 and len(words) > 1 and (1 in inside or not words[1].text[:1].isupper())
        capital = word.text[:1].isupper() and i not in inside and not opens
        title = word.key in actors.words.sectors or word.key in lists["roles"] or word.key in lists["before"]
        title = title or any(word.key in listed for listed in table.words.values())
        if capital and not title:
            return False
    if kind is SourceKind.DOCUMENT:
        return key in table.words["unsigned"]
    return not (key in table.words["sole"] and (words[0].key == "the" or bool(inside)) and kind is SourceKind.OFFICIAL)
