//! The settings of the service: `trades serve --help` shows them.

use clap::Args;
use runtime::settings::{Admin, Grpc, Postgres, Telemetry};

/// Everything that `serve` can be told.
#[derive(Args, Clone, Debug)]
pub struct Config {
    /// Logs and traces.
    #[command(flatten)]
    pub telemetry: Telemetry,
    /// The private port for operators.
    #[command(flatten)]
    pub admin: Admin,
    /// The gRPC port.
    #[command(flatten)]
    pub grpc: Grpc,
    /// The database.
    #[command(flatten)]
    pub postgres: Postgres,
    /// RabbitMQ.
    #[command(flatten)]
    pub events: events::Settings,
    /// Who may call.
    #[command(flatten)]
    pub identity: identity::Settings,
    /// The uploaded files.
    #[command(flatten)]
    pub uploads: Uploads,
}

/// Where uploaded files go, and how large they may be.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Uploaded files")]
pub struct Uploads {
    /// `file:///absolute/folder` (created if missing) or `s3://bucket/prefix` (with the usual `AWS_` environment variables).
    #[arg(long, env = "OBJECT_STORE_URL")]
    pub object_store_url: String,
    /// The largest file that is taken, in bytes.
    #[arg(long, env = "MAX_UPLOAD_BYTES", default_value_t = 10 * 1024 * 1024)]
    pub max_upload_bytes: u64,
}
