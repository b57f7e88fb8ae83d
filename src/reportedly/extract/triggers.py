"""Which words of a sentence evoke an event, and of which type: the patterns of the lexicon against the syntax."""

from collections.abc import Iterator

import msgspec

from reportedly.extract.event_lexicon import EventLexicon, NounPattern, Slot, VerbPattern, open_triggers
from reportedly.extract.parse import Parse, Token
from reportedly.records.ontology import EventType

__all__ = [
    "EventLexicon",
    "Trigger",
    "find_objects",
    "find_trigger",
    "is_passive",
    "lead_pronoun",
    "noun_lemma",
    "open_triggers",
    "slot_fits",
]

_OBJECTS = ("dobj", "nsubjpass", "oprd", "acomp", "attr", "dative")
_PERSONAL = frozenset({"he", "she", "they", "him", "her", "them", "who", "whom", "we", "us", "i", "you"})
_ACTING = frozenset({"relcl", "acl"})
_PREMODIFIERS = frozenset({"amod", "compound", "nmod"})
_WILL = frozenset({"will", "wo", "would", "'ll", "’ll"})
_MEASURES = frozenset(
    {"ton", "tonne", "%", "percent", "number", "dozen", "hundred", "thousand", "million", "billion", "group", "lot"}
    | {"series", "wave", "batch", "majority", "piece", "kind", "string", "volley", "amount", "worth", "team", "rest"}
)
_OUTCOMES = frozenset({"leave", "see", "get", "find", "keep"})
_SAME_IN_PLURAL = frozenset({"series", "species"})
_NEAR_TOKENS = 3


class Trigger(msgspec.Struct, frozen=True):
    """A trigger in the text: its head token, all its tokens, and the pattern that fits.

    Attributes:
        head: Token index of the head.
        tokens: Token indices that belong to it, in order.
        type: Event type.
        mode: Mode, or None.
        specific: Whether the pattern asked for more than the bare word.
        consumed: Head of the object that the pattern asked for, or None.
        refusal: Whether a negated future of a friendly act is read as its refusal ("will not negotiate").
    """

    head: int
    tokens: tuple[int, ...]
    type: EventType
    mode: str | None
    specific: bool
    consumed: int | None = None
    refusal: bool = False


def find_trigger(parse: Parse, i: int, lexicon: EventLexicon, toponyms: frozenset[int]) -> Trigger | None:
    """Return the trigger that token ``i`` heads, or None."""
    token = parse.tokens[i]
    tag = token.tag
    if tag[:2] == "VB":
        return _find_verb(parse, token, lexicon, toponyms)
    if tag in ("NN", "NNS"):
        return _find_noun(parse, token, lexicon, toponyms)
    if tag == "JJ" and token.lower in lexicon.adjectives and token.dep not in _PREMODIFIERS:
        return _match(parse, token, lexicon.adjectives[token.lower], lexicon, toponyms)
    return None


def noun_lemma(parse: Parse, i: int) -> str:
    """Return the dictionary form of a noun, the singular also where the dictionary lists the plural ("troops")."""
    lemma = parse.lemma(i)
    if parse.tokens[i].tag in ("NNS", "NNPS") and lemma.endswith("s") and not lemma.endswith("ss"):
        if lemma in _SAME_IN_PLURAL:
            return lemma
        return lemma[:-3] + "y" if lemma.endswith("ies") else lemma[:-1]
    return lemma


def _find_verb(parse: Parse, token: Token, lexicon: EventLexicon, toponyms: frozenset[int]) -> Trigger | None:
    if token.dep in ("aux", "auxpass") or token.dep in _PREMODIFIERS:
        return None
    if token.tag == "VBN" and token.dep in ("dobj", "pobj") and parse.child(token.i, "aux", "auxpass") is None:
        return None
    if token.tag == "VBN" and token.lower in lexicon.adjectives:
        found = _match(parse, token, lexicon.adjectives[token.lower], lexicon, toponyms)
        if found is not None:
            return found
    lemma = parse.lemma(token.i)
    if lemma in lexicon.words["refusable"] and (refusal := _find_refusal(parse, token)) is not None:
        return refusal
    if lemma in lexicon.words["speech"] and (demand := _find_demand(parse, token)) is not None:
        return demand
    patterns = lexicon.verbs.get(lemma)
    return _match(parse, token, patterns, lexicon, toponyms) if patterns is not None else None


def _find_refusal(parse: Parse, token: Token) -> Trigger | None:
    """Read "will not comply" as a refusal; its negation belongs to it."""
    will = negation = None
    for child in parse.children(token.i):
        if child.dep == "aux" and child.lower in _WILL:
            will = child.i
        elif child.dep == "neg" and child.lower in ("not", "n't", "n’t", "never"):
            negation = child.i
    if will is None or negation is None:
        return None
    return Trigger(token.i, (will, negation, token.i), EventType.REJECT, None, True, refusal=True)


