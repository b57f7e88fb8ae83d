"""Which words of a report name a place: names from a list, adjectives of places, and names that their form gives away.

No recogniser is trained or loaded (docs/decisions/0001-no-ner.md): capitals, the list of names and what stands around a
name decide.
"""

import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from reportedly.extract.parse import Parse, Sentence, Token
from reportedly.extract.place_lexicon import NamesOfText, PlaceLexicon, Toponym, ToponymIndex
from reportedly.extract.toponym_evidence import REGION_KINDS, takes_place, weigh_after, weigh_before, weigh_name
from reportedly.records.toponym import KnownName

MAX_WORDS = 6
"""Longest name looked up, in tokens."""

_MIN_KEPT = 0.3
_SURE = 0.5
_LARGE = 500_000
_NOUNS = ("NNP", "NNPS", "NN", "NNS")


def find_toponyms(parse: Parse, names: ToponymIndex, lexicon: PlaceLexicon) -> list[Toponym]:
    """Return the candidates of a document in text order, not overlapping, with scores from 0 to 1.

    Args:
        parse: The syntax of the document.
        names: The list of names.
        lexicon: Word lists.

    Returns:
        Candidates with a score of at least .3; one of .5 or more is held to be a place name.
    """
    found: list[Toponym] = []
    runs = [run for sentence in parse.sentences for run in _runs(parse, sentence, lexicon)]
    document = _read_names(parse, runs, names, lexicon)
    for first, last in runs:
        # the longest name holds what stands in it: "Spain" is no name in "Port of Spain"
        first = max(first, found[-1].last if found and found[-1].score >= _SURE else 0)
        if first < last:
            found.extend(_match_run(parse, first, last, names, lexicon, document))
    found = _merge(found)
    _weigh_neighbours(parse, found)
    _weigh_repeats(parse, found, document)
    return [toponym for toponym in found if toponym.score >= _MIN_KEPT]


def _is_capital(token: Token) -> bool:
    first = token.text[:1]
    return first.isupper() or (first.isdigit() and token.tag == "NNP")


def _starts_name(parse: Parse, i: int, last: int, lexicon: PlaceLexicon) -> bool:
    """Say whether a name may begin at token ``i``: with a capital, or with an article tied to one ("al-Bab")."""
    token = parse.tokens[i]
    if _is_capital(token):
        return True
    if token.lower not in lexicon.words["articles"] or i + 2 >= last or parse.tokens[i + 1].text != "-":
        return False
    return parse.tokens[i + 2].start == token.end + 1 and _is_capital(parse.tokens[i + 2])


def _runs(parse: Parse, sentence: Sentence, lexicon: PlaceLexicon) -> Iterator[tuple[int, int]]:
    """Yield the stretches of capitalised words of a sentence, hyphens inside kept, particles left out."""
    i = sentence.first
    while i < sentence.last:
        if not _starts_name(parse, i, sentence.last, lexicon):
            i += 1
            continue
        j = i + 1
        while j < sentence.last and (
            _starts_name(parse, j, sentence.last, lexicon)
            or (parse.tokens[j].text in "-–'’&" and j + 1 < sentence.last and _touches(parse, j))
        ):
            j += 1
        yield i, j
        i = j


def _touches(parse: Parse, i: int) -> bool:
    """Say whether a hyphen or ampersand joins two capitalised words."""
    before, token, after = parse.tokens[i - 1], parse.tokens[i], parse.tokens[i + 1]
    joined = before.end == token.start and token.end == after.start
    return _is_capital(after) and (joined or token.text == "&")


def _read_names(parse: Parse, runs: list[tuple[int, int]], names: ToponymIndex, lexicon: PlaceLexicon) -> NamesOfText:
    """Find the persons a document names by given name or title, so that a surname alone is no town."""
    persons: set[int] = set()
    surnames: set[str] = set()
    for first, last in runs:
        found = _find_person(parse, first, last, names, lexicon)
        if found is None:
            continue
        persons.update(range(*found))
        tail = parse.tokens[found[0] + (found[1] - found[0] > 1) : found[1]]
        surnames.update(token.lower for token in tail if len(token.text) > 2)
    lower = {token.lower for token in parse.tokens if token.text.islower() and token.tag not in ("NNP", "NNPS")}
    return NamesOfText(persons, surnames, lower)


def _find_person(
    parse: Parse, first: int, last: int, names: ToponymIndex, lexicon: PlaceLexicon
) -> tuple[int, int] | None:
    """Return the tokens of a person's name in a run: after a title, from a given name on, or by what follows it."""
    words = lexicon.words
    titles = [i for i in range(first, last) if parse.tokens[i].lower in words["titles"]]
    titled = bool(titles) or (
        first > parse.sentence_of(first).first and parse.tokens[first - 1].lower in words["titles"]
    )
    start = titles[-1] + 1 if titles else first
    if start >= last:
        return None
    end = min(last, start + 4)
    head = parse.tokens[start]
    given = last - start > 1 and (_plain(head.lower) in words["given"] or (len(head.text) == 2 and head.text[1] == "."))
    if titled:
        return None if not given and _is_region(parse, start, end, names) else (start, end)
    if given:
        return None if _is_place_start(parse, start, last, names, lexicon) else (start, end)
    if last - start <= 3 and _speaks_or_ages(parse, start, last, lexicon):
        placed = last - start > 1 and _is_place_start(parse, start, last, names, lexicon)
        return None if placed else (start, end)
    return None


