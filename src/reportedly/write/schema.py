"""The JSON Schema of what is printed, versioned."""

from typing import Any

import msgspec

from reportedly.records.report import SCHEMA_VERSION, Report
from reportedly.write.claim_lines import DocumentLine, EventLine, StoredClaimLine, StoredStatementLine
from reportedly.write.lines import ClaimLine, StatementLine


def make_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of ``--format json`` (an array of reports) and of a line of ``--format jsonl``.

    ``oneOf`` tells the two apart; every record stands under ``$defs`` with the text of its docstring. The version rises
    when a field goes away or changes its meaning; new fields leave it.
    """
    (report, claim_line, statement_line), definitions = msgspec.json.schema_components(
        (Report, ClaimLine, StatementLine), ref_template="#/$defs/{name}"
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:reportedly:schema:{SCHEMA_VERSION}",
        "title": f"reportedly, output, version {SCHEMA_VERSION}",
        "oneOf": [{"type": "array", "items": report}, claim_line, statement_line],
        "$defs": definitions,
    }


def make_export_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a line of ``reportedly export jsonl``; ``record`` says which it is."""
    lines, definitions = msgspec.json.schema_components(
        (StoredClaimLine, StoredStatementLine, EventLine, DocumentLine), ref_template="#/$defs/{name}"
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:reportedly:schema:export:{SCHEMA_VERSION}",
        "title": f"reportedly, exported lines, version {SCHEMA_VERSION}",
        "oneOf": list(lines),
        "$defs": definitions,
    }
