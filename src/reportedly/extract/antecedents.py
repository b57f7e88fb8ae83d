"""What a third-person pronoun stands for."""

from reportedly.extract.parse import Parse, Token

THIRD_PERSON = frozenset({"he", "she", "they", "it", "him", "her", "them", "his", "their", "its"})
_SINGULAR = frozenset({"he", "she", "him", "her", "his"})
_PLURAL = frozenset({"they", "them", "their"})
_PERSON_ENDINGS = ("er", "or", "ent", "ief", "ist", "man", "king", "queen")
_SENTENCES_BACK = 2


def find_antecedent(parse: Parse, i: int) -> int:
    """Lead a third-person pronoun to the noun it most plausibly stands for, or return ``i``.

    Looks for the first subject before it that agrees, first in its own sentence outside its own clause, then in the
    two sentences before (Hobbs's preference for subjects, without his tree walk). A person is never a name with an
    article ("The Herald").
    """
    token = parse.tokens[i]
    if token.lower not in THIRD_PERSON:
        return i
    sentence = parse.sentence_of(i)
    candidates = [t for t in parse.tokens[sentence.first : i] if t.dep in ("nsubj", "nsubjpass", "poss")]
    for index in range(sentence.index - 1, max(-1, sentence.index - 1 - _SENTENCES_BACK), -1):
        earlier = parse.sentences[index]
        candidates.extend(t for t in parse.tokens[earlier.first : earlier.last] if t.dep in ("nsubj", "nsubjpass"))
    return next((candidate.i for candidate in candidates if _agrees(parse, candidate, token.lower)), i)


def _agrees(parse: Parse, candidate: Token, pronoun: str) -> bool:
    """Say whether the pronoun can stand for the candidate."""
    personal, plural = pronoun in _SINGULAR, pronoun in _PLURAL
    if candidate.tag in ("NNP", "NNPS"):
        if personal:
            return candidate.tag == "NNP" and parse.child(candidate.i, "det") is None
        return not plural or candidate.tag == "NNPS" or len(parse.conjuncts(candidate.i)) > 1
    if candidate.tag == "NNS":
        return plural
    if candidate.tag == "NN" and not plural:
        return not personal or candidate.lower.endswith(_PERSON_ENDINGS)
    return False
