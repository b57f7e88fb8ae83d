"""Factuality of given events, from -3 (did not happen) to +3 (happened): UW, MEANTIME and UDS-IH2.

The event is given as a token; the product reads how it stands. Its reading is a label with axes, not a number, so the
numbers are fitted on the train part of each set: boosted regression trees (Friedman 2001, with the median in the
leaves, since the measure is an absolute error) over what the product itself outputs for the event – status, axes,
stage, hedges, condition – over the trace behind it: classes of the governors, tense, modal, negation, where the walk
up the tree ended – and over what the encoder says of the event, its probabilities cut at ``CUTS``. Values seen fewer
than ``MIN_COUNT`` times in train are left out. Nothing of the sentence's other words is used.
"""

import json
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from eval.bootstrap import interval
from eval.gold import DEVELOPMENT
from reportedly.extract.encode import Encoder
from reportedly.extract.governors import StatusTrace, trace_status
from reportedly.extract.mentions import EventMention, Judgement
from reportedly.extract.parse import Parse, Parser
from reportedly.extract.status import read_status
from reportedly.extract.status_cues import StatusCues
from reportedly.records.claim import derive_status
from reportedly.records.document import Document
from reportedly.records.ontology import EventType
from reportedly.records.spans import Field, Span

SETS = ("UW", "MEANTIME", "UDS_IH2")
MAX_TRAIN_SENTENCES = 3000
MIN_COUNT = 15
ROUNDS = 60
DEPTH = 4
RATE = 0.2
MIN_LEAF = 12
CUTS = (0.05, 0.15, 0.3, 0.5, 0.7, 0.85, 0.95)

Floats = NDArray[np.float64]
_TIGHT = re.compile(r"^(?:n't|n’t|['’](?:s|re|ve|ll|d|m)|[.,;:!?%)\]}]|'')$", re.IGNORECASE)
_PLAIN = {"``": '"', "''": '"', "-LRB-": "(", "-RRB-": ")"}


class Example(msgspec.Struct, frozen=True):
    """One annotated event: what the product says of it, its gold value and the sentence it stands in."""

    features: frozenset[str]
    value: float
    sentence: int


def measure_factuality(
    gold: Path, parser: Parser, cues: StatusCues, encoder: Encoder | None = None, split: str = "dev"
) -> tuple[dict[str, dict[str, float]], dict[str, tuple[float, float]]]:
    """Measure mean absolute error and Pearson's r on each set that is there.

    Returns:
        ``{"UW": {"mae": …, "r": …}, …}`` and bootstrap intervals over sentences, by dotted key.
    """
    scores: dict[str, dict[str, float]] = {}
    intervals: dict[str, tuple[float, float]] = {}
    for name in SETS:
        if (found := measure_set(gold, name, parser, cues, encoder, split)) is not None:
            scores[name] = found[0]
            intervals |= found[1]
    return scores, intervals


def measure_set(
    gold: Path, name: str, parser: Parser, cues: StatusCues, encoder: Encoder | None = None, split: str = "dev"
) -> tuple[dict[str, float], dict[str, tuple[float, float]]] | None:
    """Measure one set, as ``measure_factuality``; None where it is not there."""
    folder = gold / "factuality" / name
    # A sealed part may hold no train part of its own: the mapping is always fitted on the development one.
    fitted_on = next((f for f in (folder, DEVELOPMENT / "factuality" / name) if (f / "train.jsonl").is_file()), None)
    if fitted_on is None or not (folder / f"{split}.jsonl").is_file():
        return None
    train = read_examples(fitted_on / "train.jsonl", parser, cues, encoder, MAX_TRAIN_SENTENCES)
    held = read_examples(folder / f"{split}.jsonl", parser, cues, encoder)
    predicted = predict(train, held)
    return {"mae": _mae(held, predicted), "r": _pearson(held, predicted)}, _intervals(name, held, predicted)


