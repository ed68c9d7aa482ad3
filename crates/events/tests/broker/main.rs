//! Events from a committed change to their effect elsewhere, over a real RabbitMQ and a real PostgreSQL.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "tests and their fixtures fail by panicking, and are no service"
)]

mod broker_restarts;
mod cleanup;
mod crash;
mod dead;
mod departures;
mod duplicates;
mod failures;
mod fault_proxy;
mod outages;
mod outbox;
mod own_rabbitmq;
mod raw;
mod recorder;
mod stop;
mod support;
mod tracing;
mod unstarted;
