# Two commands matter: `make demo` and `make test`. Both create what they need.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test check env bench bench-peers bench-gpu clean

demo: $(READY)
	$(BIN)/translate dispatch examples/xinhua_oim.fr.txt --to en --to zh

test: check
	$(BIN)/python -m pytest -q

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

env: $(READY)

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=python3.11 …" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@

# Words a second, memory and cold start beside what people would use instead, within MINUTES, unattended, the most
# important first; what is measured is kept if it is stopped. `make bench-peers` first makes environments for
# EasyNMT and argos-translate; without them they are left out.
MINUTES ?= 25
bench: $(READY)
	$(BIN)/python -m benchmarks.speed all --minutes $(MINUTES)

bench-peers: $(READY)
	$(BIN)/python -m benchmarks.speed peers

# On a machine with a CUDA device; unattended, under 8 minutes.
bench-gpu: $(READY)
	$(BIN)/python -m benchmarks.speed gpu

clean:
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
