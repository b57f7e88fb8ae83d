"""Chains of sources: carried quotations, pronouns, orphaned fragments, sources within sources; each event's chain."""

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import msgspec

from reportedly.extract.arguments import find_antecedent
from reportedly.extract.contents import join
from reportedly.extract.mentions import Attribution, EventMention
from reportedly.extract.parse import Parse, Sentence
from reportedly.extract.quotations import quotations_near
from reportedly.extract.sources import make_source
from reportedly.records.claim import Basis, Source
from reportedly.records.spans import Field, Span

_PRONOUNS = frozenset(
    {"he", "she", "they", "it", "we", "i", "who", "which", "that", "his", "her", "their", "its", "my"}
)
_FIRST_PERSON = frozenset({"i", "we", "my", "our", "you"})
_LINE_ENDS = ("\n", "\r")
MAX_REACH = 20_000
"""Characters from where an attribution begins within which its content is looked for; no printed speech is longer."""
MAX_CARRY = 3
"""Sentences in quotation marks that may lie between a cue and the quotation that goes on."""

_OWN_PARTY = frozenset({"we", "i", "us", "our", "my", "the country", "the nation", "the government", "the group"})
_ABBREVIATIONS = frozenset({"US", "UK", "UN", "EU"})
_TITLES = frozenset(
    {"president", "presidential", "prime", "minister", "ministry", "foreign", "defence", "defense", "interior"}
    | {"finance", "general", "secretary", "deputy", "chief", "south", "southern", "north", "northern", "east"}
    | {"eastern", "west", "western", "central", "united", "states", "republic", "national", "democratic", "people"}
    | {"army", "navy", "police", "military", "government", "former", "king", "queen", "prince", "governor", "senator"}
    | {"ambassador", "council", "the", "these", "those", "some", "many", "several", "officials", "leader", "spokesman"}
    | {"spokeswoman", "spokesperson", "new", "party", "state", "federal"}
)
STEM = 4
"""Letters that a country and its people mostly share."""
ASIDE = 0.5
"""What is left of an attribution's score for events in an aside."""


class Found(msgspec.Struct):
    """One attribution while it is being put together.

    Attributes:
        sources: Links of its chain so far, outermost first.
        phrase: The whole phrase that names the innermost source.
        cue: The reporting words.
        cue_token: Token index of their head, for its sentence.
        content: Spans of what is reported.
        form: As ``Attribution.kind``.
        vouched: Whether the source stands behind events in the content.
        score: From 0 to 1.
        basis: How the source claims to know.
    """

    sources: list[Source]
    phrase: Span | None
    cue: Span | None
    cue_token: int
    content: list[Span]
    form: str
    vouched: bool
    score: float
    basis: Basis = Basis.NOT_SAID


def carry(parse: Parse, sentence: Sentence, found: Sequence[Found], quotations: Sequence[Span]) -> Found | None:
    """Read a sentence in quotation marks that goes on quoting the last source.

    Within the paragraph of the cue the sentence is added to the content of that attribution and nothing is returned.
    """
    recent = itertools.takewhile(lambda item: _is_near(parse, item, sentence), reversed(found))
    last = next((item for item in recent if _speaks_aloud(item, quotations)), None)
    if last is None or sentence.index == 0 or last.form not in ("direct", "mixed", "carried"):
        return None
    before = parse.tokens[last.cue_token].sentence
    near = quotations_near(quotations, sentence.span, 2)
    around = [q for q in near if q.start - 1 <= sentence.span.start and sentence.span.end <= q.end + 2]
    if not around:
        return None
    quoted = Span(max(sentence.span.start, around[0].start), min(sentence.span.end, around[0].end))
    if parse.sentences[before].paragraph == sentence.paragraph:
        last.content = join([*last.content, quoted], parse.text)
        last.cue_token = sentence.first if last.form == "carried" else last.cue_token
        return None
    if not last.sources:
        return None
    source = msgspec.structs.replace(last.sources[-1], cue=None, by="rule:carried", mention=None)
    sources = [*last.sources[:-1], source]
    return Found(sources, None, None, sentence.first, [quoted], "carried", True, 0.6)


