"""A coach and five phones in real browsers, through every activity, and through what goes wrong in a room."""

import json
import re
from types import SimpleNamespace
from urllib.parse import unquote

import pytest
from playwright.sync_api import expect
from tests.browser.axe import look, violations
from tests.directions import HEBREW, astray_in
from tests.live.backstage import Person

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
    playing = "have moved" in button.inner_text()
    button.click()
    if playing:
        press_when_ready(page.get_by_role("button", name="End it here"))


def press_when_ready(button):
    """Press what takes no press at first, lest it was meant for what stood there before."""
    expect(button).not_to_have_attribute("aria-disabled", "true")
    button.click()


def go_back(page, label):
    page.locator(".choreo-console-steps").get_by_role("button", name=label).click()


def session_of(page, code, new_learner, course, people=PEOPLE):
    phones = []
    for _ in range(people):
        phone = new_learner(**PHONE)
        phone.goto(f"{course.address}/join/{code}")
        phones.append(phone)
    expect(page.locator(".choreo-console-count")).to_contain_text(f"{people} here")
    return phones


def others(course, code, count):
    """People of whom nobody sees more than what they answer: without a browser."""
    return [Person(SimpleNamespace(to=course.port), code) for _ in range(count)]


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
    choice, nobody = re.compile("Adopt|Keep"), re.compile("no neighbours yet|all do as you do|nothing in common")
    for phone in phones:
        expect(phone.get_by_role("button", name=choice).or_(phone.get_by_text(nobody)).first).to_be_visible()
    offered = [phone for phone in phones if phone.get_by_role("button", name=choice).count()]
    press(offered[0], choice)  # what one takes over may leave the others without a choice
    yield
    go_on(coach, "Stop and look")


def disconnect(coach, phones):
    for number, phone in enumerate(phones):
        phone.get_by_role("group", name="And you?").get_by_role("button").nth(number % 2).click()
        phone.get_by_role("group", name="Of ten others").get_by_role("button", name="7 of ten").click()
        expect(phone.locator(".choreo-note[data-state=sent]")).to_be_visible()
    sealed(coach, PEOPLE)
    yield
    go_on(coach, "Show what we believe")
    go_on(coach, "Show what is true")


def safe_to_say(coach, phones):
    for number, phone in enumerate(phones):
        phone.get_by_role("group", name="What do you think?").get_by_role("button").nth(number % 2).click()
        phone.get_by_role("group", name="Of ten others").get_by_role("button", name="5 of ten").click()
        expect(phone.locator(".choreo-note[data-state=sent]")).to_be_visible()
    sealed(coach, PEOPLE)
    yield
    go_on(coach, "Show what we believe of each other")
    go_on(coach, "Show what we think")


def one_voice(coach, phones):
    for number, phone in enumerate(phones):
        estimate(phone, 20 + 10 * number)
        expect(phone.locator("main")).to_contain_text("You, alone:")
    go_on(coach, "Let one voice speak")
    for phone in phones:
        expect(phone.get_by_text(re.compile("The lot fell on you|One of us speaks in a moment")).first).to_be_visible()
    drawn = next(phone for phone in phones if phone.get_by_text("The lot fell on you").count())
    press(drawn, "I speak first")
    for phone in phones:
        if phone is not drawn:
            expect(phone.get_by_text(re.compile("One of us says")).first).to_be_visible()
            estimate(phone, 40)
    yield
    go_on(coach, "Show how far we moved")


def push_and_pull(coach, phones):
    expect(phones[0].locator("main")).to_contain_text("share a pot")
    go_on(coach, "Play freely")
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


def in_turn(coach, phones):
    go_on(coach, "Deal the hints and play")
    waiting, bag = list(phones), re.compile("^Bag A$")
    for phone in phones:
        expect(phone.get_by_text(re.compile("^Your hint: bag")).first).to_be_visible()
    while waiting:  # in turn: one of those who wait can always speak
        phone = next((one for one in waiting if one.get_by_role("button", name=bag).count()), None)
        if phone is not None:
            press(phone, bag)
            expect(phone.get_by_text(re.compile("You said A|That was it")).first).to_be_visible()
            waiting.remove(phone)
    yield
    go_on(coach, "Show what was right")


def wisdom_of_the_room(coach, phones):
    for number, phone in enumerate(phones):
        estimate(phone, 100 + 10 * number)
    go_on(coach, "Estimate again")
    for phone in phones:
        estimate(phone, 120)
    yield
    go_on(coach, "Show the estimates")
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


