"""Which addresses stay those of one document."""

import pytest

from reportedly.records.document import are_versions


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("https://wire.example/1", "https://wire.example/1", True),
        ("reports.jsonl#ferry", "reports.jsonl#ferry", True),
        ("https://wire.example/1", "https://wire.example/2", False),
        ("stdin", "stdin", False),
        ("stdin#0", "stdin#0", False),
        ("reports.jsonl#line-3", "reports.jsonl#line-3", False),
        (None, None, False),
    ],
)
def test_what_came_through_a_passing_address_has_no_versions(
    one: str | None, other: str | None, expected: bool
) -> None:
    assert are_versions(one, other) is expected
