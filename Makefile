# Everything runs in .venv, which the first target that needs it makes. `make help` lists the targets.
# Another Python beside it: make quick VENV=/tmp/python3.13 PYTHON=python3.13

PYTHON ?= python3
LESSON ?= *
VENV ?= .venv
BIN := $(VENV)/bin
COURSE := $(VENV)/.coursekit-course
TEST := $(VENV)/.coursekit-test
BENCH := $(VENV)/.coursekit-bench
SITE := $(VENV)/.coursekit-site
LITE := $(VENV)/.coursekit-lite
NOTEBOOKS := $(sort $(wildcard notebooks/$(LESSON).ipynb))
RESULTS := $(basename $(notdir $(sort $(wildcard benchmarks/results_$(LESSON).py))))

# The commands of an environment name the Python that they start: one that was moved or copied would run another course.
MADE_FOR := $(shell sed -n '1s/^\#!\(.*\)\/[^/]*$$/\1/p' $(BIN)/coursekit 2> /dev/null)
ifneq ($(MADE_FOR),)
ifneq ($(realpath $(MADE_FOR)),$(realpath $(BIN)))
ifeq ($(filter clean help,$(or $(MAKECMDGOALS),help)),)
$(error The environment in $(VENV) was made for another folder, $(MADE_FOR). Run make clean, then the same again)
endif
endif
endif

.PHONY: help course test quick heavy web coverage lint notebooks rows claims hints mutants sliders results figure site lite bench clean
.DEFAULT_GOAL := help

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' Makefile

course: $(COURSE)  ## make your copy of the course in softmax-course/ and open it in JupyterLab
	@$(BIN)/coursekit lab

test: lint  ## the linters, the package's tests and all notebooks
	$(BIN)/python -m pytest -n 2 --dist loadfile --ignore tests/browser -m "not heavy"
	$(BIN)/python -m pytest tests/browser

quick: $(TEST)  ## the package's tests without the browser, the notebooks and the heavy ones: a few minutes
	$(BIN)/python -m pytest -n 2 --dist loadfile --ignore tests/browser -m "not heavy and not opens_pages" tests coursekit gradekit

heavy: $(TEST)  ## grade the bank of hostile submissions, kill the grader, try Dask and nbgrader: a quarter of an hour
	$(BIN)/python -m pytest -n 2 --dist loadfile tests/gradekit -m heavy

web: $(TEST)  ## move every slider of the site, with Python too, work in JupyterLite, run Classroom's job; an hour, needs Chromium, node and the network
	$(BIN)/python -m pytest tests/site tests/test_lite.py tests/test_workflows.py -m heavy

coverage: $(TEST)  ## which lines and branches of the packages their tests and doctests reach in their own process; no notebooks
	$(BIN)/python -m coverage run -m pytest -q -m "not heavy" --ignore tests/browser tests $(wildcard coursekit gradekit)
	$(BIN)/python -m coverage report

lint: $(TEST)  ## ruff, on the package and on the notebooks; mypy, on the judge
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

notebooks: $(TEST)  ## execute and save the lessons, with the seeds that stand in them; LESSON=05_mnist_lab for one
	$(BIN)/python -m gradekit.author $(NOTEBOOKS)

rows: $(TEST)  ## what the course covers, row by row: which cell teaches it, which exercise asks for it, which number shows it
	@$(BIN)/python -m tests.rows

claims: $(TEST)  ## the ledger of claims: recompute what takes a minute, read the rest, judge each one; needs MNIST
	@$(BIN)/python -m benchmarks.claims

hints: $(TEST)  ## how many wrong answers of the bank the checks name; LESSON=01 for one lesson, HAND=fourth for one unseen hand
	@$(BIN)/python -m tests.hints "$(filter-out *,$(LESSON))" $(HAND)

mutants: $(TEST)  ## show that no mutant of a right answer passes a check; LESSON=01 for one lesson
	@$(BIN)/python -m tests.mutants $(filter-out *,$(LESSON))

sliders: $(TEST)  ## measure how fast each slider answers in JupyterLab; needs Chromium, a minute a lesson; LESSON=00_start_here
	$(BIN)/python -m benchmarks.sliders $(filter-out *,$(LESSON))

results: $(TEST)  ## recompute notebooks/results/, for an hour or so; LESSON=05_mnist_lab for one
	@for name in $(RESULTS); do echo $$name; $(BIN)/python -m benchmarks.$$name || exit 1; done

figure: $(TEST)  ## redraw the README's figure; needs MNIST
	$(BIN)/python assets/ten_sums.py

site: $(SITE)  ## write the course as web pages into build/site/, from the executed notebooks; open build/site/index.html
	$(BIN)/python site/frames.py build/tables
	$(BIN)/python site/pages.py build/sources build/tables build/site/lite
	$(BIN)/python -m sphinx -q -W -j auto -b html -d build/doctrees build/sources build/site
	$(BIN)/python site/python.py build/site/_static/python
	$(BIN)/python site/size.py build/site

lite: $(LITE)  ## the site, and in its lite/ JupyterLite with the students' copies: the course in a browser, nothing to install
	$(BIN)/python site/lite/build.py build/site/lite
	@$(MAKE) site  # its pages lead there

bench: $(BENCH)  ## measure all speeds beside the frameworks': benchmarks/results.md, half an hour; PART=sweeps for one
	$(BIN)/python -m benchmarks $(PART)

clean:  ## remove the environment and the caches; your work in softmax-course/ stays
	rm -rf .venv .pytest_cache .ruff_cache .hypothesis .coverage build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps are newer than pyproject.toml as long as there is nothing to install, so later runs need no network.

$(COURSE): pyproject.toml | $(BIN)/python
	$(call install,.)
	@touch $@

$(TEST): pyproject.toml | $(BIN)/python
	$(call install,.[test])
	@touch $@ $(COURSE)

$(SITE): pyproject.toml | $(BIN)/python
	$(call install,.[site])
	@touch $@

$(LITE): pyproject.toml | $(BIN)/python
	$(call install,.[lite])
	@touch $@

$(BENCH): pyproject.toml | $(BIN)/python
	$(call install,.[test$(comma)bench])
	@touch $@ $(TEST) $(COURSE)

comma := ,

# uv installs in seconds what takes pip a minute and a half; where uv cannot be had, pip does it.
define install
	@$(BIN)/python -m pip --version > /dev/null 2>&1 || $(BIN)/python -m ensurepip > /dev/null
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv \
		|| echo "uv is not to be had here; installing with pip, which takes longer."
	@if test -x $(BIN)/uv; then $(BIN)/uv pip install --quiet --python $(BIN)/python -e '$(1)'; \
		else $(BIN)/python -m pip install --quiet --disable-pip-version-check -e '$(1)'; fi
endef

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "The course needs Python 3.11 or newer, and $(PYTHON) is not: $$($(PYTHON) --version 2>&1)."; \
		echo "Install one, then: make PYTHON=python3.11 $(or $(MAKECMDGOALS),course)"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2> /dev/null || { \
		echo "$(PYTHON) cannot make environments: it lacks venv. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)
