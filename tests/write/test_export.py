"""What holds for every export format: golden files, no whole texts, no private person, no half file.

The golden files are written anew with ``REPORTEDLY_REWRITE=1 pytest tests/write/test_export.py``; read the diff.
"""

import io
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import feedparser
import pyarrow.parquet  # type: ignore[import-untyped]
import pytest

from reportedly.cli.export import FORMS
from reportedly.errors import ConfigError
from reportedly.records.query import ClaimQuery
from reportedly.store.base import View
from reportedly.write.export import FORMATS, write_export
from reportedly.write.files import replace_file
from reportedly.write.tally import ExportOptions
from tests.write import world
from tests.write.ledger import open_view

GOLDEN = Path(__file__).parent / "golden"
TEXTUAL = [name for name in FORMATS if name != "parquet"]
EVERYTHING = ClaimQuery()


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> Iterator[View]:
    with open_view(tmp_path_factory.mktemp("world")) as opened:
        yield opened


def export(view: View, form: str, folder: Path, **options: bool) -> dict[str, bytes]:
    folder.mkdir(exist_ok=True)
    target = folder / (form if FORMATS[form].folder else f"out{FORMATS[form].extension}")
    done = write_export(view, EVERYTHING, form, target, ExportOptions(**options))
    return {path.name: path.read_bytes() for path in done.paths}


@pytest.mark.parametrize("form", TEXTUAL)
def test_golden(view: View, form: str, tmp_path: Path) -> None:
    for name, content in export(view, form, tmp_path).items():
        golden = GOLDEN / (f"{form}-{name}" if FORMATS[form].folder else f"{form}{FORMATS[form].extension}")
        if os.environ.get("REPORTEDLY_REWRITE"):
            golden.parent.mkdir(exist_ok=True)
            golden.write_bytes(content)
        assert content.decode() == golden.read_bytes().decode(), f"{golden.name} differs"


@pytest.mark.parametrize("form", list(FORMATS))
def test_the_same_record_gives_the_same_bytes(view: View, form: str, tmp_path: Path) -> None:
    assert export(view, form, tmp_path / "a") == export(view, form, tmp_path / "b")


@pytest.mark.parametrize("form", list(FORMATS))
def test_no_format_carries_a_whole_text_unless_it_is_asked_for(view: View, form: str, tmp_path: Path) -> None:
    written = b"".join(export(view, form, tmp_path).values())
    assert world.FILLER.encode() not in written
    if FORMATS[form].texts and form != "parquet":
        whole = b"".join(export(view, form, tmp_path / "whole", full_text=True).values())
        assert whole.count(world.FILLER.encode()) == len(world.TEXTS)


