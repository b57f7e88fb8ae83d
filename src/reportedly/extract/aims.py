"""Stated intents and framings, and third parties said to be at risk."""

from reportedly.extract.drafts import (
    Draft,
    StatementLexicon,
    find_object,
    find_subject,
    is_name,
    is_negated,
    is_private,
    join_spans,
    match_spans,
    phrase_span,
)
from reportedly.extract.parse import Parse, Sentence, Token
from reportedly.records.claim import StatementKind
from reportedly.records.spans import Span


def find_intents(parse: Parse, sentence: Sentence, lexicon: StatementLexicon) -> list[Draft]:
    """Find the aims and framings that a sentence states, in text order; those of private persons are left out."""
    found: list[Draft] = []
    for span in match_spans(parse, sentence, lexicon.purposes):
        draft = _of_phrase(parse, span)
        if draft is not None:
            found.append(draft)
    for token in parse.sentence_tokens(sentence.index):
        draft = None
        if token.tag[:2] == "VB":
            draft = _of_verb(parse, token, lexicon) or _of_framing(parse, token, lexicon)
        elif token.tag in ("NN", "NNS") and parse.lemma(token.i) in lexicon.words["intent.goals"]:
            draft = _of_goal(parse, token)
        if draft is not None and not any(draft.span.overlaps(other.span) for other in found):
            found.append(draft)
    kept = [draft for draft in found if _can_intend(parse, draft.subject, lexicon)]
    return sorted(kept, key=lambda draft: draft.span)


def _can_intend(parse: Parse, subject: int | None, lexicon: StatementLexicon) -> bool:
    return subject is not None and not is_private(parse, subject, lexicon)


def _of_phrase(parse: Parse, span: Span) -> Draft | None:
    """Read "in order to send a message", "in an effort to deter attacks"."""
    tokens = parse.tokens_in(span)
    last = tokens[-1]
    verb = parse.head(last.i) if last.tag == "TO" else (parse.child(last.i, "pcomp", "pobj") or last)
    if verb.i <= last.i:
        return None
    top = next((t for t in tokens if parse.head(t.i).i < tokens[0].i), tokens[0])
    clause = parse.head(top.i) if top.i != tokens[0].i or parse.head(top.i).i < tokens[0].i else parse.head(verb.i)
    inside = {token.i for token in tokens}
    for _ in range(4):
        if clause.i not in inside and clause.tag[:2] == "VB" and clause.i != verb.i:
            break
        clause = parse.head(clause.i)
    subject = find_subject(parse, clause.i) if clause.i != verb.i else None
    goal = phrase_span(parse, verb.i, whole=True)
    goal = Span(verb.start, max(goal.end, verb.end))
    return Draft(StatementKind.INTENT, join_spans(span, goal), verb.i, subject, goal, by="rule:purpose")


def _of_verb(parse: Parse, token: Token, lexicon: StatementLexicon) -> Draft | None:
    """Read "is intended to send a message", "aims to deter"."""
    lemma = parse.lemma(token.i)
    clause = parse.child(token.i, "xcomp", "advcl")
    infinitive = clause is not None and clause.i > token.i and parse.child(clause.i, "aux") is not None
    passive = token.tag == "VBN" and lemma in lexicon.words["intent.participles"]
    goal: Span | None = None
    if passive and lemma in ("aim", "gear"):
        at = next((c for c in parse.children(token.i) if c.lower in ("at", "toward", "towards")), None)
        inner = parse.child(at.i, "pcomp", "pobj") if at is not None else None
        goal = phrase_span(parse, inner.i, whole=True) if inner is not None else None
    if goal is None and infinitive and clause is not None and (passive or lemma in lexicon.words["intent.verbs"]):
        if passive and parse.child(token.i, "auxpass") is None and token.dep not in ("acl", "advcl"):
            return None
        if not any(child.tag == "TO" for child in parse.children(clause.i)):
            return None
        goal = Span(clause.start, phrase_span(parse, clause.i, whole=True).end)
    if goal is None or is_negated(parse, token.i):
        return None
    subject = find_subject(parse, token.i)
    return Draft(StatementKind.INTENT, join_spans(token.span, goal), token.i, subject, goal, by="rule:aim")


def _of_framing(parse: Parse, token: Token, lexicon: StatementLexicon) -> Draft | None:
    """Read "casting the raid as a rescue", "framed the ban in terms of safety"."""
    if parse.lemma(token.i) not in lexicon.words["intent.framing"]:
        return None
    framed = parse.child(token.i, "dobj", "nsubjpass")
    if framed is None:
        return None
    for i in (token.i, framed.i):
        for child in parse.children(i):
            if (
                child.dep not in ("prep", "mark")
                or child.lower not in lexicon.words["intent.frames"]
                or child.i < token.i
            ):
                continue
            inner = parse.child(child.i, "pobj", "pcomp", "amod")
            if inner is None or (child.lower != "as" and parse.lemma(inner.i) not in lexicon.words["intent.contexts"]):
                continue
            frame = phrase_span(parse, child.i, whole=True)
            subject = find_subject(parse, token.i)
            subject = subject if subject != framed.i else find_object(parse, token.i, "by")
            span = join_spans(token.span, frame)
            return Draft(StatementKind.INTENT, span, token.i, subject, frame, by="rule:framing")
    return None


