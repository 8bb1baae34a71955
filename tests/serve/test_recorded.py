"""Pages of recorded lessons are kept: for each recording, and for some of the paths by which people come."""

from __future__ import annotations

import asyncio
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.serve.course import ROOT
from tests.serve.test_pages import states

from choreo.bank.course import load_course
from choreo.hub.public import Public, believe
from choreo.serve.forking.recording import Recording
from choreo.serve.frame import lesson_frame, page_files
from choreo.serve.recorded import FRONTS, RecordedLessons
from choreo.serve.voila import TEMPLATE
from choreo.views.chart import Chart

NAME, PUBLIC = "09-choreography", Public()


class Recorded:
    """Lessons of a nursery that has run one already."""

    def __init__(self) -> None:
        self.rendered = 0
        self.template = SimpleNamespace(recording=Recording([], {}, states(Chart())), version="1", note="")
        course, static = load_course(ROOT / "lessons"), page_files(PUBLIC)

        def frame(lesson):
            self.rendered += 1
            return lesson_frame(lesson, course, ROOT / "lessons", PUBLIC, static)

        async def template(_lesson):
            return self.template

        self.lessons = RecordedLessons(
            SimpleNamespace(template=template), Path(TEMPLATE), frame, lambda: course, PUBLIC
        )

    def page(self, front=""):
        async def asked():
            believe(front)
            return await self.lessons.page(NAME)

        return asyncio.run(asked())


@pytest.fixture(scope="module")
def recorded():
    return Recorded()


def test_a_page_is_made_once_for_each_path_and_names_no_other(recorded):
    pages = {front: recorded.page(front) for front in ("", "/a", "/b/c")}
    assert recorded.rendered == 3
    assert all(recorded.page(front) is page for front, page in pages.items())
    assert len({page.etag for page in pages.values()}) == 3
    for front, page in pages.items():
        html = page.html.content.decode()
        assert f'data-at="{front}"' in html
        assert f'src="{front}/static/' in html
        assert [one for one in ("/a/", "/b/") if one in html and not front.startswith(one[:-1])] == []
        for name, part in page.parts.items():
            assert recorded.lessons.part(name) is part
    shared = set(pages[""].parts) & set(pages["/a"].parts)
    assert any(name.endswith(".js") for name in shared)  # compressed once, and kept once
    assert all(pages[""].parts[name] is pages["/a"].parts[name] for name in shared)


def test_pages_of_many_paths_are_made_anew_and_not_all_kept(recorded):
    for number in range(3 * FRONTS):
        recorded.page(f"/{number}")
        recorded.page("/often")
    (kept,) = recorded.lessons._rendered.values()
    assert len(kept) == FRONTS
    rendered = recorded.rendered
    recorded.page("/often")
    assert recorded.rendered == rendered
    recorded.page("/0")
    assert recorded.rendered == rendered + 1


def test_parts_of_the_recording_before_are_there_for_who_is_opening_it(recorded):
    before = recorded.page("/a")
    recorded.template = SimpleNamespace(recording=Recording([], {}, states(Chart())), version="2", note="")
    after = recorded.page("/a")
    assert after is not before
    assert all(recorded.lessons.part(name) for name in (*before.parts, *after.parts))
