"""Which words of a sentence evoke an event, and of which type: the trigger lexicon and its patterns."""

import tomllib
from collections.abc import Sequence
from importlib.resources import files

import msgspec

from reportedly.extract.parse import Parse, Token
from reportedly.records.ontology import EventType

_OBJECTS = ("dobj", "nsubjpass", "oprd", "acomp", "attr", "dative")
_PERSONAL = frozenset({"he", "she", "they", "him", "her", "them", "who", "whom", "we", "us", "i", "you"})
_ACTING = frozenset({"relcl", "acl"})


class Slot(msgspec.Struct, frozen=True):
    """What an argument's head must be: one of some words, or of a class that also takes names."""

    words: frozenset[str]
    named: bool = False
    toponyms: bool = False
    negated: bool = False


class VerbPattern(msgspec.Struct, frozen=True):
    """One way for a verb to evoke an event; every part that is given must be there."""

    type: EventType
    mode: str | None
    particle: str | None = None
    preposition: str | None = None
    preposition_object: str | None = None
    object: Slot | None = None
    subject: Slot | None = None

    @property
    def weight(self) -> int:
        """How much the pattern asks for; the pattern that asks for most is tried first."""
        parts = (self.particle, self.preposition, self.preposition_object, self.object, self.subject)
        return sum(part is not None for part in parts) + (self.object is not None and not self.object.negated)


class NounPattern(msgspec.Struct, frozen=True):
    """One way for a noun to evoke an event: modifiers before it, a preposition after it."""

    type: EventType
    mode: str | None
    modifiers: tuple[str, ...] = ()
    preposition: str | None = None


class EventLexicon(msgspec.Struct, frozen=True):
    """Trigger patterns by lemma, most specific first, and the word lists that arguments and exclusions use."""

    verbs: dict[str, tuple[VerbPattern, ...]]
    nouns: dict[str, tuple[NounPattern, ...]]
    human: frozenset[str]
    words: dict[str, frozenset[str]]


class Trigger(msgspec.Struct, frozen=True):
    """A trigger in the text: its head token, all its tokens, and the pattern that fits."""

    head: int
    tokens: tuple[int, ...]
    type: EventType
    mode: str | None
    specific: bool
    consumed: int | None = None


def open_triggers() -> EventLexicon:
    """Read the lexicon that ships with the package."""
    data = files("reportedly.extract").joinpath("data")
    table = tomllib.loads(data.joinpath("events.toml").read_text(encoding="utf-8"))
    extra = tomllib.loads(data.joinpath("event_words.toml").read_text(encoding="utf-8"))
    classes = {name: frozenset(words.split()) for name, words in table["classes"].items()}
    verbs: dict[str, list[VerbPattern]] = {}
    nouns: dict[str, list[NounPattern]] = {}
    for entry in table["entry"]:
        event_type, mode = EventType(entry["type"]), entry.get("mode")
        for text in entry.get("verbs", "").split():
            lemma, pattern = _read_verb(text, event_type, mode, classes)
            verbs.setdefault(lemma, []).append(pattern)
        for text in entry.get("nouns", "").split():
            phrase, _, preposition = text.partition("~")
            *modifiers, head = phrase.split("_")
            pattern_ = NounPattern(event_type, mode, tuple(modifiers), preposition or None)
            nouns.setdefault(head, []).append(pattern_)
    return EventLexicon(
        verbs={lemma: tuple(sorted(found, key=lambda p: -p.weight)) for lemma, found in verbs.items()},
        nouns={
            head: tuple(sorted(found, key=lambda p: -len(p.modifiers) - (p.preposition is not None)))
            for head, found in nouns.items()
        },
        human=classes["HUMAN"],
        words={name: frozenset(words.split()) for name, words in extra.items()},
    )


def _read_verb(
    text: str, event_type: EventType, mode: str | None, classes: dict[str, frozenset[str]]
) -> tuple[str, VerbPattern]:
    text, _, subject = text.partition("@")
    text, _, target = text.partition(">")
    text, _, preposition = text.partition("~")
    lemma, _, particle = text.partition("_")
    preposition, _, preposition_object = preposition.partition("_")
    return lemma, VerbPattern(
        type=event_type,
        mode=mode,
        particle=particle or None,
        preposition=preposition or None,
        preposition_object=preposition_object.rpartition("_")[2] or None,
        object=_read_slot(target, classes),
        subject=_read_slot(subject, classes),
    )


