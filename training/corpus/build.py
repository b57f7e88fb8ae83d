"""Turn the coded texts into text and spans; run as ``python -m training.corpus.build [OUT]`` for JSON Lines.

``GUIDELINES.md`` beside this module describes the files. Every fault is named with its file and line; the rest is read.
"""

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from reportedly.records.claim import PlaceRole, Scope, Stage, Status
from reportedly.records.grounding import SourceKind
from reportedly.records.ontology import EventType, Ontology, open_ontology
from reportedly.records.spans import Span
from training.corpus.records import (
    Marked,
    MarkedAttribution,
    MarkedClaim,
    MarkedFigure,
    MarkedNonEvent,
    MarkedPlace,
    MarkedReport,
    MarkedSentence,
    MarkedSource,
    MarkedTimex,
    NonEvent,
    Quotation,
)

T = TypeVar("T")

REPORTS = Path(__file__).parent / "reports"
KINDS = dict(zip("ogamnihewdp", SourceKind, strict=True))
KEYS = frozenset("arshptfcx")
MARKS = "~-@#!"
_HEAD = re.compile(r"### ([a-z0-9-]+) \| ([^|]+) \| (\d{4}-\d{2}-\d{2}) \| ([^|]+)")
_STATUS = re.compile(r"([a-z]+)(?:/([a-z]+))?(?:\[([^\[\]]+)\])?")
_BOUNDS = re.compile(r"(\d*)-(\d*)|(\d+)")
_TIMED = re.compile(r"(.+)\{([^{}]+)\}")
_QUOTES = '"“”„«»'


class CodingError(ValueError):
    """A line that does not say what it should."""


class _Scope:
    """The text of a report up to one sentence, and that sentence in it: finds the words that a line names."""

    def __init__(self, before: str, sentence: str) -> None:
        self._before = before
        self._sentence = sentence
        self.start = len(before)
        self.text = before + sentence

    @property
    def span(self) -> Span:
        """Where the sentence stands."""
        return Span(self.start, self.start + len(self._sentence))

    def find(self, words: str) -> Span:
        """Find words of the sentence: ``first ... last`` stands for a run, ``#2`` for the second place.

        Raises:
            CodingError: they do not stand there.
        """
        words, _, number = words.strip().partition("#") if re.search(r"#\d$", words.strip()) else (words, "", "1")
        places = self._find_all(words.strip(), self._sentence)
        if len(places) < int(number):
            often = f" {number} times" if number != "1" else ""
            raise CodingError(f"{words!r} does not stand in the sentence{often}")
        start, end = places[int(number) - 1]
        return Span(self.start + start, self.start + end)

    def find_earlier(self, words: str, *, here: bool) -> Span:
        """Find words before the sentence, the latest place; with ``here`` also in it."""
        text = self._before + self._sentence if here else self._before
        places = self._find_all(words.strip(), text) or self._find_all(words.strip(), text, re.IGNORECASE)
        if not places:
            where = "this sentence or an earlier one" if here else "an earlier sentence"
            raise CodingError(f"{words.strip()!r} does not stand in {where}")
        return Span(*places[-1])

    @staticmethod
    def _find_all(words: str, text: str, flags: re.RegexFlag = re.NOFLAG) -> list[tuple[int, int]]:
        if not words:
            raise CodingError("words are missing")
        if " ... " not in words:
            return [match.span() for match in re.finditer(_bound(words), text, flags)]
        first, last = words.split(" ... ", 1)
        ends = [match.end() for match in re.finditer(_bound(last), text, flags)]
        runs = [
            (match.start(), end)
            for match in re.finditer(_bound(first), text, flags)
            for end in ends
            if end - len(last) >= match.end()
        ]
        return sorted(runs, key=lambda run: (run[1] - run[0], run))

    def mark(self, words: str) -> Marked:
        """Read ``words``, ``^words`` or ``pronoun<words``."""
        words = words.strip()
        if words.startswith("^"):
            return Marked(self.find_earlier(words[1:], here=False), carried=True)
        mention, stands, antecedent = words.partition("<")
        if stands:
            return Marked(self.find(mention), self.find_earlier(antecedent, here=True))
        return Marked(self.find(words))