def _find_demand(parse: Parse, token: Token) -> Trigger | None:
    """Read "said that Chad must withdraw" as a demand on Chad."""
    clause = parse.child(token.i, "ccomp")
    if clause is None or clause.i < token.i:
        return None
    subject = parse.child(clause.i, "nsubj", "nsubjpass")
    must = next((child for child in parse.children(clause.i) if child.lower == "must" and child.dep == "aux"), None)
    if subject is None or must is None or subject.tag not in ("NNP", "NNPS"):
        return None
    return Trigger(token.i, (token.i,), EventType.REQUEST, None, True)


def _match(
    parse: Parse,
    token: Token,
    patterns: tuple[VerbPattern, ...],
    lexicon: EventLexicon,
    toponyms: frozenset[int],
) -> Trigger | None:
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
            link = _find_link(parse, token, pattern.preposition, pattern.preposition_object, lexicon)
            if link is None:
                continue
            tokens.extend(i for i in link if i - token.i <= _NEAR_TOKENS)
        if pattern.object is not None:
            fits = [o for o in objects if slot_fits(parse, o, pattern.object, toponyms)]
            if pattern.object.negated:
                if objects and len(fits) < len(objects):
                    continue
            elif not fits:
                continue
            else:
                consumed = fits[0]
        if pattern.subject is not None and not _subject_fits(parse, token.i, pattern.subject, toponyms):
            continue
        return Trigger(token.i, tuple(sorted(tokens)), pattern.type, pattern.mode, pattern.weight > 0, consumed)
    return None


def _subject_fits(parse: Parse, i: int, slot: Slot, toponyms: frozenset[int]) -> bool:
    """Say whether the subject, or the agent of a passive, fills the slot."""
    for child in parse.children(i):
        if child.dep == "nsubj" and slot_fits(parse, lead_pronoun(parse, child.i), slot, toponyms):
            return True
        if child.dep == "agent":
            return any(slot_fits(parse, grand.i, slot, toponyms) for grand in parse.children(child.i))
    token = parse.tokens[i]
    if token.dep == "acl" and token.tag == "VBG":
        return slot_fits(parse, token.head, slot, toponyms)
    if token.dep == "xcomp" and parse.lemma(token.head) == "be":
        return _subject_fits(parse, token.head, slot, toponyms)
    return False


def _find_link(
    parse: Parse, token: Token, preposition: str, target: str | None, lexicon: EventLexicon
) -> list[int] | None:
    """Find a prepositional phrase, infinitive or clause that a pattern asks for; its tokens, or None."""
    children = parse.children(token.i)
    if target is not None:
        children = [*children, *(low for child in children if child.dep == "dobj" for low in parse.children(child.i))]
    for child in children:
        if preposition == "that":
            if child.dep == "ccomp":
                return []
        elif preposition == "not":
            negation = child if child.dep == "neg" else parse.child(child.i, "neg")
            if negation is not None and negation.lower == "not":
                return [negation.i]
        elif preposition == "to" and child.dep in ("xcomp", "ccomp"):
            marker = parse.child(child.i, "aux", "mark")
            if marker is not None and marker.tag == "TO" and (target is None or parse.lemma(child.i) == target):
                return [marker.i] if target is None else [marker.i, child.i]
        elif preposition == "for" and target is None and child.dep in ("ccomp", "advcl", "xcomp") and child.i > token.i:
            marker = parse.child(child.i, "mark")
            if marker is not None and marker.lower == "for":
                return [marker.i]
        elif child.dep in ("prep", "agent", "prt", "dative") and child.lower == preposition:
            grand = parse.child(child.i, "pobj", "pcomp")
            if target is None:
                if grand is None or not _is_calendar(grand, lexicon):
                    return [child.i]
            elif grand is not None and (grand.lower == target or noun_lemma(parse, grand.i) == target):
                return [child.i, grand.i]
    return None


def _is_calendar(token: Token, lexicon: EventLexicon) -> bool:
    return token.tag == "CD" or token.lower.rstrip(".") in lexicon.words["calendar"]


def _find_noun(parse: Parse, token: Token, lexicon: EventLexicon, toponyms: frozenset[int]) -> Trigger | None:
    patterns = lexicon.nouns.get(parse.lemma(token.i)) or lexicon.nouns.get(noun_lemma(parse, token.i))
    if patterns is None or (token.dep == "compound" and not _is_event_compound(parse, token, lexicon)):
        return None
    for pattern in patterns:
        tokens = _noun_tokens(parse, token, pattern, toponyms)
        if tokens is not None:
            specific = bool(pattern.modifiers or pattern.object or pattern.company)
            return Trigger(token.i, tokens, pattern.type, pattern.mode, specific)
    return None


