"""Near-duplicates, wire copy and rewrites: which of two documents was taken from the other, and how."""

import re
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import combinations

import msgspec
import rensa

from reportedly.link.copy_judgement import PairClass, find_origin, judge_pair
from reportedly.link.copy_text import CopyText, cut_body, find_anchors, share_names
from reportedly.link.copy_words import CopyWords, open_copies
from reportedly.records.document import Document
from reportedly.records.link import CopyKind, Link, Relation
from reportedly.records.stored import Sketch

__all__ = [
    "WINDOW_DAYS",
    "CopyText",
    "CopyWords",
    "estimate_jaccard",
    "judge_copy",
    "judge_texts",
    "lead_back",
    "might_be_copy",
    "open_copies",
    "sketch_copy",
]

WINDOW_DAYS = 7
"""Documents published further apart than this are not compared: what is rerun later is a story of its own day."""
SHINGLE = 3
BANDS = 12
ROWS = 4
"""Twelve bands of four rows: two texts that share half their shingles meet in a band in half of all cases, those that
share 70% in 96%; what was cut or rewritten further meets in an anchor."""
SEED = 20251031
MAX_ANCHORS = 7
"""Names and figures from the head of a report, of which every three are a key: 35 of them."""
FEW_ANCHORS = 5
"""With no more than these, every two are keys as well."""
MIN_JACCARD = 0.1
"""Estimated share of common shingles from which two documents are worth reading; 48 rows tell .1 from 0 in 99%."""
MIN_ANCHORS = 2
MIN_ANCHOR_SHARE = 0.3
_WORD = re.compile(r"\w+")
_KINDS = {PairClass.EXACT: CopyKind.EXACT, PairClass.EDITED: CopyKind.EDITED, PairClass.REWRITE: CopyKind.REWRITE}


class _Payload(msgspec.Struct, frozen=True, array_like=True):
    """What is remembered of a document: rows of the MinHash and hashes of its names and figures."""

    rows: tuple[int, ...]
    anchors: frozenset[int]


def sketch_copy(document: Document, words: CopyWords) -> Sketch:
    """Make what is remembered of a document to find what it was taken from, and what was taken from it.

    Args:
        document: Any document.
        words: From ``open_copies``.

    Returns:
        Keys are of two sorts: bands of a MinHash over runs of three words (Broder 1997), in which exact and edited
        copies meet, and sets of three names and figures from the head of the report, in which rewrites meet. A document
        without a word has no keys and is never compared.
    """
    body = cut_body(document)
    tokens = _WORD.findall(body.lower())
    shingles = list(map(" ".join, zip(*(tokens[at:] for at in range(SHINGLE)), strict=False))) or tokens
    anchors = find_anchors(body, words)
    rows: tuple[int, ...] = ()
    keys: list[str] = []
    if shingles:
        minhash = rensa.RMinHash(BANDS * ROWS, SEED)
        minhash.update(shingles)
        rows = tuple(minhash.digest())
        keys = [f"m{band:x}{_hash(repr(rows[band * ROWS : band * ROWS + ROWS]))}" for band in range(BANDS)]
    keys += [f"a{_hash('|'.join(group))}" for group in _group(anchors)]
    return Sketch(
        subject=document.id,
        day=document.published.day if document.published else None,
        keys=tuple(dict.fromkeys(keys)),
        payload=msgspec.msgpack.encode(_Payload(rows, frozenset(int(_hash(anchor)[:8], 16) for anchor in anchors))),
    )


def might_be_copy(one: Sketch, other: Sketch) -> bool:
    """Say, from what is remembered alone, whether two documents are worth reading side by side."""
    left, right = (msgspec.msgpack.decode(sketch.payload, type=_Payload) for sketch in (one, other))
    if _share_rows(left, right) >= MIN_JACCARD:
        return True
    shared = len(left.anchors & right.anchors)
    return shared >= MIN_ANCHORS and shared >= MIN_ANCHOR_SHARE * min(len(left.anchors), len(right.anchors))


def estimate_jaccard(one: Sketch, other: Sketch) -> float:
    """Estimate the share of common runs of three words among all of both; 0 where one has no word."""
    left, right = (msgspec.msgpack.decode(sketch.payload, type=_Payload) for sketch in (one, other))
    return _share_rows(left, right)


def _share_rows(left: _Payload, right: _Payload) -> float:
    if not left.rows or not right.rows:
        return 0.0
    return sum(a == b for a, b in zip(left.rows, right.rows, strict=True)) / len(left.rows)


def judge_copy(one: Document, other: Document, words: CopyWords) -> Link | None:
    """Judge whether one of two documents was taken from the other.

    The order of the two does not matter. Two versions of one address are not to be asked about: they are one document.

    Args:
        one: A document.
        other: Another one.
        words: From ``open_copies``.

    Returns:
        A link from the document it was taken from to the copy, with its kind and the reasons in words; None where each
        stands on its own, also where both tell of one event, and where one is a retraction or correction: that repeats
        what it takes back, and is no copy of it.
    """
    return judge_texts(CopyText(one, words), CopyText(other, words), words)


def judge_texts(one: CopyText, other: CopyText, words: CopyWords) -> Link | None:
    """Do the same for documents that are read already: what is worked out of one serves all that it is compared with.

    Args:
        one: A document, read with ``CopyText``.
        other: Another one.
        words: From ``open_copies``.
    """
    if one.is_notice is not other.is_notice:
        return None
    left, right = share_names(one, other)
    judgement = judge_pair(left, right, words)
    kind = _KINDS.get(judgement.kind)
    if kind is None:
        return None
    origin, why = find_origin(left, right)
    taken, copy = (one, other) if origin == "left" else (other, one)
    return Link(
        left=taken.document.id,
        right=copy.document.id,
        relation=Relation.COPY,
        score=judgement.score,
        by="rule:copy",
        reason=f"{judgement.reason}; origin: {why}",
        kind=kind,
    )


def lead_back(links: Sequence[Link], days: Mapping[str, str | None]) -> dict[str, str | None]:
    """Lead every document along its line of copies to the document at the end of it.

    Args:
        links: Copy links; of the links of one copy, that to the earliest document counts, then the best, then by id.
        days: Day of publication by document id, for all documents to be answered for.

    Returns:
        For each document of ``days`` the end of its line; None for an original. A ring of links, which single
        judgements may close, ends in its earliest member (the undated come last, then by id).
    """
    taken: dict[str, list[Link]] = {}
    for link in links:
        if link.relation is Relation.COPY:
            taken.setdefault(link.right, []).append(link)

    def rank(document: str) -> tuple[str, str]:
        return days.get(document) or "9999", document

    parent = {
        copy: min(found, key=lambda link: (rank(link.left)[0], -link.score, link.left)).left
        for copy, found in taken.items()
    }
    ends: dict[str, str | None] = {}
    for document in days:
        seen = [document]
        while (above := parent.get(seen[-1])) is not None and above not in seen:
            seen.append(above)
        end = seen[-1]
        if above is not None:
            end = min(seen[seen.index(above) :], key=rank)
        ends[document] = end if end != document else None
    return ends


def _group(anchors: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield every three of the first names and figures, and every two where there are few."""
    first = sorted(anchors[:MAX_ANCHORS])
    yield from combinations(first, 3)
    if len(first) <= FEW_ANCHORS:
        yield from combinations(first, 2)


def _hash(text: str) -> str:
    return blake2b(text.encode("utf-8", "backslashreplace"), digest_size=6).hexdigest()
