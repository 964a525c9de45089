#!/usr/bin/env bash
# The same with the fastest tools for each step.
set -euo pipefail
"$UV" venv --quiet --python "$PYTHON" "$RUNNER_TEMP/venv"
. "$RUNNER_TEMP/venv/bin/activate"
"$UV" pip install -r requirements.txt
python manage.py collectstatic --noinput
"$S5CMD" --endpoint-url "$BENCH_ENDPOINT" --log error sync media/ s3://bench/media/
curl --fail --silent --show-error --data "{\"sha\": \"$GITHUB_SHA\"}" "$HOOK"
. "${0%/*}/until-live.sh"
