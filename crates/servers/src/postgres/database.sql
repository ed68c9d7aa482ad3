-- A database, the role that owns it (migrations) and the role that uses it (the service). Repeatable.
SET client_min_messages = warning;
SELECT 'CREATE ROLE {name}_owner' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{name}_owner') \gexec
SELECT 'CREATE ROLE {name}_app' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{name}_app') \gexec
ALTER ROLE {name}_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD '{owner_password}';
ALTER ROLE {name}_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD '{app_password}';

SELECT 'CREATE DATABASE {name} OWNER {name}_owner TEMPLATE template0'
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{name}') \gexec
REVOKE CONNECT ON DATABASE {name} FROM PUBLIC;
GRANT CONNECT ON DATABASE {name} TO {name}_owner, {name}_app;

\connect {name}
SET client_min_messages = warning;
ALTER SCHEMA public OWNER TO {name}_owner;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO {name}_app;
ALTER DEFAULT PRIVILEGES FOR ROLE {name}_owner IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {name}_app;
ALTER DEFAULT PRIVILEGES FOR ROLE {name}_owner IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {name}_app;
ALTER DEFAULT PRIVILEGES FOR ROLE {name}_owner IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO {name}_app;
