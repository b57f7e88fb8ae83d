"""Who says what: sources, cues and contents, chained where one source cites another.

Direct, indirect and mixed quotation are one scheme here (Pareti 2015): a source span, a cue span, content spans.
"""

import tomllib
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import msgspec

from reportedly.errors import ConfigError
from reportedly.extract.arguments import find_antecedent, find_subjects
from reportedly.extract.mentions import Attribution, EventMention
from reportedly.extract.parse import Parse, Sentence, Token
from reportedly.extract.quotations import find_quotations
from reportedly.extract.triggers import is_passive
from reportedly.records.claim import Basis, Source
from reportedly.records.document import Document
from reportedly.records.spans import Field, Span

_CONTENT_DEPS = ("ccomp", "parataxis")
_PRONOUNS = frozenset({"he", "she", "they", "it", "we", "i", "who", "which", "that"})
_VOUCHED = frozenset({"report", "accuse", "according_to", "noun", "quote", "carried", "orphan"})
"""Classes of attribution whose source stands behind the events in the content; askers and wishers do not."""


class AttributionCues(msgspec.Struct, frozen=True):
    """Cue lemma to class for verbs, and the other word lists of ``attribution.toml``."""

    verbs: dict[str, str]
    nouns: frozenset[str]
    words: dict[str, frozenset[str]]


class _Found(msgspec.Struct):
    """One attribution while it is being put together."""

    sources: list[Source]
    cue: Span | None
    cue_token: int
    content: list[Span]
    kind: str
    form: str
    score: float
    basis: Basis = Basis.NOT_SAID


def open_cues(extra: Path | None = None) -> AttributionCues:
    """Read the cue lists that ship with the package, and the user's own beside them.

    Args:
        extra: TOML file with any of the keys of the shipped file, each a blank-separated list of lemmas.

    Raises:
        ConfigError: the file cannot be read, or holds a key that is not known.
    """
    shipped = files("reportedly.extract").joinpath("data", "attribution.toml").read_text(encoding="utf-8")
    words = {name: frozenset(text.split()) for name, text in tomllib.loads(shipped).items()}
    if extra is not None:
        try:
            own = tomllib.loads(extra.read_text(encoding="utf-8"))
        except (OSError, tomllib.TOMLDecodeError) as error:
            raise ConfigError(f"{extra}: the cue file cannot be read ({error}); see docs/configuration.md") from error
        for name, text in own.items():
            if name not in words or not isinstance(text, str):
                raise ConfigError(f"{extra}: {name!r} is no list of cues; known: {', '.join(sorted(words))}")
            words[name] |= frozenset(text.split())
    verbs: dict[str, str] = {}
    for kind in ("attitude", "direct", "accuse", "report"):
        verbs |= dict.fromkeys(words[kind], kind)
    return AttributionCues(verbs, words["nouns"], words)


def find_attributions(parse: Parse, document: Document, cues: AttributionCues) -> tuple[Attribution, ...]:
    """Find who says what in a document.

    Args:
        parse: Its syntax.
        document: The document.
        cues: From ``open_cues``.

    Returns:
        Attributions in text order of their cues. Chains stand outermost first: where the cue of one lies in the content
        of another, the outer sources come first. A sentence that goes on quoting without a cue of its own has an
        attribution of kind ``carried``.
    """
    quotations = find_quotations(parse.text)
    found: list[_Found] = []
    for sentence in parse.sentences:
        in_sentence = _find_in_sentence(parse, sentence, cues, quotations)
        if in_sentence:
            found.extend(in_sentence)
        else:
            carried = _carry(parse, sentence, found, quotations)
            if carried is not None:
                found.append(carried)
    _lead_pronouns(parse, found)
    _attach_orphans(parse, found)
    _nest(found)
    return tuple(
        Attribution(
            chain=tuple(item.sources),
            cue=item.cue,
            content=tuple(sorted(item.content)),
            kind=item.form if item.kind in _VOUCHED else "unvouched",
            basis=Field(item.basis, item.cue, "rule:cue") if item.basis is not Basis.NOT_SAID else None,
            score=item.score,
        )
        for item in found
        if item.content
    )


