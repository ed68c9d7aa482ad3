//! The header `Journal-Owner`: a mentor reads somebody else's journal, by an access token that auth derives and that is kept for a minute.

use crate::{app::App, problem::Problem};
use http::{HeaderMap, HeaderName, StatusCode};
use identity::{Caller, UserId};
use journal_proto::auth::v1::ReadAsRequest;
use moka::sync::Cache;
use std::{sync::Arc, time::Duration};
use tokio::sync::OnceCell;

/// Names the user whose journal is read.
pub(crate) const JOURNAL_OWNER: HeaderName = HeaderName::from_static("journal-owner");

/// A token is kept for so long: far less than it lives.
const KEPT: Duration = Duration::from_mins(1);
const MOST: u64 = 50_000;

/// Callers by mentor and owner. Whoever comes while auth is being asked waits for that one answer.
#[derive(Clone)]
pub(crate) struct JournalOwners {
    callers: Cache<(UserId, UserId), Arc<OnceCell<Caller>>>,
}

impl JournalOwners {
    pub fn new() -> Self {
        Self { callers: Cache::builder().time_to_live(KEPT).max_capacity(MOST).build() }
    }

    /// Whom a request of `caller` is read as: the owner that it names, who must have allowed it, else the caller. A user who did not allow
    /// it is like one who does not exist.
    pub async fn reader(&self, app: &App, caller: Caller, headers: &HeaderMap) -> Result<Caller, Problem> {
        let Some(owner) = named(headers)? else { return Ok(caller) };
        if owner == caller.user_id {
            return Ok(caller);
        }
        // Before the answer that is kept for the user's sessions.
        if caller.scope.is_some() {
            let detail = "an API key opens the journal of its owner alone: sign in";
            return Err(Problem::new(StatusCode::FORBIDDEN, "session-required", detail));
        }
        let reader = self.kept(app, &caller, owner).await?;
        if !has_ended(app, &reader) {
            return Ok(reader);
        }
        // The owner may have allowed it anew since.
        self.callers.invalidate(&(caller.user_id, owner));
        let reader = self.kept(app, &caller, owner).await?;
        if has_ended(app, &reader) { Err(Problem::not_found()) } else { Ok(reader) }
    }

    async fn kept(&self, app: &App, caller: &Caller, owner: UserId) -> Result<Caller, Problem> {
        let cell = self.callers.get_with((caller.user_id, owner), Arc::default);
        cell.get_or_try_init(|| derive(app, caller, owner)).await.cloned()
    }
}

fn has_ended(app: &App, reader: &Caller) -> bool {
    app.revocations.contains(reader.session_id) || reader.expires_at <= app.clock.now()
}

fn named(headers: &HeaderMap) -> Result<Option<UserId>, Problem> {
    let mut lines = headers.get_all(JOURNAL_OWNER).iter();
    let Some(line) = lines.next() else { return Ok(None) };
    let owner = line.to_str().ok().filter(|_| lines.next().is_none()).and_then(|text| text.parse().ok());
    let expected = "must be one line with the id of a user";
    owner.map(Some).ok_or_else(|| Problem::invalid_field("Journal-Owner", expected))
}

async fn derive(app: &App, caller: &Caller, owner: UserId) -> Result<Caller, Problem> {
    let request = app.request(ReadAsRequest { owner_id: owner.to_string() }, caller);
    let token = app.mentors.clone().read_as(request).await?.into_inner().access_token;
    app.verifier.verify(&token).await.map_err(|_| Problem::not_found())
}
