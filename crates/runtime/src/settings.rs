//! Groups of settings that several services share: each option is a flag and an environment variable.

use crate::Listen;
use clap::{Args, ValueEnum};
use secrecy::SecretString;
use std::{path::PathBuf, time::Duration};

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
    /// The services that may call: `name:public key` entries separated by commas or white space, all of one name are good.
    #[arg(long, env = "SERVICE_KEYS")]
    pub service_keys: Option<SecretString>,
    /// File that holds such entries; it is read again when it changes.
    #[arg(long, env = "SERVICE_KEYS_FILE")]
    pub service_keys_file: Option<PathBuf>,
}

/// How other services are called.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Calls between services")]
pub struct Calls {
    /// Connections to each instance of a service.
    #[arg(long, env = "GRPC_CONNECTIONS", default_value = "2")]
    pub grpc_connections: u8,
    /// Seconds between two looks at what the name of a service stands for.
    #[arg(long = "grpc-look-seconds", env = "GRPC_LOOK_SECONDS", default_value = "5", value_parser = seconds)]
    pub grpc_look_every: Duration,
    /// The key with which this service shows who it is, as `auth generate-service-key` prints it.
    #[arg(long, env = "SERVICE_KEY", hide_env_values = true)]
    pub service_key: Option<SecretString>,
    /// File that holds such a key; it is read again when it changes.
    #[arg(long, env = "SERVICE_KEY_FILE")]
    pub service_key_file: Option<PathBuf>,
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
