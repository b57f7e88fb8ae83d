"""What is new, in the terminal."""

import io

from reportedly.records.change import Change, ChangeKind, Changes, Evidence
from reportedly.write.changes import print_changes
from reportedly.write.ledger import make_console

SENTENCE = "Ross warplanes struck Port Selim on Monday, killing 13 people."


def make_evidence(claim: str = "c1", sentence: str = SENTENCE) -> Evidence:
    return Evidence(claim, "d1", "Harbour Wire", "2025-11-04", "city hospital", sentence)


def make_change(kind: ChangeKind, event: str = "e1", what: str = "occurred", sentence: str = SENTENCE) -> Change:
    title = "Ross warplanes struck Port Selim on Monday"
    return Change(kind, event, title, what, None, "x", (make_evidence(sentence=sentence),), ("d1",))


def show(*changes: Change, documents: int = 3, copies: int = 0, situation: str | None = None, width: int = 100) -> str:
    out = io.StringIO()
    found = Changes("2025-11-01T08:00:00.000000Z", "2025-11-05", situation, changes, documents, copies)
    print_changes(found, make_console(out, width))
    return out.getvalue()


def test_reports_and_copies_are_counted() -> None:
    assert "1 report came in, 1 of them a copy." in show(documents=1, copies=1)
    assert "3 reports came in, 2 of them copies." in show(copies=2)
    assert "Nothing new in them." in show()
    assert "in “temrin”" in show(situation="temrin")


def test_changes_stand_under_their_kind_and_event() -> None:
    printed = show(
        make_change(ChangeKind.NEW_EVENT),
        make_change(ChangeKind.FIGURE, "e2", "killed: 13 → 19"),
        make_change(ChangeKind.FIGURE, "e3", "killed: 4"),
        make_change(ChangeKind.FIGURE, "e2", "injured: 7"),
    )
    assert printed.index("NEW EVENTS (1)") < printed.index("FIGURES THAT MOVED (3)")
    figures = printed.partition("FIGURES")[2]
    assert figures.count("e2 ") == 1
    assert figures.index("killed: 13 → 19") < figures.index("injured: 7") < figures.index("killed: 4")


def test_a_sentence_that_its_title_tells_is_not_repeated() -> None:
    printed = show(make_change(ChangeKind.NEW_EVENT))
    assert printed.count("Ross warplanes struck") == 1
    assert "Harbour Wire, 2025-11-04 [c1]" in printed
    other = show(make_change(ChangeKind.NEW_EVENT, sentence="Bombs fell on the port."))
    assert "“Bombs fell on the port.”" in other


def test_many_changes_of_one_event_are_cut() -> None:
    changes = [make_change(ChangeKind.VOICE, what=f"voice {i}") for i in range(7)]
    printed = show(*changes)
    assert "and 3 more" in printed
    assert "voice 6" not in printed


def test_no_line_is_wider_than_the_terminal() -> None:
    for width in (50, 80, 120):
        printed = show(make_change(ChangeKind.STATUS, sentence=SENTENCE * 5), width=width)
        assert max(len(line) for line in printed.splitlines()) <= width
