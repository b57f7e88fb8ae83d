"""Which document was taken from which, and how; that candidates are found; where lines of copies end."""

import string
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.link.copies import (
    CopyText,
    judge_copy,
    judge_texts,
    lead_back,
    might_be_copy,
    open_copies,
    sketch_copy,
)
from reportedly.link.copy_judgement import PairClass, judge_pair
from reportedly.link.copy_text import read_pair
from reportedly.records.document import Document, Publication, Range, RangeKind, TimePrecision
from reportedly.records.link import CopyKind, Link, Relation
from reportedly.records.spans import Span

WORDS = open_copies()
RAID = (
    """Gunmen on motorbikes raided the village of Arvenna in northern Norland on Tuesday, killing 14 people and burning
about 60 houses, two residents said.

"They came from three sides and fired at anyone who ran," said Ilo Marenka, a millet farmer who hid in a well.

Col. Arno Vesk, the regional commander, said soldiers had come from Tessib, 40 kilometres away, too late to stop the
attackers from driving off some 200 head of cattle.""".replace("\n\n", "¶")
    .replace("\n", " ")
    .replace("¶", "\n\n")
)
REWRITE = """Fourteen villagers died and roughly sixty homes went up in flames when men on motorcycles stormed
Arvenna, in Norland's north, on Tuesday.

Ilo Marenka, who grows millet, saved himself by climbing into a well. The attackers drove away 200 cattle before troops
could get there from Tessib, 40 km off, according to regional commander Col. Arno Vesk.""".replace("\n\n", "¶")
REWRITE = REWRITE.replace("\n", " ").replace("¶", "\n\n")
FUNERAL = """Families in Arvenna buried eleven of their dead on Tuesday afternoon in a trench beside the mosque.

"We called the barracks at four and again at five," said the imam, Suleh Dandor. "The phone rang and nobody came."

A nurse at the health post, Awa Brimm, had treated nine people for gunshot wounds, among them a girl of six."""
OTHER = """Gunmen on motorbikes raided the market town of Korobal in northern Norland on Friday, killing nine people and
setting fire to a grain store, a trader said.

"They came in at the hour of prayer," said Bena Otti, who sells salt there.

Maj. Oru Santo, the local commander, said soldiers had come from Lomarre and had shot two of the attackers."""
OTHER = OTHER.replace("\n\n", "¶").replace("\n", " ").replace("¶", "\n\n")


def make(text: str, id: str = "", time: str = "2025-11-04T08:00:00Z", **fields: str | None) -> Document:
    """A document with an id of its own text."""
    published = Publication(time, TimePrecision.SECOND, False, "record", True) if time else None
    return Document(id=id or str(abs(hash(text))), text=text, published=published, **fields)  # type: ignore[arg-type]


def judge(one: str, other: str) -> PairClass:
    """Class two texts published on one day."""
    left, right = make(one, "a"), make(other, "b")
    return judge_pair(*read_pair(left, right, WORDS), WORDS).kind


def test_same_words_in_other_dress_are_an_exact_copy() -> None:
    dressed = (
        f"Coastline Today — Africa\n\n{RAID.replace(chr(34), '”').replace(' and ', '  and ')}\n\nRead on: The plain"
    )
    link = judge_copy(make(RAID, "a"), make(dressed, "b", "2025-11-04T12:00:00Z"), WORDS)
    assert link is not None
    assert (link.kind, link.left, link.right, link.relation) == (CopyKind.EXACT, "a", "b", Relation.COPY)
    assert link.score == 1.0


def test_ranges_that_are_not_coded_do_not_count() -> None:
    credit = "ARVENNA (Lake Wire) - "
    other = make(credit + RAID, "b", "2025-11-04T12:00:00Z")
    other = Document(
        id="b", text=other.text, uncoded=(Range(Span(0, len(credit)), RangeKind.CREDIT),), published=other.published
    )
    link = judge_copy(make(RAID, "a"), other, WORDS)
    assert link is not None
    assert link.kind is CopyKind.EXACT


