"""Where the gold sets lie, and which of them are there."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def gold_path(*parts: str) -> Path:
    """Return a path under the gold folder: ``REPORTEDLY_GOLD``, or ``../shared/gold`` beside the repository."""
    base = os.environ.get("REPORTEDLY_GOLD")
    return (Path(base) if base else ROOT.parent / "shared" / "gold").joinpath(*parts)
