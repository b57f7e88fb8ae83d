"""Who says what: sources, cues and contents, chained where one source cites another.

Direct, indirect and mixed quotation are one scheme here (Pareti 2015): a source span, a cue span, content spans. So are
belief, wish, judgement and praise, as in PolNeAR (Newell 2018); but only where a source says or holds that something
is so does it stand behind the events in the content: the others are ``unvouched``.
"""

from collections.abc import Sequence

from reportedly.extract.arguments import find_subjects
from reportedly.extract.chains import (
    Found,
    attach_orphans,
    carry,
    first_offset,
    lead_pronouns,
    nest,
    propose_chain,
    reach_back,
)
from reportedly.extract.contents import (
    BESIDE,
    Content,
    cut_content,
    find_adjective_content,
    find_noun_content,
    find_verb_content,
    pieces,
)
from reportedly.extract.cues import AttributionCues, open_cues
from reportedly.extract.headlines import read_headline
from reportedly.extract.mentions import Attribution
from reportedly.extract.parse import Parse, Sentence, Token
from reportedly.extract.pictures import find_picture
from reportedly.extract.quotations import find_quotations, quotations_near
from reportedly.extract.sources import (
    Speakers,
    can_speak,
    cue_span,
    find_closing_speaker,
    find_owner,
    find_relay,
    find_speakers,
    make_source,
    read_basis,
    whole_phrase,
)
from reportedly.extract.triggers import is_passive
from reportedly.records.claim import Basis, Source
from reportedly.records.document import Document
from reportedly.records.spans import Field, Span

__all__ = ["AttributionCues", "find_attributions", "make_source", "open_cues", "propose_chain"]

_VOUCHED_KINDS = frozenset({"report", "accuse"})
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_OWNERS = ("by", "from", "among")


def find_attributions(parse: Parse, document: Document, cues: AttributionCues) -> tuple[Attribution, ...]:
    """Find who says what in a document.

    Args:
        parse: Its syntax.
        document: The document.
        cues: From ``open_cues``.

    Returns:
        Attributions in the order in which they begin. Chains stand outermost first: where the cue of one lies in the
        content of another, the outer sources come first. A chain is empty where nobody is named ("is expected to"). A
        sentence that goes on quoting without a cue of its own has an attribution of kind ``carried``.
    """
    quotations = find_quotations(parse.text)
    found: list[Found] = []
    for sentence in parse.sentences:
        carried = carry(parse, sentence, found, quotations)
        if carried is not None:
            found.append(carried)
        near = quotations_near(quotations, sentence.span, BESIDE)
        found.extend(_find_in_sentence(parse, sentence, cues, near))
    reach_back(parse, found, quotations)
    lead_pronouns(parse, found)
    attach_orphans(parse, found)
    nest(parse, found)
    attributions = [
        Attribution(
            chain=tuple(item.sources),
            cue=item.cue,
            content=tuple(sorted(item.content)),
            kind=item.form if item.vouched else "unvouched",
            basis=Field(item.basis, item.cue, "rule:cue") if item.basis is not Basis.NOT_SAID else None,
            score=item.score,
            source=item.phrase,
        )
        for item in found
        if item.content
    ]
    return tuple(sorted(attributions, key=first_offset))


def _find_in_sentence(
    parse: Parse, sentence: Sentence, cues: AttributionCues, quotations: Sequence[Span]
) -> list[Found]:
    found: list[Found] = []
    for token in parse.tokens[sentence.first : sentence.last]:
        item = None
        tag = token.tag[:2]
        if token.lower == "according":
            item = _read_according(parse, sentence, token, cues)
        elif tag == "VB" and token.dep not in ("aux", "auxpass", "amod"):
            item = _read_verb(parse, sentence, token, cues, quotations)
        elif tag == "NN" and token.dep != "compound":
            item = _read_noun(parse, token, cues)
        elif tag in ("JJ", "VB") and token.dep in ("acomp", "oprd"):
            item = _read_adjective(parse, token, cues)
        if item is None:
            item = _read_picture(parse, sentence, token, cues)
        if item is not None:
            found.append(item)
    headline = read_headline(parse, sentence, cues)
    if headline is not None:
        found.append(headline)
    _share_speakers(parse, found)
    return found


