"""Which learner somebody is who is signed in: a map from a keyed hash of their user name. The name itself is kept nowhere."""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime

import sqlalchemy as sa

from choreo.hub import tables
from choreo.hub.database import Database
from choreo.hub.database_errors import BrokenRuleError
from choreo.progress.entry import stamp


class Accounts:
    """Learners of a JupyterHub's users. To forget a learner, or to sweep one who kept nothing, takes them out of the map, too."""

    def __init__(self, database: Database, secret: bytes) -> None:
        """Names are hashed with a key of their own, which follows from the hub's secret."""
        self._database = database
        self._key = hmac.digest(secret, b"choreo.jupyterhub-user", "sha256")

    def user_hash(self, name: str) -> str:
        """What stands for a user's name in the map."""
        return hmac.digest(self._key, name.encode("utf-8", "surrogatepass"), "sha256").hex()

    def learner(self, name: str, now: datetime) -> str:
        """The learner of that name, made at the first time."""
        user = self.user_hash(name)
        found = self.find(user)
        if found is not None:
            return found
        fresh = secrets.token_hex(16)
        try:
            with self._database.writing() as connection:
                connection.execute(tables.learner.insert().values(id=fresh, created_at=stamp(now), seen_at=stamp(now)))
                connection.execute(tables.account.insert().values(user_hash=user, learner_id=fresh))
        except BrokenRuleError:  # another device was quicker
            found = self.find(user)
            if found is None:
                raise
            return found
        return fresh

    def find(self, user_hash: str) -> str | None:
        """The learner behind a hash; None for none."""
        c = tables.account.c
        with self._database.reading() as connection:
            found: str | None = connection.execute(sa.select(c.learner_id).where(c.user_hash == user_hash)).scalar()
            return found

    def has(self, learner: str) -> bool:
        """Whether the learner is somebody's who signs in; False for one who came without."""
        c = tables.account.c
        with self._database.reading() as connection:
            return connection.execute(sa.select(c.learner_id).where(c.learner_id == learner)).first() is not None
