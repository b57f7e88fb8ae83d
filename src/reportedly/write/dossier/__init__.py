"""The dossier: pages that open offline, every claim with its evidence, for an editor's desk.

A folder has an index and a page for each event, story and report; ``make_dossier_page`` puts all of it on one page.
Pages fetch nothing, run no script, and print.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
from jinja2 import Environment
from markupsafe import Markup

from reportedly.records.event import Story
from reportedly.records.query import ClaimQuery
from reportedly.records.spans import Span
from reportedly.records.stored import DocumentHead
from reportedly.store.base import View
from reportedly.write.dossier.book import Binder, Book, sort_steps
from reportedly.write.dossier.gathering import EventPage, gather_pages
from reportedly.write.dossier.model import Card, make_badge, make_card, make_sheet
from reportedly.write.environment import open_environment, render
from reportedly.write.files import make_folder, replace_file
from reportedly.write.gather import batches
from reportedly.write.wording import STATUS_ORDER

_FOLDERS = {"event": "events", "story": "stories", "document": "reports"}
_PAGE = re.compile(r"[0-9a-f]{20}\.html")

Href = Callable[[str, str], str]
"""Where a link to a record leads: by kind and id."""


def write_dossier(
    view: View, folder: Path, title: str, query: ClaimQuery | None = None, full_text: bool = False
) -> Path:
    """Write a dossier of the claims that fit.

    Pages of an earlier dossier in the same folder whose records are not in this one are removed, so that what was
    taken out of the ledger is not left there; files of other names stay.

    Args:
        view: What to read.
        folder: Where to write; made where it is not there.
        title: Of the dossier.
        query: Which claims: events and reports are those that hold one; None for all.
        full_text: Whole texts of the reports, not excerpts alone.

    Returns:
        The index page.

    Raises:
        ConfigError: it cannot be written there.
    """
    query = query or ClaimQuery()
    environment = _open_environment(title, full_text)
    kept: set[Path] = set()

    def write(template: str, kind: str, name: str, **values: object) -> None:
        path = folder / "index.html" if kind == "index" else folder / _FOLDERS[kind] / f"{name}.html"
        href = _lead_within("" if kind == "index" else "../")
        with replace_file(path) as out:
            out.write(render(environment, template, href=href, **values).encode("utf-8", "replace"))
        kept.add(path)

    _make_folders(folder)
    binder = Binder()
    for page in gather_pages(view, query, binder.speakers, binder.tally):
        binder.add(page)
        write("dossier/event.html", "event", page.card.id, title=page.card.title, page=page)
    claims = _add_unlinked(view, query, binder)
    book, heads = binder.bind(view, claims)
    for story in book.stories:
        write("dossier/story.html", "story", story.id, title=story.title, **_show_story(story, binder, book))
    for document, values in _show_documents(view, heads, book, full_text):
        write("dossier/document.html", "document", document, **values)
    write("dossier/index.html", "index", "", title=title, book=book)
    _remove_others(folder, kept)
    return folder / "index.html"


def make_dossier_page(view: View, title: str, query: ClaimQuery | None = None, full_text: bool = False) -> str:
    """Return a dossier of the claims that fit as one page of HTML: arguments as for ``write_dossier``."""
    query = query or ClaimQuery()
    environment = _open_environment(title, full_text)
    binder = Binder()
    pages: list[EventPage] = []
    for page in gather_pages(view, query, binder.speakers, binder.tally):
        binder.add(page)
        pages.append(page)
    claims = _add_unlinked(view, query, binder)
    book, heads = binder.bind(view, claims)
    place = {card.id: number for number, card in enumerate((*book.shared, *book.single))}
    pages.sort(key=lambda page: place[page.card.id])
    return render(
        environment,
        "dossier/page.html",
        title=title,
        book=book,
        pages=pages,
        shown=[values for _, values in _show_documents(view, heads, book, full_text)],
        href=_lead_on_page,
    )


def _add_unlinked(view: View, query: ClaimQuery, binder: Binder) -> int:
    """Take in the reports of all claims that fit, also of those that belong to no event; return how many fit."""
    claims = 0
    for stored in view.iterate_claims(query):
        claims += 1
        binder.add_documents((stored.claim.document_id,))
    return claims


def _show_story(story: Story, binder: Binder, book: Book) -> dict[str, Any]:
    """What the page of a story shows."""
    documents = set(story.documents)
    cards = [card for card in (*book.shared, *book.single) if documents.intersection(binder.told_in[card.id])]
    return {
        "story": story,
        "sheets": [sheet for sheet in book.sheets if sheet.id in documents],
        "cards": sorted(cards, key=lambda card: (card.sort_day == "", card.sort_day, card.id)),
        "copies": [group for group in book.copies if group.original.id in documents],
    }


def _show_documents(
    view: View, heads: Mapping[str, DocumentHead], book: Book, full_text: bool
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give what the page of each report shows, by id; links to records that are not in the dossier are left out."""
    drifts = {
        copy.sheet.id: [(drift, group.original, copy.sheet) for drift in copy.drifts]
        for group in book.copies
        for copy in group.copies
    }
    for batch in batches(list(heads)):
        texts = view.find_texts(batch) if full_text else {}
        cards: dict[str, list[tuple[Span, Card]]] = {name: [] for name in batch}
        for stored in view.find_claims(ClaimQuery(documents=tuple(batch))):
            card = make_card(stored)
            known = card.event if card.event in book.titles else None
            card = msgspec.structs.replace(card, event=known, event_title=book.titles.get(known or "", ""))
            cards[stored.claim.document_id].append((stored.claim.evidence, card))
        for name in batch:
            sheet = make_sheet(heads[name])
            gone = {
                field: None
                for field in ("origin", "previous", "superseded")
                if getattr(sheet, field) is not None and getattr(sheet, field) not in heads
            }
            yield (
                name,
                {
                    "title": sheet.title,
                    "sheet": msgspec.structs.replace(sheet, **gone),
                    "cards": [card for _, card in sorted(cards[name], key=lambda item: (item[0], item[1].id))],
                    "drifts": drifts.get(name, []),
                    "text": texts.get(name),
                },
            )


