#!/usr/bin/env bash
# redis 7.4.1 and opentelemetry-sdk 1.45.2 (PyPI)
#
# redis-py has metrics by OpenTelemetry, which are off and "optional". Importing redis nevertheless imports opentelemetry.sdk.metrics where it
# is installed, and with it some sixty modules: a program that keeps OpenTelemetry as an extra and imports it only when it is asked for pays its memory and its start
# wherever the extra is installed. (Ours: docs/decisions/0061; the extra is not part of an installation unless traces are on.)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
count() { venv/bin/python -c 'import redis, sys; print(sum(name.startswith("opentelemetry") for name in sys.modules))'; }
venv/bin/pip install --quiet --disable-pip-version-check redis==7.4.1
without=$(count)
venv/bin/pip install --quiet --disable-pip-version-check opentelemetry-sdk==1.45.2
with=$(count)
echo "modules of OpenTelemetry after 'import redis': $without, and $with once its SDK is installed"
test "$without" = 0
test "$with" -gt 50
