# Two commands: `make demo` and `make test`. Everything they need is set up in .venv; nothing is written outside the checkout
# (but for Chromium and a Chinese font, which `make test` asks apt for when it may).
PYTHON ?= python3
BIN := .venv/bin
SIZE ?= 100000
COUNTY ?= 900000
FAULTS ?= 100
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: help demo test test-cluster test-faults test-bundle check bench bench-load bench-city bundle lock assets clean docs
help:
	@echo "make demo    a synthetic county that ends today, and the site on 127.0.0.1:8000"
	@echo "make test    all tests"
	@echo "make test-cluster  figures by Apache Spark on a cluster of this machine, and by PostgreSQL"
	@echo "make test-faults  FAULTS=100 random faults (killed, starved, two at once) on SQLite and on PostgreSQL: nothing lost, nothing doubled"
	@echo "make bundle  one archive, dist/taizhang-VERSION.tar.gz, that installs on a machine without Internet"
	@echo "make test-bundle  that archive installed, upgraded and rolled back where there is no network"
	@echo "make check   what the tests check of the code itself: ruff, mypy, import contracts"
	@echo "make bench   speed and memory, SIZE=100000 or 1000000 residents"
	@echo "make bench-load  200 readers and 50 writers at the real server, on PostgreSQL and on SQLite, SIZE=100000 residents"
	@echo "make bench-city  the same on a city of 7,200,000, beside PostgreSQL and with 50 writers; COUNTY=9000 tries it out"
	@echo "make docs    the generated pages under docs/, and the outputs the tour shows"
	@echo "make lock    requirements/*.txt anew from *.in"

demo: .venv/ready assets
	$(BIN)/taizhang demo $(DEMO)

test: .venv/ready-to-test assets
	@scripts/browser.sh
	$(BIN)/python scripts/rooms.py $(TEST)

test-faults: .venv/ready-to-test
	TAIZHANG_FAULTS=$(FAULTS) $(BIN)/python scripts/rooms.py tests/faults -s

test-cluster: .venv-cluster/ready
	@scripts/java.sh
	.venv-cluster/bin/python -m pytest tests/cluster $(TEST)

bundle: .venv/ready assets
	$(BIN)/python scripts/bundle.py $(BUNDLE)

test-bundle: .venv/ready-to-test bundle
	$(BIN)/python -m pytest tests/bundle $(TEST)

check: .venv/ready-to-test
	$(BIN)/ruff check src tests bench docs
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/ready-to-test
	$(BIN)/python -m bench --size $(SIZE)

bench-load: .venv/ready-to-test
	$(BIN)/python -m bench.load --size $(SIZE)

bench-city: .venv/ready-to-test
	$(BIN)/python -m bench.measure_city --county $(COUNTY) $(CITY)

docs: .venv/ready
	$(BIN)/python -m docs.build
	$(BIN)/python -m docs.walk --update

assets: src/taizhang/web/static/vendor/ready

.venv/ready: requirements/base.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(PIP) --require-hashes -r requirements/base.txt
	$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

.venv/ready-to-test: .venv/ready requirements/test.txt
	$(PIP) --require-hashes -r requirements/test.txt
	@touch $@

# Spark is large (0.5 GB), so an environment of its own; everything else is taken from the first, which is not made twice.
.venv-cluster/ready: .venv/ready-to-test requirements/cluster.txt
	$(PYTHON) -m venv .venv-cluster
	.venv-cluster/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/cluster.txt
	$(BIN)/python scripts/beside.py .venv-cluster
	@touch $@

# Node comes from a PyPI wheel, so that a machine without Node builds the same assets. Where npm cannot be reached the site works
# without them, plainly. What the pages use of them is taken again when the pages change, without any network.
node_modules/ready: .venv/ready requirements/assets.txt package-lock.json
	@$(PIP) --require-hashes -r requirements/assets.txt && scripts/assets.sh $(BIN) fetch && touch $@ \
	  || echo "Style and charts could not be fetched from npm; the site works without them. To try again: make assets"

PAGES := $(shell find src/taizhang/web -name '*.html' -o -name '*.py' -o -path '*/static/site/*.js')
src/taizhang/web/static/vendor/ready: node_modules/ready scripts/assets.sh scripts/assets.mjs $(PAGES)
	@test ! -e node_modules/ready || { scripts/assets.sh $(BIN) lay && touch $@; }

lock:
	$(PYTHON) -m venv .venv-lock
	.venv-lock/bin/python -m pip install --quiet pip-tools
	for name in base test assets cluster bundle; do .venv-lock/bin/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras \
	  --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header \
	  --output-file requirements/$$name.txt requirements/$$name.in; done
	rm -rf .venv-lock

clean:
	rm -rf .venv .venv-cluster node_modules src/taizhang/web/static/vendor home build dist
