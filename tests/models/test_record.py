"""What is said of each model: that it is there, whole, and that its numbers are what the code computes."""

from __future__ import annotations

import re
from itertools import islice

import pytest
from tests.bench import reproduced

from choreo.explorables import finder
from choreo.models.record import name_of, names, parameters, record, results, source

SLOW = {"culture": 1}  # how many of a paper's numbers are computed here; `make reproduce` computes all
NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")


@pytest.mark.parametrize("name", finder.names())
def test_every_explorable_has_a_model_with_a_record_and_numbers(name: str) -> None:
    model = name_of(finder.explorable(name).model)
    found = record(model)
    assert found is not None
    assert results(model) or results(found.based_on)


@pytest.mark.parametrize("name", names())
def test_a_record_is_whole(name: str) -> None:
    found = record(name)
    assert found is not None
    assert len(found.rule) >= 3
    for text in (*found.rule, found.about, found.left_out, *found.papers, *filter(None, [found.ours])):
        assert text == text.strip()
        assert text.endswith((".", "?"))
        assert "  " not in text
    assert found.based_on in ("", *names())
    assert source(name).startswith('"""')
    specs = [spec for group in parameters(name) for spec in group.specs()]
    assert specs or name == "alliance"  # whose map is drawn, and moved by no control
    assert all(spec.meaning for spec in specs)


def test_there_is_no_record_of_what_is_no_model() -> None:
    assert [record(name) for name in ("parameter", "record", "../record", "")] == [None] * 4


@pytest.mark.parametrize("paper", reproduced.PAPERS, ids=lambda paper: f"{paper.model}-{paper.results.__name__}")
def test_what_is_shown_as_ours_is_what_the_code_computes(paper: reproduced.Paper) -> None:
    kept = {one.what: one for one in results(paper.model)}
    for one in islice(reproduced.computed(paper), SLOW.get(paper.model)):
        shown = kept[one.what]
        assert (shown.reference, shown.paper) == (one.reference, one.paper)
        assert NUMBER.sub("#", shown.ours) == NUMBER.sub("#", one.ours)
        numbers = [float(number) for number in NUMBER.findall(one.ours)]
        assert [float(number) for number in NUMBER.findall(shown.ours)] == pytest.approx(numbers, rel=0.01, abs=1e-3)


def test_the_page_of_all_results_says_the_same() -> None:
    shown = [one for name in dict.fromkeys(paper.model for paper in reproduced.PAPERS) for one in results(name)]
    assert sorted(reproduced.page(shown).splitlines()) == sorted(reproduced.PAGE.read_text("utf-8").splitlines())
