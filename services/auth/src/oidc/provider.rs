//! One provider.

use super::{
    discovery::Discovery,
    id_token::{self, Claims, Expected},
    outbound::Outbound,
};
use crate::{
    config::ProviderSettings,
    domain::{browser_secret::BrowserSecret, token::Token},
};
use anyhow::{Context as _, anyhow};
use reqwest::Url;
use secrecy::ExposeSecret as _;
use serde::Deserialize;

/// Why a provider's word does not count.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// It cannot be asked, or says nothing that can be read.
    #[error("the provider does not answer: {0:#}")]
    Unavailable(anyhow::Error),
    /// It refuses the code, or what it says is not for us, not for now, or not of it.
    #[error("the provider's answer is refused: {0:#}")]
    Refused(anyhow::Error),
}

/// A provider that is set up.
#[derive(Debug)]
pub(crate) struct Provider {
    settings: ProviderSettings,
    /// Where the provider sends browsers back to.
    redirect_uri: String,
    out: Outbound,
    discovery: Discovery,
}

#[derive(Deserialize)]
struct Redeemed {
    id_token: String,
}

impl Provider {
    /// Asks nobody yet.
    pub fn new(settings: ProviderSettings, public_url: &str) -> anyhow::Result<Self> {
        let name = &settings.name;
        let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        anyhow::ensure!(is_name, "the name of an OIDC provider is made of letters, digits and hyphens");
        let redirect_uri = format!("{}/v1/auth/oidc/{name}/callback", public_url.trim_end_matches('/'));
        let issuer = Url::parse(&settings.issuer).with_context(|| format!("the issuer of {name}"))?;
        let own = issuer.host_str().map(str::to_owned);
        let hosts = own.into_iter().chain(settings.hosts.iter().cloned()).collect();
        let out = Outbound::new(hosts, settings.local)?;
        out.check(&settings.issuer).with_context(|| format!("the issuer of {name}"))?;
        Ok(Self { settings, redirect_uri, out, discovery: Discovery::default() })
    }

    /// The name that identities are kept under.
    pub fn issuer(&self) -> &str {
        &self.settings.issuer
    }

    /// Where a browser is sent, to come back with `state`.
    pub async fn authorization_url(&self, state: &Token, browser: &BrowserSecret) -> Result<Url, Failure> {
        let endpoints = self.discovery.endpoints(&self.out, self.issuer()).await;
        let mut url = endpoints.map_err(Failure::Unavailable)?.authorization.clone();
        let (nonce, challenge) =
            (browser.nonce().map_err(Failure::Refused)?, browser.code_challenge().map_err(Failure::Refused)?);
        url.query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("client_id", &self.settings.client_id)
            .append_pair("redirect_uri", &self.redirect_uri)
            .append_pair("scope", "openid email profile")
            .append_pair("state", &state.to_base64url())
            .append_pair("nonce", &nonce)
            .append_pair("code_challenge", &challenge)
            .append_pair("code_challenge_method", "S256");
        Ok(url)
    }

    /// What the provider says of whoever got `code`, in the browser that began.
    pub async fn redeem(&self, code: &str, browser: &BrowserSecret) -> Result<Claims, Failure> {
        let endpoints = self.discovery.endpoints(&self.out, self.issuer()).await;
        let endpoints = endpoints.map_err(Failure::Unavailable)?;
        let token = self.id_token(&endpoints.token, endpoints.basic, code, browser).await?;
        let key_id = id_token::key_id(&token).map_err(Failure::Refused)?;
        let key = self.discovery.key(&self.out, &endpoints, key_id.as_deref()).await;
        let key = key.map_err(Failure::Unavailable)?;
        let key = key.ok_or_else(|| Failure::Refused(anyhow!("the provider has no such key")))?;
        let nonce = browser.nonce().map_err(Failure::Refused)?;
        let expected = Expected { issuer: self.issuer(), client_id: &self.settings.client_id, nonce: &nonce };
        id_token::verify(&token, &key, &expected).map_err(Failure::Refused)
    }

    async fn id_token(
        &self,
        endpoint: &Url,
        basic: bool,
        code: &str,
        browser: &BrowserSecret,
    ) -> Result<String, Failure> {
        let verifier = browser.code_verifier().map_err(Failure::Refused)?;
        let (client, secret) =
            (self.settings.client_id.as_str(), self.settings.client_secret.expose_secret());
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", self.redirect_uri.as_str()),
            ("code_verifier", verifier.as_str()),
            ("client_id", client),
        ];
        if !basic {
            form.push(("client_secret", secret));
        }
        let credentials = basic.then_some((client, secret));
        let posted = self.out.post(endpoint.clone(), &form, credentials).await;
        let (status, body) = posted.map_err(Failure::Unavailable)?;
        if status.is_client_error() {
            return Err(Failure::Refused(anyhow!("the code is refused with {status}")));
        }
        if !status.is_success() {
            return Err(Failure::Unavailable(anyhow!("the token endpoint answers {status}")));
        }
        let redeemed: Redeemed = serde_json::from_slice(&body)
            .context("there is no ID token in the answer")
            .map_err(Failure::Refused)?;
        Ok(redeemed.id_token)
    }
}
