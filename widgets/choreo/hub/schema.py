"""Bringing the database to the form that this version of Choreo knows."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

MIGRATIONS = Path(__file__).parent / "migrations"


class UnknownSchemaError(Exception):
    """A database that this version cannot migrate; the message says why and what helps."""


def migrate(connection: sa.Connection) -> None:
    """Bring the database up to the newest form, or raise UnknownSchemaError and leave it as it is."""
    config = _config()
    config.attributes["connection"] = connection
    script = ScriptDirectory.from_config(config)
    known = {revision.revision for revision in script.walk_revisions()}
    found = MigrationContext.configure(connection).get_current_heads()
    if strange := sorted(set(found) - known):
        raise UnknownSchemaError(
            f"was written by a newer version of Choreo (revision {', '.join(strange)}, this one knows up to "
            f"{script.get_current_head()}); start the newer version, or move the file away"
        )
    if not found and (tables := sa.inspect(connection).get_table_names()):
        raise UnknownSchemaError(
            f"belongs to another program (it has a table {tables[0]!r} and no Choreo revision); "
            "choose another place with CHOREO_DATABASE, or move the file away"
        )
    if set(found) != set(script.get_heads()):
        command.upgrade(config, "head")


def is_newest(connection: sa.Connection) -> bool:
    """Whether the database has the form that this version writes."""
    found, newest = forms(connection)
    return found == newest


def forms(connection: sa.Connection) -> tuple[str, str]:
    """The form that the database has, empty for none, and the one that this version writes: each by its revision."""
    heads = ScriptDirectory.from_config(_config()).get_heads()
    found = MigrationContext.configure(connection).get_current_heads()
    return ", ".join(sorted(found)), ", ".join(sorted(heads))


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
