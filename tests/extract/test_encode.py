"""The encoder that ships: what it says of a trigger, and that only the very files that were shipped are used."""

import logging
import shutil
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest

from reportedly.config import Settings
from reportedly.errors import ResourceError
from reportedly.extract import encode, open_extract
from reportedly.extract.combine import KEEPS
from reportedly.extract.encode import DIGESTS, MAX_PIECES, MODEL, TOKENIZER, Encoder, open_encoder
from reportedly.extract.mentions import Judgement
from reportedly.ground.gazetteer import Gazetteer
from reportedly.records.claim import Status
from reportedly.records.spans import Span

pytestmark = pytest.mark.slow

SHIPPED = Path(str(files("reportedly.extract").joinpath("data")))


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return open_encoder()


@pytest.fixture
def judge(encoder: Encoder) -> Callable[[str, str], Judgement]:
    """Judge a word of a text that is one sentence."""

    def judge_word(text: str, word: str) -> Judgement:
        start = text.index(word)
        (found,) = encoder.judge(text, [(Span(0, len(text)), Span(start, start + len(word)))])
        assert found is not None
        return found

    return judge_word


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of what ships."""
    for name in (MODEL, TOKENIZER, DIGESTS):
        shutil.copy(SHIPPED / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize(
    ("event", "other", "word"),
    [
        ("Rebels attacked the port of Selim overnight.", "The minister attacked the budget as too small.", "attacked"),
        ("Police arrested forty strikers outside the mill.", "An arrested lift kept the guests waiting.", "arrested"),
        ("Troops occupied the radio station at dawn.", "The question has occupied historians for years.", "occupied"),
    ],
)
def test_a_word_is_judged_by_its_sentence(
    judge: Callable[[str, str], Judgement], event: str, other: str, word: str
) -> None:
    assert judge(event, word).event >= KEEPS
    assert judge(event, word).event > judge(other, word).event


@pytest.mark.parametrize(
    ("text", "word", "status"),
    [
        ("Norland will send two frigates to the strait next week.", "send", Status.PLANNED),
        ("The army denied that it had shelled the market.", "shelled", Status.DENIED),
        ("In the war of 1971 the army shelled the town for a month.", "shelled", Status.HISTORICAL),
        ("The army shelled the town on Friday, killing nine.", "shelled", Status.OCCURRED),
    ],
)
def test_a_status_is_told(judge: Callable[[str, str], Judgement], text: str, word: str, status: Status) -> None:
    statuses = judge(text, word).statuses
    assert max(statuses, key=statuses.__getitem__) is status
    assert sum(statuses.values()) == pytest.approx(1, abs=1e-4)


def test_the_order_and_the_company_of_sentences_change_nothing(encoder: Encoder) -> None:
    text = (
        "Rebels shelled Oldport. The envoys met in the capital of Norland on Tuesday morning, officials said. He left."
    )
    ends = [text.index("Oldport.") + 8, text.index("said.") + 5]
    asked = [
        (Span(0, ends[0]), Span(7, 14)),
        (Span(ends[0] + 1, ends[1]), Span(text.index("met"), text.index("met") + 3)),
        (Span(0, ends[0]), Span(15, 22)),
    ]
    together = encoder.judge(text, asked)
    backwards = encoder.judge(text, asked[::-1])[::-1]
    alone = [encoder.judge(text, [item])[0] for item in asked]
    for found in zip(together, backwards, alone, strict=True):
        assert None not in found
        events = [judgement.event for judgement in found if judgement is not None]
        # Eight-bit sums are scaled by what else is in the batch: the last digits differ.
        assert max(events) - min(events) < 0.1
    assert encoder.judge(text, []) == []


def test_what_lies_beyond_the_longest_sentence_is_not_judged(encoder: Encoder) -> None:
    text = "One " * MAX_PIECES + "attacked the port."
    start = text.index("attacked")
    assert encoder.judge(text, [(Span(0, len(text)), Span(start, start + 8))]) == [None]


@pytest.mark.parametrize("name", [MODEL, TOKENIZER])
def test_a_damaged_file_is_named(folder: Path, name: str) -> None:
    content = (folder / name).read_bytes()
    (folder / name).write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(ResourceError, match=f"{name} is damaged"):
        open_encoder(folder)


@pytest.mark.parametrize("name", [MODEL, TOKENIZER, DIGESTS])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ResourceError, match=f"cannot be read.*{name}"):
        open_encoder(folder)


def test_without_the_model_the_rules_read_and_the_log_says_so(
    gazetteer: Gazetteer, folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (folder / MODEL).write_bytes(b"cut off")
    monkeypatch.setattr(encode, "files", lambda _: folder.parent)
    monkeypatch.setattr(encode, "DATA", folder.name)
    with caplog.at_level(logging.ERROR):
        assert open_extract(Settings(), gazetteer).encoder is None
    assert f"{MODEL} is damaged" in caplog.text
    assert "rules alone" in caplog.text
    caplog.clear()
    assert open_extract(Settings(encoder="off"), gazetteer).encoder is None
    assert not caplog.text
