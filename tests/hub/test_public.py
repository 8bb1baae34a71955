"""Where the course is for everybody: no address that a browser asks for forgets what stands in front of all of them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urljoin

import pytest
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send
from tests.hub.visiting import LESSON, Browser, Hub

from choreo.hub.behind import Behind
from choreo.hub.identity import COOKIE
from choreo.hub.limits import Held
from choreo.hub.live.admission import Admission
from choreo.hub.live.links import Links
from choreo.hub.measures import HubMeasures
from choreo.hub.models import PAGES, Models
from choreo.hub.networks import Networks
from choreo.hub.public import Public, PublicError, believe, read_public

PACKAGE = Path(__file__).parents[2] / "widgets" / "choreo"
BUILT = ("node_modules", "serve/static/client", "views/plotly")
COURSE = Public("https://course.example", "/choreo")


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("", Public()),
        ("http://192.168.1.7:8000", Public("http://192.168.1.7:8000")),
        ("https://Course.example/", Public("https://course.example")),
        ("https://course.example/a/b-c/", Public("https://course.example", "/a/b-c")),
        ("http://[fe80::1]:8000/x", Public("http://[fe80::1]:8000", "/x")),
        ("/choreo", Public("", "/choreo")),
    ],
)
def test_an_address_is_read_as_it_is_meant(said: str, found: Public) -> None:
    assert read_public(said) == found


@pytest.mark.parametrize(
    "said",
    [
        "course.example",
        "ftp://course.example",
        "https://a/?q",
        "https://a/#f",
        "https://me@a/",
        "https://a/b c",
        "https://a/..",
        "https://a/b//c",
        'https://a/"',
        "https://a:x/",
        "https://a/;",
    ],
)
def test_what_is_no_address_is_refused_with_an_example(said: str) -> None:
    with pytest.raises(PublicError, match=r"https://course\.example\.org/choreo"):
        read_public(said)


# -- all templates, modules and handlers -------------------------------------------------------------------------------


def sources(*endings: str) -> Iterator[tuple[str, str]]:
    for path in sorted(PACKAGE.rglob("*")):
        name = path.relative_to(PACKAGE).as_posix()
        if path.suffix in endings and not any(part in name for part in BUILT):
            yield name, path.read_text("utf-8")


def test_no_template_asks_for_an_address_from_the_root() -> None:
    rooted = re.compile(r"""\b(?:href|src|srcset|action|formaction|content|poster|data-[\w-]+)=["']?/|url\(["']?/""")
    found = [
        f"{name}: {line}"
        for name, text in sources(".html", ".j2", ".css")
        for line in text.splitlines()
        if rooted.search(line)
    ]
    assert found == []


def test_no_browser_module_asks_for_an_address_from_the_root() -> None:
    rooted = re.compile(r"""(?<!\bat\()["'`]/[a-z]|location\.origin\}/""")  # all but at("/review"): views/shared/at.js
    code = [(name, line.strip()) for name, text in sources(".js") for line in text.splitlines()]
    found = [
        one for one in code if not one[1].startswith(("*", "/*", "//")) and rooted.search(one[1].partition(" // ")[0])
    ]
    assert found == []


def test_no_handler_sends_a_browser_to_an_address_from_the_root() -> None:
    assert [
        fault
        for name, text in sources(".py")
        if name.startswith(("hub/", "serve/")) and name not in BEFORE_AT
        for fault in rooted_in(name, text)
    ] == []


BEFORE_AT = ("hub/assets.py", "hub/house.py")  # templates and phones say `at` to what these name
SAYS_WHERE = {"at", "see", "Route", "WebSocketRoute"}
SYSTEM = ("/proc/", "/dev/")


def rooted_in(name: str, text: str) -> Iterator[str]:
    """Redirects, cookies' paths and addresses put together that begin at the root, but for those that go through SAYS_WHERE."""
    tree = ast.parse(text)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    called = {id(call): getattr(call.func, "attr", getattr(call.func, "id", "")) for call in calls}
    sound = {id(part) for call in calls if called[id(call)] in SAYS_WHERE for part in ast.walk(call)}
    for node in ast.walk(tree):
        asked: list[ast.AST] = []
        if isinstance(node, ast.JoinedStr) and not name.endswith("voila.py"):  # what stands there are patterns
            asked = [node.values[0]]
        elif isinstance(node, ast.Call) and called[id(node)] in ("RedirectResponse", "redirect"):
            asked = list(node.args[:1])
        elif isinstance(node, ast.Call) and "cookie" in called[id(node)]:
            asked = [word.value for word in node.keywords if word.arg == "path"]
        for part in asked:
            rooted = isinstance(part, ast.Constant) and re.match(r"/\w", str(part.value))
            if rooted and id(part) not in sound and not str(part.value).startswith(SYSTEM):
                yield f"{name}:{part.lineno}: {part.value}"


# -- a hub with a path in front ----------------------------------------------------------------------------------------


def behind(app: ASGIApp, said: str = "", peer: str = "127.0.0.1") -> ASGIApp:
    """The hub as it is asked by a proxy at this address, which says this path; the one of this machine is named."""
    hub = Behind(app, Networks("", ["127.0.0.1"]))

    async def asked(scope: Scope, receive: Receive, send: Send) -> None:
        more = [(b"x-forwarded-prefix", said.encode())] if said else []
        await hub(scope | {"client": (peer, 1), "headers": [*scope["headers"], *more]}, receive, send)

    return asked


@pytest.fixture(params=["started with it", "a named proxy says it"])
def there(hub: Hub, request: pytest.FixtureRequest) -> Hub:
    """The hub, where browsers find it at https://course.example/choreo: the path is taken off before it hears of it."""
    said = request.param == "a named proxy says it"
    hub.settings = replace(hub.settings, public=Public(COURSE.origin) if said else COURSE)
    hub.restart()
    if said:
        hub.app = behind(hub.app, COURSE.path)
    return hub


def test_every_page_stays_beneath_the_path(there: Hub) -> None:
    learner = there.learner()
    learner.send(there.record())
    asked = re.compile(r"""\b(?:href|src|action)="(/[^"]*)""")
    for path in (
        "/",
        "/portfolio",
        "/review",
        "/resume",
        "/forget",
        "/forgotten",
        "/models",
        "/join",
        "/live/screen",
        "/nothing",
    ):
        reply = learner.get(path)
        found = asked.findall(reply.text)
        assert found, path
        assert [one for one in found if not one.startswith("/choreo/")] == [], path
        assert '<html lang="en" data-at="/choreo"' in reply.text
        assert learner.get(re.search(r'href="/choreo(/static/[^"]+\.css)"', reply.text)[1]).status_code == 200
    sheet = re.search(r'href="/choreo(/static/prose\.[^"]+\.css)"', learner.get("/").text)[1]
    letters = re.findall(r'url\("([^"]+)"\)', learner.get(sheet).text)
    assert [learner.get(urljoin(sheet, one)).headers["content-type"] for one in letters] == ["font/woff2"] * 3


def test_a_picture_of_an_exercise_is_found_beneath_the_path(there: Hub) -> None:
    (there.settings.lessons / "plaza.png").write_bytes(b"\x89PNG")
    for file in (there.settings.exercises / LESSON).glob("*.yaml"):
        text = "prompt: '![Forty people in a ring.](plaza.png)'"
        file.write_text(re.sub("prompt:.*", text, file.read_text("utf-8")), encoding="utf-8")
    learner = there.learner()
    learner.send(there.record())
    there.clock.pass_(days=1)
    pass_ = {"Cookie": f"{COOKIE}={learner.token}"}  # a browser of ours knows no path, and would not send it by itself
    page = learner.get("/review", headers=pass_).text
    assert re.findall(r'<img src="([^"]*plaza.png)"', page) == ["/choreo/beside/plaza.png"]


def test_redirects_and_cookies_are_of_the_path(there: Hub) -> None:
    browser = there.browser()
    reply = browser.get(f"/lessons/{LESSON}")
    assert reply.headers["location"] == f"/choreo/lessons/{LESSON}/?new"
    cookies = reply.headers.get_list("set-cookie")
    assert len(cookies) == 2
    assert all("; Path=/choreo/;" in cookie for cookie in cookies)
    token = browser.token
    posted = [browser.post(path, follow=False) for path in ("/resume/code", "/forget")]
    assert [reply.headers["location"] for reply in posted] == ["/choreo/resume", "/choreo/forgotten"]
    gone = posted[1].headers.get_list("set-cookie")
    assert len(gone) == 3
    assert all("; Path=/choreo/;" in cookie and "Max-Age=0" in cookie for cookie in gone)
    assert token


def test_a_calendar_leads_back_beneath_the_path(there: Hub) -> None:
    learner = there.learner()
    learner.send(there.record())
    pass_ = {"Cookie": f"{COOKIE}={learner.token}"}  # as above
    days = learner.get("/review/days.ics", headers=pass_).text.replace("\r\n ", "")
    assert "https://course.example/choreo/review" in days
    assert "https://course.example/review" not in days


def test_one_hub_is_asked_by_several_paths_and_mixes_none_of_them_up(hub: Hub) -> None:
    (hub.settings.lessons / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    course = hub.settings.lessons / "course.yaml"
    course.write_text(course.read_text("utf-8") + "house: {name: Ours, logo: logo.svg}\n", encoding="utf-8")
    asked = re.compile(r"""\b(?:href|src|action)="(/[^"]*)""")
    for _again in range(2):  # the second time from whatever was kept
        for front in ("/a", "", "/b/c", "/d"):
            browser = Browser(behind(hub.app, front))
            for path in ("/", "/models", "/models/kuramoto", "/join/ABCDEF", "/live/screen", "/nothing"):
                text = browser.get(path).text
                rest = [one.removeprefix(front) for one in asked.findall(text) if one.startswith(f"{front}/")]
                assert len(rest) == len(asked.findall(text)) > 0, (front, path)
                assert not [one for one in rest if one.startswith(("/a/", "/b/", "/d/"))], (front, path)
                assert any(one.startswith("/house/logo.") for one in rest), (front, path)
            reply = browser.get(f"/lessons/{LESSON}")
            assert all(f"; Path={front}/;" in cookie for cookie in reply.headers.get_list("set-cookie"))


def test_whoever_was_not_named_says_no_path(hub: Hub) -> None:
    stranger = Browser(behind(hub.app, "/evil", peer="10.9.8.7"))
    assert "/evil" not in stranger.get("/").text
    assert "; Path=/;" in stranger.get(f"/lessons/{LESSON}").headers["set-cookie"]


def test_a_path_that_the_course_was_started_for_stands(hub: Hub) -> None:
    """The door has refused what contradicts it; where there is none, a wrong header of a proxy misleads nobody."""
    hub.settings = replace(hub.settings, public=COURSE)
    hub.restart()
    page = Browser(behind(hub.app, "/elsewhere")).get("/").text
    assert "/elsewhere" not in page
    assert 'data-at="/choreo"' in page


def test_what_is_kept_for_paths_does_not_grow_with_them(hub: Hub) -> None:
    models = Models(web := SimpleNamespace(public=Public(), text=lambda *_, **__: b"x" * 1000))  # type: ignore[arg-type]
    for number in range(3 * PAGES):
        believe(f"/{number}")
        assert web.public.front == f"/{number}"
        assert models.index(None).body == b"x" * 1000  # type: ignore[arg-type]
    believe("")
    assert models._page.cache_info().currsize == PAGES  # type: ignore[attr-defined]


@pytest.mark.parametrize("public", [COURSE, Public(COURSE.origin)])
def test_the_cookie_of_a_live_session_s_hub_is_of_the_path(public: Public) -> None:
    admission = Admission(Held(1), "1", public, HubMeasures())
    believe(COURSE.path)
    assert admission.pin == {"Set-Cookie": "choreo_process=1; Path=/choreo/; SameSite=Lax"}
    believe("")


def test_phones_are_led_to_the_public_address_whoever_asks() -> None:
    scope = {"type": "http", "headers": [(b"host", b"127.0.0.1:8000")], "scheme": "http", "path": "/", "client": None}
    assert Links(COURSE).join(HTTPConnection(scope)) == "https://course.example/choreo/join"
    assert Links(Public("", "/choreo")).join(HTTPConnection(scope)) == "http://127.0.0.1:8000/choreo/join"


# -- what a lesson's page may not do -----------------------------------------------------------------------------------

SCRIPT = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"}
FORM = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate"}


@pytest.mark.parametrize(
    "path",
    ["/forget", "/resume/code", "/resume/choice", "/review", "/collaboration", "/portfolio/import/bring", "/live/join"],
)
@pytest.mark.parametrize(
    "headers",
    [
        FORM | {"Referer": "https://course.example/choreo/lessons/02-silos/"},
        SCRIPT | {"Referer": "https://course.example/choreo/lessons/live/?all"},
        {"Referer": "https://course.example/choreo/lessons/02-silos/"},
        FORM | {"Referer": "https://course.example/choreo/preview/02-silos"},
        {"Referer": "https://[course.example/"},
    ],
)
def test_a_lesson_s_page_changes_nothing_at_the_hub(there: Hub, path: str, headers: dict[str, str]) -> None:
    import asyncio

    learner = there.learner()
    learner.send(there.record())
    assert asyncio.run(learner.client.post(path, headers=headers)).status_code == 403
    assert len(learner.entries()) == 1


def test_a_script_that_hides_where_it_stands_sends_no_form(there: Hub) -> None:
    import asyncio

    learner = there.learner()
    for path in ("/forget", "/resume/code", "/portfolio/import"):
        assert asyncio.run(learner.client.post(path, headers=SCRIPT)).status_code == 403
    assert learner.get("/").status_code == 200
    assert asyncio.run(learner.client.post("/forget", headers=FORM)).headers["location"] == "/choreo/forgotten"
