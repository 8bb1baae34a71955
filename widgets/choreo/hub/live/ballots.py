"""The sealed question that is open: its key, and what was answered under it."""

from __future__ import annotations

import json

from choreo.hub.live.tokens import ballot_hash, new_key


class Ballots:
    """Answers by the hash of the phone's secret. Only the phone can say which is its own, and only while the question is open."""

    def __init__(self) -> None:
        """No question is open."""
        self.run: int | None = None  # the number of the event that opened the question
        self.key = ""
        self.key_kept = False  # whether the key is in the database
        self.answers: dict[str, str] = {}
        self._virtual: set[str] = set()  # the hashes of those from virtual participants
        self._newest: dict[str, int] = {}  # by hash: the number of the newest message; never written

    def open(self, run: int) -> None:
        """A question is asked."""
        self.close()
        self.run, self.key = run, new_key()

    def close(self) -> None:
        """No question is open any more."""
        self.run, self.key, self.key_kept = None, "", False
        self.answers, self._virtual, self._newest = {}, set(), {}

    def resume(self, key: str, answers: dict[str, str]) -> None:
        """Go on with the question that was open before a restart."""
        self.key, self.key_kept, self.answers = key, True, dict(answers)
        self._virtual = {hashed for hashed, answer in answers.items() if _is_virtual(answer)}

    def add(self, run: int, hashed: str, answer: str) -> None:
        """Take a committed answer, unless its question is closed."""
        if run != self.run:
            return
        self.key_kept = True
        self.answers[hashed] = answer
        if _is_virtual(answer):
            self._virtual.add(hashed)

    def count(self, rehearsal: bool) -> int:
        """How many people have answered; in a rehearsal, how many bots."""
        return len(self.answers) if rehearsal else len(self.answers) - len(self._virtual)

    def own(self, secret: str) -> str | None:
        """What the phone with this secret has answered."""
        if self.run is None or not self.answers or not secret:
            return None
        return self.answers.get(ballot_hash(self.key, secret, self.run))

    def is_newest(self, secret: str, n: int) -> bool:
        """Whether no later message of this phone was here before: an older answer may have taken a longer way."""
        assert self.run is not None
        hashed = ballot_hash(self.key, secret, self.run)
        if self._newest.get(hashed, -1) > n:
            return False
        self._newest[hashed] = n
        return True


def _is_virtual(answer: str) -> bool:
    return json.loads(answer).get("virtual") is True
