"""Full-text search: one syntax, and the same documents on every backend."""

import time
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportedly.errors import QueryError
from reportedly.records.decision import Removal
from reportedly.store import Publisher, open_store
from reportedly.store.sql import SqlStore
from reportedly.store.words import make_excerpt, mark_excerpt, parse_query, split_words, to_fts5, to_tsquery
from tests.store.makers import Told, make_report

TEXTS = (
    "Rebels shelled the harbour of Tuvala on Friday. Nobody was hurt.",
    "The harbour master of Tuvala said the U.S. Navy had left the harbour.",
    "Señor Muñoz met the café owners; STRIKES were called off.",
    "A strike closed the harbour's north gate. The striking crews don't talk.",
    "Nothing of the kind happened in Brod.",
    "In 2025, 1,200 people fled; 'OR' is no word here, and AND is.",
)


@pytest.fixture(
    scope="module", params=["sqlite", pytest.param("postgres", marks=[pytest.mark.postgres, pytest.mark.slow])]
)
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqlStore]:
    if request.param == "sqlite":
        with open_store(tmp_path_factory.mktemp("search") / "ledger.db") as store:
            yield _fill(store)
        return
    with request.getfixturevalue("postgres").make_database() as url, open_store(url) as store:
        yield _fill(store)


def _fill(store: SqlStore) -> SqlStore:
    with store.writing("2026-01-01T00:00:00Z") as writer:
        for number, text in enumerate(TEXTS):
            title = "Strike at the port" if number == 4 else f"Report {number}"
            report = make_report([Told(text)], address=f"https://example.org/{number}", title=title)
            writer.add_report(report, Publisher("Harbour Wire"))
    return store


def _find(store: SqlStore, query: str) -> set[int]:
    with store.reading() as view:
        addresses = {head.id: head.address or "" for head in view.find_heads()}
        return {int(addresses[hit.document][-1]) for hit in view.search(query)}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("harbour", {0, 1, 3}),
        ("HARBOUR Tuvala", {0, 1}),
        ("harbour -Tuvala", {3}),
        ("-Tuvala harbour", {3}),
        ('"harbour master"', {1}),
        ('"master harbour"', set()),
        ('harbour -"north gate"', {0, 1}),
        ("strike", {3, 4}),
        ("strik*", {2, 3, 4}),
        ("brod OR navy", {1, 4}),
        ("harbour friday OR brod", {0, 4}),
        ("harbour (friday OR gate)", {0, 3}),
        ("harbour -(friday OR gate)", {1}),
        ("(brod OR navy) (tuvala OR kind)", {1, 4}),
        ("munoz cafe", {2}),
        ("MUÑOZ", {2}),
        ("u.s.", {1}),
        ("U.S. Navy", {1}),
        ("don't", {3}),
        ("1,200", {5}),
        ("title:port", set()),
        ("port", {4}),
        ("or", {5}),
        ("and", {5}),
        ("NEAR harbour", set()),
        ("harbour AND navy", set()),
        ("har*bour", set()),
        ("harbour OR", {0, 1, 3}),
        ("OR OR harbour", {0, 1, 3}),
        ("() harbour", {0, 1, 3}),
        ("harbour - tuvala", {0, 1}),
        ("harb* tuv*", {0, 1}),
        ('"report 3"', {3}),
        ('"gate report"', set()),
        ("'; DROP TABLE documents; --", set()),
        ("zebra", set()),
    ],
)
def test_finds(filled: SqlStore, query: str, found: set[int]) -> None:
    assert _find(filled, query) == found


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("", "'': there is no word to search for"),
        ("-" * 1000, "^-{80}: there is no word"),
        ("  ...  ", "no word to search for"),
        ('""', "no word to search for"),
        ("*", "no word to search for"),
        ("-harbour", "beside what is to be left out"),
        ("harbour OR -gate", "beside what is to be left out"),
        ('"harbour', "quotation mark is left open"),
        ("(harbour", "parenthesis is left open"),
        ("harbour)", "parenthesis is closed"),
        ("(" * 30 + "a" + ")" * 30, "more than 20 parentheses"),
        ("a " * 100, "more than 64 words"),
    ],
)
def test_says_what_is_wrong(filled: SqlStore, query: str, told: str) -> None:
    with filled.reading() as view, pytest.raises(QueryError, match=told):
        view.search(query)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.sampled_from("harbou tuvl\"()-*:ORANDñ^{}+'\\\x00,.&|!<>") | st.characters(), max_size=20))
