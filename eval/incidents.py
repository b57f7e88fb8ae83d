"""Claims of whole reports against the filled templates of MUC-4 (attacks in Latin America, 1988 to 1991).

The texts are in capitals, broken into lines, behind a ``[TEXT]`` mark. They are read in sentence case, paragraphs
joined, without what stands before the mark: the capitals are the wire's, and are not what is measured.

- type: BOMBING is answered by ASSAULT with explosives, suicide-attack, aerial, heavy-weapons or drone; KIDNAPPING and
  HIJACKING by ASSAULT abduct; ARSON by ASSAULT destroy; ROBBERY by COERCE seize; FORCED WORK STOPPAGE by PROTEST;
  ATTACK by any ASSAULT. Where a document has no such claim, all of ASSAULT answer.
- stage: of each type that a document's templates have, the stages they hold against the stages of the claims that
  answer: ACCOMPLISHED where one occurred, is ongoing or historical; THREATENED where one is threatened or the document
  tells of a threat (THREATEN, of whatever: the codebook codes a threat as an act of its own); ATTEMPTED where one is
  negated and none happened. Macro-F1 over the three. A template that allows two stages takes either.
- killed, injured: a document's number is the sum over its templates, targets of one wording counted once; ours is the
  sum over its claims that happened, equal figures counted once. Templates count every victim, also where the text
  gives no number: a claim of killing without a figure counts its recipients, once for each name, a plural as two.
  Right where ours lies within the bounds of the gold ("PLURAL" is two or more, "?" may be none).

Documents without templates are left out: their events lie outside that task rather than not having happened.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from eval.bootstrap import interval
from reportedly.pipeline import Reader
from reportedly.records.claim import Claim, Status
from reportedly.records.ontology import EventType

Template = Mapping[str, list[str]]

STAGES = ("ACCOMPLISHED", "ATTEMPTED", "THREATENED")
MODES: dict[str, frozenset[str]] = {
    "BOMBING": frozenset({"explosives", "suicide-attack", "aerial", "heavy-weapons", "drone"}),
    "KIDNAPPING": frozenset({"abduct"}),
    "HIJACKING": frozenset({"abduct"}),
    "ARSON": frozenset({"destroy"}),
    "ROBBERY": frozenset({"seize"}),
}
HAPPENED = frozenset({Status.OCCURRED, Status.ONGOING, Status.HISTORICAL})
_KILLING = re.compile(r"kill|murder|assassinat|massacre|slay|slain|execut|gunned down|shot dead", re.IGNORECASE)
_SENTENCE_START = re.compile(r"((?:^|\n|[.!?]\"?\s+)\"?)([a-z])")
_TARGET = re.compile(r"^(?P<optional>\? ?)?(?P<value>[^:]*?)(?::\s*(?P<name>.*))?$", re.DOTALL)


class Answered(msgspec.Struct, frozen=True):
    """One document: stages held and predicted for each of its types, and whether its numbers are right."""

    stages: tuple[tuple[frozenset[str], frozenset[str]], ...]
    killed: bool
    injured: bool


def measure_incidents(gold: Path, reader: Reader) -> tuple[dict[str, float], dict[str, tuple[float, float]]]:
    """Score stage macro-F1 and exact numbers killed and injured on the MUC-4 part that is there, with intervals."""
    answered = [_answer(row, reader) for row in _read_rows(gold) if row["templates"]]
    figures: dict[str, Callable[[Sequence[Answered]], float]] = {
        "stage_macro_f1": score_stages,
        "threatened_recall": lambda sample: recall_stage(sample, "THREATENED"),
        "attempted_recall": lambda sample: recall_stage(sample, "ATTEMPTED"),
        "killed_exact": lambda sample: sum(item.killed for item in sample) / len(sample),
        "injured_exact": lambda sample: sum(item.injured for item in sample) / len(sample),
    }
    return (
        {name: statistic(answered) for name, statistic in figures.items()},
        {f"incidents.{name}": interval(answered, statistic) for name, statistic in figures.items()},
    )


def score_stages(sample: Sequence[Answered]) -> float:
    """Return the mean F1 of the stages that the templates of a sample hold; 0 where it has none."""
    pairs = [pair for item in sample for pair in item.stages]
    scores = []
    for stage in STAGES:
        right = sum(stage in held and stage in predicted for held, predicted in pairs)
        missed = sum(stage in held and stage not in predicted for held, predicted in pairs)
        wrong = sum(stage in predicted and stage not in held for held, predicted in pairs)
        if right + missed:
            scores.append(2 * right / (2 * right + missed + wrong))
    return sum(scores) / len(scores) if scores else 0.0


def recall_stage(sample: Sequence[Answered], stage: str) -> float:
    """Return the part found of what the templates of a sample hold in one stage; 0 where they hold none."""
    found = [stage in predicted for item in sample for held, predicted in item.stages if stage in held]
    return sum(found) / len(found) if found else 0.0


def _read_rows(gold: Path) -> Iterator[dict[str, Any]]:
    path = next(path for path in sorted((gold / "incidents").glob("muc4_*.jsonl")) if "train" not in path.name)
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def prepare_text(text: str) -> str:
    """Put a wire text in capitals into sentence case, its lines joined into paragraphs."""
    paragraphs = re.split(r"\n\s*\n", text.split("[TEXT]")[-1].lower())
    joined = "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)
    return _SENTENCE_START.sub(lambda match: match[1] + match[2].upper(), joined)


def _answer(row: Mapping[str, Any], reader: Reader) -> Answered:
    claims = reader.read(prepare_text(row["text"])).claims
    templates: list[Template] = row["templates"]
    allowed: dict[str, list[tuple[str, ...]]] = {}
    for template in templates:
        stages = _split(template.get("INCIDENT: STAGE OF EXECUTION", ["ACCOMPLISHED"])[0])
        allowed.setdefault(_split(template["INCIDENT: TYPE"][0])[0], []).append(stages)
    return Answered(
        stages=tuple(_match_stages(either, find_stages(claims, kind)) for kind, either in allowed.items()),
        killed=_is_within(sum_claims(claims, "killed"), sum_targets(templates, "DEATH")),
        injured=_is_within(sum_claims(claims, "injured"), sum_targets(templates, "INJURY")),
    )


def _match_stages(
    allowed: Sequence[tuple[str, ...]], predicted: frozenset[str]
) -> tuple[frozenset[str], frozenset[str]]:
    """Settle templates that allow two stages by what is predicted."""
    held = {next((stage for stage in stages if stage in predicted), stages[0]) for stages in allowed}
    return frozenset(held), predicted


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip(" ?") for part in text.split("/"))


def find_stages(claims: Sequence[Claim], kind: str) -> frozenset[str]:
    """Return the stages of execution that a document's claims give to one type of template."""
    answering = [claim for claim in claims if _is_of(claim, kind)]
    answering = answering or [claim for claim in claims if claim.type.value is EventType.ASSAULT]
    statuses = {claim.status.value for claim in answering}
    found = set()
    if statuses & HAPPENED:
        found.add("ACCOMPLISHED")
    elif Status.NEGATED in statuses:
        found.add("ATTEMPTED")
    told = any(claim.type.value is EventType.THREATEN and claim.status.value in HAPPENED for claim in claims)
    if told or Status.THREATENED in statuses:
        found.add("THREATENED")
    return frozenset(found)


