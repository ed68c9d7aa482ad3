//! The trades service: broker files become fills, and fills become round-trip trades.
//!
//! ```text
//! CreateImport -> files + imports -> ImportRequested -> consumers::run_import -> fills -> rebuild -> trades -> TradesChanged
//! ```
//!
//! - [`grpc`]: one file per RPC of `journal.trades.v1`; [`consumers`]: one per reaction to an event;
//! - [`rebuild`]: brings trades up to date with fills and events, wherever these come from; [`amend`]: fills with what is said about
//!   them; [`undo`]: takes an import's fills back; [`regroup`]: merges and splits of trades;
//!   [`journaling`]: what is written about trades; [`relabel`]: what they are sorted by changes;
//! - [`exporting`]: everything that a user has in one file;
//! - [`domain`]: the rules; [`db`]: all SQL; [`files`]: uploaded files; [`wire`]: domain values as messages.

pub mod amend;
mod cleanup;
pub mod config;
pub mod consumers;
pub mod db;
pub mod domain;
pub mod error;
pub mod exporting;
pub mod files;
pub mod grpc;
pub mod journaling;
pub mod progress;
pub mod rebuild;
pub mod regroup;
pub mod relabel;
pub mod undo;
pub mod wire;

pub use config::Config;

use consumers::{ForgetUser, KeepExportPart, RunImport, WriteExport};
use files::Files;
use grpc::App;
use identity::Verifier;
use runtime::{Clock, Service, Shutdown, health, postgres};
use sqlx::migrate::Migrator;

/// This service's own tables.
pub static MIGRATOR: Migrator = sqlx::migrate!();

/// Everything that the database of this service needs, in order.
pub fn migrators() -> [&'static Migrator; 3] {
    [&postgres::MIGRATOR, &events::MIGRATOR, &MIGRATOR]
}

/// Serves until `shutdown`.
pub async fn run(config: Config, shutdown: Shutdown) -> anyhow::Result<()> {
    let clock = Clock::system();
    let mut service = Service::new("trades", shutdown, &config.admin);
    let pool =
        postgres::connect(&mut service, "trades", &config.postgres, postgres::Planning::ByValues).await?;
    let verifier = Verifier::connect(&mut service, &config.identity, clock.clone()).await?;
    postgres::insist_on_isolation(&mut service, &pool);
    let broker = events::Broker::new(service.secrets(), &config.events).await?;
    let files = Files::open(&config.uploads.object_store_url)?;

    files.finish_before_stop(&mut service);
    events::spawn_relay(&mut service, &pool, &broker);
    events::spawn_cleanup(&mut service, &pool);
    let run_import = RunImport { pool: pool.clone(), files: files.clone(), clock: clock.clone() };
    events::spawn_consumer(&mut service, &pool, &broker, run_import);
    events::spawn_consumer(&mut service, &pool, &broker, ForgetUser { files: files.clone() });
    events::spawn_consumer(&mut service, &pool, &broker, KeepExportPart);
    let write_export = WriteExport { pool: pool.clone(), files: files.clone() };
    events::spawn_consumer(&mut service, &pool, &broker, write_export);
    cleanup::spawn(&mut service, &pool, &files);
    let app = App { pool, files, clock, max_upload_bytes: config.uploads.max_upload_bytes };
    runtime::grpc::serve(&mut service, &config.grpc, grpc::routes(app, verifier)).await?;
    health::serve_admin(&mut service, &config.admin.admin_address)?;
    service.run().await
}
