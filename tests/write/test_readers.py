"""Each format is read by a library or tool of that format."""

import csv
import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import feedparser
import geopandas
import jsonschema
import msgspec
import pandas  # type: ignore[import-untyped]
import pyarrow.parquet  # type: ignore[import-untyped]
import pytest
from pyld import jsonld  # type: ignore[import-untyped]

from reportedly.records.decision import Anchor, Decision, Verdict, make_decision_id
from reportedly.records.query import ClaimQuery
from reportedly.store import open_store
from reportedly.store.base import View
from reportedly.write.export import write_export
from reportedly.write.rows import ClaimRow, DocumentRow, EventRow
from reportedly.write.tally import ExportOptions
from tests.write import world
from tests.write.ledger import fill, open_view

# The columns as the projects document them, written down apart from ours.
GDELT_EVENTS = """GlobalEventID Day MonthYear Year FractionDate Actor1Code Actor1Name Actor1CountryCode
Actor1KnownGroupCode Actor1EthnicCode Actor1Religion1Code Actor1Religion2Code Actor1Type1Code Actor1Type2Code
Actor1Type3Code Actor2Code Actor2Name Actor2CountryCode Actor2KnownGroupCode Actor2EthnicCode Actor2Religion1Code
Actor2Religion2Code Actor2Type1Code Actor2Type2Code Actor2Type3Code IsRootEvent EventCode EventBaseCode EventRootCode
QuadClass GoldsteinScale NumMentions NumSources NumArticles AvgTone Actor1Geo_Type Actor1Geo_FullName
Actor1Geo_CountryCode Actor1Geo_ADM1Code Actor1Geo_ADM2Code Actor1Geo_Lat Actor1Geo_Long Actor1Geo_FeatureID
Actor2Geo_Type Actor2Geo_FullName Actor2Geo_CountryCode Actor2Geo_ADM1Code Actor2Geo_ADM2Code Actor2Geo_Lat
Actor2Geo_Long Actor2Geo_FeatureID ActionGeo_Type ActionGeo_FullName ActionGeo_CountryCode ActionGeo_ADM1Code
ActionGeo_ADM2Code ActionGeo_Lat ActionGeo_Long ActionGeo_FeatureID DATEADDED SOURCEURL""".split()
GDELT_MENTIONS = """GlobalEventID EventTimeDate MentionTimeDate MentionType MentionSourceName MentionIdentifier
SentenceID Actor1CharOffset Actor2CharOffset ActionCharOffset InRawText Confidence MentionDocLen MentionDocTone
MentionDocTranslationInfo Extras""".split()
ACLED = """event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1
inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location
latitude longitude geo_precision source source_scale notes fatalities tags timestamp""".split()
UCDP = """id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name
dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b
number_of_sources source_article source_office source_date source_headline source_original where_prec where_coordinates
where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id region event_clarity date_prec
date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high low gwnoa gwnob""".split()


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> Iterator[View]:
    with open_view(tmp_path_factory.mktemp("world")) as opened:
        yield opened


@pytest.fixture
def everything() -> ClaimQuery:
    return ClaimQuery()


def test_pandas_and_duckdb_read_csv(view: View, everything: ClaimQuery, tmp_path: Path) -> None:
    write_export(view, everything, "csv", tmp_path)
    claims = pandas.read_csv(tmp_path / "claims.csv", dtype=str, keep_default_na=False)
    assert list(claims.columns) == list(ClaimRow.__struct_fields__)
    assert list(claims.status) == ["planned", "planned", "denied", "occurred", "occurred", "occurred", "occurred"]
    assert claims.figures[3] == "killed 13.. (people)"
    query = "SELECT claims, origins, voices, happened FROM read_csv($path) WHERE type = 'ASSAULT'"
    assert duckdb.execute(query, {"path": str(tmp_path / "events.csv")}).fetchall() == [(5, 3, 3, True)]


def test_a_spreadsheet_takes_no_cell_for_a_formula(view: View, everything: ClaimQuery, tmp_path: Path) -> None:
    write_export(view, everything, "csv", tmp_path)
    for path in tmp_path.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as lines:
            cells = [cell for row in csv.reader(lines) for cell in row]
        assert not [cell for cell in cells if cell[:1] in "=+@\t\r" and cell]
        assert not [cell for cell in cells if cell[:1] == "-" and not cell[1:].replace(".", "", 1).isdigit()]


