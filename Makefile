# `make demo` and `make test` are all a new user needs; both set up first, into .venv.
PYTHON ?= python3
SET ?= stable
VENV ?= $(if $(filter next,$(SET)),.venv-next,.venv)
BIN = $(VENV)/bin
READY = $(VENV)/.ready-$(SET)
# Two processes, each with a database server of its own and whole files of tests, the slow ones first.
PARALLEL = -n 2 --dist loadfile --no-loadscope-reorder
STYLE = ../shared/tools/style_metrics.py

export ASK

.PHONY: setup demo test smoke soak check bench clean

setup: $(READY)

$(READY): setup.py pyproject.toml constraints/$(SET).txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10) and "Python 3.10 or newer is needed: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints/$(SET).txt pip setuptools
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints/$(SET).txt --editable ".[assistant,test,dev]"
	touch $@

# Real OVOS, the embedded database, the demo plant, a conversation. ASK="..." asks one question.
demo: setup
	$(BIN)/enms demo $(if $(ASK),--ask "$$ASK")

test: setup
	$(BIN)/python -m pytest $(PARALLEL)

# Through OVOS and the install modes, for the other package set: make smoke SET=next
smoke: setup
	$(BIN)/python -m pytest $(PARALLEL) tests/skill tests/packaging

# Clients and servers killed 200 times while they write.
soak: setup
	ENMS_TEST_KILLS=200 $(BIN)/python -m pytest -s tests/core/test_kills.py

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(if $(wildcard $(STYLE)),$(BIN)/python $(STYLE) --label enms enms_core enms_cli skill_enms)

# ONLY=baselines, fitting, import, storage, training, understanding or voice measures one part.
bench: setup
	$(BIN)/python -m benchmarks $(ONLY)

clean:
	rm -rf build dist *.egg-info .venv .venv-next .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
