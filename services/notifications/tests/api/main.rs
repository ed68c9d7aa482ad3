//! The notifications service from outside: its calls over gRPC, its events over RabbitMQ, its mails over SMTP.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod catalogue;
mod cleanup;
mod digest;
mod fan_out;
mod inbox;
mod isolation;
mod list_notifications;
mod live_messages;
mod mail;
mod mail_address;
mod mark_all_read;
mod mark_read;
mod preferences;
mod proxy;
mod resume;
mod settings;
mod subscribe;
mod support;
mod tls;
mod tls_front;
mod tokens;
