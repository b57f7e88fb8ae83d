"""Datelines, agencies, bylines and contributors."""

import pytest

from reportedly.clean import CleanResources
from reportedly.clean.credit import find_credits

PROSE = "Rebels shelled the harbour on Tuesday, officials said, and the navy denied that a ship was hit."


@pytest.mark.parametrize(
    ("head", "place", "date", "credit"),
    [
        ("CARACAS, Oct 31 (Reuters) - ", "CARACAS", "Oct 31", "Reuters"),
        ("DEIR AL-BALAH, Gaza Strip (AP) — ", "DEIR AL-BALAH, Gaza Strip", None, "Associated Press"),
        ("KYIV — ", "KYIV", None, None),
        ("SAN SALVADOR, 3 JAN 90 (AFP) -- ", "SAN SALVADOR", "3 JAN 90", "Agence France-Presse"),
        ("Caracas, 31 Oct (AVN): ", "Caracas", "31 Oct", "AVN"),
        ("Gaza City (dpa) – ", "Gaza City", None, "Deutsche Presse-Agentur"),
        ("United Nations – The council met. ", "United Nations", None, None),
        ("(Xinhua) -- ", None, None, "Xinhua"),
        ("By AP\n", None, None, "Associated Press"),
        ("By Ana Roe, Associated Press\n", None, None, "Associated Press"),
        ("By Ana Roe\n", None, None, None),
    ],
)
def test_heads(resources: CleanResources, head: str, place: str | None, date: str | None, credit: str | None) -> None:
    text = head + PROSE
    found = find_credits(text, resources.credit)
    dateline = found.dateline
    assert (dateline.place if dateline else None, dateline.date if dateline else None) == (place, date)
    assert found.credit == credit
    assert found.ranges
    assert all(item.span.end <= len(head) for item in found.ranges)


@pytest.mark.parametrize(
    "text",
    [
        "BREAKING — " + PROSE,
        "NATO — the alliance of 32 states — met on Tuesday.",
        "Iran – which denies the charge – answered on Tuesday.",
        "The army (AP) said so.",
        "By Tuesday the army had left.",
        "France contributed.",
        PROSE,
    ],
)
def test_what_looks_like_a_credit_and_is_none(resources: CleanResources, text: str) -> None:
    found = find_credits(f"{text}\n{PROSE}\n{text}", resources.credit)
    assert (found.ranges, found.dateline, found.credit) == ((), None, None)


@pytest.mark.parametrize(
    ("tail", "credit"),
    [
        ("The Associated Press contributed to this report.", "Associated Press"),
        ("— Agence France-Presse contributed", "Agence France-Presse"),
        ("With inputs from ANI", "Asian News International"),
        ("(With agency inputs)", None),
        ("Staff writer Ana Roe contributed to this story.", None),
        ("/AFP", "Agence France-Presse"),
        ("Source: Reuters", "Reuters"),
    ],
)
def test_tails(resources: CleanResources, tail: str, credit: str | None) -> None:
    text = f"{PROSE}\n{tail}"
    found = find_credits(text, resources.credit)
    assert [item.span.slice(text) for item in found.ranges] == [tail]
    assert found.credit == credit


def test_the_dateline_outweighs_a_contributor(resources: CleanResources) -> None:
    text = f"CARACAS (Reuters) - {PROSE}\nThe Associated Press contributed to this report."
    assert find_credits(text, resources.credit).credit == "Reuters"


def test_a_long_headline_is_no_wrapped_line(resources: CleanResources) -> None:
    head = "Fleet leaves port after the harbour is shelled, officials of the navy say\n\n"
    found = find_credits(head + "OLDPORT, Oct 31 (Harbour Wire) - " + PROSE, resources.credit)
    assert found.credit == "Harbour Wire"


@pytest.mark.parametrize(
    "line", ["31 October 2025", "Updated Oct 31, 2025 - The Lantern", "By the foreign desk of the Lantern"]
)
def test_lines_that_only_say_when_and_by_whom(resources: CleanResources, line: str) -> None:
    found = find_credits(f"{line}\n{PROSE}", resources.credit)
    assert [item.span.end for item in found.ranges] == [len(line)]


def test_a_sentence_that_opens_like_a_byline_is_read(resources: CleanResources) -> None:
    assert find_credits("By the time the team left the port, ten had died.\n" + PROSE, resources.credit).ranges == ()
