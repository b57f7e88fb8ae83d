"""Vectors of words in their sentences, by a model of a few numbers that stands for the real one."""

import json

import numpy as np
import pytest

from eval.ecb_meanings import compare_vectors
from eval.ecb_mentions import Mention, Texts
from eval.ecb_vectors import Encoder
from tests.eval.test_ecb import mention

PIECES = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "raid", "##ed", "raided", "the", "bank", "a", "cafe", "-"]
WIDTH, LAYERS = 24, 6


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    """Return a model whose weights are drawn at random, in the layout of the real one."""
    folder = tmp_path_factory.mktemp("model")
    (folder / "vocab.txt").write_text("\n".join(PIECES), encoding="utf-8")
    shapes: dict[str, tuple[int, ...]] = {
        "embeddings.word_embeddings.weight": (len(PIECES), WIDTH),
        "embeddings.position_embeddings.weight": (300, WIDTH),
        "embeddings.token_type_embeddings.weight": (2, WIDTH),
    }
    maps = ("self.query", "self.key", "self.value", "output.dense")
    for layer in (f"encoder.layer.{number}" for number in range(LAYERS)):
        sizes = {f"attention.{name}": (WIDTH, WIDTH) for name in maps}
        sizes |= {"intermediate.dense": (48, WIDTH), "output.dense": (WIDTH, 48)}
        for name, shape in sizes.items():
            shapes |= {f"{layer}.{name}.weight": shape, f"{layer}.{name}.bias": shape[:1]}
    for name in (
        "embeddings",
        *(f"encoder.layer.{n}.{part}output" for n in range(LAYERS) for part in ("", "attention.")),
    ):
        shapes |= {f"{name}.LayerNorm.weight": (WIDTH,), f"{name}.LayerNorm.bias": (WIDTH,)}
    header, content = {}, b""
    random = np.random.default_rng(7)
    for name, size in shapes.items():
        values = random.normal(size=size).astype("<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": size, "data_offsets": [len(content), len(content) + len(values)]}
        content += values
    told = json.dumps(header).encode()
    (folder / "model.safetensors").write_bytes(len(told).to_bytes(8, "little") + told + content)
    return Encoder(folder)


@pytest.mark.parametrize(
    ("token", "pieces"),
    [
        ("Raided", ["raided"]),
        ("raideded", ["raided", "##ed"]),
        ("Café", ["cafe"]),
        ("bank-raid", ["bank", "-", "raid"]),
        ("zone", ["[UNK]"]),
        ("", ["[UNK]"]),
    ],
)
def test_words_are_cut_into_the_longest_pieces(encoder: Encoder, token: str, pieces: list[str]) -> None:
    assert [PIECES[number] for number in encoder.cut(token)] == pieces


def test_a_sentence_is_read_alike_alone_and_beside_longer_ones(encoder: Encoder) -> None:
    short, long = ["a", "raid"], ["the", "bank", "raided", "a", "cafe", "-", "a", "bank"]
    (alone,) = encoder.encode([short])
    others, beside = encoder.encode([long, short])
    assert alone.shape == (2, WIDTH * (LAYERS + 1))
    assert others.shape == (8, WIDTH * (LAYERS + 1))
    assert np.allclose(alone, beside, atol=1e-4)


def test_a_word_is_read_in_its_sentence(encoder: Encoder) -> None:
    one, other = encoder.encode([["the", "raid"], ["a", "raid"]])
    assert np.allclose(one[1, :WIDTH], other[1, :WIDTH], atol=1e-5)
    assert not np.allclose(one[1, -WIDTH:], other[1, -WIDTH:], atol=1e-5)


def test_a_token_past_the_limit_has_a_vector_too(encoder: Encoder) -> None:
    (rows,) = encoder.encode([["bank"] * 250])
    assert rows.shape[0] == 250
    assert np.isfinite(rows).all()


def compare(encoder: Encoder | None, *mentions: Mention) -> list[list[float]]:
    """Compare the first mention with each of the others, all in one cluster of documents."""
    texts = Texts({"1_1a": {0: ["the", "raid"]}, "1_2a": {0: ["the", "raid"]}, "1_3a": {0: ["a", "bank", "-", "cafe"]}})
    pairs = np.array([[0, other] for other in range(1, len(mentions))])
    rows: list[list[float]] = compare_vectors(mentions, texts, [0] * len(mentions), pairs, encoder).tolist()
    return rows


def test_mentions_of_like_words_in_like_sentences_are_close(encoder: Encoder) -> None:
    mentions = [mention(document, "raid", "x") for document in ("1_1a", "1_2a", "1_3a")]
    like, unlike = compare(encoder, *mentions)
    assert like[:-2] == pytest.approx([1.0] * (len(like) - 2), abs=1e-4)
    assert all(value < near for value, near in zip(unlike[:-2], like[:-2], strict=True))


def test_nothing_is_compared_without_a_model() -> None:
    assert compare(None, mention("1_1a", "raid", "x"), mention("1_2a", "raid", "y")) == [[]]
