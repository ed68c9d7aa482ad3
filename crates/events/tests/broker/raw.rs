//! RabbitMQ as it is: to publish what no relay would, and to look into queues.

use crate::{
    recorder::{Noted, QUEUE},
    support::World,
};
use lapin::{
    BasicProperties, Channel, Connection, ConnectionProperties, Queue,
    message::Delivery,
    options::{
        BasicAckOptions, BasicGetOptions, BasicNackOptions, BasicPublishOptions, ConfirmSelectOptions,
        QueueDeclareOptions,
    },
    types::{AMQPValue, FieldTable},
};
use prost::{Message as _, Name as _};
use secrecy::ExposeSecret as _;
use testing::eventually;
use uuid::Uuid;

/// A connection of the test's own.
pub struct Raw {
    _connection: Connection,
    channel: Channel,
    prefix: String,
}

impl Raw {
    pub async fn of(world: &World) -> Self {
        let options = ConnectionProperties::default().with_connection_name("test".into());
        let connection =
            Connection::connect(world.settings.amqp_url.value().unwrap().expose_secret(), options)
                .await
                .unwrap();
        let channel = connection.create_channel().await.unwrap();
        channel.confirm_select(ConfirmSelectOptions::default()).await.unwrap();
        Self { _connection: connection, channel, prefix: world.settings.amqp_prefix.clone() }
    }

    /// Publishes straight into the recorder's queue, as soon as that takes messages.
    pub async fn send(&self, properties: BasicProperties, payload: &[u8]) {
        let queue = format!("{}{QUEUE}", self.prefix);
        let options = BasicPublishOptions { mandatory: true, ..BasicPublishOptions::default() };
        eventually("the queue takes a message", async || {
            let (to, properties) = (queue.clone().into(), properties.clone());
            let sent = self.channel.basic_publish("".into(), to, options, payload, properties).await;
            let confirmation = sent.unwrap().await.unwrap();
            (confirmation.is_ack() && confirmation.take_message().is_none()).then_some(())
        })
        .await;
    }

    /// Lays a dead letter (again) where it was taken from.
    pub async fn lay_dead(&self, letter: &Delivery) {
        let queue = format!("{}{QUEUE}.dead", self.prefix);
        let (options, properties) = (BasicPublishOptions::default(), letter.properties.clone());
        let sent =
            self.channel.basic_publish("".into(), queue.into(), options, &letter.data, properties).await;
        assert!(sent.unwrap().await.unwrap().is_ack());
    }

    /// Publishes a note under the given id, as a relay would.
    pub async fn send_note(&self, id: Uuid, note: &str) {
        self.send(properties(id), &Noted::new(note).encode_to_vec()).await;
    }

    /// Messages that wait in the queue with this suffix.
    pub async fn waiting(&self, suffix: &str) -> u32 {
        self.look(suffix).await.message_count()
    }

    /// Subscriptions to the recorder's queue.
    pub async fn subscriptions(&self) -> u32 {
        self.look("").await.consumer_count()
    }

    async fn look(&self, suffix: &str) -> Queue {
        let look = QueueDeclareOptions { passive: true, ..QueueDeclareOptions::durable() };
        let queue = format!("{}{QUEUE}{suffix}", self.prefix);
        self.channel.queue_declare(queue.into(), look, FieldTable::default()).await.unwrap()
    }

    /// Takes the next message of the recorder's queue and gives it back: it is redelivered from then on.
    pub async fn give_back(&self) {
        let queue = format!("{}{QUEUE}", self.prefix);
        eventually("a message", async || {
            let taken = self.channel.basic_get(queue.clone().into(), BasicGetOptions::default()).await;
            let options = BasicNackOptions { requeue: true, multiple: false };
            taken.unwrap()?.delivery.nack(options).await.unwrap();
            Some(())
        })
        .await;
    }

    /// Takes the next dead letter, once it is there.
    pub async fn dead_letter(&self) -> Delivery {
        let queue = format!("{}{QUEUE}.dead", self.prefix);
        eventually("a dead letter", async || {
            let taken = self.channel.basic_get(queue.clone().into(), BasicGetOptions::default()).await;
            let delivery = taken.unwrap()?.delivery;
            delivery.ack(BasicAckOptions::default()).await.unwrap();
            Some(delivery)
        })
        .await
    }
}

/// What the relay sets.
pub fn properties(id: Uuid) -> BasicProperties {
    BasicProperties::default().with_message_id(id.to_string().into()).with_type(Noted::full_name().into())
}

/// Waits until the recorder's queues are declared.
pub async fn queue_of(world: &World, instance: &crate::support::Instance) -> Raw {
    instance.rabbitmq_becomes("ok").await;
    eventually("the recorder's queue", async || {
        let raw = Raw::of(world).await;
        let look = QueueDeclareOptions { passive: true, ..QueueDeclareOptions::durable() };
        let queue = format!("{}{QUEUE}", raw.prefix);
        let found = raw.channel.queue_declare(queue.into(), look, FieldTable::default()).await;
        found.is_ok().then_some(raw)
    })
    .await
}

/// A text header of a dead letter.
pub fn header(delivery: &Delivery, name: &str) -> String {
    let headers = delivery.properties.headers().as_ref().unwrap();
    match headers.inner().get(name) {
        Some(AMQPValue::LongString(text)) => text.to_string(),
        Some(AMQPValue::LongInt(number)) => number.to_string(),
        other => panic!("header {name} is {other:?}"),
    }
}
