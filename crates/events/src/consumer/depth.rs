//! How many messages wait in a consumer's queue, and how many rest in its dead one.

use super::Consumer;
use crate::{Broker, BrokerError, broker::OpenChannel};
use lapin::{
    options::QueueDeclareOptions,
    types::{FieldTable, ShortString},
};
use std::{convert::Infallible, time::Duration};

const EVERY: Duration = Duration::from_secs(10);

/// Measures both queues every few seconds, until the channel breaks.
pub(super) async fn watch<C: Consumer>(
    broker: &Broker,
    open: &OpenChannel,
) -> Result<Infallible, BrokerError> {
    let dead = format!("{}.dead", C::QUEUE);
    loop {
        let waiting = messages(open, broker.queue(C::QUEUE)).await?;
        metrics::gauge!("messaging.queue.messages", "messaging.destination.name" => C::QUEUE).set(waiting);
        let resting = messages(open, broker.dead_queue(C::QUEUE)).await?;
        metrics::gauge!("messaging.queue.messages", "messaging.destination.name" => dead.clone())
            .set(resting);
        tokio::time::sleep(EVERY).await;
    }
}

async fn messages(open: &OpenChannel, queue: ShortString) -> Result<u32, BrokerError> {
    let look = QueueDeclareOptions { passive: true, ..QueueDeclareOptions::durable() };
    let found = open.channel.queue_declare(queue, look, FieldTable::default());
    Ok(open.within("look into a queue", found).await?.message_count())
}
