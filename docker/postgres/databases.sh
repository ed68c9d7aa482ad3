#!/bin/bash
# Runs at the first start of PostgreSQL: a database for each service, a role that owns it, and a role that uses it.
set -eu

for service in auth trades analytics notifications; do
    # Through standard input: passwords must not show among a process's arguments.
    sed -e "s/{name}/$service/g" \
        -e "s/{owner_password}/$(cat "/run/secrets/$service-owner")/g" \
        -e "s/{app_password}/$(cat "/run/secrets/$service-app")/g" /database.sql |
        psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --username=postgres --dbname=postgres
done
