# Everything one does with the project; `make` alone lists it.
PEOPLE ?= 300
PORT ?= 8000
PYTEST_ARGS ?=

BIN := .venv/bin
LOCALES := $(shell find src -name '*.po' 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-sqlite test-postgres check format migrations lock frontend clean

help: ## list what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 18

setup: .venv/.ready ## prepare .venv with everything the project needs

.venv/.ready: pyproject.toml requirements/dev.lock scripts/setup
	scripts/setup

.venv/.ready-for-tests: .venv/.ready scripts/system-packages
	scripts/system-packages chromium postgresql
	touch $@

demo: .venv/.ready ## serve a made-up organization: make demo PEOPLE=300 PORT=8000
	$(BIN)/evenhand demo --people $(PEOPLE) --port $(PORT)

test: test-sqlite test-postgres ## run every test on SQLite, then on PostgreSQL

test-sqlite: .venv/.ready-for-tests ## run every test on SQLite
	$(BIN)/pytest -n 2 $(PYTEST_ARGS)

test-postgres: .venv/.ready-for-tests ## run every test that knows a database on a throw-away PostgreSQL
	scripts/with-postgres $(BIN)/pytest -n 2 --ignore=tests/ratingstats $(PYTEST_ARGS)

check: .venv/.ready ## check style, types, architecture, templates and migrations
	scripts/check

format: .venv/.ready ## write Python and templates in the house style
	$(BIN)/ruff check --fix-only --quiet src tests
	$(BIN)/ruff format --quiet src tests manage.py
	scripts/templates format

migrations: .venv/.ready ## write the migrations that the models ask for
	EVENHAND_DEBUG=1 $(BIN)/python manage.py makemigrations

lock: .venv/.ready ## renew requirements/*.lock from pyproject.toml
	scripts/lock

frontend: ## copy fonts and icons from the packages named in package.json
	scripts/vendor-frontend

clean: ## remove what was built, keep var/
	rm -rf .venv dist node_modules .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
