"""The phone's page in a real browser against the real hub: joining, answering, losing the line, leaving."""

from __future__ import annotations

import gzip
import json
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, WebSocketRoute, expect
from tests.browser import axe
from tests.live.backstage import Coach, Watch, Wire, coach_of

pytestmark = pytest.mark.browser
expect.set_options(timeout=20_000)

LIMIT = 30 * 1024  # bytes, compressed, without an activity's part
SENT = "Your answer is in. You can still change it."
Open = Callable[..., BrowserContext]


@pytest.fixture
def phone(browser: Browser) -> Iterator[Open]:
    """Opens a new phone."""
    watch = Watch(browser)
    yield watch.open
    watch.close()


@pytest.fixture
def address(wire: Wire) -> str:
    return wire.address


def head(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", name=words)).to_be_visible()


def join(context: BrowserContext, address: str, coach: Coach) -> Page:
    page = context.new_page()
    page.goto(f"{address}/join/{coach.code}")
    head(page, "You are in.")
    return page


def answer(page: Page, point: int) -> None:
    page.get_by_role("radio", name=str(point)).check()
    page.get_by_role("button", name="my answer").click()


def stored(page: Page) -> dict[str, Any]:
    """What the phone keeps about the session it is in."""
    found: str = page.evaluate(
        "() => localStorage.getItem(`choreo-live-${JSON.parse(localStorage.getItem('choreo-live'))}`)"
    )
    record: dict[str, Any] = json.loads(found)
    return record


def refusing(context: BrowserContext, why: str, **more: Any) -> list[int]:
    """Between phone and hub: refuses the first thing that is said, and notes its number."""
    said: list[int] = []

    def between(line: WebSocketRoute) -> None:
        hub = line.connect_to_server()

        def hear(text: str | bytes) -> None:
            message = json.loads(text)
            if "say" in message and not said:
                said.append(message["n"])
                line.send(json.dumps({"refused": message["n"], "why": why, **more}))
            else:
                hub.send(text)

        line.on_message(hear)

    context.route_web_socket("**/live/phone", between)
    return said


# -- getting in --------------------------------------------------------------------------------------------------------


def test_a_code_is_taken_in_lower_case_with_spaces_and_hyphens(phone: Open, address: str, coach: Coach) -> None:
    page = phone().new_page()
    page.goto(f"{address}/join")
    code = coach.code.lower()
    page.get_by_label("The code on the screen").fill(f" {code[:2]}-{code[2:3]} {code[3:]} ")
    page.keyboard.press("Enter")
    head(page, "You are in.")
    expect(page.locator("#session")).to_have_text("Collaboration day")
    coach.until(lambda desk: desk["people"]["here"] == 1)


def test_a_wrong_code_says_so_and_stays_to_be_corrected(phone: Open, address: str, coach: Coach) -> None:
    page = phone().new_page()
    page.goto(f"{address}/join")
    field = page.get_by_label("The code on the screen")
    field.fill("K7M")
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_role("alert")).to_have_text("A code has six letters and digits; this has 3.")
    wrong = "".join("A" if letter != "A" else "B" for letter in coach.code)
    field.fill(wrong)
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_role("alert")).to_contain_text("screen in front")
    expect(field).to_have_value(wrong)
    expect(field).to_be_focused()
    assert axe.violations(page) == []


def test_the_first_visit_is_four_small_requests_and_usable_within_two_seconds_on_a_slow_line(
    phone: Open, address: str, coach: Coach
) -> None:
    page = phone().new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    slow = page.context.new_cdp_session(page)
    slow.send("Network.enable")
    kilobits = 1_000_000 / 8
    slow.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 150, "downloadThroughput": kilobits, "uploadThroughput": kilobits},
    )
    page.goto(f"{address}/join", wait_until="commit")
    page.locator("html[data-ready]").wait_for()
    took = page.evaluate("() => performance.now()")
    assert took < 2000, f"{took:.0f} ms"
    assert len([url for url in asked if not url.endswith(".svg")]) <= 3, asked