def _bound(words: str) -> str:
    return rf"(?<!\w){re.escape(words)}(?!\w)"


def _split(value: str) -> list[str]:
    return [part for part in value.split(" & ") if part.strip()]


def _choose(kinds: Callable[[str], T], value: str, what: str) -> T:
    try:
        return kinds(value)
    except (ValueError, KeyError):
        raise CodingError(f"{value!r} is no {what}") from None


def _read_attribution(line: str, scope: _Scope) -> MarkedAttribution:
    parts = line.split(" > ", 2)
    if len(parts) != 3:
        raise CodingError("an attribution is KIND source > cue > content")
    chain = tuple(_read_source(link.strip(), scope) for link in parts[0].split(" ; "))
    cue = None if parts[1].strip() == "-" else scope.find(parts[1])
    content = tuple(sorted(scope.find(part) for part in _split(parts[2])))
    if cue is not None:
        said = [cue, *(link.mention.span for link in chain if not link.mention.carried)]
        inserted = Span(min(span.start for span in said), max(span.end for span in said))
        content = tuple(piece for part in content for piece in cut_out(part, inserted, scope.text))
    return MarkedAttribution(chain, cue, content, Quotation.INDIRECT)


def cut_out(part: Span, inserted: Span, text: str) -> tuple[Span, ...]:
    """Take words that are put in ("…, he added, …") out of a content that runs on behind them."""
    if not (part.start < inserted.start and inserted.end < part.end):
        return (part,)
    pieces = (Span(part.start, inserted.start), Span(inserted.end, part.end))
    return tuple(_trim(piece, text) for piece in pieces if re.search(r"\w", piece.slice(text)))


def _trim(span: Span, text: str) -> Span:
    """Leave blanks at both ends out, and a comma at the start."""
    words = span.slice(text)
    return Span(span.start + len(words) - len(words.lstrip(" ,")), span.end - len(words) + len(words.rstrip()))


def _read_source(link: str, scope: _Scope) -> MarkedSource:
    letter, _, words = link.partition(" ")
    anonymous = letter.endswith("?")
    kind = _choose(KINDS.__getitem__, letter.rstrip("?"), "kind of source")
    return MarkedSource(scope.mark(words), kind, anonymous)


def find_quotation(parts: Iterable[str], open_before: bool) -> Quotation:
    """Say how a content is given, from its parts; ``open_before`` where a quotation runs on from before it."""
    texts = [part.strip(" ,.;:!?–—-") for part in parts]
    if all(text[:1] in _QUOTES or open_before for text in texts) and not any(_find_outside(text) for text in texts):
        return Quotation.DIRECT
    return Quotation.MIXED if any(mark in text for text in texts for mark in _QUOTES) else Quotation.INDIRECT


def _find_outside(text: str) -> bool:
    """Say whether words stand between two quotations, or behind the last."""
    marks = [index for index, letter in enumerate(text) if letter in _QUOTES]
    outside = [text[start + 1 : end] for start, end in zip(marks[1::2], [*marks[2::2], len(text)], strict=False)]
    return any(re.search(r"\w", words) for words in outside)


