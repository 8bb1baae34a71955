"""A coach and five phones in real browsers, through every activity, and through what goes wrong in a room."""

import json
import re

import pytest
from playwright.sync_api import expect
from tests.browser.test_accessibility import violations

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
PEOPLE = 5
FEW = {"rounds": 2, "seconds": 60}


# -- the coach's hands -------------------------------------------------------------------------------------------------


def open_console(page, course):
    page.goto(course.address)
    page.get_by_role("link", name="Run a live session").click()
    page.wait_for_selector("html[data-ready]")
    expect(page.get_by_role("heading", name="Choose a plan")).to_be_visible()


def add(page, *titles):
    for title in titles:
        page.get_by_role("button", name=re.compile(rf"^{re.escape(title)}\s*\d+ min")).click()


def settle(page, place, label, value):
    """Set a field of the item at `place`, from 0."""
    item = page.locator(".choreo-console-item").nth(place)
    if not item.locator("details").evaluate("fold => fold.open"):
        item.get_by_text("Settings").click()
    field = item.get_by_label(label)
    if field.evaluate("field => field.localName") == "select":
        field.select_option(label=value)
    else:
        field.fill(value)


def open_session(page):
    page.get_by_role("button", name="Open the session").click()
    expect(page.get_by_role("heading", name="People join here")).to_be_visible()
    return page.locator(".choreo-console-code").inner_text()


def go_on(page, label):
    """Press the large button, which must offer this."""
    button = page.locator(".choreo-console-actions [data-key=next]")
    expect(button).to_contain_text(label)
    button.click()


def session_of(page, code, new_learner, course, people=PEOPLE):
    phones = []
    for _ in range(people):
        phone = new_learner(**PHONE)
        phone.goto(f"{course.address}/join/{code}")
        phones.append(phone)
    expect(page.locator(".choreo-console-count")).to_contain_text(f"{people} here")
    return phones


def log_of(page):
    """The session's log, downloaded as a coach does."""
    fold = page.locator("details", has_text="Take it home")
    if not fold.evaluate("fold => fold.open"):
        fold.locator("summary").click()
    with page.expect_download() as arriving:
        page.get_by_role("link", name="Log", exact=False).click()
    with open(arriving.value.path(), encoding="utf-8") as file:
        return json.load(file)["events"]


# -- the people's hands ------------------------------------------------------------------------------------------------


def send(phone):
    phone.get_by_role("button", name=re.compile("^(Send|Change) my answer")).click()


def choose(phone, number):
    phone.get_by_role("radio").nth(number).check()
    send(phone)


def say(phone, words):
    phone.get_by_role("textbox").fill(words)
    send(phone)


def estimate(phone, number):
    phone.get_by_role("textbox").fill(str(number))
    send(phone)


def press(phone, name):
    phone.get_by_role("button", name=name).first.click()


BEAT = """(pad) => {
  clearInterval(window.beating);
  const finger = () => pad.dispatchEvent(new PointerEvent("pointerdown", { isPrimary: true, button: 0 }));
  window.beating = setInterval(finger, 600);
}"""


def tap(phone):
    """Begin to tap a beat, and go on until the pad is gone."""
    pad = phone.get_by_role("button", name="Tap here")
    expect(pad).not_to_have_attribute("aria-disabled", "true")
    pad.evaluate(BEAT)


def all_clean(**pages):
    assert {name: violations(page) for name, page in pages.items()} == {name: [] for name in pages}


def sealed(page, count):
    expect(page.locator(".choreo-console-sealed")).to_contain_text(f"{count} sealed answer")


# -- every activity ----------------------------------------------------------------------------------------------------


def pulse(coach, phones):
    for number, phone in enumerate(phones):
        choose(phone, number % 3)
    sealed(coach, PEOPLE)
    yield
    go_on(coach, "Show what came")


def silo_search(coach, phones):
    go_on(coach, "Split the room and search")
    for phone in phones:
        press(phone, re.compile("^Switch 1,"))
    for phone in phones:
        expect(phone.locator("main")).to_contain_text("Round 2")
    yield


