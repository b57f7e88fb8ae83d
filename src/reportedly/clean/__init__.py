"""Raw bytes to one cleaned report: its text, what of it is not coded, when it was published and how that is known."""

import unicodedata
from collections.abc import Iterable, Sequence
from hashlib import blake2b

import msgspec

from reportedly.clean.boilerplate import Boilerplate, find_boilerplate, open_boilerplate
from reportedly.clean.credit import CreditNames, find_credits, open_credit
from reportedly.clean.decode import decode
from reportedly.clean.genre import GenreRule, find_genre, open_genres
from reportedly.clean.headings import MAX_BESIDE, HeadingWords, find_headings, find_title, open_headings
from reportedly.clean.html import Furniture, find_body, open_furniture, parse_page
from reportedly.clean.jsonld import read_records
from reportedly.clean.language import Languages, check_language, open_languages
from reportedly.clean.metadata import (
    MetadataNames,
    PageFacts,
    find_addresses,
    find_domain,
    find_links,
    open_metadata,
    read_facts,
)
from reportedly.clean.published import find_published
from reportedly.config import Settings
from reportedly.errors import EmptyDocumentError, FormatError
from reportedly.records.document import Document, Hints, Range, RangeKind, RawDocument
from reportedly.records.spans import Span

__all__ = ["CleanResources", "clean", "make_document", "open_clean"]

MAX_CHARS = 1_000_000
"""A book; time and memory grow with the text, and what is longer holds many reports."""


class CleanResources(msgspec.Struct, frozen=True):
    """What cleaning needs, opened once a process."""

    languages: Languages
    furniture: Furniture
    metadata: MetadataNames
    boilerplate: Boilerplate
    credit: CreditNames
    headings: HeadingWords
    genres: tuple[GenreRule, ...]


def open_clean(settings: Settings) -> CleanResources:
    """Open the language detector and the word lists that ship with the package; nothing is fetched.

    Raises:
        ResourceError: the detector's model is missing or damaged.
    """
    del settings  # nothing of cleaning can be set yet; every stage is opened alike
    return CleanResources(
        languages=open_languages(),
        furniture=open_furniture(),
        metadata=open_metadata(),
        boilerplate=open_boilerplate(),
        credit=open_credit(),
        headings=open_headings(),
        genres=open_genres(),
    )


def clean(raw: RawDocument, resources: CleanResources) -> Document:
    """Make one report of the bytes of one address or file.

    Plain text stays as it came, character for character; of a page, the body text is found, a paragraph a line.

    Args:
        raw: ``text/html``, or anything else for plain text.
        resources: From ``open_clean``.

    Raises:
        EmptyDocumentError: no text, or a page without a report in it.
        FormatError: binary data, markup that cannot be parsed, or a text that passes ``MAX_CHARS``.
        LanguageError: a language that cannot be read.
        RecordError: the user gave a publication time that cannot be read.
    """
    text = decode(raw)
    if raw.media_type not in ("text/html", "application/xhtml+xml"):
        return _assemble(text, raw.address, raw.hints, PageFacts(), find_addresses(text), resources)
    tree = parse_page(text)
    if tree is None:
        raise EmptyDocumentError(raw.address, "the page is empty: there is no element in it")
    records = read_records(tree)
    facts = read_facts(tree, records, resources.metadata)
    body = find_body(tree, records, facts.title, resources.furniture)
    if body is None:
        raise EmptyDocumentError(
            raw.address,
            "the page holds no report: no run of paragraphs was found in it; give the address of one report",
        )
    targets = find_links(tree, body.text, raw.address)
    written = find_addresses(body.text)
    links: list[tuple[str, int | None]] = [(target, None) for target in targets]
    links += written
    return _assemble(body.text, raw.address, raw.hints, facts, links, resources)


