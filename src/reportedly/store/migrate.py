"""Brings a database to the version of the schema that this code reads and writes."""

import logging

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from reportedly.errors import StoreError
from reportedly.store.schema import HEAD

_log = logging.getLogger(__name__)


def find_version(connection: sa.Connection) -> str | None:
    """Return the revision a database is at; None where it is empty.

    Raises:
        StoreError: it holds tables, but none of ours.
    """
    tables = set(sa.inspect(connection).get_table_names())
    if "alembic_version" in tables:
        version: str | None = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
        if version is None or "claim_records" in tables:
            return version
    if tables:
        raise StoreError("this is a database of something else; name another one with --db")
    return None


def is_known(version: str) -> bool:
    """Say whether a revision is one of ours, and none that is later than all of them."""
    return version.isdigit() and int(version) <= int(HEAD)


def migrate(connection: sa.Connection, revision: str = "head") -> None:
    """Bring a database to a revision, within the transaction of ``connection``: all of it, or nothing."""
    config = Config()
    config.set_main_option("script_location", "reportedly.store:migrations")
    config.attributes["connection"] = connection
    if revision != "base" and (revision == "head" or revision > (find_version(connection) or "")):
        command.upgrade(config, revision)
    else:
        command.downgrade(config, revision)
