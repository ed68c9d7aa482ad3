//! Where the keys come from.

use clap::Args;

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
}