def test_the_page_with_controls_and_clock_is_at_most_thirty_kilobytes(phone: Open, address: str, coach: Coach) -> None:
    page = phone().new_page()
    page.goto(f"{address}/join")
    module = page.locator("script[type=module]").get_attribute("src")
    assert module is not None
    names = [f"{module.removesuffix('phone.js')}{name}.js" for name in ("phone", "controls", "clock")]
    sheets = page.eval_on_selector_all("link[rel=stylesheet]", "all => all.map((one) => one.getAttribute('href'))")
    total = 0
    for path in ["/join", *names, *sheets]:
        with urllib.request.urlopen(address + path) as reply:
            total += len(gzip.compress(reply.read(), 6))
    assert total <= LIMIT, total


# -- answering ---------------------------------------------------------------------------------------------------------


def test_a_phone_answers_changes_its_answer_and_follows_the_session_to_its_end(
    phone: Open, address: str, coach: Coach
) -> None:
    page = join(phone(), address, coach)
    coach.begin(0)
    expect(page.get_by_role("group", name="How well do we work together")).to_be_visible()
    answer(page, 4)
    expect(page.get_by_text(SENT)).to_have_count(2)  # on the control and in the live region
    answer(page, 2)
    coach.until(lambda desk: desk["ballots"] == 1)
    coach.do("pause")
    expect(page.locator(".choreo-pause")).to_be_visible()
    expect(page.locator(".choreo-activity")).to_have_attribute("inert", "")
    coach.do("resume")
    expect(page.locator(".choreo-pause")).to_be_hidden()
    coach.do("step", to="show")
    expect(page.get_by_text("The question is closed.")).to_be_visible()
    coach.do("finish")
    head(page, "Look at the screen in front")
    coach.do("end")
    head(page, "Thank you for being here")


