//! What can be set about the analytics service.

use clap::Args;
use runtime::settings;

/// All settings of the analytics service.
#[derive(Args, Clone, Debug)]
pub struct Config {
    /// gRPC URL of the trades service, which a rebuild reads from.
    #[arg(long, env = "TRADES_URL", default_value = "http://127.0.0.1:50052")]
    pub trades_url: String,
    /// The gRPC port.
    #[command(flatten)]
    pub grpc: settings::Grpc,
    /// The private port.
    #[command(flatten)]
    pub admin: settings::Admin,
    /// This service's database.
    #[command(flatten)]
    pub postgres: settings::Postgres,
    /// Where statistics are read, if that is another server.
    #[command(flatten)]
    pub replica: settings::Replica,
    /// The event broker.
    #[command(flatten)]
    pub events: events::Settings,
    /// Keys of access tokens.
    #[command(flatten)]
    pub identity: identity::Settings,
    /// Logs and traces.
    #[command(flatten)]
    pub telemetry: settings::Telemetry,
}
