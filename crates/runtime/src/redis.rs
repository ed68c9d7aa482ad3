//! Redis, a cache that may vanish at any time, and whose login may change.

use crate::{
    Service,
    secrets::{Parsed, Secret},
    settings,
};
use anyhow::Context as _;
use deadpool_redis::{
    Config, Connection, PoolConfig, PoolError, Runtime, Timeouts,
    redis::{
        Client, ErrorKind, IntoConnectionInfo as _, RedisError,
        aio::{ConnectionManager, ConnectionManagerConfig},
        cmd,
        io::tcp::TcpSettings,
    },
};
use secrecy::{ExposeSecret as _, SecretString};
use std::{sync::Arc, time::Duration};

/// How long anybody waits for Redis before going on without it.
const PATIENCE: Duration = Duration::from_millis(250);
const NO_URL: &str = "REDIS_URL is not a Redis URL (redis://user:password@host:port)";

/// Connects when it is first used, each time with the login as it is then. Clones share connections.
#[derive(Clone)]
pub struct Pool {
    url: Secret,
    pool: Arc<Parsed<deadpool_redis::Pool>>,
}

/// A pool of connections. `/ready` reports Redis without insisting on it.
pub async fn connect(service: &Service, settings: &settings::Redis) -> anyhow::Result<Pool> {
    let url = settings.redis_url.open(service.secrets()).await?;
    let pool = Arc::new(Parsed::new("REDIS_URL", &url, pool_of)?);
    let pool = Pool { url, pool };
    let checked = pool.clone();
    service.readiness().report("redis", move || {
        let pool = checked.clone();
        async move {
            cmd("PING").query_async::<()>(&mut pool.get().await?).await?;
            Ok(())
        }
    });
    Ok(pool)
}

fn pool_of(url: &SecretString) -> anyhow::Result<deadpool_redis::Pool> {
    let mut config = Config::from_url(url.expose_secret());
    config.pool = Some(PoolConfig {
        max_size: 16,
        timeouts: Timeouts { wait: Some(PATIENCE), create: Some(PATIENCE), recycle: Some(PATIENCE) },
        ..PoolConfig::default()
    });
    config.create_pool(Some(Runtime::Tokio1)).ok().context(NO_URL)
}

impl Pool {
    /// A connection. A login that is refused is looked for, and tried once more when it is another one.
    pub async fn get(&self) -> Result<Connection, PoolError> {
        let used = self.url.current();
        match self.pool.current().get().await {
            Err(PoolError::Backend(error)) if is_refusal(&error) && self.url.renew(&used).await => {
                self.pool.current().get().await
            }
            got => got,
        }
    }

    /// What opens a connection that nobody else uses, such as one that listens.
    pub fn client(&self) -> Result<Client, RedisError> {
        client_of(&self.url.current())
    }

    /// Has the login looked for, if this error says that it was refused.
    pub async fn notice(&self, error: &RedisError) {
        if is_refusal(error) {
            self.url.renew(&self.url.current()).await;
        }
    }
}

/// One connection that everybody shares, for commands so short that waiting for one of a pool would take longer. It connects when it
/// is first used, and again when it broke or the login is another one. Clones share it.
#[derive(Clone)]
pub struct Shared {
    url: Secret,
    connection: Arc<Parsed<ConnectionManager>>,
}

/// A connection that everybody shares. `/ready` reports Redis without insisting on it.
pub async fn share(service: &Service, settings: &settings::Redis) -> anyhow::Result<Shared> {
    let url = settings.redis_url.open(service.secrets()).await?;
    let connection = Arc::new(Parsed::new("REDIS_URL", &url, connection_of)?);
    let shared = Shared { url, connection };
    let checked = shared.clone();
    service.readiness().report("redis", move || {
        let shared = checked.clone();
        async move {
            let asked = cmd("PING").query_async::<()>(&mut shared.connection()).await;
            if let Err(error) = &asked {
                shared.notice(error);
            }
            Ok(asked?)
        }
    });
    Ok(shared)
}

fn connection_of(url: &SecretString) -> anyhow::Result<ConnectionManager> {
    let client = client_of(url).ok().context(NO_URL)?;
    let config = ConnectionManagerConfig::new()
        .set_connection_timeout(Some(PATIENCE))
        .set_response_timeout(Some(PATIENCE))
        .set_number_of_retries(1);
    Ok(ConnectionManager::new_lazy_with_config(client, config)?)
}

/// Nobody's command waits until Redis has acknowledged somebody else's.
fn client_of(url: &SecretString) -> Result<Client, RedisError> {
    let info = url.expose_secret().into_connection_info()?;
    Client::open(info.set_tcp_settings(TcpSettings::default().set_nodelay(true)))
}

impl Shared {
    /// The connection.
    pub fn connection(&self) -> ConnectionManager {
        self.connection.current().as_ref().clone()
    }

    /// Has the login looked for, if this error says that it was refused; nobody waits for it.
    pub fn notice(&self, error: &RedisError) {
        if is_refusal(error) {
            let url = self.url.clone();
            #[expect(clippy::disallowed_methods, reason = "it is one question with a deadline")]
            tokio::spawn(async move { url.renew(&url.current()).await });
        }
    }
}

/// True when Redis said that this login is none, or asked for one.
fn is_refusal(error: &RedisError) -> bool {
    error.kind() == ErrorKind::AuthenticationFailed || matches!(error.code(), Some("WRONGPASS" | "NOAUTH"))
}
