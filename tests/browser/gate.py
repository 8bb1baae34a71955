"""Nothing that answers a prediction is to be had before it is made or declined; then it is played, and compared."""

from __future__ import annotations

import re
from types import ModuleType

import yaml
from playwright.sync_api import Page, expect
from tests.browser.hands import Mouse
from tests.browser.walk import card, decline
from tests.serve.course import ROOT

SENTENCE = re.compile(r"\w+ \w+ \w+")
SAID_AND_CAME = {  # of each lesson's prediction
    "00-welcome": ("With your 40", "about 14 people"),
    "01-disconnect": ("Eight in ten", "9 of 100"),
    "02-silos": ("by 3 to 10 points", "+13"),
    "03-micro-cultures": ("40", "1"),
    "04-speaking-up": ("You said 99", "in the end: 1."),
    "05-three-modes": ("about sixty", "7.0"),
    "06-push-and-pull": ("a fall to 5", "12.3"),
    "07-relationships": ("You said 96", "51%"),
    "08-capacity": ("In hardly any", "37%"),
    "09-choreography": ("over 80%", "57%"),
    "10-authoring": ("You said: Eight", "in the end: 4."),
}


def plain(text: str) -> str:
    """The longest part of a text that is written alike in YAML, HTML and JSON."""
    return max(re.findall(r"[A-Za-z0-9 ,.%?!:-]+", " ".join(text.split())), key=len).strip()


def behind_gates(lesson: ModuleType) -> list[dict]:
    """The files of plays and goals that come after a prediction."""
    files = (ROOT / "exercises" / lesson.NAME).glob("*.yaml")
    return [
        said
        for path in files
        if "after" in (said := yaml.safe_load(path.read_text("utf-8"))) and said["kind"] in ("play", "goal")
    ]


def closed(lesson: ModuleType) -> int:
    """How many stages are closed at first: behind a prediction, or until something of one's own is there to be played."""
    files = (ROOT / "exercises" / lesson.NAME).glob("*.yaml")
    return len(behind_gates(lesson)) + sum("given" in yaml.safe_load(path.read_text("utf-8")) for path in files)


def secrets(lesson: ModuleType) -> set[str]:
    """What the files behind the gate say: titles, texts, goals, tasks, words, hints."""
    found = []
    for said in behind_gates(lesson):
        found += [said["title"], said["prompt"], said.get("goal", ""), *said.get("hints", ())]
        found += [said["person"]["first"], *(one["say"] for one in said["says"]), *(one["do"] for one in said["guide"])]
    return {plain(one) for one in found if one}


def listen(page: Page) -> list[bytes]:
    """All that will come to a page; but for the package's own files, which are the same in every lesson."""
    heard: list[bytes] = []
    page.on("response", lambda reply: heard.append(reply.body()) if reply.ok and "/static/" not in reply.url else None)

    def frame(data: str | bytes) -> None:
        heard.append(data if isinstance(data, bytes) else data.encode())

    page.on("websocket", lambda socket: socket.on("framereceived", frame))
    return heard


def nothing_is_given_away(page: Page, heard: list[bytes], lesson: ModuleType) -> None:
    """Before the prediction, nothing that answers it is in the page or was on the wire."""
    expect(card(page, lesson.PREDICTION)).to_be_visible()
    expect(page.locator(".choreo-player-ground")).to_have_count(1)  # the taste
    expect(page.locator(".choreo-player-goal .choreo-player-meter, .choreo-comparison-sentence:visible")).to_have_count(
        0
    )
    came = b"".join(heard).decode(errors="replace")
    title = card(page, lesson.PREDICTION).locator("h3").inner_text()
    assert title in came  # we did listen
    hidden = secrets(lesson)
    assert len(hidden) > 15
    assert [one for one in hidden if one in came] == []
    content = page.content()
    assert [one for one in hidden if one in content] == []


def later_steps_are_not_told(page: Page) -> None:
    """What stands in a step that nobody opened yet is not even named."""
    told = page.locator("body").inner_text()
    later = page.locator("main > [data-step]:not([data-open]) > h2").all_text_contents()
    assert len(later) > 5
    assert [one for one in later if one in told] == []


def asks(page: Page, lesson: ModuleType) -> None:
    """What was hidden is there: the first play's task."""
    task = card(page, lesson.PLAY).locator(".choreo-player-taskwords")
    expect(task).to_be_visible()
    assert plain(task.inner_text()) in secrets(lesson)


def compared(page: Page, lesson: ModuleType) -> None:
    """What was predicted stands beside what came."""
    panel = page.locator(".choreo-comparison-panel").first
    panel.scroll_into_view_if_needed()  # what happened is worked out when somebody looks
    expect(panel.locator(".choreo-comparison-sentence")).to_have_text(SENTENCE, timeout=60_000)
    said, came = SAID_AND_CAME[lesson.NAME]
    expect(panel).to_contain_text(came)
    expect(panel).to_contain_text(said)


def declined_and_told(page: Page, lesson: ModuleType) -> None:
    """Who goes on without predicting sees what came, and is not told what they said."""
    decline(Mouse(page), lesson.PREDICTION)
    asks(page, lesson)
    expect(card(page, lesson.PREDICTION)).to_contain_text("You went on without predicting.")
    lesson.play(Mouse(page))
    panel = page.locator(".choreo-comparison-panel").first
    panel.scroll_into_view_if_needed()
    expect(panel.locator(".choreo-comparison-sentence")).to_be_visible(timeout=60_000)
    expect(panel.locator(".choreo-comparison-sentence")).not_to_contain_text("You")
