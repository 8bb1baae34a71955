"""What a learner did is exactly as it was: after a reload, a dead kernel, in a second window, and without a network."""

import re

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import ready
from tests.browser.gallery import (
    CHOICE,
    CLOZE,
    CUE,
    MATCH,
    PREDICT,
    SCENARIO,
    TEXT,
    WAY,
    WRITTEN,
    answer_written,
    open_gallery,
    predict,
)
from tests.browser.hands import Mouse
from tests.browser.walk import button, card, choose, judged, kept

pytestmark = pytest.mark.browser

OTHER = "Typed in the other window."


def begin(page):
    """Half a story, a hint, half a text with gaps, and another variant after a wrong answer."""
    card(page, SCENARIO).get_by_role("button", name=WAY[0]).click()
    expect(card(page, SCENARIO)).to_contain_text("Some find it thin")
    button(card(page, MATCH), "A hint").click()
    expect(card(page, MATCH).locator(".choreo-card-hints li")).to_be_focused()
    cloze = card(page, CLOZE)
    cloze.locator("select").first.select_option(label="next to none")
    cloze.get_by_label("what the point is called").fill("thresh")
    choice = card(page, CHOICE)
    choice.locator("label", has_text="Carmen watches the storm").click()
    button(choice, "Check").click()
    kept(choice)
    button(choice, "Try another one").click()
    expect(choice).to_contain_text("Nine choirs in Riga")
    choice.locator("label", has_text="twelfth stroke").click()


def as_it_was_left(page):
    story = card(page, SCENARIO)
    expect(story).to_contain_text("Some find it thin")
    expect(story.get_by_role("button", name=WAY[1])).to_be_visible()
    expect(card(page, MATCH).locator(".choreo-card-hints li")).to_have_count(1)
    cloze = card(page, CLOZE)
    expect(cloze.locator("select").first).to_have_value("next to none")
    expect(cloze.get_by_label("what the point is called")).to_have_value("thresh")
    choice = card(page, CHOICE)
    expect(choice).to_contain_text("Nine choirs in Riga")
    expect(choice.locator("label", has_text="twelfth stroke").locator("input")).to_be_checked()


def test_what_is_half_done_is_as_it_was_after_a_reload_and_a_dead_kernel_and_a_restart(course, learner):
    open_gallery(learner, course)
    begin(learner)
    as_it_was_left(learner)
    learner.reload()
    ready(learner)
    as_it_was_left(learner)
    for kernel in course.kernels():
        kernel.kill()
    expect(learner.get_by_role("alert")).to_contain_text("Everything is back")
    as_it_was_left(learner)
    course.restart()
    expect(learner.get_by_role("alert")).to_contain_text("Everything is back")
    as_it_was_left(learner)
    button(card(learner, CHOICE), "Check").click()
    judged(card(learner, CHOICE))


@pytest.fixture
def windows(shared_course, learner):
    """Two windows of one learner."""
    open_gallery(learner, shared_course)
    other = learner.context.new_page()
    open_gallery(other, shared_course)
    learner.bring_to_front()
    return learner, other


def test_what_one_window_keeps_appears_in_the_other_and_a_prediction_is_locked_in_there(windows):
    one, other = windows
    choose(Mouse(one), CHOICE, CUE)
    judged(card(other, CHOICE))
    expect(card(other, CHOICE)).to_contain_text("what you kept in another window")
    expect(card(other, CHOICE).locator("label", has_text=CUE).locator("input")).to_be_checked()
    other.bring_to_front()
    answer_written(Mouse(other))
    expect(card(one, WRITTEN).get_by_role("textbox").first).to_have_value(TEXT)
    one.bring_to_front()
    slider = card(other, PREDICT).get_by_role("slider").first
    slider.fill("7")
    predict(Mouse(one))
    expect(card(other, PREDICT)).to_contain_text("that one stays")
    expect(slider).to_be_disabled()
    assert slider.input_value() == card(one, PREDICT).get_by_role("slider").first.input_value()


def test_an_older_window_overwrites_nothing_unasked(windows):
    one, other = windows
    box = card(other, WRITTEN).get_by_role("textbox").first
    box.fill(OTHER)
    answer_written(Mouse(one))
    expect(card(other, WRITTEN)).to_contain_text("kept another answer in another window")
    expect(box).to_have_value(OTHER)  # nor is what is being typed taken away
    other.close(run_before_unload=True)
    one.reload()
    ready(one)
    expect(card(one, WRITTEN).get_by_role("textbox").first).to_have_value(TEXT)
    kept(card(one, WRITTEN))


def once(one):
    """Right, kept, and one attempt."""
    judged(one)
    expect(one).not_to_contain_text("2 tries")


def test_an_answer_given_offline_is_sent_by_itself_when_the_connection_is_back(shared_course, learner):
    open_gallery(learner, shared_course)
    one = card(learner, CHOICE)
    one.locator("label", has_text=CUE).click()
    learner.context.set_offline(True)
    button(one, "Check").click()
    expect(button(one, "One moment…")).to_be_visible()
    learner.context.set_offline(False)
    once(one)
    learner.reload()
    ready(learner)
    once(card(learner, CHOICE))


@pytest.fixture
def network(new_learner):
    """A page, and the means to cut its connection to the lesson and to let it come back."""

    class Network:
        def __init__(self):
            self.page, self.cut, self.sockets = new_learner(), False, []
            self.page.route_web_socket("**/kernel?*", self.connect)

        def connect(self, socket):
            if self.cut:
                socket.close()
            else:
                socket.connect_to_server()
                self.sockets.append(socket)

        def go(self):
            self.cut = True
            self.page.context.set_offline(True)
            for socket in self.sockets:
                socket.close()

        def come_back(self):
            self.cut = False
            self.page.context.set_offline(False)

    return Network()


def answer_without_connection(network, course):
    open_gallery(network.page, course)
    one = card(network.page, CHOICE)
    one.locator("label", has_text=CUE).click()
    network.go()
    button(one, "Check").click()
    expect(network.page.get_by_role("alert")).to_contain_text("offline just now")


def test_an_answer_given_while_the_connection_is_cut_is_sent_by_itself(shared_course, network):
    answer_without_connection(network, shared_course)
    network.come_back()
    once(card(network.page, CHOICE))


def test_an_answer_given_offline_is_sent_by_itself_even_if_the_engine_has_stopped_meanwhile(course, network):
    page = network.page
    answer_without_connection(network, course)
    for kernel in course.kernels():
        kernel.kill()
    network.come_back()
    expect(page.get_by_role("alert")).to_contain_text("Everything is back")
    once(card(page, CHOICE))
    page.reload()
    ready(page)
    once(card(page, CHOICE))


def test_a_control_that_was_moved_as_the_line_broke_is_heard_when_it_is_back(shared_course, new_learner, open_lesson):
    learner = new_learner()  # a run is at its end at once
    lost = []

    def between(line):
        kernel = line.connect_to_server()

        def say(frame):
            if not lost and b'"settled"' in frame:
                lost.append(frame)
                line.close(code=1011)
            else:
                kernel.send(frame)

        line.on_message(say)

    learner.route_web_socket("**/kernel?*", between)
    open_lesson(learner, shared_course, whole=False)
    plaza = card(learner, "clap-together")
    number = plaza.locator(".choreo-player-number")
    expect(number).to_have_text(re.compile(r"\d"))
    before = number.inner_text()
    plaza.get_by_role("slider", name="How strongly people listen").fill("3.5")
    expect(plaza.locator(".choreo-player-said")).to_contain_text("One clap!")
    expect(number).not_to_have_text(before)
    assert len(lost) == 1
