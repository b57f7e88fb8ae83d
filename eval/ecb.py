"""Event coreference on ECB+, gold mentions: which mentions tell of one event, across documents.

As is usual, documents are first clustered by their words (no label of topic or subtopic is used), and only mentions of
one cluster are compared. The lemma baseline takes all mentions of one cluster with the same head lemma for one event.
The system is trained in the run on the train part alone: gradient boosting over the numbers of ``eval.ecb_pairs`` and
``eval.ecb_meanings``, the mean of a few models, then average-linkage clustering. All that is chosen is chosen on the
train part: the cut of the documents by the lemma baseline, that of the mentions by the score itself, topics held out.

Tried and left out, for the train part with topics held out got no better: a second model over what the first makes of
all other pairs (means by pairs of lemmas, best counterparts, company).
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType

import msgspec
import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import AgglomerativeClustering
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.feature_extraction.text import TfidfVectorizer

from eval.ecb_meanings import compare_vectors
from eval.ecb_mentions import Mention, Texts, parse_mentions, read_mentions, read_texts
from eval.ecb_pairs import Array, Collected, compare_all, fill, split
from eval.ecb_vectors import Encoder, open_encoder
from eval.ecb_wordnet import WordNet, open_wordnet
from eval.gold import DEVELOPMENT
from eval.scorers import load_scorer
from reportedly.extract.parse import Parser

FOLDS = 4
"""Parts of the train topics; each is judged by a model trained on the others."""
NEGATIVES = 45_000
"""Pairs of two events that a model is trained on, drawn from some 200,000 and weighted to stand for all."""
MODELS = 3
"""Models over different draws, whose mean is taken."""
DOCUMENT_CUTS = (0.8, 0.82, 0.84, 0.86, 0.88, 0.9, 0.92)
MENTION_CUTS = (0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75)

Pairs = NDArray[np.intp]


class Knowledge(msgspec.Struct, frozen=True):
    """What is known of words beside the train part; each may be missing."""

    wordnet: WordNet | None
    encoder: Encoder | None


class Part:
    """The mentions of one part with all their pairs compared."""

    def __init__(self, mentions: Sequence[Mention], texts: Texts, cut: float, known: Knowledge) -> None:
        self.mentions = mentions
        self.documents = sorted({mention.document for mention in mentions})
        self.group = cluster_documents(self.documents, texts, cut)
        similar = compare_documents(self.documents, texts)
        alike = {
            (one, other): float(similar[i, j])
            for i, one in enumerate(self.documents)
            for j, other in enumerate(self.documents)
            if i < j
        }
        self.known = Collected(mentions, texts, self.group, alike)
        rows, self.pairs = compare_all(self.known, known.wordnet)
        near = compare_vectors(mentions, texts, self.known.group, self.pairs, known.encoder)
        self.rows: Array = np.hstack([rows, near])
        chains = np.array([mention.chain for mention in mentions])
        topics = np.array([mention.topic for mention in mentions])
        self.truth: NDArray[np.bool_] = chains[self.pairs[:, 0]] == chains[self.pairs[:, 1]]
        self.topics = topics[self.pairs[:, 0]]
        sizes = np.array([self.known.sizes[number] for number in self.known.group])
        self.weights: Array = 1 / sizes[self.pairs[:, 0]]


def measure_ecb(gold: Path, parser: Parser) -> dict[str, float]:
    """Train on the train part, score the other part that is there.

    Args:
        gold: The gold folder; the train part is looked for beside the repository where this one has none.
        parser: The product's parser.

    Returns:
        ``conll_f1`` and its three parts, the lemma baseline on the same document clusters, the score of those
        clusters, and whether WordNet and the vectors were at hand (1 or 0).
    """
    scorer, known = load_scorer(gold, "score_clusters"), Knowledge(open_wordnet(), open_encoder())
    train, texts = _read(_find_train(gold), "train", parser)
    cut = max(
        DOCUMENT_CUTS, key=lambda value: _score_lemmas(scorer, train, cluster_documents(_list(train), texts, value))
    )
    learned = Part(train, texts, cut, known)
    judged, others = _read(gold, _find_part(gold), parser)
    asked = Part(judged, others, cut, known)
    held_out, chances = _judge(learned, asked)
    best = max(MENTION_CUTS, key=lambda value: _score(scorer, learned, held_out, value)["conll_f1"])
    found = _score(scorer, asked, chances, best)
    topics = {document: _name_subtopic(document) for document in asked.documents}
    return {
        "conll_f1": found["conll_f1"],
        "lemma_conll_f1": _score_lemmas(scorer, judged, asked.group),
        **{f"{name}_f1": found[name] for name in ("muc", "bcubed", "ceafe")},
        "document_b3_f1": scorer.bcubed(topics, asked.group)[2],
        "train_conll_f1": _score(scorer, learned, held_out, best)["conll_f1"],
        "wordnet": float(known.wordnet is not None),
        "vectors": float(known.encoder is not None),
    }


def compare_documents(documents: Sequence[str], texts: Texts) -> Array:
    """Return the cosine of every two documents by TF-IDF."""
    vectorizer = TfidfVectorizer(sublinear_tf=True, stop_words="english", min_df=2, token_pattern=r"(?u)\b\w[\w-]+\b")
    vectors = vectorizer.fit_transform([" ".join(texts.words(document)) for document in documents])
    similar: Array = (vectors @ vectors.T).toarray()
    return similar


def cluster_documents(documents: Sequence[str], texts: Texts, cut: float) -> dict[str, int]:
    """Cluster documents by average linkage over their cosines, down to a distance of ``cut``."""
    distances = np.clip(1 - compare_documents(documents, texts), 0, None)
    np.fill_diagonal(distances, 0)
    labels = _link(distances, cut)
    return dict(zip(documents, labels, strict=True))


def _link(distances: Array, cut: float) -> list[int]:
    if len(distances) == 1:
        return [0]
    model = AgglomerativeClustering(n_clusters=None, distance_threshold=cut, metric="precomputed", linkage="average")
    labels: list[int] = model.fit_predict(distances).tolist()
    return labels


def _judge(learned: Part, asked: Part) -> tuple[Array, Array]:
    """Return the chance of each pair to be one event: of the train part with its topic held out, and of the other."""
    topics = sorted(set(learned.topics.tolist()), key=int)
    held_out = np.zeros(len(learned.rows))
    for fold in range(FOLDS):
        held = np.isin(learned.topics, topics[fold::FOLDS])
        held_out[held] = _predict(_train(learned, ~held, 0), learned.rows[held])
    models = [_train(learned, np.ones(len(held_out), dtype=np.bool_), seed) for seed in range(MODELS)]
    return held_out, np.mean([_predict(model, asked.rows) for model in models], axis=0)


def _train(part: Part, shown: NDArray[np.bool_], seed: int) -> HistGradientBoostingClassifier:
    """Train on the pairs that are shown; a mention counts alike whether its document cluster is large or small."""
    ones, twos = np.flatnonzero(shown & part.truth), np.flatnonzero(shown & ~part.truth)
    drawn = np.random.default_rng(seed).choice(twos, min(NEGATIVES, len(twos)), replace=False)
    chosen = np.concatenate([ones, drawn])
    weights = np.concatenate([np.ones(len(ones)), np.full(len(drawn), len(twos) / len(drawn))]) * part.weights[chosen]
    model = HistGradientBoostingClassifier(
        max_iter=150,
        learning_rate=0.08,
        max_leaf_nodes=15,
        min_samples_leaf=40,
        l2_regularization=1.0,
        max_features=0.4,
        random_state=seed,
    )
    return model.fit(part.rows[chosen], part.truth[chosen], sample_weight=weights / weights.mean())


def _predict(model: HistGradientBoostingClassifier, rows: Array) -> Array:
    chances: Array = model.predict_proba(rows)[:, 1]
    return chances


def group_mentions(part: Part, chances: Array, cut: float) -> dict[str, tuple[int, int]]:
    """Cluster the mentions of each document cluster by average linkage, down to a distance of ``cut``."""
    found: dict[str, tuple[int, int]] = {}
    for number, (members, where, at) in enumerate(split(part.known.group, part.pairs)):
        labels = _link(1 - fill(len(members), at, chances[where]), cut)
        found.update((part.mentions[i].key, (number, label)) for i, label in zip(members, labels, strict=True))
    return found


def _score(scorer: ModuleType, part: Part, chances: Array, cut: float) -> Mapping[str, float]:
    scores = scorer.score(_list_chains(part.mentions), group_mentions(part, chances, cut))
    return {name: value[2] if isinstance(value, tuple) else value for name, value in scores.items()}


def _score_lemmas(scorer: ModuleType, mentions: Sequence[Mention], group: Mapping[str, int]) -> float:
    found = {mention.key: (group[mention.document], mention.lemma) for mention in mentions}
    return float(scorer.score(_list_chains(mentions), found)["conll_f1"])


def _list_chains(mentions: Sequence[Mention]) -> dict[str, str]:
    return {mention.key: mention.chain for mention in mentions}


def _list(mentions: Sequence[Mention]) -> list[str]:
    return sorted({mention.document for mention in mentions})


def _name_subtopic(document: str) -> str:
    """Return what document clusters are scored against, and nothing else: the topic, and which of its two events."""
    return f"{document.split('_')[0]}{'plus' if 'plus' in document else ''}"


def _read(gold: Path, part: str, parser: Parser) -> tuple[list[Mention], Texts]:
    rows = read_mentions(gold, part)
    texts = read_texts(gold, {row["doc_id"] for row in rows})
    return parse_mentions(rows, texts, parser), texts


def _find_train(gold: Path) -> Path:
    return gold if (gold / "stories" / "ecb_mentions_train.json").is_file() else DEVELOPMENT


def _find_part(gold: Path) -> str:
    """Return the name of the part that is scored: the one that is not for training."""
    names = [path.stem.removeprefix("ecb_mentions_") for path in sorted((gold / "stories").glob("ecb_mentions_*.json"))]
    return next(name for name in names if name != "train")