def _read_slot(text: str, classes: dict[str, frozenset[str]]) -> Slot | None:
    if not text:
        return None
    words: set[str] = set()
    names = text.removeprefix("!").split("|")
    for name in names:
        words |= classes.get(name, frozenset({name.rpartition("_")[2]}))
    return Slot(
        frozenset(words),
        named=bool({"HUMAN", "EMPLOYEE"} & set(names)),
        toponyms=bool({"PLACE", "TARGET"} & set(names)),
        negated=text.startswith("!"),
    )


def find_trigger(parse: Parse, i: int, lexicon: EventLexicon, toponyms: frozenset[int]) -> Trigger | None:
    """Return the trigger that token ``i`` heads, or None."""
    token = parse.tokens[i]
    if token.tag[:2] == "VB":
        return _find_verb(parse, token, lexicon, toponyms)
    if token.tag in ("NN", "NNS", "NNP", "NNPS"):
        return _find_noun(parse, token, lexicon)
    return None


def _find_verb(parse: Parse, token: Token, lexicon: EventLexicon, toponyms: frozenset[int]) -> Trigger | None:
    patterns = lexicon.verbs.get(parse.lemma(token.i))
    if patterns is None or token.dep in ("aux", "auxpass"):
        return None
    objects = find_objects(parse, token.i)
    for pattern in patterns:
        tokens = [token.i]
        consumed = None
        if pattern.particle is not None:
            particle = next((c for c in parse.children(token.i) if c.lower == pattern.particle), None)
            following = parse.tokens[token.i + 1] if token.i + 1 < len(parse.tokens) else None
            particle = particle or (following if following and following.lower == pattern.particle else None)
            if particle is None:
                continue
            tokens.append(particle.i)
        if pattern.preposition is not None:
            link = _find_link(parse, token, pattern.preposition, pattern.preposition_object)
            if link is None:
                continue
            tokens.extend(link)
        if pattern.object is not None:
            fits = [o for o in objects if slot_fits(parse, o, pattern.object, lexicon, toponyms)]
            if pattern.object.negated:
                if objects and len(fits) < len(objects):
                    continue
            elif not fits:
                continue
            else:
                consumed = fits[0]
        if pattern.subject is not None:
            subject = parse.child(token.i, "nsubj")
            if subject is None or not slot_fits(parse, subject.i, pattern.subject, lexicon, toponyms):
                continue
        return Trigger(token.i, tuple(sorted(tokens)), pattern.type, pattern.mode, pattern.weight > 0, consumed)
    return None


def _find_link(parse: Parse, token: Token, preposition: str, target: str | None) -> list[int] | None:
    """Find a prepositional phrase, infinitive or clause that a pattern asks for; its tokens, or None."""
    for child in parse.children(token.i):
        if preposition == "that":
            if child.dep == "ccomp":
                return []
        elif child.dep in ("prep", "agent", "prt", "dative") and child.lower == preposition:
            if target is None:
                return [child.i]
            grand = parse.child(child.i, "pobj", "pcomp")
            if grand is not None and (grand.lower == target or parse.lemma(grand.i) == target):
                return [child.i, grand.i]
        elif preposition == "to" and target is None and child.dep in ("xcomp", "ccomp", "advcl"):
            marker = parse.child(child.i, "aux", "mark")
            if marker is not None and marker.tag == "TO" and child.dep != "advcl":
                return [marker.i]
    return None


def _find_noun(parse: Parse, token: Token, lexicon: EventLexicon) -> Trigger | None:
    patterns = lexicon.nouns.get(parse.lemma(token.i) if token.tag in ("NN", "NNS") else token.lower)
    if patterns is None or token.dep == "compound":
        patterns = patterns if patterns and token.dep == "compound" and _is_event_compound(parse, token) else None
    if patterns is None:
        return None
    for pattern in patterns:
        tokens = [token.i]
        if pattern.modifiers:
            before = _words_before(parse, token.i, len(pattern.modifiers))
            if before != pattern.modifiers:
                continue
            tokens = list(range(max(token.i - len(pattern.modifiers), 0), token.i + 1))
        if pattern.preposition is not None and not _has_preposition(parse, token.i, pattern.preposition):
            continue
        return Trigger(token.i, tuple(tokens), pattern.type, pattern.mode, bool(pattern.modifiers))
    return None


