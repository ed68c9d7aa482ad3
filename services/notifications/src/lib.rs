//! Tells users what happened: an inbox, a live stream, and mail.
//!
//! ```text
//! RabbitMQ -> consumers/<verb>.rs -> one transaction: inbox row, live messages, mail   (db/)
//!                                        | committed
//!                                    live/announcer.rs -> hub of this process, Redis -> hubs of the others
//!                                                                                        |
//! Subscribe <- live/subscription.rs, which reads the rows after the last one it sent  <--+   (or within a second, without Redis)
//! ```
//!
//! - [`domain`](self): what is said (`domain/message.rs` live, `domain/notice.rs` in the inbox and in mail);
//! - `db/<table>.rs`: all SQL; `grpc/<rpc>.rs`: one call each;
//! - `live/`: from a committed row to every subscriber, on any instance; PostgreSQL is the truth, Redis only hurries it;
//! - `mail/`: the queue of mails in the database, emptied over SMTP; off without `SMTP_URL`;
//! - `digest.rs`: the command that queues a mail a week for whoever asked for it.

mod cleanup;
mod config;
mod consumers;
mod db;
mod digest;
mod domain;
mod error;
mod grpc;
mod live;
pub mod mail;

use events::Broker;
use identity::Verifier;
use live::Live;
use mail::Mail;
use runtime::{Clock, Service, Shutdown, health, postgres};
use sqlx::migrate::Migrator;

pub use config::Config;
pub use digest::Digest;

/// This service's own tables.
pub static MIGRATOR: Migrator = sqlx::migrate!();

/// Everything that the database needs, in order.
pub fn migrators() -> [&'static Migrator; 3] {
    [&postgres::MIGRATOR, &events::MIGRATOR, &MIGRATOR]
}

/// Serves until `shutdown` is requested.
pub async fn run(config: Config, shutdown: Shutdown) -> anyhow::Result<()> {
    let mut service = Service::new("notifications", shutdown, &config.admin);
    runtime::telemetry::install_metrics()?;
    health::serve_admin(&mut service, &config.admin.admin_address)?;
    let pool =
        postgres::connect(&mut service, "notifications", &config.postgres, postgres::Planning::ByValues)
            .await?;
    let broker = Broker::new(service.secrets(), &config.events).await?;
    let verifier = Verifier::connect(&mut service, &config.identity, Clock::system()).await?;
    postgres::insist_on_isolation(&mut service, &pool);
    let live = Live::start(&mut service, &pool, &config.redis).await?;
    let mail = Mail::start(&mut service, &pool, &config.mail).await?;
    consumers::spawn(&mut service, &pool, &broker, &live, &mail);
    events::spawn_relay(&mut service, &pool, &broker);
    events::spawn_cleanup(&mut service, &pool);
    cleanup::spawn(&mut service, &pool);
    let routes = grpc::routes(pool, live, verifier);
    runtime::grpc::serve(&mut service, &config.grpc, routes).await?;
    service.run().await
}
