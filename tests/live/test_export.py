"""What is taken home: tables that no spreadsheet computes, logs that replay, ballots without a trace of whose they are."""

import csv
import io
import json
import math
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from choreo.live.event import Event
from choreo.live.export import HEAD, SPREADSHEETS, answers_csv, cell, read_session, rows, session_json, taps_csv
from choreo.live.one_file import Dress
from choreo.live.report import report
from choreo.live.session import Session
from choreo.live.story import answers, chapters, frames

EVIL = '=HYPERLINK("http://evil.example","x")'
SCRIPT = "</script><script>alert(1)</script>"
DRESS = Dress(("body { color: red }",), "var Plotly = {};", "function drawScene() {}\ndrawScene();")


class Book:
    """Writes a log as the hub would."""

    def __init__(self, *items, title="Our room"):
        self.log = []
        self.at = 1_700_000_000.0
        plan = {"title": title, "items": [{"activity": name, "minutes": 5, "settings": more} for name, more in items]}
        self.add("open", plan=plan, seed=7)

    def add(self, kind, who="", after=1.0, **data):
        self.at += after
        self.log.append(Event(len(self.log) + 1, self.at, kind, who, data))
        return self

    def people(self, count, **data):
        for number in range(1, count + 1):
            self.add("join", f"p{number}", **data)
        return self


def words_session(texts, release=(), **more):
    book = Book(("pulse", {"form": "words", "question": "What is in the way?"}), **more).people(len(texts))
    book.add("begin", item=0)
    book.add("tally", ballots=[{"answer": text} for text in sorted(texts)])
    book.add("step", to="show")
    for number in release:
        book.add("release", text=number)
    return book.add("finish").add("end").log


def table(log):
    text = answers_csv(log)
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:], newline="")))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "＝"])
def test_what_a_spreadsheet_would_compute_becomes_text(start):
    assert cell(f"{start}cmd|' /C calc'!A0").startswith("'")


@given(st.text())
def test_no_cell_begins_like_a_formula(text):
    shown = cell(text)
    assert not shown.lstrip().startswith(("=", "+", "-", "@", "\t", "\r"))
    assert shown.replace("'", "") == text.replace("\0", "").replace("'", "")


@given(st.text(" ab=-@;,\t\n\"'", max_size=12))
def test_no_cell_begins_like_a_formula_whichever_separator_a_spreadsheet_goes_by(text):
    log = words_session([text or "x"] * 5)
    for marks in SPREADSHEETS.values():
        others = ",;\t\r\n".replace(marks.separator, "")
        parts = re.split(f"[{others}]", answers_csv(log, marks))
        assert not [part for part in parts if part.lstrip("\"' \ufeff").startswith(("=", "-", "@")) and "'" not in part]


def test_a_german_spreadsheet_gets_columns_and_numbers():
    log = Book(("trust-over-time", {})).people(5).add("begin", item=0, after=0.0).log
    more = {"x": 2.5, "y": "Käse; 1.5", "z": -3}
    said = [*log, *(Event(9, log[-1].at + 1.5, "say", f"p{number}", more) for number in range(1, 6))]
    text = answers_csv(said, SPREADSHEETS["semicolon-comma"])
    assert text.encode().startswith(b"\xef\xbb\xbfround;activity;step;")
    row, *_ = csv.DictReader(io.StringIO(text[1:], newline=""), delimiter=";")
    assert [row[name] for name in ("seconds", "x", "y", "z")] == ["1,5", "2,5", "Käse; 1.5", "-3"]
    sniffed = csv.Sniffer().sniff(text.splitlines()[0])
    assert sniffed.delimiter == ";"


@given(st.dictionaries(st.text(min_size=1), st.one_of(st.text(), st.integers(), st.lists(st.text()))))
def test_a_table_reads_back_whatever_was_said(said):
    log = words_session(["a", "b", "c", "d", "e"])
    tallied = [
        Event(one.number, one.at, one.kind, one.who, {"ballots": [said] * 5} if one.kind == "tally" else one.data)
        for one in log
    ]
    read = list(csv.reader(io.StringIO(answers_csv(tallied)[1:], newline="")))
    assert len(read) == 6
    assert len({len(row) for row in read}) == 1


