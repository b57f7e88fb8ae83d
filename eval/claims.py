"""Whole claims against coded ones: ``claims/dev`` and the report this project starts from."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.bootstrap import interval
from eval.quality import get_value
from eval.scorers import load_scorer
from reportedly.ground.times import format_date
from reportedly.pipeline import Reader
from reportedly.records.claim import Claim, PlaceRole
from reportedly.records.document import RangeKind
from reportedly.records.grounding import Grounding
from reportedly.records.report import Report

Coded = dict[str, Any]

_FIGURES = (
    *(f"{level}.F1" for level in ("mention", "event", "claim", "strict")),
    *("status_macro_F1", "status_coarse_macro_F1"),
    *(f"filled.{field}.F1" for field in ("hedged", "source", "place", "date", "figures")),
)
"""Dotted keys of the figures that an interval is given for."""


def code_report(report: Report) -> list[Coded]:
    """Put the claims of a report into the form that the scorer reads, in text order."""
    pairs = zip(report.claims, report.groundings, strict=True)
    return [_code_claim(claim, grounding) for claim, grounding in sorted(pairs, key=lambda pair: pair[0].evidence)]


def _code_claim(claim: Claim, grounding: Grounding) -> Coded:
    place = next((field.value.text for field in claim.places if field.value.role is PlaceRole.EVENT), None)
    return {
        "start": claim.evidence.start,
        "end": claim.evidence.end,
        "type": claim.type.value.value,
        "mode": claim.modes[0].value if claim.modes else None,
        "actor": [code for actor in grounding.actors for code in (actor.codes or (actor.text,))],
        "recipient": [code for actor in grounding.recipients for code in (actor.codes or (actor.text,))],
        "status": claim.status.value.value,
        "stage": claim.stage.value.value if claim.stage else None,
        "hedged": bool(claim.hedges),
        "sources": [
            {"text": source.text, "kind": grounded.kind.value, "anonymous": grounded.anonymous}
            for source, grounded in zip(claim.chain, grounding.sources, strict=True)
        ],
        "place": place,
        "date": format_date(grounding.time) if grounding.time else None,
        "figures": {field.value.key: [field.value.low, field.value.high] for field in claim.figures},
    }


def predict_claims(gold: Path, reader: Reader) -> dict[str, list[Coded]]:
    """Read every document of ``claims/dev_docs.json``."""
    docs = json.loads((gold / "claims" / "dev_docs.json").read_text(encoding="utf-8"))
    return {
        doc["doc"]: code_report(reader.read(doc["text"], published=doc["published"], address=doc.get("url")))
        for doc in docs
    }


def measure_claims(gold: Path, reader: Reader) -> tuple[dict[str, Any], dict[str, tuple[float, float]]]:
    """Score ``claims/dev`` as ``score_claims.py`` prints it, with bootstrap intervals of the main figures."""
    scorer = load_scorer(gold, "score_claims")
    coded = scorer.load(gold / "claims" / "dev.jsonl")
    predicted = predict_claims(gold, reader)
    coded = {doc: claims for doc, claims in coded.items() if doc in predicted}
    docs = sorted(coded)

    def resampled(figure: str) -> tuple[float, float]:
        def statistic(sample: Sequence[str]) -> float:
            gold_docs = {f"{doc}~{copy}": coded[doc] for copy, doc in enumerate(sample)}
            pred_docs = {f"{doc}~{copy}": predicted[doc] for copy, doc in enumerate(sample)}
            return get_value(scorer.score(gold_docs, pred_docs), figure) or 0.0

        return interval(docs, statistic, rounds=100)

    return scorer.score(coded, predicted), {f"claims.{figure}": resampled(figure) for figure in _FIGURES}


def measure_venezuela(gold: Path, reader: Reader) -> dict[str, Any]:
    """Score the report of autumn 2025, and check what else a reader of it must notice.

    Returns:
        What ``score_claims.py`` prints, ``core_right_type`` and ``core`` (counts), and ``checks`` (named booleans).
    """
    scorer = load_scorer(gold, "score_claims")
    coded = scorer.load(gold / "venezuela" / "claims.jsonl")
    name, claims = next(iter(coded.items()))
    report = reader.read((gold / "venezuela" / "article.txt").read_text(encoding="utf-8"))
    predicted = code_report(report)
    scores: dict[str, Any] = scorer.score(coded, {name: predicted})
    pairs = scorer.align(claims, predicted)
    right = [i for i, j in pairs if claims[i].get("core", True) and scorer.judge(claims[i], predicted[j])["type"]]
    scores["core_right_type"] = len(right)
    scores["core"] = sum(claim.get("core", True) for claim in claims)
    meta = json.loads((gold / "venezuela" / "meta.json").read_text(encoding="utf-8"))
    scores["checks"] = _check_venezuela(
        {claim["id"]: claim for claim in claims},
        {claims[i]["id"]: predicted[j] for i, j in pairs},
        predicted,
        report,
        meta,
    )
    return scores


def _check_venezuela(
    gold: Mapping[str, Coded],
    paired: Mapping[str, Coded],
    predicted: Sequence[Coded],
    report: Report,
    meta: Mapping[str, Any],
) -> dict[str, bool]:
    current = {"occurred", "ongoing"}
    strikes = next(group for group in meta["same_event"] if "v01" in group)
    over = {key: [p for p in predicted if p["type"] == gold[key]["type"] and _overlap(p, gold[key])] for key in gold}
    v12 = paired.get("v12", {}).get("sources", [])
    v04 = " ".join(source["text"] for source in paired.get("v04", {}).get("sources", []))
    document = report.document
    published = document.published if document else None
    footer = document.text.find(meta["boilerplate"][0]) if document else -1
    return {
        "no_historical_current": not any(
            p["status"] in current for key, claim in gold.items() if claim["status"] == "historical" for p in over[key]
        ),
        "planned_strikes_never_occurred": bool(over["v01"])
        and not any(p["status"] in current for key in strikes for p in over[key]),
        "chain_of_v12": [s["text"].removeprefix("The ").lower() for s in v12] == ["washington post", "u.s. officials"],
        "sources_of_v04": "Miami Herald" in v04 and "Reuters" in v04,
        "bounds_of_v05": paired.get("v05", {}).get("figures") == gold["v05"]["figures"],
        "publication_bound": published is not None and published.not_before and published.time == meta["not_before"],
        "footer_not_coded": document is not None
        and any(r.kind is RangeKind.BOILERPLATE and r.span.start <= footer < r.span.end for r in document.uncoded)
        and not any(p["end"] > footer for p in predicted),
    }


def _overlap(one: Coded, other: Coded) -> bool:
    return bool(one["start"] < other["end"] and other["start"] < one["end"])
