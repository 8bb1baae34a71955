"""What a component's module reaches a notebook as: one text."""

import re

import pytest

from choreo.views.source import SEAM, VIEWS, card_half, read_ahead, script, stage_half


@pytest.fixture
def written(tmp_path):
    """Write modules by name; the path of the first comes back."""

    def write(**modules):
        paths = [tmp_path / f"{name}.js" for name in modules]
        for path, text in zip(paths, modules.values(), strict=True):
            path.write_text(text, encoding="utf-8")
        return paths[0]

    return write


def test_what_is_imported_comes_once_and_before_what_needs_it(written):
    path = written(
        dial='import { sign } from "./sign.js";\nimport { made as make } from "./made.js";\nexport default { sign, make };\n',
        sign='import { made } from "./made.js";\nexport const sign = () => made();\n',
        made="export function made() {}\nconst own = 1;\nexport class Made {}\n",
    )
    made, sign, dial = script(path).split(SEAM)
    assert made.startswith("const choreo_made = (() => {")
    assert "return { made, Made };" in made
    assert "const { made } = choreo_made;" in sign
    assert "const { made: make } = choreo_made;" in dial
    assert dial.endswith("export default { sign, make };\n")


def test_an_import_over_several_lines_is_followed(written):
    path = written(
        dial='import {\n  first,\n  second,\n} from "./two.js";\nexport default { first, second };\n',
        two="export const first = 1;\nexport const second = 2;\n",
    )
    assert "const { first, second } = choreo_two;" in script(path)


def test_what_a_component_exports_for_its_tests_stays_in_it(written):
    path = written(dial="export function angle() {}\nexport default { render: angle };\n")
    assert script(path) == "function angle() {}\nexport default { render: angle };\n"


def test_a_circle_of_imports_is_named(written):
    path = written(
        dial='import { a } from "./a.js";\nexport default a;\n',
        a='import { b } from "./b.js";\nexport const a = b;\n',
        b='import { a } from "./a.js";\nexport const b = a;\n',
    )
    with pytest.raises(ValueError, match=r"a\.js: imports itself by way of b\.js; take one of the imports out"):
        script(path)


@pytest.mark.parametrize(
    "line",
    [
        'import a from "./a.js";',
        'import * as a from "./a.js";',
        'import { a } from "lib";',
        'export { a } from "./a.js";',
        "export let a = 1;",
    ],
)
def test_a_form_that_cannot_be_followed_is_named_with_the_forms_that_can(written, line):
    path = written(dial=f"{line}\nexport default {{}};\n", a="export const a = 1;\n")
    with pytest.raises(ValueError, match=re.escape(f'dial.js: "{line}" cannot be followed; write ')):
        script(path)


def test_a_file_that_is_missing_is_named_with_what_asks_for_it(written):
    path = written(dial='import { a } from "./a.js";\nexport default a;\n')
    with pytest.raises(ValueError, match=r"dial\.js: imports \./a\.js, which is not there; "):
        script(path)


def test_what_lessons_are_forked_from_has_read_the_halves_of_all_cards_and_stages():
    read_ahead()
    for folder, half in (("exercises", card_half), ("stages", stage_half)):
        assert half.cache_info().currsize >= len(list((VIEWS / folder).glob("*.css"))), folder


def test_no_stage_asks_the_page_for_a_size_or_a_colour_which_costs_a_layout_at_every_move_of_a_control():
    asks = re.compile(r"(client|offset|scroll)(Width|Height)|getBoundingClientRect|getComputedStyle")
    stages = sorted((VIEWS / "stages").glob("*.js"))
    assert len(stages) > 20
    assert [path.name for path in stages if asks.search(path.read_text(encoding="utf-8"))] == []
