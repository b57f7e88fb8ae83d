"""Body text of news pages against what people copied out of them, beside trafilatura's own on the same pages."""

import io
import tarfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import trafilatura

from eval.bootstrap import interval
from eval.scorers import load_scorer
from reportedly.clean import CleanResources, clean
from reportedly.errors import DocumentError
from reportedly.records.document import RawDocument


def measure_pages(gold: Path, resources: CleanResources) -> tuple[dict[str, float], dict[str, tuple[float, float]]]:
    """Score shingle F1 of ``score_extract.py`` for ``Document.text`` and for trafilatura's defaults, in one run.

    Returns:
        ``f1``, ``trafilatura_f1`` and ``gain`` (the difference), with bootstrap intervals over pages.
    """
    scorer = load_scorer(gold, "score_extract")
    coded = scorer.load(gold / "pages" / "news_pages.json")
    pages = _read_pages(gold / "pages" / "news_pages.tar.gz")
    ours = {name: _extract(pages[name], str(coded[name].get("url") or name), resources) for name in coded}
    theirs = {name: trafilatura.extract(pages[name]) or "" for name in coded}
    names = sorted(coded)

    def shingle_f1(predicted: Mapping[str, str], sample: Sequence[str]) -> float:
        gold_pages = {f"{name}~{copy}": coded[name] for copy, name in enumerate(sample)}
        pred_pages = {f"{name}~{copy}": {"articleBody": predicted[name]} for copy, name in enumerate(sample)}
        return float(scorer.score(gold_pages, pred_pages)["shingle_F1"])

    def gain(sample: Sequence[str]) -> float:
        return shingle_f1(ours, sample) - shingle_f1(theirs, sample)

    f1, peer = shingle_f1(ours, names), shingle_f1(theirs, names)
    return {"f1": f1, "trafilatura_f1": peer, "gain": f1 - peer}, {
        "pages.f1": interval(names, lambda sample: shingle_f1(ours, sample), rounds=100),
        "pages.gain": interval(names, gain, rounds=100),
    }


def _read_pages(archive: Path) -> dict[str, bytes]:
    pages: dict[str, bytes] = {}
    with tarfile.open(fileobj=io.BytesIO(archive.read_bytes())) as tar:
        for member in tar:
            file = tar.extractfile(member) if member.isfile() else None
            if file is not None:
                pages[Path(member.name).stem] = file.read()
    return pages


def _extract(content: bytes, address: str, resources: CleanResources) -> str:
    """Clean one page; a page that is refused counts as empty."""
    try:
        return clean(RawDocument(address, content, "text/html"), resources).text
    except DocumentError:
        return ""