def _read_picture(parse: Parse, sentence: Sentence, token: Token, cues: AttributionCues) -> Found | None:
    """Read "a video posted online shows …" where the parser takes "shows" for a noun."""
    picture = find_picture(parse, sentence, token, cues)
    if picture is None:
        return None
    noun, content = picture
    source = make_source(parse, noun, token.span, "picture")
    return Found([source], source.span, token.span, token.i, list(content), "indirect", True, 0.6, Basis.IMAGERY)


def _share_speakers(parse: Parse, found: Sequence[Found]) -> None:
    """Give a participle of reporting (", adding that …") the speaker of the cue that governs it."""
    by_cue = {item.cue_token: item for item in found if item.sources and item.vouched}
    for item in found:
        token = parse.tokens[item.cue_token]
        if token.tag != "VBG" or token.dep != "advcl" or parse.child(token.i, "nsubj") is not None:
            continue
        governing = [by_cue[above.i] for above in parse.ancestors(token.i) if above.i in by_cue]
        if governing:
            item.sources, item.phrase = list(governing[-1].sources), governing[-1].phrase


def _read_according(parse: Parse, sentence: Sentence, token: Token, cues: AttributionCues) -> Found | None:
    to = parse.tokens[token.i + 1] if token.i + 1 < sentence.last else token
    noun = parse.child(to.i, "pobj")
    if to.lower != "to" or noun is None:
        return None
    cue = Span(token.start, to.end)
    source = make_source(parse, noun.i, cue, "according_to")
    phrase = set(parse.subtree(token.i))
    scope = _governing_verb(parse, token)
    content = [] if scope is None else pieces(parse, [i for i in parse.subtree(scope) if i not in phrase])
    finite = [t for t in parse.tokens[sentence.first : sentence.last] if t.tag in _FINITE and t.i not in phrase]
    form = "according_to"
    chain = [*find_relay(parse, noun.i, cue, cues), source]
    if scope is None or not finite:
        form, content = "orphan", []
        chain = [_published_by(parse, noun.i, source) or source]
    basis = read_basis(parse, noun.i, "", cues)
    whole = whole_phrase(parse, noun.i, token.i)
    return Found(chain, whole, cue, token.i, content, form, True, 0.9, basis)


def _governing_verb(parse: Parse, token: Token) -> int | None:
    if token.head == token.i:
        return None
    return next((t.i for t in parse.ancestors(token.i) if t.tag[:2] == "VB" or t.head == t.i), None)


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
) -> Found | None:
    lemma = parse.lemma(token.i)
    if lemma in ("cite", "quote") and (item := _read_citing(parse, token, lemma, cues)) is not None:
        return item
    if _is_read_elsewhere(parse, sentence, token, lemma, cues):
        return None
    kind = cues.verbs.get(lemma)
    if lemma in cues.words["counting"] and (item := _read_count(parse, token, cues)) is not None:
        return item
    if kind is None and lemma not in cues.words["objects"] and lemma not in cues.prepositions:
        return _read_unsourced(parse, token, lemma, cues)
    content = find_verb_content(parse, sentence, token, kind, cues, quotations)
    cue = cue_span(parse, token, content.word)
    if closing := find_closing_speaker(parse, token, cues):
        content = cut_content(content, whole_phrase(parse, closing[0], token.i).start, parse.text)
    speakers = find_speakers(parse, token, lemma, cue, content.spans, cues)
    if not content.spans or not speakers.chain:
        return _read_unsourced(parse, token, lemma, cues)
    if speakers.chain[-1].text.lower() in ("i", "we", "you") and any(q.covers(token.span) for q in quotations):
        return None
    form = _form(content.spans, quotations)
    vouched = kind in _VOUCHED_KINDS or lemma in cues.words["witness"]
    if content.by == "object":
        vouched = _vouches_object(parse, token, lemma, cues)
    elif content.by == "infinitive":
        vouched = lemma == "claim"
    elif content.by == "preposition" and content.word is not None:
        counted = any(t.tag == "CD" for span in content.spans for t in parse.tokens_in(span))
        cued = f"{lemma}_{content.word.lower}"
        vouched = cued in cues.words["vouched_prepositions"] or (counted and cued in cues.words["counting"])
    heads = find_subjects(parse, token.i)
    basis = read_basis(parse, heads[0] if heads else None, lemma, cues)
    chain = list(speakers.chain)
    return Found(chain, speakers.phrase, cue, token.i, list(content.spans), form, vouched, 0.9, basis)


