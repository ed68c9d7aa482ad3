//! Hints between instances over a channel of Redis. What is lost here is found a second later by the lookout.

use super::hub::Hub;
use deadpool_redis::redis::{RedisError, pipe};
use futures_util::StreamExt as _;
use identity::UserId;
use runtime::{Service, data_version::DataVersions, redis::Pool, settings};
use serde::{Deserialize, Serialize};
use std::{sync::Arc, time::Duration};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// How long the announcer waits for Redis before it goes on without.
const PATIENCE: Duration = Duration::from_millis(250);
const CONNECT_DEADLINE: Duration = Duration::from_secs(2);
const RECONNECT_AFTER: Duration = Duration::from_secs(1);

/// The channel `<prefix>live`.
#[derive(Clone)]
pub(super) struct Loudspeaker {
    pool: Pool,
    channel: Arc<str>,
    versions: DataVersions,
}

/// What goes over the channel.
#[derive(Serialize, Deserialize)]
struct Hint {
    user_id: Uuid,
    seq: u64,
}

#[derive(Debug, thiserror::Error)]
enum Fault {
    #[error(transparent)]
    Redis(#[from] RedisError),
    #[error(transparent)]
    Pool(#[from] deadpool_redis::PoolError),
    #[error("no answer in time")]
    Silent(#[from] tokio::time::error::Elapsed),
    #[error("the connection was closed")]
    Closed,
}

impl Loudspeaker {
    /// Connects when it is first used.
    pub async fn connect(service: &Service, settings: &settings::Redis) -> anyhow::Result<Self> {
        let pool = runtime::redis::connect(service, settings).await?;
        let channel = format!("{}live", settings.redis_prefix).into();
        let versions = DataVersions::new(&settings.redis_prefix);
        Ok(Self { pool, channel, versions })
    }

    /// Tells all instances which messages there are. Failing is no fault.
    pub async fn say(&self, hints: &[(UserId, u64)]) {
        let outcome = match timeout(PATIENCE, self.publish(hints)).await {
            Ok(outcome) => outcome,
            Err(elapsed) => Err(elapsed.into()),
        };
        if let Err(fault) = outcome {
            metrics::counter!("live.hints.unsaid").increment(1);
            tracing::debug!(%fault, "other instances hear of live messages late");
        }
    }

    async fn publish(&self, hints: &[(UserId, u64)]) -> Result<(), Fault> {
        let mut connection = self.pool.get().await?;
        let mut batch = pipe();
        for (user, seq) in hints {
            // Whoever hears of it reads nothing from before.
            self.versions.renew_in(&mut batch, user.0);
            let hint = Hint { user_id: user.0, seq: *seq };
            let text = serde_json::to_string(&hint).unwrap_or_default();
            batch.cmd("PUBLISH").arg(&*self.channel).arg(text).ignore();
        }
        batch.query_async::<()>(&mut connection).await?;
        Ok(())
    }

    /// Passes on what other instances say, until `stopping`.
    pub async fn hear(self, hub: Arc<Hub>, stopping: CancellationToken) -> anyhow::Result<()> {
        let mut deaf = false;
        loop {
            let ended = tokio::select! {
                () = stopping.cancelled() => return Ok(()),
                fault = self.pass_on(&hub, &mut deaf) => fault,
            };
            if !deaf {
                deaf = true;
                tracing::warn!(fault = %ended, "cannot hear other instances: live messages may come a second late");
            }
            tokio::select! {
                () = stopping.cancelled() => return Ok(()),
                () = tokio::time::sleep(RECONNECT_AFTER) => {}
            }
        }
    }

    async fn pass_on(&self, hub: &Hub, deaf: &mut bool) -> Fault {
        let subscribed = async {
            // With the login as it is now; a connection that listens already goes on with the one it has.
            let client = self.pool.client()?;
            let mut channel = timeout(CONNECT_DEADLINE, client.get_async_pubsub()).await??;
            timeout(CONNECT_DEADLINE, channel.subscribe(&*self.channel)).await??;
            Ok::<_, Fault>(channel)
        };
        let channel = match subscribed.await {
            Ok(channel) => channel,
            Err(fault) => {
                if let Fault::Redis(error) = &fault {
                    self.pool.notice(error).await;
                }
                return fault;
            }
        };
        if std::mem::take(deaf) {
            tracing::info!("hearing other instances again");
        }
        let mut messages = channel.into_on_message();
        while let Some(message) = messages.next().await {
            if let Ok(hint) = serde_json::from_slice::<Hint>(message.get_payload_bytes()) {
                hub.hint(UserId(hint.user_id), hint.seq);
            }
        }
        Fault::Closed
    }
}
