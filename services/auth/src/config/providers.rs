//! Providers that people sign in with.

use anyhow::Context as _;
use clap::Args;
use runtime::secrets;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use std::path::PathBuf;

/// OpenID Connect providers: none, or one of the two.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Sign-in elsewhere (OpenID Connect)")]
pub struct OidcProviders {
    /// A JSON array of `{"name", "issuer", "client_id", "client_secret", "hosts"?, "local"?}`.
    #[arg(long, env = "OIDC_PROVIDERS", hide_env_values = true)]
    pub oidc_providers: Option<SecretString>,
    /// File that holds it.
    #[arg(long, env = "OIDC_PROVIDERS_FILE")]
    pub oidc_providers_file: Option<PathBuf>,
}

/// One provider.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProviderSettings {
    /// As it stands in paths, such as `google`.
    pub name: String,
    /// The URL that it calls itself by; its configuration is below it.
    pub issuer: String,
    /// What it calls us.
    pub client_id: String,
    /// What it knows us by.
    pub client_secret: SecretString,
    /// Other hosts than the issuer's that its configuration may name.
    #[serde(default)]
    pub hosts: Vec<String>,
    /// It is on this machine or network, and may be asked over HTTP. Never in production.
    #[serde(default)]
    pub local: bool,
}

impl OidcProviders {
    /// What is set up.
    pub(crate) fn load(&self) -> anyhow::Result<Vec<ProviderSettings>> {
        let (value, file) = (self.oidc_providers.as_ref(), self.oidc_providers_file.as_ref());
        let Some(text) = secrets::load_if_set("OIDC_PROVIDERS", value, file)? else { return Ok(Vec::new()) };
        // The parser's own words could show a secret.
        serde_json::from_str(text.expose_secret()).ok().context(
            "OIDC_PROVIDERS is not an array of {name, issuer, client_id, client_secret, hosts?, local?}",
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loaded(text: &str) -> anyhow::Result<Vec<ProviderSettings>> {
        OidcProviders { oidc_providers: Some(text.into()), oidc_providers_file: None }.load()
    }

    #[test]
    fn none_are_needed_and_several_are_fine() {
        assert_eq!(OidcProviders::default().load().unwrap().len(), 0);
        assert_eq!(loaded(" ").unwrap().len(), 0);
        let one = r#"[{"name": "google", "issuer": "https://accounts.google.com", "client_id": "a", "client_secret": "s",
            "hosts": ["oauth2.googleapis.com", "www.googleapis.com"]}]"#;
        assert_eq!(loaded(one).unwrap()[0].hosts.len(), 2);
    }

    #[test]
    fn what_cannot_be_read_is_not_shown() {
        for text in
            ["canary-4711", r#"[{"name": 1, "client_secret": "canary-4711"}]"#, r#"{"canary-4711": 1}"#]
        {
            let refusal = format!("{:#}", loaded(text).unwrap_err());
            assert!(!refusal.contains("canary-4711"), "{refusal}");
        }
    }
}
