//! Providers that people sign in with.

use anyhow::Context as _;
use runtime::secrets::Named;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;

/// OpenID Connect providers: none need be set up.
#[derive(Debug)]
pub enum OidcProviders {}

impl Named for OidcProviders {
    const NAME: &'static str = "OIDC_PROVIDERS";
    const MEANING: &'static str = "Where people may sign in instead: a JSON array of `{\"name\", \"issuer\", \"client_id\", \"client_secret\", \"hosts\"?, \"local\"?}`";
    const ADVICE: &'static str = "a JSON array";
    const DEFAULT: Option<&'static str> = Some("[]");
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

/// What is set up.
pub(crate) fn parse(text: &SecretString) -> anyhow::Result<Vec<ProviderSettings>> {
    // The parser's own words could show a secret.
    serde_json::from_str(text.expose_secret())
        .ok()
        .context("OIDC_PROVIDERS is not an array of {name, issuer, client_id, client_secret, hosts?, local?}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> anyhow::Result<Vec<ProviderSettings>> {
        parse(&text.into())
    }

    #[test]
    fn none_are_needed_and_several_are_fine() {
        assert_eq!(parsed(OidcProviders::DEFAULT.unwrap()).unwrap().len(), 0);
        let one = r#"[{"name": "google", "issuer": "https://accounts.google.com", "client_id": "a", "client_secret": "s",
            "hosts": ["oauth2.googleapis.com", "www.googleapis.com"]}]"#;
        assert_eq!(parsed(one).unwrap()[0].hosts.len(), 2);
    }

    #[test]
    fn what_cannot_be_read_is_not_shown() {
        for text in
            ["canary-4711", r#"[{"name": 1, "client_secret": "canary-4711"}]"#, r#"{"canary-4711": 1}"#]
        {
            let refusal = format!("{:#}", parsed(text).unwrap_err());
            assert!(!refusal.contains("canary-4711"), "{refusal}");
        }
    }
}
