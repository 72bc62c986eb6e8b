#!/usr/bin/env sh
# Start a Redis-protocol server by itself, for development. Works from any folder.
#
#   REDIS_PORT=6379 scripts/start_redis.sh
#
# It is the bundled Valkey; where none is bundled, a valkey-server or redis-server on the PATH. Alternatives:
# `make run` (starts one on a private socket), your system's service, or
# `docker run -p 127.0.0.1:6379:6379 valkey/valkey:8 --appendonly yes --maxmemory-policy noeviction`.
set -eu
cd "$(dirname "$0")/.."
python=.venv/bin/python
[ -x "$python" ] || { echo "Not installed yet: run \`make install\` first." >&2; exit 1; }
data="${SMARTINVOICE_DATA_DIR:-data}/redis"
mkdir -p "$data"
bundled="from smartinvoice.desk.preflight import bundled_broker; print(bundled_broker())"
server=$("$python" -c "$bundled" 2>/dev/null || command -v valkey-server || command -v redis-server) || {
  echo "No Redis found: install Valkey or Redis, or set CELERY_BROKER_URL to a server elsewhere." >&2
  exit 1
}
exec "$server" --bind 127.0.0.1 --port "${REDIS_PORT:-6379}" --dir "$data" \
  --appendonly yes --appendfsync everysec --maxmemory-policy noeviction
