"""One page for the sponsor: people only, five or more only, and what the room has seen."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from tests.live.sittings import play_all

from choreo.live.activities import activities
from choreo.live.one_file import Dress
from choreo.live.ready_made import ready_made
from choreo.live.sponsor import MOST_ACTIVITIES, sponsor_page

DRESS = Dress(("body {}",), "plotly", "script")
SCALE = ("pulse", {})
PROMISE = ("pulse", {"question": "Which move is yours?", "form": "words", "promise": True})
SHORT = {
    "silo-search": {"rounds": 3},
    "trust-over-time": {"rounds": 4},
    "push-and-pull": {"rounds": 1},
}


def page(*items: Any, **how: Any) -> str:
    return sponsor_page(play_all(items, seconds=60, **how).log, DRESS)


def words(text: str) -> str:
    body = re.search(r"<main>(.*?)</main>", text, re.DOTALL)
    assert body is not None
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body[1]))


def pictures(text: str) -> list[dict[str, Any]]:
    found = re.search(r'id="scenes">(.*?)</script>', text, re.DOTALL)
    assert found is not None
    scenes: list[dict[str, Any]] = json.loads(found[1])
    return scenes


@pytest.mark.parametrize("name", sorted(activities()))
def test_every_activity_is_told_in_a_sentence_and_a_picture(name: str) -> None:
    text = page((name, SHORT.get(name, {})))
    sentence = re.search(r"<article>.*?<p[^>]*>(.*?)</p>", text, re.DOTALL)
    assert sentence is not None
    assert 20 < len(sentence[1]) <= 200
    assert sentence[1].rstrip().endswith((".", "…"))
    assert len(pictures(text)) == 1
    assert len(pictures(text)[0]["figures"]) == 1


def test_virtual_participants_are_in_no_count() -> None:
    text = words(page(SCALE, ("trust-over-time", SHORT["trust-over-time"]), people=17, virtual=10))
    assert "7 people took part" in text
    assert "Trust over time 7 people" in text
    assert "17" not in text.replace("2017", "")


def test_of_an_activity_with_fewer_than_five_nothing_is_told() -> None:
    for people, virtual in ((4, 0), (14, 10)):
        text = page(SCALE, ("trust-over-time", SHORT["trust-over-time"]), people=people, virtual=virtual)
        assert words(text).count("Fewer than five people took part, so nothing of it is shown.") == 2
        assert pictures(text) == []


def test_a_rehearsal_says_so_and_tells_nothing_else() -> None:
    text = page(SCALE, people=8, virtual=8)
    assert "A rehearsal: nobody but virtual participants took part." in words(text)
    assert pictures(text) == []


def test_promises_are_told_as_far_as_the_room_has_seen_them() -> None:
    seen = words(page(SCALE, PROMISE))
    assert "What was promised 12 people promised something. Here is what the room has seen." in seen
    unseen = words(page(SCALE, PROMISE, release=False))
    assert "12 people promised something. What next" in unseen
    assert "What was promised" not in words(page(SCALE))
    assert "What was promised" not in words(page(SCALE, PROMISE, people=4))


def test_the_plans_that_end_with_a_move_ask_for_a_promise() -> None:
    for plan in ready_made().values():
        for item in plan.items:
            if "move is yours" in str(item.settings.get("question")):
                assert item.settings["promise"] is True


def test_a_long_session_names_what_fits_and_points_to_the_report() -> None:
    text = page(*[SCALE] * (MOST_ACTIVITIES + 1))
    assert text.count("<article>") == MOST_ACTIVITIES
    assert "One more activity is in the report." in words(text)


def test_nothing_begun_is_a_page_all_the_same() -> None:
    assert "0 activities" in words(page())


def test_it_is_one_file_that_fetches_nothing_and_takes_words_as_text() -> None:
    evil = '<script>alert(1)</script><img src="//evil">'
    text = page(("pulse", {"question": evil}), title=evil)
    assert text.count("<script") == 3
    assert not re.search(r'(?:src|href)="?(?:https?:)?//', text)
    assert "default-src 'none'" in text
