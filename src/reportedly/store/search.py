"""Full-text search over what the databases index: words that were cut by ``words``."""

from typing import Any

import sqlalchemy as sa

from reportedly.store.words import Node, parse_query, to_fts5, to_tsquery


def match_words(table: str, query: str, *, sqlite: bool) -> Any:  # a text clause that stands in a list
    """Select the numbers of the rows of an index that a search finds.

    Raises:
        QueryError: the search cannot be understood.
    """
    node = parse_query(query)
    if sqlite:
        return sa.text(f"SELECT rowid FROM {table} WHERE {table} MATCH :{table}_words").bindparams(  # noqa: S608
            **{f"{table}_words": to_fts5(node)}
        )
    return sa.text(f"SELECT n FROM {table} WHERE words @@ CAST(:{table}_words AS tsquery)").bindparams(  # noqa: S608
        **{f"{table}_words": to_tsquery(node)}
    )


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
