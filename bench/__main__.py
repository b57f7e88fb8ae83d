"""``make bench``: writes ``docs/speed.md`` and ``build/bench/results.json``."""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import psutil
import spacy
from spacy.language import Language

from bench.reports import make_reports
from eval.gold import ROOT
from eval.quality import get_commit
from reportedly.config import Settings
from reportedly.pipeline import Reader, read_all

RESULTS = ROOT / "build" / "bench" / "results.json"
PAGE = ROOT / "docs" / "speed.md"
ROUNDS = 3
BATCH_SIZE = 12
_BESIDE_PARSE = ("ner", "senter", "lemmatizer", "attribute_ruler")


class Limit(msgspec.Struct, frozen=True):
    """One figure of the page: what it is, what was measured, and the least or most that is asked of it."""

    key: str
    what: str
    unit: str
    most: float | None = None
    least: float | None = None

    def holds(self, value: float) -> bool:
        """Say whether the value is within what is asked."""
        return (self.most is None or value <= self.most) and (self.least is None or value >= self.least)


LIMITS = (
    Limit("share_of_spacy", "reading, as a share of the speed of spaCy's full small pipeline", "times", least=0.5),
    Limit("together_a_second", "documents of 400 words a second, two processes", "a second", least=12),
    Limit("two_processes", "two processes against one, documents a second", "times", least=1.8),
    Limit("peak_mb", "peak memory of a reading process", "MB", most=750),
    Limit("help_s", "`reportedly --help`", "s", most=0.4),
    Limit("short_report_s", "one short report from the command line, index built", "s", most=4.0),
    Limit("documents_a_second", "documents of 400 words a second, one process", "a second"),
    Limit("rules_a_second", 'the same with rules alone (`encoder = "off"`)', "a second"),
    Limit("spacy_a_second", "the same through spaCy's full small pipeline", "a second"),
    Limit("parse_a_second", "the same through tagger and parser alone", "a second"),
    Limit("index_s", "building the gazetteer index, once", "s"),
)


