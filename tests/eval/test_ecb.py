"""How mentions of events are compared and clustered where coreference is measured."""

from pathlib import Path

import numpy as np
import pytest

from eval.ecb_mentions import Mention, Texts
from eval.ecb_pairs import Collected, compare_all, fill, make_stem, split
from eval.ecb_wordnet import ALIKE, NOTHING, WordNet

NONE: frozenset[str] = frozenset()
TEXTS = Texts({name: {0: ["Robbers", "raided", "a", "bank", "in", "Oldport"]} for name in ("1_1a", "1_2a", "1_3a")})


def mention(document: str, lemma: str, chain: str, **changed: object) -> Mention:
    """Return a mention that stands alone in its sentence."""
    told: dict[str, object] = {
        "key": f"{document}:{lemma}",
        "document": document,
        "topic": "1",
        "chain": chain,
        "sentence": 0,
        "tokens": (1,),
        "text": lemma,
        "head": lemma,
        "lemma": lemma,
        "tag": "VERB",
        "dep": "ROOT",
        "governor": "",
        "subjects": NONE,
        "objects": NONE,
        "modifiers": NONE,
        "names": NONE,
        "numbers": NONE,
        "times": NONE,
        "words": NONE,
        "near": NONE,
        "position": 0,
        "negated": False,
        "modal": False,
    }
    return Mention(**{**told, **changed})  # type: ignore[arg-type]


def collect(*mentions: Mention, group: dict[str, int] | None = None) -> Collected:
    """Collect mentions of documents that are half alike."""
    documents = sorted(TEXTS.sentences)
    alike = {(one, other): 0.5 for one in documents for other in documents if one < other}
    return Collected(mentions, TEXTS, group or dict.fromkeys(documents, 0), alike)


def test_only_mentions_of_one_document_cluster_are_compared() -> None:
    mentions = [mention("1_1a", "raid", "x"), mention("1_2a", "raid", "x"), mention("1_3a", "raid", "x")]
    rows, pairs = compare_all(collect(*mentions, group={"1_1a": 0, "1_2a": 1, "1_3a": 0}), None)
    assert pairs.tolist() == [[0, 2]]
    assert len(rows) == 1


def test_a_pair_is_compared_alike_from_either_side_but_for_what_is_ordered() -> None:
    one = mention("1_1a", "raid", "x", subjects=frozenset({"robber"}), objects=frozenset({"bank"}))
    other = mention("1_2a", "raid", "x", subjects=frozenset({"robber"}))
    rows, _ = compare_all(collect(one, other), None)
    turned, _ = compare_all(collect(other, one), None)
    assert rows.tolist() == turned.tolist()
    apart, _ = compare_all(collect(one, mention("1_2a", "raid", "x", subjects=frozenset({"police"}))), None)
    assert apart.tolist() != rows.tolist()


@pytest.mark.parametrize(
    ("one", "other"), [("arrest", "arrest"), ("nominate", "nomination"), ("resign", "resigned"), ("robber", "robbing")]
)
def test_nouns_and_verbs_of_one_stem(one: str, other: str) -> None:
    assert make_stem(one) == make_stem(other)


def test_mentions_beside_a_pair_are_compared_too() -> None:
    pair = [mention("1_1a", "kill", "x"), mention("1_2a", "murder", "x")]
    beside = [mention("1_1a", "arrest", "y"), mention("1_2a", "arrest", "y")]
    rows, pairs = compare_all(collect(*pair, *beside), None)
    assert pairs.tolist()[0] == [0, 1]
    apart, _ = compare_all(collect(*pair, beside[0], mention("1_2a", "flee", "z")), None)
    assert rows[0].tolist() != apart[0].tolist()


def test_pairs_are_split_by_group_and_fill_a_square() -> None:
    group = [5, 3, 5]
    pairs = np.array([[0, 2]])
    parts = list(split(group, pairs))
    assert [members for members, _, _ in parts] == [[1], [0, 2]]
    _, where, at = parts[1]
    assert fill(2, at, np.array([0.7])[where]).tolist() == [[1.0, 0.7], [0.7, 1.0]]


ACT = "00000001 03 n 01 act 0 000 | what is done"
KILLING = "00000002 04 n 01 killing 0 002 @ 00000001 n 0000 + 00000004 v 0101 | an act"
MURDER = "00000003 04 n 01 murder 0 001 @ 00000002 n 0000 | a killing"
KILL = "00000004 35 v 01 kill 0 001 + 00000002 n 0101 01 + 08 00 | do"


def test_wordnet_is_read_from_its_files(tmp_path: Path) -> None:
    for name in ("index.adj", "data.adj", "data.noun2"):
        (tmp_path / name).write_text("  1 licence\n")
    words = (("act", 1), ("killing", 2), ("murder", 3))
    (tmp_path / "index.noun").write_text("".join(f"{word} n 1 1 @ 1 0 0000000{n}\n" for word, n in words))
    (tmp_path / "index.verb").write_text("kill v 1 1 + 1 0 00000004\n")
    (tmp_path / "data.noun1").write_text(f"  1 licence\n{ACT}\n{KILLING}\n{MURDER}\n")
    (tmp_path / "data.verb").write_text(f"{KILL}\n")
    wordnet = WordNet(tmp_path)
    assert wordnet.compare("kill", "kill") == ALIKE
    assert wordnet.compare("kill", "unheard") == NOTHING
    sense, near, above, *_ = wordnet.compare("kill", "killing")
    assert (sense, near, above) == (0.0, 1.0, 1.0)
    steps = {word: wordnet.compare("murder", word)[5] for word in ("killing", "act")}
    assert steps == {"killing": 1.0, "act": 2.0}
    assert wordnet.name("murder in cold blood", "murders") == "murder"
