"""Counts in the text: numbers with their bounds, and the noun they count.

Ages, dates, times of day, measures, percentages, ordinals and numbers within names are no counts and are left out.
"""

import re
import tomllib
from importlib.resources import files

import msgspec

from reportedly.extract.numbers import read_bounds, read_number
from reportedly.extract.parse import Parse, Sentence, Token
from reportedly.records.spans import Span

_UNITS = (
    "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    "eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
)
_SCALE = r"(?:hundred|thousand|million|billion|dozen)"
_WORDS = rf"(?:(?:half\s+)?an?\s+(?={_SCALE}\b)|(?:{_UNITS})\b(?:[\s-](?:and\s+)?(?:(?:{_UNITS})\b|{_SCALE}\b))*)"
_NUMBER = (
    rf"(?:(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?(?:\s?(?:bn|m|k)\b)?|{_WORDS})"
    rf"(?:\s*{_SCALE}\b(?:\s+{_SCALE}\b)?)?"
)
_NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_BETWEEN_TAGS = frozenset({"JJ", "JJR", "NN", "NNP", "VBN", "VBG", "HYPH", "CD", "POS", "RB", "``", "''", ","})
_LOOK_AHEAD = 5


class FigureLexicon(msgspec.Struct, frozen=True):
    """The word lists of ``figures.toml``, and the pattern of numbers compiled from them.

    Attributes:
        number: Finds a number with the words that bound it.
        bounds: Words before a number to the kind of bound.
        vague: Plural number words to their lower bounds.
        words: Word lists by name.
        verbs: Verb lemma to key, for verbs whose object is harmed, held or driven out.
        intransitive: Verb lemma to key, for verbs whose subject is.
        adjectives: Adjective to key.
        nouns: Noun lemma to key.
        as_of: Finds words that say as of when a figure stands.
    """

    number: re.Pattern[str]
    bounds: dict[str, str]
    vague: dict[str, int]
    words: dict[str, frozenset[str]]
    verbs: dict[str, str]
    intransitive: dict[str, str]
    adjectives: dict[str, str]
    nouns: dict[str, str]
    as_of: re.Pattern[str]


class Quantity(msgspec.Struct, frozen=True):
    """One count: tokens ``first`` to ``last`` (half-open) hold the number with the words that bound it.

    Attributes:
        first: First token of the number's phrase.
        last: Token after its last.
        number: Token of the number itself, its syntactic head.
        head: Token of the noun counted, or of the number where no noun follows.
        low: Lower bound, inclusive.
        high: Upper bound, inclusive.
        added: Whether the words say that it is newly added ("another 5").
        currency: Currency word where it counts money, else None.
        loose: Whether it is no more than "several".
    """

    first: int
    last: int
    number: int
    head: int
    low: int | None
    high: int | None
    added: bool = False
    currency: str | None = None
    loose: bool = False


def open_figures() -> FigureLexicon:
    """Read the word lists that ship with the package and compile the pattern of numbers."""
    table = tomllib.loads(files("reportedly.extract").joinpath("data", "figures.toml").read_text(encoding="utf-8"))
    bounds = {
        word.replace("_", " "): kind for kind, text in table["bounds"].items() for word in text.replace(".", "").split()
    }
    words = {name: _split(text) for name, text in table["words"].items()}
    words["become"] = frozenset(table["become"]["verbs"].split())
    words["toll"] = frozenset(table["become"]["toll"].split())
    words["moves"] = frozenset(table["become"]["moves"].split())
    words["lives"] = frozenset(table["key"]["killed"]["lives"].split())
    words["fallen"] = frozenset(table["key"]["killed"]["fallen"].split())
    words["retrieving"] = frozenset(table["key"]["killed"]["retrieving"].split())
    for name, text in table["suffer"].items():
        words[f"suffer_{name}"] = frozenset(text.split())
    for name, text in table["treatment"].items():
        words[f"treatment_{name}"] = frozenset(text.split())
    words["series"] = _split(table["scope"]["series"])
    words["single"] = _split(table["scope"]["single"])
    by_part: dict[str, dict[str, str]] = {"verbs": {}, "intransitive": {}, "adjectives": {}, "nouns": {}}
    for key, parts in table["key"].items():
        for part, found in by_part.items():
            found.update(dict.fromkeys(parts.get(part, "").split(), key))
    return FigureLexicon(
        number=_compile(bounds, table["vague"]),
        bounds=bounds,
        vague=table["vague"],
        words=words,
        as_of=re.compile(
            rf"\b(?:{table['scope']['as_of']})\b(?:\s+(?!that\b)[\w’']+){{0,5}}?(?=[,.;:)]|$|\s+(?:in|on|at|by|with|and|was|were|has|have|had|to|after|when)\b)",
            re.IGNORECASE,
        ),
        **by_part,
    )


