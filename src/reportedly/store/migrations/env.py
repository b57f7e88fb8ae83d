"""Runs the revisions on the connection that ``migrate`` hands over."""

from alembic import context

from reportedly.store.schema import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, transactional_ddl=False, render_as_batch=True)
context.run_migrations()