def _plain(word: str) -> str:
    """Return a word without accents: given names are listed without."""
    if word.isascii():
        return word
    return "".join(char for char in unicodedata.normalize("NFKD", word) if not unicodedata.combining(char))


def _speaks_or_ages(parse: Parse, first: int, last: int, lexicon: PlaceLexicon) -> bool:
    """Say whether a name of two or three words speaks, or has an age after it ("Xyz Abc, 34,")."""
    if any(token.tag not in ("NNP", "NNPS") for token in parse.tokens[first:last]):
        return False
    after = parse.tokens[last : last + 3]
    if len(after) == 3 and after[0].text == "," and after[1].text.isdigit() and len(after[1].text) < 3:
        return after[2].text in (",", ".")
    token = parse.tokens[last - 1]
    return last - first > 1 and token.dep == "nsubj" and parse.lemma(token.head) in lexicon.words["reporting"]


def _is_place_start(parse: Parse, first: int, last: int, names: ToponymIndex, lexicon: PlaceLexicon) -> bool:
    """Say whether a run that begins with a given name is a place all the same ("Virginia Beach", "Jordan Valley")."""
    tail = parse.tokens[last - 1].lower
    if tail in lexicon.words["facilities"] or tail in lexicon.words["organisations"]:
        return True
    for end in range(last, first + 1, -1):
        known = names.find_name(_text(parse, first, end))
        if known is not None and (known.population >= 2000 or known.kind != "city"):
            return True
    return False


def _is_region(parse: Parse, first: int, last: int, names: ToponymIndex) -> bool:
    known = names.find_name(_text(parse, first, last))
    return known is not None and known.kind in REGION_KINDS


def _text(parse: Parse, first: int, last: int) -> str:
    return parse.text[parse.tokens[first].start : parse.tokens[last - 1].end]


def _match_run(
    parse: Parse, first: int, last: int, names: ToponymIndex, lexicon: PlaceLexicon, document: NamesOfText
) -> list[Toponym]:
    """Return the candidates that begin in one run: longest names first, then what its form gives away."""
    while last - first > 1 and parse.tokens[last - 1].lower in lexicon.words["calendar"]:
        last -= 1
    i = first
    found: list[Toponym] = []
    while i < last:
        if not _starts_name(parse, i, last, lexicon):
            i += 1
            continue
        toponym = _longest(parse, i, names, lexicon)
        if parse.tokens[i].lower == "the" and (toponym is None or _starts_later(parse, i, toponym, names)):
            toponym = None
        if toponym is None:
            i += 1
            continue
        weigh_name(parse, toponym, (first, last), lexicon, document)
        found.append(toponym)
        i = max(i + 1, toponym.last)
    shaped = _by_shape(parse, first, last, lexicon, document, found)
    if shaped is not None:
        found.append(shaped)
    return found


def _longest(parse: Parse, i: int, names: ToponymIndex, lexicon: PlaceLexicon) -> Toponym | None:
    """Return the longest known name that begins at token ``i``, or None."""
    limit = parse.sentence_of(i).last
    particles = lexicon.words["particles"]
    ends = []
    j = i
    while j < limit and j - i < MAX_WORDS:
        token = parse.tokens[j]
        if _is_capital(token):
            ends.append(j + 1)
        elif not _joins(parse, j, i, particles):
            break
        j += 1
    for end in reversed(ends):
        known = names.find_name(_text(parse, i, end))
        if known is not None and _fits_case(parse, i, end, known, lexicon):
            return Toponym(i, end, known, "rule:demonym" if known.adjective else "rule:name", 0.0)
    return None


def _starts_later(parse: Parse, i: int, toponym: Toponym, names: ToponymIndex) -> bool:
    """Say whether an article is no part of a name ("The Hague" keeps it)."""
    return toponym.last == i + 1 or names.find_name(_text(parse, i + 1, toponym.last)) is not None


def _joins(parse: Parse, j: int, first: int, particles: frozenset[str]) -> bool:
    """Say whether a word that is no name may stand inside one; a comma only before "D.C."."""
    token = parse.tokens[j]
    if token.text == ",":
        return j > first and j + 1 < len(parse.tokens) and parse.tokens[j + 1].lower in ("d.c.", "dc")
    return token.lower in particles


