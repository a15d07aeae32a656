# One word a chore. The README's commands need no make; these are for those who have it.
VENV := $(or $(ONRECORD_VENV),.venv-test)

.PHONY: demo test ci format docs properties score lock clean

demo:  ## code the example reports
	test -x .venv/bin/onrecord || { python3 -m venv .venv && .venv/bin/pip install . ; }
	.venv/bin/onrecord code --example --format table

test:  ## every check, in the locked environment
	sh scripts/test.sh

ci:  ## every check, in a fresh environment
	bash .ci/run

format:  ## put the sources in form
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

docs:  ## run the commands in the docs, and write their output and the reference anew
	$(VENV)/bin/python scripts/docs.py
	$(VENV)/bin/python scripts/reference.py

properties:  ## what holds of every record, on ten thousand generated and damaged texts
	ONRECORD_PROPERTY_TEXTS=10000 $(VENV)/bin/python -m pytest tests/properties

score:  ## accuracy on the development data, beside the last figures; make score ARGS=--update writes them
	$(VENV)/bin/python scripts/score.py $(ARGS)

lock:  ## pin the development environment anew
	$(VENV)/bin/python -m pip install --quiet pip-tools
	PIP_CONFIG_FILE=/dev/null CUSTOM_COMPILE_COMMAND="make lock" $(VENV)/bin/pip-compile --quiet --upgrade \
	  --generate-hashes --strip-extras --allow-unsafe --no-annotate --no-emit-index-url --no-emit-find-links \
	  --extra dev --extra bulk --extra ray --extra sources --extra web --output-file requirements-dev.lock pyproject.toml

clean:  ## remove what these commands made
	rm -rf .venv .venv-test .venv-ci dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .scores
