"""How Alembic reaches the database: over the connection that `open_database` hands in."""

from __future__ import annotations

from alembic import context

from choreo.hub.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