def _read_count(parse: Parse, token: Token, cues: AttributionCues) -> Found | None:
    """Read "the mayor put the number of dead at nine": who counts vouches for the count."""
    counted = parse.child(token.i, "dobj")
    if counted is None or parse.lemma(counted.i) not in cues.words["counts"]:
        return None
    subjects = find_subjects(parse, token.i)
    if not subjects or not can_speak(parse, subjects[0], cues):
        return None
    cue = cue_span(parse, token)
    source = make_source(parse, subjects[0], cue, "count")
    after = [i for i in parse.subtree(token.i) if i > token.i]
    phrase = whole_phrase(parse, subjects[0], token.i)
    return Found([source], phrase, cue, token.i, pieces(parse, after), "indirect", True, 0.8)


def _is_read_elsewhere(parse: Parse, sentence: Sentence, token: Token, lemma: str, cues: AttributionCues) -> bool:
    """Say whether a verb is no cue of its own: "as saying", "citing officials", the adverbial "that said"."""
    head = parse.head(token.i)
    if token.dep == "pcomp" and head.lower == "as":
        return parse.lemma(head.head) in ("cite", "quote")
    if lemma == "cite" and token.tag == "VBG":
        cited = parse.child(token.i, "dobj")
        return cited is not None and can_speak(parse, cited.i, cues)
    words = [t.lower for t in parse.tokens[sentence.first : sentence.first + 3]]
    return (
        words[:2] in (["that", "said"], ["having", "said"]) and token.i == sentence.first + 1 and words[2:] != ["that"]
    )


def _vouches_object(parse: Parse, token: Token, lemma: str, cues: AttributionCues) -> bool:
    """Say whether a verb holds of its object that it is so: "confirmed the attack", "accused them of an attack"."""
    objects = [child for child in parse.children(token.i) if child.dep == "dobj"]
    if lemma in cues.words["vouched_objects"]:
        return not any(parse.lemma(child.i) in cues.words["wishes"] for child in objects)
    below = [child for i in (token.i, *(c.i for c in objects)) for child in parse.children(i) if child.dep == "prep"]
    return any(f"{lemma}_{child.lower}" in cues.words["vouched_prepositions"] for child in below)


def _form(content: Sequence[Span], quotations: Sequence[Span]) -> str:
    if not any(q.overlaps(span) for q in quotations for span in content):
        return "indirect"
    inside = all(any(q.start - 1 <= s.start and s.end <= q.end + 1 for q in quotations) for s in content)
    return "direct" if inside else "mixed"


def _read_unsourced(parse: Parse, token: Token, lemma: str, cues: AttributionCues) -> Found | None:
    """Read "is expected to", "was criticised for", "seems to": nobody is named as holding it."""
    if lemma not in cues.words["unsourced"]:
        return None
    raising = lemma in ("seem", "appear")
    subject = parse.child(token.i, "nsubj") if raising else parse.child(token.i, "nsubjpass")
    if subject is None or not (raising or is_passive(parse, token.i)) or parse.child(token.i, "agent"):
        return None
    rest = [c.i for c in parse.children(token.i) if c.dep in ("xcomp", "oprd", "acomp", "ccomp", "attr")]
    rest.extend(c.i for c in parse.children(token.i) if c.dep == "prep" and c.lower in ("as", "of", "for") and not rest)
    if not rest:
        return None
    content = pieces(parse, sorted(j for i in (subject.i, *rest) for j in parse.subtree(i)))
    return Found([], None, cue_span(parse, token), token.i, content, "indirect", False, 0.5)


