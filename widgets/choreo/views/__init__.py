"""The parts that people see and touch: anywidget components, each a .py with its .js and .css beside it."""
