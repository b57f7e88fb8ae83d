"""Writes what was measured: ``build/eval/results.json`` for machines, ``docs/quality.md`` for people."""

import subprocess
import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec

from eval.gold import ROOT

RESULTS = ROOT / "build" / "eval" / "results.json"
PAGE = ROOT / "docs" / "quality.md"


WAYS = ("rules", "encoder", "both")
"""What a report is read by."""
_COLUMNS = {
    "mention": "claims/dev mention",
    "event": "event",
    "claim": "claim",
    "strict": "strict",
    "status": "status fine",
    "status_coarse": "status coarse",
    "plv": "PLV roots",
    "uw_mae": "UW error",
    "uw_r": "UW r",
}
"""Figures of each way, and what they are called."""


class Figure(msgspec.Struct, frozen=True):
    """One line of the page: where the value stands in the results, what it is, and what peers reach."""

    key: str
    what: str
    peers: str
    floor: float | None = None
    lower_is_better: bool = False

    def holds(self, value: float) -> bool:
        """Say whether the value reaches the floor; always true where there is none."""
        if self.floor is None:
            return True
        return value <= self.floor if self.lower_is_better else value >= self.floor


def read_figures() -> tuple[Figure, ...]:
    """Read the table of figures, in the order of the page."""
    table = tomllib.loads((ROOT / "eval" / "peers.toml").read_text(encoding="utf-8"))
    return msgspec.convert(table["figure"], tuple[Figure, ...])


def get_value(results: Mapping[str, Any], key: str) -> float | None:
    """Return the value at a dotted key, or None where that set was not measured."""
    node: Any = results
    for part in key.split("."):
        if not isinstance(node, Mapping) or part not in node:
            return None
        node = node[part]
    return float(node)


def get_commit() -> str:
    """Return the commit measured, marked where the tree had changes."""
    run = subprocess.run(
        ["git", "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return run.stdout.strip() or "unknown"


def write_results(
    results: Mapping[str, Any],
    intervals: Mapping[str, tuple[float, float]],
    skipped: Mapping[str, str],
    seconds: Mapping[str, float],
) -> None:
    """Write both files."""
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_bytes(msgspec.json.format(msgspec.json.encode(results), indent=1))
    PAGE.write_text(render(results, intervals, skipped, seconds), encoding="utf-8")


def render(
    results: Mapping[str, Any],
    intervals: Mapping[str, tuple[float, float]],
    skipped: Mapping[str, str],
    seconds: Mapping[str, float],
) -> str:
    """Return the page."""
    lines = [
        "# Quality",
        "",
        "Written by `make eval`; do not edit. Measured on the development parts of the gold sets, none of which is in",
        "this repository or in anything that ships. Values are fractions from 0 to 1, errors in the scale's own units.",
        "The interval is the 95% percentile bootstrap over documents (sentences where a set has no documents).",
        "",
        f"Measured on {datetime.now(UTC):%Y-%m-%d} at commit `{get_commit()}`.",
        "",
        "| what | ours | 95% | floor | peers |",
        "|---|---|---|---|---|",
    ]
    for figure in read_figures():
        value = get_value(results, figure.key)
        if value is None:
            continue
        low, high = intervals.get(figure.key, (None, None))
        spread = f"{low:.3f}–{high:.3f}" if low is not None and high is not None else ""
        floor = "" if figure.floor is None else f"{figure.floor:g}" + ("" if figure.holds(value) else " (missed)")
        lines.append(f"| {figure.what} | {value:.3f} | {spread} | {floor} | {figure.peers} |")
    if "ablation" in results:
        lines += ["", "## What rules and encoder each bring", "", *_render_ablation(results["ablation"])]
    checks = results.get("venezuela", {}).get("checks", {})
    if checks:
        lines += ["", "Checks on the report of autumn 2025:", ""]
        lines += [f"- {name.replace('_', ' ')}: {'yes' if held else '**no**'}" for name, held in checks.items()]
    if skipped:
        lines += ["", "Not measured:", ""]
        lines += [f"- {name}: {reason}" for name, reason in skipped.items()]
    lines += ["", "## How each set is measured", ""]
    lines += (ROOT / "eval" / "METHODS.md").read_text(encoding="utf-8").splitlines()
    lines += ["", "## Time", "", "Seconds a set took in this run, on one process:", ""]
    lines += [f"- {name}: {took:.0f}" for name, took in seconds.items()]
    return "\n".join(lines) + "\n"


def _render_ablation(found: Mapping[str, Mapping[str, float]]) -> list[str]:
    """Return a table, one way of reading a line."""
    lines = [f"| read by | {' | '.join(_COLUMNS.values())} |", f"|---|{'---|' * len(_COLUMNS)}"]
    for way in WAYS:
        cells = (f"{found[way][key]:.3f}" if key in found[way] else "" for key in _COLUMNS)
        lines.append(f"| {way} | {' | '.join(cells)} |")
    return lines
