"""Legal characterisations: which act is judged as what, under which norms, and by whom."""

from collections.abc import Sequence

import msgspec

from reportedly.extract.drafts import (
    Draft,
    StatementLexicon,
    find_object,
    find_subject,
    head_of,
    is_name,
    join_spans,
    match_spans,
    phrase_span,
)
from reportedly.extract.parse import Parse, Sentence, Token
from reportedly.records.claim import StatementKind
from reportedly.records.spans import Span


def find_characterisations(parse: Parse, sentence: Sentence, lexicon: StatementLexicon) -> list[Draft]:
    """Find the legal characterisations of a sentence, in text order.

    A crime or norm that is merely mentioned ("the genocide convention", "a war crimes court") is none: it must be
    predicated of an act, alleged against somebody, or be broken or evaded.
    """
    norms = match_spans(parse, sentence, lexicon.norms)
    found: list[Draft] = []
    for span in match_spans(parse, sentence, lexicon.crimes):
        draft = _of_crime(parse, span, norms, lexicon)
        if draft is not None and found and draft.anchor == found[-1].anchor:
            # "of war crimes and genocide" is one judgement
            last = found.pop()
            draft = msgspec.structs.replace(
                last, span=join_spans(last.span, draft.span), object=join_spans(last.object, draft.object)
            )
        if draft is not None:
            found.append(draft)
    for token in parse.sentence_tokens(sentence.index):
        draft = None
        if token.lower in lexicon.words["legal.adjectives"] and token.tag == "JJ":
            draft = _of_adjective(parse, token, norms, lexicon)
        elif token.tag in ("NN", "NNS") and parse.lemma(token.i) in lexicon.words["legal.breaches"]:
            draft = _of_breach(parse, token, norms, lexicon)
        elif token.tag[:2] == "VB":
            draft = _of_breaking(parse, token, norms, lexicon)
        if draft is not None and not any(draft.span.overlaps(other.span) for other in found):
            found.append(draft)
    return sorted(found, key=lambda draft: draft.span)


def _of_crime(parse: Parse, span: Span, norms: Sequence[Span], lexicon: StatementLexicon) -> Draft | None:
    """Read "amount to extrajudicial executions", "accused X of war crimes", "called it genocide"."""
    head = head_of(parse, span)
    token = parse.tokens[head]
    if token.dep == "compound" or token.tag[:2] not in ("NN", "JJ") or any(norm.overlaps(span) for norm in norms):
        return None
    governor, preposition = parse.head(head), None
    while token.dep == "conj":
        token = governor
        governor = parse.head(token.i)
    if governor.dep == "prep" or governor.tag in ("IN", "TO"):
        preposition, governor = governor, parse.head(governor.i)
        above = parse.head(governor.i)
        if preposition.lower in ("of", "with") and governor.dep == "dobj" and _accuses(parse, above, lexicon):
            # the parser hangs "of war crimes" on the accused as often as on the verb
            governor = above
    lemma = parse.lemma(governor.i)
    subject = speaker = None
    equal = lemma in lexicon.words["legal.equal"] or (lemma == "be" and preposition is None)
    if equal and (preposition is not None or token.dep in ("attr", "dobj")):
        subject = find_subject(parse, governor.i)
    elif lemma in lexicon.words["legal.calling"] and (
        token.dep in ("oprd", "attr", "ccomp", "dobj", "xcomp")
        or (preposition is not None and preposition.lower in ("as", "for"))
    ):
        others = [c for c in parse.children(governor.i) if c.i != token.i]
        judged = next((c for deps in (("dobj", "nsubjpass"), ("nsubj",)) for c in others if c.dep in deps), None)
        speaker = _find_speaker(parse, governor, lexicon)
        subject = judged.i if judged is not None and judged.i != speaker else None
    elif lemma in lexicon.words["legal.accusing"]:
        speaker, subject = _find_accusation(parse, governor, lexicon)
    else:
        return None
    start = governor.span if preposition is not None or governor.i < head else None
    return Draft(
        StatementKind.LEGAL,
        join_spans(start, span),
        governor.i,
        subject,
        span,
        tuple(norms),
        speaker,
        by="rule:crime",
    )


def _accuses(parse: Parse, token: Token, lexicon: StatementLexicon) -> bool:
    return token.tag[:2] == "VB" and parse.lemma(token.i) in lexicon.words["legal.accusing"]


