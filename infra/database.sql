-- A database, the role that owns it (migrations) and the role that uses it (the service). Repeatable.
-- For a master who is no superuser, as that of RDS: it may create roles and databases, and must be a member of what it gives away.
SET client_min_messages = warning;
SELECT format('CREATE ROLE %I', :'name' || '_owner') WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'name' || '_owner') \gexec
SELECT format('CREATE ROLE %I', :'name' || '_app') WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'name' || '_app') \gexec
SELECT format('ALTER ROLE %I LOGIN PASSWORD %L', :'name' || '_owner', :'owner_password') \gexec
SELECT format('ALTER ROLE %I LOGIN PASSWORD %L', :'name' || '_app', :'app_password') \gexec
SELECT format('GRANT %I TO CURRENT_USER', :'name' || '_owner') \gexec
SELECT format('CREATE DATABASE %I OWNER %I TEMPLATE template0', :'name', :'name' || '_owner')
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'name') \gexec
SELECT format('REVOKE CONNECT ON DATABASE %I FROM PUBLIC', :'name') \gexec
SELECT format('GRANT CONNECT ON DATABASE %I TO %I, %I', :'name', :'name' || '_owner', :'name' || '_app') \gexec

\connect :name
SET client_min_messages = warning;
SELECT format('SET ROLE %I', :'name' || '_owner') \gexec
SELECT format('ALTER SCHEMA public OWNER TO %I', :'name' || '_owner') \gexec
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
SELECT format('GRANT USAGE ON SCHEMA public TO %I', :'name' || '_app') \gexec
SELECT format('ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO %I', :'name' || '_owner', :'name' || '_app') \gexec
SELECT format('ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO %I', :'name' || '_owner', :'name' || '_app') \gexec
SELECT format('ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO %I', :'name' || '_owner', :'name' || '_app') \gexec
RESET ROLE;
