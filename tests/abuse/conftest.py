"""The table of attacks at the end of a run, also where tests ran side by side."""

from __future__ import annotations

ROW = "{:18} {:47} {:42} {:>14} {:>8}"
HEAD = ("attack", "before", "now", "answers within", "memory")


def pytest_terminal_summary(terminalreporter):
    reports = [one for kind in ("passed", "failed") for one in terminalreporter.stats.get(kind, [])]
    rows = [value for one in reports for name, value in one.user_properties if name == "attack" and one.when == "call"]
    if rows:
        terminalreporter.write_line("")
        for row in (HEAD, *rows):
            terminalreporter.write_line(ROW.format(*row))
