"""Sets of others that the encoder may also be trained on, read where they lie and not kept here.

UDS-IH2 (White et al. 2018, CC BY-SA 4.0) says of predicates how far they happened, from -3 to 3: that teaches whether
a status is one of those that are a fact or one of those that are none. RiQuA (Papay and Padó 2020) marks sources, cues
and contents of quotations in novels. What a set does not mark is no answer of any head, but for this: all other words
of a quotation's paragraph are neither a cue nor the trigger of an event.
"""

import json
from collections.abc import Iterator
from itertools import islice, pairwise
from pathlib import Path

from tokenizers import Tokenizer

from reportedly.records.claim import Status
from training.encoder.examples import MAX_PIECES, Anchor, Example
from training.encoder.labels import ANCHORS, ROLES, STATUSES, begin, inside

UNKNOWN = -100
"""What is not marked: no loss is taken there."""
FACTS = tuple(STATUSES.index(status.value) for status in (Status.OCCURRED, Status.ONGOING, Status.HISTORICAL))
SURE = 1.0
"""Factuality from which on, or below whose negative, an answer is taken; between them readers were unsure."""
_PARTS = ("source", "content")


def read_uds(folder: Path, tokenizer: Tokenizer, limit: int | None = None) -> Iterator[Example]:
    """Give sentences of UDS-IH2 whose predicates are a fact, or none.

    Args:
        folder: Holds ``train.jsonl``.
        tokenizer: Of the encoder.
        limit: Sentences at most.
    """
    with (folder / "train.jsonl").open(encoding="utf-8") as lines:
        for line in islice(lines, limit):
            row = json.loads(line)
            pieces = _Words(row["text"].split(" "), tokenizer)
            nothing = (UNKNOWN,) * len(pieces.ids)
            anchors = [
                Anchor(found[0], nothing, fact=int(target["label"] > 0))
                for target in row["targets"]
                if abs(target["label"]) >= SURE and (found := pieces.find(*target["span1"]))
            ]
            if anchors:
                yield Example(pieces.ids, nothing, nothing, nothing, nothing, tuple(anchors), UNKNOWN)


def read_riqua(folder: Path, tokenizer: Tokenizer, limit: int | None = None) -> Iterator[Example]:
    """Give paragraphs of RiQuA with one cue and one source, so that what belongs to the cue is known.

    Args:
        folder: Holds ``train.txt``, JSON Lines with ``tokens`` and ``labels``.
        tokenizer: Of the encoder.
        limit: Paragraphs looked at.
    """
    cue = ANCHORS.index("cue")
    with (folder / "train.txt").open(encoding="utf-8") as lines:
        for line in islice(lines, limit):
            row = json.loads(line)
            spans = _read_spans(row["labels"])
            names = [name for _, _, name in spans]
            pieces = _Words(row["tokens"], tokenizer)
            cues = [pieces.find(start, end) for start, end, name in spans if name == "cue"]
            if len(cues) != 1 or not cues[0] or names.count("source") != 1 or pieces.cut:
                continue
            tags, roles = [0] * len(pieces.ids), [0] * len(pieces.ids)
            for start, end, name in spans:
                for i in (found := pieces.find(start, end)):
                    if name == "cue":
                        tags[i] = begin(cue) if i == found[0] else inside(cue)
                    elif name in _PARTS:
                        roles[i] = ROLES.index(name)
            nothing = (UNKNOWN,) * len(pieces.ids)
            anchor = Anchor(cues[0][0], tuple(roles))
            yield Example(pieces.ids, tuple(tags), nothing, nothing, nothing, (anchor,), UNKNOWN)


class _Words:
    """Words as pieces, with the first piece of each."""

    def __init__(self, words: list[str], tokenizer: Tokenizer) -> None:
        found = tokenizer.encode(words, is_pretokenized=True)
        self.ids = tuple(found.ids[:MAX_PIECES])
        self.cut = len(found.ids) > MAX_PIECES
        self._words = found.word_ids[:MAX_PIECES]

    def find(self, start: int, end: int) -> list[int]:
        """Return the pieces of the words from ``start`` to before ``end``."""
        return [i for i, word in enumerate(self._words) if word is not None and start <= word < end]


def _read_spans(labels: list[str]) -> list[tuple[int, int, str]]:
    starts = [i for i, label in enumerate(labels) if label == "O" or label.startswith("B-")]
    return [(start, end, labels[start][2:]) for start, end in pairwise([*starts, len(labels)]) if labels[start] != "O"]
