//! Putting what rests in a dead queue back to work, as an operator's command.

use crate::{Broker, BrokerError, Settings, bindings, broker::Publisher, dead, inbox};
use anyhow::{Context as _, ensure};
use clap::Args;
use lapin::{
    message::Delivery,
    options::{BasicAckOptions, BasicGetOptions, QueueDeclareOptions},
    types::{FieldTable, ShortString},
};
use runtime::{postgres, process, secrets::Secrets, settings};
use sqlx::{Connection as _, PgConnection};
use std::process::ExitCode;
use uuid::Uuid;

/// Put the events that rest in a dead queue back to work, as if they were new. What fails again rests again.
#[derive(Args, Debug)]
pub struct Redrive {
    /// The queue that they were in, such as `trades.run-import`
    queue: String,
    /// The database of the service that handles them.
    #[command(flatten)]
    postgres: settings::Postgres,
    /// RabbitMQ.
    #[command(flatten)]
    events: Settings,
    /// Where secrets are.
    #[command(flatten)]
    secrets: settings::SecretsManager,
    /// Logs and traces.
    #[command(flatten)]
    telemetry: settings::Telemetry,
}

impl Redrive {
    /// Does it for the service of this name, and says how many events it were.
    pub fn run(self, service: &'static str) -> ExitCode {
        let telemetry = self.telemetry.clone();
        process::run_once(service, &telemetry, self.of(service))
    }

    async fn of(self, service: &str) -> anyhow::Result<()> {
        let known = bindings::queues_of_service(service).collect::<Vec<_>>();
        ensure!(
            known.contains(&self.queue.as_str()),
            "{service} has no queue `{}`; it has {}",
            self.queue,
            known.join(", ")
        );
        let secrets = Secrets::new(&self.secrets);
        let broker = Broker::new(&secrets, &self.events).await?;
        let mut database = postgres::connect_once(&self.postgres, &secrets).await?;
        let moved = redrive(&mut database, &broker, &self.queue).await.with_context(|| {
            format!("not all events of {} were put back; those that were are at work", self.queue)
        })?;
        tracing::info!(queue = self.queue, events = moved, "events were put back to work");
        Ok(())
    }
}

/// Why dead events were not put back to work.
#[derive(Debug, thiserror::Error)]
pub enum RedriveError {
    /// RabbitMQ did not play its part.
    #[error(transparent)]
    Broker(#[from] BrokerError),
    /// Nor did the database.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
}

/// Moves what rests in `<queue>.dead` back into `queue` ([`crate::Consumer::QUEUE`]), to be handled as if it were new: its
/// inbox row and its attempts are forgotten. Returns how many. What fails again meanwhile is not taken twice, and what was handled
/// since is taken away.
pub async fn redrive(database: &mut PgConnection, broker: &Broker, queue: &str) -> Result<u64, RedriveError> {
    let resting = broker.consuming().open().await?;
    let publisher = Publisher::open(broker).await?;
    let dead = broker.dead_queue(queue);
    let look = QueueDeclareOptions { passive: true, ..QueueDeclareOptions::durable() };
    let found = resting.channel.queue_declare(dead.clone(), look, FieldTable::default());
    let count = resting.within("look into the dead queue", found).await?.message_count();
    let mut moved = 0;
    for _ in 0..count {
        let taken = resting.channel.basic_get(dead.clone(), BasicGetOptions::default());
        let Some(message) = resting.within("take a dead letter", taken).await? else { break };
        let is_back = put_back(database, &publisher, queue, broker.queue(queue), &message.delivery).await?;
        let acknowledged = message.delivery.ack(BasicAckOptions::default());
        resting.within("take an acknowledgement", acknowledged).await?;
        moved += u64::from(is_back);
    }
    publisher.channel().close().await;
    resting.close().await;
    Ok(moved)
}

async fn put_back(
    database: &mut PgConnection,
    publisher: &Publisher,
    queue: &str,
    name: ShortString,
    delivery: &Delivery,
) -> Result<bool, RedriveError> {
    let id = delivery.properties.message_id().as_ref().and_then(|id| id.as_str().parse::<Uuid>().ok());
    if let Some(id) = id {
        let mut tx = database.begin().await?;
        let is_resting = inbox::reopen(&mut tx, queue, id).await?;
        tx.commit().await?;
        if !is_resting {
            return Ok(false);
        }
    }
    publisher.publish_one(dead::put_back(name, delivery)).await?;
    Ok(true)
}
