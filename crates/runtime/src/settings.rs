//! Groups of settings that several services share: each option is a flag and an environment variable.

mod origin;
mod secret;

pub use origin::origin;
pub use secret::{
    DatabaseLogin, DatabaseReplicaUrl, DatabaseUrl, MigrationDatabaseLogin, MigrationDatabaseUrl, RedisUrl,
    ServiceKey, ServiceKeys,
};

use crate::{Listen, secrets::Given};
use clap::{Args, ValueEnum};
use std::time::Duration;

/// Parses a duration written in whole seconds.
pub fn seconds(text: &str) -> Result<Duration, &'static str> {
    text.parse().map(Duration::from_secs).map_err(|_| "a whole number of seconds is expected")
}

/// The same, but for what is done again and again: without a pause it would be done all the time.
fn pause(text: &str) -> Result<Duration, &'static str> {
    let pause = seconds(text)?;
    if pause.is_zero() { Err("at least one second is expected") } else { Ok(pause) }
}

/// Logs and traces.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Telemetry")]
pub struct Telemetry {
    /// How log lines are written.
    #[arg(long, env = "LOG_FORMAT", value_enum, default_value_t = LogFormat::Json)]
    pub log_format: LogFormat,
    /// Which log lines are written (tracing-subscriber's filter syntax).
    #[arg(long = "log", env = "RUST_LOG", value_name = "RUST_LOG", default_value = "info")]
    pub log: String,
    /// OTLP/gRPC collector that traces, metrics and logs are sent to; absent or empty: none are sent.
    #[arg(long, env = "OTEL_EXPORTER_OTLP_ENDPOINT", value_name = "OTEL_EXPORTER_OTLP_ENDPOINT")]
    pub otlp_endpoint: Option<String>,
    /// Which environment this is, in all that is sent there: development, staging, production.
    #[arg(
        long,
        env = "DEPLOYMENT_ENVIRONMENT",
        value_name = "DEPLOYMENT_ENVIRONMENT",
        default_value = "development"
    )]
    pub environment: String,
}

impl Telemetry {
    /// The collector, if there is one. Compose and systemd set a variable to nothing where they mean that it is not set.
    pub(crate) fn collector(&self) -> Option<&str> {
        self.otlp_endpoint.as_deref().map(str::trim).filter(|url| !url.is_empty())
    }
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
    #[arg(long, env = "DRAIN_SECONDS", value_name = "DRAIN_SECONDS", default_value = "0", value_parser = seconds)]
    pub drain: Duration,
    /// Where secrets are looked for that are given by their ARN.
    #[command(flatten)]
    pub secrets: SecretsManager,
}

/// How AWS Secrets Manager is asked. Region, credentials and endpoint are those of the AWS SDK's own environment variables.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Secrets Manager")]
pub struct SecretsManager {
    /// Seconds between two looks at a secret.
    #[arg(long = "secrets-refresh-seconds", env = "SECRETS_REFRESH_SECONDS", value_name = "SECRETS_REFRESH_SECONDS", default_value = "60", value_parser = pause)]
    pub secrets_refresh: Duration,
    /// Seconds that a process tries to reach it before it gives up its start.
    #[arg(long = "secrets-start-seconds", env = "SECRETS_START_SECONDS", default_value = "30", value_parser = seconds)]
    pub secrets_start: Duration,
}

impl Default for SecretsManager {
    fn default() -> Self {
        Self { secrets_refresh: Duration::from_mins(1), secrets_start: Duration::from_secs(30) }
    }
}

/// The gRPC port.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "gRPC")]
pub struct Grpc {
    /// Address that serves gRPC.
    #[arg(long, env = "GRPC_ADDRESS", default_value = "127.0.0.1:50051")]
    pub grpc_address: Listen,
    /// The services that may call.
    #[command(flatten)]
    pub service_keys: Given<ServiceKeys>,
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
    /// With what this service shows who it is.
    #[command(flatten)]
    pub service_key: Given<ServiceKey>,
}

/// This service's own PostgreSQL database.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "PostgreSQL")]
pub struct Postgres {
    /// Where the database is.
    #[command(flatten)]
    pub database_url: Given<DatabaseUrl>,
    /// Who signs in there, if the URL does not say it.
    #[command(flatten)]
    pub database_login: Given<DatabaseLogin>,
    /// Most connections this process opens.
    #[arg(long, env = "DATABASE_MAX_CONNECTIONS", default_value_t = 10)]
    pub database_max_connections: u32,
}

/// A read replica of this service's database.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "PostgreSQL")]
pub struct Replica {
    /// Where it is; who signs in there is told by the same login.
    #[command(flatten)]
    pub database_replica_url: Given<DatabaseReplicaUrl>,
}

/// What the `migrate` subcommand needs.
#[derive(Args, Clone, Debug)]
pub struct Migration {
    /// Where the database is.
    #[command(flatten)]
    pub migration_database_url: Given<MigrationDatabaseUrl>,
    /// Who signs in there, if the URL does not say it.
    #[command(flatten)]
    pub migration_database_login: Given<MigrationDatabaseLogin>,
    /// Where secrets are looked for that are given by their ARN.
    #[command(flatten)]
    pub secrets: SecretsManager,
    /// Logs and traces.
    #[command(flatten)]
    pub telemetry: Telemetry,
}

/// Redis: a cache and a loudspeaker. Everything works without it, only slower.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Redis")]
pub struct Redis {
    /// Where Redis is.
    #[command(flatten)]
    pub redis_url: Given<RedisUrl>,
    /// Prefix of every key and channel.
    #[arg(long, env = "REDIS_PREFIX", default_value = "journal:")]
    pub redis_prefix: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Debug, Parser)]
    struct Command {
        #[command(flatten)]
        secrets: SecretsManager,
        #[command(flatten)]
        telemetry: Telemetry,
    }

    fn collector(endpoint: &str) -> Option<String> {
        let command = Command::parse_from(["test", "--otlp-endpoint", endpoint]);
        command.telemetry.collector().map(str::to_owned)
    }

    #[test]
    fn an_empty_endpoint_is_no_collector() {
        assert_eq!(collector(""), None);
        assert_eq!(collector("http://collector:4317").as_deref(), Some("http://collector:4317"));
    }

    #[test]
    fn secrets_are_not_looked_for_without_a_pause() {
        let refusal = Command::try_parse_from(["test", "--secrets-refresh-seconds", "0"]).unwrap_err();

        let told = refusal.to_string();
        assert!(
            told.contains("at least one second is expected") && told.contains("SECRETS_REFRESH_SECONDS"),
            "{told}"
        );
    }
}
