//! PostgreSQL, the truth: pools, migrations and readiness.

mod bounds;
mod isolation;
mod login;
mod migration;
mod pool;
mod replica;

use crate::{Service, secrets::Secrets, settings, telemetry::SLOW};
use anyhow::Context as _;
pub use isolation::{act_for, begin_for, holes, insist_on_isolation, snapshot_for, snapshot_with};
use log::LevelFilter;
pub use login::login_changed;
use login::{Change, Follower, LONGEST_SIGN_IN, Login};
pub use migration::Patience;
pub use replica::Reads;
use sqlx::{
    ConnectOptions as _, Connection as _, PgPool, Postgres, Transaction,
    migrate::Migrator,
    postgres::{PgConnectOptions, PgConnection, PgPoolOptions},
};
use std::{sync::LazyLock, time::Duration};

/// The tables that [`crate::periodic`] needs.
pub static MIGRATOR: LazyLock<Migrator> = LazyLock::new(|| {
    let mut migrator = sqlx::migrate!();
    migrator.dangerous_set_table_name("_runtime_migrations");
    migrator
});

/// How PostgreSQL plans a statement that it has seen before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Planning {
    /// For the values at hand where that looks cheaper: for services whose statements read now a few rows and now very many.
    ByValues,
    /// Once, for any values: for services whose statements find rows by their keys. With row level security, planning such a statement
    /// takes several times as long as running it.
    Once,
}

impl Planning {
    /// The setting of a session.
    const fn setting(self) -> (&'static str, &'static str) {
        let mode = match self {
            Self::ByValues => "auto",
            Self::Once => "force_generic_plan",
        };
        ("plan_cache_mode", mode)
    }
}

/// A pool that connects when it is first used, so that start order does not matter; `/ready` waits for it. Its login may change while
/// it is in use.
pub async fn connect(
    service: &mut Service,
    name: &'static str,
    settings: &settings::Postgres,
    planning: Planning,
) -> anyhow::Result<PgPool> {
    let login = Login::open(settings, service.secrets()).await?;
    let pool = open(service, name, login, settings.database_max_connections, planning)?;
    let checked = pool.clone();
    service.readiness().require("postgres", move || {
        let pool = checked.clone();
        async move {
            begin(&pool).await?.rollback().await?;
            Ok(())
        }
    });
    Ok(pool)
}

/// A pool that is measured, and whose login is followed.
fn open(
    service: &mut Service,
    name: &'static str,
    login: Login,
    max_connections: u32,
    planning: Planning,
) -> anyhow::Result<PgPool> {
    let shape = move |options: PgConnectOptions| {
        let options = options.application_name(name).options(bounds::SESSION).options([planning.setting()]);
        // Asking whether each statement is to be logged makes tracing lose other lines and spans at the level DEBUG.
        options.log_statements(LevelFilter::Off).log_slow_statements(LevelFilter::Warn, SLOW)
    };
    let change = Change::none_yet();
    let pool = pool_of(max_connections, &change).connect_lazy_with(shape(login.options()?));
    service.spawn("database-pool", pool::watch(pool.clone(), service.stopping()));
    let follower = Follower { login, pool: pool.clone(), change, shape };
    if follower.has_work() {
        service.spawn("database-login", follower.run(service.stopping()));
    }
    Ok(pool)
}

fn pool_of(max_connections: u32, change: &Change) -> PgPoolOptions {
    let (kept, returned) = (change.clone(), change.clone());
    PgPoolOptions::new()
        .max_connections(max_connections)
        .acquire_timeout(LONGEST_SIGN_IN)
        .test_before_acquire(false)
        // A ping per query costs more than many queries: only connections that rested are tested.
        .before_acquire(move |connection, meta| {
            let is_outdated = kept.outdates(&meta);
            Box::pin(async move {
                if !is_outdated && meta.idle_for > Duration::from_secs(5) {
                    connection.ping().await?;
                }
                Ok(!is_outdated)
            })
        })
        .after_release(move |connection, meta| {
            let is_outdated = returned.outdates(&meta);
            Box::pin(async move { Ok(!is_outdated && bounds::is_at_rest(connection).await?) })
        })
}

/// A connection of its own, without a pool, for a command that ends by itself.
pub async fn connect_once(settings: &settings::Postgres, secrets: &Secrets) -> anyhow::Result<PgConnection> {
    let login = Login::open(settings, secrets).await?;
    login.options()?.connect().await.context("cannot connect to the database")
}

/// A transaction in nobody's name.
pub async fn begin(pool: &PgPool) -> sqlx::Result<Transaction<'static, Postgres>> {
    login::begin_with(pool, format!("BEGIN{}", bounds::statement_bound())).await
}

/// A transaction that only reads, and sees the database as it is now to its end: several reads of one moment.
pub async fn snapshot(pool: &PgPool) -> sqlx::Result<Transaction<'static, Postgres>> {
    let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
    login::begin_with(pool, format!("{begin}{}", bounds::statement_bound())).await
}

/// Brings the database that `settings` name up to date with `migrators`, in order.
pub(crate) async fn migrate_as_owner(
    settings: &settings::Migration,
    migrators: &[&Migrator],
) -> anyhow::Result<()> {
    let login = Login::of_owner(settings, &Secrets::new(&settings.secrets)).await?;
    let connection = login.options()?.connect().await;
    let connection = connection.context("cannot connect to the database to migrate")?;
    migration::apply(connection, migrators, Patience::default()).await
}

/// Brings a database up to date with `migrators`, in order, as the owner of its tables.
pub async fn migrate(url: &str, migrators: &[&Migrator]) -> anyhow::Result<()> {
    migrate_patiently(url, migrators, Patience::default()).await
}

/// The same, with another patience for locks that others hold.
pub async fn migrate_patiently(url: &str, migrators: &[&Migrator], patience: Patience) -> anyhow::Result<()> {
    let connection = PgConnection::connect(url).await.context("cannot connect to the database to migrate")?;
    migration::apply(connection, migrators, patience).await
}
