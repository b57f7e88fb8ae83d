"""Affiliations: who is said to be tied to whom."""

from reportedly.extract.drafts import (
    Draft,
    StatementLexicon,
    find_object,
    find_subject,
    is_name,
    is_negated,
    is_party,
    is_private,
    join_spans,
    phrase_span,
)
from reportedly.extract.parse import Parse, Sentence, Token
from reportedly.extract.triggers import is_passive
from reportedly.records.claim import StatementKind


def find_ties(parse: Parse, sentence: Sentence, lexicon: StatementLexicon) -> list[Draft]:
    """Find the affiliations that a sentence states, in text order; both sides must be parties."""
    found = []
    for token in parse.sentence_tokens(sentence.index):
        draft = None
        if token.tag == "VBG" and parse.lemma(token.i) in lexicon.words["affiliation.backing"]:
            draft = _of_backing(parse, token, lexicon)
        elif token.tag in ("VBN", "VBD", "JJ"):
            draft = _of_suffix(parse, token, lexicon) or _of_participle(parse, token, lexicon)
        elif token.tag in ("NN", "NNS"):
            draft = _of_noun(parse, token, lexicon)
        if draft is not None and not is_private(parse, draft.subject, lexicon):
            found.append(draft)
    return found


def _of_participle(parse: Parse, token: Token, lexicon: StatementLexicon) -> Draft | None:
    """Read "linked to the government", "backed by Iran"."""
    lemma = parse.lemma(token.i) if token.tag != "JJ" else token.lower
    prepositions = _prepositions(lexicon.words["affiliation.participles"], lemma)
    if token.tag == "JJ" and not prepositions:
        lemma = {"linked": "link", "affiliated": "affiliate", "allied": "ally", "aligned": "align"}.get(lemma, lemma)
        prepositions = _prepositions(lexicon.words["affiliation.participles"], lemma)
    if not prepositions or not (token.tag in ("JJ", "VBN") or is_passive(parse, token.i) or _is_reduced(parse, token)):
        return None
    other = find_object(parse, token.i, *prepositions)
    subject = find_subject(parse, token.i)
    if is_negated(parse, token.i):
        return None
    if other is None or subject is None or not is_party(parse, other, lexicon):
        return None
    strict = lemma in lexicon.words["affiliation.material"]
    if strict and not _is_backed(parse, subject, other, lexicon):
        return None
    if not _can_be_tied(parse, subject, lexicon):
        return None
    start = _start(parse, token)
    span = join_spans(parse.tokens[start].span, phrase_span(parse, other))
    return Draft(StatementKind.AFFILIATION, span, token.i, subject, phrase_span(parse, other), by="rule:participle")


def _is_reduced(parse: Parse, token: Token) -> bool:
    """Say whether a past tense is none, for want of an object: "hackers linked to the army broke into the network"."""
    return token.tag == "VBD" and parse.child(token.i, "dobj", "aux") is None


def _of_backing(parse: Parse, token: Token, lexicon: StatementLexicon) -> Draft | None:
    """Read "accuses Norland of arming the rebels", "denies backing the rebels"."""
    backed = parse.child(token.i, "dobj")
    verb = parse.head(token.i)
    if verb.lower == "of":
        verb = parse.head(verb.i)
    if backed is None or parse.lemma(verb.i) not in lexicon.words["affiliation.saying"]:
        return None
    accused = parse.child(verb.i, "nsubjpass") or parse.child(verb.i, "dobj") or parse.child(verb.i, "nsubj")
    if accused is None or accused.i == token.i or not _is_band(parse, backed, lexicon):
        return None
    span = join_spans(token.span, phrase_span(parse, backed.i))
    backer = phrase_span(parse, accused.i)
    saying = parse.child(verb.i, "nsubj") or accused
    speaker = None if saying.i == accused.i and parse.lemma(verb.i) != "deny" else saying.i
    return Draft(StatementKind.AFFILIATION, span, token.i, backed.i, backer, speaker=speaker, by="rule:backing")


def _is_band(parse: Parse, token: Token, lexicon: StatementLexicon) -> bool:
    """Say whether what is backed is a band of fighters or the like; a plan or a party in office is backed openly."""
    return parse.lemma(token.i) in lexicon.words["affiliation.bands"]


