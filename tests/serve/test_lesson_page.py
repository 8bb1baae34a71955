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
    assert "<h3>deeper</h3>" in page.steps[1].blocks[0].html


def test_code_cells_become_places_in_their_step():
    page = lesson_page([code("lesson = 1"), text("## Play"), code('lesson.explore("x")'), code("1 + 1")])
    assert page.lead == (Place(0, ""),)
    assert page.steps[0].blocks == (Place(2, "explore"), Place(3, ""))


def test_two_steps_of_one_name_have_addresses_of_their_own():
    page = lesson_page([text("## Play"), text("## Play"), text("## ???")])
    assert [step.slug for step in page.steps] == ["play", "play-2", "step"]


def test_html_in_prose_is_shown_as_text():
    page = lesson_page([text("## A\n<script>alert(1)</script>")])
    assert "<script>" not in page.steps[0].blocks[0].html


def test_a_notebook_without_headings_is_a_page_all_the_same():
    page = lesson_page([text("Just words.")])
    assert (page.title, page.steps, len(page.lead)) == ("", (), 1)
