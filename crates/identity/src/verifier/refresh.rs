//! Fetches auth's keys: at start until they are there, then every few minutes, and when an unknown key appears.

use crate::keys::Keys;
use anyhow::Context as _;
use journal_proto::auth::v1::{GetJwksRequest, auth_service_client::AuthServiceClient};
use runtime::{
    Service,
    grpc::{Link, link},
};
use std::time::{Duration, Instant};
use tokio::sync::{Mutex, watch};
use tonic::Request;

const EVERY: Duration = Duration::from_mins(5);
const RETRY: Duration = Duration::from_millis(500);
const DEADLINE: Duration = Duration::from_secs(2);
/// A storm of tokens with unknown keys causes one fetch in this time.
const COOL_DOWN: Duration = Duration::from_secs(30);

pub(crate) struct Refresher {
    auth: AuthServiceClient<Link>,
    keys: watch::Sender<Keys>,
    last_forced: Mutex<Option<Instant>>,
}

impl Refresher {
    /// Starts the background task `auth-keys`.
    pub fn start(service: &mut Service, auth_url: &str) -> anyhow::Result<(Self, watch::Receiver<Keys>)> {
        let auth = AuthServiceClient::new(link(auth_url)?);
        let (keys, receiver) = watch::channel(Keys::default());
        let (task_auth, task_keys, stopping) = (auth.clone(), keys.clone(), service.stopping());
        service.spawn("auth-keys", async move {
            loop {
                let pause = match fetch(&task_auth).await {
                    Ok(fresh) => {
                        task_keys.send_replace(fresh);
                        EVERY
                    }
                    Err(error) => {
                        tracing::debug!(error = format!("{error:#}"), "cannot fetch the keys of auth yet");
                        if task_keys.borrow().is_empty() { RETRY } else { EVERY / 10 }
                    }
                };
                tokio::select! {
                    () = stopping.cancelled() => return Ok(()),
                    () = tokio::time::sleep(pause) => {}
                }
            }
        });
        Ok((Self { auth, keys, last_forced: Mutex::new(None) }, receiver))
    }

    /// Fetches now unless that was done a moment ago. True when keys were fetched (or just had been).
    pub async fn refresh_now(&self) -> bool {
        let mut last = self.last_forced.lock().await;
        if last.is_some_and(|at| at.elapsed() < COOL_DOWN) {
            return false;
        }
        *last = Some(Instant::now());
        match fetch(&self.auth).await {
            Ok(fresh) => {
                self.keys.send_replace(fresh);
                true
            }
            Err(error) => {
                tracing::warn!(error = format!("{error:#}"), "cannot fetch the keys of auth");
                false
            }
        }
    }
}

async fn fetch(auth: &AuthServiceClient<Link>) -> anyhow::Result<Keys> {
    let mut request = Request::new(GetJwksRequest {});
    request.set_timeout(DEADLINE);
    let response = auth.clone().get_jwks(request).await.context("auth does not answer")?;
    Keys::from_jwks(&response.into_inner().jwks_json)
}
