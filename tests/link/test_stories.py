"""Which reports belong to one matter, whatever the order they come in."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.link.stories import WINDOW_DAYS, is_earlier, judge_story, make_story, sketch_story
from reportedly.link.story_terms import fold, make_profile, open_stories
from reportedly.link.story_weights import (
    BACKGROUND_DAYS,
    MAX_CANDIDATES,
    TermWeights,
    choose_earlier,
    choose_keys,
    find_tier,
    is_tier,
    sample_background,
    weigh_terms,
)
from reportedly.records.document import Document, Genre, Publication, TimePrecision
from reportedly.records.event import Story
from reportedly.records.link import Link, Relation
from reportedly.records.stored import DocumentHead, Sketch

WORDS = open_stories()
ALONE = TermWeights(WORDS)

BRIDGE = "Rescuers searched the river at Tamsk after the Ostrel bridge fell, killing 14 people, mayor Ilsa Vorn said."
BRIDGE_LATER = "Mayor Ilsa Vorn of Tamsk resigned as 14 people killed on the Ostrel bridge were buried."
STRIKE = "Dockers in Port Kellan walked out over pay, halting all cranes, union leader Bram Odeku said."
STRIKE_LATER = "Bram Odeku called off the Port Kellan dockers' walkout after a pay offer, and cranes moved again."
FAR = "A hailstorm ruined the vineyards above Lower Quenby, growers reported."


def write(name: str, text: str, day: str | None = "2025-03-01", title: str | None = None) -> Document:
    published = day and Publication(day, TimePrecision.DAY, not_before=False, known_by="record", reliable=True)
    return Document(name, text, title=title, published=published or None)


def sketch(name: str, text: str, day: str | None = "2025-03-01", title: str | None = None) -> Sketch:
    return sketch_story(write(name, text, day, title), WORDS)


def judge(one: Sketch, *earlier: Sketch, weights: TermWeights = ALONE) -> list[str]:
    links = judge_story(one, {other.subject: other for other in earlier}, weights)
    assert all(link.right == one.subject and link.relation is Relation.SAME_STORY for link in links)
    assert all(0 < link.score <= 1 for link in links)
    return [link.left for link in links]


class Ledger:
    """Documents in the order they came in, linked as a store would: the late ones cause others to be judged again."""

    def __init__(self) -> None:
        self.sketches: dict[str, Sketch] = {}
        self.links: dict[str, tuple[Link, ...]] = {}

    def add(self, one: Sketch) -> None:
        self.sketches[one.subject] = one
        for other in self.sketches.values():
            if other is one or self._is_touched(other, one):
                self.links[other.subject] = self._judge(other)

    def _is_touched(self, other: Sketch, late: Sketch) -> bool:
        shares = any(key in late.keys and not is_tier(key) for key in other.keys)
        return (shares and is_earlier(late, other)) or late.subject in self._sample(other.day)[0]

    def _sample(self, day: str | None) -> tuple[list[str], int]:
        last = date.fromisoformat(day) if day else date.max
        first = last - timedelta(days=BACKGROUND_DAYS)

        def find(key: str) -> list[str]:
            return [
                item.subject
                for item in self.sketches.values()
                if key in item.keys and item.day and first <= date.fromisoformat(item.day) < last
            ]

        return sample_background(find)

    def _judge(self, one: Sketch) -> tuple[Link, ...]:
        sample, published = self._sample(one.day)
        weights = weigh_terms((self.sketches[item] for item in sample), published, WORDS)
        found = {
            key: [item.subject for item in self.sketches.values() if key in item.keys and is_earlier(item, one)]
            for key in choose_keys(one, weights)
        }
        return judge_story(one, {item: self.sketches[item] for item in choose_earlier(found)}, weights)

    def group(self) -> set[frozenset[str]]:
        groups = {item: {item} for item in self.sketches}
        for links in self.links.values():
            for link in links:
                joined = groups[link.left] | groups[link.right]
                groups |= dict.fromkeys(joined, joined)
        return {frozenset(items) for items in groups.values()}


def collect(sketches: Iterable[Sketch]) -> Ledger:
    ledger = Ledger()
    for item in sketches:
        ledger.add(item)
    return ledger


def test_a_report_is_led_to_the_matter_it_follows_up() -> None:
    first, other = sketch("a", BRIDGE), sketch("b", STRIKE)
    assert judge(sketch("c", BRIDGE_LATER, "2025-03-09"), first, other) == ["a"]
    assert judge(sketch("d", STRIKE_LATER, "2025-03-09"), first, other) == ["b"]


def test_an_unrelated_report_is_led_nowhere() -> None:
    assert judge(sketch("c", FAR, "2025-03-02"), sketch("a", BRIDGE), sketch("b", STRIKE)) == []


def test_the_reason_names_what_both_tell_of_and_how_far_apart_they_are() -> None:
    (link,) = judge_story(sketch("b", BRIDGE_LATER, "2025-03-02"), {"a": sketch("a", BRIDGE)}, ALONE)
    assert "Ostrel" in link.reason
    assert "Tamsk" in link.reason
    assert link.reason.endswith("; a day apart")


def test_likeness_fades_with_the_days_between() -> None:
    earlier = {"a": sketch("a", BRIDGE)}
    (near,) = judge_story(sketch("b", BRIDGE_LATER, "2025-03-02"), earlier, ALONE)
    (far,) = judge_story(sketch("b", BRIDGE_LATER, "2025-03-20"), earlier, ALONE)
    assert far.score < near.score


def score(one: str, other: str, day: str) -> float:
    """Return how alike the second is to the first, published on 1 March."""
    (link,) = judge_story(sketch("b", other, day), {"a": sketch("a", one)}, ALONE)
    return link.score


def test_what_names_carry_fades_slower_than_what_words_carry() -> None:
    one, other = "Bram Odeku met Ilsa Vorn and Tove Lanke.", "It was Bram Odeku whom Ilsa Vorn and Tove Lanke met."
    named = score(one, other, "2025-03-30") / score(one, other, "2025-03-01")
    one, other = one.lower(), other.lower()
    assert named > score(one, other, "2025-03-30") / score(one, other, "2025-03-01")


def test_one_sentence_fades_slower_than_a_long_report() -> None:
    more = (
        " Divers, welders, surveyors and cranes came; sandbags, barges and floodlights stood on the quay by dusk."
        " Shopkeepers handed out blankets, soup and torches while engineers measured cracks in the pillars."
    )
    brief = score(BRIDGE, BRIDGE, "2025-03-30") / score(BRIDGE, BRIDGE, "2025-03-01")
    long = BRIDGE + more
    assert brief > score(long, long, "2025-03-30") / score(long, long, "2025-03-01")


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("airstrikes", "airstrikes"),
        ("airstrike", "airstrikes"),
        ("strikers", "strike"),
        ("striking", "strike"),
        ("protesters", "protest"),
        ("bridges", "bridge"),
        ("crossing", "cross"),
        ("zorblaxes", "zorblax"),
        ("news", "news"),
        ("police", "police"),
        ("virus", "virus"),
        ("glass", "glass"),
        ("gas", "gas"),
    ],
)
def test_words_of_one_stem_are_one_term(word: str, form: str) -> None:
    assert fold(word, WORDS) == form


def test_names_are_not_folded() -> None:
    profile = make_profile(write("a", "Aldo Hastings walks the Ostrel bridges.", title="Hastings walks"), WORDS)
    assert "Hastings" in profile.terms
    assert {"bridge", "walk"} <= profile.terms.keys()
    assert "walk" in profile.title


def test_what_is_later_or_out_of_the_window_is_no_neighbour() -> None:
    one = sketch("m", BRIDGE, "2025-03-01")
    assert judge(one, sketch("n", BRIDGE, "2025-03-02")) == []
    assert judge(one, sketch("z", BRIDGE, "2025-03-01")) == []
    assert judge(one, sketch("a", BRIDGE, "2025-03-01")) == ["a"]
    before = date(2025, 3, 1) - timedelta(days=WINDOW_DAYS)
    assert judge(one, sketch("y", BRIDGE, before.isoformat())) == ["y"]
    assert judge(one, sketch("x", BRIDGE, (before - timedelta(days=1)).isoformat())) == []


def test_a_report_without_a_day_comes_after_the_others() -> None:
    undated, dated = sketch("a", BRIDGE, None), sketch("b", BRIDGE_LATER, "2019-01-01")
    assert judge(undated, dated) == ["b"]
    assert judge(dated, undated) == []


def test_the_words_a_page_says_of_itself_make_no_matter() -> None:
    furniture = (
        "\nSign up for our newsletter to read more.\nPlease enable JavaScript in your browser, Kellan readers.\n"
    )
    one, other = (write(name, text + furniture * 3) for name, text in (("a", BRIDGE), ("b", FAR)))
    assert judge(sketch_story(other, WORDS), sketch_story(one, WORDS)) == []
    assert sketch_story(one, WORDS).payload == sketch("a", BRIDGE).payload


def test_what_the_whole_time_talks_of_tells_nothing() -> None:
    """In the reports of one crisis, its president and its capital bring no two of them together."""
    texts = [
        f"President Aldo Renk spoke in Varuna on {topic}; Aldo Renk gave no details to reporters in Varuna."
        for topic in ("wheat", "pensions", "railways", "mosquitoes", "tunnels", "football", "vaccines", "lighthouses")
    ]
    crowd = [sketch(f"{number:03}", texts[number % 8], "2025-03-01") for number in range(160)]
    one = sketch("x", "President Aldo Renk opened a museum of antique clocks in Varuna.", "2025-03-09")
    other = sketch("w", "President Aldo Renk received angry farmers from the hills in Varuna.", "2025-03-08")
    told = weigh_terms(crowd, len(crowd), WORDS)
    assert judge(one, other) == ["w"]
    assert judge(one, other, weights=told) == []
    assert told.weigh("Renk") < ALONE.weigh("Renk")
    assert told.weigh("museum") == ALONE.weigh("museum")


def test_keys_that_half_of_the_time_has_are_left_out() -> None:
    crowd = [sketch(f"{number:03}", f"Aldo Renk met visitor Qo{number}k.", "2025-03-01") for number in range(100)]
    one = sketch("x", "Aldo Renk lost the Sarnath vote.", "2025-03-09")
    told = weigh_terms(crowd, 50_000, WORDS)
    chosen = choose_keys(one, told)
    assert "Renk" in one.keys
    assert "Renk" not in chosen
    assert "Sarnath" in chosen
    assert any("Sarnath" in key and "|" in key for key in chosen)
    assert set(chosen) <= set(one.keys)
    assert not any(is_tier(key) for key in chosen)
    assert "Renk" in choose_keys(one, ALONE)


def test_of_many_candidates_those_are_kept_that_share_rare_keys() -> None:
    found = {"common": [f"{number:04}" for number in range(1000)], "rare": ["0999"]}
    kept = choose_earlier(found)
    assert len(kept) == MAX_CANDIDATES
    assert "0999" in kept


def test_a_sample_is_drawn_from_the_rarest_tiers_that_suffice() -> None:
    by_key: dict[str, list[str]] = defaultdict(list)
    for number in range(3000):
        by_key[find_tier(f"{number:05}")].append(f"{number:05}")
    sample, published = sample_background(lambda key: by_key[key])
    assert 250 <= len(sample) < 1000
    assert 0.8 * 3000 < published < 1.25 * 3000
    few = sample_background(lambda key: [item for item in by_key[key] if item < "00040"])
    assert few == ([f"{number:05}" for number in range(40)], 40)


def test_a_late_report_brings_stories_together() -> None:
    start = sketch("a", "Smoke rose over Halvard Point where the tanker Brisa Mar lay aground.", "2025-03-01")
    late = sketch("b", "The tanker Brisa Mar leaked oil at Halvard Point; diver Tove Lanke drowned.", "2025-03-02")
    end = sketch("c", "Diver Tove Lanke, who drowned under a leaking ship, was buried.", "2025-03-03")
    apart = collect((start, end))
    assert len(apart.group()) == 2
    apart.add(late)
    assert apart.group() == {frozenset("abc")} == collect((start, late, end)).group()


_TEXTS = (BRIDGE, BRIDGE_LATER, STRIKE, STRIKE_LATER, FAR, f"{BRIDGE} {STRIKE_LATER}")
_STREAM = [
    sketch(
        f"{number:02}",
        _TEXTS[number % 6] + f" Witness Mr Ko{number % 4}ran agreed.",
        f"2025-03-{1 + 2 * (number % 13):02}",
    )
    for number in range(12)
]


@given(st.permutations(_STREAM))
@settings(max_examples=6, deadline=None)
def test_the_order_of_arrival_does_not_matter(arriving: Sequence[Sketch]) -> None:
    assert collect(arriving).links == collect(_STREAM).links


def head(name: str, day: str | None, title: str | None = None) -> DocumentHead:
    published = day and Publication(day, TimePrecision.DAY, not_before=False, known_by="record", reliable=True)
    return DocumentHead(
        name,
        None,
        title,
        None,
        None,
        None,
        None,
        published or None,
        None,
        Genre.REPORT,
        "en",
        100,
        "2025-04-01T00:00:00Z",
    )


def make(*documents: tuple[str, str, str | None, str | None]) -> Story:
    heads = [head(name, day, title) for name, _, day, title in documents]
    return make_story(heads, {name: sketch(name, text, day, title) for name, text, day, title in documents}, WORDS)


def test_a_story_is_titled_by_its_most_central_document() -> None:
    story = make(
        ("c", BRIDGE_LATER, "2025-03-09", "Tamsk mayor quits"),
        ("a", FAR, "2025-02-27", "Hail in Quenby"),
        ("b", BRIDGE, "2025-03-01", "Ostrel bridge at Tamsk falls, killing 14"),
    )
    assert story.title == "Ostrel bridge at Tamsk falls, killing 14"
    assert story.documents == ("a", "b", "c")
    assert (story.first, story.last) == ("2025-02-27", "2025-03-09")
    assert {"Tamsk", "Ostrel"} <= set(story.words)


def test_a_story_without_headlines_is_titled_by_how_its_document_begins() -> None:
    story = make(("a", f"{STRIKE} More was to come.", None, None))
    assert story.title == STRIKE
    assert (story.first, story.last) == (None, None)


def test_a_story_keeps_its_id_while_its_first_document_stays() -> None:
    one = make(("a", BRIDGE, "2025-03-01", None))
    both = make(("b", BRIDGE_LATER, "2025-03-09", None), ("a", BRIDGE, "2025-03-01", None))
    assert one.id == both.id
    assert len(one.id) == 20
    assert one.id != make(("b", BRIDGE, "2025-03-01", None)).id


def test_a_story_without_sketches_has_the_headline_of_its_first_document() -> None:
    assert make_story([head("a", "2025-03-01", "Hail")], {}, WORDS).title == "Hail"


def test_a_story_needs_a_document() -> None:
    with pytest.raises(ValueError, match="document"):
        make_story([], {}, WORDS)
