# Everything is set up inside this folder; nothing here needs Docker or an AWS account.
#   make demo    the whole system on this machine, and a stream of webhooks through it
#   make test    all tests, at last against the running local system
#   make unit    the quick tests
#   make browser the merchant's page in Chromium
#   make check   style, types, layering, templates
#   make bench   speed and price, as ratios

# The first Python that is new enough; `make PYTHON=/path/to/python` chooses another.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python3.14; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

BIN := .venv/bin
# Our Node before the system's: jsii and the CDK take the first on the path.
export PATH := $(CURDIR)/$(BIN):$(PATH)
export CDK_DISABLE_CLI_TELEMETRY := true

.PHONY: setup demo test unit integration infra e2e browser images check lint types layering templates bench docs openapi toml extensions lock clean

setup:
	@test -n "$(PYTHON)" || { echo "setup: Python 3.11 or newer is needed, none found"; exit 1; }
	@$(PYTHON) -m local.setup

demo: setup
	@$(BIN)/shopbridge demo

test: unit integration infra e2e

# On two processors; a file stays on one, so that what it sets up is set up once.
SPREAD = -n 2 --dist loadfile --quiet

unit: setup
	$(BIN)/pytest $(SPREAD) tests/unit
	node storefront/test.mjs

# The same code against moto, and the simulators themselves.
integration: setup
	$(BIN)/pytest $(SPREAD) tests/integration tests/local

infra: setup
	$(BIN)/pytest tests/infra

# Starts the local system where it does not run, and leaves it as it was found.
e2e: setup
	$(BIN)/pytest tests/e2e

# The merchant's page in a real browser, against the local system.
browser: setup
	@$(BIN)/python -m local.chromium
	$(BIN)/pytest tests/browser

# The same, and the screenshots in docs/images made anew.
images: setup
	@$(BIN)/python -m local.chromium
	$(BIN)/pytest tests/browser --write-images

check: lint types layering templates

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	node storefront/theme-check.mjs

# In two halves: the types of the CDK take most of the time, and only infra needs them.
types: setup
	$(BIN)/mypy layers/core/python functions cli local benchmarks tests/unit tests/integration tests/local tests/e2e tests/browser
	$(BIN)/mypy app.py infra tests/infra
	node_modules/.bin/tsc -p storefront

layering: setup
	$(BIN)/lint-imports

# Synthesis validates the templates itself and asks cdk-nag.
templates: setup
	node_modules/.bin/cdk synth --quiet --no-notices --output .local/check/cdk.out
	$(BIN)/cfn-lint .local/check/cdk.out/*.template.json

bench: setup
	$(BIN)/python -m benchmarks

# Writes the locks anew, with the newest versions that the *.in files allow: `make lock UPGRADE=--upgrade`
LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command "make lock" $(UPGRADE)
lock: setup
	$(LOCK) layers/vendor/requirements.in -o layers/vendor/requirements.txt
	$(LOCK) -c layers/vendor/requirements.txt layers/lean/requirements.in -o layers/lean/requirements.txt
	$(LOCK) requirements/uv.in -o requirements/uv.txt
	$(LOCK) requirements/node.in -o requirements/node.txt
	$(LOCK) requirements/emulator.in -o requirements/emulator.txt
	$(LOCK) -c layers/vendor/requirements.txt requirements/dev.in -o requirements/dev.txt
	$(LOCK) -c requirements/dev.txt requirements/bench-runtime.in -o requirements/bench-runtime.txt
	$(LOCK) -c requirements/dev.txt requirements/bench-baseline.in -o requirements/bench-baseline.txt
	$(BIN)/npm install --package-lock-only --ignore-scripts

clean:
	@test ! -x $(BIN)/shopbridge || $(BIN)/shopbridge local down
	rm -rf .venv .local node_modules cdk.out .mypy_cache .pytest_cache .ruff_cache .hypothesis

# Writes what documents take from the code.
docs: setup
	$(BIN)/python -m cli.docs

# Writes what Shopify is told of the app: shopify.app.toml.
toml: setup
	$(BIN)/python -m cli.toml

# Writes what clients are told of the settings API: docs/openapi.json.
openapi: setup
	$(BIN)/python -m cli.openapi

# Builds what the app embed runs in shops, into its theme app extension.
extensions: setup
	node storefront/build.mjs
