//! The way out of a relay: a channel that confirms, the exchange, and the queues that what is published there belongs to.

use crate::{
    Broker, BrokerError, bindings,
    broker::{Outgoing, Publisher, Receipt},
};
use lapin::types::ShortString;
use std::collections::HashSet;

/// After an error it is of no more use.
pub(super) struct Outlet {
    broker: Broker,
    publisher: Publisher,
    /// Kinds of events whose queues were seen to be there, by this channel.
    settled: HashSet<ShortString>,
}

impl Outlet {
    pub async fn open(broker: &Broker) -> Result<Self, BrokerError> {
        let publisher = Publisher::open(broker).await?;
        broker.declare_exchange(publisher.channel()).await?;
        Ok(Self { broker: broker.clone(), publisher, settled: HashSet::new() })
    }

    pub fn is_usable(&self) -> bool {
        self.publisher.channel().is_usable()
    }

    pub fn exchange(&self) -> ShortString {
        self.broker.exchange()
    }

    /// Publishes `window` and waits for all its confirms. The receipts are in the window's order.
    pub async fn publish(&mut self, window: &[Outgoing]) -> Result<Vec<Receipt>, BrokerError> {
        for message in window {
            self.settle(&message.routing_key).await?;
        }
        self.publisher.publish(window).await
    }

    /// The exchange copies an event into the queues that are bound at that moment: with one consumer's queue there, it would be
    /// confirmed, and be lost to the others that have not been started yet.
    async fn settle(&mut self, event: &ShortString) -> Result<(), BrokerError> {
        if self.broker.is_alone() || self.settled.contains(event) {
            return Ok(());
        }
        for queue in bindings::queues_of(event.as_str()) {
            self.broker.declare_queue(self.publisher.channel(), queue, event.as_str()).await?;
        }
        self.settled.insert(event.clone());
        Ok(())
    }
}
