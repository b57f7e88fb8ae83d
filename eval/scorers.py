"""The scorers that come with the gold, loaded from there so that the definitions are never written twice."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

from eval.gold import DEVELOPMENT


def load_scorer(gold: Path, name: str) -> ModuleType:
    """Load ``score/<name>.py`` of the gold folder as a module, or that beside the repository where it has none.

    Raises:
        FileNotFoundError: the scorer is not there.
    """
    path = gold / "score" / f"{name}.py"
    if not path.is_file():
        path = DEVELOPMENT / "score" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None or not path.is_file():
        raise FileNotFoundError(f"{path}: no such scorer")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