def _read_claim(line: str, scope: _Scope, ontology: Ontology) -> MarkedClaim:
    parts = [part.strip() for part in line.split(" | ")]
    if len(parts) < 3:
        raise CodingError("a claim is trigger | TYPE/mode | status | key=…")
    trigger = scope.find(parts[0])
    name, *modes = parts[1].split("/")
    kind = _choose(EventType, name, "event type")
    for mode in modes:
        if mode not in ontology.types[kind].modes:
            raise CodingError(f"{mode!r} is no mode of {kind}")
    told = _STATUS.fullmatch(parts[2])
    if told is None:
        raise CodingError(f"{parts[2]!r} is no status")
    values = _read_keys(parts[3:])
    contexts = tuple(values.get("x", "").split())
    for context in contexts:
        if context not in ontology.contexts:
            raise CodingError(f"{context!r} is no context")
    actors, recipients = (tuple(scope.mark(part) for part in _split(values.get(key, ""))) for key in "ar")
    inside = [trigger, *(m.span for m in (*actors, *recipients) if not m.carried)]
    return MarkedClaim(
        trigger,
        kind,
        _choose(Status, told[1], "status"),
        evidence=Span(min(span.start for span in inside), max(span.end for span in inside)),
        modes=tuple(modes),
        contexts=contexts,
        stage=_choose(Stage, told[2], "stage") if told[2] else None,
        cue=scope.find(told[3]) if told[3] else None,
        condition=scope.find(values["c"]) if "c" in values else None,
        actors=actors,
        recipients=recipients,
        chain=tuple(scope.mark(part) for part in values["s"].split(" > ")) if "s" in values else (),
        hedges=tuple(scope.find(part) for part in _split(values.get("h", ""))),
        places=tuple(_read_place(part, scope) for part in _split(values.get("p", ""))),
        time=_read_timex(values["t"], scope) if "t" in values else None,
        figures=tuple(_read_figure(part, scope) for part in _split(values.get("f", ""))),
    )


def _read_keys(parts: Sequence[str]) -> dict[str, str]:
    values: dict[str, str] = {}
    for part in parts:
        key, stands, value = part.partition("=")
        if key not in KEYS or not stands:
            raise CodingError(f"{part!r} is no key of a claim with its value")
        if key in values:
            raise CodingError(f"key {key!r} stands twice: join its values by ' & '")
        if value.strip():
            values[key] = value.strip()
    return values


def _read_place(words: str, scope: _Scope) -> MarkedPlace:
    relation, joined, name = words.strip().rpartition("+")
    return MarkedPlace(scope.find(name), PlaceRole.EVENT, relation or None if joined else None)


def _read_timex(words: str, scope: _Scope) -> MarkedTimex:
    timed = _TIMED.fullmatch(words.strip())
    if timed is None:
        raise CodingError(f"{words!r} is no time expression with its value in braces")
    return MarkedTimex(scope.find(timed[1]), timed[2])


def _read_figure(words: str, scope: _Scope) -> MarkedFigure:
    key, *rest = words.strip().split(":", 2)
    if len(rest) != 2:
        raise CodingError(f"{words!r} is no figure: key:bounds:words")
    bounds = _BOUNDS.fullmatch(rest[0])
    if bounds is None or rest[0] == "-":
        raise CodingError(f"{rest[0]!r} are no bounds")
    low, high = (bounds[3], bounds[3]) if bounds[3] else (bounds[1], bounds[2])
    phrase, _, scoped = rest[1].rpartition(":") if rest[1].endswith((":series", ":added")) else (rest[1], "", "this")
    return MarkedFigure(key, int(low) if low else None, int(high) if high else None, scope.find(phrase), Scope(scoped))


def _read_toponyms(line: str, scope: _Scope) -> Iterator[MarkedPlace]:
    for part in _split(line):
        name, _, role = part.rpartition("=")
        yield MarkedPlace(scope.find(name), _choose(PlaceRole, role.strip(), "role of a place"))


def _read_non_event(line: str, scope: _Scope) -> MarkedNonEvent:
    kind, _, words = line.partition("|")
    return MarkedNonEvent(_choose(NonEvent, kind.strip(), "kind of non-event"), scope.find(words))


class _Coded:
    """What the lines behind one sentence say so far."""

    def __init__(self) -> None:
        self.claims: list[MarkedClaim] = []
        self.attributions: list[MarkedAttribution] = []
        self.toponyms: list[MarkedPlace] = []
        self.timexes: list[MarkedTimex] = []
        self.non_events: list[MarkedNonEvent] = []


