from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from tests.progress.test_review import BANK, done

from choreo.views.later import Later


def test_questions_come_back_with_the_next_day_where_the_learner_is():
    later = Later(BANK, lambda: ZoneInfo("America/Los_Angeles"))
    later.restore(done("first", "second", at=datetime(2026, 10, 2, 3, tzinfo=UTC)))  # 20:00 on 1 October
    assert later.first == "2026-10-02T07:00:00.000Z"
