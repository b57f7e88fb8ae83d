"""Where the gold sets lie, and which of them are there."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DEVELOPMENT = ROOT.parent / "shared" / "gold"
"""The development parts, beside the repository: the default, and where scorers and train parts are looked for too."""


def gold_path(*parts: str) -> Path:
    """Return a path under the gold folder: ``REPORTEDLY_GOLD``, or ``../shared/gold`` beside the repository."""
    base = os.environ.get("REPORTEDLY_GOLD")
    return (Path(base) if base else DEVELOPMENT).joinpath(*parts)
