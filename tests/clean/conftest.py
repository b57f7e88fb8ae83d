"""Cleaning's resources, opened once."""

import pytest

from reportedly.clean import CleanResources, open_clean
from reportedly.config import Settings


@pytest.fixture(scope="session")
def resources() -> CleanResources:
    """Detector and word lists."""
    return open_clean(Settings())
