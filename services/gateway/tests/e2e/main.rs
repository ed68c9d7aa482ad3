//! The whole product: five services over real PostgreSQL, RabbitMQ and Redis, driven as a client drives it.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

mod access;
mod api_keys;
mod bad_tokens;
mod bars;
mod broken_files;
mod browsers;
mod by_hand;
mod canaries;
mod coding;
mod conditions;
mod contract;
mod credentials;
mod cross_site;
mod cursors;
mod deadlines;
mod enumeration;
mod fleet;
mod hostile_bodies;
mod hostile_requests;
mod hung;
mod idempotency;
mod journey;
mod keys;
mod mappings;
mod mfa;
mod outages;
mod outlook;
mod overload;
mod rate_limits;
mod rates;
mod raw;
mod rebuild;
mod regroupings;
mod replay;
mod revocation;
mod sessions;
mod slow_clients;
mod statistics;
mod strangers;
mod strategies;
mod tax;
mod tracing;
mod two_instances;
mod user;
