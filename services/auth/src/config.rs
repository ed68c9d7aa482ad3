//! What can be set about auth.

use anyhow::{Context as _, bail};
use clap::Args;
use runtime::settings;
use secrecy::{ExposeSecret as _, SecretString};
use std::{path::PathBuf, time::Duration};

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
    /// The key that signs access tokens.
    #[command(flatten)]
    pub signing_key: SigningKey,
    /// Seconds between two removals of ended sessions and expired refresh tokens, across all instances.
    #[arg(long, env = "CLEANUP_SECONDS", default_value = "600", value_parser = settings::seconds)]
    pub cleanup_every: Duration,
    /// Logs and traces.
    #[command(flatten)]
    pub telemetry: settings::Telemetry,
}

/// The key that signs access tokens: one of the two, the same for all instances.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Signing key (exactly one of the two)")]
pub struct SigningKey {
    /// Ed25519 key in PKCS#8 PEM, as `auth generate-key` prints it.
    #[arg(long, env = "SIGNING_KEY", hide_env_values = true)]
    pub signing_key: Option<SecretString>,
    /// File that holds such a key.
    #[arg(long, env = "SIGNING_KEY_FILE")]
    pub signing_key_file: Option<PathBuf>,
}

impl SigningKey {
    /// The PEM. An empty setting counts as absent, as deployment tools cannot always leave one out.
    pub(crate) fn load(&self) -> anyhow::Result<SecretString> {
        let key = self.signing_key.as_ref().filter(|key| !key.expose_secret().trim().is_empty());
        let file = self.signing_key_file.as_ref().filter(|file| !file.as_os_str().is_empty());
        match (key, file) {
            (Some(key), None) => Ok(key.clone()),
            (None, Some(file)) => {
                let pem = std::fs::read_to_string(file)
                    .with_context(|| format!("cannot read SIGNING_KEY_FILE {}", file.display()))?;
                Ok(SecretString::from(pem))
            }
            (None, None) => bail!(
                "a signing key is needed: set SIGNING_KEY or SIGNING_KEY_FILE (`auth generate-key` prints a key)"
            ),
            (Some(_), Some(_)) => bail!("SIGNING_KEY and SIGNING_KEY_FILE are both set: set one of them"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(settings: &SigningKey) -> String {
        format!("{:#}", settings.load().unwrap_err())
    }

    #[test]
    fn without_a_key_the_error_says_how_to_get_one() {
        let message = refusal(&SigningKey { signing_key: Some(" ".into()), ..SigningKey::default() });

        assert!(message.contains("SIGNING_KEY_FILE") && message.contains("generate-key"), "{message}");
    }

    #[test]
    fn two_keys_are_refused() {
        let both = SigningKey { signing_key: Some("pem".into()), signing_key_file: Some("/key.pem".into()) };

        assert!(refusal(&both).contains("both set"));
    }

    #[test]
    fn a_missing_file_is_named() {
        let settings =
            SigningKey { signing_key_file: Some("/no/such/key.pem".into()), ..SigningKey::default() };

        assert!(refusal(&settings).contains("/no/such/key.pem"));
    }

    #[test]
    fn the_key_is_not_shown() {
        let settings = SigningKey { signing_key: Some("MC4CAQAwBQYDK2Vw".into()), ..SigningKey::default() };

        assert!(!format!("{settings:?}").contains("MC4CAQAwBQYDK2Vw"));
    }
}