def test_a_choice_is_made_by_keyboard_alone_and_told_to_a_screen_reader(
    phone: Open, address: str, coach: Coach
) -> None:
    page = join(phone(), address, coach)
    coach.begin(1)
    expect(page.get_by_role("group", name="What helps most?")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Steps")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_have_text(SENT)
    coach.until(lambda desk: desk["ballots"] == 1)


def test_a_reason_for_refusal_is_shown_beside_the_answer(phone: Open, address: str, coach: Coach) -> None:
    page = join(phone(), address, coach)
    coach.begin(2)
    field = page.get_by_label("Your words")
    page.get_by_role("button", name="Send my answer").click()
    expect(page.locator(".choreo-note[data-state=refused]")).to_have_text("Please write something first.")
    expect(field).to_be_focused()
    field.fill("x" * 61)
    expect(page.get_by_text("1 characters too many.")).to_be_visible()
    field.fill("<img src=x onerror=alert(1)>")
    page.get_by_role("button", name="Send my answer").click()
    expect(page.locator(".choreo-note[data-state=sent]")).to_be_visible()


def test_what_the_hub_refuses_is_told_with_its_reason(phone: Open, address: str, coach: Coach) -> None:
    context = phone()

    refusing(context, "The question is closed.")
    page = join(context, address, coach)
    coach.begin(0)
    answer(page, 4)
    expect(page.locator(".choreo-note[data-state=refused]")).to_have_text("The question is closed.")
    expect(page.locator("#said")).to_have_text("The question is closed.")
    assert stored(page)["out"] == []


def test_a_number_that_can_be_read_in_two_ways_is_asked_about(phone: Open, address: str, wire: Wire) -> None:
    plan = {"title": "Estimates", "items": [{"activity": "wisdom-of-the-room", "minutes": 5, "settings": {}}]}
    with coach_of(wire.to, plan) as coach:
        page = join(phone(), address, coach)
        coach.begin(0)
        field = page.get_by_label("Your number")
        field.fill("2,850")
        page.get_by_role("button", name="Send my answer").click()
        expect(page.locator(".choreo-note[data-state=refused]")).to_contain_text("Is that 2850 or 2.85?")
        field.fill("2850")
        page.get_by_role("button", name="Send my answer").click()
        expect(page.get_by_text("You, alone: 2,850")).to_be_visible()


def test_an_answer_that_the_hub_cannot_keep_just_now_is_sent_again(phone: Open, address: str, coach: Coach) -> None:
    context = phone()
    said = refusing(context, "The disk is full.", again=True)
    page = join(context, address, coach)
    coach.begin(0)
    answer(page, 4)
    expect(page.locator(".choreo-note[data-state=slow]")).to_contain_text("Kept on this phone")
    expect(page.locator(".choreo-note[data-state=sent]")).to_be_visible()
    assert coach.until(lambda desk: desk["ballots"])["ballots"] == len(said) == 1


def test_what_is_kept_of_a_game_is_read_before_the_first_move_and_the_pad_of_the_flash_mob_stays_where_it_is(
    phone: Open, address: str, wire: Wire
) -> None:
    plan = {"title": "Together", "items": [{"activity": "flash-mob", "minutes": 5, "settings": {}}]}
    with coach_of(wire.to, plan) as coach:
        page = join(phone(), address, coach)
        coach.begin(0)
        pad = page.get_by_role("button", name="Tap here")
        expect(pad).not_to_have_attribute("aria-disabled", "true")
        kept = page.get_by_text("What is kept: the time of each tap.")
        expect(kept).to_be_visible()
        expect(page.get_by_text("You are a number in what is kept, not a name.")).to_be_visible()
        assert kept.evaluate("(one) => one.getBoundingClientRect().bottom <= innerHeight")
        before = pad.bounding_box()
        pad.click()
        for step in ("alone", "everyone"):
            coach.do("step", to=step)
            expect(page.locator("#said")).to_contain_text("tempo of their own" if step == "alone" else "the louder")
            assert pad.bounding_box() == before
        coach.do("pause")
        expect(page.locator(".choreo-pause")).to_be_visible()
        assert pad.bounding_box() == before
        coach.do("resume")
        wire.cut()
        expect(page.locator("#banner")).to_be_visible()
        assert pad.bounding_box() == before
        expect(kept).to_be_visible()


# -- the line ----------------------------------------------------------------------------------------------------------


def answer_without_a_line(page: Page, wire: Wire, option: str) -> None:
    page.get_by_role("radio", name=option).check()
    wire.cut()
    expect(page.locator("#banner")).to_be_visible()
    page.get_by_role("button", name="Send my answer").click()


def test_an_answer_given_without_a_line_is_kept_and_counted_once_when_it_is_back(
    phone: Open, address: str, coach: Coach, wire: Wire
) -> None:
    page = join(phone(), address, coach)
    coach.begin(0)
    answer_without_a_line(page, wire, "4")
    expect(page.locator(".choreo-note[data-state=slow]")).to_contain_text("Kept on this phone")
    wire.mend()
    expect(page.locator(".choreo-note[data-state=sent]")).to_be_visible()
    expect(page.locator("#banner")).to_be_hidden()
    assert stored(page)["out"] == []
    assert coach.until(lambda desk: desk["ballots"])["ballots"] == 1


def test_a_phone_that_is_reloaded_without_a_line_sends_its_answer_as_the_same_person(
    phone: Open, address: str, coach: Coach, wire: Wire
) -> None:
    page = join(phone(), address, coach)
    who = stored(page)["who"]
    coach.begin(0)
    answer_without_a_line(page, wire, "5")
    expect(page.locator(".choreo-note[data-state=slow]")).to_contain_text("Kept on this phone")
    assert [message["say"] for message in stored(page)["out"]] == [{"answer": 4}]
    wire.mend()
    page.reload()
    expect(page.locator(".choreo-note[data-state=sent]")).to_be_visible()
    expect(page.get_by_role("radio", name="5")).to_be_checked()
    assert stored(page)["who"] == who
    desk = coach.until(lambda desk: desk["ballots"] == 1)
    assert desk["people"]["count"] == 1


def test_an_answer_to_a_closed_question_is_not_counted_in_the_next(
    phone: Open, address: str, coach: Coach, wire: Wire
) -> None:
    page = join(phone(), address, coach)
    coach.begin(0)
    answer_without_a_line(page, wire, "1")
    coach.begin(1)
    wire.mend()
    expect(page.get_by_role("group", name="What helps most?")).to_be_visible()
    assert stored(page)["out"] == []
    page.get_by_role("radio", name="A frame").check()
    page.get_by_role("button", name="Send my answer").click()
    expect(page.locator(".choreo-note[data-state=sent]")).to_be_visible()
    assert coach.until(lambda desk: desk["ballots"])["ballots"] == 1


def test_a_line_that_drops_again_and_again_loses_and_doubles_nothing(
    phone: Open, address: str, coach: Coach, wire: Wire
) -> None:
    page = join(phone(), address, coach)
    coach.begin(0)
    expect(page.get_by_role("group", name="How well do we work together")).to_be_visible()
    for turn in range(6):
        answer(page, 1 + turn % 5)
        wire.drop()
        expect(page.locator(".choreo-note[data-state=sent]")).to_be_visible()
    assert coach.until(lambda desk: desk["ballots"])["ballots"] == 1
    assert stored(page)["n"] == 6
    page.reload()
    expect(page.get_by_role("radio", name="1")).to_be_checked()


def test_a_phone_that_wakes_connects_at_once(phone: Open, address: str, coach: Coach, wire: Wire) -> None:
    page = join(phone(), address, coach)
    page.clock.install()
    wire.cut()
    expect(page.locator("#banner")).to_be_hidden()
    page.clock.run_for(2000)
    expect(page.locator("#banner")).to_be_visible()
    page.clock.run_for(60_000)  # by now it waits for long between two tries
    wire.mend()
    page.evaluate("() => dispatchEvent(new Event('online'))")
    expect(page.locator("#banner")).to_be_hidden()


def test_where_no_websocket_comes_through_answers_go_by_post(phone: Open, address: str, coach: Coach) -> None:
    context = phone()
    context.route_web_socket("**/live/phone", lambda ws: ws.close(code=1011))
    page = join(context, address, coach)
    coach.begin(0)
    answer(page, 3)
    expect(page.locator(".choreo-note[data-state=sent]")).to_be_visible()
    coach.until(lambda desk: desk["ballots"] == 1)
    coach.do("step", to="show")
    expect(page.get_by_text("The question is closed.")).to_be_visible()


BLOCKED = (
    "() => Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })"
)
FULL = "() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; }"


@pytest.mark.parametrize("fault", [BLOCKED, FULL], ids=["blocked", "full"])
def test_without_storage_everything_works_as_long_as_the_page_is_open(
    phone: Open, address: str, coach: Coach, wire: Wire, fault: str
) -> None:
    context = phone()
    context.add_init_script(f"({fault})()")
    page = join(context, address, coach)
    coach.begin(0)
    answer(page, 4)
    expect(page.locator(".choreo-note[data-state=sent]")).to_be_visible()
    wire.drop()
    answer(page, 5)
    expect(page.locator(".choreo-note[data-state=sent]")).to_be_visible()
    desk = coach.until(lambda desk: desk["ballots"] == 1)
    assert desk["people"]["count"] == 1


def test_two_tabs_are_one_person(phone: Open, address: str, coach: Coach) -> None:
    context = phone()
    first = join(context, address, coach)
    second = join(context, address, coach)
    coach.begin(0)
    answer(first, 2)
    expect(first.locator(".choreo-note[data-state=sent]")).to_be_visible()
    answer(second, 4)
    expect(second.locator(".choreo-note[data-state=sent]")).to_be_visible()
    desk = coach.until(lambda desk: desk["ballots"] == 1)
    assert desk["people"]["count"] == 1
    first.get_by_role("button", name="Leave this session").click()
    first.get_by_role("button", name="Leave", exact=True).click()
    head(second, "Join the session")


# -- what can go wrong, and leaving ------------------------------------------------------------------------------------


def test_a_part_that_does_not_come_can_be_asked_for_again(phone: Open, address: str, coach: Coach) -> None:
    context = phone()
    page = join(context, address, coach)
    context.route("**/activities/**", lambda route: route.abort())
    coach.begin(0)
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    context.unroute("**/activities/**")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("group", name="How well do we work together")).to_be_visible()


