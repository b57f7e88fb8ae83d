"""Full-text search over what the databases index: words that were cut by ``words``."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSQUERY

from reportedly.store.words import Node, parse_query, to_fts5, to_tsquery


class Words:
    """A search over one of the indexes, as a database reads it.

    Raises:
        QueryError: the search cannot be understood.
    """

    def __init__(self, table: str, query: str, *, sqlite: bool) -> None:
        node = parse_query(query)
        self._sqlite = sqlite
        self._table = sa.table(table, sa.column("rowid" if sqlite else "n"), sa.column(table if sqlite else "words"))
        self._query = to_fts5(node) if sqlite else to_tsquery(node)

    @property
    def _found(self) -> sa.ColumnElement[bool]:
        if self._sqlite:
            return self._table.c[self._table.name].op("MATCH", is_comparison=True)(self._query)
        return self._table.c.words.op("@@", is_comparison=True)(sa.cast(self._query, TSQUERY))

    @property
    def _number(self) -> sa.ColumnClause[int]:
        return self._table.c.rowid if self._sqlite else self._table.c.n

    def select(self) -> sa.Select[Any]:
        """Select the numbers of all rows that it finds."""
        return sa.select(self._number).where(self._found)

    def matches(self, number: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
        """Return the condition that it finds the row of a number, for one row after another."""
        return sa.select(sa.literal(1)).where(self._found, self._number == number).correlate(number.table).exists()


def rank_documents(node: Node, limit: int, as_of: int | None, *, sqlite: bool) -> sa.TextClause:
    """Select numbers and scores of the documents that a search finds, best first; words of the title weigh more."""
    if sqlite:
        score, words = "-bm25(search_documents, 4.0, 1.0)", "search_documents MATCH :words"
        table = "search_documents JOIN documents ON documents.n = search_documents.rowid"
    else:
        score = "ts_rank_cd('{0.1, 0.2, 0.4, 1.0}', words, CAST(:words AS tsquery), 1)"
        words = "words @@ CAST(:words AS tsquery)"
        table = "search_documents JOIN documents ON documents.n = search_documents.n"
    then = "" if as_of is None else " AND documents.recorded <= :as_of"
    query = sa.text(
        f"SELECT documents.n AS n, {score} AS score FROM {table} WHERE {words}{then} "  # noqa: S608
        "ORDER BY score DESC, documents.id LIMIT :limit"
    )
    values: dict[str, object] = {"words": to_fts5(node) if sqlite else to_tsquery(node), "limit": limit}
    return query.bindparams(**values, **({} if as_of is None else {"as_of": as_of}))
