//! A migrated database per test, with an owner and an application role as in production.

use crate::{shared_servers, template};
use log::LevelFilter;
use runtime::{secrets::Given, settings};
use sqlx::{
    AssertSqlSafe, ConnectOptions as _, Connection as _, Executor as _, PgConnection, PgPool,
    migrate::Migrator,
    postgres::{PgConnectOptions, PgPoolOptions},
};

/// A private database. The application role may read and write rows, and nothing else.
#[derive(Clone)]
pub struct TestDatabase {
    /// Connects as the application role.
    pub pool: PgPool,
    /// Connects as the owner of the tables: to arrange what no service may do.
    pub owner_pool: PgPool,
    /// Connects as a superuser, whom row level security does not concern: to look at the rows of all users.
    pub every_row: PgPool,
    /// URL of the application role.
    pub url: String,
    /// URL of the owner.
    pub owner_url: String,
}

impl TestDatabase {
    /// What a service under test is configured with.
    pub fn settings(&self) -> settings::Postgres {
        settings::Postgres {
            database_url: self.url.clone().into(),
            database_login: Given::default(),
            database_max_connections: 10,
        }
    }
}

impl TestDatabase {
    /// Another role of this name, which may do what the application role may; returns its login as RDS keeps it.
    pub async fn another_role(&self, name: &str, password: &str) -> String {
        let app = self.role();
        let create =
            format!("CREATE ROLE {name} LOGIN PASSWORD '{password}' NOSUPERUSER NOBYPASSRLS IN ROLE {app}");
        sqlx::query(AssertSqlSafe(create)).execute(&self.every_row).await.unwrap();
        login(name, password)
    }

    /// The application role.
    pub fn role(&self) -> &str {
        let login = self.url.split_once("://").and_then(|(_, rest)| rest.split_once(':'));
        login.expect("the URL has a login").0
    }

    /// The URL without a login.
    pub fn place(&self) -> String {
        let (_, place) = self.url.rsplit_once('@').expect("the URL has a login");
        format!("postgres://{place}")
    }

    /// How many connections of this role there are.
    pub async fn connections_of(&self, role: &str) -> i64 {
        let count = sqlx::query_scalar("SELECT count(*) FROM pg_stat_activity WHERE usename = $1").bind(role);
        count.fetch_one(&self.every_row).await.unwrap()
    }
}

/// A login as RDS keeps it.
pub fn login(role: &str, password: &str) -> String {
    serde_json::json!({"username": role, "password": password, "engine": "postgres"}).to_string()
}

/// Creates a database that is up to date with `migrators`, in order.
pub async fn database(name: &str, migrators: &[&Migrator]) -> TestDatabase {
    // On the heap: a test that starts several services waits for several of these.
    Box::pin(database_on(&shared_servers::database_url(), name, migrators)).await
}

/// The same on another server, where `admin_url` may create databases and roles.
pub(crate) async fn database_on(admin_url: &str, name: &str, migrators: &[&Migrator]) -> TestDatabase {
    let database = servers::test_database(name).expect("no name for a test database");
    let (owner, app) = (format!("{database}_owner"), format!("{database}_app"));
    let mut admin = PgConnection::connect(admin_url).await.expect("cannot connect to the test PostgreSQL");
    let template =
        if migrators.is_empty() { None } else { Some(template::of(&mut admin, admin_url, migrators).await) };
    let origin = template.as_deref().unwrap_or("template0");
    for statement in [
        format!("CREATE ROLE {owner} LOGIN PASSWORD 'test' NOSUPERUSER NOBYPASSRLS"),
        format!("CREATE ROLE {app} LOGIN PASSWORD 'test' NOSUPERUSER NOBYPASSRLS"),
        format!("CREATE DATABASE {database} OWNER {owner} TEMPLATE {origin}"),
    ] {
        admin.execute(AssertSqlSafe(statement)).await.expect("cannot create a test database");
    }
    hand_over(&in_database(admin_url, &database), template.as_deref(), (&owner, &app)).await;
    let (url, owner_url) = (with_login(admin_url, &app, &database), with_login(admin_url, &owner, &database));
    let every_row = pool(&in_database(admin_url, &database));
    TestDatabase { pool: pool(&url), owner_pool: pool(&owner_url), every_row, url, owner_url }
}

/// Gives the owner all that is there, and the application role what that may do, now and with what is made later.
async fn hand_over(url: &str, template: Option<&str>, (owner, app): (&str, &str)) {
    let reassign =
        template.map(|template| format!("REASSIGN OWNED BY {} TO {owner};", template::owner(template)));
    let (on_tables, on_sequences) = ("SELECT, INSERT, UPDATE, DELETE ON", "USAGE, SELECT ON");
    let later = format!("ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT");
    let statements = format!(
        "{} GRANT USAGE ON SCHEMA public TO {app};
         GRANT {on_tables} ALL TABLES IN SCHEMA public TO {app};
         GRANT {on_sequences} ALL SEQUENCES IN SCHEMA public TO {app};
         {later} {on_tables} TABLES TO {app};
         {later} {on_sequences} SEQUENCES TO {app}",
        reassign.unwrap_or_default()
    );
    let mut admin = PgConnection::connect(url).await.expect("cannot connect to the new database");
    admin.execute(AssertSqlSafe(statements)).await.expect("cannot hand the new database over");
    admin.close().await.expect("cannot leave the new database");
}

pub(crate) fn pool(url: &str) -> PgPool {
    // As of the services' own pools: nobody asks whether a statement is to be logged, which would lose lines and spans at DEBUG.
    let options = url.parse::<PgConnectOptions>().unwrap().log_statements(LevelFilter::Off);
    PgPoolOptions::new().max_connections(5).connect_lazy_with(options)
}

/// `postgres://user[:password]@host:port/database` for another database.
pub(crate) fn in_database(admin_url: &str, database: &str) -> String {
    let (server, _) = admin_url.rsplit_once('/').expect("TEST_DATABASE_URL names no database");
    format!("{server}/{database}")
}

/// `postgres://user[:password]@host:port/database` for another login and database.
pub(crate) fn with_login(admin_url: &str, role: &str, database: &str) -> String {
    let (_, rest) = admin_url.rsplit_once('@').expect("TEST_DATABASE_URL has no login");
    let (host, _) = rest.split_once('/').expect("TEST_DATABASE_URL names no database");
    format!("postgres://{role}:test@{host}/{database}")
}
