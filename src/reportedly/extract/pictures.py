"""Pictures that show something, where the parser loses the verb: "A video posted online shows soldiers beating …"."""

from collections.abc import Sequence

from reportedly.extract.contents import pieces
from reportedly.extract.cues import AttributionCues
from reportedly.extract.parse import Parse, Sentence, Token
from reportedly.records.spans import Span

_SHOWS = frozenset({"show", "shows", "showed", "depict", "depicts", "depicted"})
_BETWEEN = frozenset({"VBN", "VBD", "RB", "IN", "DT", "JJ", "NN", "NNS", "NNP", "NNPS", "CD"})
"""What may stand between the noun and its verb: a participle and what belongs to it."""
_PARTICIPLES = frozenset({"VBN", "VBD"})
_FAR = 9
"""Tokens between the noun and its verb at most."""


def find_picture(
    parse: Parse, sentence: Sentence, token: Token, cues: AttributionCues
) -> tuple[int, tuple[Span, ...]] | None:
    """Return the noun for a picture that a word of showing belongs to, and what it shows.

    The small model takes the participle after the noun for the verb, and the verb for a noun. What is shown follows the
    verb, or stands before the comma where the verb ends the sentence.

    Args:
        parse: The syntax.
        sentence: The token's sentence.
        token: Any token; only "shows" and its like are read.
        cues: Their ``imagery`` lists the nouns.

    Returns:
        None where no such noun with a participle stands before the word, or where nothing is shown.
    """
    if token.lower not in _SHOWS:
        return None
    noun = _find_noun(parse, sentence, token, cues)
    if noun is None:
        return None
    after = [t.i for t in parse.tokens[token.i + 1 : sentence.last] if t.text not in ".!?"]
    if len(after) > 1:
        return noun, tuple(pieces(parse, after))
    start = min(parse.noun_phrase(noun)[0], noun)
    while start > sentence.first and parse.tokens[start].text != ",":
        start -= 1
    before = list(range(sentence.first, start))
    return (noun, tuple(pieces(parse, before))) if before else None


def _find_noun(parse: Parse, sentence: Sentence, token: Token, cues: AttributionCues) -> int | None:
    between: list[Token] = []
    for other in reversed(parse.tokens[max(sentence.first, token.i - _FAR) : token.i]):
        if other.tag[:2] == "NN" and parse.lemma(other.i) in cues.words["imagery"]:
            return other.i if _starts_with_participle(between) else None
        if other.tag not in _BETWEEN:
            return None
        between.append(other)
    return None


def _starts_with_participle(between: Sequence[Token]) -> bool:
    return bool(between) and between[-1].tag in _PARTICIPLES