def test_ballots_have_neither_name_nor_time_in_the_table():
    log = words_session(["time", EVIL, "trust", "money", "rules"])
    found = table(log)
    assert [row["answer"] for row in found] == ["'" + EVIL, "money", "rules", "time", "trust"]
    for row in found:
        assert (row["participant"], row["seconds"]) == ("", "")


def test_a_move_in_a_game_has_its_name_and_its_time():
    log = Book(("pulse", {})).people(5).add("begin", item=0).log
    running = Session.replay(log).activity
    assert running is not None
    assert (
        list(answers([*log, Event(9, 1.0, "say", "p1", {"answer": 1})])) == []
    )  # a question with ballots logs no "say"


def game(name, people, virtual=0, says=lambda number: {"round": 1, "stay": True}):
    """A game in which everybody says something, one after the other."""
    book = Book((name, {})).people(people)
    for number in range(people + 1, people + virtual + 1):
        book.add("join", f"b{number}", virtual=True)
    book.add("begin", item=0)
    for number in range(1, people + virtual + 1):
        book.add("say", f"{'p' if number <= people else 'b'}{number}", **says(number))
    return book.log


def read(text):
    return list(csv.DictReader(io.StringIO(text[1:], newline="")))


def test_a_table_does_not_number_people_as_they_joined_and_calls_them_the_same_in_each():
    log = game("silo-search", 30, says=lambda number: {"round": 1, "flip": number})
    named = {int(row["flip"]): row["participant"] for row in table(log)}
    assert sorted(map(int, named.values())) == list(range(1, 31))
    assert sum(int(name) == number for number, name in named.items()) < 6
    assert [int(named[number]) for number in range(1, 31)] != list(range(1, 31))
    assert {int(row["flip"]): row["participant"] for row in table(log)} == named


@pytest.mark.parametrize("people", [1, 4])
def test_where_fewer_than_five_played_nobody_has_a_row_in_the_table(people):
    virtual, note = [], []
    for row in table(game("silo-search", people, virtual=3)):
        (virtual if row["virtual"] == "yes" else note).append(row)
    assert [row["participant"] for row in virtual] == ["virtual 1", "virtual 2", "virtual 3"]
    assert [(row["participant"], row["seconds"], row["stay"]) for row in note] == [
        ("fewer than 5 people, so nobody is listed", "", "")
    ]


def test_five_are_listed_and_each_run_is_counted_by_itself():
    book = Book(("silo-search", {}), ("trust-over-time", {})).people(6).add("begin", item=0)
    for number in range(1, 6):
        book.add("say", f"p{number}", stay=True)
    book.add("begin", item=1)
    for number in range(1, 5):
        book.add("say", f"p{number}", choice="share")
    assert [row["round"] for row in table(book.log)] == ["1"] * 5 + ["2"]
    assert "share" not in answers_csv(book.log)


def test_taps_are_a_file_of_their_own_with_a_line_for_each():
    at = 1_700_000_000.0
    log = game("flash-mob", 5, says=lambda number: {"taps": [round(1000 * (at + 7 + number)), 1000 * (at + 8.25)]})
    assert "taps" not in answers_csv(log)
    found = read(taps_csv(log))
    assert len(found) == 10
    began = next(event.at for event in log if event.kind == "begin") - at
    assert {row["seconds"] for row in found if row["seconds"].endswith(".25")} == {f"{8.25 - began:g}"}
    assert len({row["participant"] for row in found}) == 5
    assert "fewer than 5" in taps_csv(game("flash-mob", 4, says=lambda number: {"taps": [1000 * at]}))


@pytest.mark.parametrize("taps", [None, "x", [None, "1", [1], True, 10**400, math.nan, math.inf, -(10**400)]])
def test_what_is_no_time_is_no_tap(taps):
    assert read(taps_csv(game("flash-mob", 5, says=lambda number: {"taps": taps}))) == []


def test_thousand_made_up_fields_do_not_make_a_thousand_columns():
    log = words_session(["a", "b", "c", "d", "e"])
    evil = {"answer": "a"} | {f"x{number}": number for number in range(1000)}
    log = [
        Event(one.number, one.at, one.kind, one.who, {"ballots": [evil] * 5}) if one.kind == "tally" else one
        for one in log
    ]
    assert len(rows(log)[0]) < len(HEAD) + 40