def test_who_leaves_is_forgotten_on_the_phone_and_new_when_they_come_again(
    phone: Open, address: str, coach: Coach
) -> None:
    page = join(phone(), address, coach)
    page.get_by_role("button", name="Leave this session").click()
    page.get_by_role("button", name="Stay").click()
    head(page, "You are in.")
    page.get_by_role("button", name="Leave this session").click()
    page.get_by_role("button", name="Leave", exact=True).click()
    head(page, "Join the session")
    assert page.evaluate("() => localStorage.length") == 0
    page.reload()
    head(page, "Join the session")
    page.get_by_label("The code on the screen").fill(coach.code)
    page.get_by_role("button", name="Join").click()
    head(page, "You are in.")
    assert stored(page)["who"] != ""
    coach.until(lambda desk: desk["people"]["count"] == 2)
    coach.until(lambda desk: desk["people"]["here"] == 1)  # nobody is counted twice


def test_who_is_taken_out_is_told_so(phone: Open, address: str, coach: Coach) -> None:
    page = join(phone(), address, coach)
    coach.do("remove", who=stored(page)["who"])
    head(page, "You are out of this session")


def test_a_session_that_was_deleted_leads_back_to_the_code(phone: Open, address: str, coach: Coach) -> None:
    page = join(phone(), address, coach)
    page.evaluate("() => history.replaceState(null, '', '/join')")
    coach.do("end")
    head(page, "Thank you for being here")
    coach.do("delete")
    page.reload()
    head(page, "Join the session")
    expect(page.get_by_role("alert")).to_have_text("The session that this phone was in is no longer there.")
    assert page.evaluate("() => localStorage.length") == 0


