# The commands a person needs. Each makes the virtual environment when it is missing or older than the lock.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed

.PHONY: demo test check bench soak lock venv

demo: venv
	$(BIN)/gfcbot demo

test: venv
	$(BIN)/pytest -n 3 --dist loadfile --no-loadscope-reorder

check: venv
	$(BIN)/pip check
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/gfcbot content check
	$(MAKE) test

bench: venv
	$(BIN)/python tests/benchmarks/run.py

# Ten minutes; `make soak MINUTES=2` is shorter.
soak: venv
	$(BIN)/python -m tests.benchmarks.soak $(MINUTES)

venv: $(INSTALLED)

$(INSTALLED): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; name it: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# Needs uv. Keeps what is locked unless pyproject.toml asks for more; `make lock UPGRADE=--upgrade` renews all. The two
# for images are parts of the first: what the bot needs to run, and what builds its wheel.
LOCK := uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	--no-header --no-annotate --quiet

lock:
	$(LOCK) pyproject.toml --extra playground --group dev $(UPGRADE) --output-file requirements.lock
	$(LOCK) pyproject.toml --constraint requirements.lock --output-file docs/deploy/run.lock
	$(LOCK) --group build --constraint requirements.lock --output-file docs/deploy/build.lock
