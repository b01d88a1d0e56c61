#!/bin/bash
# Run once, when PostgreSQL makes its data: a database a service, with an owner, as which `setup`
# migrates, and a runtime role. Each reaches its own database and no other. Passwords stand in
# files of HUIYIN_SECRETS that are named after the roles.
set -euo pipefail

run() {
    psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres "$@"
}

run --command 'REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC'
for service in customer complaint dispatch notify; do
    export OWNER="$service-owner" RUNTIME="$service-runtime"
    run --set service="$service" --set owner="$OWNER" --set runtime="$RUNTIME" <<'SQL'
\set owner_password `cat "$HUIYIN_SECRETS/$OWNER"`
\set runtime_password `cat "$HUIYIN_SECRETS/$RUNTIME"`
CREATE ROLE :"owner" LOGIN PASSWORD :'owner_password';
CREATE ROLE :"runtime" LOGIN PASSWORD :'runtime_password';
CREATE DATABASE :"service" OWNER :"owner" TEMPLATE template0;
REVOKE ALL ON DATABASE :"service" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"service" TO :"runtime";
SQL
done