def _find_in_sentence(
    parse: Parse, sentence: Sentence, cues: AttributionCues, quotations: Sequence[Span]
) -> list[_Found]:
    found: list[_Found] = []
    for i in range(sentence.first, sentence.last):
        token = parse.tokens[i]
        item = None
        if token.lower == "according":
            item = _read_according(parse, sentence, token)
        elif token.tag[:2] == "VB" and token.dep not in ("aux", "auxpass"):
            item = _read_verb(parse, sentence, token, cues, quotations)
        elif token.tag[:2] == "NN" and token.dep != "compound":
            item = _read_noun(parse, token, cues)
        if item is not None and item.sources:
            found.append(item)
    return found


def _read_according(parse: Parse, sentence: Sentence, token: Token) -> _Found | None:
    to = parse.tokens[token.i + 1] if token.i + 1 < sentence.last else token
    noun = parse.child(to.i, "pobj")
    if to.lower != "to" or noun is None:
        return None
    source = make_source(parse, noun.i, Span(token.start, to.end), "according_to")
    phrase = set(parse.subtree(token.i))
    head = parse.head(token.i)
    scope = head.i if head.i != token.i else None
    while scope is not None and parse.tokens[scope].tag[:2] != "VB" and parse.tokens[scope].head != scope:
        scope = parse.tokens[scope].head
    content = [] if scope is None else _pieces(parse, [i for i in parse.subtree(scope) if i not in phrase])
    verbs = [t for t in parse.tokens[sentence.first : sentence.last] if t.tag in ("VBD", "VBZ", "VBP", "MD")]
    orphan = scope is None or not [t for t in verbs if t.i not in phrase]
    if orphan:
        source = _published_by(parse, noun.i, source) or source
        content = []
    form = "orphan" if orphan else "according_to"
    return _Found([source], source.cue, token.i, content, form, form, 0.9, _basis_of_noun(parse, noun))


def _published_by(parse: Parse, noun: int, source: Source) -> Source | None:
    """Return whom "reports published (first) by A and B" come from."""
    for child in parse.children(noun):
        if child.dep in ("acl", "prep"):
            for agent in [child, *parse.children(child.i)]:
                target = parse.child(agent.i, "pobj") if agent.lower in ("by", "in") else None
                if target is not None:
                    return make_source(parse, target.i, source.cue, "published_by")
    return None


def _read_verb(
    parse: Parse, sentence: Sentence, token: Token, cues: AttributionCues, quotations: Sequence[Span]
) -> _Found | None:
    lemma = parse.lemma(token.i)
    kind = cues.verbs.get(lemma)
    quoted = any(q.covers(token.span) for q in quotations)
    if kind is None or (token.tag == "VB" and kind == "attitude"):
        return None
    if lemma in ("cite", "quote"):
        return _read_citing(parse, token, lemma)
    sources = _sources_of_verb(parse, token, lemma, cues)
    content = _content_of_verb(parse, sentence, token, lemma, kind, quotations)
    if not content or not sources or (quoted and sources[-1].text.lower() in ("i", "we", "you")):
        return None
    quoted = any(q.overlaps(span) for q in quotations for span in content)
    form = "indirect" if not quoted else "direct" if all(_inside(s, quotations) for s in content) else "mixed"
    cue = _cue_span(parse, token)
    return _Found(sources, cue, token.i, content, kind, form, 0.9, _basis_of_verb(parse, token, lemma, cues))


def _sources_of_verb(parse: Parse, token: Token, lemma: str, cues: AttributionCues) -> list[Source]:
    cue = _cue_span(parse, token)
    if is_passive(parse, token.i) and lemma not in ("say",):
        subjects = [
            g.i for a in parse.children(token.i) if a.dep == "agent" for g in parse.children(a.i) if g.dep == "pobj"
        ]
    else:
        subjects = find_subjects(parse, token.i)
    if not subjects or parse.tokens[subjects[0]].tag == "EX":
        return []
    sources = [make_source(parse, subjects[0], cue, "subject")]
    if lemma == "tell":
        outlet = parse.child(token.i, "dobj", "dative")
        if outlet is not None and _is_outlet(parse, outlet, cues):
            sources.insert(0, make_source(parse, outlet.i, cue, "told"))
    for child in parse.children(token.i):
        if child.dep in ("advcl", "prep", "pcomp") and child.lower in ("citing", "quoting"):
            cited = parse.child(child.i, "dobj", "pobj")
            if cited is not None:
                sources.append(make_source(parse, cited.i, child.span, "citing"))
    subject = parse.tokens[subjects[0]]
    inner = [c for j in parse.subtree(token.i, without=_CONTENT_DEPS) for c in [parse.tokens[j]] if c.lower == "citing"]
    for child in inner:
        cited = parse.child(child.i, "dobj", "pobj")
        if cited is not None and len(sources) == 1 and child.head != token.i and subject.i != cited.i:
            sources.append(make_source(parse, cited.i, child.span, "citing"))
    return sources


