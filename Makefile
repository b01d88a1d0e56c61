# Everything one does with this repository. Python 3.11 or later and make are all it needs.

SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
STAMP := $(VENV)/.installed
SERVICES := customer complaint dispatch notify
DISTRIBUTIONS := shared $(addprefix services/,$(SERVICES))
PROJECTS := $(addsuffix /pyproject.toml,$(DISTRIBUTIONS))
EDITABLE := $(addprefix -e ,$(DISTRIBUTIONS))
CONTRACTS := build/contracts
# Tests are shared out among as many processes as there are cores.
SHARED_OUT := -n auto --dist worksteal
OUTCOMES := build/rule-outcomes.json
EVENT_TYPES := services/notify/src/notify/adapters/subscriptions
# `make lock UPGRADE=--upgrade` takes the newest releases; without it a lock keeps what it can.
UPGRADE ?=
LOCK := $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate --no-emit-package huiyin-shared $(UPGRADE)

.DEFAULT_GOAL := help
.PHONY: help venv run demo test unit integration stack check rules rules-tested contracts contracts-check \
	contracts-build bench lock clean

help: ## Show what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

venv: $(STAMP) ## Install everything, hash-checked, into .venv

$(STAMP): requirements/dev.txt $(PROJECTS)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Huiyin needs Python 3.11 or later; '$(PYTHON)' is not."; \
	  echo "Install it, or name it: make venv PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "'$(PYTHON)' cannot make virtual environments: its modules venv and ensurepip are missing."; \
	  echo "On Debian and Ubuntu: apt-get install python3-venv; elsewhere take a complete Python."; exit 1; }
	test -x $(PY) || $(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --require-hashes -r requirements/dev.txt
	$(PY) -m pip install --quiet --no-deps --no-build-isolation $(EDITABLE)
	@touch $@

run: $(STAMP) ## Run all four services in one process, on one port
	$(PY) deploy/local.py serve

# `make demo TARGET=compose` plays a shorter one, in real time, against the running compose stack.
TARGET ?= local
demo: $(STAMP) ## Play a story through all four services and show what happens
	$(PY) deploy/$(if $(filter compose,$(TARGET)),stack.py,local.py demo)

test: $(STAMP) ## Run every test; finds or starts PostgreSQL and RabbitMQ by itself
	$(PY) -m pytest $(SHARED_OUT) --rule-outcomes $(OUTCOMES)

unit: $(STAMP) ## Run the tests that need no server
	$(PY) -m pytest $(SHARED_OUT) -m "not integration"

integration: $(STAMP) ## Run the tests that need PostgreSQL and RabbitMQ
	$(PY) -m pytest $(SHARED_OUT) -m integration

stack: $(STAMP) ## Bring the compose stack up under a name of its own, check it, play in it, remove it (needs Docker)
	$(PY) -m pytest -s tests/stack/checks.py

check: $(STAMP) ## Check style, types, the layers, the committed contracts and the table of rules
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(VENV)/bin/lint-imports
	@$(MAKE) --no-print-directory contracts-check

rules: $(STAMP) ## Report which rules have tests, and that the tests notice an altered value
	$(PY) tests/rules_report.py --alter

rules-tested: $(STAMP) ## The same from the outcomes of the last `make test`, which it does not repeat
	$(PY) tests/rules_report.py --alter --outcomes $(OUTCOMES)

contracts: contracts-build ## Write OpenAPI, AsyncAPI and the broker's definitions anew
	cp -R $(CONTRACTS)/. .

contracts-check: contracts-build
	@for file in $$(cd $(CONTRACTS) && find . -type f); do \
	  diff -u $$file $(CONTRACTS)/$$file || { echo "Out of date: run 'make contracts'."; exit 1; }; \
	done
	@$(PY) -m pytest -q tests/contracts

contracts-build: $(STAMP)
	@rm -rf $(CONTRACTS)
	@mkdir -p $(CONTRACTS)/shared/contracts/http $(CONTRACTS)/deploy/rabbitmq \
	  $(CONTRACTS)/$(EVENT_TYPES)
	@$(PY) -m shared.asyncapi public > $(CONTRACTS)/$(EVENT_TYPES)/event_types.json
	@for service in $(SERVICES); do \
	  $(PY) -m $$service openapi > $(CONTRACTS)/shared/contracts/http/$$service.json || exit 1; \
	done
	@$(PY) -m shared.asyncapi > $(CONTRACTS)/shared/contracts/asyncapi.yaml
	@$(PY) -m shared.topology definitions > $(CONTRACTS)/deploy/rabbitmq/definitions.json

bench: $(STAMP) ## Measure throughput and latency on this machine
	$(PY) tests/benchmarks/run.py

lock: $(STAMP) ## Resolve the dependencies anew into requirements/
	$(LOCK) $(PROJECTS) --group dev --group build --output-file requirements/dev.txt
	for service in $(SERVICES); do \
	  $(LOCK) shared/pyproject.toml services/$$service/pyproject.toml --group build \
	    --constraints requirements/dev.txt --output-file requirements/$$service.txt || exit 1; \
	done

clean: ## Remove .venv, caches and what was built
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
