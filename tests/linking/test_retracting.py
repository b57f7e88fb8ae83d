"""What a notice takes back, whichever of the reports came first."""

from collections.abc import Sequence
from itertools import permutations
from pathlib import Path

import pytest

from reportedly import linking
from reportedly.linking import link_ledger
from reportedly.records.link import Relation
from reportedly.records.report import Report
from reportedly.store import Store
from reportedly.store.view import SqlView
from tests.ledgers import describe_links, fill_ledger
from tests.linking.makers import FERRY, NEWPORT, Told, find_links, make_report, name_id, open_filled

EARLY = make_report(
    "a",
    "Times",
    Told("Norland bombed Oldport on 1 March.", day="2025-03-01", rest="Ferry passengers fled the Garrach harbour."),
    published="2025-03-01",
)
LATE = make_report(
    "b",
    "Times",
    Told(
        "Norland bombed Newport on 2 March.",
        day="2025-03-02",
        place=NEWPORT,
        rest="Ferry passengers fled the Garrach harbour, where nineteen crew drowned near Tilbury lighthouse.",
    ),
    published="2025-03-02",
)
NOTICE = make_report(
    "n",
    "Times",
    Told(
        "The Times has retracted its report that ferry passengers fled Garrach harbour and that nineteen crew drowned "
        "near Tilbury lighthouse.",
        trigger=None,
    ),
    published="2025-03-04",
)
STDIN = [
    make_report("a", "Times", Told(rest=FERRY), address="stdin"),
    make_report("b", "Post", Told(rest=FERRY), published="2025-03-05", address="stdin"),
    make_report("c", "Herald", Told("Onions were cheap in Tilbury.", trigger=None), address="stdin"),
    make_report(
        "n",
        "Gazette",
        Told("Correction: the price of turnips was wrong.", trigger=None),
        published="2025-03-06",
        address="stdin",
    ),
]


def link_in_turn(path: Path, reports: Sequence[Report]) -> Store:
    store = open_filled(path, ())
    for report in reports:
        fill_ledger(store, [report])
        link_ledger(store)
    return store


@pytest.mark.parametrize("order", list(permutations([EARLY, LATE, NOTICE])))
def test_what_is_no_longer_taken_back_stands_again(order: Sequence[Report], tmp_path: Path) -> None:
    with link_in_turn(tmp_path / "turns.db", order) as store:
        assert [link.left for link in find_links(store, Relation.RETRACTS)] == [name_id("db")]
        with store.reading() as view:
            assert [event.documents[0] for event in view.find_events() if event.retracted] == [name_id("db")]
        found = describe_links(store)
        link_ledger(store, again=True)
        assert describe_links(store) == found


def test_what_came_through_standard_input_is_no_version_of_what_came_before(tmp_path: Path) -> None:
    with open_filled(tmp_path / "stdin.db", STDIN) as store:
        link_ledger(store)
        assert [(link.left, link.right) for link in find_links(store, Relation.COPY)] == [
            (name_id("da"), name_id("db"))
        ]
        assert find_links(store, Relation.CORRECTS) == []


def test_a_notice_is_looked_at_again_only_for_reports_that_it_may_be_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    get_document = SqlView.get_document

    def count(view: SqlView, document: str) -> object:
        read.append(document)
        return get_document(view, document)

    others = [
        make_report(str(at), f"Paper {at}", Told("Onions were cheap in Tilbury."[at:], trigger=None)) for at in range(9)
    ]
    with open_filled(tmp_path / "few.db", [EARLY, LATE, NOTICE]) as store:
        link_ledger(store)
        fill_ledger(store, others)
        monkeypatch.setattr(linking, "BATCH", 1)
        monkeypatch.setattr(SqlView, "get_document", count)
        link_ledger(store)
    assert NOTICE.document is not None
    assert read.count(NOTICE.document.id) <= 1
