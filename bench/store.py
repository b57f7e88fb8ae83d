"""Times the store at scale: adding, filters over claims, search; one writer or several.

``python -m bench.store --reports 100000`` fills a database with reports of twenty claims each and times what
``docs/store.md`` promises. Reading reports is not timed here: a few are read once and copied under other dates, actors,
places, outlets and voices, so that filters leave what they would in earnest, from a handful of claims to every third.
"""

import argparse
import multiprocessing
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from hashlib import blake2b
from itertools import islice
from pathlib import Path

import msgspec

from bench.reports import make_reports
from reportedly.pipeline import Reader
from reportedly.records.claim import Claim, Source, Status
from reportedly.records.document import Document, Publication, TimePrecision
from reportedly.records.grounding import (
    CalendarInterval,
    GroundedActor,
    GroundedPlace,
    GroundedSource,
    Grounding,
    PlaceCandidate,
    SourceKind,
)
from reportedly.records.ontology import EventType
from reportedly.records.query import ClaimOrder, ClaimQuery
from reportedly.records.report import Report
from reportedly.records.spans import Field
from reportedly.store import Publisher, open_store

CLAIMS = 20
"""Claims a report."""
BATCH = 100
"""Reports a transaction."""
WINDOW = 2000
"""Reports over which the time of one is taken, before each mark."""
REPEATS = 15
"""Times that a filter is asked for, each with other values."""
FIRST = date(2025, 7, 1)
DAYS = 123
_COUNTRIES = [f"{chr(65 + i // 26)}{chr(65 + i % 26)}" for i in range(200)]
_CODES = [f"{country}X" for country in _COUNTRIES]
_SECTORS = ("", "/GOV", "/MIL", "/REB", "/CIV")
_OUTLETS = [f"Outlet {number}" for number in range(400)]
_VOICES = [f"voice {number}" for number in range(3000)]
_WORDS = [f"w{number:05d}" for number in range(40_000)]


def read_seeds(count: int = 20) -> list[Report]:
    """Read the reports that all others are copies of."""
    reader = Reader()
    reports = [reader.read(text, published="2025-10-31") for text in make_reports(count)]
    return [report for report in reports if len(report.claims) >= CLAIMS]


def make_report(seeds: Sequence[Report], number: int) -> Report:
    """Return report ``number``: the same for the same seeds."""
    rng = random.Random(number)
    seed = seeds[number % len(seeds)]
    assert seed.document is not None
    words = " ".join(_pick(rng, _WORDS) for _ in range(12))
    published = FIRST + timedelta(days=rng.randrange(DAYS), seconds=rng.randrange(86400))
    document_id = _make_id("document", number)
    document = msgspec.structs.replace(
        seed.document,
        id=document_id,
        text=f"{seed.document.text}\n{words}.",
        address=f"https://outlet.example/{number}",
        title=f"{words[:11]} {number}",
        published=Publication(f"{published}T08:00:00Z", TimePrecision.SECOND, False, "given", True),
    )
    groundings = {grounding.claim_id: grounding for grounding in seed.groundings}
    pairs = [
        _vary(rng, claim, groundings[claim.id], document, f"{number}|{rank}", published)
        for rank, claim in enumerate(seed.claims[:CLAIMS])
    ]
    return Report(document, tuple(pair[0] for pair in pairs), groundings=tuple(pair[1] for pair in pairs))


def _vary(
    rng: random.Random, claim: Claim, grounding: Grounding, document: Document, name: str, published: date
) -> tuple[Claim, Grounding]:
    claim_id = _make_id("claim", name)
    voice = _pick(rng, _VOICES)
    chain = (Source(voice, claim.sentence),) if rng.random() < 0.6 else ()
    place = rng.randrange(int(5000 * rng.random()) + 1)
    status = (
        claim.status if rng.random() < 0.7 else msgspec.structs.replace(claim.status, value=rng.choice(list(Status)))
    )
    event_type: Field[EventType] = claim.type
    if rng.random() < 0.3:
        event_type = msgspec.structs.replace(claim.type, value=rng.choice(list(EventType)))
    return (
        msgspec.structs.replace(
            claim, id=claim_id, document_id=document.id, chain=chain, status=status, type=event_type
        ),
        msgspec.structs.replace(
            grounding,
            claim_id=claim_id,
            actors=tuple(GroundedActor(actor.value, (_make_code(rng),)) for actor in claim.actors),
            recipients=tuple(GroundedActor(actor.value, (_make_code(rng),)) for actor in claim.recipients),
            sources=(GroundedSource(voice, SourceKind.OFFICIAL, False, code=_make_code(rng)),) if chain else (),
            places=tuple(_make_place(place) for _ in claim.places),
            time=_make_time(rng, published) if rng.random() < 0.7 else None,
        ),
    )


