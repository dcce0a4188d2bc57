# `make` lists what there is to do.

VENV   := .venv
BIN    := $(VENV)/bin
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3.14 python3; do \
	command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
# What the built extension depends on.
SOURCES := Cargo.toml Cargo.lock pyproject.toml $(shell find src lexicon models -type f 2>/dev/null)
# Shared by `build` and `stubs`, so that both use one compilation.
FEATURES := stubs
# What the Python linters look at.
PYTHONS := python tests benches docs tools/articles.py tools/audit.py tools/memory.py tools/places.py tools/plots.py \
	tools/sbom.py tools/sdist.py tools/soak.py tools/stubs.py

export PATH := $(CURDIR)/$(BIN):$(PATH)
export VIRTUAL_ENV := $(CURDIR)/$(VENV)
unexport CONDA_PREFIX

.DEFAULT_GOAL := help
.PHONY: help build demo test test-rust test-python docs stubs wheel evaluate evaluate-reading train bench scaling bench-page soak memory scale audit sbom sdist-check clean

help:  ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 22

$(VENV)/.ready: pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed; set PYTHON=..." >&2; exit 1; }
	test -d $(VENV) || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --group build
	touch $@

# What tests and linters need: a browser's driver and JupyterLab among them, so it is not for those who only want to try.
$(VENV)/.tools: $(VENV)/.ready
	$(BIN)/python -m pip install --quiet --group dev
	touch $@

$(VENV)/.built: $(VENV)/.ready $(SOURCES)
	PIP_QUIET=1 $(BIN)/maturin develop --quiet --features $(FEATURES)
	touch $@

build: $(VENV)/.built  ## compile the extension into .venv

demo: build  ## read the founding articles: print the summary, write report.html
	$(BIN)/reportedly report seeds -o report.html

test: test-rust test-python  ## everything that must pass

# The bindings ask the interpreter of the environment how to link.
test-rust: $(VENV)/.ready
	cargo fmt --check
	cargo clippy --quiet --all-targets -- -D warnings
	cargo clippy --quiet --all-targets --features python -- -D warnings
	cargo clippy --quiet --all-targets --features train -- -D warnings
	cargo clippy --quiet --all-targets --no-default-features -- -D warnings
	cargo test --quiet --features arrow
	cargo test --quiet --features train --lib train
	cargo test --quiet --manifest-path fuzz/Cargo.toml --no-default-features --target-dir target

test-python: build $(VENV)/.tools
	$(BIN)/python tools/stubs.py --check
	$(BIN)/ruff check --quiet $(PYTHONS)
	$(BIN)/ruff format --check --quiet $(PYTHONS)
	$(BIN)/mypy --strict python/
	$(BIN)/pytest

# Warnings are errors. The site needs more than the tests do, so it is asked for by itself.
docs: build $(VENV)/.tools  ## build the documentation into docs/_build/html, notebooks executed
	$(BIN)/python -m pip install --quiet --group docs
	$(BIN)/sphinx-build --quiet --fresh-env --fail-on-warning --keep-going --nitpicky docs docs/_build/html

stubs: build  ## write the type stubs of the compiled module
	$(BIN)/python tools/stubs.py

wheel: $(VENV)/.ready  ## build an optimised wheel into dist/
	$(BIN)/maturin build --release --compression-level 9 --out dist

# One compilation for all that follows: every program of the feature is built at once, and not linked as a wheel is.
QUICK    := CARGO_PROFILE_RELEASE_LTO=false CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16
TRAIN    := $(QUICK) cargo run --quiet --release --features train --bin train --
EVALUATE := $(QUICK) cargo run --quiet --release --features train --bin

.PHONY: data
data:
	@test -n "$(DATA)" || { echo "say where the corpora are: DATA=folder" >&2; exit 2; }

evaluate: data  ## measure against annotated corpora: make evaluate DATA=folder
	$(QUICK) cargo build --quiet --release --features train --bins
	@for figure in sentences tokens tagger lemmas parser names loading; do \
		printf '\n== %s\n' $$figure; $(TRAIN) evaluate-$$figure --data "$(DATA)" || exit 1; done
	@printf '\n== attribution\n'; $(EVALUATE) evaluate -- attribution --data "$(DATA)"
	@for what in certainty quantities times places; do \
		printf '\n== %s\n' $$what; $(EVALUATE) evaluate -- $$what --data "$(DATA)" || exit 1; done
	@$(MAKE) --no-print-directory evaluate-reading DATA="$(DATA)"

evaluate-reading: data  ## measure how pages and messy text are read: make evaluate-reading DATA=folder
	@printf '\n== messy plain text\n'; $(EVALUATE) evaluate_reading -- --data "$(DATA)"
	@printf '\n== web pages\n'; $(EVALUATE) evaluate_html -- --data "$(DATA)"
	@printf '\n== messy plain text, sites not seen in training\n'; $(TRAIN) cross-lines --data "$(DATA)"

# The parser and the names read tags, so the tagger comes first; each model is compiled into what trains the next.
train: data  ## train all models, in order: make train DATA=folder
	$(TRAIN) tagger --data "$(DATA)" --out models
	$(TRAIN) names --data "$(DATA)" --out models
	$(TRAIN) parser --data "$(DATA)" --out models
	$(TRAIN) attribution --data "$(DATA)" --out models
	$(TRAIN) lines --data "$(DATA)" --out models
	$(TRAIN) pages --data "$(DATA)" --out models

bench: wheel  ## against every peer, in one run: make bench [DATA=folder]
	$(BIN)/python benches/run.py $(if $(DATA),--data "$(DATA)")

scaling: wheel  ## threads, articles, memory: make scaling [DATA=folder] [MOST=10000]
	$(BIN)/python benches/run.py --only sentences --out target/bench/setup.json
	$(BIN)/python benches/scaling.py --most $(or $(MOST),10000) $(if $(DATA),--data "$(DATA)")

bench-page:  ## docs/quality/speed.md out of what was measured
	$(BIN)/python benches/publish.py

soak: build  ## 10,000 files with faults: nothing is lost, memory is bounded
	$(BIN)/python tools/soak.py --files 10000

memory: build  ## peak memory of a scan, by the number of rows
	$(BIN)/python tools/memory.py --rows 100000 1000000

scale: build $(VENV)/.tools  ## a cluster's rows are those of one machine, on 2,000 articles
	REPORTEDLY_SPARK_ARTICLES=2000 $(BIN)/pytest tests/test_spark.py

audit: build  ## licences, advisories and age of what is used; needs a network
	cargo deny check
	$(BIN)/python tools/audit.py --advisories

sbom: wheel  ## what is compiled into the wheel
	$(BIN)/python tools/sbom.py $$(ls -t dist/*.whl | head -1)

sdist-check: $(VENV)/.ready  ## the source distribution is whole and compiles offline
	$(BIN)/python tools/sdist.py --compile

clean:  ## remove what was built
	cargo clean --quiet
	rm -rf $(VENV) dist report.html docs/_build docs/reference/generated docs/jupyter_execute .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find python tests -name __pycache__ -type d -exec rm -rf {} +
	rm -f python/reportedly/*.so
