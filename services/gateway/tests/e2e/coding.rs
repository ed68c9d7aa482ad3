//! Bodies in fewer bytes, for those who can read them.

use crate::{
    fleet::{Fleet, Plan},
    user::{User, round_trips},
};
use reqwest::{Response, StatusCode};

async fn get(user: &User, path: &str, headers: &[(&'static str, &str)]) -> Response {
    let request = user.client.get(format!("{}{path}", user.gateway)).bearer_auth(&user.access_token);
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    request.send().await.unwrap()
}

fn header(answer: &Response, name: &str) -> Option<String> {
    Some(answer.headers().get(name)?.to_str().unwrap().to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn bodies_over_a_kibibyte_are_compressed_as_the_client_likes() {
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;
    let account = user.create_account("Main").await;
    user.import(&account, "trips.csv", round_trips(20, "101")).await;
    let trade = user.get("/v1/trades").await["items"][0]["id"].as_str().unwrap().to_owned();
    let varied = Some("accept-encoding".to_owned());
    let plain = get(&user, "/v1/trades", &[]).await;
    assert_eq!((header(&plain, "content-encoding"), header(&plain, "vary")), (None, varied.clone()));
    let tag = header(&plain, "etag").unwrap();
    let plain = plain.bytes().await.unwrap();

    for (accepted, coding) in [
        ("gzip", Some("gzip")),
        ("br", Some("br")),
        ("zstd", Some("zstd")),
        ("gzip, deflate, br, zstd", Some("zstd")),
        ("gzip;q=1, br;q=0.2", Some("gzip")),
        ("deflate, identity", None),
        ("identity;q=0", None),
    ] {
        let answer = get(&user, "/v1/trades", &[("accept-encoding", accepted)]).await;
        assert_eq!(answer.status(), StatusCode::OK);
        assert_eq!(
            (header(&answer, "content-encoding").as_deref(), header(&answer, "vary")),
            (coding, varied.clone())
        );
        // A weak tag means every coding of it.
        assert_eq!(header(&answer, "etag").unwrap(), tag);
        let body = answer.bytes().await.unwrap();
        assert_eq!(body.len() < plain.len() / 4, coding.is_some(), "{accepted}: {} bytes", body.len());
    }
    let small = get(&user, "/v1/accounts", &[("accept-encoding", "gzip")]).await;
    assert_eq!(header(&small, "content-encoding"), None);

    // Other bytes have another strong tag, and both lead to the same state.
    let path = format!("/v1/trades/{trade}");
    let (plain, coded) =
        (get(&user, &path, &[]).await, get(&user, &path, &[("accept-encoding", "gzip")]).await);
    assert_eq!(header(&coded, "content-encoding").as_deref(), Some("gzip"));
    let (plain, coded) = (header(&plain, "etag").unwrap(), header(&coded, "etag").unwrap());
    assert_eq!(coded, plain.trim_end_matches('"').to_owned() + "+gzip\"");
    let known = [("accept-encoding", "br"), ("if-none-match", &*coded)];
    let answer = get(&user, &path, &known).await;
    assert_eq!(answer.status(), StatusCode::NOT_MODIFIED);
    assert_eq!((header(&answer, "content-encoding"), answer.bytes().await.unwrap().len()), (None, 0));
    let change = user.client.patch(format!("{}{path}", user.gateway)).bearer_auth(&user.access_token);
    let change = change.header("if-match", coded).json(&serde_json::json!({"notes": "seen"}));
    assert_eq!(change.send().await.unwrap().status(), StatusCode::OK);
}