def test_the_log_reads_back_and_replays_to_the_same_state():
    log = words_session(["a", "b", "c", "d", "e"], release=[0, 2])
    again = read_session(session_json(log))
    assert again == log
    assert Session.replay(again[:-1]).scene() == Session.replay(log[:-1]).scene()


def test_a_log_that_knows_nicknames_is_read_as_one_without():
    log = words_session(["a", "b", "c", "d", "e"])
    named = [replace(one, data={**one.data, "nickname": "Ada"}) if one.kind == "join" else one for one in log]
    named.append(Event(log[-1].number + 1, log[-1].at, "name", "p1", {"nickname": "Ada"}))
    again = read_session(session_json(named))
    assert again == named
    assert Session.replay(again).scene() == Session.replay(log).scene()
    assert rows(again) == rows(log)


@pytest.mark.parametrize(
    "text",
    ["[]", '{"format": "choreo-session", "version": 2}', '{"format": "choreo-session", "version": 1, "events": [{}]}'],
)
def test_another_file_is_refused(text):
    with pytest.raises(ValueError, match="session"):
        read_session(text)


def test_chapters_have_the_last_of_each_step_and_the_talk():
    log = words_session(["a", "b", "c", "d", "e"], release=[0])
    [chapter] = chapters(log)
    assert list(chapter.scenes) == ["Ask", "Show what came"]
    assert chapter.scenes["Ask"].facts == (("answers", "5"),)
    assert chapter.scenes["Show what came"].words == (("a", 1),)
    assert chapter.debrief is not None
    assert chapter.debrief.words == (("a", 1),)
    assert (chapter.people, chapter.virtual) == (5, 0)


def test_an_activity_that_was_left_has_its_chapter_too():
    book = Book(("pulse", {}), ("pulse", {})).people(5).add("begin", item=0).add("begin", item=1, after=60)
    first, second = chapters(book.log)
    assert first.debrief is not None
    assert first.ended - first.began == pytest.approx(60)
    assert second.run == 2


def test_nothing_begun_is_no_chapter():
    assert chapters(Book(("pulse", {})).people(3).log) == []
    assert chapters([]) == []


def test_a_step_with_ballots_shows_no_count_that_grew_answer_by_answer():
    log = words_session(["a", "b", "c", "d", "e"])
    asked = [frame.scene.facts for frame in frames(log) if frame.label == "Pulse: Ask"]
    assert asked == [(("answers", "5"),)]


def test_frames_follow_the_coach_and_rise_in_time():
    log = words_session(["a", "b", "c", "d", "e"], release=[0, 1, 2])
    shown = frames(log)
    assert [frame.at for frame in shown] == sorted(frame.at for frame in shown)
    assert [frame.label for frame in shown if frame.label] == [
        "Waiting", "Pulse: Ask", *["Pulse: Show what came"] * 4, "Pulse: talk", "The end",
    ]  # fmt: skip


def test_many_answers_make_no_more_frames_than_wanted():
    log = words_session(["a", "b", "c", "d", "e"], release=[number % 5 for number in range(2000)])
    assert len(frames(log, most=50)) <= 60


def test_the_report_is_one_file_and_holds_no_script_of_others():
    log = words_session([SCRIPT, EVIL, "trust", "time", "rules"], release=range(5), title=SCRIPT)
    text = report(log, DRESS)
    assert text.count("<script") == 3
    assert "alert(1)</script>" not in text
    assert not re.search(r'(?:src|href)="?(?:https?:)?//', text)
    scenes = json.loads(re.search(r'id="scenes">(.*?)</script>', text, re.DOTALL)[1])
    assert any([SCRIPT, 1] in scene["words"] for scene in scenes)


def test_the_report_runs_only_the_scripts_that_it_brings():
    text = report(words_session(["a", "b", "c", "d", "e"]), DRESS)
    rule = re.search(r'Content-Security-Policy" content="([^"]+)"', text)[1]
    assert "default-src 'none'" in rule
    assert rule.count("'sha256-") == 2
    assert "unsafe-inline" not in rule.split("script-src")[1]


def test_under_five_answers_nothing_is_in_the_report():
    book = Book(("pulse", {"form": "words"})).people(4).add("begin", item=0)
    book.add("tally", ballots=[])
    text = report(book.add("step", to="show").add("end").log, DRESS)
    assert "Fewer than 5 answers came" in text
