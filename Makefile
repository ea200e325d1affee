# make run     serve the site at http://localhost:8501 (another port: make run PORT=8600)
# make test    everything that must hold before a change is handed in
# make check   the half of it that takes less than a minute: linter, types, the subject, the content
# make bench   measure; nothing is asserted
# make cluster serve the site from two processes behind nginx, with a PostgreSQL, all on this machine
# make locale  collect the interface's texts for translation, and compile what is translated

PYTHON ?= python3
PORT ?= 8501
BIN := .venv/bin

.PHONY: run test check bench cluster lint browser nginx locale
.DEFAULT_GOAL := run

run: .venv/ready
	$(BIN)/streamlit run app.py --server.port $(PORT)

test: lint browser nginx
	$(BIN)/pytest

FAST := tests/*.py tests/content tests/exchange tests/ui

check: lint
	$(BIN)/pytest --numprocesses auto --dist loadfile $(FAST)

bench: .venv/ready-dev
	$(BIN)/python -m benchmarks.measurement
	$(BIN)/python -m benchmarks.site
	$(BIN)/python -m benchmarks.bare_pages
	$(BIN)/python -m benchmarks.first_visit
	$(BIN)/python -m benchmarks.storage
	$(BIN)/python -m benchmarks.saving
	$(BIN)/python -m benchmarks.cohorts

cluster: nginx
	$(BIN)/python -m tests.cluster $(PORT)

locale: .venv/ready-dev
	mkdir -p build
	PYTHONPATH=. $(BIN)/pybabel -q extract -F babel.cfg --no-location --sort-output -o build/academy.pot .
	$(BIN)/pybabel -q update -D academy -d academy/locale -l zh -i build/academy.pot \
	  --no-fuzzy-matching --ignore-obsolete
	$(BIN)/pybabel -q compile -D academy -d academy/locale -l zh

lint: .venv/ready-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/python -m academy content check

browser: .venv/ready-dev
	.ci/browser

nginx: .venv/ready-dev
	.ci/nginx

.venv/ready: requirements.txt | $(BIN)/pip
	$(BIN)/pip install --quiet --disable-pip-version-check --requirement requirements.txt
	touch $@

.venv/ready-dev: requirements-dev.txt requirements-postgres.txt requirements-reports.txt .venv/ready
	$(BIN)/pip install --quiet --disable-pip-version-check --requirement requirements-dev.txt
	touch $@

$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "The academy needs Python 3.11 or later, and $(PYTHON) is not. Install it," \
	       "or name the one to use: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; \
	  echo "No virtual environment could be made. On Debian and Ubuntu: apt install python3-venv"; \
	  exit 1; }