def _find_accusation(parse: Parse, governor: Token, lexicon: StatementLexicon) -> tuple[int | None, int | None]:
    """Return accuser and accused of "X accused Y of genocide", "Y was charged with war crimes", "Y committed …"."""
    lemma = parse.lemma(governor.i)
    if lemma == "guilty":
        return _find_verdict(parse, governor)
    if governor.tag[:2] != "VB":
        return None, find_object(parse, governor.i, "against")
    if lemma in ("commit", "perpetrate"):
        above = parse.head(governor.i)
        if above.dep == "prep" and parse.lemma(above.head) in lexicon.words["legal.accusing"]:
            return _find_accusation(parse, parse.tokens[above.head], lexicon)
        return None, find_subject(parse, governor.i)
    judged = parse.child(governor.i, "dobj", "nsubjpass")
    speaker = parse.child(governor.i, "nsubj")
    return speaker.i if speaker is not None else None, judged.i if judged is not None else None


def _find_verdict(parse: Parse, guilty: Token) -> tuple[int | None, int | None]:
    """Return court and accused of "found X guilty", "X was found guilty", "X is guilty"; nobody judges a plea."""
    verb = parse.head(guilty.i)
    own = parse.child(guilty.i, "nsubj")
    judged = own or parse.child(verb.i, "dobj", "nsubjpass")
    if parse.lemma(verb.i) != "find":
        plain = find_subject(parse, guilty.i) if judged is None else judged.i
        return None, plain
    court = parse.child(verb.i, "nsubj")
    speaker = court.i if court is not None else find_object(parse, verb.i, "by")
    return speaker, judged.i if judged is not None else None


def _of_adjective(parse: Parse, token: Token, norms: Sequence[Span], lexicon: StatementLexicon) -> Draft | None:
    """Read "the strikes were illegal", "called the annexation unlawful", "illegal occupation"."""
    head = parse.head(token.i)
    words = lexicon.words
    weak = token.lower in ("legal", "justified", "legitimate", "criminal", "lawful")
    if token.dep == "amod":
        return None if weak else _of_attribute(parse, token, norms, lexicon)
    if token.dep not in ("acomp", "ccomp", "oprd", "xcomp", "attr", "amod", "conj", "ROOT"):
        return None
    lemma = parse.lemma(head.i)
    own = parse.child(token.i, "nsubj")
    speaker = subject = None
    if lemma == "be":
        subject = find_subject(parse, head.i)
    elif lemma in words["legal.calling"]:
        judged = own or parse.child(head.i, "dobj", "nsubjpass")
        subject = judged.i if judged is not None else None
        speaker = _find_speaker(parse, head, lexicon)
    if subject is None or (weak and not norms):
        return None
    if parse.lemma(subject) in words["legal.trades"]:
        return None
    negation = parse.child(head.i, "neg")
    verdict = join_spans(
        token.span, *(parse.tokens[j].span for j in parse.conjuncts(token.i) if parse.tokens[j].tag == "JJ")
    )
    span = join_spans(negation.span if negation is not None else None, verdict)
    if lemma == "be":
        span = join_spans(head.span, span)
    else:
        span = join_spans(parse.tokens[subject].span, phrase_span(parse, subject), span)
    return Draft(StatementKind.LEGAL, span, token.i, subject, verdict, tuple(norms), speaker, by="rule:adjective")


def _of_attribute(parse: Parse, token: Token, norms: Sequence[Span], lexicon: StatementLexicon) -> Draft | None:
    """Read "illegal occupation", "called the arrest an illegal act"."""
    act = parse.head(token.i)
    if parse.lemma(act.i) not in lexicon.words["legal.acts"] or act.i < token.i:
        return None
    called = _find_called(parse, act, lexicon)
    subject = called[1].i if called is not None else act.i
    speaker = _find_speaker(parse, called[0], lexicon) if called is not None else None
    span = join_spans(token.span, phrase_span(parse, act.i))
    return Draft(StatementKind.LEGAL, span, token.i, subject, token.span, tuple(norms), speaker, by="rule:adjective")


def _find_called(parse: Parse, noun: Token, lexicon: StatementLexicon) -> tuple[Token, Token] | None:
    """Return verb and object of "called the arrest an illegal act", "condemned the ban as an illegal measure"."""
    if noun.dep not in ("oprd", "appos", "dobj", "pobj"):
        return None
    verb = parse.head(noun.i)
    if noun.dep == "pobj" and verb.lower != "as":
        return None
    while verb.dep in ("appos", "pobj", "prep", "dobj") and verb.tag[:2] != "VB":
        verb = parse.head(verb.i)
    judged = parse.child(verb.i, "dobj")
    calls = parse.lemma(verb.i) in lexicon.words["legal.calling"]
    return (verb, judged) if calls and judged is not None and judged.i < noun.i else None


