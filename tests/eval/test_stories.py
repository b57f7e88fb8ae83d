"""The measuring of stories: what hangs together, and the index that stands for a store."""

from eval.stories import Ledger, group
from reportedly.link.story_terms import open_stories
from reportedly.records.document import Document, Publication, TimePrecision


def write(name: str, text: str, day: str) -> Document:
    published = Publication(day, TimePrecision.DAY, not_before=False, known_by="record", reliable=True)
    return Document(name, text, published=published)


DOCUMENTS = [
    write("a", "The Ostrel bridge at Tamsk fell, killing 14 people, mayor Ilsa Vorn said.", "2025-03-01"),
    write("b", "Dockers in Port Kellan walked out, union leader Bram Odeku said.", "2025-03-01"),
    write("c", "Mayor Ilsa Vorn of Tamsk resigned over the Ostrel bridge.", "2025-03-04"),
]


def test_documents_that_links_join_have_one_leader() -> None:
    assert group(DOCUMENTS, [("a", "c")]) == {"a": "a", "b": "b", "c": "a"}
    assert group(DOCUMENTS, [("b", "c"), ("a", "b")]) == {"a": "a", "b": "a", "c": "a"}


def test_the_index_links_as_the_product_does() -> None:
    ledger = Ledger(open_stories())
    ledger.add(DOCUMENTS)
    assert [(link.left, link.right) for link in ledger.link()] == [("a", "c")]