def make_document(
    text: str,
    *,
    published: str | None = None,
    publisher: str | None = None,
    title: str | None = None,
    address: str | None = None,
    resources: CleanResources,
) -> Document:
    """Make one report of a text in hand; the text stays as it is.

    Args:
        text: Plain text.
        published: Publication time, believed before all else.
        publisher: Outlet.
        title: Headline.
        address: Where it was read from.
        resources: From ``open_clean``.

    Raises:
        EmptyDocumentError: nothing to read in it.
        FormatError: it holds half a character (a lone surrogate), which no file can keep, or passes ``MAX_CHARS``.
        LanguageError: a language that cannot be read.
        RecordError: ``published`` cannot be read.
    """
    hints = Hints(title=title, published=published, publisher=publisher, given=True)
    return _assemble(text, address, hints, PageFacts(), find_addresses(text), resources)


def _assemble(
    text: str,
    address: str | None,
    hints: Hints,
    facts: PageFacts,
    links: Sequence[tuple[str, int | None]],
    resources: CleanResources,
) -> Document:
    name = address or "the text given"
    if len(text) > MAX_CHARS:
        raise FormatError(
            name,
            f"it holds {len(text):,} characters of text, and no report has more than {MAX_CHARS:,}: "
            "give one report at a time, or plain text, which is read in parts",
        )
    _check_text(text, name)
    language = check_language(text, name, resources.languages)
    published = find_published(text, name, hints, facts, links)
    boilerplate = tuple(find_boilerplate(text, resources.boilerplate))
    if _is_all(boilerplate, text):
        raise EmptyDocumentError(name, "there is nothing but boilerplate in the document")
    credits = find_credits(text, resources.credit)
    title = hints.title if hints.given and hints.title else facts.title or hints.title
    if title is None:
        beside = sorted((*boilerplate[:MAX_BESIDE], *(item.span for item in credits.ranges)))
        heading = find_title(text, beside)
        title = heading.slice(text) if heading else None
    headings = find_headings(text, title, resources.headings)
    publisher = hints.publisher if hints.given and hints.publisher else facts.publisher or hints.publisher
    publisher = publisher or find_domain(name)
    return Document(
        id=make_document_id(address or publisher or "", text),
        text=text,
        uncoded=_merge(
            credits.ranges,
            (Range(span, RangeKind.BOILERPLATE) for span in boilerplate),
            (Range(span, RangeKind.HEADLINE) for span in headings),
        ),
        address=address,
        title=title,
        publisher=publisher,
        published=published,
        dateline=credits.dateline,
        credit=credits.credit,
        genre=find_genre(text, title, address, facts.section, resources.genres),
        language=language,
        links=tuple(dict.fromkeys(target for target, _ in links)),
    )


def make_document_id(origin: str, text: str) -> str:
    """Derive a document's id from where it is from and its text: two outlets' exact copies are two documents."""
    digest = blake2b(digest_size=10)
    digest.update(origin.encode("utf-8", "backslashreplace") + b"\x00")
    digest.update(text.encode("utf-8"))
    return digest.hexdigest()


def _check_text(text: str, name: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise FormatError(
            name, f"the text holds half a character at offset {error.start}: decode it again from its bytes"
        ) from error
    if not any(unicodedata.category(char)[0] in "LN" for char in text):
        raise EmptyDocumentError(name, "there is no word in the document: nothing to read in it")


def _is_all(spans: Sequence[Span], text: str) -> bool:
    """Say whether spans, in order, leave no word of a text."""
    bounds = [0, *(bound for span in spans for bound in (span.start, span.end)), len(text)]
    return not any(any(map(str.isalnum, text[a:b])) for a, b in zip(bounds[::2], bounds[1::2], strict=True))


def _merge(*groups: Iterable[Range]) -> tuple[Range, ...]:
    """Merge groups of ordered ranges into one; of two that overlap, that of the earlier group stays."""
    kept: list[Range] = []
    for group in groups:
        merged: list[Range] = []
        index = 0
        for item in group:
            while index < len(kept) and kept[index].span.end <= item.span.start:
                merged.append(kept[index])
                index += 1
            if item.span.start == item.span.end or (index < len(kept) and kept[index].span.overlaps(item.span)):
                continue
            merged.append(item)
        kept = merged + kept[index:]
    return tuple(kept)
