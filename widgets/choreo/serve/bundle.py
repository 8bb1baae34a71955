"""One module out of the components' modules of a page: fewer requests, and shared parts are sent once."""

from __future__ import annotations

import re
from collections.abc import Sequence

from choreo.views.source import SEAM

WHICH = "_choreo_module"  # the key in a widget's state that says which of the bundle's modules is its own
_OWN = re.compile(
    r"\A(?P<body>.*)^export default (?P<value>[^\n]*(?:[{(\[]\n(?:[ \t][^\n]*\n|\n)*[})\]][^\n]*)?);\s*\Z",
    re.DOTALL | re.MULTILINE,
)
_OTHER = re.compile(r"^\s*(?:import|export)\b", re.MULTILINE)

_FOOT = f"""
const own = ({{ model }}) => modules[model.get("{WHICH}")];
export default {{
  initialize: (context) => own(context).initialize?.(context),
  render: (context) => own(context).render?.(context),
}};
"""


def fits(module: str) -> bool:
    """Whether a module can go into a bundle: it imports nothing, and all it exports is a default at its end."""
    found = _OWN.match(module)
    return found is not None and not _OTHER.search(found["body"])


def bundle(modules: Sequence[str]) -> str:
    """A module whose default hands each model to the module at `modules[model.get(WHICH)]`; all of them must fit.

    What they share (see views.source.script) stands once and first, each part after those that it needs; what is a module's
    own has a scope to itself.
    """
    shared: dict[str, None] = {}
    own: list[str] = []
    for index, module in enumerate(modules):
        *before, last = module.split(SEAM)
        found = _OWN.match(last)
        if found is None:
            raise ValueError(f"module {index} does not end in a default export; keep it out of the bundle")
        shared.update(dict.fromkeys(before))
        own.append(f"modules[{index}] = (() => {{\n{found['body']}return {found['value']};\n}})();")
    return "\n".join(["const modules = [];", *shared, *own]) + _FOOT