def micro_cultures(coach, phones):
    go_on(coach, "Meet the neighbours")
    offered = [phone for phone in phones if phone.get_by_role("button", name=re.compile("Adopt|Keep|Take")).count()]
    for phone in offered or phones[:1]:
        press(phone, re.compile("Adopt|Keep|Take"))
    yield
    go_on(coach, "Stop and look")


def safe_to_say(coach, phones):
    for number, phone in enumerate(phones):
        phone.get_by_role("group", name="What do you think?").get_by_role("button").nth(number % 2).click()
        choose(phone, 5)
    sealed(coach, PEOPLE)
    yield
    go_on(coach, "Show what we believe of each other")
    go_on(coach, "Show what we think")


def push_and_pull(coach, phones):
    for phone in phones:
        press(phone, re.compile(r"^3$"))
    go_on(coach, "Play with a fine")
    for phone in phones:
        expect(phone.locator("main")).to_contain_text("pays a fine")
        press(phone, re.compile(r"^3$"))
    go_on(coach, "Write a goal")
    for number, phone in enumerate(phones):
        say(phone, f"Reach {number} schools together")
    sealed(coach, PEOPLE)
    go_on(coach, "Choose a goal")
    coach.get_by_role("button", name="Show all 5").click()
    for phone in phones:
        expect(phone.get_by_role("radio")).to_have_count(PEOPLE)
        choose(phone, 0)
    sealed(coach, PEOPLE)
    yield
    go_on(coach, "Play with the goal")
    for phone in phones:
        expect(phone.locator("main")).to_contain_text("Our goal")


def trust_over_time(coach, phones):
    go_on(coach, "Pair people and play")
    for phone in phones:
        press(phone, "Share it")
    for phone in phones:
        expect(phone.locator("main")).to_contain_text("Round 2")
    yield


def wisdom_of_the_room(coach, phones):
    for number, phone in enumerate(phones):
        estimate(phone, 100 + 10 * number)
    go_on(coach, "Estimate again")
    for phone in phones:
        estimate(phone, 120)
    yield
    go_on(coach, "Show the truth")


def flash_mob(coach, phones):
    for phone in phones:
        tap(phone)
    go_on(coach, "Follow a conductor")
    tapping = coach.frame_locator(".choreo-console-preview").locator("dl div", has_text="tapping").locator("dd")
    expect(tapping).to_have_text(str(PEOPLE))  # what was tapped goes out once a second
    yield
    for label in ("Everybody alone", "Hear everyone", "Hear neighbours", "Let some hear far"):
        go_on(coach, label)
    expect(phones[0].get_by_role("button", name="Tap here")).to_be_visible()


PLAYED = {
    "Pulse": pulse,
    "Silo search": silo_search,
    "Micro-cultures": micro_cultures,
    "Safe to say?": safe_to_say,
    "Push and pull": push_and_pull,
    "Trust over time": trust_over_time,
    "Wisdom of the room": wisdom_of_the_room,
    "Flash mob": flash_mob,
}


def test_a_coach_and_five_phones_go_through_every_activity(shared_course, new_learner):
    coach = new_learner()
    open_console(coach, shared_course)
    add(coach, *PLAYED)
    code = open_session(coach)
    projector = new_learner(viewport={"width": 1280, "height": 720}, reduced_motion="reduce")
    projector.goto(coach.get_by_role("link", name="Open the projector view").get_attribute("href"))
    expect(projector.get_by_text(f"{code[:3]} {code[3:]}").first).to_be_visible()
    phones = session_of(coach, code, new_learner, shared_course)
    all_clean(coach=coach, phone=phones[0], projector=projector)
    for number, (title, play) in enumerate(PLAYED.items()):
        go_on(coach, f"Begin: {title}")
        expect(coach.get_by_role("heading", name=title, level=2)).to_be_visible()
        for phone in phones:
            expect(phone.get_by_text(title).first).to_be_visible()
        playing = play(coach, phones)
        next(playing)
        all_clean(coach=coach, phone=phones[number % PEOPLE], projector=projector)
        next(playing, None)
        go_on(coach, "Look at it together")
        expect(coach.locator("[aria-current=step]")).to_have_text("Look at it together")
        expect(projector.get_by_role("heading", level=1).locator("visible=true")).not_to_be_empty()
    go_on(coach, "End the session")
    coach.get_by_role("dialog").get_by_role("button", name="End it").click()
    expect(coach.get_by_role("heading", name="The session is over")).to_be_visible()
    for phone in phones:
        expect(phone.get_by_text(re.compile("over", re.IGNORECASE)).first).to_be_visible()
    all_clean(coach=coach, phone=phones[0], projector=projector)
    everybody_was_heard(log_of(coach))