class _Builder:
    """Reads one file line by line."""

    def __init__(self, name: str, ontology: Ontology) -> None:
        self._name = name
        self._ontology = ontology
        self.reports: list[MarkedReport] = []
        self.faults: list[str] = []
        self._head: re.Match[str] | None = None
        self._text = ""
        self._gap = ""
        self._sentences: list[MarkedSentence] = []
        self._scope: _Scope | None = None
        self._coded = _Coded()

    def read(self, content: str) -> None:
        """Read the whole content of a file."""
        for number, line in enumerate(content.splitlines(), 1):
            try:
                self._read_line(line.strip())
            except CodingError as error:
                self.faults.append(f"{self._name}:{number}: {error}")
        self._end_report()

    def _read_line(self, line: str) -> None:
        if not line:
            self._gap = "\n\n"
        elif line.startswith("###"):
            self._end_report()
            self._head = _HEAD.fullmatch(line)
            if self._head is None:
                raise CodingError("a head is ### id | publisher | day | register")
        elif line[0] in MARKS and line[1:2] == " ":
            self._read_code(line[0], line[2:].strip())
        else:
            self._end_sentence()
            self._text += self._gap if self._text else ""
            self._scope = _Scope(self._text, line)
            self._gap = " "

    def _read_code(self, mark: str, line: str) -> None:
        if self._scope is None:
            raise CodingError("no sentence stands before this line")
        coded = self._coded
        if mark == "~":
            coded.attributions.append(_read_attribution(line, self._scope))
        elif mark == "-":
            coded.claims.append(_read_claim(line, self._scope, self._ontology))
        elif mark == "@":
            coded.toponyms += _read_toponyms(line, self._scope)
        elif mark == "#":
            coded.timexes += [_read_timex(part, self._scope) for part in _split(line)]
        else:
            coded.non_events.append(_read_non_event(line, self._scope))

    def _end_sentence(self) -> None:
        if self._scope is None:
            return
        self._text = self._scope.text
        self._sentences.append(
            MarkedSentence(
                self._scope.span,
                claims=tuple(self._coded.claims),
                attributions=tuple(self._settle(item, self._text) for item in self._coded.attributions),
                toponyms=tuple(self._coded.toponyms),
                timexes=tuple(self._coded.timexes),
                non_events=tuple(self._coded.non_events),
            )
        )
        self._scope, self._coded = None, _Coded()

    def _settle(self, attribution: MarkedAttribution, text: str) -> MarkedAttribution:
        """Say how the content is given, now that the whole text before it is known."""
        paragraph = text.rfind("\n\n", 0, attribution.content[0].start) + 1
        before = text[paragraph : attribution.content[0].start]
        opened = before.count('"') % 2 == 1 or before.count("“") > before.count("”")
        parts = [span.slice(text) for span in attribution.content]
        return msgspec.structs.replace(attribution, quotation=find_quotation(parts, opened))

    def _end_report(self) -> None:
        self._end_sentence()
        if self._head is not None and self._sentences:
            key, publisher, published, register = (part.strip() for part in self._head.groups())
            self.reports.append(MarkedReport(key, publisher, published, register, self._text, tuple(self._sentences)))
        elif self._sentences:
            self.faults.append(f"{self._name}: sentences without a head before them")
        self._head, self._text, self._gap, self._sentences = None, "", "", []


def parse_file(path: Path, ontology: Ontology | None = None) -> tuple[list[MarkedReport], list[str]]:
    """Read one file; return its reports and what is wrong with it, a line a fault."""
    builder = _Builder(path.name, ontology or open_ontology())
    builder.read(path.read_text(encoding="utf-8"))
    return builder.reports, builder.faults


def read_reports(folder: Path = REPORTS) -> list[MarkedReport]:
    """Read the whole corpus, in order of its files.

    Raises:
        ValueError: a line is wrong; ``python -m training.corpus.validate`` names them all.
    """
    reports: list[MarkedReport] = []
    for path in sorted(folder.glob("*.txt")):
        found, faults = parse_file(path)
        if faults:
            raise ValueError(faults[0])
        reports += found
    return reports


def main(arguments: list[str]) -> int:
    """Write one report a line."""
    lines = b"".join(msgspec.json.encode(report) + b"\n" for report in read_reports())
    if arguments:
        Path(arguments[0]).write_bytes(lines)
    else:
        sys.stdout.buffer.write(lines)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
