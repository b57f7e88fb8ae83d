"""Coreference across documents: event mentions of ECB+ and documents of GVC, under one key of the results."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from eval.ecb import measure_ecb
from eval.stories import measure_gvc
from reportedly.extract.parse import Parser

Intervals = dict[str, tuple[float, float]]


def measure_coreference(gold: Path, parser: Parser) -> tuple[Mapping[str, Any], Intervals]:
    """Score both sets, each with its baseline, and give the intervals of those that have one."""
    gvc, spread = measure_gvc(gold)
    return {"ecb": measure_ecb(gold, parser), "gvc": gvc}, {"coreference.gvc.b3_f1": spread}
