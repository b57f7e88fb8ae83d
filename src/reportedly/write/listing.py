"""Lists from a ledger in the terminal: claims, events, stories, search hits; each with the id to ask for."""

from collections.abc import Iterable, Sequence
from io import StringIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from reportedly.records.event import Event, FigureHistory, Story, VoiceRecord
from reportedly.records.grounding import CalendarInterval
from reportedly.records.query import Hit
from reportedly.records.stored import StoredClaim
from reportedly.write.ledger import MIN_TABLE_WIDTH, STATUS_STYLES, measure, share_width
from reportedly.write.wording import (
    STATUS_SHAPES,
    name_count,
    word_chain,
    word_count,
    word_figures,
    word_interval,
    word_place,
    word_range,
    word_time,
    word_type,
    word_who,
)

ID_SHOWN = 8
"""Characters of an id that are shown; as few as four are enough to ask for it where no other begins alike."""
_DAY = 10
_GAP = 2
_MIN_ROOM = 20


def print_claims(claims: Sequence[StoredClaim], console: Console) -> None:
    """Print claims, one row each, or a short list where the terminal is narrow."""
    if not claims:
        return
    rows = [_make_row(item) for item in claims]
    names = ("who → whom", "what", "where, when", "figures", "who says so")
    kept = [i for i in range(len(names)) if any(row[i].plain for row in rows)]
    narrow = console.width < MIN_TABLE_WIDTH
    table = Table(box=None, show_header=not narrow, header_style="dim", padding=(0, _GAP, 0, 0), pad_edge=False)
    table.add_column("", width=ID_SHOWN, no_wrap=True, style="dim")
    table.add_column("told", width=_DAY, no_wrap=True, style="dim")
    if narrow:
        table.add_column("", overflow="fold")
        for item, row in zip(claims, rows, strict=True):
            told = Text(" · ").join([row[i] for i in kept if row[i].plain])
            table.add_row(item.claim.id[:ID_SHOWN], item.document.day or "undated", told)
    else:
        wanted = [max(len(names[i]), *(measure(row[i]) for row in rows)) for i in kept]
        room = console.width - ID_SHOWN - _DAY - _GAP * (len(kept) + 2)
        for i, width in zip(kept, share_width(wanted, room), strict=True):
            table.add_column(names[i], width=width, overflow="fold")
        for item, row in zip(claims, rows, strict=True):
            table.add_row(item.claim.id[:ID_SHOWN], item.document.day or "undated", *(row[i] for i in kept))
    console.print(table)


def _make_row(item: StoredClaim) -> tuple[Text, ...]:
    claim, status = item.claim, item.claim.status.value
    what = Text(f"{STATUS_SHAPES[status]} {status.value} ", style=STATUS_STYLES[status])
    what.append(word_type(claim), style="bold")
    if claim.hedges:
        what.append("\nhedged: " + ", ".join(field.value for field in claim.hedges), style="italic")
    if item.decided:
        what.append("\ndecided by hand", style="italic")
    where = " · ".join(part for part in (word_place(claim), word_time(claim, item.grounding)) if part)
    outlet = item.document.publisher_name
    says = Text(word_chain(claim.chain, item.grounding.sources, outlet), style="" if claim.chain else "dim")
    if claim.chain and outlet:
        says.append(f"\nin {outlet}", style="dim")
    return Text(word_who(claim, item.grounding)), what, Text(where), Text(word_figures(claim)), says


def print_events(events: Sequence[Event], console: Console) -> None:
    """Print events, a headline and two lines of facts each."""
    for event in events:
        console.print(make_event_lines(event, console))


def make_event_lines(event: Event, console: Console) -> Text:
    """Return the lines that stand for one event in a list."""
    status = event.statuses[0]
    head = Text(f"{STATUS_SHAPES[status]} {status.value} ", style=STATUS_STYLES[status])
    head.append(" ".join([event.type.value, *event.modes[:1]]), style="bold")
    head.append(f"  {event.title}", style="default")
    facts = [word_told(event.first, event.last)]
    if event.place is not None:
        facts.append(event.place.name)
    if event.interval is not None:
        facts.append(_word_when(event.interval))
    facts.extend(word_history(history) for history in event.figures)
    lines = [head, Text(" · ".join(facts), style="dim"), Text(word_corroboration(event), style="dim")]
    life = word_life(event)
    if "→" in life:
        lines.append(Text(life, style="dim"))
    if event.retracted:
        lines.append(Text("taken back by all who reported it", style="bold red"))
    elif event.tension:
        lines.append(Text("⇄ reports of it do not agree", style="yellow"))
    return hang(event.id, lines, console.width)


def _word_when(interval: CalendarInterval) -> str:
    """Say when an event was: "on 2025-10-31", "in 2025-10", "since 2022", "from A to B"."""
    words = word_interval(interval)
    if words.startswith(("since", "until")):
        return words
    lead = "from" if " to " in words else "on" if interval.precision == "day" else "in"
    return f"{lead} {words}"