@pytest.mark.parametrize(
    "edit",
    [
        RAID.replace("killing 14", "killing 17"),
        RAID.replace("killing 14 people", "killing fifteen people"),
        RAID.partition("\n\nCol.")[0],
        RAID + "\n\nThe government has sent a minister to the region and declared three days of mourning there.",
        "\n\n".join(reversed(RAID.split("\n\n"))),
    ],
    ids=["figure", "figure in words", "cut", "added", "moved"],
)
def test_changed_words_or_a_sentence_more_or_less_are_an_edited_copy(edit: str) -> None:
    assert judge(RAID, edit) is PairClass.EDITED


def test_same_facts_in_other_words_are_a_rewrite() -> None:
    link = judge_copy(make(RAID, "a"), make(REWRITE, "b", "2025-11-04T15:00:00Z"), WORDS)
    assert link is not None
    assert link.kind is CopyKind.REWRITE
    assert "%" in link.reason


def test_another_reporter_on_the_same_event_is_independent() -> None:
    assert judge(RAID, FUNERAL) is PairClass.INDEPENDENT
    assert judge_copy(make(RAID, "a"), make(FUNERAL, "b"), WORDS) is None


def test_another_event_in_the_same_template_is_unrelated() -> None:
    assert judge(RAID, OTHER) is PairClass.UNRELATED
    assert judge_copy(make(RAID, "a"), make(OTHER, "b"), WORDS) is None


def test_one_sentence_of_an_official_does_not_make_a_copy() -> None:
    shared = '"A door that has been open for a year is still a door," Prime Minister Sigrid Aune told parliament.'
    other = f"Elin Storm, who leads the Centre, left the hall. {shared} Tolls on the Sund bridge will rise to 18 marks."
    first = f"Halden will take in 4,000 refugees from Dravik this winter. {shared} Nordvik opened two sports halls."
    assert judge_copy(make(first, "a"), make(other, "b"), WORDS) is None


@given(
    st.text(alphabet=string.ascii_letters + " .,\n\"'0123456789", max_size=300), st.sampled_from([RAID, FUNERAL, ""])
)
def test_the_order_of_the_two_does_not_matter(text: str, other: str) -> None:
    one, two = make(text, "a"), make(other, "b", "2025-11-05T08:00:00Z")
    assert judge_copy(one, two, WORDS) == judge_copy(two, one, WORDS)


class TestOrigin:
    def test_credit_goes_before_the_clock(self) -> None:
        agency = make(RAID, "a", "2025-11-04T09:00:00Z", publisher="Lake Wire")
        paper = make(RAID, "b", "2025-11-04T08:00:00Z", publisher="Coastline Today", credit="Lake Wire")
        link = judge_copy(paper, agency, WORDS)
        assert link is not None
        assert (link.left, link.right) == ("a", "b")
        assert "credited to Lake Wire" in link.reason

    def test_naming_the_outlet_goes_before_the_clock(self) -> None:
        first = make(RAID, "a", "2025-11-04T09:00:00Z", publisher="Lake Wire")
        taken = make(
            f"{REWRITE} Lake Wire reported it first.", "b", "2025-11-04T08:00:00Z", publisher="Coastline Today"
        )
        link = judge_copy(first, taken, WORDS)
        assert link is not None
        assert link.left == "a"
        assert "names Lake Wire" in link.reason

    def test_naming_the_agency_of_both_says_nothing_of_who_copied_whom(self) -> None:
        agency = "Lake Wire"
        first = make(RAID, "a", "2025-11-04T09:00:00Z", publisher="Island Observer", credit=agency)
        second = make(f"{REWRITE} Lake Wire has it.", "b", "2025-11-04T08:00:00Z", publisher="Coastline Today")
        link = judge_copy(first, second, WORDS)
        assert link is not None
        assert link.left == "b"
        assert link.reason.endswith("the earlier one")

    def test_earlier_goes_before_longer(self) -> None:
        link = judge_copy(make(f"{RAID} It rained.", "a", "2025-11-04T09:00:00Z"), make(RAID, "b"), WORDS)
        assert link is not None
        assert link.left == "b"

    def test_a_day_alone_does_not_tell_the_order_within_it(self) -> None:
        longer = make(f"{RAID}\n\nIt rained in the night and the road to the hills was closed.", "b", "2025-11-04")
        link = judge_copy(make(RAID, "a", "2025-11-04T09:00:00Z"), longer, WORDS)
        assert link is not None
        assert link.left == "b"

    def test_without_anything_the_smaller_id_is_the_origin(self) -> None:
        link = judge_copy(make(RAID, "b", ""), make(RAID, "a", ""), WORDS)
        assert link is not None
        assert link.left == "a"


