"""Parquet: our own tables with proper types, for pandas, DuckDB, R and whatever reads columns."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from importlib import import_module
from itertools import islice
from typing import IO, Any

import msgspec
from msgspec import inspect

from reportedly.errors import ConfigError
from reportedly.records.query import ClaimQuery
from reportedly.store.base import View
from reportedly.write.rows import Row
from reportedly.write.tables import TABLES, Table
from reportedly.write.tally import ExportOptions, TableWriter, Tally

_GROUP = 5_000
"""Rows held at once, and in one row group."""


def make_writer(table: Table) -> TableWriter:
    """Return what writes one of our tables as Parquet."""

    def write(view: View, query: ClaimQuery, options: ExportOptions, out: IO[bytes]) -> Tally:
        arrow, parquet = _import_arrow()

        tally = Tally()
        schema = make_schema(arrow, table.pick_row(options))
        rows = table.make(view, query, options, tally)
        with parquet.ParquetWriter(out, schema, compression="zstd") as writer:
            while group := list(islice(rows, _GROUP)):
                writer.write_table(arrow.Table.from_pylist(list(_unpack(iter(group))), schema))
                tally.written += len(group)
        return tally

    return write


WRITERS: Mapping[str, TableWriter] = {f"{table.name}.parquet": make_writer(table) for table in TABLES}


def _import_arrow() -> tuple[Any, Any]:
    """Import the package that writes Parquet, which is an extra."""
    try:
        return import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError as error:
        message = "Parquet needs the package pyarrow: install reportedly[parquet], or export csv"
        raise ConfigError(message) from error


def make_schema(arrow: Any, row: type[Row]) -> Any:
    """Return the Arrow schema of a row: its fields with their types; its docstring stands in the metadata."""
    info = inspect.type_info(row)
    assert isinstance(info, inspect.StructType)
    fields = [arrow.field(field.name, *_read_type(arrow, field.type)) for field in info.fields]
    return arrow.schema(fields, metadata={"description": (row.__doc__ or "").strip()})


def _read_type(arrow: Any, kind: inspect.Type) -> tuple[Any, bool]:
    """Return the Arrow type of a field, and whether it may be null."""
    if isinstance(kind, inspect.UnionType):
        (inner,) = [item for item in kind.types if not isinstance(item, inspect.NoneType)]
        return _read_type(arrow, inner)[0], True
    if isinstance(kind, inspect.VarTupleType):
        return arrow.list_(arrow.field("item", *_read_type(arrow, kind.item_type))), False
    if isinstance(kind, inspect.StructType):
        return arrow.struct([arrow.field(item.name, *_read_type(arrow, item.type)) for item in kind.fields]), False
    return _SCALARS[type(kind)](arrow), False


_SCALARS: dict[type[inspect.Type], Any] = {
    inspect.StrType: lambda arrow: arrow.string(),
    inspect.IntType: lambda arrow: arrow.int64(),
    inspect.FloatType: lambda arrow: arrow.float64(),
    inspect.BoolType: lambda arrow: arrow.bool_(),
    inspect.DateType: lambda arrow: arrow.date32(),
    inspect.DateTimeType: lambda arrow: arrow.timestamp("us", tz="UTC"),
}


def _unpack(rows: Iterator[Row]) -> Iterator[dict[str, Any]]:
    """Turn rows into dictionaries, with the cells of figures too; days and instants stay what they are."""
    for row in rows:
        yield msgspec.to_builtins(row, builtin_types=(date, datetime))