def _split(text: str) -> frozenset[str]:
    return frozenset(word.replace("_", " ") for word in text.split())


def _compile(bounds: dict[str, str], vague: dict[str, int]) -> re.Pattern[str]:
    before = "|".join(sorted((re.escape(word).replace(r"\ ", r"\s+") for word in bounds), key=len, reverse=True))
    loose = "|".join(vague)
    return re.compile(
        rf"(?<![\w$€£¥₱₹.,/’'-])(?:(?P<between>between|from)\s+)?"
        rf"(?P<mod>(?:(?:{before})\s+){{1,2}})?"
        rf"(?P<cur>(?:US|C|A|NZ|HK)?[$€£¥₱₹]\s?)?"
        rf"(?:(?P<vague>(?:(?:an?\s+)?few\s+|several\s+|many\s+)?(?:{loose})\b(?:\s+of\s+(?:thousands|millions)\b|\s+{_SCALE}\b)?)"
        rf"|(?P<low>{_NUMBER})(?:(?P<join>\s*[-–—]\s*|\s+(?:to|and|or)\s+)(?:[$€£]\s?)?(?P<high>{_NUMBER}))?"
        rf"(?P<plus>\+|\s+or\s+(?:more|so|fewer|less)\b)?)"
        rf"(?![\w%])(?![-–’']\w)(?![.,:/]\d)",
        re.IGNORECASE,
    )


def find_quantities(parse: Parse, sentence: Sentence, lexicon: FigureLexicon) -> list[Quantity]:
    """Find the counts of one sentence, in text order, not overlapping; empty where it counts nothing."""
    text = sentence.span.slice(parse.text)
    found = []
    for match in lexicon.number.finditer(text):
        quantity = _read(parse, sentence, match, lexicon)
        if quantity is not None:
            found.append(quantity)
            if match["join"] and " and " in match["join"] and not match["between"]:
                second = _read(parse, sentence, match, lexicon, "high")
                if second is not None:
                    found.append(second)
    return found


def _read(
    parse: Parse, sentence: Sentence, match: re.Match[str], lexicon: FigureLexicon, group: str = "low"
) -> Quantity | None:
    start, end = match.span()
    if match["between"] and not match["high"]:
        # "from 31 countries": the word belongs to a range only
        start = next(match.start(name) for name in ("mod", "cur", "vague", "low") if match[name])
    joined = match["join"] is not None
    if joined and " and " in match["join"] and not match["between"]:
        # "five and six" are two counts: each is read by itself
        start, end = (match.start(), match.end("low")) if group == "low" else match.span("high")
        joined = False
    span = Span(sentence.span.start + start, sentence.span.start + end)
    tokens = parse.tokens_in(span)
    if not tokens or tokens[0].start < span.start or tokens[-1].end > span.end:
        tokens = [token for token in tokens if span.covers(token.span)]
    if not tokens:
        return None
    first, last = tokens[0].i, tokens[-1].i + 1
    number = _find_number(parse, first, last)
    bounds = _find_bounds(match, lexicon, group, joined)
    if bounds is None:
        return None
    currency = _find_currency(parse, match, last)
    more = last < sentence.last and parse.tokens[last].lower == "more"
    last += more
    head = _find_noun(parse, number, last, sentence.last)
    if currency is None and _is_no_count(parse, sentence, match, first, last, head, lexicon):
        return None
    words = {token.lower for token in tokens}
    added = more or bool(words & {"another", "additional", "further"})
    loose = (match["vague"] or "").lower() in ("several", "multiple")
    return Quantity(first, last, number, head, bounds[0], bounds[1], added, currency, loose)


def _find_bounds(
    match: re.Match[str], lexicon: FigureLexicon, group: str, joined: bool
) -> tuple[int | None, int | None] | None:
    words = f" {' '.join((match['mod'] or '').lower().split())} "
    kinds = [kind for word, kind in lexicon.bounds.items() if f" {word} " in words] if match["mod"] else []
    strict = [kind for kind in kinds if kind != "about"]
    if "not" in words.split() or "no" in words.split():
        # "no more than" also holds "more than"
        strict = [kind for kind in strict if kind in ("up_to", "at_least")] or strict
    kind = strict[0] if strict and group == "low" else None
    if match["vague"]:
        low = _read_vague(match["vague"], lexicon)
        return (None, low) if kind == "up_to" else (low, None)
    low_text = match[group]
    low_value = read_number(low_text)
    high_value = read_number(match["high"]) if joined else None
    if low_value is None:
        return None
    if joined and high_value is not None:
        if low_value < 1000 <= high_value and re.search(r"(?i)(million|thousand|billion)", match["high"]):
            low_value *= high_value / (read_number(match["high"].split()[0]) or high_value)
        if high_value < low_value:
            return None
    plus = (match["plus"] or "").strip().lower() if group == "low" else ""
    if plus in ("+", "or more"):
        kind = "at_least"
    elif plus in ("or fewer", "or less"):
        kind = "up_to"
    return read_bounds(low_value, high_value, kind)