def _is_outlet(parse: Parse, token: Token, cues: AttributionCues) -> bool:
    if token.tag not in ("NNP", "NNPS"):
        return False
    return token.lower in cues.words["outlets"] or (token.text.isupper() and 2 < len(token.text) <= 5)


def _read_citing(parse: Parse, token: Token, lemma: str) -> _Found | None:
    """Read "A quoted B as saying that …" and "…, citing B" where no reporting verb governs it."""
    cited = parse.child(token.i, "dobj")
    if cited is None:
        return None
    inner = make_source(parse, cited.i, token.span, lemma)
    saying = next((c for c in parse.children(token.i) if c.lower == "as"), None)
    pcomp = parse.child(saying.i, "pcomp") if saying is not None else None
    if pcomp is not None:
        content = [
            s for c in parse.children(pcomp.i) if c.dep in _CONTENT_DEPS for s in _pieces(parse, parse.subtree(c.i))
        ]
        outer = [make_source(parse, j, token.span, "subject") for j in find_subjects(parse, token.i)[:1]]
        cue = Span(token.start, parse.tokens[pcomp.i].end)
        return _Found([*outer, inner], cue, token.i, content, "quote", "indirect", 0.9)
    if token.lower != "citing" or token.dep != "advcl":
        return None
    head = parse.head(token.i)
    phrase = set(parse.subtree(token.i))
    content = _pieces(parse, [i for i in parse.subtree(head.i) if i not in phrase])
    return _Found([inner], token.span, token.i, content, "according_to", "according_to", 0.7)


def _content_of_verb(
    parse: Parse, sentence: Sentence, token: Token, lemma: str, kind: str, quotations: Sequence[Span]
) -> list[Span]:
    clauses: list[int] = []
    for child in parse.children(token.i):
        if child.dep in _CONTENT_DEPS or (child.dep == "xcomp" and kind != "report"):
            clauses.append(child.i)
        elif child.dep == "prep" and child.lower in _CONTENT_PREPOSITIONS.get("warn" if lemma == "warn" else kind, ()):
            clauses.extend(g.i for g in parse.children(child.i) if g.dep in ("pcomp", "pobj"))
        elif child.dep == "dobj" and kind == "report" and lemma in _OBJECT_CONTENT and child.tag[:2] == "NN":
            clauses.append(child.i)
    if token.dep in ("parataxis", "ccomp", "advcl") and not clauses:
        head = parse.head(token.i)
        inside = set(parse.subtree(token.i))
        rest = [i for i in parse.subtree(head.i) if i not in inside]
        if rest and token.dep == "parataxis":
            return _pieces(parse, rest)
    spans = [span for i in clauses for span in _pieces(parse, parse.subtree(i))]
    if kind == "report":
        own = [q for q in quotations if sentence.span.overlaps(q) and not q.covers(token.span)]
        if own:
            spans = [span for span in spans if not any(q.covers(span) for q in own)]
        spans.extend(own)
    return _join(spans)


_CONTENT_PREPOSITIONS = {
    "accuse": ("of", "for"),
    "direct": ("of", "for", "on"),
    "warn": ("of", "against", "about"),
    "attitude": ("about", "of", "for"),
}
_OBJECT_CONTENT = frozenset(
    {"announce", "report", "confirm", "deny", "predict", "claim", "allege", "reveal", "show", "fear"}
)


