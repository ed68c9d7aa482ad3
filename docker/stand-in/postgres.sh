#!/bin/bash
# The part of the real image's entry point that compose.yaml needs: a first start with a password and scripts, then the server.
set -eu

if [ ! -s "$PGDATA/PG_VERSION" ]; then
    initdb --username=postgres --pwfile="$POSTGRES_PASSWORD_FILE" --auth-local=trust --auth-host=scram-sha-256 --encoding=UTF8
    echo 'host all all all scram-sha-256' >>"$PGDATA/pg_hba.conf"
    # Without a port: nobody comes in before all is there.
    pg_ctl --wait start -o "-c listen_addresses=''"
    for script in /docker-entrypoint-initdb.d/*.sh; do
        [ ! -f "$script" ] || bash "$script"
    done
    pg_ctl --wait --mode=fast stop
fi
exec "$@" -c 'listen_addresses=*'
