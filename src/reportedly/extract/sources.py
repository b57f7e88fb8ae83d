"""Sources: who stands behind a cue, how long the phrase is that names them, and how they claim to know."""

import itertools
from collections.abc import Sequence

import msgspec

from reportedly.extract.arguments import find_subjects
from reportedly.extract.cues import AttributionCues
from reportedly.extract.parse import Parse, Token
from reportedly.extract.triggers import is_passive
from reportedly.records.claim import Basis, Source
from reportedly.records.spans import Span

_EDGES = frozenset({"POS", ",", ".", ":", "IN", "''", "``", "-LRB-", "-RRB-", "CC"})
_NAMES = frozenset({"NNP", "NNPS"})
_IN_NAMES = frozenset({"for", "on", "against", "without"})
"""Prepositions inside names of bodies; after others stands where or whose somebody is."""
_RELATIVE = frozenset({"who", "which", "that"})
_CLAUSES = frozenset({"ccomp", "parataxis"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
MAX_INVERSION = 5
"""Tokens of a subject that follows its verb."""
_NOMINAL = ("NN", "PR", "CD", "DT", "WP", "JJ")


class Speakers(msgspec.Struct, frozen=True):
    """The sources of one cue, outermost first, and the whole phrase beside the cue that names the innermost."""

    chain: tuple[Source, ...] = ()
    phrase: Span | None = None


def make_source(parse: Parse, i: int, cue: Span | None, by: str) -> Source:
    """Return the phrase headed by ``i``, with what is coordinated with it, as one link of a chain.

    Clauses and appositions are left out, so that the text is a name or a short description; of a description with
    the name after it, the name is taken ("his lawyer, Ann Lee"), both where no comma parts them.
    """
    name = next((child for child in parse.children(i) if child.dep == "appos" and child.tag == "NNP"), None)
    if name is not None and parse.tokens[i].tag in ("NN", "NNS") and name.i > i:
        named = parse.noun_phrase(name.i)
        parted = any(parse.tokens[j].text in ",(–—:" for j in range(i + 1, named[0]))
        span = parse.span([named[0] if parted else parse.noun_phrase(i)[0], named[-1]])
        return Source(span.slice(parse.text), span, cue, f"rule:{by}")
    heads = [j for j in parse.conjuncts(i) if parse.tokens[j].tag[:2] in _NOMINAL] or [i]
    tokens = [j for head in heads for j in (*parse.noun_phrase(head), *_name_after(parse, head))]
    first, last = min(tokens), max(tokens)
    while last > first and parse.tokens[last].tag in _EDGES:
        last -= 1
    while first < last and parse.tokens[first].tag in _EDGES:
        first += 1
    first = parse.after_clock(first, heads[0])
    span = parse.span([first, last])
    return Source(span.slice(parse.text), span, cue, f"rule:{by}")


def _name_after(parse: Parse, head: int) -> list[int]:
    """Return the rest of a name that goes on after a preposition ("the Institute for Sea Studies")."""
    if parse.tokens[head].tag not in _NAMES:
        return []
    for child in parse.children(head):
        if child.dep == "prep" and child.i > head and child.lower in _IN_NAMES:
            target = parse.child(child.i, "pobj")
            if target is not None and target.tag in _NAMES:
                return parse.noun_phrase(target.i)
    return []


def whole_phrase(parse: Parse, i: int, cue: int) -> Span:
    """Return the phrase headed by ``i`` with titles, appositions and relative clauses, without what holds the cue.

    PolNeAR's annotators take 94 of 100 appositions, 85 of 100 prepositional phrases and 56 of 100 relative clauses
    into the source (counted on its training part).
    """
    above = {cue, *(token.i for token in parse.ancestors(cue))}
    kept, stack = [], [i]
    while stack:
        j = stack.pop()
        kept.append(j)
        stack.extend(child.i for child in parse.children(j) if child.i not in above and child.dep not in _CLAUSES)
    kept.sort()
    at = kept.index(i)
    first = last = at
    while first > 0 and kept[first - 1] == kept[first] - 1:
        first -= 1
    while last + 1 < len(kept) and kept[last + 1] == kept[last] + 1:
        last += 1
    while last > at and parse.tokens[kept[last]].tag in _EDGES:
        last -= 1
    while first < at and parse.tokens[kept[first]].tag in _EDGES:
        first += 1
    return parse.span([parse.after_clock(kept[first], i), kept[last]])


def find_speakers(
    parse: Parse, token: Token, lemma: str, cue: Span, content: Sequence[Span], cues: AttributionCues
) -> Speakers:
    """Find who speaks by a verb: its subject, or its agent where it is passive; with whom they cite, or told.

    Nobody is the source of words that name them: a subject within the content is a slip of the parser, and the noun
    beside the cue is taken instead.

    Returns:
        No source where a passive names no agent or the subject is expletive.
    """
    subjects = _agents(parse, token.i) if is_passive(parse, token.i) else find_subjects(parse, token.i)
    if not subjects:
        subjects = find_closing_speaker(parse, token, cues)
    if subjects and (holder := _before_name(parse, subjects[0], cues)) is not None:
        subjects = [holder]
    if token.tag == "VBG" and subjects and not can_speak(parse, subjects[0], cues):
        subjects = _governing_speaker(parse, token, cues) or subjects
    if subjects and any(span.covers(parse.tokens[subjects[0]].span) for span in content):
        subjects = [i for i in subjects if not any(span.covers(parse.tokens[i].span) for span in content)]
        subjects = subjects or _beside(parse, token, content)
    if not subjects or parse.tokens[subjects[0]].tag == "EX":
        return Speakers()
    head = subjects[0]
    own = parse.child(token.i, "nsubj")
    source = make_source(parse, head, cue, "subject")
    phrase = whole_phrase(parse, head, token.i)
    if own is not None and own.lower in _RELATIVE and own.i != head:
        source = msgspec.structs.replace(source, mention=own.span)
        phrase = own.span
    chain = [source]
    if lemma == "tell":
        outlet = parse.child(token.i, "dobj", "dative")
        if outlet is not None and _is_outlet(parse, outlet, cues):
            chain.insert(0, make_source(parse, outlet.i, cue, "told"))
    chain.extend(_cited(parse, token, head, cues))
    return Speakers(tuple(chain), phrase)


def find_closing_speaker(parse: Parse, token: Token, cues: AttributionCues) -> list[int]:
    """Return who speaks between the last comma and a closing verb, where the parser hung it on what is said.

    "Agents killed a man in Selby, a source close to the government said": the source is taken for an apposition.
    So is the holder of a name that stands before the verb. Empty where the verb has a subject of its own.
    """
    if token.tag not in _FINITE:
        return []
    own = parse.child(token.i, "nsubj")
    if own is not None:
        holder = _before_name(parse, own.i, cues) if own.i < token.i else None
        return [holder] if holder is not None else []
    if find_subjects(parse, token.i):
        return []
    sentence = parse.sentence_of(token.i)
    comma = next((j for j in range(token.i - 1, sentence.first, -1) if parse.tokens[j].text == ","), None)
    if comma is None:
        return []
    inside = parse.tokens[comma + 1 : token.i]
    heads = [t.i for t in inside if t.tag[:2] == "NN" and not comma < t.head < token.i and can_speak(parse, t.i, cues)]
    return heads[:1]


def _before_name(parse: Parse, i: int, cues: AttributionCues) -> int | None:
    """Return who speaks where the parser takes the name of the place in the phrase for it.

    In "a hospital in the port Orsk said" the place's kind then hangs on the hospital, right before the name.
    """
    kind = parse.tokens[i - 1] if i > parse.sentence_of(i).first else None
    if kind is None or parse.tokens[i].tag != "NNP" or kind.tag != "NN" or kind.dep != "pobj":
        return None
    link = parse.head(kind.i)
    above = parse.head(link.i)
    return above.i if above.tag[:2] == "NN" and above.i < link.i and can_speak(parse, above.i, cues) else None


def _governing_speaker(parse: Parse, token: Token, cues: AttributionCues) -> list[int]:
    """Subject of a verb above a participle that can speak: "ordered a freeze citing …" is not said by the freeze."""
    for above in parse.ancestors(token.i):
        if above.tag[:2] == "VB":
            subjects = [i for i in find_subjects(parse, above.i) if can_speak(parse, i, cues)]
            if subjects:
                return subjects
    return []


def _beside(parse: Parse, token: Token, content: Sequence[Span]) -> list[int]:
    """The noun or pronoun right before a verb, or the name or noun that follows it ("said Ann Lee")."""
    sentence = parse.sentence_of(token.i)
    before = parse.tokens[max(sentence.first, token.i - 1) : token.i]
    after = parse.tokens[token.i + 1 : min(sentence.last, token.i + 1 + MAX_INVERSION)]
    run = list(itertools.takewhile(lambda t: t.tag[:2] in ("NN", "DT", "JJ", "PR"), after))
    near = [t for t in (*before, *run[-1:]) if t.tag[:2] in ("NN", "PR")]
    return [t.i for t in near if not any(span.covers(t.span) for span in content)][:1]


def _agents(parse: Parse, i: int) -> list[int]:
    agents = [child for child in parse.children(i) if child.dep == "agent"]
    return [grand.i for agent in agents for grand in parse.children(agent.i) if grand.dep == "pobj"]


def _is_outlet(parse: Parse, token: Token, cues: AttributionCues) -> bool:
    if token.tag not in ("NNP", "NNPS"):
        return False
    return token.lower in cues.words["outlets"] or (token.text.isupper() and 2 < len(token.text) <= 5)


def _cited(parse: Parse, token: Token, subject: int, cues: AttributionCues) -> list[Source]:
    """Whom the speaker cites: "…, citing B, said", "in a report citing B, said", "quoting B"."""
    low = max(parse.sentence_of(token.i).first, min(subject, token.i) - 1)
    high = parse.sentence_of(token.i).last
    for j in range(low, high):
        if parse.tokens[j].lower not in ("citing", "quoting") or j == token.i:
            continue
        chain = [above.i for above in parse.ancestors(j)]
        depth = chain.index(token.i) if token.i in chain else -1
        if depth < 0 and subject not in chain:
            continue
        if any(parse.tokens[k].dep in _CLAUSES for k in chain[: max(depth, 0)]):
            continue
        cited = parse.child(j, "dobj", "pobj")
        if cited is not None and cited.i != subject and can_speak(parse, cited.i, cues):
            return [make_source(parse, cited.i, parse.tokens[j].span, "citing")]
    return []


def find_relay(parse: Parse, noun: int, cue: Span, cues: AttributionCues) -> list[Source]:
    """Return through whom a document is known: "papers seen by B, which cited C" reach the reader by B, and B by C.

    Returns:
        B, then C where B cites anybody, outermost first; empty where nobody is said to have seen the document.
    """
    for child in parse.children(noun):
        if child.dep != "acl" or child.lower not in cues.words["seen"]:
            continue
        readers = [i for i in _agents(parse, child.i) if can_speak(parse, i, cues)]
        if not readers:
            continue
        relay = [make_source(parse, readers[0], cue, "seen_by")]
        for j in parse.subtree(noun):
            token = parse.tokens[j]
            cited = parse.child(j, "dobj", "pobj") if parse.lemma(j) in ("cite", "quote") else None
            if cited is not None and can_speak(parse, cited.i, cues):
                relay.append(make_source(parse, cited.i, token.span, "citing"))
                break
        return relay
    return []


def can_speak(parse: Parse, i: int, cues: AttributionCues) -> bool:
    """Say whether a noun names who or what can be cited for a claim: a name, people, a body, a document, a picture."""
    if parse.tokens[i].tag in ("NNP", "NNPS", "PRP"):
        return True
    noun = parse.lemma(i)
    return any(noun in cues.words[name] for name in ("speakers", "documents", "imagery", "outlets"))


def find_owner(parse: Parse, i: int, *prepositions: str) -> int | None:
    """Return whose a noun is: a possessor, or the object of one of some prepositions."""
    owner = parse.child(i, "poss")
    if owner is not None:
        return owner.i
    for child in parse.children(i):
        if child.dep in ("prep", "agent") and child.lower in prepositions:
            target = parse.child(child.i, "pobj")
            if target is not None:
                return target.i
    return None


def read_basis(parse: Parse, source: int | None, lemma: str, cues: AttributionCues) -> Basis:
    """Say how a source claims to know, from what it is (a document, a picture) or from the verb."""
    if source is not None and parse.tokens[source].tag[:2] == "NN":
        noun = parse.lemma(source)
        if noun in cues.words["imagery"]:
            return Basis.IMAGERY
        if noun in cues.words["documents"]:
            return Basis.DOCUMENT
    for name, basis in (("witness", Basis.WITNESSED), ("inferred", Basis.INFERRED), ("told", Basis.TOLD)):
        if lemma in cues.words[name]:
            return basis
    return Basis.NOT_SAID


def cue_span(parse: Parse, token: Token, preposition: Token | None = None) -> Span:
    """Return a verb with the auxiliaries, negation and adverbs before it, its particle and a preposition after it."""
    parts = {child.i for child in parse.children(token.i) if child.dep in ("aux", "auxpass", "neg", "advmod", "prt")}
    first = last = token.i
    sentence = parse.sentence_of(token.i)
    while first - 1 >= sentence.first and first - 1 in parts:
        first -= 1
    while last + 1 < sentence.last and last + 1 in parts and parse.tokens[last + 1].dep == "prt":
        last += 1
    if preposition is not None and preposition.i == last + 1:
        last += 1
    return parse.span([first, last])


def heads_of(parse: Parse, spans: Sequence[Span]) -> set[int]:
    """Return the indices of all tokens that lie in some spans."""
    return {token.i for span in spans for token in parse.tokens_in(span)}
