"""Times adding and linking at scale: ``python -m bench.linking --reports 100000``.

Reading is not timed: reports of the linking corpus (``training/linking``) and of the encoder's (``training/corpus``),
and short ones of ``bench.reports``, are read once and recombined. A made crisis takes one crisis of the linking corpus,
with some of the others, under other names, states, towns and days; each of its reports puts several of them together,
up to about 400 words and twenty claims, and every fifth is carried by a second outlet, whole or cut. Linking sees what
it would see in earnest: many crises at once, each told by a dozen reports that share events, names and figures. Time is
that of the processor, which does not count what else the machine does, and that of the clock.
"""

import argparse
import random
import re
import resource
import string
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from hashlib import blake2b
from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple

import msgspec

from bench import reports
from reportedly.linking import LinkSummary, link_ledger
from reportedly.pipeline import Reader
from reportedly.records.claim import Claim
from reportedly.records.document import Document, Publication, TimePrecision
from reportedly.records.grounding import GroundedActor, GroundedPlace, Grounding
from reportedly.records.report import Report
from reportedly.store import Publisher, Store, open_store
from training.corpus.build import read_reports
from training.linking.build import read_crises

PER_DAY = 250
"""Reports published a day, over all crises."""
PER_CRISIS = 10
"""Reports of one crisis, copies left out."""
WORDS = 320
"""From so many on a made report takes in no more: it then has about 400."""
SIDE, SHORT_SIDE, SHORT_WORDS = 3, 4, 90
"""Told beside a crisis: reports of the encoder's corpus; short ones dense with claims; length of these in words."""
MOST = 4
"""Reports of the corpus that one made report holds, at most."""
BATCH = 500
FIRST = date(2020, 1, 1)
_NAME = re.compile(r"\b[A-Z][a-z]{2,}\b")
_CODES = [f"{a}{b}X" for a in string.ascii_uppercase for b in string.ascii_uppercase]


class Seed(msgspec.Struct, frozen=True):
    """A crisis of the corpus, read, each report with its day, and what else is told beside it."""

    reports: tuple[Report, ...]
    days: tuple[date, ...]
    side: tuple[Report, ...]


def read_seeds(limit: int | None = None) -> list[Seed]:
    """Read the crises of the corpus."""
    reader = Reader()
    beside = read_reports()
    return [
        Seed(
            tuple(reader.read(report.text, published=report.published) for report in crisis.reports),
            tuple(date.fromisoformat(report.published) for report in crisis.reports),
            tuple(
                reader.read(report.text, published=report.published)
                for report in islice(cycle(beside), number * SIDE, (number + 1) * SIDE)
            )
            + tuple(
                reader.read(text, published=crisis.reports[0].published)
                for text in reports.make_reports(SHORT_SIDE, SHORT_WORDS, number)
            ),
        )
        for number, crisis in enumerate(read_crises()[:limit])
    ]


