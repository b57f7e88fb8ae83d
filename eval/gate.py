"""Holds what was reached: quality may rise freely and falls only on purpose.

``python -m eval.gate`` compares ``build/eval/results.json`` with ``eval/floors.json`` and fails where a figure lies
more than ``SLACK`` below its floor, or where the gold is not the gold that the floors were taken on.
``--raise`` takes over what is better now; ``--lower REASON`` takes over everything and keeps the reason.
"""

import argparse
import hashlib
import sys
from pathlib import Path
from typing import Any

import msgspec

from eval.gold import ROOT, gold_path
from eval.quality import RESULTS, get_value, read_figures

FLOORS = ROOT / "eval" / "floors.json"
SLACK = 0.002
"""Linear algebra differs in the last bits between machines, and a tie can fall the other way."""


def digest_gold() -> str:
    """Return a digest of names and sizes of the gold files that are measured."""
    base = gold_path()
    lines = sorted(
        f"{path.relative_to(base)} {path.stat().st_size}"
        for path in base.rglob("*")
        if path.is_file() and path.suffix not in (".enc", ".md", ".pyc")
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def read_floors(path: Path = FLOORS) -> dict[str, Any]:
    """Read the floors; an empty table where there are none yet."""
    if not path.is_file():
        return {"gold": "", "floors": {}, "lowered": []}
    table: dict[str, Any] = msgspec.json.decode(path.read_bytes())
    return table


def find_falls(results: dict[str, Any], floors: dict[str, float]) -> list[str]:
    """Return one line for every figure that fell below its floor or is no longer measured."""
    lines = []
    for figure in read_figures():
        floor = floors.get(figure.key)
        if floor is None:
            continue
        value = get_value(results, figure.key)
        if value is None:
            lines.append(f"{figure.key}: not measured; the floor is {floor:.4f}")
        elif (value - floor) * (-1 if figure.lower_is_better else 1) < -SLACK:
            lines.append(f"{figure.key}: {value:.4f}, the floor is {floor:.4f}")
    return lines


def main() -> int:
    """Run the gate; exit status 1 where something fell."""
    parser = argparse.ArgumentParser(prog="python -m eval.gate", description="Hold the quality that was reached.")
    parser.add_argument("--raise", dest="lift", action="store_true", help="take over what is better now")
    parser.add_argument("--lower", metavar="REASON", help="take over everything, also what fell, for this reason")
    options = parser.parse_args()
    if not gold_path().is_dir():
        print(f"gate: SKIPPED, there is no gold at {gold_path()} (REPORTEDLY_GOLD)")
        return 0
    if not RESULTS.is_file():
        print("gate: nothing measured yet; run `make eval` first", file=sys.stderr)
        return 1
    results: dict[str, Any] = msgspec.json.decode(RESULTS.read_bytes())
    table = read_floors()
    falls = find_falls(results, table["floors"])
    gold = digest_gold()
    if options.lower or options.lift:
        if falls and not options.lower:
            print("gate: figures fell; --lower REASON takes them over", *falls, sep="\n  ", file=sys.stderr)
            return 1
        values = {figure.key: get_value(results, figure.key) for figure in read_figures()}
        table["floors"] = {key: round(value, 4) for key, value in values.items() if value is not None}
        table["gold"] = gold
        if falls:
            table["lowered"].append({"reason": options.lower, "falls": falls})
        FLOORS.write_bytes(msgspec.json.format(msgspec.json.encode(table), indent=1) + b"\n")
        print(f"gate: {len(table['floors'])} floors written to {FLOORS.relative_to(ROOT)}")
        return 0
    if table["gold"] and table["gold"] != gold:
        print("gate: this is not the gold that the floors were taken on; the figures are not compared", file=sys.stderr)
        return 1
    if falls:
        print("gate: FELL", *falls, sep="\n  ", file=sys.stderr)
        return 1
    print(f"gate: {len(table['floors'])} figures hold")
    return 0


if __name__ == "__main__":
    sys.exit(main())
