# The commands of the project. `make venv` comes first by itself.
# PYTHON: a Python 3.11 to 3.14 other than the first one found.
# SEED: another sample city for `make demo`. PORT: where `make up` answers.
# ONLY: the parts of `make bench` to run, as named in docs/performance.md.
# STAGE: what `make package` packages for: local, dev or prod.

PYTHON ?=
SEED ?=
PORT ?= 8080
ONLY ?=
STAGE ?= prod
BIN := .venv/bin

.PHONY: demo demo-killed test up down bench package venv lint types imports tests clean

demo: venv
	@$(BIN)/voucherctl demo $(if $(SEED),--seed $(SEED))

# Killed at ten random moments (SEED: others), then played to its end; takes half an hour.
demo-killed: venv
	@$(BIN)/python -m infra.killed_demos $(if $(SEED),--seed $(SEED))

test: lint types imports tests

lint: venv
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: venv
	$(BIN)/mypy

imports: venv
	$(BIN)/lint-imports

# A file is never split: its tests share a city. In their order, since the long ones come early.
tests: venv
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

up: venv
	@$(BIN)/python -m ops.demo.up --port $(PORT)

down: venv
	@$(BIN)/python -m infra.down

bench: venv
	@$(BIN)/python -m infra.bench $(ONLY)

package: venv
	$(BIN)/python -m infra.package $(STAGE)

venv:
	@python="$$(sh infra/find_python.sh $(PYTHON))" && "$$python" -m infra.prepare

clean: down
	rm -rf build .venv .venv-cloud .city
