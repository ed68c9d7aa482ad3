//! Fills one client's outbox with the live messages of its user, until there is a reason to stop.

use super::{end::End, outbox::Outbox};
use crate::{app::App, wire::notifications::LiveMessage as Wire};
use identity::{Caller, authorized};
use journal_proto::notifications::v1::{LiveMessage, SubscribeRequest};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::time::Duration;
use tokio::time::{Instant, interval};
use tonic::{Code, Status, Streaming};

const REVOCATION_LOOK: Duration = Duration::from_millis(250);
const RECONNECT_FOR: Duration = Duration::from_secs(10);

/// What feeds one client.
pub(super) struct Feed {
    app: App,
    caller: Caller,
    /// Where it resumes.
    since: Option<u64>,
    /// The newest message when it last subscribed: those up to it are what it missed.
    newest: u64,
}

/// The first message of a subscription.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Greeting {
    seq: u64,
    resumed: bool,
}

impl Feed {
    /// For a client that has got everything up to `since`; `None`: it wants what comes from now on.
    pub fn new(app: App, caller: Caller, since: Option<u64>) -> Self {
        Self { app, caller, since, newest: 0 }
    }

    /// Feeds until the client leaves, is too slow or may not hear any more, or until this gateway stops.
    pub async fn run(mut self, outbox: Outbox) -> End {
        let (app, session) = (self.app.clone(), self.caller.session_id);
        let life = self.caller.expires_at - app.clock.now();
        let expiry = Instant::now() + Duration::try_from(life).unwrap_or_default();
        let ended = async {
            let mut look = interval(REVOCATION_LOOK);
            while !app.revocations.contains(session) {
                look.tick().await;
            }
        };
        let end = tokio::select! {
            () = app.stopping.cancelled() => End::Restarting,
            () = tokio::time::sleep_until(expiry) => End::Unauthorized("the access token expired"),
            () = ended => End::Unauthorized("the session ended"),
            () = outbox.closed() => End::Left,
            end = self.pass_on(&outbox) => end,
        };
        if end == End::Slow {
            metrics::counter!("live.clients.cut").increment(1);
        }
        end
    }

    async fn pass_on(&mut self, outbox: &Outbox) -> End {
        loop {
            let mut subscription = match self.subscribe().await {
                Ok(subscription) => subscription,
                Err(end) => return end,
            };
            while let Ok(Some(message)) = subscription.message().await {
                if let Err(end) = self.put(outbox, &message).await {
                    return end;
                }
                if message.r#type == "session.revoked" && self.names_session(&message) {
                    self.app.revocations.insert(self.caller.session_id);
                    return End::Unauthorized("the session ended");
                }
            }
        }
    }

    /// Subscribes, for a while also when notifications is just being replaced.
    async fn subscribe(&self) -> Result<Streaming<LiveMessage>, End> {
        let deadline = Instant::now() + RECONNECT_FOR;
        loop {
            let request = authorized(SubscribeRequest { since: self.since }, &self.caller);
            match self.app.notifications.clone().subscribe(request).await {
                Ok(response) => return Ok(response.into_inner()),
                Err(status) if status.code() == Code::Unauthenticated => {
                    return Err(End::Unauthorized("the access token is not valid"));
                }
                Err(status) if status.code() == Code::PermissionDenied => {
                    return Err(End::Unauthorized("the access token is not for this"));
                }
                Err(status) => wait_or_give_up(&status, deadline).await?,
            }
        }
    }

    async fn put(&mut self, outbox: &Outbox, message: &LiveMessage) -> Result<(), End> {
        let Ok(data) = serde_json::from_str::<&RawValue>(&message.data_json) else {
            tracing::error!(r#type = message.r#type, "a live message is not JSON");
            return Ok(());
        };
        let wire = Wire { seq: message.seq, r#type: &message.r#type, data };
        let Ok(text) = serde_json::to_string(&wire) else { return Ok(()) };
        // Who hears of it reads nothing from before.
        self.app.cache.renew(self.caller.user_id.0).await;
        let position = self.position(message);
        self.since = position.or(self.since);
        if message.seq > self.newest {
            outbox.put(position, text)
        } else {
            outbox.put_patiently(position, text).await
        }
    }

    /// Where to resume after this message. The greeting has no number of its own: who does not resume starts behind the newest message.
    fn position(&mut self, message: &LiveMessage) -> Option<u64> {
        if message.seq > 0 {
            return Some(message.seq);
        }
        let greeting: Greeting = serde_json::from_str(&message.data_json).unwrap_or_default();
        self.newest = greeting.seq;
        (!greeting.resumed).then_some(greeting.seq)
    }

    fn names_session(&self, message: &LiveMessage) -> bool {
        let data: serde_json::Value = serde_json::from_str(&message.data_json).unwrap_or_default();
        data.get("session_id").and_then(|id| id.as_str()) == Some(&self.caller.session_id.to_string())
    }
}

async fn wait_or_give_up(status: &Status, deadline: Instant) -> Result<(), End> {
    tracing::debug!(%status, "cannot subscribe to live messages yet");
    if Instant::now() > deadline {
        return Err(End::Unavailable);
    }
    tokio::time::sleep(Duration::from_millis(250)).await;
    Ok(())
}
