# make run    set up and serve with sample data      make test   set up and test
# make help   everything else

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help setup setup-python setup-frontend run dev faults fuzz test test-services test-install release e2e budgets bench check check-python check-frontend lock

# The first Python that is new enough; make PYTHON=/path/to/python3 chooses another.
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
  $$name -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
NPM := npm --prefix frontend

# The tests' own settings: what a developer has in .env does not count.
TEST_ENV := DJANGO_SETTINGS_MODULE=tests.settings
SERVICES_ENV := DATABASE_URL=$${DATABASE_URL:-postgresql://127.0.0.1:5432/shiftsync} \
  REDIS_URL=$${REDIS_URL:-redis://127.0.0.1:6379/0}

WORKERS ?= 2

# Where it is set, each of the processes that are started here and by tests would compile every module again.
unexport PYTHONDONTWRITEBYTECODE

HAS_FRONTEND := $(wildcard frontend/src/main.tsx)
FRONTEND_SOURCES := $(shell find frontend/src frontend/public frontend/index.html frontend/vite.config.ts \
  frontend/tsconfig*.json -type f 2>/dev/null | sed 's/ /\\ /g')

help: ## this list
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9-]+):.*## /\1\t/' | expand -t 16

setup: setup-python $(if $(HAS_FRONTEND),setup-frontend) .env ## the environment in .venv, frontend/node_modules, the built front end

setup-python: .venv/.installed

setup-frontend: frontend/dist/.vite/manifest.json

.venv/.installed: requirements/dev.txt
	@test -n "$(PYTHON)" || { echo 'Python 3.11 or newer, with venv and pip, is needed.' >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement $<
	@touch $@

frontend/node_modules/.installed: frontend/package-lock.json
	@command -v npm >/dev/null || { echo 'Node.js 20 or newer, with npm, is needed.' >&2; exit 1; }
	$(NPM) ci --no-audit --no-fund
	@touch $@

frontend/dist/.vite/manifest.json: frontend/node_modules/.installed $(FRONTEND_SOURCES)
	$(NPM) run build
	@touch $@

.env:
	cp .env.example .env

run: setup ## set up and serve with sample data on http://127.0.0.1:8080 (PORT)
	@exec $(BIN)/python -m shiftsync.serve

dev: setup ## the same with auto-reload and the front end from Vite's server
	@exec $(BIN)/python -m shiftsync.serve --dev

# A file's tests stay in one process: what they share (a server, a database) is made once. In the order of their paths, so that what
# takes long (faults, processes) comes first and the many short unit tests fill what is left of the time of both processes.
PARALLEL := --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder

test: setup-python ## set up and test; needs no service (WORKERS, 2: how many processes share the tests)
	$(BIN)/python -m pytest $(or $(PYTEST_ARGS),$(PARALLEL))

test-services: setup-python ## what touches a database, and the tests of concurrency and faults, on PostgreSQL and Redis
	$(SERVICES_ENV) $(BIN)/python -m pytest -m '' $(or $(PYTEST_ARGS),$(PARALLEL) --needs-database)

FUZZ = tests/contract/test_hostile_messages.py tests/contract/test_foreign_ids.py \
  tests/integration/rest/test_hostile_input.py tests/integration/admin/test_hostile.py $(shell grep -rl 'import.*given\|RuleBasedStateMachine' tests --include='test_*.py' 2>/dev/null)

fuzz: setup-python ## every wrong input, of which the suite tries some, and new examples of every property (long; SERVICES=1: on PostgreSQL)
	TEST_LONG_WALK=1 $(if $(SERVICES),$(SERVICES_ENV)) $(TEST_ENV) $(BIN)/python -m pytest -m '' $(FUZZ)

faults: setup-python ## a minute of faults of every kind on services of its own (SECONDS, SEED: one run again; SABOTAGE=1: is a missing guard seen?)
	$(BIN)/python -m tests.faults $(if $(SEED),--seed $(SEED)) $(if $(SECONDS),--seconds $(SECONDS)) $(if $(SABOTAGE),--sabotage)

release: ## a release with its front end built, dist/shiftsync-VERSION.tar.gz (REF, HEAD: which commit)
	deploy/release $(or $(REF),HEAD)

test-install: setup-python ## install, upgrade, go back and restore by docs/operations.md, in namespaces of this machine (as root; minutes)
	$(BIN)/python -m tests.install

e2e: setup ## the browser tests
	scripts/e2e

budgets: setup ## the page's nodes and CPU time against their budgets, in Chromium
	scripts/e2e --project=budgets

bench: setup-python ## the benchmarks
	$(BIN)/python -m benchmarks

check: check-python check-frontend test budgets ## all that CI asks before it tests on the services

check-python: setup-python
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(TEST_ENV) $(MANAGE) check --fail-level WARNING
	$(TEST_ENV) $(MANAGE) makemigrations --check --dry-run
	$(TEST_ENV) $(MANAGE) export_protocol --check

# check-sources: all but the build, which takes the front end from a server that is running.
FRONTEND_CHECK = check

check-frontend: setup-python $(if $(HAS_FRONTEND),setup-frontend)
	$(if $(HAS_FRONTEND),$(NPM) run $(FRONTEND_CHECK))
	$(if $(HAS_FRONTEND),scripts/rest-types --check)

UV_COMPILE := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url --no-annotate \
  --python-version 3.11

lock: setup-python ## resolve the dependencies of pyproject.toml anew (UPGRADE=--upgrade: to the newest)
	$(UV_COMPILE) $(UPGRADE) pyproject.toml --output-file requirements/runtime.txt
	$(UV_COMPILE) $(UPGRADE) pyproject.toml --extra tracing --constraint requirements/runtime.txt --output-file requirements/tracing.txt
	$(UV_COMPILE) $(UPGRADE) pyproject.toml --extra dev --extra tracing --constraint requirements/tracing.txt --output-file requirements/dev.txt