def make_reports(seeds: Sequence[Seed], count: int) -> Iterator[tuple[Report, Publisher]]:
    """Give ``count`` reports, the same for the same seeds, in order of publication of their crises."""
    made = 0
    crisis = 0
    while made < count:
        start = FIRST + timedelta(days=made // PER_DAY)
        for report, publisher in islice(_make_crisis(seeds[crisis % len(seeds)], crisis, start), count - made):
            yield report, publisher
            made += 1
        crisis += 1


def _make_crisis(seed: Seed, number: int, start: date) -> Iterator[tuple[Report, Publisher]]:
    rng = random.Random(number)
    shift = start - min(seed.days)
    for rank in range(PER_CRISIS):
        last = rng.randrange(len(seed.reports))
        order = [last, *(i for i in rng.sample(range(len(seed.reports)), len(seed.reports)) if i <= last and i != last)]
        parts: list[Report] = []
        for part in (*(seed.reports[i] for i in order[:MOST]), *rng.sample(seed.side, len(seed.side))):
            if sum(len(_get_text(other).split()) for other in parts) < WORDS:
                parts.append(part)
        outlet = rng.randrange(300)
        yield _join(parts, number, f"{number}|{rank}", outlet, seed.days[last] + shift), _name(outlet)
        if rank % 5 == 0:
            other = 300 + rng.randrange(300)
            cut = parts if rank % 2 else parts[: max(1, len(parts) - 1)]
            yield _join(cut, number, f"{number}|{rank}|copy", other, seed.days[last] + shift), _name(other)


def _name(outlet: int) -> Publisher:
    return Publisher(name=f"Outlet {outlet}", family=f"Group {outlet // 2}")


def _get_text(report: Report) -> str:
    assert report.document is not None
    return report.document.text


def _join(parts: Sequence[Report], crisis: int, name: str, outlet: int, day: date) -> Report:
    """Put reports together under the names of one made crisis; every span is moved along."""
    rename = _Renaming(crisis)
    text = rename.words("\n\n".join(_get_text(part) for part in parts))
    document_id = _make_id("document", name)
    document = Document(
        id=document_id,
        text=text,
        address=f"https://outlet-{outlet}.example/{name.replace('|', '-')}",
        title=" ".join(text.split()[:9]),
        publisher=f"Outlet {outlet}",
        published=Publication(day.isoformat(), TimePrecision.DAY, False, "given", True),
        versions={"clean": "1"},
    )
    claims: list[Claim] = []
    groundings: list[Grounding] = []
    offset = 0
    for part in parts:
        days = day - _get_day(part)
        for claim, grounding in zip(part.claims, part.groundings, strict=True):
            claim_id = _make_id(claim.id, name)
            moved = rename.move(claim, offset)
            claims.append(
                msgspec.structs.replace(moved, id=claim_id, document_id=document_id, salience=len(claims) + 1)
            )
            groundings.append(rename.ground(grounding, claim_id, days))
        offset += len(_get_text(part)) + 2
    return Report(document, tuple(claims), groundings=tuple(groundings))


def _get_day(report: Report) -> date:
    assert report.document is not None
    assert report.document.published is not None
    return date.fromisoformat(report.document.published.time[:10])


def _make_id(*parts: object) -> str:
    return blake2b("|".join(map(str, parts)).encode(), digest_size=10).hexdigest()


class _Renaming:
    """Other names, states and towns for one crisis; names keep their length, so that spans stay."""

    def __init__(self, crisis: int) -> None:
        self._crisis = crisis
        self._names: dict[str, str] = {}
        self._shift = (crisis % 60 - 30, crisis // 60 % 120 - 60)

    def words(self, text: str) -> str:
        """Rename every word in capitals that is long enough for a name."""
        return _NAME.sub(lambda match: self._rename(match.group()), text)

    def _rename(self, name: str) -> str:
        if name not in self._names:
            rng = random.Random(f"{self._crisis}|{name}")
            letters = "".join(rng.choice("aeiou" if i % 2 else "bdfgklmnprstvz") for i in range(len(name)))
            self._names[name] = letters.capitalize()
        return self._names[name]

    def _code(self, code: str) -> str:
        state, slash, sector = code.partition("/")
        if len(state) != 3 or not state.isupper():
            return self.words(code)
        drawn = int.from_bytes(blake2b(f"{self._crisis}|{state}".encode(), digest_size=4).digest(), "big")
        return f"{_CODES[drawn % len(_CODES)]}{slash}{sector}"

    def move(self, claim: Claim, offset: int) -> Claim:
        """Rename and move a claim."""
        built = msgspec.to_builtins(claim)
        return msgspec.convert(self._walk(built, offset), Claim)

    def _walk(self, value: object, offset: int) -> object:
        if isinstance(value, dict):
            if value.keys() == {"start", "end"}:
                return {"start": value["start"] + offset, "end": value["end"] + offset}
            return {
                key: item if key in ("by", "versions", "type") else self._walk(item, offset)
                for key, item in value.items()
            }
        if isinstance(value, list | tuple):
            return [self._walk(item, offset) for item in value]
        return self.words(value) if isinstance(value, str) else value

    def ground(self, grounding: Grounding, claim_id: str, days: timedelta) -> Grounding:
        """Rename states and towns of a grounding, and move its days."""
        time_ = grounding.time
        if time_ is not None:
            start, end = (_move_day(day, days) for day in (time_.start, time_.end))
            time_ = msgspec.structs.replace(time_, start=start, end=end)
        return msgspec.structs.replace(
            grounding,
            claim_id=claim_id,
            actors=tuple(self._actor(actor) for actor in grounding.actors),
            recipients=tuple(self._actor(actor) for actor in grounding.recipients),
            sources=tuple(
                msgspec.structs.replace(
                    source,
                    text=self.words(source.text),
                    members=tuple(self.words(member) for member in source.members),
                    code=self._code(source.code) if source.code else None,
                )
                for source in grounding.sources
            ),
            places=tuple(self._place(place) for place in grounding.places),
            time=time_,
        )

    def _actor(self, actor: GroundedActor) -> GroundedActor:
        return GroundedActor(self.words(actor.text), tuple(self._code(code) for code in actor.codes))

    def _place(self, place: GroundedPlace) -> GroundedPlace:
        north, east = self._shift
        return GroundedPlace(
            self.words(place.text),
            tuple(
                msgspec.structs.replace(
                    found,
                    id=f"{found.id}-{self._crisis}",
                    name=self.words(found.name),
                    latitude=max(-89.0, min(89.0, found.latitude + north)),
                    longitude=(found.longitude + east + 180) % 360 - 180,
                )
                for found in place.candidates[:1]
            ),
        )


def _move_day(day: str | None, days: timedelta) -> str | None:
    return None if day is None else (date.fromisoformat(day) + days).isoformat()


class Timed(NamedTuple):
    """Seconds of the processor, and of the clock."""

    cpu: float
    wall: float

    def __sub__(self, other: "Timed") -> "Timed":
        return Timed(self.cpu - other.cpu, self.wall - other.wall)

    def say(self, count: int) -> str:
        """Return milliseconds a report, in words."""
        return f"{1000 * self.cpu / count:.1f} ms ({1000 * self.wall / count:.1f} by the clock)"


def _now() -> Timed:
    return Timed(time.process_time(), time.perf_counter())


class Step(msgspec.Struct, frozen=True):
    """Reports added and linked in one go: how many, with how many claims, and what it took."""

    reports: int
    claims: int
    adding: Timed
    linking: Timed
    summary: LinkSummary

    @property
    def cpu_ms(self) -> float:
        """Milliseconds of the processor that a report takes."""
        return 1000 * (self.adding.cpu + self.linking.cpu) / self.reports


def take_step(store: Store, made: Iterator[tuple[Report, Publisher]], count: int) -> Step:
    """Add ``count`` reports and link them."""
    claims, adding = add(store, made, count)
    begun = _now()
    summary = link_ledger(store)
    return Step(count, claims, adding, _now() - begun, summary)


def find_peak_mb() -> float:
    """Return the most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _say(step: Step, done: int, db: str) -> str:
    size = f"; file {Path(db).stat().st_size / 1e6:.0f} MB" if Path(db).exists() else ""
    return (
        f"{done} reports, {step.claims / step.reports:.1f} claims each in the step: "
        f"added {step.adding.say(step.reports)}, linked {step.linking.say(step.reports)} a report; "
        f"{step.summary.events} events, {step.summary.stories} stories; peak {find_peak_mb():.0f} MB{size}"
    )


def add(store: Store, made: Iterator[tuple[Report, Publisher]], count: int) -> tuple[int, Timed]:
    """Add reports, making them first; return how many claims there are and what adding took."""
    spent = Timed(0.0, 0.0)
    claims = 0
    for start in range(0, count, BATCH):
        batch = list(islice(made, min(BATCH, count - start)))
        claims += sum(len(report.claims) for report, _ in batch)
        begun = _now()
        with store.writing() as writer:
            for report, publisher in batch:
                writer.add_report(report, publisher)
        took = _now() - begun
        spent = Timed(spent.cpu + took.cpu, spent.wall + took.wall)
    return claims, spent


def main() -> None:
    """Add and link step by step, and print the time per report and the peak of memory at each step."""
    options = argparse.ArgumentParser(prog="python -m bench.linking", description="Time adding and linking at scale.")
    options.add_argument("--reports", type=int, default=10_000)
    options.add_argument("--step", type=int, default=1_000)
    options.add_argument("--db", help="database; default a file in a temporary folder")
    chosen = options.parse_args()
    made = make_reports(read_seeds(), chosen.reports)
    with tempfile.TemporaryDirectory() as folder:
        db = chosen.db or str(Path(folder) / "linking.db")
        with open_store(db) as store:
            for done in range(chosen.step, chosen.reports + 1, chosen.step):
                print(_say(take_step(store, made, chosen.step), done, db), flush=True)


if __name__ == "__main__":
    main()