def _noun_tokens(parse: Parse, token: Token, pattern: NounPattern, toponyms: frozenset[int]) -> tuple[int, ...] | None:
    """Return the tokens of a noun trigger where the pattern fits, else None."""
    tokens = [token.i]
    if pattern.modifiers:
        if not _may_precede(parse, token.i, pattern.modifiers[-1]):
            return None
        before = list(_before(parse, token.i, len(pattern.modifiers)))
        words = tuple(noun_lemma(parse, i) for i in reversed(before))
        if words != pattern.modifiers and tuple(parse.tokens[i].lower for i in reversed(before)) != pattern.modifiers:
            return None
        tokens = [*before, token.i]
    if pattern.preposition is not None and not _has_preposition(parse, token.i, pattern, toponyms):
        return None
    if pattern.company is not None and pattern.company.words.isdisjoint(parse.sentence_words(token.sentence)):
        return None
    return tuple(sorted(tokens))


def _may_precede(parse: Parse, i: int, word: str) -> bool:
    """Say whether the word before ``i`` is this one, in some form; quick, for most patterns fail here."""
    before = parse.tokens[i - 1] if i else None
    if before is not None and before.text == "-" and i > 1:
        before = parse.tokens[i - 2]
    return before is not None and (before.lower == word or noun_lemma(parse, before.i) == word)


def _is_event_compound(parse: Parse, token: Token, lexicon: EventLexicon) -> bool:
    """Say whether an event noun before another noun still evokes the event ("strike campaign", "ceasefire deal")."""
    return noun_lemma(parse, token.head) in lexicon.words["event_frames"]


def _before(parse: Parse, i: int, count: int) -> Iterator[int]:
    """Yield the indices of the words before ``i``, nearest first, hyphens left out ("cease-fire" is two words)."""
    first = parse.sentence_of(i).first
    while i > first and count:
        i -= 1
        if parse.tokens[i].text != "-":
            count -= 1
            yield i


def _has_preposition(parse: Parse, i: int, pattern: NounPattern, toponyms: frozenset[int]) -> bool:
    for child in parse.children(i):
        if pattern.object is None:
            if child.lower == pattern.preposition or (pattern.preposition == "to" and child.dep in ("acl", "xcomp")):
                return True
        elif child.lower == pattern.preposition:
            grand = parse.child(child.i, "pobj")
            if grand is not None and slot_fits(parse, grand.i, pattern.object, toponyms):
                return True
    return False


def slot_fits(parse: Parse, i: int, slot: Slot, toponyms: frozenset[int]) -> bool:
    """Say whether the phrase headed by ``i``, or one coordinated with it, fills the slot."""
    heads = [*parse.conjuncts(i), *_measured(parse, i)]
    return any(_fits(parse, parse.tokens[j], slot, toponyms) for j in heads) != slot.negated


def _measured(parse: Parse, i: int) -> list[int]:
    """Return what a measure or quantity is of ("tons of medicine", "a series of airstrikes")."""
    if noun_lemma(parse, i) not in _MEASURES:
        return []
    return [
        g.i for child in parse.children(i) if child.lower == "of" for g in parse.children(child.i) if g.dep == "pobj"
    ]


def _fits(parse: Parse, token: Token, slot: Slot, toponyms: frozenset[int]) -> bool:
    if token.lower in slot.words or noun_lemma(parse, token.i) in slot.words or "*" in slot.words:
        return True
    if token.tag == "NNS" and token.lower[:-1] in slot.words:
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
    if token.dep in ("ccomp", "xcomp") and parse.lemma(token.head) in _OUTCOMES and parse.child(i, "aux") is None:
        return True
    return token.dep in ("acl", "amod", "advcl", "ROOT", "ccomp") and parse.child(i, "aux", "nsubj", "dobj") is None


def find_objects(parse: Parse, i: int) -> list[int]:
    """Return the heads of what the verb at ``i`` acts on, found through passives, participles and relative clauses."""
    token = parse.tokens[i]
    found = [
        child.i for child in parse.children(i) if child.dep in _OBJECTS or (child.dep == "ccomp" and child.tag == "JJ")
    ]
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
    return [lead_pronoun(parse, j) for j in found]


def lead_pronoun(parse: Parse, i: int) -> int:
    """Return the noun a relative pronoun stands for, or ``i`` itself."""
    token = parse.tokens[i]
    if token.tag not in ("WP", "WDT"):
        return i
    clause = next((a for a in parse.ancestors(i) if a.dep in _ACTING), None)
    return clause.head if clause is not None else i
