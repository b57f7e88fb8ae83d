"""A brief as Markdown, as one self-contained page, or as JSON."""

import re
from collections.abc import Iterator
from urllib.parse import quote

import msgspec

from reportedly.records.brief import Brief, BriefSentence, Citation, Coverage
from reportedly.records.spans import Span
from reportedly.write.environment import open_environment, render
from reportedly.write.wording import is_web, strip_controls, word_count

_MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>#|~"})
"""What Markdown would take for its own; HTML in a report's words must stay words."""
_NOT_IN_ADDRESS = re.compile(r"""[\s\x00-\x20\x7f-\x9f"<>\\^`{|}]""")
"""What RFC 3986 allows in no address, and what would end a link."""


def encode_brief(brief: Brief) -> bytes:
    """Return a brief as JSON, indented; sentences as pieces, and citations with their spans."""
    return msgspec.json.format(msgspec.json.encode(brief), indent=2) + b"\n"


def make_markdown(brief: Brief) -> str:
    """Return a brief as Markdown (CommonMark): sentences with numbers that lead to the list of citations."""
    lines = [f"# {_escape(brief.title)}", "", _escape(word_period(brief)), ""]
    for section in brief.sections:
        lines += [f"## {section.title}", ""]
        for item in section.items:
            lines += [f"**{_escape(item.title)}** `{item.event[:8]}`", ""]
            lines += [f"- {_word_sentence(sentence)} {_link(sentence)}" for sentence in item.sentences]
            lines.append("")
        if section.left_out:
            lines += [f"{word_count(section.left_out, 'event')} of less weight left out.", ""]
    if not brief.sections:
        lines += ["Nothing in the record fits.", ""]
    lines += ["## What this rests on", "", *(f"- {_escape(line)}" for line in word_coverage(brief)), ""]
    if brief.blind_spots:
        lines += ["## Blind spots", "", *(f"- {_escape(line)}" for line in brief.blind_spots), ""]
    if brief.citations:
        lines += ["## Citations", "", *(line for citation in brief.citations for line in _list(citation))]
    return strip_controls("\n".join(lines).rstrip()) + "\n"


def _escape(text: str) -> str:
    return " ".join(text.split()).translate(_MARKS)


def _word_sentence(sentence: BriefSentence) -> str:
    """Return a sentence with the words in bold that each quotation is told for."""
    parts = [part for piece in sentence.pieces for part in split_marked(piece.text, piece.marked)]
    words = (re.sub(r"\s+", " ", text).translate(_MARKS) for text, _ in parts)
    return "".join(f"**{text}**" if bold else text for text, (_, bold) in zip(words, parts, strict=True))


def split_marked(text: str, marked: Span | None) -> list[tuple[str, bool]]:
    """Part a text into words that are marked in it and words that are not, in order."""
    if marked is None:
        return [(text, False)]
    parts = [(text[: marked.start], False), (marked.slice(text), True), (text[marked.end :], False)]
    return [(words, bold) for words, bold in parts if words]


def _link(sentence: BriefSentence) -> str:
    return " ".join(f"[\\[{number}\\]](#c{number})" for number in sentence.citations)


def _list(citation: Citation) -> Iterator[str]:
    facts = [citation.publisher or "unknown publisher", citation.day or "undated", citation.title or ""]
    where = ", ".join(_escape(fact) for fact in facts if fact)
    address = citation.address
    link = f" <{_NOT_IN_ADDRESS.sub(lambda found: quote(found[0]), address)}>" if is_web(address) else ""
    yield f'<a id="c{citation.number}"></a>{citation.number}\\. {where}{link}'
    yield ""
    yield f"> {_escape(citation.words)}"
    span = f"characters {citation.span.start}–{citation.span.end} of `{citation.document[:8]}`"
    yield f"> (`{citation.claim[:8]}`, {span})"
    yield ""


def word_period(brief: Brief) -> str:
    """Say of which time a brief is by two clocks, publication and event, and of which state of the record."""
    parts = []
    if brief.published_since or brief.published_until:
        parts.append(f"published {_word_days(brief.published_since, brief.published_until)}")
    if brief.since or brief.until:
        parts.append(f"events {_word_days(brief.since, brief.until)}")
    words = "; ".join([*parts, f"the record as of {brief.recorded[:16].replace('T', ' ')} UTC"])
    return words[0].upper() + words[1:]


def _word_days(first: str | None, last: str | None) -> str:
    if first and last:
        return f"from {first} to {last}"
    return f"from {first} on" if first else f"until {last}"


def word_coverage(brief: Brief) -> list[str]:
    """Say what a brief rests on, a line a fact."""
    coverage = brief.coverage
    lines = [_word_documents(coverage)]
    if coverage.publishers:
        listed = ", ".join(f"{name} ({count})" for name, count in coverage.publishers[:8])
        more = f" and {len(coverage.publishers) - 8} more" if len(coverage.publishers) > 8 else ""
        lines.append(f"Outlets: {listed}{more}; owners behind them: {coverage.families}.")
    if coverage.first:
        lines.append(f"Published from {coverage.first} to {coverage.last}.")
    lines.append(
        "Every sentence was checked against the stored texts; "
        + (f"{word_count(brief.dropped, 'sentence')} left out." if brief.dropped else "none had to be left out.")
    )
    return lines


def _word_documents(coverage: Coverage) -> str:
    copies = coverage.documents - coverage.originals
    beside = f", {word_count(coverage.originals, 'original')} and {'1 copy' if copies == 1 else f'{copies} copies'}"
    return f"{word_count(coverage.documents, 'report')}{beside if copies else ''}."


def make_brief_page(brief: Brief) -> str:
    """Return a brief as one page that needs nothing beside it: each number opens the words that it cites."""
    cited = {citation.number: citation for citation in brief.citations}
    environment = open_environment(split=split_marked, is_web=is_web)
    return render(
        environment, "brief.html", brief=brief, cited=cited, period=word_period(brief), coverage=word_coverage(brief)
    )
