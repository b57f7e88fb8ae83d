"""Numbers killed and injured of whole reports against the register that the reports were collected for.

How a document's two numbers are composed from its figures belongs to the evaluation, not to the product: the register
counts people of one incident, killers included, and never the same person twice, while a report tells of the same
people several times and in several ways.

- killed: the largest lower bound of a figure of that key.
- injured: the largest lower bound of a figure of that key, or, where that is more, what remains of the largest number
  shot (``casualties``) without the killed.
- One person hurt in a report of a death is taken for the person who died, unless the words say another ("another man
  was wounded") or tell of both in one sentence ("left one dead and one wounded").
- Figures of one named or described person count too; what is only possible, wanted or feared does not.
"""

import io
import json
import tarfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from eval.bootstrap import interval
from reportedly.extract.figures import FigureLexicon, find_figures
from reportedly.extract.parse import Parser
from reportedly.pipeline import Reader
from reportedly.records.claim import Figure, Scope
from reportedly.records.document import Document
from reportedly.records.spans import Field

FigureReader = Callable[[str, str], Sequence[Field[Figure]]]
"""Reads a text, published on a day, into its figures."""

MIN_SCORE = 0.45
"""Keeps single persons under a noun ("the murder of a guard"), which are no figures of a claim."""


def measure_figures(gold: Path, read: FigureReader) -> tuple[dict[str, float], dict[str, tuple[float, float]]]:
    """Score exact numbers killed and injured on the development part of ``gva_counts``, with bootstrap intervals."""
    right: list[tuple[bool, bool]] = []
    for text, published, killed, injured in _read_register(gold):
        composed = compose_totals(text, read(text, published))
        right.append((composed[0] == killed, composed[1] == injured))

    def share(side: int) -> Callable[[Sequence[tuple[bool, bool]]], float]:
        return lambda sample: sum(pair[side] for pair in sample) / len(sample)

    figures = {"killed_exact": share(0), "injured_exact": share(1)}
    return (
        {name: statistic(right) for name, statistic in figures.items()},
        {f"figures.{name}": interval(right, statistic) for name, statistic in figures.items()},
    )


def make_figure_reader(parser: Parser, lexicon: FigureLexicon) -> FigureReader:
    """Return a reader of every figure of a text, whether or not an event of a claim claims it."""

    def read(text: str, published: str) -> list[Field[Figure]]:
        document = Document(id="eval", text=text)
        return [mention.field for mention in find_figures(parser.parse(document), document, lexicon)]

    return read


def make_claim_reader(reader: Reader) -> FigureReader:
    """Return a reader of the figures that claims hold.

    It finds fewer of the dead: a report that tells only that somebody "was found dead" or died states no act of the
    sixteen types, so there is no claim to hold the figure.
    """

    def read(text: str, published: str) -> list[Field[Figure]]:
        return [field for claim in reader.read(text, published=published).claims for field in claim.figures]

    return read


def compose_totals(text: str, fields: Sequence[Field[Figure]]) -> tuple[int, int]:
    """Compose the number killed and the number injured of a report by the rules of the module's docstring."""
    told = [field for field in fields if field.score >= MIN_SCORE and field.span is not None and field.value.low]
    dead = [field for field in told if field.value.key == "killed"]
    hurt = [field for field in told if field.value.key == "injured"]
    shot = [field for field in told if field.value.key == "casualties"]
    if dead:
        hurt = [field for field in hurt if _is_another(text, field, dead)]
    killed = _find_most(dead)
    return killed, max(_find_most(hurt), _find_most(shot) - killed)


def _find_most(fields: Sequence[Field[Figure]]) -> int:
    return max((field.value.low or 0 for field in fields), default=0)


def _is_another(text: str, hurt: Field[Figure], dead: Sequence[Field[Figure]]) -> bool:
    if (hurt.value.low or 0) > 1 or hurt.value.scope is Scope.ADDED:
        return True
    return any(_is_beside(text, hurt, other) for other in dead)


def _is_beside(text: str, one: Field[Figure], other: Field[Figure]) -> bool:
    if one.span is None or other.span is None or one.span.overlaps(other.span):
        return False
    between = text[min(one.span.end, other.span.end) : max(one.span.start, other.span.start)]
    return not any(words in between for words in (". ", " he ", " she ", " where "))


def _read_register(gold: Path) -> list[tuple[str, str, int, int]]:
    """Return text, publication day, killed and injured of every report of the part that is there."""
    archives = sorted((gold / "figures").glob("gva_counts*.tar.gz"))
    members: dict[str, Any] = {}
    with tarfile.open(fileobj=io.BytesIO(archives[0].read_bytes())) as tar:
        for member in tar.getmembers():
            name = Path(member.name).name
            content = tar.extractfile(member) if name.endswith(".json") and "train" not in name else None
            if content is not None:
                members[name[0]] = json.load(content)
    return [
        (document["text"], document["publish_date"], label["n_killed"], label["n_injured"])
        for document, label in zip(members["X"], members["y"], strict=True)
    ]