def hang(name: str, lines: Iterable[Text], width: int) -> Text:
    """Return lines beside the first characters of an id; what wraps at a width stays beside it, too."""
    room = max(width - ID_SHOWN - _GAP, _MIN_ROOM)
    console = Console(width=room, file=StringIO())
    wrapped = [part for line in lines for part in line.wrap(console, room)]
    beside = Text(f"{name[:ID_SHOWN]:{ID_SHOWN + _GAP}}", style="dim")
    told = Text()
    for i, line in enumerate(wrapped):
        line.rstrip()
        told.append_text(beside if i == 0 else Text("\n" + " " * (ID_SHOWN + _GAP)))
        told.append_text(line)
    return told


def word_told(first: str | None, last: str | None) -> str:
    """Say from when to when something was told."""
    if first is None or last is None:
        return "undated"
    return f"told {first}" if first == last else f"told {first} to {last}"


def word_history(history: FigureHistory) -> str:
    """Say what stands of one count: "killed 12–17 (2 sources)", "killed (civilians) so far 3"; never averaged."""
    name = name_count(history.key, history.unit, history.scope)
    standing = {reading.voice for reading in history.readings if reading.updated_by is None and not reading.retracted}
    if not standing:
        return f"{name}: taken back"
    text = f"{name} {word_range(history.low, history.high)}"
    return f"{text} ({len(standing)} sources)" if len(standing) > 1 else text


def word_corroboration(event: Event) -> str:
    """Say who stands behind an event, in counts."""
    counts = event.corroboration
    parts = [word_count(counts.voices, "named voice")]
    if counts.undecidable:
        parts.append(f"{counts.undecidable} unnamed (independence unknown)")
    parts.append(word_count(counts.origins, "origin"))
    parts.append(word_count(counts.documents, "report"))
    if counts.against:
        parts.append(f"{counts.against} against")
    return ", ".join(parts)


def word_life(event: Event) -> str:
    """Name the statuses in the order they were told, each once in a row: "planned → denied → occurred"."""
    told: list[str] = []
    for step in event.life:
        if not told or told[-1] != step.status.value:
            told.append(step.status.value)
    return " → ".join(told)


def print_stories(stories: Sequence[Story], console: Console) -> None:
    """Print stories, two lines each."""
    for story in stories:
        facts = [word_count(len(story.documents), "report"), word_told(story.first, story.last)]
        lines = [Text(story.title, style="bold"), Text(" · ".join(facts), style="dim")]
        if story.words:
            lines.append(Text(", ".join(story.words), style="dim"))
        console.print(hang(story.id, lines, console.width))


def print_hits(hits: Sequence[Hit], console: Console) -> None:
    """Print what a search found, best first, with the words found."""
    for hit in hits:
        facts = [fact for fact in (hit.publisher, hit.day) if fact]
        lines = [Text(hit.title or "untitled", style="bold"), Text(" · ".join(facts), style="dim")]
        lines.append(_mark(hit, max(console.width - ID_SHOWN - 4, 40) * 2))
        console.print(hang(hit.document, lines, console.width))


def _mark(hit: Hit, length: int) -> Text:
    """Show the words found in bold and without the brackets around them; brackets of the report stay."""
    marked, at = Text(), 0
    for span in hit.found:
        marked.append(hit.excerpt[at : span.start])
        marked.append(hit.excerpt[span.start + 1 : span.end - 1], style="bold")
        at = span.end
    marked.append(hit.excerpt[at:])
    if len(marked) > length:
        marked = marked[: length - 1]
        marked.rstrip()
        marked.append("…")
    return marked


def print_voices(voices: Sequence[VoiceRecord], console: Console) -> None:
    """Print voices, one row each: how many claims, and how what they said turned out."""
    if not voices:
        return
    rows = [
        (
            Text(voice.name + (", unnamed" if voice.anonymous else "")),
            Text(voice.kind.replace("_", " "), style="dim"),
            *(
                Text(f"{number:,}" if number else "", style=style)
                for number, style in (
                    (voice.claims, ""),
                    (len(voice.came_about), "green"),
                    (len(voice.did_not), "red"),
                    (len(voice.disputed), "yellow"),
                    (len(voice.open), "dim"),
                    (len(voice.denied), "yellow"),
                    (len(voice.retracted), "red"),
                )
            ),
        )
        for voice in voices
    ]
    names = ("voice", "kind", "claims", "came about", "did not", "disputed", "open", "denied", "retracted")
    kept = [i for i in range(len(names)) if i < 3 or any(row[i].plain for row in rows)]
    table = Table(box=None, header_style="dim", padding=(0, _GAP, 0, 0), pad_edge=False)
    for i in kept:
        table.add_column(names[i], justify="left" if i < 2 else "right", overflow="fold")
    for row in rows:
        table.add_row(*(row[i] for i in kept))
    console.print(table)
