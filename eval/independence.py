"""Origins, voices and what cannot be decided, in 60 situations of our own with the right counts.

The counts were written down, with the reason, before anything was run on them. A situation of *texts* is read, led back
to its originals and counted by the product itself: its claims are those of the types it names. A situation of *records*
gives the chains as grounding would: ``kind:words=code`` for a link of a chain, ``~`` before it where nobody is named, a
list for sources side by side. The outlets are invented; who owns them stands in the table beside the set, which the
reader takes as a user's own.
"""

import json
from collections.abc import Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import msgspec

from reportedly.adding import find_publisher
from reportedly.config import Settings
from reportedly.ground.publishers import PublisherTable, open_publishers
from reportedly.link.copies import CopyWords, judge_copy, lead_back, open_copies
from reportedly.link.corroborate import corroborate
from reportedly.link.voices import VoiceWords, open_voices
from reportedly.pipeline import Reader
from reportedly.records.claim import Axes, Basis, Claim, Source, Status
from reportedly.records.document import Document, Genre, Publication, TimePrecision
from reportedly.records.event import Corroboration, Voice
from reportedly.records.grounding import GroundedSource, Grounding, SourceKind
from reportedly.records.ontology import EventType
from reportedly.records.spans import Field, Span
from reportedly.records.stored import DocumentHead, StoredClaim

SETS = Path(__file__).parent / "sets"
COUNTS = ("origins", "voices", "undecidable", "against")
_RECORDED = "2025-07-01T00:00:00.000000Z"


class Tools(msgspec.Struct, frozen=True):
    """What the situations are read and counted with."""

    reader: Reader
    publishers: PublisherTable
    copies: CopyWords
    voices: VoiceWords


def measure_independence(tools: Tools) -> dict[str, Any]:
    """Count the situations whose counts are all right, and name those that are not."""
    situations = read_situations()
    wrong = {item["id"]: found for item in situations if (found := check_situation(item, tools))}
    adversarial = [item["id"] for item in situations if item["adversarial"]]
    return {
        "right": len(situations) - len(wrong),
        "situations": len(situations),
        "adversarial": len(adversarial),
        "adversarial_right": sum(item not in wrong for item in adversarial),
        "wrong": wrong,
    }


def open_tools(settings: Settings | None = None) -> Tools:
    """Open a reader that knows the invented states and outlets of the set."""
    settings = msgspec.structs.replace(
        settings or Settings(),
        actors=SETS / "independence_actors.csv",
        publishers=SETS / "independence_publishers.csv",
    )
    return Tools(Reader(settings), open_publishers(settings), open_copies(), open_voices())


