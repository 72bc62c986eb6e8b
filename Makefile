# make run    start the desk at http://127.0.0.1:8000
# make test   run the whole test suite
PYTHON ?= python3
VENV := .venv/bin
ARGS ?= -n 2 --dist loadfile # two processes; a file's tests share what is costly to set up
LICENCES := "MIT;Apache;BSD;ISC;MPL;Mozilla;PSF;Python Software Foundation;LGPL;Lesser;Unlicense"
ROUNDS ?= 3
FILES ?= 200
.DEFAULT_GOAL := run

.PHONY: run test test-postgres lint format bench audit faults hostile screenshots lock clean install install-dev

run: install
	@exec $(VENV)/smartinvoice run

install:
	@$(PYTHON) scripts/bootstrap.py requirements.txt

install-dev:
	@$(PYTHON) scripts/bootstrap.py requirements-dev.txt

test: install-dev
	@$(VENV)/python -m pytest $(ARGS)

lint: install-dev
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	$(VENV)/mypy .
	$(VENV)/lint-imports

format: install-dev
	$(VENV)/ruff check --fix .
	$(VENV)/ruff format .

bench: install-dev
	$(VENV)/python -m benchmarks.throughput
	$(VENV)/python -m benchmarks.intake

# Known vulnerabilities (where the package index tells them), and licences that allow any business use.
audit: install-dev
	$(VENV)/pip-audit --progress-spinner off --disable-pip --no-deps -r requirements.txt
	$(VENV)/pip-licenses --from mixed --partial-match --allow-only $(LICENCES) --format csv \
	  --packages $$(sed -n 's/^\([a-zA-Z0-9._-]*\)==.*/\1/p' requirements.txt) >/dev/null

# Every fault, several rounds, with the engine's own leases and waits; prints a table. An hour or two.
faults: install-dev
	$(VENV)/python -m pytest -q tests/faults --real-times --rounds $(ROUNDS) --files $(FILES)
	scripts/with_postgres.sh $(VENV)/python -m pytest -q tests/faults --real-times --rounds $(ROUNDS) --files $(FILES)

# Two thousand files as strangers send them; prints what became of them.
hostile: install-dev
	$(VENV)/python -m pytest -v tests/hostile --hostile 2200

# Pictures of every page into docs/screenshots; some minutes.
screenshots: install-dev
	$(VENV)/python -m pytest -q tests/browser/screenshots.py

lock: install-dev
	$(VENV)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --custom-compile-command "make lock" requirements.in -o requirements.txt $(LOCK)
	$(VENV)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --custom-compile-command "make lock" requirements-dev.in -o requirements-dev.txt $(LOCK)

# Removes what was installed and built, never the data.
clean:
	rm -rf .venv build *.egg-info
