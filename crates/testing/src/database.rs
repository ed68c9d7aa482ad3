//! A migrated database per test, with an owner and an application role as in production.

use crate::shared_servers;
use log::LevelFilter;
use runtime::{secrets::Given, settings};
use sqlx::{
    ConnectOptions as _, Connection as _, Executor as _, PgConnection, PgPool,
    migrate::Migrator,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use uuid::Uuid;

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
        sqlx::query(sqlx::AssertSqlSafe(create)).execute(&self.every_row).await.unwrap();
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

/// Creates a database and brings it up to date with `migrators`, in order.
pub async fn database(name: &str, migrators: &[&Migrator]) -> TestDatabase {
    database_on(&shared_servers::database_url(), name, migrators).await
}

/// The same on another server, where `admin_url` may create databases and roles.
pub(crate) async fn database_on(admin_url: &str, name: &str, migrators: &[&Migrator]) -> TestDatabase {
    let database = format!("test_{name}_{}", Uuid::now_v7().simple());
    let (owner, app) = (format!("{database}_owner"), format!("{database}_app"));
    let mut admin = PgConnection::connect(admin_url).await.expect("cannot connect to the test PostgreSQL");
    for statement in [
        format!("CREATE ROLE {owner} LOGIN PASSWORD 'test' NOSUPERUSER NOBYPASSRLS"),
        format!("CREATE ROLE {app} LOGIN PASSWORD 'test' NOSUPERUSER NOBYPASSRLS"),
        format!("CREATE DATABASE {database} OWNER {owner} TEMPLATE template0"),
    ] {
        admin.execute(sqlx::AssertSqlSafe(statement)).await.expect("cannot create a test database");
    }
    let owner_url = with_login(admin_url, &owner, &database);
    grant_by_default(&owner_url, &app).await;
    runtime::postgres::migrate(&owner_url, migrators).await.expect("cannot migrate the test database");
    let url = with_login(admin_url, &app, &database);
    let every_row = pool(&in_database(admin_url, &database));
    TestDatabase { pool: pool(&url), owner_pool: pool(&owner_url), every_row, url, owner_url }
}

async fn grant_by_default(owner_url: &str, app: &str) {
    let mut owner = PgConnection::connect(owner_url).await.expect("cannot connect as the owner");
    for privileges in ["SELECT, INSERT, UPDATE, DELETE ON TABLES", "USAGE, SELECT ON SEQUENCES"] {
        let statement = format!("ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {privileges} TO {app}");
        owner.execute(sqlx::AssertSqlSafe(statement)).await.expect("cannot grant privileges");
    }
    let usage = format!("GRANT USAGE ON SCHEMA public TO {app}");
    owner.execute(sqlx::AssertSqlSafe(usage)).await.expect("cannot grant the schema");
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
fn with_login(admin_url: &str, role: &str, database: &str) -> String {
    let (_, rest) = admin_url.rsplit_once('@').expect("TEST_DATABASE_URL has no login");
    let (host, _) = rest.split_once('/').expect("TEST_DATABASE_URL names no database");
    format!("postgres://{role}:test@{host}/{database}")
}
