//! Who signs in to the database: that may change while a pool is in use.
//!
//! New connections sign in with the new login as soon as it is known; connections of the old one are let go as soon as nobody uses them.
//! So two roles may take turns, and whoever drops the old one fails no request. A login that the database refuses is looked for at once.

use super::pool;
use crate::{
    deadline,
    secrets::{Named as _, Secret, Secrets},
    settings::{self, DatabaseReplicaUrl, DatabaseUrl, MigrationDatabaseUrl},
};
use anyhow::Context as _;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;
use sqlx::{
    PgPool, Postgres, SqlSafeStr as _, Transaction,
    pool::{MaybePoolConnection, PoolConnectionMetadata},
    postgres::{PgConnectOptions, PgDatabaseError},
};
use std::{
    pin::Pin,
    str::FromStr as _,
    sync::{Arc, LazyLock, PoisonError, RwLock},
    time::Duration,
};
use tokio::{
    sync::watch,
    time::{Instant, sleep_until},
};
use tokio_util::sync::CancellationToken;

/// How long somebody waits for another login whose own was refused: two seconds.
const LOOKS: u32 = 200;
const LOOK: Duration = Duration::from_millis(10);
/// Somebody may have asked just before the new one was there.
const LOOKS_AN_ANNOUNCEMENT: u32 = 25;
/// Nobody waits longer for a connection.
pub(super) const LONGEST_SIGN_IN: Duration = Duration::from_secs(5);
/// A BEGIN that takes longer has lost its server.
const LONGEST_BEGIN: Duration = Duration::from_secs(5);
/// A wrong password, and a role that may not log in (any more).
const REFUSED: [&str; 2] = ["28P01", "28000"];

/// Counts the connections that were refused, so that every pool of this process looks for its login.
static REFUSALS: LazyLock<watch::Sender<u64>> = LazyLock::new(watch::Sender::default);

/// A URL, and the name and password that count instead of those in it.
pub(super) struct Login {
    /// What the URL is called among the settings.
    setting: &'static str,
    url: Secret,
    /// JSON with the name and the password.
    instead: Option<Secret>,
}

impl Login {
    pub async fn open(settings: &settings::Postgres, secrets: &Secrets) -> anyhow::Result<Self> {
        let url = settings.database_url.open(secrets).await?;
        let instead = settings.database_login.open_if_set(secrets).await?;
        Ok(Self { setting: DatabaseUrl::NAME, url, instead })
    }

    /// The same who, at the replica; `None`: there is no replica.
    pub async fn of_replica(
        settings: &settings::Postgres,
        replica: &settings::Replica,
        secrets: &Secrets,
    ) -> anyhow::Result<Option<Self>> {
        let Some(url) = replica.database_replica_url.open_if_set(secrets).await? else { return Ok(None) };
        let instead = settings.database_login.open_if_set(secrets).await?;
        Ok(Some(Self { setting: DatabaseReplicaUrl::NAME, url, instead }))
    }

    pub async fn of_owner(settings: &settings::Migration, secrets: &Secrets) -> anyhow::Result<Self> {
        let url = settings.migration_database_url.open(secrets).await?;
        let instead = settings.migration_database_login.open_if_set(secrets).await?;
        Ok(Self { setting: MigrationDatabaseUrl::NAME, url, instead })
    }

    /// As it is now.
    pub fn options(&self) -> anyhow::Result<PgConnectOptions> {
        let login = self.instead.as_ref().map(Secret::current);
        let options = options(&self.url.current(), login.as_ref());
        options.with_context(|| format!("{} cannot be used ({})", self.setting, DatabaseUrl::ADVICE))
    }

    fn may_change(&self) -> bool {
        self.url.may_change() || self.instead.as_ref().is_some_and(Secret::may_change)
    }

    async fn changed(&mut self) {
        match &mut self.instead {
            Some(login) => tokio::select! {
                () = self.url.changed() => {}
                () = login.changed() => {}
            },
            None => self.url.changed().await,
        }
    }

    async fn renew(&self) {
        self.url.renew(&self.url.current()).await;
        if let Some(login) = &self.instead {
            login.renew(&login.current()).await;
        }
    }
}

/// No error repeats the URL, nor the login.
fn options(url: &SecretString, login: Option<&SecretString>) -> anyhow::Result<PgConnectOptions> {
    let url = url.expose_secret();
    // The driver takes any scheme.
    let is_ours = ["postgres://", "postgresql://"].iter().any(|scheme| url.starts_with(scheme));
    let options = PgConnectOptions::from_str(url).ok().filter(|_| is_ours);
    let options = options.context("the URL of the database is not a PostgreSQL URL")?;
    let Some(login) = login else { return Ok(options) };
    let login = serde_json::from_str::<Value>(login.expose_secret()).unwrap_or_default();
    let of = |key: &str| login.get(key).and_then(Value::as_str);
    let (name, password) = of("username")
        .zip(of("password"))
        .context("DATABASE_LOGIN is not JSON with username and password")?;
    Ok(options.username(name).password(password))
}

/// When the login of a pool was last another one.
#[derive(Clone)]
pub(super) struct Change(Arc<RwLock<Instant>>);

impl Change {
    pub fn none_yet() -> Self {
        Self(Arc::new(RwLock::new(Instant::now())))
    }

    fn is_now(&self) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    /// True for a connection that was made with the login of before.
    pub fn outdates(&self, connection: &PoolConnectionMetadata) -> bool {
        connection.age > self.0.read().unwrap_or_else(PoisonError::into_inner).elapsed()
    }
}

