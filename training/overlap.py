"""What a text of ours shares with others: with gold, of which no run of words may stand in it, and with its like."""

import gzip
import io
import re
import tarfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

GOLD_RUN = 8
"""Words in a row that no text of ours may share with gold, names apart."""
ALIKE_RUN, ALIKE_SHARE = 4, 0.2
_WORD = re.compile(r"[^\W_]+")
_TAG = re.compile(r"<[^<>]{1,200}>")

Named = tuple[str, str]
"""A text's name, and the text."""


def find_runs(text: str, length: int) -> Iterator[tuple[str, ...]]:
    """Give every run of so many words, in small letters."""
    words = [word.lower() for word in _WORD.findall(text)]
    for start in range(len(words) - length + 1):
        yield tuple(words[start : start + length])


def find_alike(texts: Sequence[Named], share: float = ALIKE_SHARE) -> list[str]:
    """Find pairs of texts that share a part of their runs of four words: filled templates, not written texts."""
    runs = [set(find_runs(text, ALIKE_RUN)) for _, text in texts]
    at: dict[tuple[str, ...], list[int]] = {}
    for i, known in enumerate(runs):
        for run in known:
            at.setdefault(run, []).append(i)
    shared = Counter((i, j) for places in at.values() for i in places for j in places if i < j)
    return [
        f"{texts[i][0]} and {texts[j][0]} are nearly alike"
        for (i, j), count in sorted(shared.items())
        if count > share * min(len(runs[i]), len(runs[j]))
    ]


def find_gold_overlaps(texts: Iterable[Named], gold: Iterable[str]) -> list[str]:
    """Find runs of eight words that a text shares with a gold text; runs that are half names are let pass."""
    runs: dict[tuple[str, ...], str] = {}
    for name, text in texts:
        words = _WORD.findall(text)
        for start in range(len(words) - GOLD_RUN + 1):
            run = words[start : start + GOLD_RUN]
            if sum(word[0].isupper() or word.isdigit() for word in run) < GOLD_RUN / 2:
                runs[tuple(word.lower() for word in run)] = name
    firsts = {run[0] for run in runs}
    found: set[str] = set()
    for other in gold:
        words = [word.lower() for word in _WORD.findall(other)]
        for start, word in enumerate(words):
            if word in firsts and (name := runs.get(tuple(words[start : start + GOLD_RUN]), "")):
                found.add(f"{name}: in gold: {' '.join(words[start : start + GOLD_RUN])}")
    return sorted(found)


def read_gold(folder: Path) -> Iterator[str]:
    """Read the text of every gold file, tags out, packed ones unpacked; the sealed part stays sealed."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix not in (".enc", ".py"):
            yield from (_TAG.sub(" ", raw.decode("utf-8", "replace")) for raw in _unpack(path))


def _unpack(path: Path) -> Iterator[bytes]:
    raw = path.read_bytes()
    if path.suffix == ".gz":
        raw = gzip.decompress(raw)
    if not path.name.endswith(".tar.gz"):
        yield raw
        return
    with tarfile.open(fileobj=io.BytesIO(raw)) as archive:
        for member in archive:
            held = archive.extractfile(member)
            if held is not None:
                yield held.read()
