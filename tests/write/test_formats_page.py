"""The page on the formats names every format, column of ours and filter; the schema fits what is written."""

import re
from pathlib import Path

import jsonschema
import msgspec
import pytest

from reportedly.cli.export import FORMS, export
from reportedly.write.rows import ClaimRow, DocumentRow, EventRow, FigureRow, LinkRow, SourceRow
from reportedly.write.schema import make_export_schema

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("form", FORMS)
def test_every_format_has_a_row_and_is_named_by_the_command(form: str) -> None:
    assert f"| `{form}` |" in PAGE
    assert form in (export.help or "")


@pytest.mark.parametrize("option", [name for item in export.params for name in (*item.opts, *item.secondary_opts)])
def test_every_option_is_documented(option: str) -> None:
    if option.startswith("-") and option not in ("-o", "--output"):
        assert f"`{option}" in PAGE or f"{option} " in PAGE or option == "--db", option


@pytest.mark.parametrize("row", [ClaimRow, EventRow, FigureRow, SourceRow, LinkRow, DocumentRow])
def test_every_column_is_documented(row: type[msgspec.Struct]) -> None:
    for column in row.__struct_fields__:
        assert f"| `{column}` |" in PAGE, column
        assert re.search(rf"^ +{column}: ", row.__doc__ or "", re.MULTILINE), column


def test_the_schema_fits_exported_lines() -> None:
    validator = jsonschema.Draft202012Validator(make_export_schema())
    golden = (Path(__file__).parent / "golden" / "jsonl.jsonl").read_bytes()
    for line in golden.splitlines():
        validator.validate(msgspec.json.decode(line))
    assert not validator.is_valid({"record": "claim"})
