//! Redis, a cache that may vanish at any time.

use crate::{Service, settings};
use anyhow::Context as _;
use deadpool_redis::{
    Config, Pool, PoolConfig, Runtime, Timeouts,
    redis::{
        Client,
        aio::{ConnectionManager, ConnectionManagerConfig},
        cmd,
    },
};
use secrecy::ExposeSecret as _;
use std::time::Duration;

/// How long anybody waits for Redis before going on without it.
const PATIENCE: Duration = Duration::from_millis(250);

/// A pool that connects when it is first used. `/ready` reports Redis without insisting on it.
pub fn connect(service: &Service, settings: &settings::Redis) -> anyhow::Result<Pool> {
    let mut config = Config::from_url(settings.redis_url.expose_secret());
    config.pool = Some(PoolConfig {
        max_size: 16,
        timeouts: Timeouts { wait: Some(PATIENCE), create: Some(PATIENCE), recycle: Some(PATIENCE) },
        ..PoolConfig::default()
    });
    let pool = config.create_pool(Some(Runtime::Tokio1)).context("REDIS_URL is not a Redis URL")?;
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

/// One connection that everybody shares, for commands so short that waiting for one of a pool would take longer. It connects
/// when it is first used, and again when it broke. `/ready` reports Redis without insisting on it.
pub fn share(service: &Service, settings: &settings::Redis) -> anyhow::Result<ConnectionManager> {
    let client = Client::open(settings.redis_url.expose_secret()).context("REDIS_URL is not a Redis URL")?;
    let config = ConnectionManagerConfig::new()
        .set_connection_timeout(Some(PATIENCE))
        .set_response_timeout(Some(PATIENCE))
        .set_number_of_retries(1);
    let shared = ConnectionManager::new_lazy_with_config(client, config)?;
    let checked = shared.clone();
    service.readiness().report("redis", move || {
        let mut connection = checked.clone();
        async move {
            cmd("PING").query_async::<()>(&mut connection).await?;
            Ok(())
        }
    });
    Ok(shared)
}
