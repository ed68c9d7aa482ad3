//! Where the keys come from.

use clap::Args;
use runtime::settings::{Calls, seconds};
use std::time::Duration;

/// How a service learns the keys that verify access tokens.
#[derive(Args, Clone, Debug)]
#[group(id = "identity")]
#[command(next_help_heading = "Identity")]
pub struct Settings {
    /// gRPC URL of the auth service, whose keys are trusted.
    #[arg(long, env = "AUTH_URL", default_value = "http://127.0.0.1:50051")]
    pub auth_url: String,
    /// A JSON Web Key Set to trust instead of asking auth.
    #[arg(long, env = "JWKS")]
    pub jwks: Option<String>,
    /// Seconds between two fetches of the keys; within that time an unknown key causes none.
    #[arg(long, env = "JWKS_REFRESH_SECONDS", value_name = "JWKS_REFRESH_SECONDS", default_value = "30", value_parser = seconds)]
    pub jwks_refresh: Duration,
    /// How auth, and whoever else is needed, is called.
    #[command(flatten)]
    pub calls: Calls,
}

impl Settings {
    /// As by default, with another auth.
    pub fn of(auth_url: String, calls: Calls) -> Self {
        Self { auth_url, jwks: None, jwks_refresh: Duration::from_secs(30), calls }
    }
}
