//! What is asked, by whom, and in which words it is answered.

use axum::extract::{MatchedPath, Request};
use http::{Method, header};
use identity::Caller;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// Reads whose answers are kept: what they show changes by writes of the user, or by what tells so.
const KEPT: [&str; 29] = [
    "/v1/accounts",
    "/v1/accounts/{id}",
    "/v1/accounts/{id}/cash",
    "/v1/accounts/{id}/tax",
    "/v1/bars",
    "/v1/bars/prices",
    "/v1/custom-fields",
    "/v1/custom-fields/{id}",
    "/v1/fills",
    "/v1/fills/{id}",
    "/v1/fills/{id}/corrections",
    "/v1/imports/mappings",
    "/v1/imports/mappings/{id}",
    "/v1/journal",
    "/v1/journal-templates",
    "/v1/journal-templates/{id}",
    "/v1/journal/{date}",
    "/v1/playbooks",
    "/v1/playbooks/{id}",
    "/v1/rates",
    "/v1/regroupings",
    "/v1/saved-views",
    "/v1/saved-views/{id}",
    "/v1/strategies",
    "/v1/tags",
    "/v1/tags/{id}",
    "/v1/trades",
    "/v1/trades/{id}",
    "/v1/trades/{id}/attachments",
];
/// Reads by which a user learns that something has happened.
const NEWS: [&str; 3] = ["/v1/imports", "/v1/imports/{id}", "/v1/notifications"];

/// A read of a user.
#[derive(Debug)]
pub(crate) struct Question {
    /// Whose data it shows.
    pub user: Uuid,
    /// Its answer follows a write a moment later.
    pub settles: bool,
    asked: Sha256,
}

impl Question {
    /// `None`: its answer is not kept.
    pub fn of(request: &Request) -> Option<Self> {
        let route = request.extensions().get::<MatchedPath>()?.as_str();
        let is_statistics = route.starts_with("/v1/analytics/");
        if request.method() != Method::GET || !(is_statistics || KEPT.contains(&route)) {
            return None;
        }
        let caller = request.extensions().get::<Caller>()?;
        let mut asked = Sha256::new();
        let mut add = |text: &[u8]| {
            asked.update((text.len() as u64).to_be_bytes());
            asked.update(text);
        };
        add(caller.user_id.0.as_bytes());
        // Who may do less, or reads for another, has answers of his own.
        add(caller.scope.map_or("", identity::Scope::as_str).as_bytes());
        add(caller.actor.map(|actor| actor.0).unwrap_or_default().as_bytes());
        add(request.headers().get(header::ACCEPT_ENCODING).map_or(&b""[..], |coding| coding.as_bytes()));
        add(request.uri().path().as_bytes());
        for (name, value) in sorted(request.uri().query().unwrap_or_default()) {
            add(name.as_bytes());
            add(value.as_bytes());
        }
        Some(Self { user: caller.user_id.0, settles: is_statistics, asked })
    }

    /// Under a version of the user's data.
    pub fn key(&self, version: &str) -> [u8; 32] {
        self.asked.clone().chain_update(version).finalize().into()
    }
}

/// True for what tells a user news.
pub(crate) fn tells_news(request: &Request) -> bool {
    let route = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    request.method() == Method::GET && route.is_some_and(|route| NEWS.contains(&route))
}

/// The same parameters in another order ask the same; those of one name keep theirs.
fn sorted(query: &str) -> Vec<(String, String)> {
    let mut pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    pairs.sort_by(|(one, _), (other, _)| one.cmp(other));
    pairs
}
