"""Which phrases can be a party to an event, and how a party is written down."""

from reportedly.extract.antecedents import THIRD_PERSON
from reportedly.extract.event_lexicon import EventLexicon
from reportedly.extract.parse import Parse, Token
from reportedly.extract.triggers import noun_lemma
from reportedly.records.spans import Field

_MODIFYING = frozenset({"JJ", "VBN", "HYPH", "NNP", "NNPS"})
_MIN_ACRONYM = 3
_CURRENCY = "$€£¥₱₹₽₪"
_LAST_YEAR = 2100
_FIRST_YEAR = 1800
_BLAMING = frozenset({"accuse", "suspect", "convict", "acquit", "charge", "warn", "rob", "deprive", "strip"})
"""Verbs that take "of" beside their object: what follows it is no part of the object's phrase."""

_DEMONYM_ENDINGS = ("an", "ese", "ish", "i", "ch", "ss", "ek", "ak", "ab")
"""Endings by which a capitalised adjective is taken for a people's ("Iraqi"), not for the first word of a headline."""


def is_name(parse: Parse, token: Token) -> bool:
    """Say whether a token is a name or a people's adjective."""
    if token.tag in ("NNP", "NNPS"):
        return True
    if token.tag in ("NN", "NNS"):
        return _is_name_missed(parse, token)
    if token.tag != "JJ" or not token.text[:1].isupper():
        return False
    inside = token.i > parse.sentence_of(token.i).first
    return token.lower.endswith(_DEMONYM_ENDINGS) or (inside and token.lower.endswith("ic"))


def _is_name_missed(parse: Parse, token: Token) -> bool:
    """Say whether a noun is a name that the tagger missed: capitals that neither a sentence's nor a heading's are."""
    if not token.text[:1].isupper() or token.i == parse.sentence_of(token.i).first:
        return False
    if token.text.isupper() and len(token.text) < _MIN_ACRONYM:
        return False
    sentence = parse.sentence_of(token.i)
    beside = [j for j in (token.i - 1, token.i + 1) if sentence.first < j < sentence.last]
    return not any(parse.tokens[j].text[:1].isupper() for j in beside)


_PERSON_ENDINGS = ("er", "or", "ist", "ian", "ant", "ent", "eer", "ee", "man", "woman", "ary", "crat", "path", "ive")
"""Endings of nouns for people, for an actor that no list names ("attackers")."""


def objects_of(parse: Parse, preposition: Token) -> list[Token]:
    """Return the objects of a preposition."""
    return [child for child in parse.children(preposition.i) if child.dep == "pobj"]


def is_party(parse: Parse, i: int, lexicon: EventLexicon) -> bool:
    """Say whether the phrase can be a party: a name, a pronoun, people, or a thing that carries a name."""
    token = parse.tokens[i]
    if token.lower in lexicon.words["calendar"] or _is_amount(parse, token):
        return False
    if token.tag in ("NNP", "NNPS"):
        return token.lower not in lexicon.words["waters"]
    if token.lower in THIRD_PERSON or token.tag == "CD":
        return True
    lemma = noun_lemma(parse, i)
    if token.lower in lexicon.human or lemma in lexicon.human:
        return True
    if is_event_noun(lemma, lexicon) or lemma in lexicon.words["abstract"]:
        return False
    return is_named(parse, i, lexicon.words["calendar"])


def _is_amount(parse: Parse, token: Token) -> bool:
    """Say whether a phrase is a sum of money or a year."""
    if token.tag == "CD" and token.text.isdigit() and _FIRST_YEAR < int(token.text) < _LAST_YEAR:
        return token.dep == "pobj"
    if token.tag not in ("CD", "NN", "NNS", "NNP", "NNPS", "$"):
        return False
    return any(t.text[:1] in _CURRENCY for t in (token, *parse.children(token.i))) or (
        token.i > 0 and parse.tokens[token.i - 1].text[-1:] in _CURRENCY
    )


def is_event_noun(lemma: str, lexicon: EventLexicon) -> bool:
    """Say whether a noun by itself evokes an event ("attack"; "commission" needs "inquiry")."""
    return any(not pattern.modifiers for pattern in lexicon.nouns.get(lemma, ()))


def is_named(parse: Parse, i: int, besides: frozenset[str] = frozenset()) -> bool:
    """Say whether a name stands in the phrase headed by ``i``: the head, before it, or after "of"."""
    if is_name(parse, parse.tokens[i]):
        return True
    for child in parse.children(i):
        if child.dep in ("compound", "amod", "poss", "nmod") and is_name(parse, child) and child.lower not in besides:
            return True
        if child.dep == "prep" and child.lower == "of":
            objects = objects_of(parse, child)
            return bool(objects) and is_name(parse, objects[0]) and objects[0].lower not in besides
    return False