def _is_near(parse: Parse, item: Found, sentence: Sentence) -> bool:
    return sentence.index - parse.tokens[item.cue_token].sentence <= MAX_CARRY


def reach_back(parse: Parse, found: Sequence[Found], quotations: Sequence[Span]) -> None:
    """Add to a quotation the paragraphs before it that were opened and not closed, as the press prints long ones."""
    text = parse.text
    open_before = {
        after.start: before
        for before, after in itertools.pairwise(quotations)
        if text[before.end : before.end + 1] in _LINE_ENDS and not text[before.end : after.start - 1].strip()
    }
    for item in found:
        if not open_before or not item.vouched or item.form not in ("direct", "mixed"):
            continue
        first = next((q for span in item.content for q in quotations_near(quotations, span)), None)
        while first is not None and (first := open_before.get(first.start)) is not None:
            item.content = join([first, *item.content], text)


def _speaks_aloud(item: Found, quotations: Sequence[Span]) -> bool:
    """Say whether an attribution is one that a quotation can go on from: vouched, and not itself quoted."""
    if not item.vouched or item.form == "orphan":
        return False
    return item.cue is None or not any(q.covers(item.cue) for q in quotations_near(quotations, item.cue))


def lead_pronouns(parse: Parse, found: Sequence[Found]) -> None:
    """Give pronoun sources ("he said") the text and span of the last source that agrees."""
    named: list[Source] = []
    for item in found:
        for index, source in enumerate(item.sources):
            word = source.text.lower()
            if word not in _PRONOUNS:
                named.append(source)
                continue
            if word in _FIRST_PERSON:
                continue
            antecedent = _find_named(parse, source, named)
            if antecedent is not None:
                item.sources[index] = Source(antecedent.text, antecedent.span, source.cue, "rule:pronoun", source.span)


def _find_named(parse: Parse, source: Source, named: Sequence[Source]) -> Source | None:
    token = parse.tokens_in(source.span)[0]
    antecedent = find_antecedent(parse, token.i)
    if antecedent != token.i:
        candidate = make_source(parse, antecedent, None, "pronoun")
        same = [earlier for earlier in named[-3:] if earlier.span.overlaps(candidate.span)]
        if same or token.lower == "it":
            return candidate
    if token.lower in ("he", "she", "his", "her"):
        persons = [s for s in named[-3:] if any(t.tag in ("NNP", "NN") for t in parse.tokens_in(s.span))]
        if persons or antecedent == token.i:
            return persons[-1] if persons else None
        return make_source(parse, antecedent, None, "pronoun")
    return named[-1] if named else None


def attach_orphans(parse: Parse, found: Sequence[Found]) -> None:
    """Give an "According to A and B." that stands alone the sentence that follows it, or else the one before."""
    for item in found:
        if item.form != "orphan":
            continue
        index = parse.tokens[item.cue_token].sentence
        after = parse.sentences[index + 1] if index + 1 < len(parse.sentences) else None
        if after is not None and after.paragraph == parse.sentences[index].paragraph:
            item.content = [after.span]
        elif index > 0:
            item.content = [parse.sentences[index - 1].span]