def _read_vague(text: str, lexicon: FigureLexicon) -> int:
    words = text.lower().split()
    product = 1
    for word in words:
        product *= lexicon.vague.get(word, 1)
        if word in ("hundred", "thousand", "million", "dozen", "billion"):
            product *= round(read_number(f"a {word}") or 1)
    if words[-1] in ("thousands", "millions") and len(words) > 2 and words[-2] == "of":
        # "tens of thousands" is twenty thousand, not ten times two thousand
        product = lexicon.vague.get(words[-3], 1) * (1000 if words[-1] == "thousands" else 1_000_000)
    elif words[0] in ("a", "few", "several") and len(words) > 1 and words[-1] in lexicon.vague:
        product = 3 * lexicon.vague[words[-1]] // 2
    return product


def _find_number(parse: Parse, first: int, last: int) -> int:
    """Return the token of the number that governs the others."""
    inner = [
        i
        for i in range(first, last)
        if parse.tokens[i].tag in ("CD", "NNS", "NN", "JJ") and not first <= parse.tokens[i].head < last
    ]
    return inner[-1] if inner else last - 1


def _find_noun(parse: Parse, number: int, last: int, end: int) -> int:
    """Return the noun counted: what the number modifies, what follows "of", else the next noun of its phrase."""
    token = parse.tokens[number]
    of = next((child for child in parse.children(number) if child.dep == "prep" and child.lower == "of"), None)
    if of is not None and of.i <= last + 1:
        inner = parse.child(of.i, "pobj")
        return inner.i if inner is not None else number
    if last < end and parse.tokens[last].lower == "of" and token.tag != "CD":
        inner = parse.child(last, "pobj")
        if inner is not None:
            return inner.i
    head = parse.tokens[token.head]
    modifies = token.dep in ("nummod", "amod", "compound", "det", "nmod", "quantmod")
    if modifies and head.tag in _NOUN_TAGS and head.i >= last:
        return head.i
    for i in range(last, min(last + _LOOK_AHEAD, end)):
        tag = parse.tokens[i].tag
        if tag in ("NNS", "NNPS") or (tag == "NN" and parse.tokens[i].lower == "people"):
            return i
        if tag not in _BETWEEN_TAGS or parse.tokens[i].text == ",":
            break
    return number


def _find_currency(parse: Parse, match: re.Match[str], last: int) -> str | None:
    symbol = (match["cur"] or "").strip()
    if symbol:
        names = {"$": "dollars", "€": "euros", "£": "pounds", "¥": "yen", "₱": "pesos", "₹": "rupees"}
        return names[symbol[-1]]
    word = parse.tokens[last].lower if last < len(parse.tokens) else ""
    return word if word in ("dollars", "euros", "pounds") else None


def _is_no_count(
    parse: Parse,
    sentence: Sentence,
    match: re.Match[str],
    first: int,
    last: int,
    head: int,
    lexicon: FigureLexicon,
) -> bool:
    """Say whether the number is a measure, a date, an age, part of a name, an ordinal or a time."""
    words = lexicon.words
    after = parse.tokens[last].lower if last < sentence.last else ""
    noun = parse.lemma(head) if head >= last else ""
    if after in words["measures"] or after.rstrip("s") in words["measures"] or noun.rstrip("s") in words["measures"]:
        return True
    if after in words["months"] or after == "-":
        return True
    before = parse.tokens[first - 1] if first > sentence.first else None
    digits = match["low"] is not None and match["low"][:1].isdigit()
    if before is not None:
        if before.lower in words["months"] or before.lower in words["name_heads"] or before.text in ("#", "No.", "@"):
            return True
        if digits and before.tag in ("NNP", "NNPS") and not match["mod"] and head < last:
            return True
        if before.lower == "of" and before.i - 1 >= sentence.first and parse.tokens[before.i - 1].lower == "age":
            return True
    bare = digits and match["low"].isdigit() and not match["mod"] and not match["join"]
    if bare and len(match["low"]) == 4 and match["low"][:2] in ("17", "18", "19", "20"):
        return _is_year(parse, before, head, last)
    return bool(bare and head < last and _is_apposed(parse, before, after))


def _is_year(parse: Parse, before: Token | None, head: int, last: int) -> bool:
    if head < last:
        return True
    counted = parse.tokens[head].tag in ("NNS", "NNPS") or parse.tokens[head].lower == "people"
    return not counted or (before is not None and before.lower in ("in", "since", "the", "of", "until", "by", "early"))


def _is_apposed(parse: Parse, before: Token | None, after: str) -> bool:
    """Say whether a bare number stands between commas or brackets: an age, mostly."""
    return before is not None and before.text in (",", "(") and after in (",", ")", ".", "and", "was", "were", ";")