def test_understands_or_says_why_not(filled: SqlStore, query: str) -> None:
    try:
        node = parse_query(query)
    except QueryError:
        return
    with filled.reading() as view:
        assert len(view.search(query)) <= len(TEXTS)
    assert to_fts5(node)
    assert to_tsquery(node)


def test_shows_the_words_found(filled: SqlStore) -> None:
    with filled.reading() as view:
        best = view.search("tuvala rebels")[0]
        assert best.excerpt == "[Rebels] shelled the harbour of [Tuvala] on Friday. Nobody was hurt."
        assert (best.title, best.publisher, best.day) == ("Report 0", "Harbour Wire", "2025-10-31")
        assert view.search("port")[0].excerpt == TEXTS[4]
        assert [hit.score for hit in view.search("harbour")] == sorted(
            (hit.score for hit in view.search("harbour")), reverse=True
        )
        assert len(view.search("harbour", limit=2)) == 2


def test_searches_as_of_a_time(filled: SqlStore) -> None:
    with filled.reading("2025-12-31T00:00:00Z") as view:
        assert view.search("harbour") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The U.S. Navy’s café", ["the", "u", "s", "navy", "s", "cafe"]),
        ("under_score", ["under", "score"]),
        ("Straße ŁÓDŹ", ["strasse", "łodz"]),
        ("cafe\u0301s", ["cafes"]),
        ("الحُدَيدة", ["الحديدة"]),
        ("½ of 10³", ["12", "of", "103"]),
        ("", []),
        ("…—", []),
    ],
)
def test_cuts_words(text: str, words: list[str]) -> None:
    assert split_words(text) == words


@given(st.text())
def test_words_hold_letters_and_digits_only(text: str) -> None:
    assert all(word and word.isalnum() for word in split_words(text))


def test_cuts_an_excerpt_out_of_a_long_text() -> None:
    text = (
        "First words. " * 40 + "The fleet lay idle. A convoy left Tuvala under escort. It sank. " + "Last words. " * 40
    )
    excerpt = make_excerpt(text, parse_query('"left tuvala" OR escort'))
    assert "A convoy [left Tuvala] under [escort]. It sank." in excerpt
    assert len(excerpt) < 300
    assert excerpt.startswith("A convoy")
    long = "word " * 200 + "needle " + "word " * 200
    assert make_excerpt(long, parse_query("needle")).startswith("… word")
    assert make_excerpt(long, parse_query("needle")).endswith("word …")
    assert make_excerpt(long, parse_query("thread")).endswith("word …")


def test_an_excerpt_of_a_text_full_of_finds_is_cut_in_no_time() -> None:
    text = "strike after strike. " * 40_000
    start = time.process_time()
    assert make_excerpt(text, parse_query("strike")).startswith("[strike] after [strike].")
    assert time.process_time() - start < 4


def test_finds_in_texts_of_more_words_than_a_server_takes(store: SqlStore) -> None:
    """A million characters, hardly a word of which stands there twice; and a word of 900 letters."""
    endless = "ä" * 900
    report = make_report([Told(f"{endless} ends. " + " ".join(f"{number:x}я" for number in range(150_000)))])
    assert report.document is not None
    assert len(report.document.text) < 1_000_000
    with store.writing() as writer:
        writer.add_report(report, Publisher())
    with store.reading() as view:
        for query in (endless, f"{endless[:800]}*", f'"{endless} ends"', "ffffя", "12*"):
            assert [hit.document for hit in view.search(query)] == [report.document.id], query[:20]
    with store.writing() as writer:
        writer.forget(Removal(report.document.id, writer.recorded, "ann", "asked to", 0))
    assert store.check() == []


def test_marks_are_told_apart_from_brackets_of_the_text() -> None:
    excerpt, found = mark_excerpt("He said [sic] the  strike\nwas [a] strike.", parse_query("strike"))
    assert excerpt == "He said [sic] the [strike] was [a] [strike]."
    assert [excerpt[span.start : span.end] for span in found] == ["[strike]", "[strike]"]
    assert found[0].start == excerpt.index("[strike]")


@given(st.text(max_size=400), st.sampled_from(["a", "a*", '"a b"', "b OR c", "a -b"]))
def test_an_excerpt_is_of_the_text(text: str, query: str) -> None:
    excerpt, found = mark_excerpt(text, parse_query(query))
    assert all(excerpt[span.start] + excerpt[span.end - 1] == "[]" for span in found)
    plain = "".join(text.split()).replace("[", "").replace("]", "")
    shown = "".join(excerpt.removeprefix("… ").removesuffix(" …").split()).replace("[", "").replace("]", "")
    assert shown in plain
