"""Civilians killed, of whole reports on the war in Syria, and which reports of one day and place contradict each other.

Each report is read by the product; how its one number of killed civilians is composed belongs to the evaluation:

- Figures of the key ``killed`` of claims that occurred or are ongoing, of this event or a series, count; figures newly
  added do not. A number that the reader gives to the killed and to the injured alike is left out.
- A figure counts *fighters* where its unit, or without a unit who the claim is done to, is one of ``FIGHTERS``;
  *civilians* where the unit says so; else *people*. The set counts people of whom nothing more is said as civilians.
  One number told twice in a report counts the same people: where one telling says who they are, so do the others.
- The report's event is the one whose dead are told of first, with what is told within ``NEAR`` characters of it: the
  largest number of civilians there, or else of people; where only fighters are told of, none.
- The set writes bare numbers: "more than 80" (81 or more in our records) is 80 there, "at least 80" is 80.

The title is part of the text in this set. Texts are read to their first ``READ`` characters, at the end of a sentence:
what comes after is background.

Pairs: reports of the same ``date`` and ``location`` of the set. A pair contradicts where the set's counts of killed
civilians differ: both cannot be the number of civilians killed there that day. It is found where both readings give a
number and the two differ. ``every_pair_p`` is the precision of calling every pair a contradiction. Beside it stand a
stricter gold, in which both reports must tell of killed civilians (``conflict_both_*``: a report of fighters' deaths
counts no civilians, and need not say there were none), and the product's own bounds, by which "at least 20" and 25 go
together (``conflict_bounds_*``).
"""

import csv
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from pathlib import Path

import msgspec

from eval.bootstrap import interval
from reportedly.link.alike import are_compatible
from reportedly.pipeline import Reader
from reportedly.records.claim import Claim, Figure, Scope, Status
from reportedly.records.spans import Field, Span

NEAR = 300
READ = 2000
FIGHTERS = frozenset(
    (
        "fighter fighters militant militants terrorist terrorists soldier soldiers troop troops trooper troopers rebel "
        "rebels jihadist jihadists gunman gunmen insurgent insurgents force forces officer officers attacker attackers "
        "commander commanders policeman policemen mercenary mercenaries extremist extremists member members element "
        "elements personnel combatant combatants militiaman militiamen serviceman servicemen guard guards guardsmen "
        "guerrilla guerrillas army marines leader leaders takfiri takfiris pilot pilots airman airmen crew"
    ).split()
)
HAPPENED = frozenset({Status.OCCURRED, Status.ONGOING})
COUNTED = frozenset({Scope.THIS, Scope.SERIES})
_MORE = re.compile(r"\b(?:more than|over|above|exceed\w*|upwards? of)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s")

Pair = tuple["Counted", "Counted"]


class Killed(msgspec.Struct, frozen=True):
    """One figure of the killed: where it stands, the number as written, whom it counts, its bounds."""

    at: int
    number: int
    who: str
    figure: Figure


class Counted(msgspec.Struct, frozen=True):
    """One report: the set's number of killed civilians and ours, with the bounds of the figure it comes from."""

    gold: int
    number: int
    figure: Figure | None


def measure_fakes_syria(gold: Path, reader: Reader) -> tuple[dict[str, float], dict[str, tuple[float, float]]]:
    """Score exact numbers of killed civilians and contradicting pairs on the part that is there, with an interval."""
    by_scene: dict[tuple[str, str], list[Counted]] = defaultdict(list)
    for row in read_rows(gold):
        killed = find_killed(reader, row["article_content"], read_day(row["date"]))
        by_scene[row["date"], row["location"]].append(compose(killed, int(row["nb_civilians"])))
    reports = [report for group in by_scene.values() for report in group]
    pairs = [pair for group in by_scene.values() for pair in combinations(group, 2)]

    def exact(sample: Sequence[Counted]) -> float:
        return sum(report.gold == report.number for report in sample) / len(sample)

    values = {"killed_civilians_exact": exact(reports), "pairs": float(len(pairs))}
    values |= _score("conflict", pairs, _differ, _found)
    values |= _score("conflict_both", pairs, lambda pair: _differ(pair) and min(p.gold for p in pair) > 0, _found)
    values |= _score("conflict_bounds", pairs, _differ, _exclude)
    values["every_pair_p"] = sum(map(_differ, pairs)) / len(pairs) if pairs else 0.0
    return values, {"fakes_syria.killed_civilians_exact": interval(reports, exact)}