def _pieces(parse: Parse, indices: Sequence[int]) -> list[Span]:
    """Contiguous runs of token indices as spans, punctuation at the ends left out."""
    runs: list[list[int]] = []
    for i in indices:
        if runs and i == runs[-1][-1] + 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    spans = []
    for run in runs:
        while run and parse.tokens[run[-1]].tag in (",", ".", ":", "''", "``"):
            run.pop()
        while run and parse.tokens[run[0]].tag in (",", ".", ":", "''", "``"):
            run.pop(0)
        if run:
            spans.append(parse.span(run))
    return spans


def _join(spans: Sequence[Span]) -> list[Span]:
    """Merge spans that overlap."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _inside(span: Span, quotations: Sequence[Span]) -> bool:
    return any(q.start - 1 <= span.start and span.end <= q.end + 1 for q in quotations)


def _cue_span(parse: Parse, token: Token) -> Span:
    start = token.start
    for child in parse.children(token.i):
        if child.dep in ("aux", "auxpass", "neg") and child.i < token.i:
            start = min(start, child.start)
    return Span(start, token.end)


def _read_noun(parse: Parse, token: Token, cues: AttributionCues) -> _Found | None:
    """Read nominal cues: "X's claim that …", "a report by X that …", "warnings from X that …"."""
    if parse.lemma(token.i) not in cues.nouns:
        return None
    clause = parse.child(token.i, "acl", "ccomp", "relcl")
    if clause is None or clause.dep == "relcl" or parse.child(clause.i, "mark") is None:
        return None
    owner = parse.child(token.i, "poss")
    if owner is None:
        for child in parse.children(token.i):
            if child.dep == "prep" and child.lower in ("by", "from", "of"):
                owner = parse.child(child.i, "pobj")
                break
    head = parse.head(token.i)
    if owner is None and head.tag[:2] == "VB" and token.dep == "dobj":
        subjects = find_subjects(parse, head.i)
        owner = parse.tokens[subjects[0]] if subjects else None
    if owner is None:
        return None
    source = make_source(parse, owner.i, token.span, "noun")
    return _Found([source], token.span, token.i, _pieces(parse, parse.subtree(clause.i)), "noun", "indirect", 0.8)


def make_source(parse: Parse, i: int, cue: Span | None, by: str) -> Source:
    """Return the phrase headed by ``i``, with what is coordinated with it, as one link of a chain."""
    heads = [j for j in parse.conjuncts(i) if parse.tokens[j].tag[:2] in ("NN", "PR", "CD")] or [i]
    tokens = [j for head in heads for j in parse.noun_phrase(head)]
    first, last = min(tokens), max(tokens)
    while last > first and parse.tokens[last].tag in ("POS", ",", ".", ":", "IN", "''", "``"):
        last -= 1
    span = parse.span([first, last])
    return Source(span.slice(parse.text), span, cue, f"rule:{by}")


def _basis_of_verb(parse: Parse, token: Token, lemma: str, cues: AttributionCues) -> Basis:
    subjects = find_subjects(parse, token.i)
    if subjects and (basis := _basis_of_noun(parse, parse.tokens[subjects[0]])) is not Basis.NOT_SAID:
        return basis
    if lemma in cues.words["witness"]:
        return Basis.WITNESSED
    if lemma in cues.words["inferred"]:
        return Basis.INFERRED
    return Basis.TOLD if lemma in ("tell", "hear", "learn", "inform", "brief") else Basis.NOT_SAID


_IMAGERY = frozenset({"video", "footage", "image", "photo", "imagery", "picture", "photograph", "recording", "clip"})
_DOCUMENTS = frozenset(
    {"report", "document", "filing", "data", "study", "memo", "letter", "transcript", "record", "file"}
)


def _basis_of_noun(parse: Parse, token: Token) -> Basis:
    lemma = parse.lemma(token.i)
    if lemma in _IMAGERY:
        return Basis.IMAGERY
    return Basis.DOCUMENT if lemma in _DOCUMENTS else Basis.NOT_SAID


def _carry(parse: Parse, sentence: Sentence, found: list[_Found], quotations: Sequence[Span]) -> _Found | None:
    """A sentence without a cue that goes on quoting the last source, within its paragraph or in quotation marks."""
    if not found or sentence.index == 0:
        return None
    last = found[-1]
    before = parse.tokens[last.cue_token].sentence
    quoted = any(q.start - 1 <= sentence.span.start and sentence.span.end <= q.end + 2 for q in quotations)
    near = sentence.index - before
    if last.kind not in _VOUCHED or last.form == "orphan":
        return None
    follows_quote = last.form in ("direct", "mixed", "carried")
    if not (quoted and follows_quote and near <= 3):
        return None
    if parse.sentences[before].paragraph == sentence.paragraph:
        last.content = _join([*last.content, sentence.span])
        return None
    source = msgspec.structs.replace(last.sources[-1], cue=None, by="rule:carried")
    sources = [*last.sources[:-1], source]
    return _Found(sources, None, sentence.first, [sentence.span], "carried", "carried", 0.6)


def _lead_pronouns(parse: Parse, found: list[_Found]) -> None:
    """Give pronoun sources ("he said") the text and span of the last source that agrees."""
    named: list[Source] = []
    for item in found:
        for index, source in enumerate(item.sources):
            word = source.text.lower()
            if word not in _PRONOUNS:
                named.append(source)
                continue
            if word in ("i", "we"):
                continue
            antecedent = _find_named(parse, source, named)
            if antecedent is not None:
                item.sources[index] = Source(antecedent.text, antecedent.span, source.cue, "rule:pronoun", source.span)


def _find_named(parse: Parse, source: Source, named: list[Source]) -> Source | None:
    token = parse.tokens_in(source.span)[0]
    antecedent = find_antecedent(parse, token.i)
    if antecedent != token.i:
        candidate = make_source(parse, antecedent, None, "pronoun")
        same = [earlier for earlier in named[-3:] if earlier.span.overlaps(candidate.span)]
        if same or token.lower == "it":
            return candidate
    if token.lower in ("he", "she"):
        persons = [s for s in named[-3:] if any(t.tag in ("NNP", "NN") for t in parse.tokens_in(s.span))]
        return persons[-1] if persons else None
    return named[-1] if named else None


def _attach_orphans(parse: Parse, found: list[_Found]) -> None:
    """Give an "According to A and B." that stands alone the sentence that follows it, or else the one before."""
    for item in found:
        if item.form != "orphan":
            continue
        index = parse.tokens[item.cue_token].sentence
        after = parse.sentences[index + 1] if index + 1 < len(parse.sentences) else None
        paragraph = parse.sentences[index].paragraph
        if after is not None and after.paragraph == paragraph:
            item.content = [after.span]
        elif index > 0:
            item.content = [parse.sentences[index - 1].span]


def _nest(found: list[_Found]) -> None:
    """Put the outer sources first where the cue of one attribution lies in the content of another."""
    own = [list(item.sources) for item in found]
    for item, mine in zip(found, own, strict=True):
        if item.cue is None:
            continue
        outer = [
            other
            for other in found
            if other is not item and other.kind in _VOUCHED and any(span.covers(item.cue) for span in other.content)
        ]
        outer.sort(key=lambda other: -sum(span.end - span.start for span in other.content))
        chain: list[Source] = []
        for other in outer:
            chain.extend(source for source in own[found.index(other)] if source not in chain)
        item.sources = [s for s in chain if not any(s.span == inner.span for inner in mine)] + mine


def propose_chain(
    parse: Parse, event: EventMention, attributions: Sequence[Attribution]
) -> tuple[Field[tuple[Source, ...]], ...]:
    """Propose chains for one event, the innermost attribution around its trigger first.

    An event whose trigger is itself the cue ("accused") is not in its own content. The last candidate is always the
    empty chain: the outlet speaks for itself.
    """
    token = parse.tokens[event.head]
    around = []
    for attribution in attributions:
        if attribution.kind == "unvouched" or (attribution.cue is not None and attribution.cue.overlaps(token.span)):
            continue
        sizes = [span.end - span.start for span in attribution.content if span.covers(token.span)]
        if sizes:
            around.append((min(sizes), attribution))
    around.sort(key=lambda pair: (pair[0], -pair[1].score))
    fields = [Field(a.chain, a.cue or a.chain[-1].span, f"rule:{a.kind}", a.score) for _, a in around]
    return (*fields, Field((), None, "rule:outlet", 0.5))