def test_lines_are_json_each(view: View, everything: ClaimQuery, tmp_path: Path) -> None:
    write_export(view, everything, "jsonl", tmp_path / "out.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["record"] for line in lines] == ["claim"] * 7 + ["statement"] + ["event"] * 2
    assert lines[0]["event"] == world.name_claim("strike")
    assert lines[0]["recorded"] == world.RECORDED
    assert lines[0]["claim"]["id"] == world.name_claim("plan1")
    (place,) = lines[0]["grounding"]["places"][0]["candidates"]
    assert (place["latitude"], place["longitude"]) == (-70.12, 160.99)
    assert lines[-2]["event"]["place"]["longitude"] == 160.99
    assert [voice["name"] for voice in lines[-2]["event"]["voices"]][2] == "a witness"


def test_arrow_and_duckdb_read_parquet_with_its_types(view: View, everything: ClaimQuery, tmp_path: Path) -> None:
    write_export(view, everything, "parquet", tmp_path)
    table = pyarrow.parquet.read_table(tmp_path / "claims.parquet")
    assert table.num_rows == 7
    types = {field.name: str(field.type) for field in table.schema}
    assert types["recorded"] == "timestamp[us, tz=UTC]"
    assert types["published_day"] == "date32[day]"
    assert types["actor_codes"].startswith("list<")
    assert types["figures"].startswith("list<element: struct<key: string not null, low: int64")
    assert not table.schema.field("claim_id").nullable
    assert table.schema.field("event_id").nullable
    query = "SELECT f.low, f.high FROM (SELECT unnest(figures) AS f FROM read_parquet($path)) ORDER BY f.low"
    found = duckdb.execute(query, {"path": str(tmp_path / "claims.parquet")}).fetchall()
    assert found == [(13, None), (20, 20)]
    assert pandas.read_parquet(tmp_path / "events.parquet").columns.tolist() == list(EventRow.__struct_fields__)
    write_export(view, everything, "parquet", tmp_path, ExportOptions(full_text=True))
    documents = pyarrow.parquet.read_table(tmp_path / "documents.parquet")
    assert documents.column_names == [*DocumentRow.__struct_fields__, "text"]
    assert all(text.endswith(world.FILLER) for text in documents["text"].to_pylist())


def test_geopandas_reads_geojson(view: View, everything: ClaimQuery, tmp_path: Path) -> None:
    write_export(view, everything, "geojson", tmp_path / "out.geojson")
    frame = geopandas.read_file(tmp_path / "out.geojson", engine="pyogrio")
    assert list(frame.radius_km) == [12.0, 15.0]
    assert [(point.x, point.y) for point in frame.geometry] == [(160.99, -70.12), (10.75, 59.91)]
    whole = json.loads((tmp_path / "out.geojson").read_text(encoding="utf-8"))
    assert whole["bbox"] == [10.75, -70.12, 160.99, 59.91]
    assert set(whole) == {"type", "features", "bbox", "left_out"}


def read_gdelt(path: Path, columns: list[str]) -> pandas.DataFrame:
    codes = {name: str for name in columns if "Code" in name or name.endswith("FeatureID")}
    return pandas.read_csv(path, sep="\t", header=None, names=columns, dtype=codes, quoting=csv.QUOTE_NONE)


def test_gdelt_events_have_the_official_columns(view: View, everything: ClaimQuery, tmp_path: Path) -> None:
    write_export(view, everything, "gdelt", tmp_path)
    for line in (tmp_path / "reportedly.export.CSV").read_text(encoding="utf-8").splitlines():
        assert line.count("\t") == 60
    events = read_gdelt(tmp_path / "reportedly.export.CSV", GDELT_EVENTS)
    strike, talks = events.to_dict("records")
    assert events.GlobalEventID.is_unique
    assert 0 < strike["GlobalEventID"] < 2**63
    assert (strike["Day"], strike["MonthYear"], strike["Year"]) == (20251103, 202511, 2025)
    assert math.isnan(talks["Day"])
    assert talks["MonthYear"] == 202511
    assert (strike["EventCode"], strike["EventBaseCode"], strike["EventRootCode"]) == ("195", "195", "19")
    assert (strike["QuadClass"], strike["GoldsteinScale"]) == (4, -9.5)
    assert (talks["EventCode"], talks["QuadClass"]) == ("042", 1)
    assert (strike["Actor1Code"], strike["Actor1Type1Code"], strike["Actor2Code"]) == ("ATAMIL", "MIL", "ATACVL")
    assert (talks["Actor1Code"], talks["Actor2Code"]) == ("NORGOV", "CANGOV")
    assert (strike["ActionGeo_Type"], strike["ActionGeo_CountryCode"]) == (4, "AY")
    assert strike["DATEADDED"] == 20251110080000
    assert strike["SOURCEURL"] == "https://attack.example/reports/attack?a=1&b=2"
    assert strike["NumMentions"] == 2


def test_gdelt_mentions_belong_to_their_events(view: View, everything: ClaimQuery, tmp_path: Path) -> None:
    write_export(view, everything, "gdelt", tmp_path)
    events = read_gdelt(tmp_path / "reportedly.export.CSV", GDELT_EVENTS)
    mentions = read_gdelt(tmp_path / "reportedly.mentions.CSV", GDELT_MENTIONS)
    assert set(mentions.GlobalEventID) == set(events.GlobalEventID)
    text = world.TEXTS["attack"]
    (row,) = mentions[mentions.MentionIdentifier.str.contains("attack")].to_dict("records")
    assert text[row["ActionCharOffset"] :].startswith("struck")
    assert row["MentionDocLen"] == len(text)


def test_acled_has_the_official_columns(view: View, everything: ClaimQuery, tmp_path: Path) -> None:
    done = write_export(view, everything, "acled", tmp_path / "out.csv")
    frame = pandas.read_csv(tmp_path / "out.csv", dtype=str, keep_default_na=False)
    assert list(frame.columns) == ACLED
    (row,) = frame.to_dict("records")
    assert (row["event_date"], row["time_precision"], row["geo_precision"]) == ("2025-11-03", "1", "1")
    assert (row["event_type"], row["sub_event_type"]) == ("Explosions/Remote violence", "Air/drone strike")
    assert (row["inter1"], row["interaction"]) == ("State forces", "State forces-Civilians")
    assert row["fatalities"] == ""  # two tolls stand: neither is chosen, none is averaged
    assert "killed this=13..20" in row["tags"]
    assert any("ACLED" in reason for reason in done.left_out)


def test_ucdp_has_the_official_columns(view: View, everything: ClaimQuery, tmp_path: Path) -> None:
    write_export(view, everything, "ucdp", tmp_path / "out.csv")
    frame = pandas.read_csv(tmp_path / "out.csv", dtype=str, keep_default_na=False)
    assert list(frame.columns) == UCDP
    assert len(frame.columns) == 49
    (row,) = frame.to_dict("records")
    assert (row["low"], row["best"], row["high"]) == ("13", "", "20")
    assert (row["date_prec"], row["where_prec"], row["type_of_violence"]) == ("1", "1", "3")


def test_pandas_reads_polecat(view: View, everything: ClaimQuery, tmp_path: Path) -> None:
    write_export(view, everything, "polecat", tmp_path / "out.tsv")
    frame = pandas.read_csv(tmp_path / "out.tsv", sep="\t", dtype=str, keep_default_na=False)
    assert list(frame["Event Type"]) == ["ASSAULT", "CONSULT"]
    assert list(frame["Status"]) == ["occurred", "occurred"]
    assert list(frame["Primary Actor Sector"]) == ["MIL", "GOV"]
    assert list(frame["Event Date"]) == ["2025-11-03", ""]


def test_feedparser_finds_the_feed_well_formed(view: View, everything: ClaimQuery, tmp_path: Path) -> None:
    write_export(view, everything, "atom", tmp_path / "out.atom")
    feed = feedparser.parse((tmp_path / "out.atom").read_bytes())
    assert not feed.bozo
    assert feed.version == "atom10"
    assert feed.feed.updated == "2025-11-10T08:00:00Z"
    assert [entry.id for entry in feed.entries] == [
        f"urn:reportedly:event:{world.name_claim('strike')}",
        f"urn:reportedly:event:{world.name_claim('talks-ev')}",
    ]
    assert all(entry.updated and entry.title and entry.author for entry in feed.entries)
    assert "13 to 20" in feed.entries[0].summary


def expand(path: Path) -> list[dict[str, Any]]:
    """Expand without a loader: a context that is not in the file would raise."""

    def refuse(url: str, options: object) -> None:
        raise AssertionError(f"{url} would be fetched")

    expanded: list[dict[str, Any]] = jsonld.expand(
        json.loads(path.read_text(encoding="utf-8")), {"documentLoader": refuse}
    )
    return expanded


def test_pyld_expands_json_ld_offline(view: View, everything: ClaimQuery, tmp_path: Path) -> None:
    write_export(view, everything, "jsonld", tmp_path / "out.jsonld")
    nodes = expand(tmp_path / "out.jsonld")
    kinds = [node["@type"][0] for node in nodes]
    assert kinds.count("https://schema.org/Claim") == 7
    assert kinds.count("https://schema.org/NewsArticle") == 6
    assert "https://schema.org/ClaimReview" not in kinds
    by_id = {node["@id"]: node for node in nodes}
    copied = by_id[f"urn:reportedly:claim:{world.name_claim('plan2')}"]
    first = f"urn:reportedly:document:{world.name_claim('wire')}"
    assert copied["https://schema.org/firstAppearance"] == [{"@id": first}]
    assert copied["urn:reportedly:vocabulary:status"] == [{"@value": "planned"}]
    for node in nodes:
        for key, values in node.items():
            assert key.startswith(("@", "https://schema.org/", "urn:reportedly:vocabulary:")), key
            for value in values if key == "https://schema.org/appearance" else ():
                assert value["@id"] in by_id


def test_a_review_is_what_a_person_decided(everything: ClaimQuery, tmp_path: Path) -> None:
    claim = next(claim for claim, _ in world.make_claims()["attack"])
    anchor = Anchor(claim.id, claim.document_id, claim.evidence, claim.type.value.value)
    made = [
        Decision(
            "",
            verdict,
            (claim.id,),
            "seen by our own",
            "Ines Halm",
            f"2025-11-1{day}T00:00:00.000000Z",
            anchors=(anchor,),
        )
        for day, verdict in enumerate((Verdict.ACCEPT, Verdict.REJECT))
    ]
    accept, reject = (_name(decision) for decision in made)
    undo = _name(Decision("", Verdict.UNDO, (reject.id,), "no", "Ines Halm", "2025-11-13T00:00:00.000000Z"))
    doubt = _name(Decision("", Verdict.UNDO, (accept.id,), "no", "Ines Halm", "2025-11-14T00:00:00.000000Z"))
    no_doubt = _name(Decision("", Verdict.UNDO, (doubt.id,), "yes", "Ines Halm", "2025-11-15T00:00:00.000000Z"))
    with open_store(str(tmp_path / "world.db")) as store:
        fill(store)
        with store.writing() as writer:
            for decision in (accept, reject, undo, doubt, no_doubt):
                writer.add_decision(decision)
        with store.reading() as view:
            write_export(view, everything, "jsonld", tmp_path / "out.jsonld")
    reviews = [node for node in expand(tmp_path / "out.jsonld") if node["@type"] == ["https://schema.org/ClaimReview"]]
    (review,) = reviews
    assert review["https://schema.org/author"][0]["https://schema.org/name"] == [{"@value": "Ines Halm"}]
    rating = review["https://schema.org/reviewRating"][0]
    assert rating["https://schema.org/alternateName"] == [{"@value": "accepted"}]
    (reviewed,) = review["https://schema.org/claimReviewed"]
    assert reviewed["@value"].startswith("Ross warplanes struck Port Selim on Monday")
    assert world.FILLER not in reviewed["@value"]


def _name(decision: Decision) -> Decision:
    return msgspec.structs.replace(decision, id=make_decision_id(decision))


# The parts of the ninjs 3.0 schema (IPTC) that bear on what we write: names, types, what is required, nothing else.
_NAMED = {
    "type": "object",
    "additionalProperties": False,
    "properties": {name: {"type": "string"} for name in ("name", "rel", "uri", "literal", "role")},
}
_VALUED = {
    "type": "object",
    "required": ["value"],
    "additionalProperties": False,
    "properties": {
        **{name: {"type": "string"} for name in ("role", "contentType", "value")},
        **{name: {"type": "integer"} for name in ("charCount", "wordCount")},
    },
}
NINJS: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$defs": {
        "item": {
            "type": "object",
            "required": ["uri"],
            "properties": {
                **{
                    name: {"type": "string"}
                    for name in "uri profile version title language usageTerms copyrightHolder name".split()
                },
                **{name: {"type": "string", "format": "date-time"} for name in ("firstCreated", "versionCreated")},
                "type": {"enum": ["text", "audio", "video", "picture", "graphic", "composite", "event", "planning"]},
                "representationType": {"enum": ["full", "partial"]},
                "pubStatus": {"enum": ["usable", "withheld", "canceled"]},
                "standard": {"type": "object", "required": ["name", "version", "schema"]},
                **{name: {"type": "array", "items": _VALUED} for name in ("headlines", "bodies", "descriptions")},
                **{name: {"type": "array", "items": _NAMED} for name in ("subjects", "organisations", "infoSources")},
                "places": {
                    "type": "array",
                    "items": {"type": "object", "properties": {"geojson": {"required": ["type", "coordinates"]}}},
                },
                "associations": {
                    "type": "array",
                    "items": {"allOf": [{"$ref": "#/$defs/item"}, {"required": ["name", "uri"]}]},
                },
            },
            "additionalProperties": False,
        }
    },
    "$ref": "#/$defs/item",
}


@pytest.mark.parametrize("full_text", [False, True])
def test_ninjs_fits_its_schema(view: View, everything: ClaimQuery, tmp_path: Path, full_text: bool) -> None:
    write_export(view, everything, "ninjs", tmp_path / "out.json", ExportOptions(full_text=full_text))
    item = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    jsonschema.validate(item, NINJS)
    assert item["standard"]["version"] == "3.0"
    assert len(item["associations"]) == (8 if full_text else 2)
    assert "copies" not in item["associations"][0]["bodies"][0]["value"]
    assert item["associations"][0]["bodies"][0]["value"].count("“") == 4  # of five claims one is a copy's
