//! What can be set about auth.

mod passkeys;
mod providers;
mod secret;

pub use passkeys::Passkeys;
pub(crate) use providers::parse as parse_providers;
pub use providers::{OidcProviders, ProviderSettings};
pub use secret::{PasswordPepper, SigningKey, VaultKey};

use clap::Args;
use runtime::{secrets::Given, settings};
use std::time::Duration;

/// All settings of auth.
#[derive(Args, Clone, Debug)]
pub struct Config {
    /// The gRPC port.
    #[command(flatten)]
    pub grpc: settings::Grpc,
    /// The private port.
    #[command(flatten)]
    pub admin: settings::Admin,
    /// The database.
    #[command(flatten)]
    pub postgres: settings::Postgres,
    /// The broker.
    #[command(flatten)]
    pub events: events::Settings,
    /// The first key that signs access tokens.
    #[command(flatten)]
    pub signing_key: Given<SigningKey>,
    /// How often another one signs.
    #[command(flatten)]
    pub key_rotation: KeyRotation,
    /// The keys of password hashes.
    #[command(flatten)]
    pub password_pepper: Given<PasswordPepper>,
    /// The keys of stored secrets.
    #[command(flatten)]
    pub vault_key: Given<VaultKey>,
    /// Whose passkeys are asked for.
    #[command(flatten)]
    pub passkeys: Passkeys,
    /// Where people may sign in instead.
    #[command(flatten)]
    pub oidc_providers: Given<OidcProviders>,
    /// Where browsers find the API, such as `https://app.example.com`: providers send them back there.
    #[arg(long, env = "PUBLIC_URL", default_value = "http://127.0.0.1:8080", value_parser = settings::origin)]
    pub public_url: String,
    /// Let nobody sign in who has not verified the address. On in production, where mail leaves; off on a developer's machine.
    #[arg(long, env = "REQUIRE_VERIFIED_EMAIL", default_value_t = false, action = clap::ArgAction::Set)]
    pub require_verified_email: bool,
    /// Seconds between two removals of ended sessions and expired refresh tokens, across all instances.
    #[arg(long, env = "CLEANUP_SECONDS", value_name = "CLEANUP_SECONDS", default_value = "600", value_parser = settings::seconds)]
    pub cleanup_every: Duration,
    /// Logs and traces.
    #[command(flatten)]
    pub telemetry: settings::Telemetry,
}

/// How often another key signs access tokens.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Signing keys")]
pub struct KeyRotation {
    /// Seconds that a key signs before the next one does.
    #[arg(long, env = "SIGNING_KEY_SECONDS", value_name = "SIGNING_KEY_SECONDS", default_value = "2592000", value_parser = settings::seconds)]
    pub rotate_every: Duration,
    /// Seconds that a key is published at least before it signs: far more than `JWKS_REFRESH_SECONDS` of any service.
    #[arg(long, env = "SIGNING_KEY_NOTICE_SECONDS", value_name = "SIGNING_KEY_NOTICE_SECONDS", default_value = "600", value_parser = settings::seconds)]
    pub notice: Duration,
}

impl Default for KeyRotation {
    fn default() -> Self {
        Self { rotate_every: Duration::from_hours(30 * 24), notice: Duration::from_mins(10) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Debug, Parser)]
    struct Command {
        #[command(flatten)]
        config: Config,
    }

    #[test]
    fn an_address_of_browsers_that_is_no_origin_is_refused_by_its_name() {
        for wrong in
            ["journal.example.com", "https://journal.example.com/", "https://journal.example.com/app", ""]
        {
            let refusal = Command::try_parse_from(["auth", "--public-url", wrong]).unwrap_err().to_string();
            assert!(
                refusal.contains("PUBLIC_URL") && refusal.contains("an origin such as"),
                "{wrong}: {refusal}"
            );
        }
    }
}
