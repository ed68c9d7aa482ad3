//! RabbitMQ: one connection that publishes and one that consumes, opened when needed and rebuilt when they broke or hang.

mod error;
mod link;
mod publisher;
mod socket;

pub use error::BrokerError;
pub(crate) use link::OpenChannel;
pub(crate) use publisher::{Outgoing, PERSISTENT, Publisher, Receipt};

use crate::{AmqpUrl, Settings};
use anyhow::{anyhow, ensure};
use lapin::{
    ExchangeKind,
    options::{ExchangeDeclareOptions, QueueBindOptions, QueueDeclareOptions},
    types::{AMQPValue, FieldTable, ShortString},
    uri::AMQPUri,
};
use link::Link;
use runtime::{
    Service,
    secrets::{Named as _, Secrets},
};
use secrecy::{ExposeSecret as _, SecretString};
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// AMQP names hold 255 bytes: what a prefix leaves is plenty for a queue's own name.
const LONGEST_PREFIX: usize = 100;

/// The way to RabbitMQ. Clones share its connections; each is opened when it is first used.
#[derive(Clone)]
pub struct Broker {
    inner: Arc<Inner>,
}

struct Inner {
    prefix: String,
    alone: bool,
    // RabbitMQ stops reading a connection that publishes while memory is short: acknowledgements must not wait behind it.
    publishing: Link,
    consuming: Link,
    reported: AtomicBool,
}

impl Broker {
    /// Checks the settings; connects to nothing yet. Each connection signs in with the login as it is then.
    pub async fn new(secrets: &Secrets, settings: &Settings) -> anyhow::Result<Self> {
        let url = settings.amqp_url.open(secrets).await?;
        uri_of(&url.current())?;
        let prefix = settings.amqp_prefix.clone();
        ensure!(prefix.len() <= LONGEST_PREFIX, "AMQP_PREFIX is longer than {LONGEST_PREFIX} bytes");
        let publishing = Link::new(&url, "publishing");
        let consuming = Link::new(&url, "consuming");
        Ok(Self {
            inner: Arc::new(Inner {
                prefix,
                alone: settings.amqp_alone,
                publishing,
                consuming,
                reported: AtomicBool::new(false),
            }),
        })
    }

    pub(crate) fn publishing(&self) -> &Link {
        &self.inner.publishing
    }

    pub(crate) fn consuming(&self) -> &Link {
        &self.inner.consuming
    }

    /// Whether no other service is to be thought of.
    pub(crate) fn is_alone(&self) -> bool {
        self.inner.alone
    }

    /// The topic exchange that every event goes through.
    pub(crate) fn exchange(&self) -> ShortString {
        self.name("journal.events")
    }

    /// The queue of a consumer.
    pub(crate) fn queue(&self, queue: &str) -> ShortString {
        self.name(queue)
    }

    /// Where events rest that a consumer gave up on.
    pub(crate) fn dead_queue(&self, queue: &str) -> ShortString {
        self.name(&format!("{queue}.dead"))
    }

    fn name(&self, name: &str) -> ShortString {
        format!("{}{name}", self.inner.prefix).into()
    }

    pub(crate) async fn declare_exchange(&self, open: &OpenChannel) -> Result<(), BrokerError> {
        let options = ExchangeDeclareOptions { durable: true, ..ExchangeDeclareOptions::default() };
        let declared = open.channel.exchange_declare(
            self.exchange(),
            ExchangeKind::Topic,
            options,
            FieldTable::default(),
        );
        open.within("declare the exchange", declared).await
    }

    /// Declares a consumer's queue, bound to one kind of event, and the queue where its failures rest.
    pub(crate) async fn declare_queue(
        &self,
        open: &OpenChannel,
        queue: &str,
        routing_key: &str,
    ) -> Result<(), BrokerError> {
        self.declare_exchange(open).await?;
        let (name, dead) = (self.queue(queue), self.dead_queue(queue));
        declare_quorum(open, dead.clone(), FieldTable::default()).await?;
        declare_quorum(open, name.clone(), resting_in(&dead)).await?;
        let bound = open.channel.queue_bind(
            name,
            self.exchange(),
            routing_key.into(),
            QueueBindOptions::default(),
            FieldTable::default(),
        );
        open.within("bind the queue", bound).await
    }

    /// Reports the connections in use as the optional dependency `rabbitmq` of `/ready`.
    pub(crate) fn report(&self, service: &Service) {
        if self.inner.reported.swap(true, Ordering::Relaxed) {
            return;
        }
        let broker = self.clone();
        service.readiness().report("rabbitmq", move || {
            let broker = broker.clone();
            async move {
                broker.publishing().check()?;
                broker.consuming().check()?;
                Ok(())
            }
        });
    }
}

/// No error repeats the URL.
fn uri_of(url: &SecretString) -> anyhow::Result<AMQPUri> {
    let uri = url.expose_secret().parse();
    uri.map_err(|_| anyhow!("AMQP_URL is not an AMQP URL ({})", AmqpUrl::ADVICE))
}

async fn declare_quorum(
    open: &OpenChannel,
    queue: ShortString,
    mut arguments: FieldTable,
) -> Result<(), BrokerError> {
    arguments.insert("x-queue-type".into(), text("quorum"));
    let declared = open.channel.queue_declare(queue, QueueDeclareOptions::durable(), arguments);
    open.within("declare the queue", declared).await?;
    Ok(())
}

/// Attempts are counted in the inbox. Brokers from 4.0 on have a delivery limit of their own all the same: what exceeds it
/// must rest with the other failures instead of being dropped.
fn resting_in(dead: &ShortString) -> FieldTable {
    let mut arguments = FieldTable::default();
    arguments.insert("x-dead-letter-exchange".into(), text(""));
    arguments.insert("x-dead-letter-routing-key".into(), text(dead.as_str()));
    arguments.insert("x-dead-letter-strategy".into(), text("at-least-once"));
    arguments.insert("x-overflow".into(), text("reject-publish"));
    arguments
}

pub(crate) fn text(value: &str) -> AMQPValue {
    AMQPValue::LongString(value.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(url: &str, prefix: &str) -> Settings {
        Settings { amqp_url: url.into(), amqp_prefix: prefix.to_owned(), amqp_alone: false }
    }

    async fn broker(url: &str, prefix: &str) -> anyhow::Result<Broker> {
        Broker::new(&Secrets::default(), &settings(url, prefix)).await
    }

    #[tokio::test]
    async fn every_name_carries_the_prefix() {
        let broker = broker("amqp://localhost", "test-1.").await.unwrap();

        assert_eq!(broker.exchange().as_str(), "test-1.journal.events");
        assert_eq!(broker.queue("trades.run-import").as_str(), "test-1.trades.run-import");
        assert_eq!(broker.dead_queue("trades.run-import").as_str(), "test-1.trades.run-import.dead");
    }

    #[tokio::test]
    async fn a_malformed_url_is_refused_without_repeating_its_password() {
        let error = broker("http://user:hunter2@localhost", "").await.err().unwrap();

        assert_eq!(
            format!("{error:#}"),
            "AMQP_URL is not an AMQP URL (amqp://user:password@host:port/virtual-host)"
        );
    }

    #[tokio::test]
    async fn a_prefix_that_leaves_no_room_for_names_is_refused() {
        assert!(broker("amqp://localhost", &"x".repeat(101)).await.is_err());
    }
}
