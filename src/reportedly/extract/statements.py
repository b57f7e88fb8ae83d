"""What a report claims that is no event: alleged ties, legal characterisations, intents, third parties at risk."""

from collections.abc import Callable, Sequence
from hashlib import blake2b

from reportedly.extract.aims import find_intents, find_risks
from reportedly.extract.drafts import Draft, StatementLexicon, open_statements, phrase_span
from reportedly.extract.legality import find_characterisations
from reportedly.extract.mentions import Attribution
from reportedly.extract.parse import Parse, Sentence
from reportedly.extract.sources import make_source
from reportedly.extract.ties import find_ties
from reportedly.records.claim import Source, Statement, StatementKind
from reportedly.records.document import Document
from reportedly.records.spans import Field, Span

__all__ = ["StatementLexicon", "find_statements", "open_statements"]

_Finder = Callable[[Parse, Sentence, StatementLexicon], list[Draft]]
_FINDERS: tuple[tuple[StatementKind, _Finder], ...] = (
    (StatementKind.AFFILIATION, find_ties),
    (StatementKind.LEGAL, find_characterisations),
    (StatementKind.INTENT, find_intents),
    (StatementKind.RISK, find_risks),
)


def find_statements(
    parse: Parse, document: Document, attributions: Sequence[Attribution], lexicon: StatementLexicon
) -> tuple[Statement, ...]:
    """Find the statements of a document that are no events.

    Args:
        parse: The document's syntax.
        document: The document.
        attributions: Who says what, from ``find_attributions``.
        lexicon: From ``open_statements``.

    Returns:
        Statements in text order, those of one kind not overlapping. The chain is that of the innermost attribution
        whose content covers the statement, with whoever passes the judgement last ("X called Y illegal"); empty where
        the outlet speaks for itself. Private persons have no statement of their own.
    """
    found: list[Statement] = []
    for sentence in parse.sentences:
        lower = sentence.span.slice(parse.text).lower()
        for kind, finder in _FINDERS:
            if lexicon.gate[kind].search(lower):
                drafts = finder(parse, sentence, lexicon)
                found.extend(_finish(parse, document, draft, attributions, lexicon) for draft in drafts)
    return tuple(sorted(found, key=lambda statement: (statement.span, statement.kind)))


def _finish(
    parse: Parse, document: Document, draft: Draft, attributions: Sequence[Attribution], lexicon: StatementLexicon
) -> Statement:
    text = parse.text
    subject = draft.named or (phrase_span(parse, draft.subject) if draft.subject is not None else None)
    if (
        subject is not None
        and draft.object is not None
        and draft.subject is not None
        and subject.overlaps(draft.object)
    ):
        # the parser hangs "of war crimes" on the accused as often as on the verb
        subject = Span(subject.start, max(subject.start, parse.tokens[draft.subject].end))
    around = _find_attribution(parse, draft, attributions)
    return Statement(
        id=make_statement_id(document.id, draft.span, draft.kind),
        document_id=document.id,
        kind=draft.kind,
        span=draft.span,
        subject=Field(subject.slice(text), subject, draft.by, 0.8) if subject is not None else None,
        object=Field(draft.object.slice(text), draft.object, draft.by, 0.8) if draft.object is not None else None,
        norms=tuple(Field(norm.slice(text), norm, "rule:norm", 0.9) for norm in draft.norms),
        hedges=(*_find_denial(parse, draft, around, lexicon), *_find_hedges(parse, draft, lexicon)),
        chain=_find_chain(parse, draft, around),
    )


def make_statement_id(document_id: str, span: Span, kind: StatementKind) -> str:
    """Derive a statement's id from its document, span and kind: the same input gives the same id."""
    return blake2b(f"{document_id}|{span.start}-{span.end}|{kind}".encode(), digest_size=10).hexdigest()


def _find_hedges(parse: Parse, draft: Draft, lexicon: StatementLexicon) -> tuple[Field[str], ...]:
    """Words that weaken the statement: adverbs and modals of its clause, "said to be" above it."""
    anchor = draft.anchor
    chain = [anchor, *(ancestor.i for ancestor in parse.ancestors(anchor))][:3]
    found: set[int] = set()
    for depth, i in enumerate(chain):
        token = parse.tokens[i]
        if depth and token.tag[:2] in ("NN", "PR"):
            break
        found |= {
            c.i
            for c in parse.children(i)
            if c.lower in lexicon.words["hedges.words"] and c.dep in ("advmod", "aux", "amod")
        }
        if depth == 1 and parse.lemma(i) in lexicon.words["hedges.said"] and parse.tokens[anchor].dep == "xcomp":
            found.add(i)
        if token.dep in ("ccomp", "relcl", "parataxis", "advcl", "acl", "amod"):
            break
    return tuple(Field(parse.tokens[i].text, parse.tokens[i].span, "rule:hedge-word", 0.9) for i in sorted(found))


def _find_denial(
    parse: Parse, draft: Draft, around: Attribution | None, lexicon: StatementLexicon
) -> tuple[Field[str], ...]:
    """The word by which the statement is denied: a tie that somebody denies must never be read as one claimed."""
    tokens = [parse.head(draft.anchor)]
    if around is not None and around.cue is not None and not draft.span.covers(around.cue):
        tokens.extend(parse.tokens_in(around.cue))
    denying = next((token for token in tokens if parse.lemma(token.i) in lexicon.words["hedges.denying"]), None)
    return () if denying is None else (Field(denying.text, denying.span, "rule:denial", 0.9),)


def _find_attribution(parse: Parse, draft: Draft, attributions: Sequence[Attribution]) -> Attribution | None:
    """Return the innermost attribution around the statement, or around whoever judges."""
    anchor = parse.tokens[draft.anchor].span
    reported = anchor if draft.speaker is None else parse.tokens[draft.speaker].span
    covering = [
        (sum(span.end - span.start for span in item.content), item)
        for item in attributions
        if item.chain and any(span.covers(reported) for span in item.content) and _speaks(item, draft)
    ]
    return min(covering, key=lambda pair: pair[0])[1] if covering else None


def _find_chain(parse: Parse, draft: Draft, around: Attribution | None) -> tuple[Source, ...]:
    """Chain of the attribution around the statement, then whoever judges, where that is another."""
    chain = around.chain if around is not None else ()
    if draft.speaker is None:
        return chain
    return (*chain, make_source(parse, draft.speaker, parse.tokens[draft.anchor].span, "judge"))


def _speaks(item: Attribution, draft: Draft) -> bool:
    """Say whether an attribution names a speaker of this statement.

    A text of law is cited and does not speak ("citing violations of the Charter"), and what is "said to be linked" says
    nothing.
    """
    if any(item.chain[-1].span.overlaps(norm) for norm in draft.norms):
        return False
    return item.cue is None or not draft.span.covers(item.cue) or draft.kind is StatementKind.LEGAL