def read_examples(
    path: Path, parser: Parser, cues: StatusCues, encoder: Encoder | None = None, limit: int | None = None
) -> list[Example]:
    """Read a part of a set and the product's reading of every event in it; evenly spread sentences where limited."""
    lines = path.read_text(encoding="utf-8").splitlines()
    step = max(1, -(-len(lines) // limit)) if limit else 1
    examples = []
    for number, line in enumerate(lines[::step]):
        row = json.loads(line)
        text, spans = join_tokens(row["text"].split(" "))
        document = Document(id=str(number), text=text)
        parse = parser.parse(document)
        asked: list[tuple[int, float]] = []
        for target in row["targets"]:
            first, last = target["span1"]
            tokens = parse.tokens_in(Span(spans[first].start, spans[last - 1].end))
            if tokens:
                asked.append((tokens[0].i, float(target["label"])))
        words = [(parse.sentence_of(head).span, parse.tokens[head].span) for head, _ in asked]
        judged = encoder.judge(text, words) if encoder is not None else [None] * len(asked)
        for (head, value), judgement in zip(asked, judged, strict=True):
            features = describe(parse, head, document, cues) | describe_judgement(judgement)
            examples.append(Example(features, value, number))
    return examples


def join_tokens(tokens: Sequence[str]) -> tuple[str, list[Span]]:
    """Undo the tokenisation as far as the parser minds it; the text and the span of each token."""
    text, spans = "", []
    for token in tokens:
        token = _PLAIN.get(token, token)
        if text and not _TIGHT.match(token) and not text.endswith(("(", "$")):
            text += " "
        spans.append(Span(len(text), len(text) + len(token)))
        text += token
    return text, spans


def describe(parse: Parse, head: int, document: Document, cues: StatusCues) -> frozenset[str]:
    """Return what the product says of one event as a set of ``name=value`` features."""
    token = parse.tokens[head]
    event = EventMention(
        head=head,
        trigger=Field(token.text, token.span, "given"),
        types=(Field(EventType.CONSULT, token.span, "given"),),
        evidence=token.span,
    )
    reading = read_status(parse, event, (), document, cues)
    trace = trace_status(parse, head, cues)
    axes = reading.axes.value
    found = {
        f"status={derive_status(axes)}",
        f"polarity={axes.polarity}",
        f"certainty={axes.certainty}",
        f"time={axes.time}",
        f"mood={axes.mood}",
        f"by={reading.axes.by}",
        f"stage={reading.stage.value if reading.stage else None}",
        f"hedged={bool(reading.hedges)}",
        f"condition={reading.condition is not None}",
        *_describe_trace(parse, head, trace),
    }
    return frozenset(found)


def describe_judgement(judgement: Judgement | None) -> frozenset[str]:
    """Return what the encoder says of one event: the cuts that each of its probabilities reaches."""
    if judgement is None:
        return frozenset()
    said: dict[str, float] = {status.value: score for status, score in judgement.statuses.items()}
    said |= {"event": judgement.event, "hedged": judgement.hedged}
    return frozenset(f"{name}>={cut}" for name, value in said.items() for cut in CUTS if value >= cut)


def _describe_trace(parse: Parse, head: int, trace: StatusTrace) -> set[str]:
    token = parse.tokens[head]
    names = [governor.name for governor in trace.governors]
    found = {
        f"tag={token.tag}",
        f"dep={token.dep}",
        f"tense={trace.tense}",
        f"end={trace.end}",
        f"steps={min(len(trace.path), 5)}",
        f"protasis={trace.protasis}",
        f"inner={names[0] if names else None}",
        f"outer={names[-1] if names else None}",
        f"negated={trace.negated is not None}",
        f"hypothetical={trace.hypothetical is not None}",
    }
    found |= {f"governor={name}" for name in names}
    found |= {f"link={governor.name}:{governor.relation}" for governor in trace.governors}
    found |= {f"word={parse.lemma(governor.token)}:{governor.relation}" for governor in trace.governors}
    if trace.modal is not None:
        found.add(f"modal={parse.tokens[trace.modal].lower}")
    if trace.report is not None:
        found.add(f"report={parse.lemma(trace.report)}")
    return found


def predict(train: Sequence[Example], held: Sequence[Example]) -> Floats:
    """Fit boosted trees on ``train`` and return the values for ``held``, within -3 and +3."""
    counts = Counter(feature for example in train for feature in example.features)
    names = sorted(feature for feature, count in counts.items() if MIN_COUNT <= count <= len(train) - MIN_COUNT)
    index = {name: column for column, name in enumerate(names)}
    seen, asked = _matrix(train, index), _matrix(held, index)
    values = np.array([example.value for example in train])
    fitted = np.full(len(train), float(np.median(values)))
    result = np.full(len(held), float(np.median(values)))
    for _ in range(ROUNDS):
        residual = values - fitted
        rows, others = np.arange(len(train)), np.arange(len(held))
        _grow(seen, asked, residual, (rows, others), (fitted, result), DEPTH)
    clipped: Floats = np.clip(result, -3, 3)
    return clipped


def _matrix(examples: Sequence[Example], index: dict[str, int]) -> Floats:
    matrix = np.zeros((len(examples), len(index)))
    for row, example in enumerate(examples):
        matrix[row, [index[feature] for feature in example.features if feature in index]] = 1.0
    return matrix


def _grow(
    seen: Floats,
    asked: Floats,
    residual: Floats,
    rows: tuple[NDArray[np.intp], NDArray[np.intp]],
    outputs: tuple[Floats, Floats],
    depth: int,
) -> None:
    """Grow one tree on ``residual`` and add its leaves to both outputs.

    A split is chosen by squared error on the residuals, clipped at one unit (Huber), so that rare outliers do not
    choose it.
    """
    mine, others = rows
    column = _find_split(seen[mine], np.clip(residual[mine], -1, 1)) if depth else None
    if column is None:
        # Halfway between median and mean: the median serves the absolute error, the mean the correlation.
        step = RATE * (float(np.median(residual[mine])) + float(np.mean(residual[mine]))) / 2
        outputs[0][mine] += step
        outputs[1][others] += step
        return
    left, right = seen[mine, column] > 0, asked[others, column] > 0
    _grow(seen, asked, residual, (mine[left], others[right]), outputs, depth - 1)
    _grow(seen, asked, residual, (mine[~left], others[~right]), outputs, depth - 1)


def _find_split(matrix: Floats, residual: Floats) -> int | None:
    total, count = residual.sum(), float(len(residual))
    ones = matrix.sum(axis=0)
    sums = residual @ matrix
    zeros = count - ones
    fits = (ones >= MIN_LEAF) & (zeros >= MIN_LEAF)
    if not fits.any():
        return None
    gain = np.where(fits, sums**2 / np.maximum(ones, 1) + (total - sums) ** 2 / np.maximum(zeros, 1), -np.inf)
    best = int(np.argmax(gain))
    return best if gain[best] > total**2 / count + 1e-6 else None


def _mae(examples: Sequence[Example], predicted: Floats) -> float:
    return float(np.mean(np.abs(np.array([example.value for example in examples]) - predicted)))


def _pearson(examples: Sequence[Example], predicted: Floats) -> float:
    values = np.array([example.value for example in examples])
    if values.std() == 0 or predicted.std() == 0:
        return 0.0
    return float(np.corrcoef(values, predicted)[0, 1])


def _intervals(name: str, held: Sequence[Example], predicted: Floats) -> dict[str, tuple[float, float]]:
    by_sentence: dict[int, list[int]] = {}
    for row, example in enumerate(held):
        by_sentence.setdefault(example.sentence, []).append(row)

    def over(sample: Sequence[int], figure: str) -> float:
        rows = [row for sentence in sample for row in by_sentence[sentence]]
        chosen = [held[row] for row in rows]
        return _mae(chosen, predicted[rows]) if figure == "mae" else _pearson(chosen, predicted[rows])

    sentences = sorted(by_sentence)
    key = f"factuality.{name}"
    return {
        f"{key}.mae": interval(sentences, lambda sample: over(sample, "mae"), rounds=200),
        f"{key}.r": interval(sentences, lambda sample: over(sample, "r"), rounds=200),
    }
