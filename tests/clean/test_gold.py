"""What cleaning must not lose, measured on the gold sets where they are there."""

import json
from pathlib import Path

import pytest

from eval.gold import gold_path
from eval.pages import measure_pages
from reportedly.clean import CleanResources, make_document

pytestmark = pytest.mark.gold


def get_gold(*parts: str) -> Path:
    path = gold_path(*parts)
    if not path.exists():
        pytest.skip(f"{path} is not here")
    return path


def test_no_claim_lies_in_what_is_not_coded(resources: CleanResources) -> None:
    docs = {doc["doc"]: doc for doc in json.loads(get_gold("claims", "dev_docs.json").read_text(encoding="utf-8"))}
    lost = total = 0
    for line in get_gold("claims", "dev.jsonl").read_text(encoding="utf-8").splitlines():
        coded = json.loads(line)
        doc = docs[coded["doc"]]
        document = make_document(doc["text"], published=doc["published"], address=doc.get("url"), resources=resources)
        assert document.text == doc["text"]
        for claim in coded["claims"]:
            total += 1
            lost += any(r.span.start < claim["end"] and claim["start"] < r.span.end for r in document.uncoded)
    assert total > 600
    assert lost <= total // 200


def test_pages_gain_on_trafilatura(resources: CleanResources) -> None:
    get_gold("pages", "news_pages.tar.gz")
    figures, _ = measure_pages(gold_path(), resources)
    assert figures["gain"] >= 0.01