def may_act(parse: Parse, i: int, lexicon: EventLexicon) -> bool:
    """Say whether a phrase can act: people, their bodies and what has a name; no event, document, date or number."""
    token = parse.tokens[i]
    if token.tag == "CD":
        return any(child.lower == "of" for child in parse.children(i))
    if token.tag[:2] == "VB":
        return False
    if token.tag not in ("NN", "NNS"):
        return token.lower not in lexicon.words["calendar"] and token.lower not in lexicon.words["waters"]
    lemma = noun_lemma(parse, i)
    if token.lower in lexicon.human or lemma in lexicon.human:
        return True
    words = lexicon.words
    named = is_named(parse, i, words["calendar"])
    if named and lemma in words["platforms"]:
        return True
    if is_event_noun(lemma, lexicon) or any(lemma in words[name] for name in ("abstract", "weapon", "calendar")):
        return False
    if token.tag == "NN" and token.text[:1].isupper() and parse.child(i, "det") is None:
        return True
    return named or lemma in words["bodies"] or lemma in words["platforms"] or lemma.endswith(_PERSON_ENDINGS)


def find_owners(parse: Parse, i: int, lexicon: EventLexicon) -> list[int]:
    """Whose act or thing a noun names: by, possessor, a name before it, from or of."""
    by: list[int] = []
    named: list[int] = []
    of: list[int] = []
    for child in parse.children(i):
        if child.dep in ("prep", "agent") and child.lower == "by":
            by.extend(grand.i for grand in objects_of(parse, child))
        elif child.dep == "acl" and child.tag == "VBN":
            by.extend(
                g.i for agent in parse.children(child.i) if agent.dep == "agent" for g in objects_of(parse, agent)
            )
        elif (child.dep == "poss" and child.tag != "PRP$") or (
            child.dep in ("compound", "amod", "nmod") and is_name(parse, child)
        ):
            named.append(child.i)
        elif child.dep == "prep" and child.lower in ("of", "from"):
            of.extend(grand.i for grand in objects_of(parse, child) if is_party(parse, grand.i, lexicon))
    return by or named or of


def phrase_field(parse: Parse, i: int, by: str) -> Field[str]:
    """Return the noun phrase headed by ``i`` as a field, a possessive ending and stray punctuation left out."""
    tokens = _before_noun(parse, i) if parse.tokens[i].dep in ("compound", "nmod") else _whole_phrase(parse, i)
    while len(tokens) > 1 and parse.tokens[tokens[-1]].tag in ("POS", ",", ".", ":", "``", "''", "-RRB-", "IN", "CC"):
        tokens.pop()
    while len(tokens) > 1 and parse.tokens[tokens[0]].tag in ("``", "''", ",", ":", "-LRB-", "HYPH", "SYM", "NFP"):
        tokens.pop(0)
    span = parse.span([parse.after_clock(tokens[0], i), tokens[-1]])
    return Field(span.slice(parse.text), span, f"rule:{by}", 0.8)


def _whole_phrase(parse: Parse, i: int) -> list[int]:
    """Return the phrase up to an "of" that says what its head is accused of, or a coordination."""
    tokens = parse.noun_phrase(i)
    head = parse.tokens[i]
    blamed = head.dep in ("dobj", "nsubjpass") and parse.lemma(head.head) in _BLAMING
    for child in parse.children(i):
        if child.i > i and (
            child.dep == "cc" or (child.lower == "of" and (blamed or parse.child(child.i, "pcomp") is not None))
        ):
            return [j for j in tokens if j < child.i]
        if child.lower == "for" and head.tag == "NNP" and child.i == tokens[-1] + 1:
            objects = objects_of(parse, child)
            if objects and objects[0].tag in ("NNP", "NNPS"):
                tokens.extend(range(child.i, objects[0].i + 1))
    return tokens


def _before_noun(parse: Parse, i: int) -> list[int]:
    """Return a party before an event noun with what modifies it, hung on that noun though it is by the parser.

    "US-led coalition" of "US-led coalition airstrikes".
    """
    head = parse.tokens[i].head
    tokens = parse.noun_phrase(i)
    first = tokens[0]
    while first > 0:
        before = parse.tokens[first - 1]
        above = before
        while above.tag in _MODIFYING and above.head > above.i:
            above = parse.tokens[above.head]
        if before.tag not in _MODIFYING or head not in (above.i, above.head):
            break
        first -= 1
    return list(range(first, tokens[-1] + 1))
