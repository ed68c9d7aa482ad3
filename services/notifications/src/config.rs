//! What can be set about the notifications service.

use crate::mail;
use clap::Args;
use runtime::settings;

/// All settings of the notifications service.
#[derive(Args, Clone, Debug)]
pub struct Config {
    /// Where gRPC is served.
    #[command(flatten)]
    pub grpc: settings::Grpc,
    /// The private port.
    #[command(flatten)]
    pub admin: settings::Admin,
    /// The database `notifications`.
    #[command(flatten)]
    pub postgres: settings::Postgres,
    /// The loudspeaker between instances.
    #[command(flatten)]
    pub redis: settings::Redis,
    /// Where events come from.
    #[command(flatten)]
    pub events: events::Settings,
    /// Whose tokens are trusted.
    #[command(flatten)]
    pub identity: identity::Settings,
    /// How mail leaves.
    #[command(flatten)]
    pub mail: mail::Settings,
    /// Logs and traces.
    #[command(flatten)]
    pub telemetry: settings::Telemetry,
}