def test_somebody_else_finds_nothing_of_another_session_in_the_way(
    phone: Open, address: str, coach: Coach, wire: Wire
) -> None:
    context = phone()
    page = join(context, address, coach)
    with coach_of(wire.to, {"title": "The other one", "items": []}) as other:
        page.goto(f"{address}/join/{other.code}")
        head(page, "You are in.")
        expect(page.locator("#session")).to_have_text("The other one")


# -- for everybody -----------------------------------------------------------------------------------------------------


TARGETS = "main button, main input:not([type=radio]), main label.choreo-option, footer button"
SMALL = """all => all.filter((one) => one.checkVisibility()).map((one) => one.getBoundingClientRect())
    .filter((box) => box.height < 44 || box.width < 44).length"""


def test_nothing_that_axe_finds_is_wrong_and_nothing_is_cut_off(phone: Open, address: str, coach: Coach) -> None:
    page = phone(reduced_motion="reduce").new_page()

    def look() -> None:
        for width in (320, 390, 1440):
            axe.look(page, (width, 844))
            assert page.locator(TARGETS).evaluate_all(SMALL) == 0, width

    page.goto(f"{address}/join")
    look()
    page.goto(f"{address}/join/{coach.code}")
    head(page, "You are in.")
    look()
    for item in range(3):
        coach.begin(item)
        expect(page.get_by_role("group")).to_have_count(1)
        look()
    coach.do("pause")
    expect(page.locator(".choreo-pause")).to_be_visible()
    look()
    coach.do("resume")
    coach.do("finish")
    head(page, "Look at the screen in front")
    page.get_by_role("button", name="Leave this session").click()
    look()


def test_who_asked_for_less_motion_sees_none(phone: Open, address: str, coach: Coach) -> None:
    page = join(phone(reduced_motion="reduce"), address, coach)
    assert page.locator(".choreo-emblem").evaluate("(one) => getComputedStyle(one).animationName") == "none"