class TestSketch:
    @pytest.mark.parametrize("text", [RAID, REWRITE, RAID.partition("\n\nCol.")[0]])
    def test_copies_and_rewrites_share_a_key_and_pass_the_cheap_look(self, text: str) -> None:
        one, other = sketch_copy(make(RAID), WORDS), sketch_copy(make(text), WORDS)
        assert set(one.keys) & set(other.keys)
        assert might_be_copy(one, other)

    def test_look_alike_shares_no_key(self) -> None:
        weather = make("Rain fell on the Sund coast on Monday. Temperatures reach 11 degrees in Nordvik, 9 in Lofsund.")
        assert not set(sketch_copy(make(RAID), WORDS).keys) & set(sketch_copy(weather, WORDS).keys)
        assert not might_be_copy(sketch_copy(make(RAID), WORDS), sketch_copy(weather, WORDS))

    def test_text_without_words_is_never_compared(self) -> None:
        empty = sketch_copy(make("...", time=""), WORDS)
        assert empty.keys == ()
        assert empty.day is None
        assert not might_be_copy(empty, empty)

    def test_names_of_countries_make_no_key(self) -> None:
        common = "Talks between Russia and Ukraine in Moscow ended on Tuesday, officials from France and Germany said."
        assert not [key for key in sketch_copy(make(common), WORDS).keys if key.startswith("a")]

    @given(st.text(max_size=400))
    def test_is_the_same_every_time_and_keys_are_few(self, text: str) -> None:
        sketch = sketch_copy(make(text, "a"), WORDS)
        assert sketch == sketch_copy(make(text, "a"), WORDS)
        assert len(sketch.keys) <= 12 + 35
        assert len(sketch.payload) < 4_000


class TestLeadBack:
    def test_leads_to_the_end_of_the_line(self) -> None:
        days = {"a": "2025-11-01", "b": "2025-11-02", "c": "2025-11-03", "d": None}
        assert lead_back([copy("a", "b"), copy("b", "c")], days) == {"a": None, "b": "a", "c": "a", "d": None}

    def test_of_several_origins_the_earliest_counts(self) -> None:
        days = {"a": "2025-11-01", "b": "2025-11-02", "c": "2025-11-03"}
        assert lead_back([copy("b", "c", 0.9), copy("a", "c", 0.6)], days)["c"] == "a"

    def test_other_relations_do_not_count(self) -> None:
        story = Link("a", "b", Relation.SAME_STORY, 1.0, "rule:story", "")
        assert lead_back([story], {"a": None, "b": None}) == {"a": None, "b": None}

    def test_a_ring_ends_in_its_earliest_member(self) -> None:
        days = {"a": "2025-11-03", "b": "2025-11-02", "c": "2025-11-02"}
        ends = lead_back([copy("a", "b"), copy("b", "c"), copy("c", "a")], days)
        assert ends == {"a": "b", "b": None, "c": "b"}

    @given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), max_size=12))
    def test_ends_are_originals_and_the_order_of_links_does_not_matter(self, edges: list[tuple[str, str]]) -> None:
        links = [copy(left, right) for left, right in edges if left != right]
        days: dict[str, str | None] = {name: f"2025-11-0{at}" for at, name in enumerate("abcdef", 1)}
        ends = lead_back(links, days)
        assert ends == lead_back(links[::-1], days)
        assert all(ends[end] is None for end in ends.values() if end is not None)


def copy(left: str, right: str, score: float = 0.8) -> Link:
    """A copy link."""
    return Link(left, right, Relation.COPY, score, "rule:copy", "", CopyKind.EDITED)


def test_texts_that_were_compared_before_are_judged_the_same() -> None:
    wordings = (RAID, REWRITE, FUNERAL, OTHER, RAID.lower().capitalize(), f"{RAID} It rained.")
    documents = [make(text, f"d{at}") for at, text in enumerate(wordings)]
    texts = [CopyText(document, WORDS) for document in documents]
    for one, other in permutations(range(len(documents)), 2):
        fresh = judge_copy(documents[one], documents[other], WORDS)
        assert judge_texts(texts[one], texts[other], WORDS) == fresh
