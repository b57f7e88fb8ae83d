"""Errors cross process boundaries whole, and each class has a code of its own."""

import pickle

import pytest

from reportedly import errors
from reportedly.errors import DocumentError, FormatError, ReportedlyError


def find_classes(root: type[ReportedlyError]) -> list[type[ReportedlyError]]:
    """The classes of the tree; a stage may have a private subclass, which shares its parent's code."""
    own = [child for child in root.__subclasses__() if child.__module__ == errors.__name__]
    return [root, *(found for child in own for found in find_classes(child))]


def test_codes_are_distinct_and_drawn_in_the_tree() -> None:
    classes = find_classes(ReportedlyError)
    assert len({cls.code for cls in classes}) == len(classes)
    assert all(cls.__name__ in (errors.__doc__ or "") for cls in classes)


@pytest.mark.parametrize("cls", find_classes(DocumentError))
def test_document_errors_survive_pickling(cls: type[DocumentError]) -> None:
    error = pickle.loads(pickle.dumps(cls("a.txt", "it is empty")))
    assert type(error) is cls
    assert (error.address, error.message) == ("a.txt", "it is empty")
    assert str(FormatError("a.pdf", "no text")) == "a.pdf: no text"
