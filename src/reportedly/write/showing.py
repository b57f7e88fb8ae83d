"""One record of a ledger in the terminal, with the words that show it: a claim, an event, a story, a document."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from rich.console import Console
from rich.text import Text

from reportedly.link.drift import find_drift
from reportedly.records.claim import Claim, PlaceRole
from reportedly.records.decision import Verdict
from reportedly.records.document import Document
from reportedly.records.event import Drift, Event, FigureHistory, Story
from reportedly.records.link import OF_DOCUMENTS, Link, Relation
from reportedly.records.query import ClaimQuery
from reportedly.records.spans import Span
from reportedly.records.stored import DocumentHead, StoredClaim
from reportedly.store.base import StoredLink, View
from reportedly.write.ledger import STATUS_STYLES
from reportedly.write.listing import ID_SHOWN, hang, make_event_lines, print_claims, word_corroboration, word_told
from reportedly.write.wording import (
    STATUS_SHAPES,
    excerpt,
    name_count,
    word_chain,
    word_count,
    word_figures,
    word_place,
    word_publication,
    word_range,
    word_status,
    word_time,
    word_type,
    word_who,
)

_BESIDE = 160
"""Characters of the text shown before and after the sentence of a claim."""
_MOST = 12
"""Lines of one kind at most."""
_MOST_LINKS = 8
"""Pairs of claims at most, each with two sentences."""
_MOST_NAMES = 6
"""Outlets named in one line at most."""
_RELATIONS = tuple(Relation)
_DECIDED = {
    Verdict.ACCEPT: "accepted",
    Verdict.REJECT: "rejected",
    Verdict.CORRECT: "corrected",
    Verdict.MERGE: "merged",
    Verdict.SPLIT: "split off",
    Verdict.UNDO: "undone",
}


def show_claim(view: View, item: StoredClaim, console: Console) -> None:
    """Print a claim: its sentence in context, every field, and what it is linked to."""
    claim, status = item.claim, item.claim.status.value
    head = Text(f"{STATUS_SHAPES[status]} {word_status(claim)} ", style=STATUS_STYLES[status])
    head.append(word_type(claim), style="bold")
    head.append(f"  claim {claim.id}", style="dim")
    console.print(head)
    console.print(Text(_word_head(item.document), style="dim"))
    text = view.find_texts([item.document.id]).get(item.document.id, "")
    console.print(_mark_context(text, claim), "")
    facts = {
        "who → whom": word_who(claim, item.grounding),
        "where": _word_where(item),
        "when": word_time(claim, item.grounding),
        "figures": word_figures(claim),
        "hedged": ", ".join(hedge.value for hedge in claim.hedges),
        "condition": claim.condition.value if claim.condition else "",
        "who says so": word_chain(claim.chain, item.grounding.sources, item.document.publisher_name),
        "event": _word_event(item),
        "story": item.story[:ID_SHOWN] if item.story else "",
        "recorded": item.recorded[:19].replace("T", " ") + " UTC",
        "retired": item.retired[:19].replace("T", " ") + " UTC" if item.retired else "",
        "decided": _word_decided(view, item),
    }
    _print_facts(facts, console)
    _print_links(view.find_links([claim.id]), {claim.id: item}, view, console)


def _word_where(item: StoredClaim) -> str:
    """Name where the event is, with the ids that the places are asked for by."""
    pairs = zip(item.claim.places, item.grounding.places, strict=False)
    ids = [found.candidates[0].id for place, found in pairs if place.value.role is PlaceRole.EVENT and found.candidates]
    return " ".join([word_place(item.claim), *(f"[{name}]" for name in dict.fromkeys(ids))])


def _word_event(item: StoredClaim) -> str:
    if item.event is not None:
        return item.event[:ID_SHOWN]
    return "none: the claim is out of the record" if item.retired else "not linked yet: run `reportedly link`"


def _word_decided(view: View, item: StoredClaim) -> str:
    """Name the decisions that changed a claim: "corrected (46589e69), rejected (fa6d339a)"."""
    known = {decision.id: decision.verdict for decision in view.find_decisions([item.claim.id])} if item.decided else {}
    return ", ".join(
        f"{_DECIDED[known[name]]} ({name[:ID_SHOWN]})" if name in known else name[:ID_SHOWN] for name in item.decided
    )


def _word_head(head: DocumentHead) -> str:
    facts = [head.title or "", head.publisher_name or head.address or "", word_publication(head.published)]
    return " · ".join(fact for fact in facts if fact)


def _mark_context(text: str, claim: Claim) -> Text:
    """Return the sentence with some text around it, the words of each field marked."""
    start, end = max(0, claim.sentence.start - _BESIDE), min(len(text), claim.sentence.end + _BESIDE)
    marked = Text(("…" if start else "") + text[start:end].replace("\n", " ") + ("…" if end < len(text) else ""))
    shift = start - (1 if start else 0)
    marked.stylize("dim", 0, claim.sentence.start - shift)
    marked.stylize("dim", claim.sentence.end - shift)
    for span, style in _find_marks(claim):
        marked.stylize(style, max(0, span.start - shift), max(0, span.end - shift))
    return marked


def _find_marks(claim: Claim) -> Iterable[tuple[Span, str]]:
    for fields, style in (
        (claim.actors, "blue"),
        (claim.recipients, "magenta"),
        (claim.places, "green"),
        (claim.figures, "yellow"),
        (claim.hedges, "italic red"),
    ):
        yield from ((field.span, style) for field in fields if field.span is not None)
    yield from ((source.span, "magenta") for source in claim.chain)
    if claim.trigger.span is not None:
        yield claim.trigger.span, "bold underline"


def _print_facts(facts: Mapping[str, str], console: Console) -> None:
    for name, value in facts.items():
        if value:
            line = Text(f"{name:>12}  ", style="dim")
            line.append(value, style="default")
            console.print(line)


def show_event(view: View, event: Event, console: Console) -> None:
    """Print an event: its life, who stands behind it, its tolls by source, what does not agree, and its claims."""
    claims = {item.claim.id: item for item in view.find_claims(ClaimQuery(claims=event.claims))}
    console.print(make_event_lines(event, console))
    place = f"  place {event.place.id}" if event.place is not None else ""
    console.print(Text(f"event {event.id}{place}", style="dim"))
    if len(event.life) > 1:
        _print_heading("LIFE", console)
        for step in event.life:
            line = Text(f"  {step.day or 'undated':10}  ")
            line.append(f"{STATUS_SHAPES[step.status]} {step.status.value}", style=STATUS_STYLES[step.status])
            line.append(f"  according to {step.voice}  {step.claim[:ID_SHOWN]}", style="dim")
            console.print(line)
    _print_heading("WHO STANDS BEHIND IT", console)
    console.print(Text(f"  {word_corroboration(event)}"))
    for reason in event.corroboration.reasons:
        console.print(Text(f"  – {reason}", style="dim"))
    for voice in event.voices:
        unnamed = ", unnamed" if voice.anonymous else ""
        told = " → ".join(status.value for status in voice.statuses)
        console.print(Text(f"  {voice.name} ({voice.kind.replace('_', ' ')}{unnamed}): {told}"))
    for history in event.figures:
        _print_history(history, console)
    links = view.find_links(event.claims)
    _print_links([item for item in links if item.link.relation is not Relation.SAME_EVENT], claims, view, console)
    _print_heading(f"CLAIMS ({len(claims)})", console)
    print_claims([claims[name] for name in event.claims if name in claims], console)


def _print_heading(text: str, console: Console) -> None:
    console.print(Text(f"\n{text}", style="bold"))


def _print_history(history: FigureHistory, console: Console) -> None:
    name = name_count(history.key.upper(), history.unit)
    scope = "" if history.scope.value == "this" else f", {history.scope.value}"
    gone = all(reading.retracted or reading.updated_by for reading in history.readings)
    standing = "taken back" if gone else f"{word_range(history.low, history.high)}, as it stands"
    _print_heading(f"{name}{scope}: {standing}", console)
    for reading in history.readings:
        note = "taken back" if reading.retracted else "updated since" if reading.updated_by else ""
        line = Text(f"  {reading.day or 'undated':10}  {word_range(reading.low, reading.high):>8}  {reading.voice}")
        line.append(f"  {' · '.join(part for part in (reading.as_of or '', note) if part)}", style="italic")
        line.append(f"  {reading.claim[:ID_SHOWN]}", style="dim")
        console.print(line)


def _print_links(links: Sequence[StoredLink], claims: Mapping[str, StoredClaim], view: View, console: Console) -> None:
    """Print links with both sentences, of each kind and pair of voices only the weightiest.

    Claims of one event come last: that they are is told by the event, too.
    """
    shown = [item for item in links if item.link.relation not in OF_DOCUMENTS]
    ends = {end for item in shown for end in (item.link.left, item.link.right)} - claims.keys()
    known = dict(claims)
    if ends:
        known.update((item.claim.id, item) for item in view.find_claims(ClaimQuery(claims=tuple(sorted(ends)))))
    shown = [item for item in shown if item.link.left in known and item.link.right in known]
    shown.sort(key=lambda item: (_rank(item.link), -item.link.score, item.link.left, item.link.right))
    first: dict[tuple[Relation, frozenset[str]], StoredLink] = {}
    for item in shown:
        voices = frozenset(_name_source(known[end]) for end in (item.link.left, item.link.right))
        first.setdefault((item.link.relation, voices), item)
    if shown:
        _print_heading("HOW CLAIMS STAND TO EACH OTHER", console)
    kept = list(first.values())[:_MOST_LINKS]
    for item in kept:
        link = item.link
        line = Text(f"  {link.relation.value.replace('_', ' ')}", style="bold")
        line.append(f"  {link.reason} ({link.by}, {link.score:.2f})  link {item.id[:ID_SHOWN]}", style="dim")
        console.print(line)
        for end in (link.left, link.right):
            claim = known[end]
            outlet = claim.document.publisher_name
            words = f"{f'{outlet}: ' if outlet else ''}“{excerpt(claim.sentence, 160)}”"
            for part in hang(end, [Text(words)], console.width - 4).split("\n"):
                console.print(Text("    ").append_text(part))
    if len(shown) > len(kept):
        console.print(Text(f"  and {len(shown) - len(kept)} more", style="dim"))


def _rank(link: Link) -> int:
    return len(_RELATIONS) if link.relation is Relation.SAME_EVENT else _RELATIONS.index(link.relation)


def _name_source(item: StoredClaim) -> str:
    """Name who stands behind a claim: the innermost source, else the outlet."""
    source = item.grounding.sources[-1] if item.grounding.sources else None
    return (source.code or source.text) if source else item.document.publisher_name or item.document.id


def show_story(view: View, story: Story, console: Console) -> None:
    """Print a story: its documents in order, with what was copied, and its events."""
    console.print(Text(story.title, style="bold"), Text(f"story {story.id}", style="dim"))
    facts = [word_count(len(story.documents), "report"), word_told(story.first, story.last), ", ".join(story.words)]
    console.print(Text(" · ".join(fact for fact in facts if fact), style="dim"))
    _print_heading("REPORTS", console)
    heads = {head.id: head for head in view.find_heads(ids=story.documents)}
    for name in story.documents:
        if name in heads:
            console.print(_make_report_line(heads[name], heads))
    _print_heading("EVENTS", console)
    for event in view.find_events(ClaimQuery(stories=(story.id,))):
        console.print(make_event_lines(event, console))


def _make_report_line(head: DocumentHead, heads: Mapping[str, DocumentHead]) -> Text:
    line = Text(f"  {head.id[:ID_SHOWN]}  ", style="dim")
    line.append(
        f"{head.day or 'undated':10}  {head.publisher_name or 'unknown'}: {head.title or 'untitled'}", "default"
    )
    if head.origin is not None:
        source = heads.get(head.origin)
        line.append(f"  taken from {(source and source.publisher_name) or head.origin[:ID_SHOWN]}", style="yellow")
    if head.previous is not None:
        line.append("  edited version", style="yellow")
    return line


def show_document(view: View, document: Document, console: Console) -> None:
    """Print a document: where it comes from, how it drifted from what it was taken from, and its claims."""
    head = view.get_head(document.id)
    console.print(Text(head.title or "untitled", style="bold"), Text(f"document {head.id}", style="dim"))
    facts = (head.publisher_name or "", word_publication(head.published), head.address or "")
    console.print(Text(" · ".join(fact for fact in facts if fact), style="dim"))
    origin, others = _sort_copies(view, head)
    relations = (Relation.VERSION, Relation.RETRACTS, Relation.CORRECTS)
    links = view.find_links([document.id], relations)
    for item in [*([origin] if origin else []), *links]:
        _print_wrapped(_word_link(item, document.id, view), "  ", "yellow", console)
    for words in _word_copies(view, document.id, others):
        _print_wrapped(words, "  ", "yellow", console)
    versions = (item for item in links if item.link.right == document.id and item.link.relation is Relation.VERSION)
    before = next(versions, origin)
    if before is not None:
        _print_drift(view, before.link.left, document.id, console)
    claims = view.find_claims(ClaimQuery(documents=(document.id,)))
    _print_heading(f"CLAIMS ({len(claims)})", console)
    print_claims(claims, console)


def _print_wrapped(words: str, indent: str, style: str, console: Console) -> None:
    """Print words so that lines that wrap are indented alike."""
    for line in Text(words, style=style).wrap(console, max(console.width - len(indent), 20)):
        line.rstrip()
        console.print(Text(indent).append_text(line))


def _sort_copies(view: View, head: DocumentHead) -> tuple[StoredLink | None, list[Link]]:
    """Return the link to what a document was taken from, its origin where that is known, and its other copy links."""
    links = view.find_links([head.id], (Relation.COPY,))
    taken = [item for item in links if item.link.right == head.id]
    first = min(taken, key=lambda item: (item.link.left != head.origin, -item.link.score, item.link.left), default=None)
    return first, [item.link for item in links if item is not first]


def _word_copies(view: View, document_id: str, links: Sequence[Link]) -> Iterable[str]:
    """Say in a line each what else is like a document, and who took it over."""
    like = sorted({link.left for link in links if link.right == document_id})
    later = sorted({link.right for link in links if link.left == document_id})
    for lead, ids in (("much like", like), ("taken over by", later)):
        heads = view.find_heads(ids=ids) if ids else []
        names = [f"{head.publisher_name or head.address or 'unknown'} ({head.id[:ID_SHOWN]})" for head in heads]
        more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
        if names:
            yield f"{lead} {', '.join(names[:_MOST_NAMES])}{more}"


def _word_link(item: StoredLink, document_id: str, view: View) -> str:
    link = item.link
    other = view.get_head(link.left if link.right == document_id else link.right)
    name = f"{other.publisher_name or other.address or 'unknown'} ({other.day or 'undated'}, {other.id[:ID_SHOWN]})"
    later = link.right == document_id
    words = {
        Relation.COPY: ("taken from", "taken over by"),
        Relation.VERSION: ("edited version of", "edited later:"),
        Relation.RETRACTS: ("takes back", "taken back by"),
        Relation.CORRECTS: ("corrects", "corrected by"),
    }[link.relation]
    kind = f", {link.kind.value}" if link.kind else ""
    return f"{words[0] if later else words[1]} {name}{kind}: {link.reason} (link {item.id[:ID_SHOWN]})"


def _print_drift(view: View, before: str, after: str, console: Console) -> None:
    texts = view.find_texts([before, after])
    left, right = (view.find_claims(ClaimQuery(documents=(name,))) for name in (before, after))
    found = find_drift(left, right, texts)
    if found:
        _print_heading("WHAT CHANGED ON THE WAY", console)
    for sentences, drifts in groupby(found[:_MOST], key=lambda drift: (drift.left_sentence, drift.right_sentence)):
        for drift in drifts:
            console.print(_word_drift(drift))
        for mark, sentence in zip("−+", sentences, strict=True):
            if sentence:
                _print_wrapped(f"{mark} {excerpt(sentence, 200)}", "    ", "dim", console)
    if len(found) > _MOST:
        console.print(Text(f"  and {len(found) - _MOST} more", style="dim"))


def _word_drift(drift: Drift) -> Text:
    """Say how one claim changed on its way."""
    line = Text(f"  {drift.kind.value.replace('_', ' ')}", style="bold")
    if drift.stronger is not None:
        line.append(
            " (now claims more)" if drift.stronger else " (now claims less)", style="red" if drift.stronger else "green"
        )
    before, after = (f"“{excerpt(words, 60)}”" if words else "nothing" for words in (drift.before, drift.after))
    if drift.before or drift.after:
        line.append(f"  {before} → {after}")
    return line
