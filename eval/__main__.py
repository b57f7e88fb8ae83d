"""``make eval``: measures every set of the gold that is there and writes ``docs/quality.md`` and the results.

A set that is not there is skipped and named. The sealed parts have the same names and layout, so that the same command
measures them where ``REPORTEDLY_GOLD`` points at them.
"""

import argparse
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from eval.ablation import measure_ablation
from eval.attribution import measure_bio, measure_polnear
from eval.claims import measure_claims, measure_venezuela
from eval.copies import measure_copies
from eval.coreference import measure_coreference
from eval.event_type import measure_event_type
from eval.factuality import measure_factuality
from eval.fakes_syria import measure_fakes_syria
from eval.figures import make_figure_reader, measure_figures
from eval.gold import gold_path
from eval.incidents import measure_incidents
from eval.independence import measure_independence, open_tools
from eval.pages import measure_pages
from eval.places import measure_event_place, measure_places
from eval.quality import PAGE, RESULTS, write_results
from eval.stories import measure_stories
from eval.times import measure_times
from reportedly.clean import open_clean
from reportedly.config import Settings
from reportedly.extract.cues import open_cues
from reportedly.extract.encode import open_encoder
from reportedly.extract.events import open_events
from reportedly.extract.figures import open_figures
from reportedly.extract.parse import open_parser
from reportedly.extract.place_lexicon import open_places
from reportedly.extract.status_cues import open_status
from reportedly.extract.times import open_times
from reportedly.ground.gazetteer import open_gazetteer
from reportedly.pipeline import Reader

Intervals = Mapping[str, tuple[float, float]]


class Task(msgspec.Struct, frozen=True):
    """One set: the path that must be there, the key of its results, and what measures it."""

    key: str
    needs: str
    measure: Callable[[Path], tuple[Mapping[str, Any], Intervals]]


def make_tasks() -> tuple[Task, ...]:
    """Open what is measured and list the sets in the order of the page."""
    settings = Settings()
    reader, encoder = Reader(settings), open_encoder()
    rules = Reader(msgspec.structs.replace(settings, encoder="off"))
    parser, cues, status, figures = open_parser(settings.model), open_cues(), open_status(), open_figures()
    events, gazetteer, places = open_events(), open_gazetteer(settings), open_places()
    return (
        Task("claims", "claims/dev.jsonl", lambda gold: measure_claims(gold, reader)),
        Task(
            "ablation",
            "claims/dev.jsonl",
            lambda gold: (
                measure_ablation(gold, {"rules": rules, "both": reader}, parser, events, status, encoder),
                {},
            ),
        ),
        Task("venezuela", "venezuela/claims.jsonl", lambda gold: (measure_venezuela(gold, reader), {})),
        Task(
            "event_type",
            "event_type/plv_dev.tsv",
            lambda gold: measure_event_type(gold, parser, events, status, encoder),
        ),
        Task("attribution", "attribution/polnear_train_dev.tar.gz", lambda gold: measure_polnear(gold, parser, cues)),
        Task(
            "attribution_bio", "attribution/polnear_bio/valid.txt", lambda gold: (measure_bio(gold, parser, cues), {})
        ),
        Task("factuality", "factuality/UW/dev.jsonl", lambda gold: measure_factuality(gold, parser, status, encoder)),
        Task("places", "places/GWN.xml", lambda gold: measure_places(gold, parser, places, gazetteer)),
        Task(
            "event_place",
            "places/event_location_dev.jsonl.gz",
            lambda gold: (measure_event_place(gold, parser, places, gazetteer), {}),
        ),
        Task("time", "time/timebank_aquaint.tar.gz", lambda gold: measure_times(gold, parser, open_times())),
        Task(
            "figures",
            "figures/gva_counts_train_dev.tar.gz",
            lambda gold: measure_figures(gold, make_figure_reader(parser, figures)),
        ),
        Task("incidents", "incidents/muc4_dev.jsonl", lambda gold: measure_incidents(gold, reader)),
        Task("pages", "pages/news_pages.json", lambda gold: measure_pages(gold, open_clean(settings))),
        Task("copies", "", measure_copies),
        Task("independence", "", lambda gold: (measure_independence(open_tools(settings)), {})),
        Task("stories", "stories", measure_stories),
        Task("coreference", "stories", lambda gold: measure_coreference(gold, parser)),
        Task("fakes_syria", "figures/fakes_syria_dev.csv", lambda gold: measure_fakes_syria(gold, reader)),
    )


def main() -> int:
    """Measure; exit status 0 also where sets are missing, for they are named on the page and in the output."""
    options = argparse.ArgumentParser(prog="python -m eval", description="Measure quality against the gold.")
    options.add_argument("sets", nargs="*", help="only these (keys of the results); the page is then left alone")
    chosen = options.parse_args().sets
    gold = gold_path()
    if not gold.is_dir():
        print(f"eval: SKIPPED, there is no gold at {gold} (REPORTEDLY_GOLD)")
        return 0
    results: dict[str, Any] = {}
    intervals: dict[str, tuple[float, float]] = {}
    skipped: dict[str, str] = {}
    seconds: dict[str, float] = {}
    for task in make_tasks():
        if chosen and task.key not in chosen:
            continue
        if not (gold / task.needs).exists():
            skipped[task.key] = f"`{task.needs}` is not there"
            print(f"{task.key}: SKIPPED, {skipped[task.key]}")
            continue
        start = time.perf_counter()
        values, spread = task.measure(gold)
        results[task.key] = values
        intervals |= spread
        seconds[task.key] = time.perf_counter() - start
        print(f"{task.key} ({seconds[task.key]:.0f} s): {msgspec.json.encode(values).decode()}", flush=True)
    if not chosen:
        write_results(results, intervals, skipped, seconds)
        print(f"written: {RESULTS}, {PAGE}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
