//! Mentors: who reads another's journal, what they cannot do, and how it ends.

use crate::{
    fleet::{Fleet, Plan},
    user::{User, round_trips},
};
use reqwest::{Method, Response, StatusCode};
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use testing::SmtpSink;

impl User {
    async fn send_as_mentor(&self, owner: &str, method: Method, path: &str, body: Option<Value>) -> Response {
        let request = self.client.request(method, format!("{}{path}", self.gateway));
        let request = request.bearer_auth(&self.access_token).header("journal-owner", owner);
        body.iter().fold(request, reqwest::RequestBuilder::json).send().await.unwrap()
    }

    async fn status_as_mentor(&self, owner: &str, method: Method, path: &str) -> StatusCode {
        self.send_as_mentor(owner, method, path, None).await.status()
    }
}

/// The token of the invitation that was mailed.
async fn mailed_token(sink: &SmtpSink) -> String {
    testing::eventually("the invitation", async || {
        let mut mails = sink.received().into_iter().map(|mail| mail.readable());
        let text = mails.find(|text| text.contains("accept-invitation#token="))?;
        let (_, rest) = text.split_once("accept-invitation#token=")?;
        Some(rest.chars().take_while(|letter| !letter.is_whitespace()).collect::<String>())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mentor_reads_the_journal_changes_nothing_and_sees_nothing_once_it_ends() {
    let sink = SmtpSink::start().await;
    let plan = Plan { instances: 2, smtp_url: Some(sink.url()), ..Plan::default() };
    let fleet = Fleet::start(plan).await;
    let (owner, mentor) = (User::new(fleet.gateway()).await, User::new(fleet.gateway()).await);
    let stranger = User::new(fleet.gateway()).await;
    let owner_id = owner.get("/v1/me").await["id"].as_str().unwrap().to_owned();
    let account = owner.create_account("Main").await;
    owner.import(&account, "trips.csv", round_trips(2, "101")).await;
    owner.until_statistics(2).await;

    let invite = json!({"email": "mentor@journal.example"});
    let invited = owner.send(Method::POST, "/v1/mentors", Some(invite)).await;
    assert_eq!(invited.status(), StatusCode::CREATED);
    let id = invited.json::<Value>().await.unwrap()["id"].as_str().unwrap().to_owned();
    assert_eq!(mentor.status_as_mentor(&owner_id, Method::GET, "/v1/trades").await, StatusCode::NOT_FOUND);
    let token = json!({"token": mailed_token(&sink).await});
    let own = owner.send(Method::POST, "/v1/mentored", Some(token.clone())).await;
    assert_eq!(own.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let accepted = mentor.send(Method::POST, "/v1/mentored", Some(token.clone())).await;
    assert_eq!(accepted.status(), StatusCode::CREATED);
    let again = stranger.send(Method::POST, "/v1/mentored", Some(token)).await;
    assert_eq!(again.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(owner.get("/v1/mentors").await["items"][0]["status"], "accepted");
    assert_eq!(mentor.get("/v1/mentored").await["items"][0]["owner_id"], owner_id.as_str());

    for path in ["/v1/trades", "/v1/accounts", "/v1/fills", "/v1/analytics/summary", "/v1/imports"] {
        let read = mentor.send_as_mentor(&owner_id, Method::GET, path, None).await;
        assert_eq!(read.status(), StatusCode::OK, "{path}");
        assert_eq!(read.json::<Value>().await.unwrap(), owner.get(path).await, "{path}");
    }
    assert_eq!(mentor.get("/v1/trades").await["items"], json!([]));
    for (method, path, body) in [
        (Method::DELETE, format!("/v1/accounts/{account}"), None),
        (Method::PATCH, format!("/v1/accounts/{account}"), Some(json!({"name": "Mine"}))),
        (Method::GET, "/v1/notifications".to_owned(), None),
        (Method::GET, "/v1/stream".to_owned(), None),
        (Method::GET, "/v1/stream/sse".to_owned(), None),
        (Method::GET, "/v1/auth/sessions".to_owned(), None),
        (Method::DELETE, "/v1/me".to_owned(), Some(json!({}))),
        (Method::POST, "/v1/auth/api-keys".to_owned(), Some(json!({"name": "Mine", "scope": "read"}))),
    ] {
        let refused = mentor.send_as_mentor(&owner_id, method, &path, body).await;
        assert_eq!(refused.status(), StatusCode::FORBIDDEN, "{path}");
        assert_eq!(refused.json::<Value>().await.unwrap()["type"], "urn:journal:problem:read-only", "{path}");
    }
    for (reader, whom) in [(&stranger, owner_id.as_str()), (&owner, "01900000-0000-7000-8000-000000000000")] {
        assert_eq!(reader.status_as_mentor(whom, Method::GET, "/v1/trades").await, StatusCode::NOT_FOUND);
    }
    let garbage = mentor.status_as_mentor("nobody", Method::GET, "/v1/trades").await;
    assert_eq!(garbage, StatusCode::UNPROCESSABLE_ENTITY);
    let program = mentor.with_key("read").await;
    assert_eq!(program.status_as_mentor(&owner_id, Method::GET, "/v1/trades").await, StatusCode::FORBIDDEN);

    let elsewhere = mentor.at(&fleet.gateways[1]);
    assert_eq!(elsewhere.status_as_mentor(&owner_id, Method::GET, "/v1/trades").await, StatusCode::OK);
    let ended = owner.send(Method::DELETE, &format!("/v1/mentors/{id}"), None).await;
    assert_eq!(ended.status(), StatusCode::NO_CONTENT);
    let revoked = Instant::now();
    while elsewhere.status_as_mentor(&owner_id, Method::GET, "/v1/trades").await != StatusCode::NOT_FOUND {
        assert!(revoked.elapsed() < Duration::from_secs(5), "the mentor still reads at the other gateway");
    }
    assert_eq!(mentor.status_as_mentor(&owner_id, Method::GET, "/v1/trades").await, StatusCode::NOT_FOUND);
    assert_eq!(mentor.get("/v1/mentored").await["items"], json!([]));
    let kinds = |log: &Value| {
        log["items"].as_array().unwrap().iter().map(|line| line["kind"].to_string()).collect::<String>()
    };
    let (hers, his) = (kinds(&owner.get("/v1/me/audit").await), kinds(&mentor.get("/v1/me/audit").await));
    assert!(hers.contains("\"mentor-ended\"\"mentor-accepted\"\"mentor-invited\""), "{hers}");
    assert!(his.contains("\"invitation-accepted\""), "{his}");
}
