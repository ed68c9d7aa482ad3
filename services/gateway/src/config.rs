//! What can be set about the gateway.

use crate::{Bulkheads, CacheSettings, Connections, CursorKeys, Proxies, RateLimits, WebClient};
use clap::Args;
use runtime::{Listen, secrets::Given, settings};
use std::time::Duration;

/// All settings of the gateway.
#[derive(Args, Clone, Debug)]
pub struct Config {
    /// Public address that serves HTTP.
    #[arg(long, env = "HTTP_ADDRESS", default_value = "127.0.0.1:8080")]
    pub http_address: Listen,
    /// Largest file that may be uploaded, in bytes.
    #[arg(long, env = "MAX_UPLOAD_BYTES", default_value_t = 10 * 1024 * 1024)]
    pub max_upload_bytes: usize,
    /// How long requests may take.
    #[command(flatten)]
    pub budgets: Budgets,
    /// How much is worked on at once.
    #[command(flatten)]
    pub bulkheads: Bulkheads,
    /// gRPC URLs of the services behind the gateway.
    #[command(flatten)]
    pub upstreams: Upstreams,
    /// Who may call from a browser, and how.
    #[command(flatten)]
    pub browsers: Browsers,
    /// How much one address or one user may ask for.
    #[command(flatten)]
    pub rate_limits: RateLimits,
    /// How many connections there may be, and how slow.
    #[command(flatten)]
    pub connections: Connections,
    /// Whose word about a client's address counts.
    #[command(flatten)]
    pub proxies: Proxies,
    /// What cursors are signed with.
    #[command(flatten)]
    pub cursor_keys: Given<CursorKeys>,
    /// Answers that are kept.
    #[command(flatten)]
    pub cache: CacheSettings,
    /// Pages for browsers.
    #[command(flatten)]
    pub web: WebClient,
    /// Counts that all gateways share.
    #[command(flatten)]
    pub redis: settings::Redis,
    /// The private port.
    #[command(flatten)]
    pub admin: settings::Admin,
    /// Keys of access tokens; `AUTH_URL` is also where sign-in calls go.
    #[command(flatten)]
    pub identity: identity::Settings,
    /// Logs and traces.
    #[command(flatten)]
    pub telemetry: settings::Telemetry,
}

/// How long requests may take, all that is done for them included. What takes longer is given up and answered with 504.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Budgets")]
pub struct Budgets {
    /// Seconds for most requests.
    #[arg(long = "request-seconds", env = "REQUEST_SECONDS", default_value = "5", value_parser = settings::seconds)]
    pub request_time: Duration,
    /// Seconds for statistics.
    #[arg(long = "statistics-seconds", env = "STATISTICS_SECONDS", default_value = "15", value_parser = settings::seconds)]
    pub statistics_time: Duration,
    /// Seconds for what reads a whole file or deletes what came from one, or reads everything of a user.
    #[arg(long = "file-seconds", env = "FILE_SECONDS", default_value = "100", value_parser = settings::seconds)]
    pub file_time: Duration,
}

/// gRPC URLs of the services behind the gateway (auth's is with the identity settings).
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Services")]
pub struct Upstreams {
    /// gRPC URL of the trades service.
    #[arg(long, env = "TRADES_URL", default_value = "http://127.0.0.1:50052")]
    pub trades_url: String,
    /// gRPC URL of the analytics service.
    #[arg(long, env = "ANALYTICS_URL", default_value = "http://127.0.0.1:50053")]
    pub analytics_url: String,
    /// gRPC URL of the notifications service.
    #[arg(long, env = "NOTIFICATIONS_URL", default_value = "http://127.0.0.1:50054")]
    pub notifications_url: String,
}

/// Who may call from a browser, and how.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Browsers")]
pub struct Browsers {
    /// Origins besides our own that may call with credentials, such as `https://app.example.com`; separated by commas.
    #[arg(long, env = "CORS_ORIGINS", value_delimiter = ',')]
    pub cors_origins: Vec<String>,
    /// Set cookies for HTTPS only, with the __Host- prefix. Only ever off on a developer's machine.
    #[arg(long, env = "COOKIE_SECURE", default_value_t = true, action = clap::ArgAction::Set)]
    pub cookie_secure: bool,
}

impl Config {
    /// Settings that only shape the OpenAPI document: nothing is bound or connected.
    pub(crate) fn for_documentation() -> Self {
        #[derive(clap::Parser)]
        struct Defaults {
            #[command(flatten)]
            config: Config,
        }
        <Defaults as clap::Parser>::parse_from(["gateway"]).config
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_settings_parse_without_any_being_given() {
        assert_eq!(Config::for_documentation().max_upload_bytes, 10 * 1024 * 1024);
    }
}