def read_rows(gold: Path) -> Iterator[dict[str, str]]:
    """Give the rows of the part that is there."""
    path = next(path for path in sorted((gold / "figures").glob("fakes_syria*.csv")))
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def read_day(written: str) -> str:
    """Return a day of the set, month first (``7/10/15``), as ``YYYY-MM-DD``."""
    month, day, year = (int(part) for part in written.split("/"))
    return f"{year if year > 99 else 2000 + year:04d}-{month:02d}-{day:02d}"


def find_killed(reader: Reader, text: str, day: str) -> list[Killed]:
    """Read a report and return its figures of the killed, in text order."""
    report = reader.read(cut_text(text), published=day)
    if report.document is None:
        return []
    hurt = {field.span for claim in report.claims for field in claim.figures if field.value.key == "injured"}
    found: dict[tuple[int, int], Killed] = {}
    for claim in report.claims:
        for field in claim.figures:
            if claim.status.value in HAPPENED and _counts(field) and field.span is not None and field.span not in hurt:
                number = name_number(field.value, field.span, report.document.text)
                killed = Killed(field.span.start, number, find_who(claim, field.value), field.value)
                known = found.get((killed.at, number))
                if known is None or known.who == "people":
                    found[killed.at, number] = killed
    return _spread([found[key] for key in sorted(found)])


def _counts(field: Field[Figure]) -> bool:
    figure = field.value
    return figure.key == "killed" and figure.scope in COUNTED and bool(figure.low or figure.high)


def cut_text(text: str) -> str:
    """Return the head of a text, up to the end of a sentence."""
    if len(text) <= READ:
        return text
    end = next((match.start() for match in _SENTENCE_END.finditer(text, READ)), len(text))
    return text[:end]


def name_number(figure: Figure, span: Span, text: str) -> int:
    """Return the number as it is written: "more than 80" names 80."""
    number = figure.low if figure.low is not None else figure.high or 0
    above = figure.high is None and _MORE.search(span.slice(text)) is not None
    return number - 1 if above else number


def find_who(claim: Claim, figure: Figure) -> str:
    """Say whom a figure counts: ``fighters``, ``civilians`` or ``people``."""
    unit = (figure.unit or "").lower().split()
    told = unit or [word.strip("’'s") for field in claim.recipients for word in field.value.lower().split()]
    if FIGHTERS.intersection(told):
        return "fighters"
    return "civilians" if unit and unit[-1] in ("civilian", "civilians") else "people"


def _spread(killed: Sequence[Killed]) -> list[Killed]:
    """Let what one telling of a number says of the people hold for the others."""
    who = {kind: {item.number for item in killed if item.who == kind} for kind in ("fighters", "civilians")}
    spread = []
    for item in killed:
        kinds = [kind for kind, numbers in who.items() if item.number in numbers]
        told = kinds[0] if item.who == "people" and len(kinds) == 1 else item.who
        spread.append(msgspec.structs.replace(item, who=told))
    return spread


def compose(killed: Sequence[Killed], gold: int) -> Counted:
    """Compose a report's number of killed civilians by the rules of the module's docstring."""
    near = [item for item in killed if item.at <= killed[0].at + NEAR]
    for who in ("civilians", "people"):
        told = [item for item in near if item.who == who]
        if told:
            most = max(told, key=lambda item: item.number)
            return Counted(gold, most.number, most.figure)
    return Counted(gold, 0, None)


def _differ(pair: Pair) -> bool:
    return pair[0].gold != pair[1].gold


def _found(pair: Pair) -> bool:
    return min(report.number for report in pair) > 0 and pair[0].number != pair[1].number


def _exclude(pair: Pair) -> bool:
    one, other = (report.figure for report in pair)
    return one is not None and other is not None and not are_compatible(one, other)


def _score(
    name: str, pairs: Sequence[Pair], gold: Callable[[Pair], bool], found: Callable[[Pair], bool]
) -> dict[str, float]:
    right = sum(gold(pair) and found(pair) for pair in pairs)
    predicted, held = sum(map(found, pairs)), sum(map(gold, pairs))
    return {
        f"{name}_p": right / predicted if predicted else 0.0,
        f"{name}_r": right / held if held else 0.0,
    }