def _fits_case(parse: Parse, i: int, end: int, known: KnownName, lexicon: PlaceLexicon) -> bool:
    """Refuse short forms that are not written as such ("us", "La", "Miss")."""
    token = parse.tokens[i]
    if "$" in token.text or "@" in token.text:
        return False
    if end - i > 1 or known.given:
        return True
    bare = token.lower.replace(".", "")
    comma = i > 0 and parse.tokens[i - 1].text in (",", "(")
    if bare in lexicon.words["postal"] and "." not in token.text:
        return comma and token.text.isupper()
    if bare in lexicon.words["abbreviations"]:
        return token.text.endswith(".") or (i + 1 < len(parse.tokens) and parse.tokens[i + 1].text == ".")
    if len(bare) <= 2:
        return token.text.isupper() and known.kind != "city"
    return len(bare) > 3 or not token.text.isupper() or known.kind != "city"


def _by_shape(
    parse: Parse, first: int, last: int, lexicon: PlaceLexicon, document: NamesOfText, found: list[Toponym]
) -> Toponym | None:
    """A run whose last word says what place it is ("Royal Street"), or that no list holds but a preposition shows."""
    words = lexicon.words
    sentence = parse.sentence_of(first)
    start = first
    if start == sentence.first and parse.tokens[start].tag not in ("NNP", "NNPS", "JJ"):
        start += 1
    if last - start < 1 or any(i in document.persons for i in range(start, last)):
        return None
    tail = parse.tokens[last - 1]
    opens = parse.tokens[start].lower in words["openings"] and parse.tokens[start].tag in ("NNP", "NNPS")
    if last - start > 1 and (opens or (tail.lower in words["facilities"] and tail.tag in _NOUNS)):
        known = next((other.known for other in found if (other.first, other.last) == (start, last)), None)
        return Toponym(start, last, known, "rule:facility", 0.55 + min(0.3, weigh_before(parse, start, lexicon)))
    if any(not _is_part(parse, toponym, start, last) for toponym in found) or not all(
        parse.tokens[i].tag in ("NNP", "NNPS", "HYPH", ":", "POS") for i in range(start, last)
    ):
        return None
    if any(t.lower in words["organisations"] or t.lower in words["never"] for t in parse.tokens[start:last]):
        return None
    if any(t.lower in document.surnames or (t.text.isupper() and len(t.text) > 1) for t in parse.tokens[start:last]):
        return None
    evidence = weigh_before(parse, start, lexicon)
    if evidence < 0.3 and takes_place(parse, start, last, lexicon):
        evidence = 0.3
    if evidence < 0.3:
        return None
    at = parse.tokens[start - 1].lower in ("at", "via", "through", "with") if start else False
    return Toponym(
        start, last, None, "rule:unknown", 0.35 if at else 0.2 + evidence + weigh_after(parse, last, lexicon)
    )


def _is_part(parse: Parse, toponym: Toponym, first: int, last: int) -> bool:
    """Say whether a known name is but the beginning of a longer one that no list holds ("Khan Abc")."""
    known = toponym.known
    if known is None or toponym.first != first or toponym.last >= last or toponym.by != "rule:embedded":
        return False
    return known.kind in ("city", "admin2") and known.population < _LARGE and parse.tokens[toponym.last].text != "-"


def _merge(found: list[Toponym]) -> list[Toponym]:
    """Keep the candidates that do not overlap, the surer first; a whole facility beats the name inside it."""
    kept: list[Toponym] = []
    for toponym in sorted(found, key=lambda t: (-t.score - (t.by == "rule:facility"), t.first - t.last, t.first)):
        if all(toponym.last <= other.first or other.last <= toponym.first for other in kept):
            kept.append(toponym)
    return sorted(kept, key=lambda t: t.first)


def _weigh_neighbours(parse: Parse, found: list[Toponym]) -> None:
    """Names in a row vouch for one another: "Hodeidah, Yemen", "Aleppo, Homs and Hama"."""
    for one, two in pairwise(found):
        between = [token.lower for token in parse.tokens[one.last : two.first]]
        if parse.tokens[one.first].sentence != parse.tokens[two.first].sentence or len(between) > 2:
            continue
        if one.by == "rule:demonym" or two.by == "rule:demonym":
            continue
        if between == [","] and two.known is not None and two.known.kind in REGION_KINDS:
            one.score = min(1.0, one.score + 0.35)
            two.score = min(1.0, two.score + 0.2)
        elif between and all(word in (",", "and", "or", "/", "-") for word in between):
            best = max(one.score, two.score)
            if best >= 0.5:
                one.score, two.score = (min(1.0, s + 0.15) for s in (one.score, two.score))


def _weigh_repeats(parse: Parse, found: list[Toponym], document: NamesOfText) -> None:
    """One name is one thing in one report (Gale, Church and Yarowsky 1992): a sure mention lifts the others."""
    best: dict[str, float] = {}
    for toponym in found:
        text = _text(parse, toponym.first, toponym.last).lower()
        best[text] = max(best.get(text, 0.0), toponym.score)
    for toponym in found:
        text = _text(parse, toponym.first, toponym.last).lower()
        if best[text] >= 0.7 and not any(i in document.persons for i in range(toponym.first, toponym.last)):
            toponym.score = min(1.0, toponym.score + 0.2)