def _read_citing(parse: Parse, token: Token, lemma: str, cues: AttributionCues) -> Found | None:
    """Read "A quoted B as saying that …" and "…, citing B" where no reporting verb governs it."""
    cited = parse.child(token.i, "dobj")
    if cited is None:
        return None
    inner = make_source(parse, cited.i, token.span, lemma)
    whole = whole_phrase(parse, cited.i, token.i)
    saying = next((c for c in parse.children(token.i) if c.lower == "as"), None)
    pcomp = parse.child(saying.i, "pcomp") if saying is not None else None
    if pcomp is not None:
        clauses = [c for c in parse.children(pcomp.i) if c.dep in ("ccomp", "parataxis")]
        content = [s for c in clauses for s in pieces(parse, parse.subtree(c.i))]
        outer = [make_source(parse, j, token.span, "subject") for j in find_subjects(parse, token.i)[:1]]
        cue = Span(token.start, parse.tokens[pcomp.i].end)
        return Found([*outer, inner], whole, cue, token.i, content, "indirect", True, 0.9)
    head = parse.head(token.i)
    if token.lower != "citing" or token.dep != "advcl" or not can_speak(parse, cited.i, cues):
        return None
    if cues.verbs.get(parse.lemma(head.i)) in _VOUCHED_KINDS:
        return None
    phrase = set(parse.subtree(token.i))
    content = pieces(parse, [i for i in parse.subtree(head.i) if i not in phrase])
    return Found([inner], whole, token.span, token.i, content, "according_to", True, 0.7)


def _read_noun(parse: Parse, token: Token, cues: AttributionCues) -> Found | None:
    """Read nominal cues: "X's claim that …", "a warning by X that …", "X voiced criticism of …"."""
    lemma = parse.lemma(token.i)
    if lemma not in cues.words["nouns"] and lemma not in cues.noun_prepositions:
        return None
    content = find_noun_content(parse, token, cues)
    if not content.spans:
        return None
    cue = _noun_cue(parse, token, content)
    owner = find_owner(parse, token.i, *_OWNERS)
    if owner is None:
        owner = _light_subject(parse, token, cues)
    if owner is None:
        return None
    source = make_source(parse, owner, cue, "noun")
    whole = whole_phrase(parse, owner, token.i)
    vouched = content.by == "clause" and content.finite and lemma not in cues.words["wishes"]
    return Found([source], whole, cue, token.i, list(content.spans), "indirect", vouched, 0.8)


def _noun_cue(parse: Parse, token: Token, content: Content) -> Span:
    head = parse.head(token.i)
    start = token.start
    if head.tag[:2] == "VB" and token.dep == "dobj" and head.i < token.i <= head.i + 4:
        start = cue_span(parse, head).start
    end = content.word.end if content.word is not None and content.word.i == token.i + 1 else token.end
    return Span(start, end)


def _light_subject(parse: Parse, token: Token, cues: AttributionCues) -> int | None:
    """The subject of the verb that a nominal cue completes: "X made the claim that", "X is in favour of"."""
    head = parse.head(token.i)
    if head.dep == "prep" and token.dep == "pobj":
        head = parse.head(head.i)
    if head.tag[:2] != "VB" or token.dep not in ("dobj", "pobj", "attr"):
        return None
    if parse.lemma(head.i) not in cues.words["light"]:
        return None
    subjects = find_subjects(parse, head.i)
    return subjects[0] if subjects and parse.tokens[subjects[0]].tag != "EX" else None


def _read_adjective(parse: Parse, token: Token, cues: AttributionCues) -> Found | None:
    content = find_adjective_content(parse, token, cues)
    verb = parse.head(token.i)
    if not content.spans or verb.tag[:2] not in ("VB", "MD"):
        return None
    subjects = find_subjects(parse, verb.i)
    if not subjects or parse.tokens[subjects[0]].tag == "EX":
        return None
    start = cue_span(parse, verb).start
    end = content.word.end if content.word is not None and content.word.i == token.i + 1 else token.end
    cue = Span(start, end) if start < token.start else token.span
    speakers = Speakers((make_source(parse, subjects[0], cue, "adjective"),), whole_phrase(parse, subjects[0], verb.i))
    return Found(list(speakers.chain), speakers.phrase, cue, token.i, list(content.spans), "indirect", False, 0.6)
