"""Headlines run into a text, and sentences that must not be taken for them."""

import pytest

from reportedly.clean import CleanResources
from reportedly.clean.headings import find_headings, find_title

PROSE = "Rebels shelled the harbour of Port Ravel on Tuesday, officials said, and the navy denied it."


def find(resources: CleanResources, text: str, title: str | None = None) -> list[str]:
    return [span.slice(text) for span in find_headings(text, title, resources.headings)]


@pytest.mark.parametrize(
    "line", ["Background: The War for the Coast", "Navy Denies Losses", "Reactions", "WHAT WE KNOW"]
)
def test_lines_of_their_own(resources: CleanResources, line: str) -> None:
    assert find(resources, f"{PROSE}\n{line}\n{PROSE}") == [line]


@pytest.mark.parametrize(
    "text",
    [
        f"{PROSE}\nThe army took two villages on the coast\n{PROSE}",
        f"{PROSE}\nNavy Denies Losses",
        "Navy Denies Losses",
        "Rebels shelled the harbour of Port Ravel, the largest town of the\nRavel Coast Province\n" + PROSE,
        f"{PROSE}\n- Navy Denies Losses\n{PROSE}",
        f"{PROSE.upper()}\nNAVY DENIES LOSSES\n{PROSE.upper()}",
    ],
)
def test_what_may_claim_something_is_coded(resources: CleanResources, text: str) -> None:
    assert find(resources, text) == []


def test_headings_glued_to_a_sentence(resources: CleanResources) -> None:
    text = f"{PROSE} What Comes Next For now, the navy insists that no ship was hit."
    assert find(resources, text) == ["What Comes Next"]


def test_the_title_at_the_start(resources: CleanResources) -> None:
    title = "Rebels shell harbour"
    assert find(resources, f"Rebels shell harbour\n\n{PROSE}", title) == [title]
    assert find(resources, f"Rebels shell harbour: {PROSE}", title) == ["Rebels shell harbour:"]
    assert find(resources, f"REBELS SHELL HARBOUR {PROSE}", title) == ["REBELS SHELL HARBOUR"]
    assert find(resources, "Rebels shell harbour and leave, the navy said.", title) == []


def test_a_first_line_is_a_title_only_over_prose() -> None:
    assert find_title(f"Rebels shell harbour\n{PROSE}", ()) is not None
    assert find_title("Rebels shell harbour\nNavy denies losses", ()) is None
    assert find_title(PROSE, ()) is None
    assert find_title("", ()) is None
