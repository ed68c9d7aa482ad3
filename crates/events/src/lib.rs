//! Telling others what happened: an event leaves with the change that caused it, and takes effect once in each consumer.
//!
//! ```text
//! change + outbox::append   relay                     RabbitMQ                            Consumer
//! one transaction       ->  publish, await confirm -> topic exchange -> a quorum queue -> inbox row + effect, one transaction
//! ```
//!
//! - [`Event`]: any named protobuf message; its full name is the routing key;
//! - [`outbox`]: append an event to the current transaction;
//! - [`spawn_relay`]: publishes what the outbox holds, for as long as it takes;
//! - [`Consumer`], [`Failure`], [`spawn_consumer`]: one type for each reaction; duplicates never reach it;
//! - [`departures`], [`portions`]: what becomes of a user's rows who leaves, or wants to have them;
//! - [`redrive`], [`Redrive`]: puts what rests in `<queue>.dead` back to work, as an operator's command;
//! - [`spawn_cleanup`]: forgets what was handled long ago;
//! - [`Broker`], [`Settings`]: the connections to RabbitMQ, rebuilt whenever they break or hang.
//!
//! All consumers of all services are listed in `bindings`: the relay declares their queues before the first event of a kind, so that a
//! service that was never started yet misses nothing. Append only events that some queue is bound to: RabbitMQ returns what nobody
//! wants, and the outbox keeps it and tries again. Order is not promised.

mod backoff;
mod bindings;
mod broker;
mod consumer;
mod dead;
pub mod departures;
mod event;
mod inbox;
pub mod outbox;
pub mod portions;
mod redrive;
mod relay;
mod settings;

pub use broker::{Broker, BrokerError};
pub use consumer::{Consumer, Failure, spawn_consumer};
pub use event::Event;
pub use inbox::spawn_cleanup;
pub use redrive::{Redrive, RedriveError, redrive};
pub use relay::spawn_relay;
pub use settings::{AmqpUrl, Settings};

use sqlx::migrate::Migrator;
use std::sync::LazyLock;

/// The tables `outbox`, `inbox` and `inbox_attempts`.
pub static MIGRATOR: LazyLock<Migrator> = LazyLock::new(|| {
    let mut migrator = sqlx::migrate!();
    migrator.dangerous_set_table_name("_events_migrations");
    migrator
});
