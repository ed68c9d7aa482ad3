//! Sessions that ended while their access tokens are still young.

use crate::{SessionId, Settings};
use journal_proto::{
    Timestamp,
    auth::v1::{ListRevocationsRequest, auth_service_client::AuthServiceClient},
};
use moka::sync::Cache;
use runtime::{Service, grpc::Link, secrets::Secret};
use std::time::Duration;
use tokio::sync::watch;
use tonic::Request;

/// A quarter of the second within which an ended session is refused everywhere.
const EVERY: Duration = Duration::from_millis(250);
const DEADLINE: Duration = Duration::from_secs(2);
/// Longer than an access token lives.
const MEMORY: Duration = Duration::from_mins(10);

/// The sessions that ended in the last minutes, as auth's database tells it: neither a flushed cache nor a missed message
/// brings one back. Clones share what they know.
#[derive(Clone)]
pub struct Revocations {
    ended: Cache<SessionId, ()>,
}

impl Revocations {
    /// Knows of no ended session but those that it is told.
    pub(crate) fn unheard() -> Self {
        Self { ended: Cache::builder().time_to_live(MEMORY).max_capacity(1_000_000).build() }
    }

    /// Starts the background task `revocations`, which asks auth four times a second. What is returned besides turns true when the
    /// sessions that ended before are known.
    pub(crate) fn follow(
        service: &mut Service,
        settings: &Settings,
        key: &Secret,
    ) -> anyhow::Result<(Self, watch::Receiver<bool>)> {
        let link = Link::new("auth", &settings.auth_url, &settings.calls, key)?;
        let auth = AuthServiceClient::new(link);
        let (known, caught_up) = watch::channel(false);
        let revocations = Self::unheard();
        let (task, stopping) = (revocations.clone(), service.stopping());
        service.spawn("revocations", async move {
            let mut since = None;
            loop {
                match task.catch_up(&auth, since).await {
                    Ok(next) => {
                        since = next;
                        known.send_replace(true);
                    }
                    Err(status) => tracing::debug!(%status, "cannot ask auth for ended sessions"),
                }
                tokio::select! {
                    () = stopping.cancelled() => return Ok(()),
                    () = tokio::time::sleep(EVERY) => {}
                }
            }
        });
        Ok((revocations, caught_up))
    }

    async fn catch_up(
        &self,
        auth: &AuthServiceClient<Link>,
        since: Option<Timestamp>,
    ) -> Result<Option<Timestamp>, tonic::Status> {
        let mut request = Request::new(ListRevocationsRequest { since });
        request.set_timeout(DEADLINE);
        let answer = auth.clone().list_revocations(request).await?.into_inner();
        for revocation in answer.revocations {
            if let Ok(session) = revocation.session_id.parse() {
                self.insert(session);
            }
        }
        Ok(answer.next_since)
    }

    /// This session has ended.
    pub fn insert(&self, session: SessionId) {
        self.ended.insert(session, ());
    }

    /// True when the session has ended.
    pub fn contains(&self, session: SessionId) -> bool {
        self.ended.contains_key(&session)
    }
}
