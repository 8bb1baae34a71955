# Everything the project does, one line each. `make start` needs Python 3.11 or newer and nothing else.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: start lab check test bench reproduce page plotly clean

start: .venv/runs ; @$(BIN)/choreo start
lab: .venv/runs ; @$(BIN)/choreo lab
check: .venv/tests ; @$(BIN)/ruff format --check && $(BIN)/ruff check && $(BIN)/mypy && $(BIN)/lint-imports && $(BIN)/choreo check
test: check ; @$(BIN)/python -m tests.browser.chromium && $(BIN)/pytest -n auto --dist loadfile && $(BIN)/pytest -q --nbval lessons
bench: .venv/bench ; @$(BIN)/python -m tests.bench.models && $(BIN)/python -m tests.bench.pages && $(BIN)/python -m tests.bench.crowd
reproduce: .venv/tests ; @$(BIN)/python -m tests.bench.reproduced
page: ; @cd widgets/choreo/serve/client && npm ci && npm run build
plotly: ; @cd widgets/choreo/views/plotly && npm ci && npm run build
clean: ; rm -rf .venv

.venv/runs: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Choreo needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Say which: make PYTHON=python3.12 start")'
	@$(PYTHON) -m venv .venv && $(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt && touch $@

.venv/tests: .venv/runs requirements-dev.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt && touch $@

.venv/bench: .venv/tests requirements-bench.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-bench.txt && touch $@