/// What keeps the login of a pool up to date.
pub(super) struct Follower<Shape> {
    pub login: Login,
    pub pool: PgPool,
    pub change: Change,
    /// What the connections of the pool have besides.
    pub shape: Shape,
}

impl<Shape: Fn(PgConnectOptions) -> PgConnectOptions> Follower<Shape> {
    /// False for a login that stays.
    pub fn has_work(&self) -> bool {
        self.login.may_change()
    }

    pub async fn run(mut self, stopping: CancellationToken) -> anyhow::Result<()> {
        let mut refusals = REFUSALS.subscribe();
        let mut once_more = None;
        loop {
            tokio::select! {
                () = stopping.cancelled() => return Ok(()),
                () = self.login.changed() => {
                    self.take_over().await;
                    once_more = Some(Instant::now() + LONGEST_SIGN_IN);
                }
                // Whoever was signing in meanwhile may have used the old login.
                () = sleep_until(once_more.unwrap_or_else(Instant::now)), if once_more.is_some() => {
                    once_more = None;
                    self.let_go().await;
                }
                Ok(()) = refusals.changed() => self.login.renew().await,
            }
        }
    }

    async fn take_over(&self) {
        match self.login.options() {
            Ok(options) => {
                self.pool.set_connect_options((self.shape)(options));
                self.let_go().await;
            }
            Err(error) => tracing::error!(
                error = format!("{error:#}"),
                "the login of the database was replaced by what is none; the old one stays"
            ),
        }
    }

    /// Closes the connections that rest, one after the other; those in use are closed when they are given back.
    async fn let_go(&self) {
        self.change.is_now();
        for _ in 0..self.pool.num_idle() {
            let Some(connection) = self.pool.try_acquire() else { return };
            // The old role may be gone already, and its connections with it.
            let _ = connection.close().await;
        }
    }
}

/// Begins a transaction, and once more if the login was refused and there is another one. Boxed, as to connect is much code, which would
/// otherwise be compiled anew into every call of every service.
pub(super) fn begin_with(
    pool: &PgPool,
    begin: String,
) -> Pin<Box<dyn Future<Output = sqlx::Result<Transaction<'static, Postgres>>> + Send + '_>> {
    Box::pin(pool::beginning(pool, begin_patiently(pool, begin)))
}

async fn begin_patiently(pool: &PgPool, begin: String) -> sqlx::Result<Transaction<'static, Postgres>> {
    let used = pool.connect_options();
    match begin_to_the_end(pool, begin.clone()).await {
        Err(error) if is_refusal(&error) && is_replaced(pool, &used).await => {
            begin_to_the_end(pool, begin).await
        }
        outcome => outcome,
    }
}

/// Begins also when nobody waits for it any more, so that the transaction is rolled back then: sqlx (0.9) counts a transaction only
/// once its BEGIN was answered. Given up before, it would stay open on the connection, in its user's name, for whoever gets that next.
/// A server that does not answer at all is given up all the same: the connection is closed then.
#[expect(clippy::disallowed_methods, reason = "a task for one statement, which ends with it")]
async fn begin_to_the_end(pool: &PgPool, begin: String) -> sqlx::Result<Transaction<'static, Postgres>> {
    let connection = MaybePoolConnection::PoolConnection(pool.acquire().await?);
    let begin = sqlx::AssertSqlSafe(begin).into_sql_str();
    let beginning =
        tokio::spawn(deadline::within(LONGEST_BEGIN, Transaction::begin(connection, Some(begin))));
    let outcome = beginning.await.map_err(|_| sqlx::Error::WorkerCrashed)?;
    outcome.map_err(|late| sqlx::Error::Io(late.into()))?
}

fn is_refusal(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(|error| error.try_downcast_ref::<PgDatabaseError>());
    code.is_some_and(|error| REFUSED.contains(&error.code()))
}

/// Has the login looked for; true as soon as the pool has another one than `used`.
async fn is_replaced(pool: &PgPool, used: &Arc<PgConnectOptions>) -> bool {
    for look in 0..LOOKS {
        if REFUSALS.is_closed() {
            return false;
        }
        if look % LOOKS_AN_ANNOUNCEMENT == 0 {
            REFUSALS.send_modify(|count| *count += 1);
        }
        if !Arc::ptr_eq(&pool.connect_options(), used) {
            return true;
        }
        tokio::time::sleep(LOOK).await;
    }
    false
}

/// Waits until connections of this pool would sign in otherwise than with `used`: for whoever holds one for ever.
pub async fn login_changed(pool: &PgPool, used: &Arc<PgConnectOptions>) {
    while Arc::ptr_eq(&pool.connect_options(), used) {
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_counts_instead_of_that_of_the_url() {
        let login = SecretString::from(r#"{"username": "b", "password": "p", "engine": "postgres"}"#);

        let options = options(&"postgres://a:x@db:5433/trades".into(), Some(&login)).unwrap();

        assert_eq!((options.get_username(), options.get_host(), options.get_port()), ("b", "db", 5433));
        assert_eq!(options.get_database(), Some("trades"));
    }

    #[test]
    fn what_is_no_login_is_not_shown() {
        for (url, login) in [
            ("canary", None),
            ("postgres://db/a", Some("canary")),
            ("postgres://db/a", Some(r#"{"username": "canary"}"#)),
        ] {
            let refusal =
                format!("{:#}", options(&url.into(), login.map(SecretString::from).as_ref()).unwrap_err());
            assert!(!refusal.contains("canary"), "{refusal}");
        }
    }
}