def _open_environment(title: str, full_text: bool) -> Environment:
    return open_environment(
        book_title=title,
        full_text=full_text,
        legend=[make_badge(status) for status in STATUS_ORDER],
        strike=_strike,
        by_day=sort_steps,
    )


def _strike(sentence: str, changed: Sequence[str], tag: str) -> Markup:
    """Return a sentence with the words that were lost or gained marked; marks that overlap are one."""
    spans: list[tuple[int, int]] = []
    for words in (" ".join(item.split()) for item in changed):
        start = sentence.find(words) if words else -1
        if start != -1:
            spans.append((start, start + len(words)))
    parts, at = Markup(), 0
    for start, end in _merge(spans):
        parts += Markup("{}<{tag}>{}</{tag}>").format(sentence[at:start], sentence[start:end], tag=tag)
        at = end
    return parts + sentence[at:]


def _merge(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _lead_within(prefix: str) -> Href:
    """Return how links lead from page to page of a folder."""

    def href(kind: str, name: str) -> str:
        return f"{prefix}index.html" if kind == "index" else f"{prefix}{_FOLDERS[kind]}/{name}.html"

    return href


def _lead_on_page(kind: str, name: str) -> str:
    return "#main" if kind == "index" else f"#{kind}-{name}"


def _make_folders(folder: Path) -> None:
    for path in (folder, *(folder / name for name in _FOLDERS.values())):
        make_folder(path)


def _remove_others(folder: Path, kept: Iterable[Path]) -> None:
    """Remove pages of ours that this dossier does not have; ours are named by ids."""
    kept = set(kept)
    for name in _FOLDERS.values():
        for path in (folder / name).glob("*.html"):
            if _PAGE.fullmatch(path.name) and path not in kept:
                path.unlink()