def _is_event_compound(parse: Parse, token: Token) -> bool:
    """Say whether an event noun before another noun still evokes the event ("strike campaign")."""
    return parse.lemma(parse.tokens[token.i].head) in ("campaign", "operation", "spree", "wave", "series")


def _words_before(parse: Parse, i: int, count: int) -> tuple[str, ...]:
    """Return the dictionary forms of the words before ``i``, hyphens left out ("cease-fire" is two words)."""
    first = parse.sentence_of(i).first
    words: list[str] = []
    while i > first and len(words) < count:
        i -= 1
        if parse.tokens[i].text != "-":
            words.append(parse.lemma(i))
    return tuple(reversed(words))


def _has_preposition(parse: Parse, i: int, preposition: str) -> bool:
    return any(
        child.lower == preposition or (preposition == "to" and child.dep in ("acl", "xcomp"))
        for child in parse.children(i)
    )


def slot_fits(parse: Parse, i: int, slot: Slot, lexicon: EventLexicon, toponyms: frozenset[int]) -> bool:
    """Say whether the phrase headed by ``i``, or one coordinated with it, fills the slot."""
    return any(_fits(parse, parse.tokens[j], slot, toponyms) for j in parse.conjuncts(i)) != slot.negated


def _fits(parse: Parse, token: Token, slot: Slot, toponyms: frozenset[int]) -> bool:
    if token.lower in slot.words or parse.lemma(token.i) in slot.words:
        return True
    if slot.toponyms and token.i in toponyms:
        return True
    if slot.named:
        return token.tag in ("NNP", "NNPS", "CD") or token.lower in _PERSONAL or token.lower in ("others", "some")
    return False


def is_passive(parse: Parse, i: int) -> bool:
    """Say whether the verb at ``i`` is passive: by auxiliary or passive subject, or as a bare past participle."""
    token = parse.tokens[i]
    if parse.child(i, "nsubjpass", "auxpass") is not None:
        return True
    if token.tag != "VBN":
        return False
    if token.dep == "conj" and parse.child(i, "nsubj", "dobj") is None:
        return is_passive(parse, token.head)
    return token.dep in ("acl", "amod", "advcl", "ROOT", "ccomp") and parse.child(i, "aux", "nsubj", "dobj") is None


def find_objects(parse: Parse, i: int) -> list[int]:
    """Return the heads of what the verb at ``i`` acts on, found through passives, participles and relative clauses."""
    token = parse.tokens[i]
    found = [child.i for child in parse.children(i) if child.dep in _OBJECTS]
    if not found and token.dep in ("acl", "amod") and token.tag == "VBN":
        found = [token.head]
    elif not found and token.dep == "relcl":
        subject = parse.child(i, "nsubj")
        if is_passive(parse, i) or (subject is not None and subject.tag not in ("WP", "WDT")):
            found = [token.head]
    elif not found and token.dep == "conj":
        head = parse.tokens[token.head]
        if head.tag[:2] == "VB" and is_passive(parse, i):
            found = [child.i for child in parse.children(head.i) if child.dep == "nsubjpass"]
    return [_antecedent(parse, j) for j in found]


def _antecedent(parse: Parse, i: int) -> int:
    """Lead a relative pronoun to the noun it stands for."""
    token = parse.tokens[i]
    if token.tag not in ("WP", "WDT"):
        return i
    clause = next((a for a in parse.ancestors(i) if a.dep in _ACTING), None)
    return clause.head if clause is not None else i


def lead_pronoun(parse: Parse, i: int) -> int:
    """Return the noun a relative pronoun stands for, or ``i`` itself."""
    return _antecedent(parse, i)


def words_of(parse: Parse, tokens: Sequence[int]) -> str:
    """Return the text from the first to the last of some tokens."""
    return parse.span(tokens).slice(parse.text)