def alliance_map(coach, phones):
    for number, phone in enumerate(phones):
        phone.get_by_role("group", name="Where do you belong?").get_by_role("button").nth(number % 2).click()
        phone.get_by_role("checkbox").first.check()
        send(phone)
        expect(phone.locator(".choreo-note[data-state=sent]")).to_be_visible()
    sealed(coach, PEOPLE)
    yield
    go_on(coach, "Show our map")
    go_on(coach, "Show the missing tie")


def ten_dots(coach, phones):
    for phone in phones:
        phone.get_by_role("spinbutton").first.press("End")
        send(phone)
    sealed(coach, PEOPLE)
    yield
    go_on(coach, "Show the dots")


def look_together(coach, projector):
    """Go through all screens of the debrief, and through what-ifs if there are any."""
    button = coach.locator(".choreo-console-actions [data-key=next]")
    shown = coach.locator(".choreo-console-pick[aria-current]")
    expect(shown).to_have_count(1)
    expect(projector.get_by_role("heading", level=1).locator("visible=true")).to_have_text(shown.inner_text())
    for other in coach.locator(".choreo-console-pick").all():
        title = other.inner_text()
        other.click()
        expect(shown).to_have_text(title)
        expect(projector.get_by_role("heading", level=1).locator("visible=true")).to_have_text(title)
    expect(button).not_to_contain_text("Next screen")


PLAYED = {
    "Pulse": pulse,
    "Ten dots": ten_dots,
    "Like me?": disconnect,
    "Silo search": silo_search,
    "Micro-cultures": micro_cultures,
    "Safe to say?": safe_to_say,
    "One voice with weight": one_voice,
    "Push and pull": push_and_pull,
    "Trust over time": trust_over_time,
    "In turn or at once": in_turn,
    "Wisdom of the room": wisdom_of_the_room,
    "Flash mob": flash_mob,
    "Our alliance map": alliance_map,
}


def test_a_coach_and_five_phones_go_through_every_activity(shared_course, new_learner):
    coach = new_learner()
    open_console(coach, shared_course)
    add(coach, *PLAYED)
    settle(coach, list(PLAYED).index("In turn or at once"), "Bags", "1")
    code = open_session(coach)
    projector = new_learner(viewport={"width": 1280, "height": 720})
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
        expect(coach.locator(".choreo-console-steps [aria-current]")).to_have_text("Look at it together")
        look_together(coach, projector)
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
    learner.locator(".choreo-console-actions [data-key=next]").dblclick()
    expect(learner.locator(".choreo-console-steps [aria-current]")).to_have_text("Ask")
    go_on(learner, "Show what came")  # the second click did nothing
    expect(learner.get_by_role("group", name="Close the question before anybody has answered?")).to_be_visible()
    press_when_ready(learner.get_by_role("button", name="Close it all the same"))
    go_back(learner, "Ask")
    choose(phone, 1)
    sealed(learner, 1)
    go_on(learner, "Show what came")
    expect(learner.get_by_role("group", name="Close the question with 1 of 5 answers?")).to_be_visible()
    learner.keyboard.press("Escape")
    sealed(learner, 1)
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


def test_a_script_that_somebody_wrote_is_text_everywhere_and_goes_its_own_way(shared_course, learner, new_learner):
    evil = f"<img src=x onerror=alert(1)> {HEBREW}"
    open_console(learner, shared_course)
    learner.get_by_label("Title").fill(HEBREW)
    add(learner, "Pulse")
    settle(learner, 0, "How people answer", "words")
    settle(learner, 0, "What you ask", HEBREW)
    assert astray_in(learner) == []
    code = open_session(learner)
    [phone] = session_of(learner, code, new_learner, shared_course, people=1)
    people = others(shared_course, code, PEOPLE - 1)
    go_on(learner, "Begin: Pulse")
    say(phone, evil)
    for one in people:
        one.say({"answer": evil})
    assert astray_in(phone) == []
    sealed(learner, PEOPLE)
    go_on(learner, "Show what came")
    learner.get_by_role("button", name=f"Show: {evil}").click()
    room = learner.frame_locator(".choreo-console-preview")
    expect(room.get_by_text(evil)).to_be_attached()
    expect(learner.locator("img[src=x]")).to_have_count(0)
    expect(room.locator("img[src=x]")).to_have_count(0)
    assert [astray_in(frame) for frame in learner.frames] == [[], []]


