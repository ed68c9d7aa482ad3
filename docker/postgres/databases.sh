#!/bin/bash
# A database for each service, a role that owns it, and a role that uses it. Done again at each start: what is there stays, and what an
# interrupted start left out is made.
set -eu

# Passwords are in files and on standard input: they must show neither among a process's arguments nor in its environment.
export PGHOST=postgres PGPASSFILE=/tmp/pgpass
(umask 077 && printf '*:*:*:postgres:%s\n' "$(cat /run/secrets/password)" >"$PGPASSFILE")

for service in auth trades analytics notifications; do
    sql=$(cat /database.sql)
    sql=${sql//'{name}'/"$service"}
    sql=${sql//'{owner_password}'/"$(cat "/run/secrets/$service-owner")"}
    sql=${sql//'{app_password}'/"$(cat "/run/secrets/$service-app")"}
    psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --username=postgres --dbname=postgres <<<"$sql"
done
