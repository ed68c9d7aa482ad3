// The script that makes databases, run twice by a master who is no superuser, as RDS' is none. Needs psql and TEST_DATABASE_URL.

import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { scriptFor } from "../lib/service/database-setup.ts";

const url = process.env["TEST_DATABASE_URL"];
if (url === undefined) console.log("The database script is not run: there is no TEST_DATABASE_URL");

const psql = (as: string, input: string, variables: Record<string, string> = {}): string =>
  execFileSync("psql", ["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1", as], {
    input,
    encoding: "utf8",
    env: { ...process.env, ...variables },
  }).trim();

const at = (user: string, password: string, database: string): string => {
  const place = new URL(url ?? "postgres://localhost");
  [place.username, place.password, place.pathname] = [user, password, `/${database}`];
  return place.href;
};

describe.skipIf(url === undefined)("the database script", () => {
  const name = `infra_${process.pid}`;
  const master = `${name}_master`;
  const passwords = (owner: string): Record<string, string> => ({
    [`${name.toUpperCase()}_OWNER_PASSWORD`]: owner,
    [`${name.toUpperCase()}_APP_PASSWORD`]: "app'quoted",
    PGUSER: master,
    PGPASSWORD: "master",
  });
  const asMaster = (owner: string): string => psql(at(master, "master", "postgres"), scriptFor([name]), passwords(owner));

  test("makes a database of two roles, also again, and takes over new passwords", () => {
    psql(url ?? "", `CREATE ROLE ${master} LOGIN CREATEDB CREATEROLE PASSWORD 'master'`);
    try {
      asMaster("first");
      asMaster("second");

      psql(at(`${name}_owner`, "second", name), "CREATE TABLE notes (id int); CREATE SCHEMA private");
      psql(at(`${name}_app`, "app'quoted", name), "INSERT INTO notes VALUES (1)");
      expect(psql(at(`${name}_app`, "app'quoted", name), "SELECT count(*) FROM notes")).toBe("1");
      expect(() => psql(at(`${name}_app`, "app'quoted", name), "CREATE TABLE other (id int)")).toThrow("permission denied");
      expect(() => psql(at(`${name}_app`, "app'quoted", name), "DROP TABLE notes")).toThrow("must be owner");
      expect(() => psql(at(`${name}_owner`, "first", name), "SELECT 1")).toThrow("authentication failed");
    } finally {
      psql(url ?? "", `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      for (const role of ["owner", "app", "master"]) psql(url ?? "", `DROP ROLE IF EXISTS ${name}_${role}`);
    }
  });
});
