"""The database's history, one file per change, run by Alembic when the hub opens it."""
