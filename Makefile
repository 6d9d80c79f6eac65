# Samenbot. `make` alone says what there is. Needs Python 3.11 or newer and git; the rest sets itself up in .venv.

SHELL := /bin/bash
VENV ?= .venv
PYTHON ?=
ARGS ?=
export PYTHON VENV
RUN := $(VENV)/bin/python
SETTING_UP := pyproject.toml requirements/build.txt .ci/setup

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo setup test lint format types contracts check measure wheel lock upgrade clean

help: ## what there is to make
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo '  More words for the program go in ARGS: make test ARGS="-k claim -n 0". Another Python: make PYTHON=python3.12 test'

demo: $(VENV)/.demo ## the whole bot on this machine, in a browser, without a Telegram account
	@.ci/system-packages demo
	@$(VENV)/bin/samenbot demo $(ARGS)

setup: $(VENV)/.dev ## .venv with everything for developing, and the system's packages
	@.ci/system-packages test

test: setup ## all tests
	@$(RUN) -m pytest -n auto $(ARGS)

lint: $(VENV)/.dev ## style, likely bugs, formatting, and whether requirements/ is up to date
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .
	@$(RUN) .ci/locked

format: $(VENV)/.dev ## mends what lint can mend
	@$(RUN) -m ruff check --fix .
	@$(RUN) -m ruff format .

types: $(VENV)/.dev ## mypy --strict
	@$(RUN) -m mypy

contracts: $(VENV)/.dev ## who may import whom
	@$(VENV)/bin/lint-imports

check: $(VENV)/.dev ## content and languages
	@$(VENV)/bin/samenbot check

measure: $(VENV)/.dev ## how well letters are understood, on labelled ones
	@.ci/measure

wheel: $(VENV)/.dev ## builds the wheel and tries it in an empty environment
	@.ci/wheel

lock: $(VENV)/bin/uv ## writes requirements/ after a change in pyproject.toml
	@UV=$(VENV)/bin/uv .ci/lock

upgrade: $(VENV)/bin/uv ## the same, with the newest versions that fit
	@UV=$(VENV)/bin/uv .ci/lock --upgrade

clean: ## removes what was made, .venv included
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +

# Stamps: setting up runs again only after a change in what it reads. dev holds all of demo, so it counts as both.

$(VENV)/bin/python:
	@.ci/venv $(VENV)

$(VENV)/bin/uv: | $(VENV)/bin/python
	@$(RUN) -m pip --disable-pip-version-check --no-input install --quiet --require-hashes -r requirements/dev.txt

$(VENV)/.demo: $(SETTING_UP) requirements/demo.txt | $(VENV)/bin/python
	@.ci/setup $(VENV) demo
	@touch $@

$(VENV)/.dev: $(SETTING_UP) requirements/dev.txt | $(VENV)/bin/python
	@.ci/setup $(VENV) dev
	@touch $@ $(VENV)/.demo
