"""What a third-person pronoun stands for."""

from collections.abc import Iterator

from reportedly.extract.parse import Parse, Sentence, Token

THIRD_PERSON = frozenset({"he", "she", "they", "it", "him", "her", "them", "his", "their", "its"})
_SINGULAR = frozenset({"he", "she", "him", "her", "his"})
_PLURAL = frozenset({"they", "them", "their"})
_PERSON_ENDINGS = ("er", "or", "ent", "ief", "ist", "man", "king", "queen")
_SENTENCES_BACK = 2


def find_antecedent(parse: Parse, i: int, places: frozenset[int] = frozenset()) -> int:
    """Lead a third-person pronoun to the noun it most plausibly stands for, or return ``i``.

    Looks for a noun before it that agrees: for a possessive the subject of its own clause, then the subjects of its
    sentence in order, those of the two sentences before, and last any other noun of its sentence, the nearest first
    (Hobbs's preference for subjects, without his tree walk). A person is never a name with an article ("The Herald")
    nor one of ``places``.
    """
    token = parse.tokens[i]
    if token.lower not in THIRD_PERSON:
        return i
    candidates = _candidates(parse, token)
    return next((found.i for found in candidates if _agrees(parse, found, token.lower, places)), i)


def _candidates(parse: Parse, token: Token) -> Iterator[Token]:
    sentence = parse.sentence_of(token.i)
    if token.tag == "PRP$":
        for above in parse.ancestors(token.i):
            subject = parse.child(above.i, "nsubj", "nsubjpass") if above.tag[:2] == "VB" else None
            if subject is not None and subject.i < token.i:
                yield subject
    before = parse.tokens[sentence.first : token.i]
    yield from (t for t in before if t.dep in ("nsubj", "nsubjpass", "poss"))
    for index in range(sentence.index - 1, max(-1, sentence.index - 1 - _SENTENCES_BACK), -1):
        yield from _subjects(parse, parse.sentences[index])
    if token.lower != "it":
        yield from (t for t in reversed(before) if t.dep in ("dobj", "pobj", "conj"))


def _subjects(parse: Parse, sentence: Sentence) -> Iterator[Token]:
    return (t for t in parse.tokens[sentence.first : sentence.last] if t.dep in ("nsubj", "nsubjpass"))


def _agrees(parse: Parse, candidate: Token, pronoun: str, places: frozenset[int]) -> bool:
    """Say whether the pronoun can stand for the candidate."""
    personal, plural = pronoun in _SINGULAR, pronoun in _PLURAL
    if candidate.tag in ("NNP", "NNPS"):
        if personal:
            return candidate.tag == "NNP" and candidate.i not in places and parse.child(candidate.i, "det") is None
        return not plural or candidate.tag == "NNPS" or len(parse.conjuncts(candidate.i)) > 1
    if candidate.tag == "NNS":
        return plural
    if candidate.tag == "NN" and not plural:
        return not personal or (candidate.lower.endswith(_PERSON_ENDINGS) and not candidate.lower.endswith("ment"))
    return False
