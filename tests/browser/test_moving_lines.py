"""Lines of a chart that move with a control stand where Plotly draws them."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect
from tests.browser.conftest import MOVING
from tests.browser.hands import Mouse
from tests.browser.lesson09 import PLAY, predict

pytestmark = pytest.mark.browser

# Moves the first slider as a hand does that has not let go; resolves with the paths of the lines that moved at once, and of
# Plotly's, which has followed.
MOVE = """
async (coupling) => {
  const play = document.querySelector("[data-choreo-item=forty-new-voices]");
  const box = play.querySelector(".choreo-chart .choreo-plot-box");
  const slider = play.querySelector("input[id$='-coupling']");
  const paths = (root, lines) => [...root.querySelectorAll(lines)].map((line) => line.getAttribute("d"));
  const rested = new Promise((resolve, reject) => {
    setTimeout(reject, 20000, new Error("no lines moved"));
    new MutationObserver((changes) => {
      const gone = changes.flatMap(({ removedNodes }) => [...removedNodes]);
      const lines = gone.find((node) => node.matches(".choreo-plot-lines"));
      if (lines) resolve(paths(lines, "path"));
    }).observe(box, { childList: true });
  });
  slider.value = coupling;
  slider.dispatchEvent(new Event("input", { bubbles: true }));
  return [await rested, paths(box, ".scatterlayer .trace .js-line")];
}"""


def test_lines_that_move_with_a_control_stand_where_plotly_draws_them_once_it_rests(
    shared_course, new_learner, open_lesson
):
    learner = new_learner(**MOVING)
    open_lesson(learner, shared_course)
    predict(Mouse(learner))
    chart = learner.locator(f"[data-choreo-item={PLAY}] .choreo-chart")
    chart.scroll_into_view_if_needed()
    expect(chart.locator(".scatterlayer .js-line")).to_have_count(2)  # the neighbours and all
    learner.evaluate(MOVE, 2.7)  # Plotly finds its margins to the pixel when it draws for the second time
    moved, drawn = learner.evaluate(MOVE, 1.3)
    assert len(moved) == len(drawn) == 2
    for ours, plotlys in zip(map(points, moved), map(points, drawn), strict=True):
        assert plotlys[:, 1] == pytest.approx(np.interp(plotlys[:, 0], *ours.T), abs=1)  # px; Plotly leaves out points


def points(path):
    return np.array(re.findall(r"-?\d+\.?\d*", path), float).reshape(-1, 2)
