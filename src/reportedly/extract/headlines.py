"""Attribution by a colon, as headlines have it: "Officials: Three killed", "Three killed in raid: officials"."""

from reportedly.extract.chains import Found
from reportedly.extract.contents import pieces
from reportedly.extract.cues import AttributionCues
from reportedly.extract.parse import Parse, Sentence, Token
from reportedly.extract.sources import can_speak, make_source
from reportedly.records.spans import Span

MAX_SOURCE = 5
"""Tokens of a source that a colon parts from what it says; more is a sentence."""
MIN_CONTENT = 3
_STOPS = frozenset({".", "?", "!"})
_OWN_WORDS = frozenset({"i", "we", "my", "our"})


def read_headline(parse: Parse, sentence: Sentence, cues: AttributionCues) -> Found | None:
    """Read a line without a full stop in which one colon parts a source from what it says.

    A description ("officials", "rebel leader") counts on either side. A bare name counts only before what is quoted or
    said in the first person, because before a colon there also stand places, topics and datelines.
    """
    tokens = parse.tokens[sentence.first : sentence.last]
    colons = [token for token in tokens if token.text == ":"]
    if len(colons) != 1 or tokens[-1].text in _STOPS or tokens[-1].text == ":":
        return None
    colon = colons[0]
    before, after = tokens[: colon.i - sentence.first], tokens[colon.i - sentence.first + 1 :]
    if _is_source(parse, before, cues) and (not _is_name(before) or _is_own_speech(after)):
        speaker, content = before, after
    elif _is_source(parse, after, cues) and not _is_name(after):
        speaker, content = after, before
    else:
        return None
    if len(content) < MIN_CONTENT:
        return None
    span = Span(speaker[0].start, speaker[-1].end)
    source = make_source(parse, speaker[-1].i, colon.span, "headline")
    source = type(source)(span.slice(parse.text), span, colon.span, source.by)
    spans = pieces(parse, [token.i for token in content])
    return Found([source], span, colon.span, colon.i, spans, "indirect", True, 0.6)


def _is_source(parse: Parse, tokens: tuple[Token, ...], cues: AttributionCues) -> bool:
    if not 0 < len(tokens) <= MAX_SOURCE or any(token.tag[:2] not in ("NN", "JJ", "DT", "PO") for token in tokens):
        return False
    return can_speak(parse, tokens[-1].i, cues)


def _is_name(tokens: tuple[Token, ...]) -> bool:
    return tokens[-1].tag in ("NNP", "NNPS")


def _is_own_speech(tokens: tuple[Token, ...]) -> bool:
    return bool(tokens) and (tokens[0].tag in ("``", "''") or any(token.lower in _OWN_WORDS for token in tokens))
