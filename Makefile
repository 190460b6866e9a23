# The doors of this project. Each sets up what is missing first; `make setup` does only that.
#
#   make run                  the demo: a server, a till and a customer's phone; without a display, the tour
#   make test                 checks and the whole test suite
#   make bench [PICTURES=DIR] benchmarks, each a ratio; a table and bench.json
#   make soak                 the long harnesses
#   make installer            an installer for this platform, in dist/
#   make words                gathers new sentences into resources/locale, compiles the translations
#   make lock                 chooses newer packages (needs uv)

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
LOCALE ?= resources/locale
TEMPLATE := build/merchant_app.pot

.PHONY: setup run test bench soak installer words lock system-libraries test-libraries

setup: $(READY)

system-libraries:
	@$(PYTHON) -m merchant_app.system_libraries

# A browser in which the tests look at pages: what runs the program needs none.
test-libraries:
	@$(PYTHON) -m merchant_app.system_libraries --for-tests

# The lock is complete, so --no-deps: pip has nothing to work out, only to fetch and check against the hashes.
$(READY): requirements.txt pyproject.toml | system-libraries
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing the packages of requirements.txt into .venv; the first time this fetches some 350 MB."
	@$(BIN)/python -m pip install --quiet --no-deps --no-compile --require-hashes --disable-pip-version-check --requirement requirements.txt
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --disable-pip-version-check --editable .
	@touch $@

run: setup
	$(BIN)/merchant-app demo

test: setup test-libraries
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/pytest -n auto --maxprocesses 4

bench: setup
	$(BIN)/python -m tests.benchmarks $(if $(PICTURES),--pictures "$(PICTURES)")

soak: setup test-libraries
	$(BIN)/pytest tests/soak

installer: setup
	$(BIN)/python build_installer.py

# Locations carry no line numbers and the template no date, so that moving code moves no translation.
words: setup
	@mkdir -p build
	$(BIN)/pybabel -q extract --mapping-file pyproject.toml --no-default-keywords \
		--keyword _ --keyword n_:1,2 --keyword p_:1c,2 --add-location file --sort-by-file --no-wrap --msgid-bugs-address CONTRIBUTING.md \
		--output $(TEMPLATE) merchant_app
	$(BIN)/pybabel -q update --domain merchant_app --input-file $(TEMPLATE) --output-dir $(LOCALE) \
		--no-fuzzy-matching --ignore-pot-creation-date --ignore-obsolete --no-wrap
	$(BIN)/pybabel compile --domain merchant_app --directory $(LOCALE) --statistics

lock:
	uv pip compile pyproject.toml --group dev --group installer --universal --python-version 3.11 --upgrade \
		--no-header --no-annotate --generate-hashes --quiet --output-file requirements.txt