@pytest.mark.parametrize("form", [name for name in FORMATS if not FORMATS[name].texts])
def test_a_format_without_a_place_for_texts_says_so(view: View, form: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no place for whole texts"):
        export(view, form, tmp_path, full_text=True)


@pytest.mark.parametrize("form", ["gdelt", "acled", "ucdp", "polecat", "geojson", "ninjs", "atom"])
def test_private_people_have_no_entry_of_their_own(view: View, form: str, tmp_path: Path) -> None:
    written = b"".join(export(view, form, tmp_path).values()).decode()
    # The victim's name stands in a sentence without a claim, the witness's in a sentence that is quoted, nowhere else.
    assert "Ada Brine" not in written
    quoted = written.count("resident Olav Marsh")
    assert written.count("Olav Marsh") == quoted


def test_tables_of_sources_name_private_people_by_what_they_are(view: View, tmp_path: Path) -> None:
    tables = export(view, "csv", tmp_path)
    for name in ("sources.csv", "figures.csv", "events.csv"):
        assert b"Marsh" not in tables[name]
        assert b"Ada Brine" not in tables[name]
    assert b"a witness" in tables["sources.csv"]


def test_what_nobody_says_took_place_is_left_out_and_counted(view: View, tmp_path: Path) -> None:
    query = ClaimQuery(events=(world.name_claim("strike"),))
    done = write_export(view, query, "gdelt", tmp_path, ExportOptions())
    assert done.written["reportedly.mentions.CSV"] == 2  # of five claims: two plan, one denies
    every = write_export(view, query, "gdelt", tmp_path, ExportOptions(all_status=True))
    assert every.written["reportedly.mentions.CSV"] == 5
    with pytest.raises(ConfigError, match="all-status"):
        write_export(view, query, "geojson", tmp_path / "x.geojson", ExportOptions(all_status=True))


def test_claims_that_are_not_linked_yet_are_counted(tmp_path: Path) -> None:
    with open_view(tmp_path, linked=False) as unlinked:
        done = write_export(unlinked, EVERYTHING, "geojson", tmp_path / "out.geojson")
    ((reason, number),) = done.left_out.items()
    assert "reportedly link" in reason
    assert number == 7


def test_a_folder_format_writes_its_first_table_to_a_file(view: View, tmp_path: Path) -> None:
    done = write_export(view, EVERYTHING, "csv", tmp_path / "mine.csv")
    assert done.paths == (tmp_path / "mine.csv",)
    assert done.written == {"claims.csv": 7}
    with pytest.raises(ConfigError, match="name a folder"):
        write_export(view, EVERYTHING, "csv", tmp_path / "mine.csv", ExportOptions(full_text=True))


def test_one_file_goes_to_a_stream_and_several_do_not(view: View) -> None:
    out = io.BytesIO()
    assert write_export(view, EVERYTHING, "atom", out).paths == ()
    assert out.getvalue().endswith(b"</feed>\n")
    with pytest.raises(ConfigError, match="name a folder"):
        write_export(view, EVERYTHING, "csv", out)


def test_parquet_without_its_package_says_what_to_install(
    view: View, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ConfigError, match=r"reportedly\[parquet\]"):
        write_export(view, EVERYTHING, "parquet", tmp_path / "claims.parquet")
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_format_is_refused_with_those_there_are(view: View, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"geojson.*polecat"):
        write_export(view, EVERYTHING, "xlsx", tmp_path / "x")


def test_what_cannot_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "kept.txt"
    target.write_text("before", encoding="utf-8")

    def break_off() -> None:
        with replace_file(target) as out:
            out.write(b"half")
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        break_off()
    assert target.read_text(encoding="utf-8") == "before"
    assert list(tmp_path.iterdir()) == [target]
    with pytest.raises(ConfigError, match="cannot be written"), replace_file(tmp_path / "none" / "x"):
        pass


def test_filters_narrow_every_table(view: View, tmp_path: Path) -> None:
    query = ClaimQuery(documents=(world.name_claim("talks"),))
    done = write_export(view, query, "csv", tmp_path)
    assert done.written == {
        "claims.csv": 2,
        "events.csv": 1,
        "figures.csv": 0,
        "sources.csv": 1,
        "links.csv": 0,
        "documents.csv": 1,
    }


def test_the_command_names_every_format() -> None:
    assert set(FORMS) == {*FORMATS, "dossier"}


@pytest.mark.parametrize("form", list(FORMATS))
def test_nothing_that_fits_is_still_a_file_of_the_format(view: View, form: str, tmp_path: Path) -> None:
    target = tmp_path / (form if FORMATS[form].folder else f"out{FORMATS[form].extension}")
    done = write_export(view, ClaimQuery(documents=("0" * 20,)), form, target)
    assert set(done.written.values()) == {0}
    assert all(path.exists() for path in done.paths)
    if form == "parquet":
        assert pyarrow.parquet.read_table(target / "claims.parquet").num_rows == 0
    elif form in ("geojson", "jsonld", "ninjs"):
        json.loads(target.read_bytes())
    elif form == "atom":
        assert not feedparser.parse(target.read_bytes()).bozo
