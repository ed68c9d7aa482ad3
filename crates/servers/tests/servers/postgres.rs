//! Databases with an owner and an application role.

use crate::support::{installation, sql};
use servers::{Error, Passwords, Postgres, Settings};
use std::process::{self, Command};

fn passwords() -> Passwords {
    Passwords { owner: "ownersecret".to_owned(), app: "appsecret".to_owned() }
}

#[test]
fn the_application_role_reads_and_writes_rows_of_its_own_database_and_nothing_else() {
    let installation = installation();
    let psql = &installation.postgres.psql;
    let postgres = Postgres::start(&installation.postgres, &Settings::scratch().unwrap()).unwrap();
    let trades = postgres.create_database("trades", &passwords()).unwrap();
    let auth = postgres.create_database("auth", &passwords()).unwrap();

    sql(
        psql,
        &trades.owner_url,
        "CREATE TABLE fills (id bigint GENERATED ALWAYS AS IDENTITY, price numeric)",
    )
    .unwrap();
    let app = |statements| sql(psql, &trades.app_url, statements);

    assert_eq!(app("INSERT INTO fills (price) VALUES (1.5), (2) RETURNING id").unwrap(), "1\n2");
    assert_eq!(app("UPDATE fills SET price = 3 WHERE id = 1 RETURNING price").unwrap(), "3");
    assert_eq!(app("DELETE FROM fills WHERE id = 2 RETURNING id").unwrap(), "2");
    assert!(app("CREATE TABLE mine (id int)").unwrap_err().contains("permission denied"));
    assert!(app("ALTER TABLE fills ADD COLUMN x int").unwrap_err().contains("must be owner"));
    assert!(app("CREATE DATABASE mine").unwrap_err().contains("permission denied"));
    let roles = "SELECT rolname FROM pg_roles WHERE rolname ~ '_(owner|app)$' AND (rolsuper OR rolbypassrls)";
    assert_eq!(sql(psql, &postgres.admin_url(), roles).unwrap(), "");
    let foreign = trades.app_url.strip_suffix("/trades").map(|server| format!("{server}/auth")).unwrap();
    assert!(sql(psql, &foreign, "SELECT 1").unwrap_err().contains("permission denied for database"));
    assert_eq!(sql(psql, &auth.app_url, "SELECT current_database()").unwrap(), "auth");
}

#[test]
fn creating_a_database_again_keeps_its_rows_and_renews_its_passwords() {
    let installation = installation();
    let psql = &installation.postgres.psql;
    let postgres = Postgres::start(&installation.postgres, &Settings::scratch().unwrap()).unwrap();
    let first = postgres.create_database("trades", &passwords()).unwrap();
    sql(psql, &first.owner_url, "CREATE TABLE kept AS SELECT 42 AS answer").unwrap();

    let renewed = Passwords { app: "another".to_owned(), ..passwords() };
    let second = postgres.create_database("trades", &renewed).unwrap();

    assert_eq!(sql(psql, &second.app_url, "SELECT answer FROM kept").unwrap(), "42");
    assert!(sql(psql, &first.app_url, "SELECT 1").unwrap_err().contains("password authentication failed"));
}

#[test]
fn a_name_that_could_change_the_statement_is_refused() {
    let installation = installation();
    let postgres = Postgres::start(&installation.postgres, &Settings::scratch().unwrap()).unwrap();

    for name in ["", "Trades", "a;b", "a'b", "a b"] {
        let refused = postgres.create_database(name, &passwords());
        assert!(matches!(refused, Err(Error::Name { .. })), "{name}: {refused:?}");
    }
}

#[test]
fn databases_of_tests_that_have_ended_go_with_their_roles_and_no_others() {
    let installation = installation();
    let psql = &installation.postgres.psql;
    let postgres = Postgres::start(&installation.postgres, &Settings::scratch().unwrap()).unwrap();
    let mut other = Command::new("true").spawn().unwrap();
    other.wait().unwrap();
    let ours = servers::test_database("ours").unwrap();
    let ended = ours.replacen(&process::id().to_string(), &other.id().to_string(), 1);
    for name in [&ours, &ended, &"test_of_nobody".to_owned()] {
        let create = format!(
            "CREATE ROLE {name}_owner; CREATE ROLE {name}_app; CREATE DATABASE {name} OWNER {name}_owner;
             \\connect {name}
             CREATE TABLE kept (id int); ALTER TABLE kept OWNER TO {name}_owner; GRANT SELECT ON kept TO {name}_app"
        );
        sql(psql, &postgres.admin_url(), &create).unwrap();
    }

    let dropped = postgres.drop_databases_of_ended_tests().unwrap();

    assert_eq!(dropped, 1);
    let there = |what: &str| {
        let names = sql(psql, &postgres.admin_url(), what).unwrap();
        names.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let databases = there("SELECT datname FROM pg_database WHERE datname LIKE 'test%' ORDER BY 1");
    assert_eq!(databases, [ours.clone(), "test_of_nobody".to_owned()]);
    let roles = there("SELECT rolname FROM pg_roles WHERE rolname LIKE 'test%owner' ORDER BY 1");
    assert_eq!(roles, [format!("{ours}_owner"), "test_of_nobody_owner".to_owned()]);
}
