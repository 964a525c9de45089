#!/usr/bin/env bash
# The steps of a workflow as teams write it themselves. aws-cli is there on GitHub's machines.
set -euo pipefail
"$PYTHON" -m venv "$RUNNER_TEMP/venv"
. "$RUNNER_TEMP/venv/bin/activate"
pip install --disable-pip-version-check -r requirements.txt
python manage.py collectstatic --noinput
"$AWS" --endpoint-url "$BENCH_ENDPOINT" s3 sync media s3://bench/media --only-show-errors
curl --fail --silent --show-error --data "{\"sha\": \"$GITHUB_SHA\"}" "$HOOK"
. "${0%/*}/until-live.sh"
