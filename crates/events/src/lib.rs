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
//! - [`redrive`]: puts what rests in `<queue>.dead` back to work;
//! - [`spawn_cleanup`]: forgets what was handled long ago;
//! - [`Broker`], [`Settings`]: the connections to RabbitMQ, rebuilt whenever they break or hang.
//!
//! Append only events that some queue is bound to: RabbitMQ returns what nobody wants, and the outbox keeps it and tries
//! again, since a consumer that was never started yet must not miss it. Order is not promised.

mod backoff;
mod broker;
mod consumer;
mod dead;
pub mod departures;
mod event;
mod inbox;
pub mod outbox;
pub mod portions;
mod relay;
mod settings;

pub use broker::{Broker, BrokerError};
pub use consumer::{Consumer, Failure, spawn_consumer};
pub use dead::{RedriveError, redrive};
pub use event::Event;
pub use inbox::spawn_cleanup;
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