def test_a_coach_groups_names_and_leaves_out_what_people_wrote(shared_course, learner, new_learner):
    open_console(learner, shared_course)
    add(learner, "Pulse")
    settle(learner, 0, "How people answer", "words")
    code = open_session(learner)
    people = others(shared_course, code, 6)
    go_on(learner, "Begin: Pulse")
    expect(learner.get_by_role("heading", name="Pulse", level=2)).to_be_visible()
    for one, words in zip(people, ["Meeting", "meetings", "no time", "too little time", "Trust", "Bob"], strict=True):
        one.say({"answer": words})
    sealed(learner, 6)
    go_on(learner, "Show what came")
    wrote = learner.locator(".choreo-console-texts")
    expect(wrote.locator("ul[data-scroll] > li")).to_have_count(5)
    expect(wrote.get_by_text("Meeting (2 people)")).to_be_visible()
    wrote.get_by_role("button", name="Leave out: Bob").click()
    wrote.get_by_role("checkbox", name="Choose: no time").check()
    wrote.get_by_role("checkbox", name="Choose: too little time").check()
    wrote.get_by_label("Name of the group").fill("Time")
    wrote.get_by_role("button", name="Count as one").click()
    expect(wrote.get_by_text("Time (2 people)")).to_be_visible()
    wrote.get_by_text("2 ways to say it").last.click()
    assert violations(learner) == []
    wrote.get_by_role("button", name="Show all 3 that wait").click()
    room = learner.frame_locator(".choreo-console-preview")
    expect(room.locator(".choreo-room-words li")).to_have_count(3)
    expect(room.locator(".choreo-room-words")).not_to_contain_text("Bob")
    expect(wrote).to_contain_text("3 of 4 shown to the room, 1 left out.")
    learner.get_by_role("checkbox", name="Phones show what the room sees, too").check()
    wrote.get_by_role("button", name="Take them apart: Time").click()
    expect(room.locator(".choreo-room-words li")).to_have_count(4)
    expect(learner.get_by_role("checkbox", name="Phones show what the room sees, too")).to_be_checked()


def answered_pulse(coach, new_learner, course):
    """A session in which everybody has answered, one of them with a phone that is looked at."""
    open_console(coach, course)
    add(coach, "Pulse")
    code = open_session(coach)
    [phone] = session_of(coach, code, new_learner, course, people=1)
    people = others(course, code, PEOPLE - 1)
    go_on(coach, "Begin: Pulse")
    choose(phone, 1)
    for one in people:
        one.say({"answer": 1})
    sealed(coach, PEOPLE)


def test_the_report_draws_its_pictures_without_a_network(shared_course, learner, new_learner, tmp_path):
    answered_pulse(learner, new_learner, shared_course)
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
    keep = learner.locator(".choreo-console-keep")
    expect(keep.get_by_role("heading", name="Keep your coach’s link")).to_be_visible()
    expect(keep).to_contain_text(re.compile(r"ends by itself in 7 days, on .*\d{4}"))
    mail = unquote(keep.get_by_role("link", name="Mail it to yourself").get_attribute("href"))
    keep.get_by_text("Scan it with a phone").click()
    expect(keep.get_by_role("img", name="QR code of the coach’s link")).to_be_visible()
    assert keep.locator("img").evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    learner.get_by_text("Coach from another device").click()
    link = learner.get_by_label("Coach’s link").input_value()
    assert f"&body={link}\n" in mail
    assert link == learner.url.split("?")[0].rstrip("/") + "#" + link.split("#")[1]
    keep.get_by_role("button", name="I have it").click()
    expect(keep).to_be_hidden()
    learner.evaluate("localStorage.clear()")  # as browsers do by themselves after a week
    learner.reload()
    expect(learner.get_by_role("heading", name="Choose a plan")).to_be_visible()
    learner.goto(link)
    expect(learner.locator(".choreo-console-code")).to_have_text(code)
    expect(keep).to_be_hidden()
    phone = new_learner(**PHONE)
    phone.goto(f"{shared_course.address}/lessons/live#{link.split('#')[1]}")  # as `choreo sessions link` prints it
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
    press_when_ready(learner.get_by_role("button", name="Close it all the same"))
    expect(learner.locator("[aria-current=step]")).to_have_text("Show what came")


def test_a_hub_that_was_killed_is_found_again(course, learner, new_learner):
    answered_pulse(learner, new_learner, course)
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
        expect(button).not_to_have_attribute("aria-disabled", "true")
        button.focus()
        learner.keyboard.press("Enter")
    expect(learner.locator("[data-key=next]")).to_be_focused()


def test_the_console_is_clean_at_all_sizes(shared_course, new_learner):
    page = new_learner(viewport={"width": 390, "height": 844})
    open_console(page, shared_course)
    add(page, "Pulse", "Push and pull")
    for item in page.locator(".choreo-console-item").all():
        item.get_by_text("Settings").click()
    look(page)
    open_session(page)
    go_on(page, "Begin: Pulse")
    closed = page.locator(".choreo-console details:not([open]) > summary")
    while closed.count():
        closed.first.click()
    look(page)
    for width in (390, 640, 1440):  # 640: a 1280 px window at 200 % zoom
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