def everybody_was_heard(events):
    """Whatever five phones said in each activity is in the log: with a name in games, without one in sealed questions."""
    items = events[0]["data"]["plan"]["items"]
    said, running = {}, ""
    for event in events:
        if event["kind"] == "begin":
            running = items[event["data"]["item"]]["activity"]
        elif event["kind"] == "say":
            said.setdefault(running, set()).add(event["who"])
        elif event["kind"] == "tally" and event["data"]["ballots"]:
            assert len(event["data"]["ballots"]) == PEOPLE, running
            said[running] = set(range(PEOPLE))
    assert {name: len(people) for name, people in said.items()} == {
        item["activity"]: PEOPLE if item["activity"] != "micro-cultures" else len(said["micro-cultures"])
        for item in items
    }


# -- the desk ----------------------------------------------------------------------------------------------------------


def test_a_running_order_is_built_moved_and_set(shared_course, learner):
    open_console(learner, shared_course)
    add(learner, "Pulse", "Flash mob", "Safe to say?")
    items = learner.locator(".choreo-console-item strong")
    expect(items).to_have_text(["Pulse", "Flash mob", "Safe to say?"])
    learner.get_by_role("button", name="Move up Safe to say?, place 3").click()
    expect(items).to_have_text(["Pulse", "Safe to say?", "Flash mob"])
    expect(learner.get_by_role("button", name="Move up Safe to say?, place 2")).to_be_focused()
    learner.get_by_role("button", name="Take out Flash mob, place 3").click()
    settle(learner, 0, "What you ask", "Are we listening?")
    learner.get_by_label("Minutes for Pulse, place 1").fill("7")
    expect(learner.get_by_text("2 activities, 22 minutes in all.")).to_be_visible()
    learner.reload()  # what was prepared waits
    expect(items).to_have_text(["Pulse", "Safe to say?"])
    expect(learner.get_by_text("Are we listening?").first).to_be_visible()


def test_what_the_hub_refuses_is_said_in_place(shared_course, learner):
    open_console(learner, shared_course)
    learner.get_by_role("button", name="Open the session").click()
    expect(learner.get_by_role("alert").filter(has_text="Add at least one activity")).to_be_visible()
    add(learner, "Pulse")
    settle(learner, 0, "How people answer", "choice")
    learner.get_by_role("button", name="Open the session").click()
    expect(learner.get_by_role("alert").filter(has_text="a choice needs at least two options")).to_be_visible()
    settle(learner, 0, "Options, where people choose", "yes\nno")
    open_session(learner)


def test_the_running_order_changes_while_it_runs(shared_course, learner):
    open_console(learner, shared_course)
    add(learner, "Pulse", "Flash mob")
    open_session(learner)
    go_on(learner, "Begin: Pulse")
    learner.get_by_role("button", name="Change the running order").click()
    expect(learner.get_by_role("button", name=re.compile("Take out Pulse"))).to_have_count(0)  # it has begun
    add(learner, "Safe to say?")
    learner.get_by_role("button", name="Use this order").click()
    expect(learner.locator(".choreo-console-order-title")).to_have_text(["Pulse", "Flash mob", "Safe to say?"])
    learner.get_by_role("button", name="Begin: Safe to say?").click()
    expect(learner.get_by_role("heading", name="Safe to say?", level=2)).to_be_visible()


