"""Notebooks are read: names, outputs, pictures, HTML; each fault with its cell, its line and what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.authoring.check.course import FIRST, PROMISE, WELL, code, faults, laid, said, text

from choreo.authoring.check.methods import lesson_methods
from choreo.lesson import Lesson


def test_a_course_that_is_well_has_no_fault(tmp_path: Path) -> None:
    assert faults(laid(tmp_path)) == []


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        ('lesson.commit("promsie")', 'there is no exercise "promsie" in lesson 01-one; did you mean "promise"?'),
        ('lesson.exercise(name="nothing")', '"nothing" in lesson 01-one; known are: promise, try.'),
        ('lesson.comit("promise")', 'lesson.comit: a lesson has nothing of that name; did you mean "commit"?'),
        ('lesson.exercise("try")', '"try" is a play; write lesson.explore("try").'),
        ('lesson.explore("promise")', '"promise" is of kind commit and has no stage; write lesson.exercise("promise").'),
        ('lesson.compare("promise")', '"promise" is of kind commit; compare needs a prediction.'),
        ('lesson.commit("promise"', "is no Python ('(' was never closed); mend it."),
    ],
)  # fmt: skip
def test_a_name_that_nothing_has_is_told_with_what_was_meant(tmp_path: Path, cell: str, fault: str) -> None:
    (found,) = faults(laid(tmp_path, *WELL, code(f"# now\n{cell}")))
    line = 2
    assert found.startswith(f"lessons/01-one.ipynb, cell 5, line {line}: ")
    assert fault in found


def test_an_exercise_of_another_lesson_is_told_to_be_one(tmp_path: Path) -> None:
    folder = laid(tmp_path, *WELL, code('lesson.commit("elsewhere")'))
    (folder / "exercises" / "02-two").mkdir()
    (folder / "exercises" / "02-two" / "elsewhere.yaml").write_text(PROMISE.replace("promise", "elsewhere"))
    first, second = faults(folder)
    assert (
        first
        == "exercises/02-two: no notebook shows these exercises; write lessons/02-two.ipynb, or move the folder away."
    )
    assert 'cell 5, line 1: there is no exercise "elsewhere" in lesson 01-one; it is one of lesson 02-two' in second


def test_a_lesson_is_called_as_its_notebook(tmp_path: Path) -> None:
    (found,) = faults(laid(tmp_path, WELL[0], code(FIRST.replace("01-one", "01-on")), *WELL[2:]))
    assert found == (
        'lessons/01-one.ipynb, cell 2, line 3: there is no lesson "01-on"; '
        'write Lesson("01-one"), as the notebook is called.'
    )


def test_a_lesson_of_another_variable_is_told(tmp_path: Path) -> None:
    (found,) = faults(laid(tmp_path, WELL[0], code('first = Lesson("01-one")\nfirst.commit("promise")')))
    assert "cell 2, line 1: first = Lesson(...): the page looks for what is called lesson" in found


def test_an_exercise_that_no_cell_shows_is_told_at_its_file(tmp_path: Path) -> None:
    (found,) = faults(laid(tmp_path, *WELL[:3]))
    assert found == (
        "exercises/01-one/try.yaml:2: no cell of 01-one.ipynb shows this exercise; "
        'show it with lesson.explore("try"), write review: true, or remove it.'
    )


def test_a_name_that_the_cell_works_out_is_nobodys_fault(tmp_path: Path) -> None:
    assert (
        faults(laid(tmp_path, *WELL[:2], code('for name in ("promise", "try"):\n    display(lesson.exercise(name))')))
        == []
    )


def test_magics_shell_commands_and_await_are_no_fault(tmp_path: Path) -> None:
    cells = ("%matplotlib inline\nx = 1", "!echo 'so", "%%bash\nfor x in *; do", "await later()", "lesson?", "y = 2;")
    assert faults(laid(tmp_path, *WELL, *map(code, cells))) == []


def test_cells_that_were_saved_without_outputs_are_told_together(tmp_path: Path) -> None:
    bare = [code("".join(cell["source"]), run=False) for cell in WELL[2:]]
    (found,) = faults(laid(tmp_path, *WELL[:2], *bare))
    assert found == "lessons/01-one.ipynb: saved without outputs (cells 3, 4); run all cells, and save."
    silent = {**code('lesson.explore("try")'), "outputs": []}
    (found,) = faults(laid(tmp_path, *WELL[:3], silent, {**code("x = 3"), "outputs": []}))
    assert found == "lessons/01-one.ipynb, cell 4: saved without its output; run all cells, and save."


TRACE = [
    "\x1b[31m---------------\x1b[39m",
    "\x1b[31mZeroDivisionError\x1b[39m     Traceback (most recent call last)",
    "\x1b[36mCell\x1b[39m\x1b[36m \x1b[39m\x1b[32mIn[3]\x1b[39m\x1b[32m, line 3\x1b[39m\n      1 x = 0\n----> 3 1 / x\n",
    "\x1b[31mZeroDivisionError\x1b[39m: division by zero",
]


def test_a_cell_that_raised_is_told_with_the_line_that_did(tmp_path: Path) -> None:
    error = {"output_type": "error", "ename": "ZeroDivisionError", "evalue": "division by zero", "traceback": TRACE}
    (found,) = faults(laid(tmp_path, *WELL, code("x = 0\n\n1 / x", error)))
    assert found == (
        "lessons/01-one.ipynb, cell 5, line 3: raises ZeroDivisionError: division by zero; "
        "mend it, run all cells, and save."
    )
    meant = code("x = 0\n\n1 / x", error, metadata={"tags": ["raises-exception"]})
    assert faults(laid(tmp_path, *WELL, meant)) == []


@pytest.mark.parametrize(
    ("prose", "line", "fault"),
    [
        ("Look:\n\n![A plaza](plaza.png)", 3, 'the picture "plaza.png" is not in lessons/; put it there'),
        ("![A plaza](there.jpg)", 1, 'is not in lessons/; did you mean "There.jpg"?'),
        ("![](There.jpg)", 1, "a picture has no text for those who cannot see it"),
        ("One\n![A plaza](our plaza.png)", 2, "this is no picture, because its name has a space; write (our%20plaza.png)."),
        ('So: <img src="plaza.png" alt="A plaza">', 1, 'the picture "plaza.png" is not in lessons/'),
        ("![A plaza](https://example.org/a.png)", 1, "lies on example.org, and a lesson loads nothing from elsewhere"),
        ("\nOn [Monday](/lessons/02-silos).", 2, "where a path stands in front of the course; write ../../lessons/02-silos."),
        ("![A plaza](attachment:a.png)", 1, 'the picture "a.png" is not attached to this cell; did you mean "b.png"?'),
    ],
)  # fmt: skip
def test_a_picture_that_cannot_be_seen_is_told(tmp_path: Path, prose: str, line: int, fault: str) -> None:
    folder = laid(tmp_path, *WELL, text(prose, attachments={"b.png": {"image/png": ""}}))
    (folder / "lessons" / "There.jpg").write_bytes(b"")
    (found,) = faults(folder)
    assert found.startswith(f"lessons/01-one.ipynb, cell 5, line {line}: ")
    assert fault in found


def test_pictures_that_are_there_are_well_also_with_spaces_and_titles(tmp_path: Path) -> None:
    folder = laid(tmp_path, *WELL, text('![A](a.png "The title")\n![B](<b c.png>) ![B](b%20c.png)\n`![](nothing.png)`'))
    for name in ("a.png", "b c.png"):
        (folder / "lessons" / name).write_bytes(b"")
    assert faults(folder) == []


def test_html_that_would_be_shown_as_text_is_told_and_code_is_not(tmp_path: Path) -> None:
    prose = "So `<b>` it is, <b>bold</b>: a <b and b> c.\n\nAn <old> and\n<script>x</script> tag.\n\n    <b>code</b>\n"
    found = faults(laid(tmp_path, *WELL, text(prose)))
    assert [fault.partition("; ")[0] for fault in found] == [
        "lessons/01-one.ipynb, cell 5: <script> is shown as text",
        "lessons/01-one.ipynb, cell 5: <old> is shown as text",
    ]


def test_what_the_page_cannot_show_is_told(tmp_path: Path) -> None:
    output = {"output_type": "display_data", "metadata": {}, "data": {"application/javascript": ["alert(1)"]}}
    (found,) = faults(laid(tmp_path, *WELL, code("script", output)))
    assert found.startswith("lessons/01-one.ipynb, cell 5: ")
    assert "JavaScript" in found


def test_a_picture_that_a_cell_draws_needs_words(tmp_path: Path) -> None:
    drawn = {
        "output_type": "display_data",
        "metadata": {},
        "data": {"image/png": "iVBORw0K", "text/plain": ["<Figure>"]},
    }
    (found,) = faults(laid(tmp_path, *WELL, code("plt.plot([1])", drawn)))
    assert found.startswith("lessons/01-one.ipynb, cell 5: a picture that this cell shows has no text for those who")
    assert 'write lesson.chart(figure, alt="what it shows")' in found
    said_so = drawn | {"metadata": {"image/png": {"alt": "News spreads in three days."}}}
    assert faults(laid(tmp_path, *WELL, code("lesson.chart(figure, alt='News ...')", said_so))) == []


def test_html_and_pictures_in_an_exercise_are_told_at_their_line(tmp_path: Path) -> None:
    prompt = "prompt: So <b>bold</b> ![A plaza](plaza.png)"
    first, second = faults(laid(tmp_path, **{"exercises__01-one__promise.yaml": PROMISE.replace("prompt: P", prompt)}))
    assert first == "exercises/01-one/promise.yaml:6: <b> is HTML and will be shown as text; write **so**."
    assert 'promise.yaml:6: the picture "plaza.png" is not in lessons/' in second


def test_a_notebooks_name_has_no_spaces(tmp_path: Path) -> None:
    laid(tmp_path)
    found = faults(laid(tmp_path, text("# Two"), name="My second Lesson"))
    assert found == [
        "lessons/My second Lesson.ipynb: a file's name has lower-case letters, digits and hyphens only, no spaces; "
        "rename it my-second-lesson.ipynb."
    ]


def test_a_file_that_is_no_notebook_is_told(tmp_path: Path) -> None:
    laid(tmp_path)
    (tmp_path / "lessons" / "02-two.ipynb").write_text("{")
    (found,) = faults(tmp_path)
    assert found.startswith("lessons/02-two.ipynb: is not a notebook (line 1: Expecting property name")


def test_what_a_lesson_can_do_is_read_from_its_code() -> None:
    public = {name for name in vars(Lesson) if not name.startswith("_")}
    assert set(lesson_methods()) == public
    assert {name for name, takes in lesson_methods().items() if takes} == {
        *("exercise", "predict", "reflect", "commit", "profile", "canvas", "extra", "explore", "compare")
    }


def test_a_notebook_is_really_run_when_asked_and_all_lines_are_compared(tmp_path: Path) -> None:
    from choreo.authoring.check.whole import course_faults

    cells = (
        code("print('one')\nprint('two')", {"output_type": "stream", "name": "stdout", "text": ["one\n", "three\n"]}),
    )
    raising = code("x = 0\n1 / x", said("something"))
    laid(tmp_path, text("# A notebook of somebody's"), *cells, raising, name="free")
    laid(tmp_path)
    first, second, *rest = [fault.rpartition("/")[2] for fault in course_faults(tmp_path, accept=True, run=True)]
    assert "01-one.ipynb" in first  # it says `something` in the test, and itself in truth
    found = [fault for fault in (first, second, *rest) if fault.startswith("free.ipynb")]
    assert found == [
        "free.ipynb, cell 2: shows something else than what was saved; run all cells, and save.",
        "free.ipynb, cell 3, line 2: raises ZeroDivisionError: division by zero; mend it, run all cells, and save.",
    ]


def test_one_mistake_is_told_once(tmp_path: Path) -> None:
    (found,) = faults(laid(tmp_path, *WELL[:2], code('lesson.commit("promsie")'), WELL[3]))
    assert 'did you mean "promise"?' in found  # and not that no cell shows the promise
    (tmp_path / "exercises/01-one/promise.yaml").rename(tmp_path / "exercises/01-one/Promise.yaml")
    (found,) = faults_as_they_are(tmp_path, *WELL)
    assert found.startswith("exercises/01-one/Promise.yaml: a file's name has lower-case letters")


def faults_as_they_are(folder: Path, *cells: dict[str, Any]) -> list[str]:
    """What is said when only the notebook is written anew."""
    renamed = (folder / "exercises/01-one/Promise.yaml").read_text()
    laid(folder, *cells)
    (folder / "exercises/01-one/promise.yaml").unlink()
    (folder / "exercises/01-one/Promise.yaml").write_text(renamed)
    return faults(folder)


def test_what_refers_to_a_file_with_faults_of_its_own_is_not_told_besides(tmp_path: Path) -> None:
    later = PROMISE.replace("id: promise", "id: later").replace("title: T", "title: T\nreview: true\nfollows: promise")
    broken = {"exercises__01-one__promise.yaml": PROMISE.replace("title: T", 'title: "T')}
    (found,) = faults(laid(tmp_path, **broken, **{"exercises__01-one__later.yaml": later}))
    assert found.startswith("exercises/01-one/promise.yaml:5: a quotation mark is opened here and never closed")
