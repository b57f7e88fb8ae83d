"""Turn the marked texts into text and spans; run as ``python -m training.linking.build [OUT]`` for JSON Lines."""

import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec

from reportedly.records.claim import Status
from reportedly.records.ontology import EventType

CRISES = Path(__file__).parent / "crises"
_EVENT = re.compile(r"(e\d+) ([A-Z]+) (\d{4}-\d{2}-\d{2}) (\S.*)")
_HEAD = re.compile(r"### ([a-z][a-z0-9-]*) \| (\S.*)")
_REPORT = re.compile(r"> (\S.*) \| (\d{4}-\d{2}-\d{2})")
_MARK = re.compile(r"\[\[(e\d+)(?:/([a-z]+))?\|([^\[\]|]+)\]\]")


class MarkedEvent(msgspec.Struct, frozen=True):
    """One event of a crisis: what it is and on which day it began, as its author meant it."""

    key: str
    type: EventType
    day: str
    title: str


class Mention(msgspec.Struct, frozen=True):
    """A trigger phrase: offsets into the text of its report, the event it evokes, and how it is presented there."""

    start: int
    end: int
    event: str
    status: Status


class MarkedReport(msgspec.Struct, frozen=True):
    """One report, its marks taken out; mentions in the order of the text."""

    id: str
    publisher: str
    published: str
    text: str
    mentions: tuple[Mention, ...]


class Crisis(msgspec.Struct, frozen=True, tag="crisis", tag_field="record"):
    """One crisis: its events and the reports that tell of them, in order of publication. All of it is invented."""

    id: str
    title: str
    events: tuple[MarkedEvent, ...]
    reports: tuple[MarkedReport, ...]
    license: str = "CC-BY-4.0"
    synthetic: bool = True


def read_crises(folder: Path = CRISES) -> list[Crisis]:
    """Read all crises, by file and in the order of each file.

    Raises:
        ValueError: a line is not as ``README.md`` says; the message names file and line.
    """
    return [crisis for path in sorted(folder.glob("*.txt")) for crisis in _read_file(path)]


def read_marks(marked: str) -> tuple[str, tuple[Mention, ...]]:
    """Take the marks out of a text: ``[[e1|raided]]``, or ``[[e1/planned|will raid]]`` for what did not simply occur.

    Returns:
        The text as a reader sees it, and its mentions in order.

    Raises:
        ValueError: a bracket or bar is left over, or a status is unknown.
    """
    parts: list[str] = []
    mentions: list[Mention] = []
    at = length = 0
    for mark in _MARK.finditer(marked):
        event, status, words = mark.groups()
        parts += [marked[at : mark.start()], words]
        length += mark.start() - at
        mentions.append(Mention(length, length + len(words), event, Status(status or "occurred")))
        length += len(words)
        at = mark.end()
    text = "".join([*parts, marked[at:]])
    if any(sign in text for sign in ("[[", "]]", "|")):
        raise ValueError("a mark is not closed, or has no key")
    return text, tuple(mentions)


def _read_file(path: Path) -> Iterator[Crisis]:
    lines = list(enumerate(path.read_text(encoding="utf-8").splitlines(), start=1))
    starts = [i for i, (_, line) in enumerate(lines) if line.startswith("### ")]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield _read_crisis(path, lines[start:end])


def _read_crisis(path: Path, lines: list[tuple[int, str]]) -> Crisis:
    at, first = lines[0]
    head = _HEAD.fullmatch(first)
    events: list[MarkedEvent] = []
    reports: list[MarkedReport] = []
    about: re.Match[str] | None = None
    try:
        if head is None:
            raise ValueError("expected '### key | title'")
        for at, line in lines[1:]:  # noqa: B007 - the error names it
            if not line.strip():
                continue
            if (event := _EVENT.fullmatch(line)) is not None and not reports and about is None:
                key, kind, day, title = event.groups()
                events.append(MarkedEvent(key, EventType(kind), date.fromisoformat(day).isoformat(), title))
            elif line.startswith("> "):
                about = _REPORT.fullmatch(line)
                if about is None:
                    raise ValueError("expected '> publisher | day'")
                date.fromisoformat(about[2])
            elif about is not None:
                text, mentions = read_marks(line)
                reports.append(MarkedReport(f"{head[1]}/{len(reports) + 1}", about[1], about[2], text, mentions))
                about = None
            else:
                raise ValueError("a text without '> publisher | day' before it")
    except ValueError as error:
        raise ValueError(f"{path.name}, line {at}: {error}") from None
    return Crisis(head[1], head[2], tuple(events), tuple(reports))


def main(arguments: list[str]) -> None:
    """Write one crisis a line to the file that is named, or to standard output."""
    lines = b"".join(msgspec.json.encode(crisis) + b"\n" for crisis in read_crises())
    if arguments:
        Path(arguments[0]).write_bytes(lines)
    else:
        sys.stdout.write(lines.decode())


if __name__ == "__main__":
    main(sys.argv[1:])
