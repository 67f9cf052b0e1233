# make run: install and start. make test: install, lint, check types, test. Needs Python 3.11+ and nothing else.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed

.PHONY: run test lint types format bench lock clean

run: $(INSTALLED)
	@mkdir -p .emulator
	$(BIN)/emulator serve --state .emulator/state.db $(ARGS)

test: lint types
	$(BIN)/pytest -n auto $(ARGS)

lint: $(INSTALLED)
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(INSTALLED)
	$(BIN)/mypy

format: $(INSTALLED)
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: $(INSTALLED)
	$(BIN)/python -m benchmarks.run

$(INSTALLED): pyproject.toml .ci/constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "emulator: needs Python 3.11 or newer, this is %s; name another with make PYTHON=..." % sys.version.split()[0])'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint .ci/constraints.txt --editable '.[dev]'
	@touch $@

# Write down the versions that are installed now, without where they came from.
lock: $(INSTALLED)
	$(BIN)/python -m pip freeze --exclude-editable > .ci/constraints.txt

clean:
	rm -rf $(VENV) .emulator .hypothesis .mypy_cache .pytest_cache .ruff_cache build dist
