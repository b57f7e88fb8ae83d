"""What speaks for and against a known name being meant as a place: its weight and the words around it.

The weights were set by hand; each says how much one piece of evidence moves the score.
"""

from reportedly.extract.parse import Parse
from reportedly.extract.place_lexicon import NamesOfText, PlaceLexicon, Toponym
from reportedly.records.toponym import KnownName

REGION_KINDS = ("country", "admin1", "continent", "region")
_LARGE = 100_000


def weigh_name(
    parse: Parse, toponym: Toponym, run: tuple[int, int], lexicon: PlaceLexicon, document: NamesOfText
) -> None:
    """Set the score of a known name from its own prominence and from what stands beside it."""
    known = toponym.known
    if known is None:
        return
    words = lexicon.words
    first, last = toponym.first, toponym.last
    token = parse.tokens[first]
    single = last - first == 1
    if known.adjective:
        toponym.score = _weigh_adjective(parse, toponym, document)
        return
    score = _prominence(known, single)
    score += weigh_before(parse, first, lexicon)
    score += weigh_after(parse, last, lexicon)
    if single and token.lower in words["never"]:
        score -= 0.5
    if single and token.lower in words["given"] and known.kind == "city":
        score -= 0.1
    if not any(t.tag in ("NNP", "NNPS") for t in parse.tokens[first:last]):
        score -= 0.25
    if single and token.lower in document.lower and known.kind not in ("country", "continent"):
        score -= 0.35
    if any(i in document.persons for i in range(first, last)):
        score -= 0.7
    elif single and token.lower in document.surnames and known.kind not in ("country", "continent"):
        score -= 0.45
    score += _in_run(parse, toponym, run, lexicon)
    score += _as_dateline(parse, toponym) + _as_modifier(parse, toponym) + _as_object(parse, toponym, lexicon)
    score += _as_subject(parse, toponym, known, lexicon)
    toponym.score = max(0.0, min(1.0, score))


def _prominence(known: KnownName, single: bool) -> float:
    """How likely a name of this weight is meant as a place, all else unknown."""
    if known.given:
        return 0.8
    if known.kind in ("country", "continent"):
        base = 0.8
    elif known.kind == "city" or known.kind == "admin2":
        base = 0.34 + 0.06 * max(0, len(str(known.population)) - 3)
    elif known.kind == "admin1":
        base = 0.65 if known.population >= _LARGE else 0.5
    else:
        base = 0.7
    if not single:
        base += 0.15
    return base if known.primary else base - 0.1


def _weigh_adjective(parse: Parse, toponym: Toponym, document: NamesOfText) -> float:
    if any(i in document.persons for i in range(toponym.first, toponym.last)):
        return 0.2
    token = parse.tokens[toponym.last - 1]
    return 0.65 if token.tag in ("NNS", "NNPS") else 0.75


def weigh_before(parse: Parse, first: int, lexicon: PlaceLexicon) -> float:
    """Evidence from the words before a name."""
    words = lexicon.words
    sentence = parse.sentence_of(first)
    i = first - 1
    moved = 0
    while (
        i >= sentence.first
        and moved < 3
        and (parse.tokens[i].lower in words["directions"] or parse.tokens[i].lower in ("the", "-"))
    ):
        i -= 1
        moved += 1
    if i < sentence.first:
        return 0.0
    token = parse.tokens[i]
    if token.lower in words["titles"]:
        return -0.5
    if token.lower in words["locative"] and token.tag in ("IN", "RB", "TO"):
        return 0.3
    if token.lower == "of" and i > sentence.first:
        return _before_of(parse, i - 1, sentence.first, lexicon)
    if token.lower in words["weak"] and token.tag in ("IN", "TO"):
        return 0.1 if token.lower in ("from", "to", "between", "over") else 0.05
    if token.lower in words["generics"] and moved == 0:
        return 0.15
    return 0.0


def _before_of(parse: Parse, i: int, first: int, lexicon: PlaceLexicon) -> float:
    """Evidence from the noun before "of" ("the town of X", "the battle of X", "Bank of X")."""
    words = lexicon.words
    noun = parse.tokens[i]
    if noun.lower in words["generics"]:
        return -0.7 if i > first and parse.tokens[i - 1].lower in words["bodies"] else 0.4
    if noun.lower in words["holding"]:
        return 0.3
    return 0.05


