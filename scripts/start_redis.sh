#!/usr/bin/env sh
# Start the bundled Valkey (a Redis-protocol server) by itself, for development. Works from any folder.
#
#   REDIS_PORT=6379 scripts/start_redis.sh
#
# Alternatives: `make run` (starts one on a private socket), your system's redis-server or valkey-server, or
# `docker run -p 127.0.0.1:6379:6379 valkey/valkey:8 --appendonly yes --maxmemory-policy noeviction`.
set -eu
cd "$(dirname "$0")/.."
python=.venv/bin/python
[ -x "$python" ] || { echo "Not installed yet: run \`make install\` first." >&2; exit 1; }
data="${SMARTINVOICE_DATA_DIR:-data}/redis"
mkdir -p "$data"
server=$("$python" -c "from smartinvoice.desk.preflight import bundled_broker; print(bundled_broker())")
exec "$server" --bind 127.0.0.1 --port "${REDIS_PORT:-6379}" --dir "$data" \
  --appendonly yes --appendfsync everysec --maxmemory-policy noeviction
