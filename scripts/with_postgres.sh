#!/usr/bin/env sh
# Run a command with DATABASE_URL naming a PostgreSQL server of its own, which ends with it.
#
#   scripts/with_postgres.sh make test
set -eu
bin=$(ls -d /usr/lib/postgresql/*/bin /opt/homebrew/opt/postgresql*/bin 2>/dev/null | sort -V | tail -n 1)
[ -n "$bin" ] || bin=$(pg_config --bindir 2>/dev/null) || {
  echo "PostgreSQL's server is not installed: install your system's package “postgresql”." >&2
  exit 1
}
folder=$(mktemp -d)
as=""
if [ "$(id -u)" = 0 ]; then # the server refuses to run as root
  chown postgres "$folder"
  as="runuser -u postgres --"
fi
stop() {
  (cd / && $as "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1) || true
  rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT TERM
(
  cd /
  $as "$bin/initdb" -D "$folder/data" -U smartinvoice --auth=trust -E UTF8 --locale=C.UTF-8 >/dev/null
  $as "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/log" -o "-k $folder -c listen_addresses=''" start >/dev/null
  $as "$bin/createdb" -h "$folder" -U smartinvoice smartinvoice
)
DATABASE_URL="postgres://smartinvoice@$(printf %s "$folder" | sed 's,/,%2F,g')/smartinvoice" "$@"
