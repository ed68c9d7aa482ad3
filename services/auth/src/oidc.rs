//! Signing in with an account elsewhere (OpenID Connect Core 1.0, authorization code flow with PKCE).
//!
//! - `provider`: one that is set up: where it is, and what it says;
//! - `discovery`: its endpoints and keys, fetched when they are needed and kept for a while;
//! - `id_token`: what it says of a user, once it is verified;
//! - `outbound`: the only way out, to listed hosts at public addresses.

mod discovery;
mod id_token;
mod outbound;
mod provider;

pub(crate) use id_token::Claims;
pub(crate) use provider::{Failure, Provider};

use crate::config::{OidcProviders, ProviderSettings, parse_providers};
use runtime::secrets::{Named as _, Parsed, Secret};
use std::collections::BTreeMap;

/// All providers by their names.
#[derive(Debug, Default)]
pub(crate) struct Providers(BTreeMap<String, Provider>);

impl Providers {
    /// Those that are set up at any time; `public_url` is where browsers find us.
    pub fn follow(settings: &Secret, public_url: String) -> anyhow::Result<Parsed<Self>> {
        Parsed::new(OidcProviders::NAME, settings, move |text| Self::new(parse_providers(text)?, &public_url))
    }

    fn new(settings: Vec<ProviderSettings>, public_url: &str) -> anyhow::Result<Self> {
        let mut providers = BTreeMap::new();
        for settings in settings {
            let name = settings.name.clone();
            let provider = Provider::new(settings, public_url)?;
            anyhow::ensure!(
                providers.insert(name.clone(), provider).is_none(),
                "two OIDC providers have the name {name}"
            );
        }
        Ok(Self(providers))
    }

    /// What they are called, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// What the provider that vouches as `issuer` is called, if it is set up.
    pub fn name_of(&self, issuer: &str) -> Option<&str> {
        self.0.iter().find(|(_, provider)| provider.issuer() == issuer).map(|(name, _)| name.as_str())
    }

    /// The provider with this name.
    pub fn find(&self, name: &str) -> Option<&Provider> {
        self.0.get(name)
    }
}