def _make_id(*parts: object) -> str:
    return blake2b("|".join(map(str, parts)).encode(), digest_size=10).hexdigest()


def _pick(rng: random.Random, values: Sequence[str]) -> str:
    """Pick a value: few are common, most are rare."""
    return values[int(len(values) * rng.random() ** 3)]


def _make_code(rng: random.Random) -> str:
    return _pick(rng, _CODES) + rng.choice(_SECTORS)


def _make_place(number: int) -> GroundedPlace:
    country = _COUNTRIES[number % len(_COUNTRIES)]
    name = f"Town {number}"
    return GroundedPlace(
        name, (PlaceCandidate(f"geonames:{number}", name, "city", country, None, 10.0, 20.0, 5.0, 0.9),)
    )


def _make_time(rng: random.Random, published: date) -> CalendarInterval:
    start = published - timedelta(days=int(30 * rng.random() ** 4))
    length = rng.choice((0, 0, 0, 0, 0, 0, 6, 30, 365))
    end = start + timedelta(days=length)
    return CalendarInterval(start.isoformat(), end.isoformat(), "day", start.isoformat())


def fill(url: str, seeds: Sequence[Report], numbers: Iterator[int], marks: Sequence[int] = ()) -> dict[int, float]:
    """Add reports; return, for each mark, the seconds of processor that one took in the window before it."""
    spent: list[float] = []
    taken: dict[int, float] = {}
    with open_store(url) as store:
        while some := list(islice(numbers, BATCH)):
            reports = [make_report(seeds, number) for number in some]
            start = time.process_time()
            with store.writing() as writer:
                for report in reports:
                    assert report.document is not None
                    writer.add_report(report, Publisher(_OUTLETS[int(report.document.id[:8], 16) % len(_OUTLETS)]))
            spent.append((time.process_time() - start) / len(some))
            done = len(spent) * BATCH
            if done in marks:
                taken[done] = statistics.mean(spent[-max(1, min(WINDOW, done) // BATCH) :])
                print(f"  {done:>7} reports: {taken[done] * 1000:.2f} ms a report, {_peak_mb():.0f} MB", flush=True)
    return taken


def _make_window(rng: random.Random, days: int) -> tuple[str, str]:
    start = FIRST + timedelta(days=rng.randrange(DAYS - days))
    return start.isoformat(), (start + timedelta(days=days - 1)).isoformat()


def _ask_window(rng: random.Random, days: int) -> ClaimQuery:
    since, until = _make_window(rng, days)
    return ClaimQuery(since=since, until=until)


def _ask_published(rng: random.Random, days: int) -> ClaimQuery:
    since, until = _make_window(rng, days)
    return ClaimQuery(published_since=since, published_until=until)


Ask = Callable[[random.Random], ClaimQuery]
QUERIES: dict[str, Ask] = {
    "no filter": lambda rng: ClaimQuery(),
    "type": lambda rng: ClaimQuery(types=(rng.choice(list(EventType)),)),
    "status": lambda rng: ClaimQuery(statuses=(rng.choice(list(Status)),)),
    "type and status": lambda rng: ClaimQuery(
        types=(rng.choice(list(EventType)),), statuses=(rng.choice(list(Status)), rng.choice(list(Status)))
    ),
    "actor": lambda rng: ClaimQuery(actors=(_make_code(rng),)),
    "either of three parties": lambda rng: ClaimQuery(parties=(_make_code(rng), _make_code(rng), _make_code(rng))),
    "actor and recipient": lambda rng: ClaimQuery(
        actors=(_pick(rng, _CODES),), recipients=(_pick(rng, _CODES), _pick(rng, _CODES))
    ),
    "country": lambda rng: ClaimQuery(countries=(rng.choice(_COUNTRIES),)),
    "place": lambda rng: ClaimQuery(places=(f"geonames:{rng.randrange(2000)}",)),
    "event on a day": lambda rng: _ask_window(rng, 1),
    "event in a week": lambda rng: _ask_window(rng, 7),
    "event in two months": lambda rng: _ask_window(rng, 60),
    "published in a week": lambda rng: _ask_published(rng, 7),
    "outlet": lambda rng: ClaimQuery(publishers=(rng.choice(_OUTLETS),)),
    "voice": lambda rng: ClaimQuery(voices=(_pick(rng, _VOICES),)),
    "hedged, originals, latest": lambda rng: ClaimQuery(hedged=True, originals=True, latest=True),
    "text, common words": lambda rng: ClaimQuery(text="troops OR warships"),
    "text and actor": lambda rng: ClaimQuery(text='"defence ministry"', actors=(_make_code(rng),)),
    "actor, status, a week": lambda rng: msgspec.structs.replace(
        _ask_window(rng, 7), actors=(_pick(rng, _CODES),), statuses=(rng.choice(list(Status)),)
    ),
    "actor, country, published in a week": lambda rng: msgspec.structs.replace(
        _ask_published(rng, 7), actors=(_pick(rng, _CODES),), countries=(rng.choice(_COUNTRIES),)
    ),
    "actor, latest first": lambda rng: ClaimQuery(actors=(_make_code(rng),), order=ClaimOrder.LATEST),
    "actor, by event time": lambda rng: ClaimQuery(actors=(_make_code(rng),), order=ClaimOrder.EVENT_TIME),
    "recorded since, an actor": lambda rng: ClaimQuery(
        actors=(_make_code(rng),), recorded_since="2026-01-01T00:00:00Z", order=ClaimOrder.RECORDED
    ),
}


def time_queries(url: str) -> None:
    """Tell, for each kind of filter, how long the first fifty claims take, and how many there are."""
    print(f"  {'first 50 claims, ms':<38} {'cpu':>8} {'median':>8} {'worst':>8}  found")
    with open_store(url) as store, store.reading() as view:
        for name, ask in QUERIES.items():
            rng = random.Random(name)
            spent, busy, found = [], [], []
            for _ in range(REPEATS):
                query = msgspec.structs.replace(ask(rng), limit=50)
                start, cpu = time.perf_counter(), time.process_time()
                found.append(len(view.find_claims(query)))
                busy.append((time.process_time() - cpu) * 1000)
                spent.append((time.perf_counter() - start) * 1000)
            told = statistics.median(busy), statistics.median(spent), max(spent), statistics.mean(found)
            print(f"  {name:<38} {told[0]:8.1f} {told[1]:8.1f} {told[2]:8.1f} {told[3]:6.1f}", flush=True)
        for name, words in (("search, two common words", "harbour wire"), ("search, a rare word", _WORDS[20_000])):
            cpu = time.process_time()
            hits = view.search(words)
            print(f"  {name:<38} {(time.process_time() - cpu) * 1000:8.1f} {'':17} {len(hits):6}")
        cpu = time.process_time()
        count = view.count_claims(ClaimQuery(types=(EventType.ASSAULT,)))
        print(f"  {'counting ' + str(count):<38} {(time.process_time() - cpu) * 1000:8.1f}", flush=True)


def time_walk(url: str, most: int = 100_000) -> None:
    """Walk through claims one after another and tell how memory grows."""
    with open_store(url) as store, store.reading() as view:
        before, start = _peak_mb(), time.perf_counter()
        count = sum(1 for _ in islice(view.iterate_claims(ClaimQuery()), most))
        print(f"  {count} claims in {time.perf_counter() - start:.1f} s, {_peak_mb() - before:.0f} MB more", flush=True)


def _fill_part(url: str, seeds: list[Report], first: int, reports: int, writers: int) -> None:
    fill(url, seeds, iter(range(first, reports, writers)))


def fill_together(url: str, seeds: list[Report], reports: int, writers: int) -> float:
    """Add reports with several processes at once, some of them twice; return the seconds that one took."""
    open_store(url).close()
    context = multiprocessing.get_context("fork")
    start = time.perf_counter()
    parts = [context.Process(target=_fill_part, args=(url, seeds, i, reports, writers)) for i in range(writers)]
    parts.append(context.Process(target=_fill_part, args=(url, seeds, 0, reports // 10, 1)))
    for part in parts:
        part.start()
    for part in parts:
        part.join()
        assert part.exitcode == 0
    spent = (time.perf_counter() - start) / reports
    with open_store(url) as store:
        with store.reading() as view:
            counts = view.count()
        assert (counts.documents, counts.claims) == (reports, reports * CLAIMS), counts
        print(f"  {reports} reports by {writers + 1} writers: {spent * 1000:.2f} ms a report; nothing lost or doubled")
    return spent


def _peak_mb() -> float:
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def main() -> int:
    """Fill a database and time it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument(
        "--db", help="file or address; must not exist yet, or be empty (default: a file that is removed)"
    )
    parser.add_argument("--writers", type=int, default=1, help="processes that add at once (PostgreSQL)")
    parser.add_argument("--keep", action="store_true", help="time queries of a database that is full already")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = options.db or os.path.join(folder, "ledger.db")  # noqa: PTH118
        if not options.keep:
            seeds = read_seeds()
            marks = [mark for mark in (1_000, 10_000, 30_000, 100_000) if mark <= options.reports]
            if options.writers > 1:
                fill_together(url, seeds, options.reports, options.writers)
            else:
                fill(url, seeds, iter(range(options.reports)), marks)
        if "://" not in url:
            print(f"  {os.path.getsize(url) / 1e6:.0f} MB on disk")  # noqa: PTH202
        time_queries(url)
        time_walk(url)
    return 0


if __name__ == "__main__":
    sys.exit(main())
