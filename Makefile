# Works with Python 3.11 or newer and make; everything else is installed into .venv with checked hashes.

PORT ?= 8000
export PORT

# The first Python that is new enough; set PYTHON to choose another.
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	command -v $$name >/dev/null 2>&1 && $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$name && break; done)
RUN = exec $(or $(PYTHON),$(error Python 3.11 or newer is needed and not found; set PYTHON to it)) scripts/bootstrap.py

# Further options for pytest, as in: make test ARGS="-k outbox"
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help demo demo-reset demo-stop services test bench-pages bench-import bench-matching bench-resolve bench-workers lint types format check migrations screenshots hooks lock test-faults

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## Start the site with the demo company on this machine (PORT=8000); Ctrl-C stops it, the data are kept
	@$(RUN) demo manage.py demo

demo-reset: ## Throw the demo's data away and start anew
	@$(RUN) demo manage.py demo --reset

demo-stop: ## Stop the demo of this checkout from another terminal
	@$(RUN) demo manage.py demo --stop

services: ## Start the embedded PostgreSQL and broker alone, for work with 'manage.py runserver'
	@$(RUN) demo manage.py services

test: ## Run all tests in parallel; ARGS="-k word" chooses some
	@$(RUN) dev -m pytest -n auto -m "not alone" $(ARGS) || [ $$? -eq 5 ]
	@$(RUN) dev -m pytest -n 0 -m alone $(ARGS) || [ $$? -eq 5 ]

bench-pages: ## Measure the pages in a company of 100,000 people, beside a bare Django page; some minutes
	@$(RUN) dev -m benchmarks.pages $(ARGS)

test-faults: ## Kill worker, beat, broker and database at random for minutes: each of 500 reminders must arrive once
	@$(RUN) dev -m pytest -n 0 -s -m faults $(ARGS)

bench-matching: ## Measure the matching engine beside its peers; ARGS="--sizes 1000,5000" chooses, --million adds a million people
	@$(RUN) bench -m benchmarks.matching $(ARGS)

bench-resolve: ## Measure how soon the answer is the best one again after one person of 100,000 changed; some minutes
	@$(RUN) bench -m benchmarks.resolve $(ARGS)

bench-workers: ## Measure one large matching run by one worker and by two; ARGS="--people 20000 --workers 1,2,3" chooses
	@$(RUN) dev -m benchmarks.workers $(ARGS)

lint: ## Check style, import contracts and templates
	@$(RUN) dev scripts/checks.py lint

types: ## Check the types
	@$(RUN) dev scripts/checks.py types

migrations: ## Check that migrations and deployment settings are complete
	@$(RUN) dev scripts/checks.py migrations

check: ## Check all of it: style, import contracts, templates, types, migrations
	@$(RUN) dev scripts/checks.py

format: ## Format the code and the templates
	@$(RUN) dev scripts/checks.py --fix format

bench-import: ## Measure the import of people at 10,000 and 100,000 rows
	@$(RUN) demo scripts/bench_import.py

screenshots: ## Take the pictures of the documentation from the demo that runs on PORT
	@$(RUN) dev -m scripts.screenshots

hooks: ## Run the checks before every commit from now on
	@$(RUN) dev -m pre_commit install

lock: ## Pin the newest allowed versions, with hashes, in requirements/
	@$(RUN) dev scripts/lock.py
