"""Kinds of text, told only where they are clear."""

import pytest

from reportedly.clean import CleanResources
from reportedly.clean.genre import find_genre
from reportedly.records.document import Genre

PROSE = "Rebels shelled the harbour on Tuesday, officials said."
TRIAL = (
    "Prosecutors told the jury that the defendant had ordered the attack. He pleaded not guilty before Judge Ana Roe. "
    "A verdict is expected in May, according to court documents."
)
MATCH = "The striker scored twice before half-time. The head coach praised his squad after the Premier League match."


@pytest.mark.parametrize(
    ("text", "title", "address", "section", "genre"),
    [
        (PROSE, None, None, "", Genre.REPORT),
        (PROSE, "Opinion: The coast deserves better", None, "", Genre.OPINION),
        (PROSE, None, "https://example.org/opinion/2025/a", "", Genre.OPINION),
        (PROSE, None, "https://example.org/news/live-opinion-sport", "", Genre.REPORT),
        (PROSE, None, None, "newsarticle opinionnewsarticle", Genre.OPINION),
        (PROSE, "Coast war live: navy denies losses", None, "", Genre.LIVE),
        (PROSE, None, "https://example.org/world/live/2025/a", "", Genre.LIVE),
        (PROSE, "Town marks 20th anniversary of the shelling", None, "", Genre.ANNIVERSARY),
        (PROSE, "Ana Roe, who mapped the coast, dies at 91", None, "", Genre.OBITUARY),
        (PROSE, "Explainer: Why the harbour matters", None, "", Genre.ANALYSIS),
        (TRIAL, None, None, "", Genre.COURT),
        (MATCH, None, None, "", Genre.SPORT),
        (
            "Heavy rain and gusts of 90 km/h are due, meteorologists said. Temperatures fall.",
            None,
            None,
            "",
            Genre.WEATHER,
        ),
        ("Prosecutors are looking into the shelling, the mayor said. " + PROSE, None, None, "", Genre.REPORT),
        ("The president lives in the capital. Live rounds were fired.", "Live rounds fired", None, "", Genre.REPORT),
    ],
)
def test_genres(
    resources: CleanResources, text: str, title: str | None, address: str | None, section: str, genre: Genre
) -> None:
    assert find_genre(text, title, address, section, resources.genres) is genre