def main() -> int:
    """Measure everything; exit status 1 where a limit is not held and ``--check`` is given."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure speed and memory.")
    parser.add_argument("--check", action="store_true", help="exit status 1 where a limit is not held")
    options = parser.parse_args()
    results = {**_measure_index(), **_measure_commands(), **_measure_reading()}
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_bytes(msgspec.json.format(msgspec.json.encode(results), indent=1))
    PAGE.write_text(_render(results), encoding="utf-8")
    missed = [limit.key for limit in LIMITS if not limit.holds(results[limit.key])]
    for limit in LIMITS:
        print(f"{limit.what}: {results[limit.key]:.2f} {limit.unit}" + (" (missed)" if limit.key in missed else ""))
    return 1 if missed and options.check else 0


def _time(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def _measure_index() -> dict[str, float]:
    """Build the index in an empty cache folder, as a first run does."""
    with tempfile.TemporaryDirectory() as folder:
        script = "from reportedly.config import Settings; from pathlib import Path; import sys\n"
        script += "from reportedly.ground.gazetteer import open_gazetteer\n"
        script += "open_gazetteer(Settings(cache_dir=Path(sys.argv[1])))"
        command = [sys.executable, "-c", script, folder]
        return {"index_s": _time(lambda: subprocess.run(command, check=True, cwd=ROOT))}


def _measure_commands() -> dict[str, float]:
    """Time whole commands, the best of a few runs; the first run warms the disk."""

    def best(*arguments: str) -> float:
        command = [sys.executable, "-m", "reportedly", *arguments]
        runs = [
            _time(lambda: subprocess.run(command, check=True, capture_output=True, cwd=ROOT)) for _ in range(ROUNDS + 1)
        ]
        return min(runs[1:])

    return {"help_s": best("--help"), "short_report_s": best("read", str(ROOT / "examples" / "1-agency.txt"))}


def _measure_reading() -> dict[str, float]:
    """Read the set with one process and with two, and put it through spaCy, by turns in one run; take each one's best.

    The peak of memory is taken before spaCy's pipelines and the reader without the encoder are opened beside.
    """
    texts = make_reports()
    settings = Settings()
    reader = Reader(settings)

    def read(by: Reader) -> float:
        return _time(lambda: [by.read(text, published="2025-10-31") for text in texts])

    read_s = read(reader)
    peak = psutil.Process().memory_info()
    peak_mb = getattr(peak, "peak_wset", None) or _peak_rss_kb() * 1024
    rules = Reader(msgspec.structs.replace(settings, encoder="off"))
    whole, nlp = _load_spacy(settings.model), _load_spacy(settings.model, _BESIDE_PARSE)
    rules_s = whole_s = parse_s = float("inf")
    for _ in range(ROUNDS):
        parse_s = min(parse_s, _time(lambda: [*nlp.pipe(texts, batch_size=BATCH_SIZE)]))
        whole_s = min(whole_s, _time(lambda: [*whole.pipe(texts, batch_size=BATCH_SIZE)]))
        read_s, rules_s = min(read_s, read(reader)), min(rules_s, read(rules))
    one, two = (min(_measure_steady(texts, processes) for _ in range(2)) for processes in (1, 2))
    return {
        "share_of_spacy": whole_s / read_s,
        "together_a_second": 1 / two,
        "documents_a_second": len(texts) / read_s,
        "rules_a_second": len(texts) / rules_s,
        "spacy_a_second": len(texts) / whole_s,
        "parse_a_second": len(texts) / parse_s,
        "two_processes": one / two,
        "peak_mb": peak_mb / 1e6,
    }


def _load_spacy(model: str, without: Sequence[str] = ()) -> Language:
    """Load spaCy, as fast as the product runs it: without BLIS where that can be."""
    nlp = spacy.load(model, exclude=without)
    for _, component in nlp.pipeline:
        for node in getattr(getattr(component, "model", None), "walk", tuple)():
            if hasattr(node.ops, "use_blis"):
                node.ops.use_blis = False
    return nlp


def _peak_rss_kb() -> int:
    for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1])
    return 0


def _measure_steady(texts: list[str], processes: int) -> float:
    """Return seconds a document once all processes are at work: start-up is the same for each and is left out."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reports.jsonl"
        rows = [{"id": str(index), "date": "2025-10-31", "event_text": text} for index, text in enumerate(texts * 2)]
        path.write_bytes(b"".join(msgspec.json.encode(row) + b"\n" for row in rows))
        stamps = list(_stamp(iter(read_all([str(path)], Settings(processes=processes)))))
    skip = len(stamps) // 4
    return (stamps[-1] - stamps[skip]) / (len(stamps) - 1 - skip)


def _stamp(reports: Iterator[object]) -> Iterator[float]:
    for _ in reports:
        yield time.perf_counter()


def _render(results: dict[str, float]) -> str:
    lines = [
        "# Speed",
        "",
        "Written by `make bench`; do not edit. Ratios are of one run and travel between machines; absolute times",
        "do not. The set is 200 invented reports of about 400 words (`bench/reports.py`). Peak memory is that of a",
        "process which has read all of them and holds the model, the tables and the index.",
        "",
        f"Measured on {datetime.now(UTC):%Y-%m-%d} at commit `{get_commit()}`, {os.cpu_count()} cores,"
        f" {platform.machine()}, Python {platform.python_version()}.",
        "",
        "| what | measured | asked |",
        "|---|---|---|",
    ]
    for limit in LIMITS:
        value = results[limit.key]
        asked = "" if limit.most is None else f"at most {limit.most:g}"
        asked = asked if limit.least is None else f"at least {limit.least:g}"
        lines.append(
            f"| {limit.what} | {value:.2f} {limit.unit} | {asked}{'' if limit.holds(value) else ' (missed)'} |"
        )
    lines += [
        "",
        "Peers, measured elsewhere on two cores: Universal PETRARCH with a spaCy parse 27–37 sentences a second;",
        "Citron with its parse about 600 words a second; spaCy's full small pipeline 9.9 articles of 410 words a",
        "second and core, its tagger and parser alone 34.",
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