def test_bots_fill_up_pause_holds_and_somebody_is_removed(shared_course, learner, new_learner):
    open_console(learner, shared_course)
    add(learner, "Pulse")
    code = open_session(learner)
    [phone] = session_of(learner, code, new_learner, shared_course, people=1)
    learner.get_by_label("Virtual participants").fill("12")
    learner.get_by_role("button", name="Set", exact=True).click()
    expect(learner.locator(".choreo-console-count")).to_contain_text("1 here, and 12 virtual")
    go_on(learner, "Begin: Pulse")
    learner.get_by_role("button", name="Pause").click()
    expect(phone.get_by_text(re.compile("pause", re.IGNORECASE)).first).to_be_visible()
    learner.get_by_role("button", name="Resume").click()
    expect(phone.get_by_role("radio").first).to_be_visible()
    learner.get_by_text("Everybody, one by one").click()
    learner.get_by_role("button", name="Remove p1").click()
    expect(learner.get_by_role("dialog")).to_be_visible()
    learner.keyboard.press("Escape")
    expect(phone.get_by_role("radio").first).to_be_visible()
    learner.get_by_role("button", name="Remove p1").click()
    learner.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(learner.locator(".choreo-console-count")).to_contain_text("0 here, and 12 virtual")
    expect(phone.get_by_role("radio")).to_have_count(0)


def test_a_script_that_somebody_wrote_is_text_everywhere(shared_course, learner, new_learner):
    evil = "<img src=x onerror=alert(1)>"
    open_console(learner, shared_course)
    add(learner, "Pulse")
    settle(learner, 0, "How people answer", "words")
    code = open_session(learner)
    phones = session_of(learner, code, new_learner, shared_course)
    go_on(learner, "Begin: Pulse")
    for phone in phones:
        say(phone, evil)
    sealed(learner, PEOPLE)
    go_on(learner, "Show what came")
    learner.get_by_role("button", name=f"Show: {evil}").click()
    room = learner.frame_locator(".choreo-console-preview")
    expect(room.get_by_text(evil)).to_be_attached()
    expect(learner.locator("img[src=x]")).to_have_count(0)
    expect(room.locator("img[src=x]")).to_have_count(0)


