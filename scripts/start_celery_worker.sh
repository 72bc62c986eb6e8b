#!/usr/bin/env sh
# Start a Celery worker for documents. Works from any folder.
#
#   CELERY_WORKER_CONCURRENCY=4 scripts/start_celery_worker.sh [more celery options]
#
# Alternatives: `make run` (everything at once), systemd, Supervisor or Docker Compose (docs/celery-setup.md).
# Recovery and cleaning need the schedule too: add `-B -s data/celerybeat-schedule` here on a single machine, or
# run `celery -A smartinvoice beat`.
set -eu
cd "$(dirname "$0")/.."
python=.venv/bin/python
[ -x "$python" ] || { echo "Not installed yet: run \`make install\` first." >&2; exit 1; }
variable="import os, smartinvoice.settings; print(os.environ.get('CELERY_WORKER_CONCURRENCY', 2))" # or of .env
concurrency=$("$python" -c "$variable")
exec "$python" -m celery -A smartinvoice worker \
  --queues "${CELERY_QUEUES:-interactive,bulk,control}" \
  --concurrency "$concurrency" "$@"
