"""What stands beside a report, and what only looks like it."""

import pytest

from reportedly.clean import CleanResources
from reportedly.clean.boilerplate import find_boilerplate

PROSE = "Rebels shelled the harbour on Tuesday, officials said."


@pytest.mark.parametrize(
    "line",
    [
        "FOR MORE : https://example.org/category/world/",
        "Read more: How the war came to the coast",
        "Also read | How the war came to the coast",
        "Sign up for our newsletter to get the news first",
        "Follow us on Telegram",
        "Share on Facebook",
        "Facebook Twitter WhatsApp Email",
        "© 2025 Ravel Gazette",
        "Copyright 2025. All rights reserved.",
        "Reporting by Ana Roe; editing by Bo Lind",
        "(Additional reporting by Ana Roe in Port Ravel)",
        "https://example.org/x",
        "Advertisement",
        "Photo: Ana Roe",
        "This is a developing story.",
        "This story was originally published October 31, 2025.",
    ],
)
def test_lines(resources: CleanResources, line: str) -> None:
    text = f"{PROSE}\n{line}\n{PROSE}"
    assert [span.slice(text) for span in find_boilerplate(text, resources.boilerplate)] == [line]


@pytest.mark.parametrize(
    "line",
    [
        PROSE,
        "Share prices fell after the attack.",
        "The army will follow us, the mayor said.",
        "Subscribers of the network lost their connection during the attack.",
        "Reporting restrictions were lifted on Tuesday.",
        "For more than a week the town was under siege.",
        "Related charges were dropped.",
        "Watch towers were built along the border.",
        "25,000.",
        "The ship was hit, according to https://example.org/x, on Tuesday.",
    ],
)
def test_sentences_of_reports_are_left_alone(resources: CleanResources, line: str) -> None:
    assert list(find_boilerplate(f"{PROSE}\n{line}\n{PROSE}", resources.boilerplate)) == []


def test_sentences_and_addresses_inside_paragraphs(resources: CleanResources) -> None:
    text = f"{PROSE} Sign up for our daily newsletter here. {PROSE} https://example.org/a.b/c"
    assert [span.slice(text) for span in find_boilerplate(text, resources.boilerplate)] == [
        "Sign up for our daily newsletter here.",
        "https://example.org/a.b/c",
    ]
