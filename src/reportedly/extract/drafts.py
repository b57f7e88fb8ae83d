"""What the finders of statements share: the word lists, and a statement before chain, hedges and id are added."""

import re
import tomllib
from importlib.resources import files

import msgspec

from reportedly.extract.parse import Parse, Sentence, Token
from reportedly.extract.triggers import lead_pronoun
from reportedly.records.claim import StatementKind
from reportedly.records.spans import Span

_TRAILING = frozenset({",", ".", ":", ";", "''", "``", "POS", "-RRB-", "-LRB-"})
_RELATIVE = ("relcl", "advcl", "parataxis", "ccomp")


class StatementLexicon(msgspec.Struct, frozen=True):
    """The word lists of ``statements.toml`` by section and name, and the patterns compiled from them.

    Attributes:
        words: Word lists, keyed ``section.name``.
        norms: Finds the names of norms.
        crimes: Finds the names of crimes under international law.
        purposes: Finds phrases of purpose ("in order to").
        gate: Finds any stem a statement could rest on, by kind: a sentence without one is passed over.
    """

    words: dict[str, frozenset[str]]
    norms: re.Pattern[str]
    crimes: re.Pattern[str]
    purposes: re.Pattern[str]
    gate: dict[StatementKind, re.Pattern[str]]


class Draft(msgspec.Struct, frozen=True):
    """One statement as a finder reads it.

    Attributes:
        kind: Which of the four.
        span: The words that state it.
        anchor: Token of the word it rests on.
        subject: Head token of who is tied, judged, intends or is at risk; None where the text does not say.
        object: To whom tied, what the act is judged as, what is intended, the risk.
        norms: Norms named.
        speaker: Head token of who judges, where an act of speech does ("X called Y illegal").
        named: The words that name the subject, where they are more than its noun phrase ("neighbours like A and B").
        by: The rule.
    """

    kind: StatementKind
    span: Span
    anchor: int
    subject: int | None
    object: Span | None
    norms: tuple[Span, ...] = ()
    speaker: int | None = None
    named: Span | None = None
    by: str = "rule:statement"