def _of_goal(parse: Parse, token: Token) -> Draft | None:
    """Read "the goal of the operation is to free hostages", "its real aim is regime change"."""
    verb = parse.head(token.i)
    if token.dep != "nsubj" or parse.lemma(verb.i) != "be":
        return None
    clause = parse.child(verb.i, "xcomp", "ccomp")
    named = parse.child(verb.i, "attr")
    infinitive = clause is not None and any(child.tag == "TO" for child in parse.children(clause.i))
    if clause is None or not infinitive:
        if named is None or named.tag != "NN" or parse.child(token.i, "prep", "poss") is None:
            return None
        clause = named
    owner = parse.child(token.i, "poss")
    subject = owner.i if owner is not None else (find_object(parse, token.i, "of") or token.i)
    whole = phrase_span(parse, clause.i, whole=True)
    goal = whole if clause is named else Span(clause.start, whole.end)
    return Draft(StatementKind.INTENT, join_spans(token.span, goal), token.i, subject, goal, by="rule:goal")


def find_risks(parse: Parse, sentence: Sentence, lexicon: StatementLexicon) -> list[Draft]:
    """Find the third parties said to be at risk in a sentence, in text order."""
    found: list[Draft] = []
    for token in parse.sentence_tokens(sentence.index):
        draft = None
        if token.tag[:2] in ("VB", "JJ"):
            draft = _of_danger(parse, token, lexicon)
        elif token.lower == "risk" and token.i and parse.tokens[token.i - 1].lower == "at":
            draft = _of_exposure(parse, token, lexicon)
        if draft is not None and not any(draft.span.overlaps(other.span) for other in found):
            found.append(draft)
    return found


def _of_danger(parse: Parse, token: Token, lexicon: StatementLexicon) -> Draft | None:
    """Read "destabilizing neighbours like A", "spill over into A", "drag A into the war", "threatens civilians"."""
    lemma = parse.lemma(token.i)
    words = lexicon.words
    exposed: int | None = None
    if token.tag[:2] == "JJ":
        # the tagger takes "destabilizing neighbours" for an adjective and its noun
        stem = token.lower.removesuffix("ing")
        if stem == token.lower or token.dep != "amod" or not ({stem, stem + "e"} & words["risk.verbs"]):
            return None
        exposed = token.head
    elif lemma in words["risk.verbs"]:
        target = parse.child(token.i, "dobj", "nsubjpass")
        exposed = target.i if target is not None else None
    elif lemma in words["risk.spill"]:
        modal = any(child.tag == "MD" for child in parse.children(token.i))
        if modal or lemma not in words["risk.needs_modal"]:
            exposed = _find_deep(parse, token, ("into", "to", "across"))
    elif lemma in words["risk.drag"]:
        target = parse.child(token.i, "dobj", "nsubjpass")
        into = next((c for c in parse.children(token.i) if c.lower == "into"), None)
        exposed = target.i if target is not None and into is not None else None
    elif lemma in words["risk.threatening"]:
        exposed = _find_threatened(parse, token, lexicon)
    if exposed is None or not _can_be_exposed(parse, exposed, lexicon):
        return None
    region = phrase_span(parse, exposed, whole=True)
    adverbs = [c.span for c in parse.children(token.i) if c.dep == "aux" and c.i < token.i]
    span = join_spans(*adverbs, token.span, region)
    named = region if token.i < exposed and region.start > token.start else None
    if region.start == token.start:
        named = Span(parse.tokens[token.i + 1].start, region.end)
    return Draft(StatementKind.RISK, span, token.i, exposed, token.span, named=named, by="rule:danger")


def _find_threatened(parse: Parse, token: Token, lexicon: StatementLexicon) -> int | None:
    """What a thing threatens ("the clashes threaten civilians"); whom a party threatens is an event."""
    target = parse.child(token.i, "dobj")
    subject = find_subject(parse, token.i)
    if target is None or parse.lemma(target.i) not in lexicon.words["risk.exposed"]:
        return None
    if subject is not None and (is_name(parse.tokens[subject]) or parse.lemma(subject) in lexicon.words["party.words"]):
        return None
    return target.i if subject is None or parse.tokens[subject].tag[:2] == "NN" else None


def _find_deep(parse: Parse, token: Token, prepositions: tuple[str, ...]) -> int | None:
    direct = find_object(parse, token.i, *prepositions)
    if direct is not None:
        return direct
    for child in parse.children(token.i):
        if child.lower == "over":
            return find_object(parse, child.i, *prepositions)
    return None


def _of_exposure(parse: Parse, token: Token, lexicon: StatementLexicon) -> Draft | None:
    """Read "puts civilians at risk", "villages are at risk of attack"."""
    at = parse.tokens[token.i - 1]
    verb = parse.head(at.i)
    exposed: int | None
    if parse.lemma(verb.i) in lexicon.words["risk.puts"]:
        target = parse.child(verb.i, "dobj", "nsubjpass")
        exposed = target.i if target is not None else None
    elif verb.tag[:2] == "VB":
        exposed = find_subject(parse, verb.i) if parse.lemma(verb.i) in ("be", "remain") else None
    else:
        exposed = verb.i if verb.tag[:2] == "NN" else None
    if exposed is None or not _can_be_exposed(parse, exposed, lexicon):
        return None
    risk = phrase_span(parse, token.i, whole=True)
    span = join_spans(parse.tokens[exposed].span, at.span, risk)
    return Draft(StatementKind.RISK, span, token.i, exposed, risk, by="rule:at-risk")


def _can_be_exposed(parse: Parse, i: int, lexicon: StatementLexicon) -> bool:
    token = parse.tokens[i]
    if is_private(parse, i, lexicon):
        return False
    named = is_name(token) or any(is_name(parse.tokens[j]) for j in parse.noun_phrase(i))
    return named or parse.lemma(i) in lexicon.words["risk.exposed"]