def test_the_report_draws_its_pictures_without_a_network(shared_course, learner, new_learner, tmp_path):
    open_console(learner, shared_course)
    add(learner, "Pulse")
    code = open_session(learner)
    phones = session_of(learner, code, new_learner, shared_course)
    go_on(learner, "Begin: Pulse")
    for phone in phones:
        choose(phone, 2)
    sealed(learner, PEOPLE)
    go_on(learner, "Show what came")
    learner.get_by_text("Take it home").click()
    with learner.expect_download() as arriving:
        learner.get_by_role("link", name="Report").click()
    arriving.value.save_as(tmp_path / "report.html")
    reader = new_learner(offline=True)
    reader.goto((tmp_path / "report.html").as_uri())
    expect(reader.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    expect(reader.get_by_role("heading", name="1. Pulse")).to_be_visible()
    assert violations(reader) == []
    with learner.context.expect_page() as opening:
        learner.get_by_role("link", name="Replay").click()
    replay = opening.value
    replay.get_by_role("button", name="Pulse: Show what came").click()
    expect(replay.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    replay.get_by_role("slider").press("Home")
    expect(replay.get_by_role("slider")).to_have_attribute("aria-valuetext", re.compile("^0:00, Waiting"))
    assert violations(replay) == []


# -- what goes wrong ---------------------------------------------------------------------------------------------------


def test_a_reload_and_another_device_find_the_session_again(shared_course, learner, new_learner):
    open_console(learner, shared_course)
    add(learner, "Pulse")
    code = open_session(learner)
    go_on(learner, "Begin: Pulse")
    learner.reload()
    expect(learner.locator(".choreo-console-code")).to_have_text(code)
    expect(learner.get_by_role("heading", name="Pulse", level=2)).to_be_visible()
    learner.get_by_text("Coach from another device").click()
    link = learner.get_by_label("Coach’s link").input_value()
    phone = new_learner(**PHONE)
    phone.goto(link)
    expect(phone.locator(".choreo-console-code")).to_have_text(code)
    assert "coach=" not in phone.url
    go_on(phone, "Show what came")
    expect(learner.locator("[aria-current=step]")).to_have_text("Show what came")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    phone.get_by_role("button", name="All sessions").click()
    phone.get_by_role("button", name=re.compile("^Open .*, code")).click()
    expect(phone.locator(".choreo-console-code")).to_have_text(code)


def test_a_dead_kernel_and_a_dead_lesson_server_are_not_missed(course, learner, new_learner):
    open_console(learner, course)
    add(learner, "Pulse")
    code = open_session(learner)
    session_of(learner, code, new_learner, course, people=1)
    for kernel in course.kernels():
        kernel.kill()
    go_on(learner, "Begin: Pulse")
    expect(learner.get_by_role("heading", name="Pulse", level=2)).to_be_visible()
    course.server("choreo.serve").kill()
    go_on(learner, "Show what came")
    expect(learner.locator("[aria-current=step]")).to_have_text("Show what came")


def test_a_hub_that_was_killed_is_found_again(course, learner, new_learner):
    open_console(learner, course)
    add(learner, "Pulse")
    code = open_session(learner)
    phones = session_of(learner, code, new_learner, course)
    go_on(learner, "Begin: Pulse")
    for phone in phones:
        choose(phone, 1)
    sealed(learner, PEOPLE)
    course.server("choreo.hub").kill()
    expect(learner.get_by_text("No connection to the course’s server just now.")).to_be_visible()
    expect(learner.get_by_text("No connection to the course’s server just now.")).to_be_hidden()
    sealed(learner, PEOPLE)
    go_on(learner, "Show what came")
    expect(learner.locator("[aria-current=step]")).to_have_text("Show what came")


def test_everything_can_be_deleted(shared_course, learner):
    open_console(learner, shared_course)
    add(learner, "Pulse")
    open_session(learner)
    learner.get_by_role("button", name="End the session").last.click()
    learner.get_by_role("dialog").get_by_role("button", name="End it").click()
    learner.get_by_role("button", name="Delete everything").click()
    learner.get_by_role("dialog").get_by_role("button", name="Delete everything").click()
    expect(learner.get_by_text("Everything of that session is deleted.")).to_be_visible()
    expect(learner.get_by_role("heading", name="Your sessions")).to_have_count(0)


# -- for everybody -----------------------------------------------------------------------------------------------------


def test_a_session_is_run_by_keyboard_alone(shared_course, learner):
    open_console(learner, shared_course)
    for name in ("Take this plan: A flash mob in twenty minutes", "Open the session"):
        learner.get_by_role("button", name=name).focus()
        learner.keyboard.press("Enter")
    expect(learner.locator(".choreo-console-code")).to_be_visible()
    for label in ("Begin: Pulse", "Show what came", "Look at it together", "Begin: Flash mob"):
        button = learner.locator("[data-key=next]")
        expect(button).to_contain_text(label)
        button.focus()
        learner.keyboard.press("Enter")
    expect(learner.locator("[data-key=next]")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_console_is_clean_at_all_sizes(shared_course, new_learner, scheme):
    page = new_learner(viewport={"width": 390, "height": 844}, color_scheme=scheme, reduced_motion="reduce")
    open_console(page, shared_course)
    add(page, "Pulse", "Push and pull")
    for item in page.locator(".choreo-console-item").all():
        item.get_by_text("Settings").click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    open_session(page)
    go_on(page, "Begin: Pulse")
    closed = page.locator(".choreo-console details:not([open]) > summary")
    while closed.count():
        closed.first.click()
    assert violations(page) == []
    for width in (390, 640, 1440):  # 640: a 1280 px window at 200 % zoom
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
