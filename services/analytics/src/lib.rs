//! Statistics over closed trades.
//!
//! Events of the trades service are projected into tables of its own (`consumers`); each call reads them (`db`) and lets
//! the pure `statistics` crate compute (`domain`). `RebuildStatistics` reads everything again from the trades service and
//! must arrive at the same rows.

mod config;
mod consumers;
mod db;
mod domain;
mod error;
mod grpc;

use grpc::Analytics;
use identity::{Verified, Verifier};
use journal_proto::{
    analytics::v1::analytics_service_server::AnalyticsServiceServer,
    trades::v1::trades_service_client::TradesServiceClient,
};
use runtime::{
    Clock, Service, Shutdown,
    grpc::Link,
    health,
    postgres::{self, Planning, Reads},
};
use sqlx::migrate::Migrator;
use tonic::service::Routes;

pub use config::Config;

/// The tables of this service.
pub static MIGRATOR: Migrator = sqlx::migrate!();

/// Everything that its database needs, in order.
pub fn migrators() -> [&'static Migrator; 3] {
    [&postgres::MIGRATOR, &events::MIGRATOR, &MIGRATOR]
}

/// Serves until `shutdown` is requested.
pub async fn run(config: Config, shutdown: Shutdown) -> anyhow::Result<()> {
    let mut service = Service::new("analytics", shutdown, &config.admin);
    runtime::telemetry::install_metrics()?;
    health::serve_admin(&mut service, &config.admin.admin_address)?;
    let clock = Clock::system();
    let pool = postgres::connect(&mut service, "analytics", &config.postgres, Planning::ByValues).await?;
    let settings = (&config.postgres, &config.replica);
    let reads = Reads::open(&mut service, "analytics-replica", settings, Planning::ByValues, &pool).await?;
    postgres::insist_on_isolation(&mut service, &pool);
    let broker = events::Broker::new(service.secrets(), &config.events).await?;
    let verifier = Verifier::connect(&mut service, &config.identity, clock.clone()).await?;
    let calls = &config.identity.calls;
    let key = calls.service_key.open(service.secrets()).await?;
    let trades = TradesServiceClient::new(Link::new("trades", &config.trades_url, calls, &key)?);

    events::spawn_relay(&mut service, &pool, &broker);
    events::spawn_cleanup(&mut service, &pool);
    events::spawn_consumer(&mut service, &pool, &broker, consumers::UpdateStatistics::new(clock.clone()));
    events::spawn_consumer(&mut service, &pool, &broker, consumers::KeepCash::new(clock));
    events::spawn_consumer(&mut service, &pool, &broker, consumers::KeepAccount);
    events::spawn_consumer(&mut service, &pool, &broker, consumers::KeepJournal);
    events::spawn_consumer(&mut service, &pool, &broker, consumers::DropAccount);
    events::spawn_consumer(&mut service, &pool, &broker, consumers::ForgetUser);

    let analytics = AnalyticsServiceServer::new(Analytics::new(pool, reads, trades));
    let routes = Routes::new(Verified::new(analytics, verifier).reads(&["CompareCohorts"]));
    runtime::grpc::serve(&mut service, &config.grpc, routes).await?;
    service.run().await
}
