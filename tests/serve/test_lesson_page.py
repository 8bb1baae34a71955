import pytest

from choreo.serve.lesson_page import Place, Prose, lesson_page


def text(source):
    return {"cell_type": "markdown", "source": source}


def code(source):
    return {"cell_type": "code", "source": source}


def test_headings_make_the_title_and_the_steps():
    page = lesson_page([text("# Title\n\nLead."), text("## First step\n\nWords."), text("## Second\nMore.")])
    assert page.title == "Title"
    assert [step.title for step in page.steps] == ["First step", "Second"]
    assert page.lead == (Prose("<p>Lead.</p>\n"),)
    assert page.steps[0].blocks == (Prose("<p>Words.</p>\n"),)


def test_one_cell_may_hold_several_steps():
    page = lesson_page([text("# T\n\n## A\nx\n\n## B\ny\n\n### deeper\nz")])
    assert [step.slug for step in page.steps] == ["a", "b"]
    assert '<h3 id="deeper">deeper</h3>' in page.steps[1].blocks[0].html


def test_code_cells_become_places_in_their_step():
    page = lesson_page([code("lesson = 1"), text("## Play"), code('lesson.explore("x-1")'), code("1 + 1")])
    assert page.lead == (Place(0, ""),)
    assert page.steps[0].blocks == (Place(2, "explore", "x-1"), Place(3, ""))


def test_an_exercise_has_one_place_for_links_to_lead_to():
    page = lesson_page([code('lesson.predict("x")'), code('lesson.compare("x")'), code("lesson.later()")])
    assert page.lead == (Place(0, "predict", "x"), Place(1, "compare"), Place(2, "later"))


def test_two_steps_of_one_name_have_addresses_of_their_own():
    page = lesson_page([text("## Play"), text("## Play"), text("## ???")])
    assert [step.slug for step in page.steps] == ["play", "play-2", "step"]


def test_html_in_prose_is_shown_as_text():
    page = lesson_page([text("## A\n<script>alert(1)</script>")])
    assert "<script>" not in page.steps[0].blocks[0].html


def test_a_notebook_without_headings_is_a_page_all_the_same():
    page = lesson_page([text("Just words.")])
    assert (page.title, page.steps, len(page.lead)) == ("", (), 1)


@pytest.mark.parametrize("heading", ["## Step", "##\tStep", "  ## Step", "Step\n----", "## Step ##"])
def test_whatever_markdown_takes_for_a_heading_begins_a_step(heading):
    page = lesson_page([text(f"Title\n=====\n\nLead.\n\n{heading}\n\nWords.")])
    assert (page.title, [step.title for step in page.steps]) == ("Title", ["Step"])
    assert page.steps[0].blocks == (Prose("<p>Words.</p>\n"),)


def test_a_comment_in_code_is_no_heading():
    page = lesson_page([text("# Title\n\n```python\n# no title\n## no step\n```\n\n- ## in a list\n\n> ## quoted")])
    assert (page.title, page.steps) == ("Title", ())
    assert "# no title" in page.lead[0].html


def test_headings_keep_their_markup_and_have_a_plain_form():
    page = lesson_page([text("# A *fine* `x`\n\n## With $x^2$ and **words**")])
    assert (page.title, page.heading) == ("A fine x", "A <em>fine</em> <code>x</code>")
    assert page.steps[0].title == "With x^2 and words"
    assert "<msup>" in page.steps[0].heading
    assert page.steps[0].slug == "with-x-2-and-words"


def test_a_second_title_begins_a_step():
    page = lesson_page([text("# Title"), text("# Part two\n\nWords.\n\n### Deeper")])
    assert (page.title, [step.title for step in page.steps]) == ("Title", ["Part two"])
    assert '<h3 id="deeper">' in page.steps[0].blocks[0].html


def test_a_picture_that_is_attached_comes_along():
    cell = {**text("![One](attachment:a%20b.png)"), "attachments": {"a b.png": {"image/png": "QUJD"}}}
    assert 'src="data:image/png;base64,QUJD" alt="One"' in lesson_page([cell]).lead[0].html


def test_a_notebook_that_begins_with_no_title_is_called_by_its_name():
    page = lesson_page([text("## One"), text("# Two")], "my-notebook")
    assert (page.title, [step.title for step in page.steps]) == ("My notebook", ["One", "Two"])
