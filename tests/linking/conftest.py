"""The example ledger, read once a session."""

from pathlib import Path

import msgspec
import pytest

from reportedly.config import Settings, read_settings
from reportedly.pipeline import Reader
from reportedly.records.report import Report

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def example_settings() -> Settings:
    """The settings that the example ledger comes with."""
    return msgspec.structs.replace(read_settings(ROOT / "examples" / "ledger" / "reportedly.toml", {}), processes=1)


@pytest.fixture(scope="session")
def example_reports(example_settings: Settings) -> tuple[Report, ...]:
    """All reports of the example ledger, as they are read."""
    return tuple(Reader(example_settings).read_inputs([str(ROOT / "examples" / "ledger" / "reports")]))