def open_statements() -> StatementLexicon:
    """Read the word lists that ship with the package and compile the patterns."""
    text = files("reportedly.extract").joinpath("data", "statements.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    patterns = {("legal", "norms"), ("intent", "phrases")}
    words = {
        f"{section}.{name}": frozenset(word.replace("_", " ") for word in value.split())
        for section, lists in table.items()
        for name, value in lists.items()
        if (section, name) not in patterns
    }
    crimes = "|".join(sorted((re.escape(crime) for crime in words["legal.crimes"]), key=len, reverse=True))
    return StatementLexicon(
        words=words,
        norms=re.compile(rf"\b(?:{table['legal']['norms']})(?!\w|\s(?-i:[A-Z]))", re.IGNORECASE),
        crimes=re.compile(rf"\b(?:{crimes})(?:s|es)?(?!\w)", re.IGNORECASE),
        purposes=re.compile(rf"\b(?:{table['intent']['phrases']})\b", re.IGNORECASE),
        gate={kind: _compile_gate(kind, words, table["intent"]["phrases"]) for kind in StatementKind},
    )


def _compile_gate(kind: StatementKind, words: dict[str, frozenset[str]], phrases: str) -> re.Pattern[str]:
    if kind is StatementKind.AFFILIATION:
        parts = ("participles", "nouns", "suffixes", "bare", "backing")
        lists: tuple[str, ...] = tuple(f"affiliation.{part}" for part in parts)
    elif kind is StatementKind.LEGAL:
        lists = ("legal.crimes", "legal.adjectives", "legal.breaches", "legal.breaking", "legal.evading")
    elif kind is StatementKind.INTENT:
        lists = ("intent.participles", "intent.verbs", "intent.framing", "intent.goals")
    else:
        lists = ("risk.verbs", "risk.spill", "risk.drag", "risk.threatening")
    stems = {word.split("~")[0].rstrip("ey") for name in lists for word in words[name]}
    stems |= {"spilt"} if kind is StatementKind.RISK else set()
    pattern = "|".join(re.escape(stem) for stem in sorted(stems))
    pattern += "|risk|drew" if kind is StatementKind.RISK else f"|{phrases}" if kind is StatementKind.INTENT else ""
    return (
        re.compile(rf"\b(?:{pattern})")
        if kind is not StatementKind.AFFILIATION
        else re.compile(rf"\b(?:{pattern})|-(?:{pattern})")
    )


def phrase_span(parse: Parse, i: int, whole: bool = False) -> Span:
    """Return the span of the phrase headed by ``i``, with what is coordinated with it; ``whole`` keeps its complements.

    Closing punctuation and clauses that stand apart are left out.
    """
    if whole:
        tokens = parse.subtree(i, without=_RELATIVE)
    else:
        heads = [j for j in parse.conjuncts(i) if parse.tokens[j].tag[:2] in ("NN", "PR", "CD", "JJ")] or [i]
        tokens = sorted(j for head in heads for j in parse.noun_phrase(head))
    first, last = tokens[0], tokens[-1]
    while last > first and (parse.tokens[last].tag in _TRAILING or parse.tokens[last].text in "“”\"'’"):
        last -= 1
    while first < last and (parse.tokens[first].tag in _TRAILING or parse.tokens[first].text in "“”\"'"):
        first += 1
    return parse.span([first, last])


def join_spans(*spans: Span | None) -> Span:
    """Return the run from the first to the last of some spans; at least one is given."""
    given = [span for span in spans if span is not None]
    return Span(min(span.start for span in given), max(span.end for span in given))


def find_subject(parse: Parse, i: int) -> int | None:
    """Return the head of the verb's subject: its own, the noun it modifies, or that of the verb it hangs from."""
    for _ in range(5):
        token = parse.tokens[i]
        own = parse.child(i, "nsubj", "nsubjpass")
        if own is not None and own.tag != "EX":
            return lead_pronoun(parse, own.i)
        if token.dep in ("acl", "relcl", "amod"):
            return token.head
        if token.dep == "pcomp" and parse.head(i).lower in ("for", "of"):
            # "jailed him for committing": whoever the verb is done to did it
            done = parse.child(parse.head(parse.head(i).i).i, "dobj", "nsubjpass")
            if done is not None:
                return done.i
        if token.dep not in ("xcomp", "conj", "advcl", "acomp", "pcomp", "prep", "oprd", "ccomp") or token.head == i:
            return None
        i = token.head
    return None


def find_object(parse: Parse, i: int, *prepositions: str) -> int | None:
    """Return the object of the first of these prepositions below token ``i``."""
    for child in parse.children(i):
        if child.dep in ("prep", "agent", "dative") and child.lower in prepositions:
            inner = parse.child(child.i, "pobj")
            if inner is not None:
                return inner.i
    return None


def is_name(token: Token) -> bool:
    """Say whether the token is a name or a nationality."""
    return token.tag in ("NNP", "NNPS") or (token.tag == "JJ" and token.text[:1].isupper())


def is_party(parse: Parse, i: int, lexicon: StatementLexicon) -> bool:
    """Say whether the phrase headed by ``i`` can be a party: a name, a body, people of some standing."""
    token = parse.tokens[i]
    lemma = parse.lemma(i)
    if is_name(token) or lemma in lexicon.words["party.words"] or token.lower in lexicon.words["party.words"]:
        return True
    return token.tag[:2] == "NN" and any(is_name(child) and child.i < i for child in parse.children(i))


def is_private(parse: Parse, i: int | None, lexicon: StatementLexicon) -> bool:
    """Say whether the phrase names a private person, of whom nothing is stated."""
    return i is not None and (
        parse.tokens[i].lower in lexicon.words["party.private"] or parse.lemma(i) in lexicon.words["party.private"]
    )


def match_spans(parse: Parse, sentence: Sentence, pattern: re.Pattern[str]) -> list[Span]:
    """Return where a pattern matches in a sentence, as spans of the text."""
    start = sentence.span.start
    text = sentence.span.slice(parse.text)
    return [Span(start + match.start(), start + match.end()) for match in pattern.finditer(text)]


def is_negated(parse: Parse, i: int) -> bool:
    """Say whether a verb is negated."""
    return any(child.dep == "neg" or child.lower in ("no", "never", "neither") for child in parse.children(i))


def head_of(parse: Parse, span: Span) -> int:
    """Return the token that governs the others of a span."""
    inside = [token for token in parse.tokens_in(span) if span.overlaps(token.span)]
    indices = {token.i for token in inside}
    return next(
        (token.i for token in reversed(inside) if token.head not in indices or token.head == token.i), inside[0].i
    )
