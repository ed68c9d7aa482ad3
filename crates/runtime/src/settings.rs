//! Groups of settings that several services share: each option is a flag and an environment variable.

use crate::Listen;
use clap::{Args, ValueEnum};
use secrecy::SecretString;
use std::time::Duration;

/// Parses a duration written in whole seconds.
pub fn seconds(text: &str) -> Result<Duration, std::num::ParseIntError> {
    text.parse().map(Duration::from_secs)
}

/// Logs and traces.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Telemetry")]
pub struct Telemetry {
    /// How log lines are written.
    #[arg(long, env = "LOG_FORMAT", value_enum, default_value_t = LogFormat::Json)]
    pub log_format: LogFormat,
    /// Which log lines are written (tracing-subscriber's filter syntax).
    #[arg(long = "log", env = "RUST_LOG", default_value = "info")]
    pub log: String,
    /// OTLP/gRPC collector that traces are sent to; absent: none are sent.
    #[arg(long, env = "OTEL_EXPORTER_OTLP_ENDPOINT")]
    pub otlp_endpoint: Option<String>,
}

/// How log lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// One JSON object a line.
    Json,
    /// For people.
    Text,
}

/// The private port for operators.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Operations")]
pub struct Admin {
    /// Private address that serves /metrics, /health and /ready over HTTP.
    #[arg(long, env = "ADMIN_ADDRESS", default_value = "127.0.0.1:9464")]
    pub admin_address: Listen,
    /// Seconds between "not ready" and the end of accepting, for the load balancer to notice.
    #[arg(long, env = "DRAIN_SECONDS", default_value = "0", value_parser = seconds)]
    pub drain: Duration,
}

/// The gRPC port.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "gRPC")]
pub struct Grpc {
    /// Address that serves gRPC.
    #[arg(long, env = "GRPC_ADDRESS", default_value = "127.0.0.1:50051")]
    pub grpc_address: Listen,
}

/// This service's own PostgreSQL database.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "PostgreSQL")]
pub struct Postgres {
    /// URL of the database, with the application role (not the owner).
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    pub database_url: SecretString,
    /// Most connections this process opens.
    #[arg(long, env = "DATABASE_MAX_CONNECTIONS", default_value_t = 10)]
    pub database_max_connections: u32,
}

/// What the `migrate` subcommand needs.
#[derive(Args, Clone, Debug)]
pub struct Migration {
    /// URL of the database, with the role that owns its tables.
    #[arg(long, env = "MIGRATION_DATABASE_URL", hide_env_values = true)]
    pub migration_database_url: SecretString,
    /// Logs and traces.
    #[command(flatten)]
    pub telemetry: Telemetry,
}

/// Redis: a cache and a loudspeaker. Everything works without it, only slower.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Redis")]
pub struct Redis {
    /// URL of Redis.
    #[arg(long, env = "REDIS_URL", hide_env_values = true, default_value = "redis://127.0.0.1:6379")]
    pub redis_url: SecretString,
    /// Prefix of every key and channel.
    #[arg(long, env = "REDIS_PREFIX", default_value = "journal:")]
    pub redis_prefix: String,
}
