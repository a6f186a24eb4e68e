# Parallax. Every target sets up .venv by itself; Python 3.11 or newer, pip and make are enough.
# `make run ARGS="FOLDER"` opens a folder; `make test ARGS="-k search"` runs some of the tests.

BIN := .venv/bin
PYTHONS := $(PYTHON) python3.13 python3.12 python3.11 python3.14 python3 python
NEW_ENOUGH := import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

.PHONY: setup run test check bench picture readme lock
.SILENT: setup .venv/.ready

setup: .venv/.ready
	:

# A candidate is tried rather than looked up: version managers put names on PATH that do not run.
.venv/.ready: requirements.lock pyproject.toml
	if ! $(BIN)/python -c '$(NEW_ENOUGH)' 2>/dev/null; then \
	  for candidate in $(PYTHONS); do \
	    if $$candidate -c '$(NEW_ENOUGH)' 2>/dev/null; then python=$$candidate; break; fi; \
	  done; \
	  if [ -z "$$python" ]; then \
	    echo 'make: no Python 3.11 or newer with venv and pip here; name one: make setup PYTHON=/path/to/python' >&2; \
	    exit 1; \
	  fi; \
	  echo "Setting up .venv with $$($$python --version)"; \
	  $$python -m venv --clear .venv; \
	fi
	$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null
	$(PIP) install --require-hashes --no-deps -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	touch $@

# Opens the reader on the seeds, or on ARGS.
run: setup
	@$(BIN)/parallax $(ARGS)

test: setup
	@$(BIN)/pytest $(ARGS)

# Lint, format, strict types and the contracts between the rooms.
check: setup
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

# Prints figures; ARGS names the collection that is typed in. Where that is JSON Lines, searching is
# compared with other engines, and the reader measured on 100,000 articles: an hour, on two cores.
bench: setup
	@$(BIN)/python benchmarks/startup.py
	@$(BIN)/python benchmarks/keystrokes.py $(ARGS)
	@$(BIN)/python benchmarks/long_article.py
	@$(if $(ARGS),$(BIN)/python benchmarks/search.py $(ARGS))
	@$(if $(ARGS),$(BIN)/python benchmarks/large.py $(ARGS))

# Draws docs/reader.svg with the real reader on the seeds.
picture: setup
	@$(BIN)/python docs/picture.py

# Writes the tables of formats and limits into README.md.
readme: setup
	@$(BIN)/python docs/readme.py

# Pins every dependency again, keeping the pins that still hold; ARGS=--upgrade takes the newest.
lock: setup
	@test -x $(BIN)/uv || $(PIP) install uv
	@$(BIN)/uv pip compile --quiet --no-config --universal --python-version 3.11 --group dev --all-extras \
	  --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command 'make lock' \
	  --output-file requirements.lock $(ARGS) pyproject.toml
