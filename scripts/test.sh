#!/bin/sh
# Sets up the locked development environment and runs every check: style, types, tests.
# PYTHON names the interpreter (3.11 or later), ONRECORD_VENV the folder of the environment.
set -eu
cd "$(dirname "$0")/.."
venv=${ONRECORD_VENV:-.venv-test}
python=${PYTHON:-python3}

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "onrecord needs Python 3.11 or later; name one: PYTHON=python3.11 sh scripts/test.sh" >&2
    exit 2
}
[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .

"$venv/bin/ruff" check .
"$venv/bin/ruff" format --check .
"$venv/bin/mypy"
exec "$venv/bin/python" -m pytest "$@"
