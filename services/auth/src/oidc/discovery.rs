//! What a provider publishes of itself: endpoints and keys.

use super::outbound::Outbound;
use anyhow::{Context as _, ensure};
use jsonwebtoken::jwk::{Jwk, JwkSet};
use reqwest::Url;
use serde::Deserialize;
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::sync::Mutex;

/// Documents and keys are asked for anew after this time.
const FRESH: Duration = Duration::from_hours(1);
/// Unknown keys make nobody ask more often.
const PAUSE: Duration = Duration::from_secs(30);

/// Where a provider does what.
#[derive(Debug)]
pub(super) struct Endpoints {
    pub authorization: Url,
    pub token: Url,
    /// The client shows its secret in a header, not in the form.
    pub basic: bool,
    keys: Url,
}

#[derive(Deserialize)]
struct Document {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
}

/// Endpoints and keys, each fetched by one caller while others wait.
#[derive(Debug, Default)]
pub(super) struct Discovery {
    endpoints: Mutex<Option<(Instant, Arc<Endpoints>)>>,
    keys: Mutex<Option<(Instant, JwkSet)>>,
}

impl Discovery {
    /// The endpoints of `issuer`.
    pub async fn endpoints(&self, out: &Outbound, issuer: &str) -> anyhow::Result<Arc<Endpoints>> {
        let mut known = self.endpoints.lock().await;
        if let Some((at, endpoints)) = known.as_ref()
            && at.elapsed() < FRESH
        {
            return Ok(Arc::clone(endpoints));
        }
        let endpoints = Arc::new(fetch(out, issuer).await?);
        *known = Some((Instant::now(), Arc::clone(&endpoints)));
        Ok(endpoints)
    }

    /// The key with this id; without an id, the only one.
    pub async fn key(
        &self,
        out: &Outbound,
        endpoints: &Endpoints,
        id: Option<&str>,
    ) -> anyhow::Result<Option<Jwk>> {
        let mut known = self.keys.lock().await;
        if let Some((at, keys)) = known.as_ref() {
            let found = pick(keys, id);
            let is_due = at.elapsed() > FRESH || (found.is_none() && at.elapsed() > PAUSE);
            if !is_due {
                return Ok(found);
            }
        }
        let keys: JwkSet = serde_json::from_slice(&out.get(endpoints.keys.clone()).await?)
            .context("the provider's keys are no JWK set")?;
        let found = pick(&keys, id);
        *known = Some((Instant::now(), keys));
        Ok(found)
    }
}

fn pick(keys: &JwkSet, id: Option<&str>) -> Option<Jwk> {
    match (id, keys.keys.as_slice()) {
        (Some(id), _) => keys.find(id).cloned(),
        (None, [only]) => Some(only.clone()),
        (None, _) => None,
    }
}

async fn fetch(out: &Outbound, issuer: &str) -> anyhow::Result<Endpoints> {
    let url = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
    let body = out.get(out.check(&url)?).await?;
    let document: Document =
        serde_json::from_slice(&body).context("the provider's configuration is not readable")?;
    ensure!(document.issuer == issuer, "the provider calls itself {}, not {issuer}", document.issuer);
    let methods = document.token_endpoint_auth_methods_supported;
    Ok(Endpoints {
        authorization: out.check(&document.authorization_endpoint)?,
        token: out.check(&document.token_endpoint)?,
        keys: out.check(&document.jwks_uri)?,
        // The default of the specification.
        basic: methods.is_none_or(|methods| methods.iter().any(|method| method == "client_secret_basic")),
    })
}
