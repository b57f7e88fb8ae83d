"""The table of export formats, and the one way to write any of them."""

from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

import msgspec

from reportedly.errors import ConfigError
from reportedly.records.query import ClaimQuery
from reportedly.store.base import View
from reportedly.write import acled, atom, claim_lines, csv_tables, gdelt, geojson, jsonld, ninjs, parquet, polecat, ucdp
from reportedly.write.files import make_folder, replace_file
from reportedly.write.tally import ExportOptions, TableWriter, Tally


class Format(msgspec.Struct, frozen=True):
    """One export format.

    Attributes:
        name: As it is asked for.
        writers: What writes each of its files, by file name.
        extension: Ending of a single file.
        holds: What it holds, in one line.
        folder: True where it is several files, in one folder.
        texts: Whether it has a place for whole texts (``--full-text``).
        happened: Whether it knows only events that took place (``--all-status`` gives the others, too).
    """

    name: str
    writers: Mapping[str, TableWriter]
    extension: str
    holds: str
    folder: bool = False
    texts: bool = False
    happened: bool = False


FORMATS: dict[str, Format] = {
    form.name: form
    for form in (
        Format("csv", csv_tables.WRITERS, ".csv", "claims, events, figures, sources, links, documents", True, True),
        Format("jsonl", claim_lines.WRITERS, ".jsonl", "claims, statements and events, one a line", texts=True),
        Format("parquet", parquet.WRITERS, ".parquet", "the tables of csv, with types and nested lists", True, True),
        Format("geojson", geojson.WRITERS, ".geojson", "events on the map, with the circle of each place"),
        Format("gdelt", gdelt.WRITERS, ".CSV", "GDELT 2.0 events and mentions, without header", True, happened=True),
        Format("acled", acled.WRITERS, ".csv", "events in the columns of ACLED", happened=True),
        Format("ucdp", ucdp.WRITERS, ".csv", "deadly events in the columns of UCDP GED", happened=True),
        Format("polecat", polecat.WRITERS, ".tsv", "events in the columns of POLECAT, and their status", happened=True),
        Format("jsonld", jsonld.WRITERS, ".jsonld", "claims as schema.org/Claim; verdicts as ClaimReview", texts=True),
        Format("ninjs", ninjs.WRITERS, ".json", "events as news items (IPTC ninjs 3.0)", texts=True),
        Format("atom", atom.WRITERS, ".atom", "a feed of events"),
    )
}
"""By name. ``-o`` with the extension of a folder format writes its first table alone."""


class Exported(msgspec.Struct, frozen=True):
    """What an export wrote.

    Attributes:
        paths: The files, in the order of the format's tables; empty where it went to a stream.
        written: Rows, features or entries by file name.
        left_out: How many of what was left out, by reason in words.
    """

    paths: tuple[Path, ...]
    written: Mapping[str, int]
    left_out: Mapping[str, int]


def write_export(
    view: View, query: ClaimQuery, form: str, target: Path | BinaryIO, options: ExportOptions | None = None
) -> Exported:
    """Write what fits in one of the formats.

    A file appears under its name when it is whole: where the export breaks off, what stood there before stays.

    Args:
        view: What to read.
        query: Which claims; events and documents are those that hold one of them.
        form: Name of the format, a key of ``FORMATS``.
        target: A file; a folder, made where it is not there, for a format of several files (a path with the format's
            own extension takes the first table alone); or a stream of bytes for a single file.
        options: Whole texts, all statuses; None for neither.

    Raises:
        ConfigError: the format is not known, cannot hold what is asked for, lacks its package, or cannot be written
            there.
    """
    options = options or ExportOptions()
    chosen = _get_format(form, options)
    writers = _pick_writers(chosen, target, options)
    if not isinstance(target, Path):
        ((name, writer),) = writers.items()
        return _sum((), {name: writer(view, query, options, target)})
    if len(writers) == 1:
        places = dict.fromkeys(writers, target)
    else:
        make_folder(target)
        places = {name: target / name for name in writers}
    tallies: dict[str, Tally] = {}
    for name, writer in writers.items():
        with replace_file(places[name]) as out:
            tallies[name] = writer(view, query, options, out)
    return _sum(tuple(places.values()), tallies)


def _get_format(name: str, options: ExportOptions) -> Format:
    chosen = FORMATS.get(name)
    if chosen is None:
        raise ConfigError(f"{name!r} is no export format; there are {', '.join(FORMATS)}")
    if options.full_text and not chosen.texts:
        able = ", ".join(item.name for item in FORMATS.values() if item.texts)
        raise ConfigError(f"{name} has no place for whole texts; leave out --full-text, or export {able}")
    if options.all_status and not chosen.happened:
        raise ConfigError(f"{name} keeps the status of everything it holds; leave out --all-status")
    return chosen


def _pick_writers(chosen: Format, target: Path | BinaryIO, options: ExportOptions) -> Mapping[str, TableWriter]:
    """Return the writers by file name: all of a folder format, or its first where a single file is asked for."""
    writers = chosen.writers
    if not chosen.folder:
        return writers
    if not isinstance(target, Path):
        raise ConfigError(f"{chosen.name} is several files; name a folder for them with -o")
    if target.suffix.lower() != chosen.extension.lower() or target.is_dir():
        return writers
    if options.full_text:
        raise ConfigError(f"{target}: one file holds no texts; name a folder for {chosen.name} with --full-text")
    first = next(iter(writers))
    return {first: writers[first]}


def _sum(paths: tuple[Path, ...], tallies: Mapping[str, Tally]) -> Exported:
    left_out: dict[str, int] = {}
    for tally in tallies.values():
        for reason, number in tally.left_out.items():
            left_out[reason] = max(left_out.get(reason, 0), number)
    return Exported(paths, {name: tally.written for name, tally in tallies.items()}, dict(sorted(left_out.items())))
