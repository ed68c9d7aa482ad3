//! Fetches auth's keys: at start until they are there, then twice a minute, and when an unknown key appears.

use crate::{Keys, Settings};
use anyhow::Context as _;
use journal_proto::auth::v1::{GetJwksRequest, auth_service_client::AuthServiceClient};
use runtime::{Service, grpc::Link, secrets::Secret};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::sync::{Mutex, watch};
use tokio_util::sync::CancellationToken;
use tonic::Request;

const RETRY: Duration = Duration::from_millis(500);
const DEADLINE: Duration = Duration::from_secs(2);

pub(crate) struct Refresher {
    auth: AuthServiceClient<Link>,
    keys: watch::Sender<Keys>,
    /// Within so long there is one fetch, whatever asks for it: the clock, or a storm of tokens with unknown keys.
    every: Duration,
    last: Mutex<Option<Instant>>,
}

impl Refresher {
    /// Starts the background task `auth-keys`, which first waits for `ready`.
    pub fn start(
        service: &mut Service,
        settings: &Settings,
        key: &Secret,
        ready: watch::Receiver<bool>,
    ) -> anyhow::Result<(Arc<Self>, watch::Receiver<Keys>)> {
        let auth = AuthServiceClient::new(Link::new("auth", &settings.auth_url, &settings.calls, key)?);
        let (keys, receiver) = watch::channel(Keys::default());
        let refresher = Arc::new(Self { auth, keys, every: settings.jwks_refresh, last: Mutex::new(None) });
        service.spawn("auth-keys", Arc::clone(&refresher).run(ready, service.stopping()));
        Ok((refresher, receiver))
    }

    async fn run(
        self: Arc<Self>,
        mut ready: watch::Receiver<bool>,
        stopping: CancellationToken,
    ) -> anyhow::Result<()> {
        tokio::select! {
            () = stopping.cancelled() => return Ok(()),
            _ = ready.wait_for(|ready| *ready) => {}
        }
        loop {
            self.refresh().await;
            let pause = if self.keys.borrow().is_empty() { RETRY } else { self.every };
            tokio::select! {
                () = stopping.cancelled() => return Ok(()),
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// Fetches now unless that was done a moment ago; waits for whoever is at it.
    pub async fn refresh_unless_done(&self) {
        let mut last = self.last.lock().await;
        if last.is_none_or(|at| at.elapsed() >= self.every) {
            self.fetch(&mut last).await;
        }
    }

    async fn refresh(&self) {
        self.fetch(&mut *self.last.lock().await).await;
    }

    async fn fetch(&self, last: &mut Option<Instant>) {
        *last = Some(Instant::now());
        match ask(&self.auth).await {
            Ok(fresh) => drop(self.keys.send_replace(fresh)),
            Err(error) => {
                tracing::warn!(
                    error = format!("{error:#}"),
                    "cannot fetch the keys of auth; the old ones stay"
                );
            }
        }
    }
}

async fn ask(auth: &AuthServiceClient<Link>) -> anyhow::Result<Keys> {
    let mut request = Request::new(GetJwksRequest {});
    request.set_timeout(DEADLINE);
    let response = auth.clone().get_jwks(request).await.context("auth does not answer")?;
    Keys::from_jwks(&response.into_inner().jwks_json)
}