def _of_suffix(parse: Parse, token: Token, lexicon: StatementLexicon) -> Draft | None:
    """Read "an Iran-backed militia", which the tokenizer cuts at its hyphens."""
    if token.lower not in lexicon.words["affiliation.suffixes"] or token.i < 2:
        return None
    hyphen, backer = parse.tokens[token.i - 1], parse.tokens[token.i - 2]
    noun = parse.head(token.i)
    if hyphen.text not in "-–" or token.dep != "amod" or noun.i < token.i:
        return None
    named = is_name(backer) or backer.lower in ("state", "government", "military", "army", "cartel")
    if not named or not is_party(parse, noun.i, lexicon) or parse.lemma(noun.i) in ("party", "country", "president"):
        return None
    if backer.lower in ("state", "government") and parse.lemma(noun.i) in lexicon.words["affiliation.bodies"]:
        # "the state-run agency" says what an outlet or a firm is, and alleges nothing
        return None
    if token.lower in ("run", "controlled") and parse.lemma(noun.i) not in lexicon.words["party.words"]:
        # a place held is no tie between two parties
        return None
    first = backer.i
    while first - 1 >= parse.sentence_of(token.i).first and is_name(backer) and is_name(parse.tokens[first - 1]):
        first -= 1
    span = parse.span([first, noun.i])
    return Draft(StatementKind.AFFILIATION, span, token.i, noun.i, parse.span([first, backer.i]), by="rule:compound")


def _of_noun(parse: Parse, token: Token, lexicon: StatementLexicon) -> Draft | None:
    """Read "ties to the cartel", "a proxy of Iran", "Iranian proxies"."""
    lemma = parse.lemma(token.i)
    if lemma in lexicon.words["affiliation.bare"]:
        backer = next((c for c in parse.children(token.i) if c.i < token.i and is_name(c)), None)
        if backer is not None and backer.dep in ("amod", "poss", "compound", "nmod"):
            subject = find_subject(parse, token.head) if token.dep == "attr" else token.i
            span = parse.span([backer.i, token.i])
            return Draft(StatementKind.AFFILIATION, span, token.i, subject, backer.span, by="rule:proxy")
    prepositions = _prepositions(lexicon.words["affiliation.nouns"], lemma)
    other = find_object(parse, token.i, *prepositions) if prepositions else None
    if other is None or not is_party(parse, other, lexicon):
        return None
    if is_negated(parse, token.i):
        return None
    owner = parse.child(token.i, "poss")
    head = parse.head(token.i)
    subject = owner.i if owner is not None else None
    if subject is None and head.dep == "prep" and head.lower in ("with", "over"):
        subject = head.head
    if subject is None and head.tag[:2] == "VB" and parse.lemma(head.i) in ("have", "maintain", "deny", "be"):
        subject = find_subject(parse, head.i)
    if subject is None or not _can_be_tied(parse, subject, lexicon) or parse.lemma(other) in ("country", "state"):
        return None
    if lemma in ("tie", "link", "connection") and (_is_state(parse, subject) or _is_wired(parse, token)):
        # "India's ties with Pakistan" are relations of states, "an electricity link" is a thing
        return None
    span = join_spans(token.span, phrase_span(parse, other))
    return Draft(StatementKind.AFFILIATION, span, token.i, subject, phrase_span(parse, other), by="rule:noun")


def _prepositions(patterns: frozenset[str], lemma: str) -> tuple[str, ...]:
    return tuple(p.split("~")[1] for p in sorted(patterns) if p.split("~")[0] == lemma)


def _can_be_tied(parse: Parse, subject: int, lexicon: StatementLexicon) -> bool:
    lemma = parse.lemma(subject)
    if lemma in lexicon.words["party.abstract"]:
        return False
    return is_party(parse, subject, lexicon) or parse.tokens[subject].lower in ("he", "she", "they", "who")


def _is_backed(parse: Parse, subject: int, other: int, lexicon: StatementLexicon) -> bool:
    """A backer stands behind a body, not behind a plan: both sides must be parties in the strict sense."""
    token = parse.tokens[subject]
    body = parse.lemma(subject) in lexicon.words["party.words"] or token.tag in ("NNP", "NNPS")
    return body and (is_name(parse.tokens[other]) or any(is_name(c) for c in parse.children(other)))


def _is_state(parse: Parse, i: int) -> bool:
    return parse.tokens[i].tag == "NNP" or parse.lemma(i) in ("country", "state", "nation", "government")


def _is_wired(parse: Parse, token: Token) -> bool:
    return any(child.dep == "compound" and child.tag == "NN" for child in parse.children(token.i))


def _start(parse: Parse, token: Token) -> int:
    """Return where the wording begins: "said to be" and adverbs before the participle belong to it."""
    i = token.i
    children = {child.i for child in parse.children(token.i) if child.dep in ("advmod", "auxpass", "aux", "cop")}
    head = parse.head(token.i)
    if token.dep == "xcomp" and head.lower in ("said", "believed", "thought", "alleged", "reported", "suspected"):
        children.add(head.i)
        children |= {child.i for child in parse.children(head.i) if child.dep == "advmod"}
    while i - 1 in children or (i > 0 and parse.tokens[i - 1].i in children):
        i -= 1
    return i
