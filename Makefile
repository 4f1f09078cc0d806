# Needs Python 3.11 or newer, git, make and the package registry; everything else is installed into .venv.
PYTHON ?= python3
RUN := .venv/bin/python
STAMP := .venv/installed
NODE := tests/github/node
LOCK := --quiet --generate-hashes --strip-extras --annotation-style line --no-header --no-emit-index-url \
	--no-emit-trusted-host --no-emit-find-links

.PHONY: demo test agreement verify bench lint lock clean
.DEFAULT_GOAL := demo

demo: $(STAMP)
	$(RUN) -m autograder demo

test: $(STAMP) $(NODE)/node_modules/.installed
	$(RUN) -m autograder.sandbox
	$(RUN) -m pytest -n auto

# Every labelled submission as a notebook, through nbgrader and through the command line. `make test` takes some.
agreement: $(STAMP)
	AGREEMENT=all $(RUN) -m pytest -n auto tests/test_nbgrader_agreement.py

verify: $(STAMP)
	$(RUN) -m autograder verify

bench: $(STAMP)
	for bench in benchmarks/bench_*.py; do $(RUN) $$bench || exit 1; done

lint: $(STAMP)
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy
	.venv/bin/zizmor --offline --persona auditor --no-progress .github student/.github

# What the workflows install, with hashes and for the Python that grades there.
lock: $(STAMP)
	$(RUN) -m pip install --quiet --disable-pip-version-check pip-tools
	$(RUN) -m piptools compile $(LOCK) --upgrade --output-file requirements/grade.txt pyproject.toml
	$(RUN) -m piptools compile $(LOCK) --upgrade --output-file requirements/report.txt requirements/report.in

# The stamp is written last: an interrupted install is made again.
$(STAMP): pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; try make PYTHON=python3.11")'
	test -x $(RUN) || $(PYTHON) -m venv .venv
	$(RUN) -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $(STAMP)

# GitHub's own parser of workflows, to compare with. Without npm the tests that ask it say so, and nothing fails here.
$(NODE)/node_modules/.installed: $(NODE)/package-lock.json
	-if command -v npm > /dev/null; then npm ci --prefix $(NODE) --ignore-scripts --no-audit --no-fund && touch $@; \
	else echo "no npm: workflows are not compared with GitHub's own parser"; fi

clean:
	rm -rf .venv demo-marks $(NODE)/node_modules
