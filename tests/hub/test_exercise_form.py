"""Every kind that can be asked in a plain form: asked without its answer, read back, explained."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.grading.samples import SECRET, sample, samples
from tests.hub.test_review_page import fields, reviews
from tests.hub.visiting import LESSON, Browser, Hub

from choreo.grading.verdict import AnswerError
from choreo.hub import exercise_form
from choreo.hub.body import Form

IN_A_FORM = {exercise.kind: exercise for exercise in samples() if exercise.kind in exercise_form.READERS}
TEMPLATES = Path(exercise_form.__file__).parent / "templates" / "exercise_form"


def form_of(kind: str, answer: dict) -> dict[str, list[str]]:
    """What a browser sends for an answer."""
    match kind:
        case "choice" | "mark":
            return {name: list(parts) for name, parts in answer.items()}
        case "order":
            return {f"part.{name}": [str(place)] for place, name in enumerate(answer["order"], 1)}
        case "estimate":
            return {name: [f"{value:g}"] for name, value in answer.items()}
    (parts,) = answer.values()
    return {f"part.{name}": [value] for name, value in parts.items()}


def ask(hub: Hub, record: dict) -> Browser:
    """A learner before the one review question there is."""
    folder = hub.settings.exercises / LESSON
    for name in ("later", "much-later"):
        (folder / f"{name}.yaml").unlink()
    (folder / f"{record['id']}.yaml").write_text(json.dumps(record), encoding="utf-8")
    browser = hub.learner()
    browser.send(hub.record())
    hub.clock.pass_(days=1)
    return browser


def record_of(exercise, **changes) -> dict:
    return {**exercise.model_dump(mode="json", exclude_unset=True), "review": True, **changes}


def test_all_graded_kinds_that_need_no_kernel_are_on_paper() -> None:
    kinds = {"choice", "classify", "cloze", "estimate", "mark", "match", "order"}
    assert set(exercise_form.READERS) == set(exercise_form.TELLERS) == set(IN_A_FORM) == kinds
    assert {path.stem for path in TEMPLATES.iterdir()} == kinds


@pytest.mark.parametrize("kind", IN_A_FORM)
def test_a_question_of_every_kind_goes_the_whole_way(hub: Hub, kind: str) -> None:
    exercise = IN_A_FORM[kind]
    browser = ask(hub, record_of(exercise))
    assert "1 question is due" in re.sub(r"\s+", " ", browser.get("/").text)
    page = browser.get("/review").text
    assert SECRET not in page
    assert " checked" not in page
    assert " selected" not in page
    solution = dict(exercise.solution() or {})
    reply = browser.post("/review", {**fields(page), **form_of(kind, solution)})
    assert "It comes back in 3 days." in reply.text
    assert reviews(browser) == [(exercise.id, 1.0)]
    assert "Nothing is due" in browser.get("/review").text


@pytest.mark.parametrize("kind", IN_A_FORM)
def test_an_empty_form_is_no_attempt_and_says_what_is_missing(hub: Hub, kind: str) -> None:
    browser = ask(hub, record_of(IN_A_FORM[kind]))
    reply = browser.post("/review", fields(browser.get("/review").text))
    assert reply.status_code == 400
    assert 'role="alert"' in reply.text
    assert reviews(browser) == []


@pytest.mark.parametrize("kind", [kind for kind in IN_A_FORM if kind not in ("choice", "mark")])
def test_what_was_filled_in_is_still_there_when_something_is_missing(hub: Hub, kind: str) -> None:
    exercise = IN_A_FORM[kind]
    browser = ask(hub, record_of(exercise))
    sent = form_of(kind, dict(exercise.solution() or {}))
    if len(sent) == 1:
        pytest.skip("this sample has one part only")
    kept = dict(list(sent.items())[:-1])
    reply = browser.post("/review", {**fields(browser.get("/review").text), **kept})
    assert reply.status_code == 400
    page = unescape(reply.text)
    for (value,) in kept.values():
        assert re.search(rf'value="{re.escape(value)}"( checked| selected|[^>]*>)|selected>{re.escape(value)}', page)


def test_every_part_is_explained_with_what_was_answered_and_what_is_right(hub: Hub) -> None:
    browser = ask(hub, record_of(sample("sort")))
    page = browser.post(
        "/review", {**fields(browser.get("/review").text), "part.noon": "frame", "part.say": "frame"}
    ).text
    assert "Partly." in page
    tags = [unescape(tag) for tag in re.findall(r'choreo-tag-\w+">([^<]+)<', page)]
    assert sorted([tags[:2], tags[2:]]) == [["You: Frame", "Right"], ["You: Frame", "Steps"]]
    assert f"{SECRET} b" in page


def test_two_steps_cannot_have_one_place() -> None:
    form = Form({"part.intent": ["1"], "part.cue": ["1"], "part.trial": ["3"]})
    with pytest.raises(AnswerError, match="same place"):
        exercise_form.read(sample("line-up"), form)


@pytest.mark.parametrize(("typed", "meant"), [("0,5", 0.5), ("1 000", 1000), ("−3", -3), ("٣", 3), ("1'234,5", 1234.5)])
def test_a_number_is_read_as_people_write_it(typed: str, meant: float) -> None:
    form = Form({name: [typed] for name in ("low", "guess", "high")})
    assert set(exercise_form.read(sample("pickups"), form).values()) == {meant}


def test_a_number_that_may_be_two_is_asked_back_and_stays_as_it_was_typed(hub: Hub) -> None:
    browser = ask(hub, record_of(IN_A_FORM["estimate"]))
    reply = browser.post("/review", {**fields(browser.get("/review").text), "low": "1.000", "guess": "2", "high": "3"})
    assert reply.status_code == 400
    assert "Is that 1000 or 1?" in reply.text
    assert 'value="1.000"' in reply.text


def test_another_try_shows_another_variant_and_is_kept_with_its_number(hub: Hub) -> None:
    options = [
        {"id": "shout", "text": "Shout", "why": "No."},
        {"id": "listen", "text": "Listen", "right": True, "why": "Yes."},
    ]
    browser = ask(
        hub, record_of(sample("one"), id="varied", variants=[{"prompt": "Another case.", "options": options}])
    )
    page = browser.get("/review").text
    assert "Another case." not in page
    browser.post("/review", {**fields(page), "chosen": "steps"})
    page = browser.get("/review").text
    assert "Another case." in page
    assert fields(page)["variant"] == "1"
    told = browser.post("/review", {**fields(page), "chosen": "listen"}).text
    assert "Another case." in told
    assert "Yes." in told
    answers = [entry["answer"] for entry in browser.entries() if entry["kind"] == "review"]
    assert answers == [{"chosen": ["steps"]}, {"chosen": ["listen"], "variant": 1}]


def test_a_kind_that_is_not_on_paper_is_not_counted_as_due(hub: Hub) -> None:
    browser = ask(hub, record_of(sample("count")))
    assert "are due" not in browser.get("/").text
    assert "Nothing is due" in browser.get("/review").text


def test_coming_back_is_praised_and_staying_away_is_not_mentioned(hub: Hub) -> None:
    browser = ask(hub, record_of(sample("one"), id="once"))

    def answer() -> str:
        return browser.post("/review", {**fields(browser.get("/review").text), "chosen": "frame"}).text

    assert "in a row" not in answer()
    hub.clock.pass_(days=3)
    assert "You have come back 2 review days in a row." in answer()
    hub.clock.pass_(days=20)
    assert "in a row" not in answer()


@pytest.mark.parametrize("kind", IN_A_FORM)
@given(
    sent=st.dictionaries(
        st.sampled_from(["chosen", "marked", "low", "guess", "high", "part.noon", "part.intent", "part.cue"]),
        st.lists(st.text(max_size=12), min_size=1, max_size=3),
    )
)
def test_whatever_is_sent_is_an_answer_or_is_refused(kind: str, sent: dict[str, list[str]]) -> None:
    exercise = IN_A_FORM[kind]
    try:
        answer = exercise_form.read(exercise, Form(sent))
        verdict = exercise.grade(answer)
    except AnswerError:
        return
    assert 0 <= (verdict.score or 0) <= 1
    assert exercise_form.told(exercise, exercise.face(), answer, verdict)
