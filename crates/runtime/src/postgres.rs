//! PostgreSQL, the truth: pools, migrations and readiness.

mod bounds;
mod isolation;

use crate::{Service, settings};
use anyhow::Context as _;
pub use isolation::{act_for, begin_for, holes, insist_on_isolation, snapshot_for};
use log::LevelFilter;
use secrecy::ExposeSecret as _;
use sqlx::{
    AssertSqlSafe, ConnectOptions as _, Connection as _, PgPool, Postgres, Transaction,
    migrate::Migrator,
    postgres::{PgConnectOptions, PgConnection, PgPoolOptions},
};
use std::{str::FromStr as _, sync::LazyLock, time::Duration};

/// The tables that [`crate::periodic`] needs.
pub static MIGRATOR: LazyLock<Migrator> = LazyLock::new(|| {
    let mut migrator = sqlx::migrate!();
    migrator.dangerous_set_table_name("_runtime_migrations");
    migrator
});

/// A pool that connects when it is first used, so that start order does not matter; `/ready` waits for it.
pub fn connect(service: &Service, name: &str, settings: &settings::Postgres) -> anyhow::Result<PgPool> {
    let options = PgConnectOptions::from_str(settings.database_url.expose_secret())
        .context("DATABASE_URL is not a PostgreSQL URL")?
        .application_name(name)
        // Asking whether each statement is to be logged makes tracing lose other lines and spans at the level DEBUG.
        .log_statements(LevelFilter::Off)
        .options(bounds::SESSION);
    let pool = PgPoolOptions::new()
        .max_connections(settings.database_max_connections)
        .acquire_timeout(Duration::from_secs(5))
        .test_before_acquire(false)
        // A ping per query costs more than many queries: only connections that rested are tested.
        .before_acquire(|connection, meta| {
            Box::pin(async move {
                if meta.idle_for > Duration::from_secs(5) {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
        .after_release(|connection, _| Box::pin(bounds::is_at_rest(connection)))
        .connect_lazy_with(options);
    let checked = pool.clone();
    service.readiness().require("postgres", move || {
        let pool = checked.clone();
        async move {
            sqlx::query("SELECT 1").execute(&pool).await?;
            Ok(())
        }
    });
    Ok(pool)
}

/// A transaction in nobody's name.
pub async fn begin(pool: &PgPool) -> sqlx::Result<Transaction<'static, Postgres>> {
    pool.begin_with(AssertSqlSafe(format!("BEGIN{}", bounds::statement_bound()))).await
}

/// A transaction that only reads, and sees the database as it is now to its end: several reads of one moment.
pub async fn snapshot(pool: &PgPool) -> sqlx::Result<Transaction<'static, Postgres>> {
    let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
    pool.begin_with(AssertSqlSafe(format!("{begin}{}", bounds::statement_bound()))).await
}

/// Brings a database up to date with `migrators`, in order, as the owner of its tables.
pub async fn migrate(url: &str, migrators: &[&Migrator]) -> anyhow::Result<()> {
    let mut connection =
        PgConnection::connect(url).await.context("cannot connect to the database to migrate")?;
    for migrator in migrators {
        migrator.run(&mut connection).await?;
    }
    Ok(())
}