def weigh_after(parse: Parse, last: int, lexicon: PlaceLexicon) -> float:
    """Evidence from the word after a name."""
    if last >= parse.sentence_of(last - 1).last:
        return 0.0
    token = parse.tokens[last]
    if token.lower in lexicon.words["generics"] or (
        token.text.islower() and token.lower in lexicon.words["facilities"]
    ):
        return 0.2
    if token.text == "-" and last + 1 < len(parse.tokens) and parse.tokens[last + 1].lower in ("based", "area", "born"):
        return 0.3
    return 0.0


def _in_run(parse: Parse, toponym: Toponym, run: tuple[int, int], lexicon: PlaceLexicon) -> float:
    """Evidence from the capitalised words that the name stands among."""
    words = lexicon.words
    known = toponym.known
    big = known is not None and (known.kind in (*REGION_KINDS, "union") or known.population >= 1_000_000)
    after = [token.lower for token in parse.tokens[toponym.last : run[1]]]
    before = [token for token in parse.tokens[run[0] : toponym.first] if token.lower not in words["directions"]]
    if before and before[0].i == parse.sentence_of(before[0].i).first and before[0].tag not in ("NNP", "NNPS"):
        before = before[1:]
    if _is_compounded(parse, toponym.last, lexicon):
        toponym.by = "rule:embedded"
        return 0.05
    if toponym.last - toponym.first > 1 and parse.tokens[toponym.last - 1].lower in words["facilities"]:
        return 0.1
    if after and after[0] in words["titles"]:
        return 0.1
    if after and any(word in words["local"] for word in after):
        toponym.by = "rule:embedded"
        return 0.1
    if any(word in words["organisations"] for word in after):
        toponym.by = "rule:embedded"
        return -0.1 if big else -0.2
    if after and after[-1] in words["facilities"]:
        toponym.by = "rule:embedded"
        return 0.0
    if after and not before:
        toponym.by = "rule:embedded"
        return -0.1 if big else -0.25
    if before:
        toponym.by = "rule:embedded"
        return -0.15 if big else -0.35
    return 0.0


def _is_compounded(parse: Parse, last: int, lexicon: PlaceLexicon) -> bool:
    """Say whether a hyphen and a participle make an adjective of the name ("X-backed")."""
    after = parse.tokens[last : last + 2]
    return len(after) == 2 and after[0].text == "-" and after[1].lower in lexicon.words["compounds"]


def _as_dateline(parse: Parse, toponym: Toponym) -> float:
    """A name that opens a paragraph and is set off from it says where the report was filed."""
    sentence = parse.sentence_of(toponym.first)
    opens = toponym.first == sentence.first and (
        sentence.index == 0 or parse.sentences[sentence.index - 1].paragraph != sentence.paragraph
    )
    if not (opens or _text_is_upper(parse, toponym)) or toponym.last >= len(parse.tokens):
        return 0.0
    return 0.4 if parse.tokens[toponym.last].text in ("(", "—", "–", "--", "-", ":", "_", "-LRB-") else 0.0


def _text_is_upper(parse: Parse, toponym: Toponym) -> bool:
    return all(len(t.text) > 2 and t.text.isupper() for t in parse.tokens[toponym.first : toponym.last])


def _as_modifier(parse: Parse, toponym: Toponym) -> float:
    """A name right before a common noun says where it is or comes from ("Milltown residents")."""
    token = parse.tokens[toponym.last - 1]
    if toponym.last >= len(parse.tokens) or token.dep not in ("compound", "nmod", "amod", "nn"):
        return 0.0
    after = parse.tokens[toponym.last]
    return 0.1 if after.text.islower() and after.tag in ("NN", "NNS", "JJ") else 0.0


def _as_object(parse: Parse, toponym: Toponym, lexicon: PlaceLexicon) -> float:
    """What is captured, entered or shelled is rather a place."""
    return 0.2 if takes_place(parse, toponym.first, toponym.last, lexicon) else 0.0


def takes_place(parse: Parse, first: int, last: int, lexicon: PlaceLexicon) -> bool:
    """Say whether a name is the object of a verb whose object is often a place."""
    token = parse.tokens[last - 1]
    head = parse.head(token.i)
    return token.dep in ("dobj", "nsubjpass") and parse.lemma(head.i) in lexicon.words["taking"]


def _as_subject(parse: Parse, toponym: Toponym, known: KnownName, lexicon: PlaceLexicon) -> float:
    """A town does not speak; a state and a big city may."""
    token = parse.tokens[toponym.last - 1]
    if known.kind not in ("city", "admin2") or token.dep not in ("nsubj", "nsubjpass"):
        return 0.0
    head = parse.head(token.i)
    if head.tag[:2] == "VB" and parse.lemma(head.i) in lexicon.words["reporting"]:
        return -0.35
    return 0.0 if known.population >= 1_000_000 else -0.1
