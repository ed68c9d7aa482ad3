//! What can be set about auth.

mod passkeys;
mod providers;

pub use passkeys::Passkeys;
pub use providers::{OidcProviders, ProviderSettings};

use crate::{key_ring::KeyRing, vault::Vault};
use clap::Args;
use identity::Issuer;
use runtime::{Clock, secrets, settings};
use secrecy::SecretString;
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
    /// The first key that signs access tokens.
    #[command(flatten)]
    pub signing_key: SigningKey,
    /// How often another one signs.
    #[command(flatten)]
    pub key_rotation: KeyRotation,
    /// The keys of password hashes.
    #[command(flatten)]
    pub password_pepper: PasswordPepper,
    /// The keys of stored secrets.
    #[command(flatten)]
    pub vault_key: VaultKey,
    /// Whose passkeys are asked for.
    #[command(flatten)]
    pub passkeys: Passkeys,
    /// Where people may sign in instead.
    #[command(flatten)]
    pub oidc_providers: OidcProviders,
    /// Where browsers find the API: providers send them back there.
    #[arg(long, env = "PUBLIC_URL", default_value = "http://127.0.0.1:8080")]
    pub public_url: String,
    /// Let nobody sign in who has not verified the address. On in production, where mail leaves; off on a developer's machine.
    #[arg(long, env = "REQUIRE_VERIFIED_EMAIL", default_value_t = false, action = clap::ArgAction::Set)]
    pub require_verified_email: bool,
    /// Seconds between two removals of ended sessions and expired refresh tokens, across all instances.
    #[arg(long, env = "CLEANUP_SECONDS", default_value = "600", value_parser = settings::seconds)]
    pub cleanup_every: Duration,
    /// Logs and traces.
    #[command(flatten)]
    pub telemetry: settings::Telemetry,
}

/// The first key that signs access tokens: for a database without any, and not looked at later. Without it, one is made.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "First signing key (at most one of the two)")]
pub struct SigningKey {
    /// Ed25519 key in PKCS#8 PEM, as `auth generate-key` prints it.
    #[arg(long, env = "SIGNING_KEY", hide_env_values = true)]
    pub signing_key: Option<SecretString>,
    /// File that holds such a key.
    #[arg(long, env = "SIGNING_KEY_FILE")]
    pub signing_key_file: Option<PathBuf>,
}

impl SigningKey {
    /// The PEM, if there is one; an error when it is none of ours.
    pub(crate) fn load(&self) -> anyhow::Result<Option<SecretString>> {
        let (value, file) = (self.signing_key.as_ref(), self.signing_key_file.as_ref());
        let Some(pem) = secrets::load_if_set("SIGNING_KEY", value, file)? else { return Ok(None) };
        Issuer::from_pem(&pem, Clock::system())?;
        Ok(Some(pem))
    }
}

/// How often another key signs access tokens.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Signing keys")]
pub struct KeyRotation {
    /// Seconds that a key signs before the next one does.
    #[arg(long, env = "SIGNING_KEY_SECONDS", default_value = "2592000", value_parser = settings::seconds)]
    pub rotate_every: Duration,
    /// Seconds that a key is published at least before it signs: far more than `JWKS_REFRESH_SECONDS` of any service.
    #[arg(long, env = "SIGNING_KEY_NOTICE_SECONDS", default_value = "600", value_parser = settings::seconds)]
    pub notice: Duration,
}

impl Default for KeyRotation {
    fn default() -> Self {
        Self { rotate_every: Duration::from_hours(30 * 24), notice: Duration::from_mins(10) }
    }
}

/// Peppers of password hashes: one of the two, the same for all instances.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Password pepper (exactly one of the two)")]
pub struct PasswordPepper {
    /// `id:key` entries separated by commas or white space, as `auth generate-pepper` prints them. The first makes new hashes;
    /// keep an older one until everybody signed in again, as its hashes need it.
    #[arg(long, env = "PASSWORD_PEPPER", hide_env_values = true)]
    pub password_pepper: Option<SecretString>,
    /// File that holds such entries.
    #[arg(long, env = "PASSWORD_PEPPER_FILE")]
    pub password_pepper_file: Option<PathBuf>,
}

impl PasswordPepper {
    /// The ring of keys.
    pub(crate) fn load(&self) -> anyhow::Result<KeyRing> {
        let advice = "`auth generate-pepper` prints an entry";
        let (value, file) = (self.password_pepper.as_ref(), self.password_pepper_file.as_ref());
        KeyRing::parse("PASSWORD_PEPPER", &secrets::load("PASSWORD_PEPPER", value, file, advice)?)
    }
}

/// Keys of secrets that are stored to be read again, such as those of authenticator apps: one of the two, the same for all instances.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Vault key (exactly one of the two)")]
pub struct VaultKey {
    /// `id:key` entries separated by commas or white space, as `auth generate-vault-key` prints them. The first seals; keep an older one
    /// until nothing is sealed under it any more.
    #[arg(long, env = "VAULT_KEY", hide_env_values = true)]
    pub vault_key: Option<SecretString>,
    /// File that holds such entries.
    #[arg(long, env = "VAULT_KEY_FILE")]
    pub vault_key_file: Option<PathBuf>,
}

impl VaultKey {
    /// The vault.
    pub(crate) fn load(&self) -> anyhow::Result<Vault> {
        let advice = "`auth generate-vault-key` prints an entry";
        let (value, file) = (self.vault_key.as_ref(), self.vault_key_file.as_ref());
        let keys = KeyRing::parse("VAULT_KEY", &secrets::load("VAULT_KEY", value, file, advice)?)?;
        Ok(Vault::new(keys))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(settings: &SigningKey) -> String {
        format!("{:#}", settings.load().unwrap_err())
    }

    #[test]
    fn a_key_need_not_be_given() {
        let blank = SigningKey { signing_key: Some(" ".into()), ..SigningKey::default() };

        assert!(blank.load().unwrap().is_none());
        assert!(SigningKey::default().load().unwrap().is_none());
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
