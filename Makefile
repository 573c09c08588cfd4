# `make help` says what each word does.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
VAR := $(or $(CDOP_VAR),var)
RUNTIME := $(VENV)/.runtime
TOOLS := $(VENV)/.tools
export PYTHONPATH := site
.DEFAULT_GOAL := help
.PHONY: help run test explore check bench pictures clean

help: ## what each word does
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-8s %s\n", $$1, $$2}'

$(VENV)/bin/python:
	@echo "Making a Python environment in $(VENV) ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed. Try: make run PYTHON=python3.11")'
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Python's venv module is needed (on Debian or Ubuntu: apt-get install python3-venv)."; exit 1; }

$(RUNTIME): requirements.txt | $(VENV)/bin/python
	@echo "Installing pinned packages (about a minute the first time) ..."
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -r requirements.txt
	@touch $@

$(TOOLS): tests/requirements.txt requirements.txt | $(VENV)/bin/python
	@echo "Installing test tools ..."
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -r tests/requirements.txt
	@touch $@ $(RUNTIME)

run: $(RUNTIME) ## the whole product with invented data on http://localhost:8000 (PORT, DATABASE_URL honoured)
	@DJANGO_SETTINGS_MODULE=cdop.settings.demo BASE_URL=$(or $(BASE_URL),http://localhost:$(PORT)) $(BIN)/python manage.py start --port $(PORT)

test: $(TOOLS) ## the whole suite on SQLite and on PostgreSQL (DATABASE_URL, or an embedded one)
	@$(BIN)/python -m tests.run

explore: $(TOOLS) ## property tests alone, with other examples each time, until one fails
	@while $(BIN)/python -m pytest -q -m hypothesis -n $(or $(TEST_WORKERS),auto); do :; done

check: $(TOOLS) ## style, types, templates, import direction, migrations, deployment settings
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/djlint --quiet --lint site content forms workflow exports
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/mypy
	@DJANGO_SETTINGS_MODULE=cdop.settings.test $(BIN)/python manage.py makemigrations --check --dry-run
	@$(BIN)/python -m tests.deploy_check

bench: $(TOOLS) ## our figures beside those of our peers, as ratios (BENCH_JSON=PATH writes them)
	@$(BIN)/python -m tests.bench

pictures: $(TOOLS) ## take the README's pictures again from the demo that runs on PORT
	@DJANGO_SETTINGS_MODULE=cdop.settings.demo PORT=$(PORT) $(BIN)/python -m docs.pictures

clean: ## remove the environment and the demo's data
	@rm -rf $(VENV) $(VAR)