def read_situations() -> list[dict[str, Any]]:
    """Read the set."""
    lines = (SETS / "independence.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def check_situation(situation: Mapping[str, Any], tools: Tools) -> str:
    """Return what is counted wrongly, in words; empty where all is right."""
    found, _ = count_situation(situation, tools)
    right = {"against": 0, **situation["right"]}
    return ", ".join(
        f"{name} {getattr(found, name)} for {right[name]}" for name in COUNTS if getattr(found, name) != right[name]
    )


def count_situation(situation: Mapping[str, Any], tools: Tools) -> tuple[Corroboration, tuple[Voice, ...]]:
    """Count origins and voices of one situation as the product does."""
    texts = "types" in situation
    claims, origins = read_texts(situation, tools) if texts else read_records(situation, tools.publishers)
    return corroborate(claims, origins, tools.voices)


def read_texts(situation: Mapping[str, Any], tools: Tools) -> tuple[list[StoredClaim], dict[str, DocumentHead]]:
    """Read the reports of a situation, and lead copies back to their originals."""
    types = {EventType[name] for name in situation["types"]}
    documents: list[Document] = []
    claims: list[StoredClaim] = []
    heads: dict[str, DocumentHead] = {}
    for report in situation["reports"]:
        read = tools.reader.read(report["text"], published=report["day"], publisher=report["publisher"])
        if read.document is None:
            continue
        documents.append(read.document)
        head = heads[read.document.id] = make_head(read.document, tools.publishers)
        claims += [
            StoredClaim(claim, grounding, head, claim.sentence.slice(read.document.text), _RECORDED)
            for claim, grounding in zip(read.claims, read.groundings, strict=True)
            if claim.type.value in types
        ]
    pairs = (judge_copy(one, other, tools.copies) for one, other in combinations(documents, 2))
    ends = lead_back([link for link in pairs if link is not None], {item: head.day for item, head in heads.items()})
    return claims, {item: heads[ends.get(item) or item] for item in heads}


def make_head(document: Document, table: PublisherTable) -> DocumentHead:
    """Return what the store would know of a document."""
    publisher = find_publisher(document, table)
    return DocumentHead(
        id=document.id,
        address=document.address,
        title=document.title,
        publisher=document.publisher,
        publisher_name=publisher.name,
        family=publisher.family,
        state=publisher.state,
        published=document.published,
        credit=document.credit,
        genre=document.genre,
        language=document.language,
        characters=len(document.text),
        recorded=_RECORDED,
    )


def read_records(
    situation: Mapping[str, Any], table: PublisherTable
) -> tuple[list[StoredClaim], dict[str, DocumentHead]]:
    """Put together the claims that a situation describes."""
    documents = [
        Document(
            id=f"{situation['id']}-{at}",
            text="",
            publisher=report["publisher"],
            published=Publication(report["day"], TimePrecision.DAY, False, "given", True),
            credit=report.get("credit"),
            genre=Genre.REPORT,
        )
        for at, report in enumerate(situation["reports"])
    ]
    heads = [make_head(document, table) for document in documents]
    claims = [
        make_claim(f"{head.id}-{number}", head, described, table)
        for head, report in zip(heads, situation["reports"], strict=True)
        for number, described in enumerate(report["claims"])
    ]
    origins = {
        head.id: heads[report.get("copy_of", at)]
        for at, (head, report) in enumerate(zip(heads, situation["reports"], strict=True))
    }
    return claims, origins


def make_claim(id: str, head: DocumentHead, described: Mapping[str, Any], table: PublisherTable) -> StoredClaim:
    """Make a claim of a described chain."""
    span = Span(0, 6)
    sources = tuple(read_source(link, table) for link in described["chain"])
    basis = described.get("basis")
    claim = Claim(
        id=id,
        document_id=head.id,
        sentence=span,
        evidence=span,
        trigger=Field("struck", span, "set"),
        type=Field(EventType.ASSAULT, span, "set"),
        axes=Axes(),
        status=Field(Status(described.get("status", "occurred")), span, "set"),
        chain=tuple(Source(source.text, span) for source in sources),
        basis=Field(Basis(basis), span, "set") if basis else None,
    )
    return StoredClaim(claim, Grounding(id, sources=sources), head, "", _RECORDED)


def read_source(written: str | Sequence[str], table: PublisherTable) -> GroundedSource:
    """Read one link of a chain: ``~kind:words=code``, or several side by side."""
    if not isinstance(written, str):
        parts = tuple(read_source(part, table) for part in written)
        texts = tuple(part.text for part in parts)
        return GroundedSource(" and ".join(texts), parts[0].kind, False, texts, parts[0].code, parts=parts)
    kind, _, rest = written.removeprefix("~").partition(":")
    text, _, code = rest.partition("=")
    anonymous = written.startswith("~")
    outlet = table.find_publisher(text) if kind in ("news_outlet", "state_media") else None
    if outlet is None:
        return GroundedSource(text, SourceKind(kind), anonymous, code=code or None)
    state = outlet.country if outlet.kind == "state_media" else None
    return GroundedSource(text, SourceKind(kind), anonymous, (), outlet.name, outlet.family, state)
