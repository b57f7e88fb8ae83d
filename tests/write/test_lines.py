"""JSON Lines and CSV hold every claim, survive reading, and fit the schema that is printed."""

import csv
import io
import json

import jsonschema
import msgspec

from reportedly.records.grounding import GroundedPlace, PlaceCandidate
from reportedly.records.report import Report
from reportedly.write.lines import ClaimLine, StatementLine, encode_lines, make_lines
from reportedly.write.schema import make_schema
from reportedly.write.table import COLUMNS, encode_header, encode_rows


def test_lines_are_read_back_as_they_were(report: Report) -> None:
    rows = encode_lines(report).splitlines()
    assert [msgspec.json.decode(row, type=ClaimLine | StatementLine) for row in rows] == list(make_lines(report))
    assert [json.loads(row)["record"] for row in rows] == ["claim", "claim", "statement"]


def test_output_fits_the_schema(report: Report, failed: Report) -> None:
    validator = jsonschema.Draft202012Validator(make_schema())
    validator.check_schema(make_schema())
    validator.validate(json.loads(msgspec.json.encode([report, failed])))
    for row in encode_lines(report).splitlines():
        validator.validate(json.loads(row))
    assert not validator.is_valid({"record": "claim"})


def test_a_report_survives_json(report: Report) -> None:
    assert msgspec.json.decode(msgspec.json.encode(report), type=Report) == report


def test_rows_have_the_columns_of_the_header(report: Report) -> None:
    rows = list(csv.DictReader(io.StringIO(encode_header() + encode_rows(report))))
    assert list(rows[0]) == list(COLUMNS)
    assert [row["status"] for row in rows] == ["planned", "ongoing"]
    assert rows[0]["sources"] == "the Harbour Wire; two officials"
    assert rows[0]["latitude"] == "10.5"
    assert rows[0]["longitude"] == "-60.25"
    assert rows[1]["figures"] == "raids 13.."


def test_coordinates_are_no_finer_than_the_circle_of_their_place(report: Report) -> None:
    place = PlaceCandidate("geonames:2", "Salt Coast", "admin1", "NL", None, 10.51234, -160.25678, 140.0, 0.9)
    grounding = msgspec.structs.replace(report.groundings[0], places=(GroundedPlace("Port Selim", (place,)),))
    wide = msgspec.structs.replace(report, groundings=(grounding, *report.groundings[1:]))
    row = next(csv.DictReader(io.StringIO(encode_header() + encode_rows(wide))))
    assert (row["latitude"], row["longitude"], row["radius_km"]) == ("10.5", "-160.3", "140")
    (found,) = json.loads(encode_lines(wide).splitlines()[0])["grounding"]["places"][0]["candidates"]
    assert (found["latitude"], found["longitude"]) == (10.5, -160.3)


def test_no_cell_is_taken_for_a_formula(report: Report) -> None:
    rows = list(csv.DictReader(io.StringIO(encode_header() + encode_rows(report))))
    assert rows[0]["publisher"] == "'=Evil Gazette"


def test_a_failure_has_no_lines(failed: Report) -> None:
    assert encode_lines(failed) == b""
    assert encode_rows(failed) == ""