def _of_breach(parse: Parse, token: Token, norms: Sequence[Span], lexicon: StatementLexicon) -> Draft | None:
    """Read "in violation of international law", "violations of the U.N. Charter"."""
    inside = parse.subtree(token.i, without=("relcl", "advcl"))
    region = parse.span(inside)
    broken = [norm for norm in norms if region.overlaps(norm)]
    if not broken:
        return None
    governor = parse.head(token.i)
    subject = speaker = None
    within = governor.lower == "in" and governor.i == token.i - 1
    if within:
        above = parse.head(governor.i)
        subject = find_subject(parse, above.i) if above.tag[:2] == "VB" else above.i
    elif governor.tag[:2] == "VB":
        lemma = parse.lemma(governor.i)
        if lemma in ("cite", "allege", "denounce", "condemn", "see", "invoke", "report", "document"):
            speaker = find_subject(parse, governor.i)
        elif token.dep == "attr":
            subject = find_subject(parse, governor.i)
    elif governor.lower == "as" and parse.lemma(parse.head(governor.i).i) in lexicon.words["legal.calling"]:
        verb = parse.head(governor.i)
        judged = parse.child(verb.i, "dobj", "nsubjpass")
        subject = judged.i if judged is not None else None
        speaker = _find_speaker(parse, verb, lexicon)
    elif governor.lower == "of":
        above = parse.head(governor.i)
        if parse.lemma(above.i) == "accuse":
            judged, accuser = parse.child(above.i, "dobj", "nsubjpass"), parse.child(above.i, "nsubj")
            subject = judged.i if judged is not None else find_subject(parse, above.i)
            speaker = accuser.i if accuser is not None else None
    by = next((c for c in parse.children(token.i) if c.lower == "by"), None)
    if subject is None and by is not None:
        doer = parse.child(by.i, "pobj")
        subject = doer.i if doer is not None else None
    if subject is None:
        owner = next(
            (c for c in parse.children(token.i) if c.i < token.i and c.dep in ("poss", "amod") and is_name(c)), None
        )
        subject = owner.i if owner is not None else None
    start = governor.span if within else token.span
    span = join_spans(start, *broken)
    return Draft(StatementKind.LEGAL, span, token.i, subject, token.span, tuple(broken), speaker, by="rule:breach")


def _of_breaking(parse: Parse, token: Token, norms: Sequence[Span], lexicon: StatementLexicon) -> Draft | None:
    """Read "violates the Geneva Conventions", "evading international legal barriers"."""
    lemma = parse.lemma(token.i)
    if lemma not in lexicon.words["legal.breaking"] and lemma not in lexicon.words["legal.evading"]:
        return None
    target = parse.child(token.i, "dobj", "nsubjpass")
    if target is None:
        return None
    region = parse.span(parse.subtree(target.i, without=("relcl", "advcl", "acl")))
    broken = [norm for norm in norms if region.overlaps(norm)]
    if not broken:
        return None
    subject = find_subject(parse, token.i)
    if subject == target.i:
        subject = find_object(parse, token.i, "by")
    adverbs = [child.span for child in parse.children(token.i) if child.dep == "advmod" and child.i < token.i]
    start = adverbs[-1] if adverbs and adverbs[-1].end + 1 == token.start else None
    negation = parse.child(token.i, "neg")
    verdict = join_spans(negation.span if negation is not None else None, token.span)
    span = join_spans(start, verdict, *broken)
    return Draft(StatementKind.LEGAL, span, token.i, subject, verdict, tuple(broken), None, by="rule:breaking")


def _find_speaker(parse: Parse, verb: Token, lexicon: StatementLexicon) -> int | None:
    """Return who judges; for "asked the Council to declare it illegal" the one who asks."""
    above = parse.head(verb.i)
    if verb.dep in ("xcomp", "ccomp", "advcl") and parse.lemma(above.i) in lexicon.words["legal.asking"]:
        return find_subject(parse, above.i)
    if parse.child(verb.i, "nsubjpass") is not None:
        return find_object(parse, verb.i, "by")
    return find_subject(parse, verb.i)