def _is_of(claim: Claim, kind: str) -> bool:
    if kind == "FORCED WORK STOPPAGE":
        return claim.type.value is EventType.PROTEST
    if claim.type.value is not (EventType.COERCE if kind == "ROBBERY" else EventType.ASSAULT):
        return False
    return kind not in MODES or any(mode.value in MODES[kind] for mode in claim.modes)


def sum_claims(claims: Sequence[Claim], key: str) -> int:
    """Add up the distinct figures of a key of the claims that happened, and those killed without a number."""
    told: dict[tuple[int | None, int | None], int] = {}
    named: dict[str, int] = {}
    for claim in claims:
        if claim.status.value not in HAPPENED:
            continue
        figures = [field.value for field in claim.figures if field.value.key == key]
        for figure in figures:
            told[figure.low, figure.high] = figure.low or figure.high or 0
        if key == "killed" and not figures and _KILLING.search(claim.trigger.value):
            for recipient in claim.recipients:
                name = recipient.value.split()[-1].lower()
                named[name] = 2 if name.endswith("s") and recipient.value[1:].islower() else 1
    return sum(told.values()) + sum(named.values())


def sum_targets(templates: Sequence[Template], effect: str) -> tuple[int, int | None]:
    """Return the bounds of how many people met an effect, summed over templates, targets of one wording once."""
    counted: dict[str, tuple[int, int | None]] = {}
    for template in templates:
        numbers: dict[str, list[tuple[int, int | None]]] = {}
        for entry in template.get("HUM TGT: NUMBER", []):
            match = _TARGET.match(entry)
            if match is not None:
                numbers.setdefault(match["name"] or "", []).append(_read_count(match["value"]))
        # Of one wording, the last effect goes with the last number, the one before it with the one before.
        for entry in reversed(template.get("HUM TGT: EFFECT OF INCIDENT", [])):
            match = _TARGET.match(entry)
            if match is None:
                continue
            told = numbers.get(match["name"] or "", [])
            low, high = told.pop() if len(told) > 1 else told[0] if told else (1, 1)
            if effect not in [part.strip(" ?") for part in match["value"].split("/")]:
                continue
            sure = not match["optional"] and "/" not in match["value"]
            counted[match["name"] or ""] = (low if sure else 0, high)
    lows, highs = [low for low, _ in counted.values()], [high for _, high in counted.values()]
    return sum(lows), None if None in highs else sum(high or 0 for high in highs)


def _read_count(text: str) -> tuple[int, int | None]:
    """Read "3", "~100", "23 -", "- 15", "5/6", "PLURAL", alternatives parted by a slash."""
    bounds = [_read_one(part.strip(" ?")) for part in text.split("/")]
    highs = [high for _, high in bounds]
    return min(low for low, _ in bounds), None if None in highs else max(high or 0 for high in highs)


def _read_one(text: str) -> tuple[int, int | None]:
    digits = [int(number) for number in re.findall(r"\d+", text)]
    if not digits:
        return (2, None) if "PLURAL" in text else (1, 1)
    if text.rstrip().endswith("-"):
        return digits[0], None
    if text.lstrip().startswith("-"):
        return 0, digits[0]
    return digits[0], digits[-1]


def _is_within(number: int, bounds: tuple[int, int | None]) -> bool:
    return bounds[0] <= number and (bounds[1] is None or number <= bounds[1])
