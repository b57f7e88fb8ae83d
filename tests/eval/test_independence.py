"""The situations of our own: each counted as it was written down, and the set itself as it should be."""

from typing import Any

import pytest

from eval.independence import (
    COUNTS,
    SETS,
    Tools,
    check_situation,
    open_tools,
    read_records,
    read_situations,
    read_source,
)
from reportedly.config import Settings
from reportedly.ground.publishers import PublisherTable, open_publishers
from reportedly.link.corroborate import corroborate
from reportedly.link.voices import open_voices
from reportedly.records.grounding import SourceKind

SITUATIONS = read_situations()
RECORDS = [item for item in SITUATIONS if "types" not in item]
TEXTS = [item for item in SITUATIONS if "types" in item]


@pytest.fixture(scope="module")
def tools() -> Tools:
    return open_tools()


@pytest.fixture(scope="module")
def publishers() -> PublisherTable:
    return open_publishers(Settings(publishers=SETS / "independence_publishers.csv"))


def test_the_set_is_whole() -> None:
    assert len({item["id"] for item in SITUATIONS}) == len(SITUATIONS) == 60
    assert sum(item["adversarial"] for item in SITUATIONS) >= 15
    assert len(TEXTS) >= 20
    for item in SITUATIONS:
        assert item["why"]
        assert set(item["right"]) <= set(COUNTS)
        assert len(item["reports"]) >= 1


@pytest.mark.parametrize("situation", RECORDS, ids=lambda item: item["id"])
def test_situations_of_records(situation: dict[str, Any], publishers: PublisherTable) -> None:
    claims, origins = read_records(situation, publishers)
    found, voices = corroborate(claims, origins, open_voices())
    right = {"against": 0, **situation["right"]}
    assert {name: getattr(found, name) for name in COUNTS} == right, [voice.name for voice in voices]


@pytest.mark.slow
@pytest.mark.parametrize("situation", TEXTS, ids=lambda item: item["id"])
def test_situations_of_texts(situation: dict[str, Any], tools: Tools) -> None:
    assert check_situation(situation, tools) == ""


def test_links_of_a_chain_are_read_as_written(publishers: PublisherTable) -> None:
    hidden = read_source("~official:officials", publishers)
    assert (hidden.text, hidden.kind, hidden.anonymous, hidden.code) == ("officials", SourceKind.OFFICIAL, True, None)
    outlet = read_source("news_outlet:the Dunmore Echo", publishers)
    assert (outlet.code, outlet.family) == ("Dunmore Echo", "Dunmore Group")
    both = read_source(["government:Norland=NRL", "ngo:the Harbour Relief Society"], publishers)
    assert [part.text for part in both.parts] == ["Norland", "the Harbour Relief Society"]
