"""Which names are one voice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.link.voices import WHOLE, Speaker, fold, group_speakers, open_voices, read_speaker
from reportedly.records.grounding import GroundedSource, SourceKind
from tests.link.situations import make_source

WORDS = open_voices()


def read(source: GroundedSource, sentence: str = "") -> Speaker:
    return read_speaker(source, sentence, WORDS)


def official(text: str, code: str | None = None) -> GroundedSource:
    return make_source(text, SourceKind.OFFICIAL, code=code)


@pytest.mark.parametrize(
    ("text", "code", "body"),
    [
        ("the Norland Defence Ministry", "NRL/GOV", "armed forces"),
        ("Norland's Ministry of War", "NRL/GOV", "armed forces"),
        ("the Pentagon", "USA/MIL", "armed forces"),
        ("a navy spokesman", "NRL/MIL", "armed forces"),
        ("the State Department", "USA/GOV", "foreign"),
        ("the Norland foreign minister", "NRL/GOV", "foreign"),
        ("the emergencies ministry", None, "civil defence"),
        ("Norland police", "NRL/COP", "police"),
        ("the mayor of Oldport", "NRL/GOV", "local oldport"),
        ("Oldport's mayor", "NRL/GOV", "local oldport"),
        ("Norland", "NRL", WHOLE),
        ("the White House", "USA/GOV", WHOLE),
        ("the ministry", "NRL/GOV", WHOLE),
    ],
)
def test_which_part_of_a_state_speaks(text: str, code: str | None, body: str) -> None:
    assert read(make_source(text, code=code)).body == body


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Tomas Reyl", ("tomas", "reyl")),
        ("Defence Minister Tomas Reyl", ("tomas", "reyl")),
        ("Lena Orr of the Harbour Institute", ("lena", "orr")),
        ("the Norland Defence Ministry spokeswoman", ()),
        ("the Harbour Institute", ()),
        ("Norland's Defence Minister", ()),
    ],
)
def test_who_is_named(text: str, person: tuple[str, ...]) -> None:
    assert read(official(text)).person == person


@pytest.mark.parametrize(
    "sentence",
    [
        "A defence ministry spokesman, Arlo Venn, said jets struck Oldport.",
        "Arlo Venn, a spokesman for the defence ministry, said jets struck Oldport.",
    ],
)
def test_an_office_beside_a_name_in_the_sentence_is_the_persons(sentence: str) -> None:
    assert read(official("Arlo Venn"), sentence).body == "armed forces"
    assert read(official("Arlo Venn"), "Arlo Venn said jets struck the defence ministry.").body is None


SAME = [
    (official("Arlo Venn"), official("Venn")),
    (official("Arlo Venn"), official("A. Venn")),
    (official("Foreign Minister Tomas Reyl", "NRL/GOV"), make_source("the Norland foreign ministry", code="NRL/GOV")),
    (make_source("police"), make_source("Norland police", code="NRL/COP")),
    (make_source("Norland", code="NRL"), make_source("the Norland Health Ministry", code="NRL/GOV")),
    (make_source("the Coastal Rights Centre", SourceKind.NGO), make_source("CRC", SourceKind.NGO)),
    (make_source("MSF", SourceKind.NGO), make_source("Doctors Without Borders", SourceKind.NGO)),
    (
        make_source("the United Nations", SourceKind.INTERNATIONAL_BODY, code="UNO"),
        make_source("UNICEF", SourceKind.INTERNATIONAL_BODY, code="UNO"),
    ),
]
APART = [
    (official("Arlo Venn"), official("Ines Venn")),
    (make_source("Norland police", code="NRL/COP"), make_source("Sudmark police", code="SDM/COP")),
    (make_source("the Norland army", code="NRL/MIL"), make_source("the Norland health ministry", code="NRL/GOV")),
    (make_source("the Norland government", code="NRL/GOV"), make_source("the Norland parliament", code="NRL/LEG")),
    (make_source("the mayor of Oldport", code="NRL/GOV"), make_source("the mayor of Selby", code="NRL/GOV")),
    (
        make_source("UNICEF", SourceKind.INTERNATIONAL_BODY, code="UNO"),
        make_source("UNHCR", SourceKind.INTERNATIONAL_BODY, code="UNO"),
    ),
    (make_source("the Harbour Institute", SourceKind.EXPERT), make_source("the River Institute", SourceKind.EXPERT)),
]


@pytest.mark.parametrize("pair", SAME, ids=lambda pair: f"{pair[0].text}, {pair[1].text}")
def test_one_voice(pair: tuple[GroundedSource, GroundedSource]) -> None:
    assert group_speakers([read(source) for source in pair]) == [0, 0]
    assert group_speakers([read(source) for source in reversed(pair)]) == [0, 0]


@pytest.mark.parametrize("pair", APART, ids=lambda pair: f"{pair[0].text}, {pair[1].text}")
def test_two_voices(pair: tuple[GroundedSource, GroundedSource]) -> None:
    assert group_speakers([read(source) for source in pair]) == [0, 1]


def test_a_person_in_office_is_the_office_and_a_leader_the_group() -> None:
    minister = GroundedSource("Oskar Lind", SourceKind.OFFICIAL, False, (), "NRL/GOV", name="Oskar Lind",
                              office="foreign_minister")  # fmt: skip
    chief = GroundedSource("Ivo Marsh", SourceKind.ARMED_GROUP, False, (), "Sudmark Front", name="Ivo Marsh",
                           office="rebel_leader")  # fmt: skip
    ministry = make_source("Norland's foreign ministry", code="NRL/GOV")
    front = make_source("the Sudmark Front", SourceKind.ARMED_GROUP, code="Sudmark Front")
    assert group_speakers([read(source) for source in (minister, chief, ministry, front)]) == [0, 1, 0, 1]


def test_a_state_as_a_whole_is_no_voice_more_beside_two_of_its_ministries() -> None:
    sources = [
        make_source("Norland", code="NRL"),
        make_source("the Norland health ministry", code="NRL/GOV"),
        make_source("the Norland interior ministry", code="NRL/GOV"),
    ]
    assert len(set(group_speakers([read(source) for source in sources]))) == 2


@pytest.mark.parametrize("names", [("Arlo Venn", "Ines Venn", "Venn"), ("Venn", "Ines Venn", "Arlo Venn")])
def test_a_surname_alone_is_one_person_of_that_name_and_not_all(names: tuple[str, ...]) -> None:
    assert len(set(group_speakers([read(official(name)) for name in names]))) == 2


def test_a_short_form_is_one_body_of_those_it_could_be() -> None:
    names = ("the Oldport River Institute", "the Oldport Harbour Institute", "the Oldport Institute")
    sources = [make_source(name, SourceKind.EXPERT) for name in names]
    assert group_speakers([read(source) for source in sources]) == [0, 1, 0]


@given(st.lists(st.sampled_from([source for pair in SAME + APART for source in pair]), max_size=8))
def test_the_number_of_voices_does_not_depend_on_order(sources: list[GroundedSource]) -> None:
    speakers = [read(source) for source in sources]
    forward = group_speakers(speakers)
    assert len(set(forward)) == len(set(group_speakers(speakers[::-1])))
    assert all(leader <= at for at, leader in enumerate(forward))


@pytest.mark.parametrize("text", ["the Harbour Wire", "HARBOUR WIRE", "Harbour Wire's", " harbour  wire "])
def test_spellings_of_a_name_fold_alike(text: str) -> None:
    assert fold(text) == "harbour wire"
