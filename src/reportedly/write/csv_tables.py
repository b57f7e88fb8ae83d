"""CSV: our own tables, one file each, for spreadsheets and for programs that read nothing else."""

import csv
import io
from collections.abc import Callable
from datetime import date, datetime
from typing import IO, Any

import msgspec

from reportedly.records.query import ClaimQuery
from reportedly.store.base import View
from reportedly.write.rows import FigureCell, RangeCell
from reportedly.write.table import defuse, word_figure
from reportedly.write.tables import TABLES, Table
from reportedly.write.tally import ExportOptions, TableWriter, Tally


def make_writer(table: Table) -> TableWriter:
    """Return what writes one of our tables as CSV (RFC 4180, UTF-8), with a header."""

    def write(view: View, query: ClaimQuery, options: ExportOptions, out: IO[bytes]) -> Tally:
        tally = Tally()
        write_row(out, table.pick_row(options).__struct_fields__)
        for row in table.make(view, query, options, tally):
            write_row(out, [word_cell(value) for value in msgspec.structs.astuple(row)])
            tally.written += 1
        return tally

    return write


WRITERS: dict[str, TableWriter] = {f"{table.name}.csv": make_writer(table) for table in TABLES}
"""By name of the file."""


def write_row(out: IO[bytes], cells: "list[str] | tuple[str, ...]", **dialect: Any) -> None:
    """Write one row; no cell of it is taken for a formula by a spreadsheet."""
    line = io.StringIO()
    csv.writer(line, **dialect).writerow([defuse(cell) for cell in cells])
    out.write(line.getvalue().encode("utf-8", "replace"))


def word_cell(value: object) -> str:
    """Put a value into a cell: several are parted by ``; ``, a figure is as in ``table.word_figure``, None is empty."""
    return _WORDS[type(value)](value)


def _word_figure(figure: FigureCell | RangeCell) -> str:
    return word_figure(figure.key, figure.low, figure.high, figure.unit, figure.scope)


def _join(values: tuple[object, ...]) -> str:
    return "; ".join(" ".join(word_cell(value).split()) for value in values)


_WORDS: dict[type, Callable[[Any], str]] = {
    type(None): lambda _: "",
    str: str,
    int: str,
    bool: lambda value: str(value).lower(),
    float: lambda value: f"{value:.6g}",
    date: date.isoformat,
    datetime: lambda value: value.isoformat().replace("+00:00", "Z"),
    tuple: _join,
    FigureCell: _word_figure,
    RangeCell: _word_figure,
}
