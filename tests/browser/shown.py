"""A notebook that has all of what Jupyter shows, with the files that lie beside it; nothing in it is installed for tests only."""

from __future__ import annotations

import base64
import json
import shutil
from pathlib import Path

PNG = base64.b64encode(
    bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cfc000000301010018dd8db0"
        "0000000049454e44ae426082"
    )
).decode()

JPEG = (
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0Hyc5PTgy"
    "PC4zNDL/wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AVN//2Q=="
)

PROSE = r"""# All that a notebook *shows*

A picture beside the notebook: ![Two teams](teams.png) and one that is attached: ![One team](attachment:team.png).

```python
# a comment is no title
```

~~Gone~~, a note[^1], $e^{i\pi} = -1$, <sub>low</sub>.

- [ ] to do
- [x] done

| a | b |
| - | - |
| 1 | 2 |

$$
r = \left| \frac{1}{N} \sum_{j=1}^{N} e^{i\theta_j} \right|
$$

<video src="clip.webm" width="64"><track kind="captions" src="clip.vtt" srclang="en" label="English" default></video>

[The data](survey.csv)

[^1]: A note at the foot.

##	A step with a tab

Words.

A step that is underlined, with $x^2$ and `code`
------------------------------------------------

Words.
"""

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="30"><circle r="9" cx="15" cy="15"/></svg>'
CELLS = f"""
import sys
import ipywidgets as widgets
import plotly.graph_objects as go
from IPython.display import *
import helper
from choreo.lesson import Lesson
lesson = Lesson("all-shown")
lesson
---
helper.NAME, open("survey.csv").read().split()[0]
---
print("one\\rtwo", end="")
print(" \\x1b[31mred\\x1b[0m and \\x1b[1;38;5;28mgreen\\x1b[0m")
print("careful", file=sys.stderr)
---
print("gone")
clear_output()
print("left")
---
display(Markdown("**Bold** and $x$"), Math(r"\\frac{{a}}{{b}}"), Latex("Text $y$"), JSON({{"a": [1, {{"b": None}}]}}))
display(HTML("<table><tr><th>h</th></tr><tr><td>cell</td></tr></table>"), Video("clip.webm", width=64))
---
display(Image(url="teams.png", alt="Teams"), SVG('{SVG}'))
display({{"image/jpeg": "{JPEG}"}}, raw=True, metadata={{"image/jpeg": {{"alt": "A photo"}}}})
---
handle = display(Markdown("not yet"), display_id="later")
---
handle.update(Markdown("shown *anew*"))
---
fig = go.Figure(go.Scatter(y=[1, 3, 2], name="news"), layout={{"title": {{"text": "A plain figure"}}}})
fig
---
go.Figure(go.Heatmap(z=[[1, 2], [3, 4]]), layout={{"title": {{"text": "A heat map"}}}}).show()
---
go.Figure(go.Scatter3d(x=[1], y=[1], z=[1]))
---
lesson.chart(fig, alt="News rises to three and falls to two.")
---
def times(x=3):
    print("printed", x)
    display(Markdown(f"*shown* {{x * x}}"))
    if x > 4:
        raise ValueError("too many")
    return x * 100
widgets.interact(times, x=(0, 5));
---
out = widgets.Output()
button = widgets.Button(description="Say it")
@out.capture(clear_output=True, wait=True)
def say(_):
    print("said")
    handle.update(Markdown("changed by a button"))
    display(widgets.Label("a label made later"))
button.on_click(say)
widgets.VBox([button, out])
---
%matplotlib inline
!echo from the shell
---
display(Javascript("alert(1)"), HTML("<b>before</b><script>alert(1)</script>"))
---
1 / 0
---
input("Name?")
""".strip().split("\n---\n")


def notebook(lessons: Path) -> None:
    """Write the notebook all-shown, its files and an exercise into a course."""
    exercises = lessons.parent / "exercises"
    (exercises / "all-shown").mkdir()
    shutil.copy(exercises / "gallery" / "strike-out-the-steps.yaml", exercises / "all-shown")
    prose = {"cell_type": "markdown", "metadata": {}, "source": PROSE, "attachments": {"team.png": {"image/png": PNG}}}
    cells = [
        {
            "cell_type": "code",
            "metadata": {"tags": ["raises-exception"]} if one == "1 / 0" else {},
            "source": one,
            "outputs": [],
        }
        for one in CELLS
    ]
    cells = [{**cell, "execution_count": None} for cell in cells]
    text = {"cells": [prose, *cells], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    (lessons / "all-shown.ipynb").write_text(json.dumps(text))
    (lessons / "teams.png").write_bytes(base64.b64decode(PNG))
    (lessons / "survey.csv").write_text("team,ties\nred,3\n")
    (lessons / "helper.py").write_text("NAME = 'a module beside the notebook'\n")
    (lessons / "clip.webm").write_bytes(b"\x1aE\xdf\xa3")
    (lessons / "clip.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:01.000\nWords.\n")
