# `make lab` opens the course, `make test` runs every test. Both make .venv first, once, from the pins in constraints.txt.

# The first of these that is a Python we can use; `make lab PYTHON=/path/to/python` names one.
PYTHON ?= python3 python3.13 python3.12 python3.14 python3.11
LAB_ARGS ?=
DEMO_ARGS ?=
TEST_ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help lab demo test env pins moved
.NOTPARALLEL:

export PIP_DISABLE_PIP_VERSION_CHECK := 1

help:
	@echo 'make lab     open the course in JupyterLab   LAB_ARGS="--no-browser" prints the address, LAB_ARGS="--lang en" picks a language'
	@echo 'make demo    grade a made class of forty and open its report (in demo/)'
	@echo 'make test    run every test                  TEST_ARGS="tests/check" runs some'
	@echo 'make env     make .venv with everything that authors, graders and tests need'
	@echo 'make pins    write constraints.txt and environment.yml anew from pyproject.toml (needs uv)'

lab: .venv/ready-lab
	@.venv/bin/gradschool lab $(LAB_ARGS)

demo: env
	@.venv/bin/gradschool demo $(DEMO_ARGS)

# A test that starts a server keeps its file's tests on one worker with @pytest.mark.xdist_group.
test: env
	@.venv/bin/python -m pytest -n 2 --dist loadgroup $(TEST_ARGS)

env: .venv/ready-test

pins:
	python3 tools/pin.py

# A virtual environment knows its own path: after the folder was moved it has to be made again.
moved:
	@echo 'This folder was moved: making .venv again.'
	@rm -rf .venv

.venv/ready-%: pyproject.toml constraints.txt $(shell [ ! -f .venv/place ] || [ "$$(cat .venv/place)" = "$$(pwd -P)" ] || echo moved)
	@for python in $(PYTHON); do \
	    "$$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null && break; \
	    python=; \
	done; \
	if [ -z "$$python" ]; then \
	    echo 'Gradschool needs Python 3.11 to 3.14, and found none as: $(PYTHON). Install one, or name it: make PYTHON=/path/to/python $(MAKECMDGOALS)' >&2; \
	    exit 1; \
	fi; \
	echo "Putting what '$*' needs into .venv with $$("$$python" -V): a few minutes the first time."; \
	.venv/bin/python -m pip --version >/dev/null 2>&1 || "$$python" -m venv .venv
	@.venv/bin/python -m pip install --quiet -c constraints.txt hatchling editables
	@.venv/bin/python -m pip install --quiet -c constraints.txt --no-build-isolation -e '.[$*]'
	@pwd -P >.venv/place
	@touch $@
