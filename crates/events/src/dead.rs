//! `<queue>.dead`: where events rest that were given up, with the reason why, until someone puts them back to work.

use crate::{
    Broker, BrokerError,
    broker::{Outgoing, PERSISTENT, Publisher, text},
    inbox,
};
use lapin::{
    message::Delivery,
    options::{BasicAckOptions, BasicGetOptions, QueueDeclareOptions},
    types::{AMQPValue, FieldTable, ShortString},
};
use sqlx::PgPool;
use uuid::Uuid;

/// Bytes of the cause that are kept: a header must fit into one frame.
const LONGEST_CAUSE: usize = 2_000;

const CAUSE: &str = "cause";
const ATTEMPTS: &str = "attempts";
const ORIGINAL_ROUTING_KEY: &str = "original-routing-key";

/// The delivery as it rests in `queue`: unchanged but for the headers `cause`, `attempts` and `original-routing-key`.
pub(crate) fn letter(queue: ShortString, delivery: &Delivery, cause: &str, attempts: i32) -> Outgoing {
    let mut headers = delivery.properties.headers().clone().unwrap_or_default();
    headers.insert(CAUSE.into(), text(shortened(cause)));
    headers.insert(ATTEMPTS.into(), AMQPValue::LongInt(attempts));
    if !headers.contains_key(ORIGINAL_ROUTING_KEY) {
        headers.insert(ORIGINAL_ROUTING_KEY.into(), text(delivery.routing_key.as_str()));
    }
    outgoing(queue, delivery, headers)
}

fn shortened(cause: &str) -> &str {
    cause.get(..cause.floor_char_boundary(LONGEST_CAUSE)).unwrap_or(cause)
}

fn outgoing(queue: ShortString, delivery: &Delivery, headers: FieldTable) -> Outgoing {
    Outgoing {
        // The default exchange leads to the queue of that name.
        exchange: "".into(),
        routing_key: queue,
        payload: delivery.data.clone(),
        properties: delivery.properties.clone().with_delivery_mode(PERSISTENT).with_headers(headers),
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
/// inbox row and its attempts are forgotten. Returns how many. What fails again meanwhile is not taken twice.
pub async fn redrive(pool: &PgPool, broker: &Broker, queue: &str) -> Result<u64, RedriveError> {
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
        put_back(pool, &publisher, queue, broker.queue(queue), &message.delivery).await?;
        let acknowledged = message.delivery.ack(BasicAckOptions::default());
        resting.within("take an acknowledgement", acknowledged).await?;
        moved += 1;
    }
    publisher.channel().close().await;
    resting.close().await;
    Ok(moved)
}

async fn put_back(
    pool: &PgPool,
    publisher: &Publisher,
    queue: &str,
    name: ShortString,
    delivery: &Delivery,
) -> Result<(), RedriveError> {
    let id = delivery.properties.message_id().as_ref().and_then(|id| id.as_str().parse::<Uuid>().ok());
    if let Some(id) = id {
        let mut tx = pool.begin().await?;
        inbox::reopen(&mut tx, queue, id).await?;
        tx.commit().await?;
    }
    let headers = delivery.properties.headers().clone().unwrap_or_default();
    publisher.publish_one(outgoing(name, delivery, headers)).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_cause_is_shortened_between_two_characters() {
        let cause = format!("{}é", "x".repeat(LONGEST_CAUSE - 1));

        assert_eq!(shortened(&cause).len(), LONGEST_CAUSE - 1);
        assert_eq!(shortened("brief"), "brief");
    }
}
