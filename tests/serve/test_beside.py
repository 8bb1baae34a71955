"""Files beside the notebooks: what is handed out, and what is not."""

import pytest
from tornado.testing import AsyncHTTPTestCase
from tornado.web import Application, HTTPError

from choreo.bank.beside import SHOWN, TAKEN
from choreo.hub.names import own_names
from choreo.serve.beside import BesideHandler

FILES = {
    "teams.png": b"\x89PNG",
    "a b.PNG": b"\x89PNG",
    "deeper/clip.mp4": b"0123456789",
    "clip.vtt": b"WEBVTT\n",
    "drawing.svg": b"<svg onload='alert(1)'/>",
    "survey.csv": b"team\nred\n",
    "course.yaml": b"title: x",
    "one.ipynb": b"{}",
    "helper.py": b"x = 1",
    "page.html": b"<script></script>",
    ".hidden.png": b"x",
    "noending": b"x",
}


class Beside(AsyncHTTPTestCase):
    __test__ = False

    def get_app(self):
        return Application(
            [(r"/lessons/run/([^?#]*\.\w+)", BesideHandler, {"path": str(self.folder)})],
            choreo_names=own_names("127.0.0.1", "", []),
        )


@pytest.fixture
def get(tmp_path):
    folder = tmp_path / "lessons"
    for name, content in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (tmp_path / "secret.png").write_bytes(b"secret")
    (folder / "out.png").symlink_to(tmp_path / "secret.png")
    (folder / "code.txt").symlink_to(folder / "helper.py")
    (folder / "folder.png").mkdir()
    case = Beside("run")
    case.folder = folder
    case.setUp()
    yield lambda path, **headers: case.fetch(f"/lessons/run/{path}", headers=headers)
    case.tearDown()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("teams.png", "image/png"),
        ("a%20b.PNG", "image/png"),
        ("deeper/clip.mp4", "video/mp4"),
        ("clip.vtt", "text/vtt; charset=utf-8"),
        ("drawing.svg", "image/svg+xml"),
    ],
)
def test_pictures_films_and_captions_are_shown_and_run_nothing(get, path, kind):
    reply = get(path)
    assert (reply.code, reply.headers["Content-Type"]) == (200, kind)
    assert "sandbox" in reply.headers["Content-Security-Policy"]
    assert "Content-Disposition" not in reply.headers


def test_data_are_taken_home(get):
    reply = get("survey.csv")
    assert (reply.code, reply.body) == (200, FILES["survey.csv"])
    assert reply.headers["Content-Disposition"] == "attachment"


@pytest.mark.parametrize(
    "path",
    [
        *("course.yaml", "one.ipynb", "helper.py", "page.html", ".hidden.png", "missing.png", "folder.png"),
        *(
            "../secret.png",
            "..%2fsecret.png",
            "deeper/../../secret.png",
            "%2e%2e/secret.png",
            "//etc/x.png",
            "a%00.png",
        ),
        *("..%5csecret.png", "out.png", "code.txt", "one.ipynb/x.png"),
    ],
)
def test_nothing_else_is_given_away(get, path):
    assert get(path).code == 404


def test_a_film_can_be_begun_anywhere(get):
    reply = get("deeper/clip.mp4", Range="bytes=3-5")
    assert (reply.code, reply.body) == (206, b"345")


def test_another_picture_under_the_same_name_is_noticed(get, tmp_path):
    first = get("teams.png").headers["Etag"]
    assert get("teams.png", **{"If-None-Match": first}).code == 304
    (tmp_path / "lessons" / "teams.png").write_bytes(b"another")
    assert get("teams.png", **{"If-None-Match": first}).body == b"another"


def test_no_kind_of_file_holds_code():
    assert not {".py", ".ipynb", ".yaml", ".yml", ".html", ".js", ".css", ".md"} & {*SHOWN, *TAKEN}
    with pytest.raises(HTTPError):
        BesideHandler.get_absolute_path("/x", "a.py")