def nest(parse: Parse, found: Sequence[Found]) -> None:
    """Put the outer sources first where the cue of one attribution lies in the content of another."""
    own = [list(item.sources) for item in found]
    starts = [sentence.span.start for sentence in parse.sentences]
    outer_by_sentence: dict[int, list[int]] = {}
    for index, item in enumerate(found):
        if item.vouched and item.sources:
            reached = [(max(bisect_right(starts, s.start) - 1, 0), bisect_left(starts, s.end)) for s in item.content]
            for sentence in {number for first, last in reached for number in range(first, last)}:
                outer_by_sentence.setdefault(sentence, []).append(index)
    for index, item in enumerate(found):
        cue = item.cue
        if cue is None:
            continue
        near = outer_by_sentence.get(parse.tokens[item.cue_token].sentence, ())
        outer = [k for k in near if k != index and any(span.covers(cue) for span in found[k].content)]
        outer.sort(key=lambda k: -_size(found[k].content))
        chain: list[Source] = []
        for k in outer:
            chain.extend(source for source in own[k] if source not in chain)
        item.sources = [s for s in chain if not any(s.span == inner.span for inner in own[index])] + own[index]


def _size(content: Sequence[Span]) -> int:
    return sum(span.end - span.start for span in content)


def propose_chain(
    parse: Parse, event: EventMention, attributions: Sequence[Attribution]
) -> tuple[Field[tuple[Source, ...]], ...]:
    """Propose chains for one event, the innermost attribution around its trigger first.

    An event whose trigger is itself the cue ("accused") is not in its own content. The last candidate is always the
    empty chain: the outlet speaks for itself.
    """
    token = parse.tokens[event.head]
    around = []
    first = bisect_left(attributions, token.start - MAX_REACH, key=first_offset)
    last = bisect_right(attributions, token.start, key=first_offset)
    for attribution in attributions[first:last]:
        if attribution.kind == "unvouched" or not attribution.chain:
            continue
        if attribution.cue is not None and attribution.cue.overlaps(token.span):
            continue
        sizes = [span.end - span.start for span in attribution.content if span.covers(token.span)]
        if sizes:
            around.append((min(sizes), attribution))
    around.sort(key=lambda pair: (pair[0], -pair[1].score))
    aside = _find_aside(parse, event.head)
    fields = [Field(a.chain, a.cue or a.chain[-1].span, f"rule:{a.kind}", _weigh(a, aside)) for _, a in around]
    return (*fields, Field((), None, "rule:outlet", 0.5))


def first_offset(attribution: Attribution) -> int:
    """Return where an attribution begins, with its content or its cue; a document's stand in this order."""
    start = attribution.content[0].start
    return start if attribution.cue is None else min(start, attribution.cue.start)


def speaks_for(source: str, party: str) -> bool:
    """Say whether a source speaks in its own party's name: "we", "its navy", a country's president for the country.

    A country and its demonym are told by the four letters that most share (Norland, Norlander), the United States by
    its abbreviation, so that no gazetteer is needed here; a few (France, French) are missed.
    """
    if party.lower() in _OWN_PARTY or _stems(party) & _stems(source):
        return True
    return party.lower().split()[-1:] == source.lower().split()[-1:] != []


def _stems(text: str) -> set[str]:
    """Return the first letters of the names in a phrase; titles and points of the compass name nobody."""
    words = [word.strip(",’'\"“”()") for word in text.replace(".", "").split()]
    names = [word for word in words if word[:1].isupper() and len(word) >= STEM and word.lower() not in _TITLES]
    return {word[:STEM].lower() for word in names} | {word for word in words if word in _ABBREVIATIONS}


def _find_aside(parse: Parse, i: int) -> Span | None:
    """Return the apposition or relative clause behind a comma that holds a token, if any."""
    for token in (parse.tokens[i], *parse.ancestors(i)):
        if token.dep in ("appos", "relcl"):
            indices = parse.subtree(token.i)
            if indices[0] > 0 and (parse.tokens[indices[0]].text == "," or parse.tokens[indices[0] - 1].text == ","):
                return parse.span(indices)
    return None


def _weigh(attribution: Attribution, aside: Span | None) -> float:
    """An aside within indirect speech ("…, the group that attacked Sudmark, …") is the outlet's own more often."""
    if aside is None or attribution.kind != "indirect":
        return attribution.score
    inside = any(span.covers(aside) and span != aside for span in attribution.content)
    return attribution.score * (ASIDE if inside else 1.0)
