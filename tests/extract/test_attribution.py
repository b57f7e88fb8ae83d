"""Who says what: sources, cues and contents of invented reports."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportedly.errors import ConfigError
from reportedly.extract.attribution import AttributionCues, find_attributions, open_cues
from reportedly.extract.mentions import Attribution
from reportedly.extract.parse import Parser
from reportedly.records.claim import Basis
from reportedly.records.document import Document

pytestmark = pytest.mark.slow

Find = Callable[[str], tuple[Attribution, ...]]


@pytest.fixture(scope="module")
def cues() -> AttributionCues:
    return open_cues()


@pytest.fixture(scope="module")
def find(parser: Parser, cues: AttributionCues) -> Find:
    """Find the attributions of a text as a document of its own."""

    def attributions(text: str) -> tuple[Attribution, ...]:
        document = Document(id="test", text=text)
        return find_attributions(parser.parse(document), document, cues)

    return attributions


def show(text: str, item: Attribution) -> tuple[str, str, str]:
    source = item.chain[-1].text if item.chain else ""
    return source, item.cue.slice(text) if item.cue else "", " … ".join(span.slice(text) for span in item.content)


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("“The bridge is gone,” the mayor said on Monday.", "the mayor", "said", "The bridge is gone,"),
        ("The mayor said on Monday: “The bridge is gone.”", "The mayor", "said", "The bridge is gone."),
        (
            "“The bridge is gone,” the mayor said, “and nobody can cross the river.”",
            "the mayor",
            "said",
            "The bridge is gone, … and nobody can cross the river.",
        ),
        ("The mayor said that the bridge was gone.", "The mayor", "said", "that the bridge was gone"),
        (
            "Troops had entered the valley, according to two officials.",
            "two officials",
            "according to",
            "Troops had entered the valley",
        ),
        (
            "According to the Red Cross, 40 houses were burnt.",
            "the Red Cross",
            "According to",
            "40 houses were burnt",
        ),
        ("‘The mill is burnt and we can’t go back,’ the miller said.", "the miller", "said", None),
        ("The minister will not confirm that troops left.", "The minister", "will not confirm", "that troops left"),
        (
            "The minister repeated his claim that rebels had burned the mill.",
            "The minister",
            "repeated his claim",
            "that rebels had burned the mill",
        ),
        (
            "The governor issued a warning that rebels would burn the mill.",
            "The governor",
            "issued a warning",
            "that rebels would burn the mill",
        ),
        (
            "The council is confident that the talks will resume.",
            "The council",
            "is confident",
            "that the talks will resume",
        ),
        ("The envoy was critical of the raid.", "The envoy", "was critical of", "the raid"),
        ("The raid was criticised by the envoy as a mistake.", "", "", ""),
        ("Officials: Three killed in raid on Sudmark", "Officials", ":", "Three killed in raid on Sudmark"),
        ("Three killed in raid on Sudmark: officials", "officials", ":", "Three killed in raid on Sudmark"),
        ("Ivan Holt: “We will hold the port”", "Ivan Holt", ":", "We will hold the port"),
    ],
)
def test_source_cue_and_content(find: Find, text: str, source: str, cue: str, content: str | None) -> None:
    shown = [show(text, item) for item in find(text)]
    if not source:
        assert all(item.kind == "unvouched" for item in find(text))
        return
    assert any(s == source and c == cue and content in (None, t) for s, c, t in shown), shown


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        (
            "Agents killed a clerk in Oldport, a source close to the governor said.",
            "a source",
            "Agents killed a clerk in Oldport",
        ),
        (
            "Rebels killed four men in Selby, an official who declined to be named said.",
            "an official",
            "Rebels killed four men in Selby",
        ),
        (
            "Jets bombed Selby on Tuesday, killing 14 people, a hospital in the provincial capital Belmora said.",
            "a hospital",
            "Jets bombed Selby on Tuesday, killing 14 people",
        ),
        (
            "The Institute for Sea Studies said the navy was ready.",
            "The Institute for Sea Studies",
            "the navy was ready",
        ),
    ],
)
def test_a_source_with_words_after_it_is_found(find: Find, text: str, source: str, content: str) -> None:
    assert (source, "said", content) in [show(text, item) for item in find(text)]


@pytest.mark.parametrize(
    "text",
    [
        "A video posted online shows soldiers beating prisoners.",
        "Soldiers beat prisoners in Selby, a video posted online shows.",
        "Video posted online showed soldiers beating prisoners.",
    ],
)
def test_a_picture_whose_verb_the_parser_loses_still_shows(find: Find, text: str) -> None:
    shown = [item for item in find(text) if item.basis is not None and item.basis.value is Basis.IMAGERY]
    assert any(
        item.chain[0].text.lower().endswith("video") and any("prisoners" in span.slice(text) for span in item.content)
        for item in shown
    )


@pytest.mark.parametrize(
    ("text", "source", "inside"),
    [
        (
            "The army shelled the camp and killed 12 men, the leadership of the Front reported.",
            "leadership",
            "shelled",
        ),
        ("The mayor put the number of dead at nine.", "The mayor", "number of dead"),
        ("The rebels speak of 31 dead.", "The rebels", "31 dead"),
        ("The organisers raised the number of arrests to 120.", "The organisers", "arrests"),
    ],
)
def test_who_closes_a_sentence_or_counts_vouches(find: Find, text: str, source: str, inside: str) -> None:
    found = [item for item in find(text) if item.kind != "unvouched"]
    assert any(source in show(text, item)[0] and inside in show(text, item)[2] for item in found)


@pytest.mark.parametrize("text", ["The crew put the number on the door.", "The rebels speak of peace."])
def test_what_counts_nothing_vouches_for_nothing(find: Find, text: str) -> None:
    assert all(item.kind == "unvouched" for item in find(text))


def test_mixed_quotation_keeps_its_clause(find: Find) -> None:
    text = "The mayor said the raid was “a crime against the whole city”."
    (item,) = find(text)
    assert item.kind == "mixed"
    assert show(text, item)[2].startswith("the raid was “a crime against the whole city")


def test_direct_indirect_and_according_are_told_apart(find: Find) -> None:
    assert find("“The bridge is gone,” the mayor said.")[0].kind == "direct"
    assert find("The mayor said that the bridge was gone.")[0].kind == "indirect"
    assert find("The bridge was gone, according to the mayor.")[0].kind == "according_to"


@pytest.mark.parametrize(
    "text",
    [
        "That said, the army left the valley.",
        "Bring a few tools, say, three hammers.",
        "The accord was signed in June.",
        "Background: the accord of June",
        "GENEVA: The talks ended on Friday without an accord.",
        "The road accords with the plan.",
    ],
)
def test_look_alikes_are_no_attribution(find: Find, text: str) -> None:
    assert find(text) == ()


@pytest.mark.parametrize(
    "text", ["The general is said to be hiding in the hills.", "He is expected to sign the accord."]
)
def test_where_nobody_is_named_the_chain_is_empty(find: Find, text: str) -> None:
    (item,) = find(text)
    assert item.chain == ()
    assert item.kind == "unvouched"


@pytest.mark.parametrize(
    "text",
    [
        "The minister demanded that rebels leave the town.",
        "The minister hopes that rebels leave the town.",
        "The minister condemned the bombing of the mill.",
        "The minister praised the army for the capture of the mill.",
        "The minister announced a plan to bomb the mill; his plan to bomb the mill failed.",
        "A court denied a request to release the ship.",
    ],
)
def test_wishes_demands_and_judgements_are_unvouched(find: Find, text: str) -> None:
    judged = [item for item in find(text) if "mill" in show(text, item)[2] or "town" in show(text, item)[2]]
    assert not [item for item in judged if item.kind != "unvouched" and "announced" not in show(text, item)[1]]


@pytest.mark.parametrize(
    "text",
    [
        "Norland accused Sudmark of bombing the mill.",
        "Norland expelled the envoy, accusing the embassy of bombing the mill.",
        "Sudmark confirmed the bombing of the mill.",
        "Norland warned of a bombing of the mill.",
        "Sudmark claimed to have bombed the mill.",
    ],
)
def test_what_is_alleged_confirmed_or_warned_of_is_vouched(find: Find, text: str) -> None:
    holding = [item for item in find(text) if item.kind != "unvouched" and "mill" in show(text, item)[2]]
    assert [item.chain[-1].text for item in holding] in (["Norland"], ["Sudmark"])


def test_a_participle_shares_its_speaker(find: Find) -> None:
    text = "The minister said that Sudmark had withdrawn, adding that its troops would return."
    said, adding = find(text)
    assert show(text, said)[2] == "that Sudmark had withdrawn"
    assert [source.text for source in adding.chain] == ["The minister"]


def test_reasons_that_are_cited_do_not_speak(find: Find) -> None:
    text = "The council closed the port, citing a rise in attacks."
    assert not [item for item in find(text) if any("rise" in source.text for source in item.chain)]


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("Residents saw soldiers burn the mill.", Basis.WITNESSED),
        ("The captain told reporters that the mill was burnt.", Basis.TOLD),
        ("According to a report by the Red Cross, the mill was burnt.", Basis.DOCUMENT),
        ("Satellite images show that the mill was burnt.", Basis.IMAGERY),
        ("Analysts believe that the army burnt the mill.", Basis.INFERRED),
    ],
)
def test_how_the_source_knows(find: Find, text: str, basis: Basis) -> None:
    assert [item.basis.value for item in find(text) if item.basis] == [basis]


def test_a_name_after_its_description_is_the_source(find: Find) -> None:
    text = "The mayor of the town, Ana Ruiz, said that the bridge was gone."
    (item,) = find(text)
    assert item.chain[0].text == "Ana Ruiz"
    assert item.source is not None
    assert item.source.slice(text) == "The mayor of the town, Ana Ruiz"


def test_the_users_own_cues_are_read(parser: Parser, tmp_path: Path) -> None:
    own = tmp_path / "cues.toml"
    own.write_text('report = "radio"\nverb_prepositions = "kvetch_about"\n', encoding="utf-8")
    document = Document(id="test", text="The minister radioed that rebels had burned the mill.")
    parse = parser.parse(document)
    assert find_attributions(parse, document, open_cues()) == ()
    (item,) = find_attributions(parse, document, open_cues(own))
    assert item.chain[0].text == "The minister"


@pytest.mark.parametrize(
    ("content", "named"),
    [('verbz = "blort"', "verbz"), ("report = 3", "report"), ("report = ", "cannot be read")],
)
def test_a_wrong_cue_file_is_named_with_its_key(tmp_path: Path, content: str, named: str) -> None:
    own = tmp_path / "cues.toml"
    own.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError, match=named) as caught:
        open_cues(own)
    assert str(own) in str(caught.value)


def test_a_missing_cue_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"nowhere\.toml"):
        open_cues(tmp_path / "nowhere.toml")


_PIECES = ("“", "”", '"', "said", "according to", "The mayor", "Ana Ruiz", "citing", "that", ":", ",", ".", "\n", "he")


@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(_PIECES), max_size=30).map(" ".join)))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_gives_spans_within_it(find: Find, text: str) -> None:
    for item in find(text):
        spans = [*item.content, *(source.span for source in item.chain)]
        spans.extend(span for span in (item.cue, item.source) if span is not None)
        assert item.content
        assert all(span.slice(text).strip() and span.end <= len(text) for span in spans)
        assert all(source.text == source.span.slice(text) for source in item.chain)
        assert list(item.content) == sorted(item.content)
