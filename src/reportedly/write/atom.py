"""Atom (RFC 4287): one entry an event, with stable ids, for any feed reader."""

import re
import shutil
from collections.abc import Iterator, Mapping
from html import escape
from tempfile import SpooledTemporaryFile
from typing import IO
from xml.sax.saxutils import quoteattr

from reportedly.records.event import FigureHistory
from reportedly.records.query import ClaimQuery
from reportedly.records.stored import StoredClaim
from reportedly.store.base import View
from reportedly.watch.wording import word_bounds
from reportedly.write.excerpts import make_excerpt
from reportedly.write.gather import Told, gather_events, name_voice
from reportedly.write.tables import word_instant
from reportedly.write.tally import ExportOptions, TableWriter, Tally
from reportedly.write.wording import is_web, name_count, word_count, word_interval

_SHOWN = 5
"""How many excerpts an entry carries at most."""
_IN_MEMORY = 8_000_000
_EPOCH = "1970-01-01T00:00:00Z"
_UNFIT = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold."""


def write_atom(view: View, query: ClaimQuery, options: ExportOptions, out: IO[bytes]) -> Tally:
    """Write a feed of the events that hold a claim which fits, in the order of the first such claim.

    ``updated`` of an entry is when the last of its claims was recorded, that of the feed is the latest of its entries
    (the same record gives the same feed), and ``published`` is when the first claim was recorded. The entries wait in a
    file while ``updated`` of the feed, which stands before them, is not known.
    """
    tally, updated = Tally(), _EPOCH
    with SpooledTemporaryFile(_IN_MEMORY) as body:
        for told in gather_events(view, query, tally):
            updated = max(updated, word_instant(max(claim.recorded for claim in told.claims)))
            for line in _make_entry(told):
                body.write(f"{line}\n".encode("utf-8", "replace"))
            tally.written += 1
        head = (
            '<?xml version="1.0" encoding="utf-8"?>',
            '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
            _element("id", "urn:reportedly:feed:events"),
            _element("title", "Events that reports tell of"),
            _element(
                "subtitle", "Each according to the sources it names; what is planned or denied is marked as such."
            ),
            _element("updated", updated),
            _element("generator", "reportedly"),
            "",
        )
        out.write("\n".join(head).encode())
        body.seek(0)
        shutil.copyfileobj(body, out)
    out.write(b"</feed>\n")
    return tally


WRITERS: Mapping[str, TableWriter] = {"events.atom": write_atom}


def _make_entry(told: Told) -> Iterator[str]:
    event = told.event
    yield "<entry>"
    yield _element("id", f"urn:reportedly:event:{event.id}")
    yield _element("title", f"[{_word_status(told)}] {event.title}")
    yield _element("updated", word_instant(max(claim.recorded for claim in told.claims)))
    yield _element("published", word_instant(min(claim.recorded for claim in told.claims)))
    # Every entry needs an author; where no outlet is known it is not made up.
    for name in told.outlets or ("outlet not known",):
        yield f"<author>{_element('name', name)}</author>"
    yield _element("category", scheme="urn:reportedly:type", term=event.type.value)
    for status in event.statuses:
        yield _element("category", scheme="urn:reportedly:status", term=status.value)
    addresses = (head.address for head in told.heads.values())
    web = [address for address in dict.fromkeys(addresses) if is_web(address)]
    for number, address in enumerate(web):
        yield _element("link", rel="alternate" if number == 0 else "via", type="text/html", href=address)
    yield _element("summary", ". ".join(summarise(told)) + ".")
    yield _element("content", "".join(_make_content(told)), type="html")
    yield "</entry>"


def summarise(told: Told) -> Iterator[str]:
    """Say in words what is told of an event: status, when, where, who stands behind it, figures, what is in tension."""
    event, counts = told.event, told.event.corroboration
    yield f"{event.type.value.capitalize()}, {_word_status(told)}"
    if event.interval is not None:
        yield f"when: {word_interval(event.interval)}"
    if event.place is not None:
        yield f"where: {event.place.name}, within {event.place.radius_km:g} km"
    unknown = f", {counts.undecidable} of unknown independence" if counts.undecidable else ""
    yield (
        f"{word_count(counts.claims, 'claim')} in {word_count(counts.documents, 'report')} from "
        f"{word_count(counts.origins, 'origin')}; {word_count(counts.voices, 'named voice')}{unknown}"
    )
    if counts.against:
        yield f"{word_count(counts.against, 'voice')} against it"
    for history in event.figures:
        yield word_history(history)
    if event.tension:
        yield "its claims are in tension"
    if event.retracted:
        yield "every report of it has been taken back"


def word_history(history: FigureHistory) -> str:
    """Say what still stands of a count: "killed: 13 to 20", "killed (civilians) so far: at least 13"."""
    name = name_count(history.key, history.unit, history.scope)
    if history.low is None and history.high is None:
        return f"{name}: nothing that stands"
    return f"{name}: {word_bounds(history.low, history.high)}"


def _word_status(told: Told) -> str:
    return ", before that ".join(status.value for status in told.event.statuses) or "status not known"


def _make_content(told: Told) -> Iterator[str]:
    """A list of who says what, with the sentence; repeats of copies are left out."""
    names = {claim: name_voice(voice) for voice in told.event.voices for claim in voice.claims}
    originals = [stored for stored in told.claims if stored.document.origin is None] or list(told.claims)
    yield f"<p>{escape('. '.join(summarise(told)))}.</p><ul>"
    for stored in originals[-_SHOWN:]:
        yield f"<li>{_word_claim(stored, names.get(stored.claim.id))}</li>"
    yield "</ul>"


def _word_claim(stored: StoredClaim, voice: str | None) -> str:
    head, excerpt = stored.document, make_excerpt(stored)
    before, evidence, after = (
        escape(part)
        for part in (
            excerpt.text[: excerpt.evidence.start],
            excerpt.evidence.slice(excerpt.text),
            excerpt.text[excerpt.evidence.end :],
        )
    )
    outlet = head.publisher_name or head.publisher or "outlet not known"
    who = outlet if voice is None or voice == outlet else f"{outlet}, according to {voice}"
    told = f"{stored.claim.status.value.value} – {who}, {head.day or 'undated'}"
    return f"<q>{before}<b>{evidence}</b>{after}</q><br>{escape(told)}"


def _element(name: str, text: str = "", **attributes: str) -> str:
    cells = "".join(f" {key}={quoteattr(_UNFIT.sub('', value))}" for key, value in attributes.items())
    return f"<{name}{cells}>{escape(_UNFIT.sub('', text), quote=False)}</{name}>" if text else f"<{name}{cells}/>"
