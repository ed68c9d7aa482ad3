//! Images of trades through the public API.

use crate::{
    fleet::{Fleet, Plan},
    user::{User, round_trips},
};
use reqwest::{Method, Response, StatusCode, multipart};
use serde_json::{Value, json};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n and more";

async fn add(user: &User, path: &str, name: &str, bytes: Vec<u8>, key: &str) -> Response {
    let file = multipart::Part::bytes(bytes).file_name(name.to_owned());
    let request = user.client.post(format!("{}{path}", user.gateway)).bearer_auth(&user.access_token);
    let request = request.header("idempotency-key", key);
    request.multipart(multipart::Form::new().part("file", file)).send().await.unwrap()
}

async fn user_with_trade(fleet: &Fleet) -> (User, String) {
    let user = User::new(fleet.gateway()).await;
    let account = user.create_account("Main").await;
    user.import(&account, "trips.csv", round_trips(1, "101")).await;
    let trade = user.get("/v1/trades").await["items"][0]["id"].as_str().unwrap().to_owned();
    (user, format!("/v1/trades/{trade}/attachments"))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_image_comes_back_as_it_went_and_as_nothing_else() {
    let fleet = Fleet::start(Plan::default()).await;
    let (user, path) = user_with_trade(&fleet).await;

    let added = add(&user, &path, "../<b>\u{fc}.html", PNG.to_vec(), "k").await;
    assert_eq!(added.status(), StatusCode::CREATED);
    let location = added.headers()["location"].to_str().unwrap().to_owned();
    let added: Value = added.json().await.unwrap();
    assert_eq!((&added["media_type"], &added["bytes"]), (&json!("image/png"), &json!(PNG.len())));
    assert_eq!(added["file_name"], "<b>\u{fc}.html");
    let again = add(&user, &path, "../<b>\u{fc}.html", PNG.to_vec(), "k").await;
    assert_eq!(again.headers()["idempotent-replayed"], "true");
    assert_eq!(again.json::<Value>().await.unwrap(), added);
    let other = add(&user, &path, "other.png", PNG.to_vec(), "k").await;
    assert_eq!(other.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(user.get(&path).await["items"], json!([added]));
    assert_eq!(fleet.stored_files(), 2, "the imported file and the image");

    let image = user.send(Method::GET, &location, None).await;
    assert_eq!(image.status(), StatusCode::OK);
    let told = |name: &str| image.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(
        (told("content-type"), told("x-content-type-options")),
        ("image/png".to_owned(), "nosniff".to_owned())
    );
    assert_eq!(told("content-disposition"), "inline; filename*=UTF-8''%3Cb%3E%C3%BC.html");
    assert_eq!(told("content-security-policy"), "default-src 'none'; frame-ancestors 'none'; sandbox");
    assert_eq!(told("content-length"), PNG.len().to_string());
    let tag = told("etag");
    assert_eq!(image.bytes().await.unwrap(), PNG);
    let known = user.client.get(format!("{}{location}", user.gateway)).bearer_auth(&user.access_token);
    let known = known.header("if-none-match", tag).send().await.unwrap();
    assert_eq!(known.status(), StatusCode::NOT_MODIFIED);

    assert_eq!(user.send(Method::DELETE, &location, None).await.status(), StatusCode::NO_CONTENT);
    for method in [Method::DELETE, Method::GET] {
        assert_eq!(user.send(method, &location, None).await.status(), StatusCode::NOT_FOUND);
    }
    assert_eq!(user.get(&path).await["items"], json!([]));
    assert_eq!(fleet.stored_files(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_image_of_ones_own_trade_is_refused_and_leaves_nothing() {
    let fleet = Fleet::start(Plan::default()).await;
    let ((user, path), (stranger, theirs)) = (user_with_trade(&fleet).await, user_with_trade(&fleet).await);
    let added = add(&stranger, &theirs, "a.png", PNG.to_vec(), "k").await;
    let location = added.headers()["location"].to_str().unwrap().to_owned();
    let id = location.rsplit('/').next().unwrap();
    let before = fleet.stored_files();

    for (name, bytes) in [
        ("a.png", b"<svg onload=alert(1)>".to_vec()),
        ("a.gif", Vec::new()),
        ("a.jpg", b"GIF8".to_vec()),
        ("a.webp", b"RIFF....WAVE....".to_vec()),
    ] {
        let refused = add(&user, &path, name, bytes, name).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert_eq!(refused.json::<Value>().await.unwrap()["errors"][0]["field"], "file", "{name}");
    }
    let large = [PNG, &vec![0; 10 * 1024 * 1024]].concat();
    assert_eq!(add(&user, &path, "a.png", large, "large").await.status(), StatusCode::PAYLOAD_TOO_LARGE);
    let form = multipart::Form::new().text("note", "x");
    let request = user.client.post(format!("{}{path}", user.gateway)).bearer_auth(&user.access_token);
    assert_eq!(request.multipart(form).send().await.unwrap().status(), StatusCode::UNPROCESSABLE_ENTITY);
    let json = user.send(Method::POST, &path, Some(json!({}))).await;
    assert_eq!(json.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);

    assert_eq!(add(&user, &theirs, "a.png", PNG.to_vec(), "theirs").await.status(), StatusCode::NOT_FOUND);
    for method in [Method::GET, Method::DELETE] {
        for path in [location.clone(), format!("{path}/{id}"), format!("{path}/x")] {
            assert_eq!(
                user.send(method.clone(), &path, None).await.status(),
                StatusCode::NOT_FOUND,
                "{path}"
            );
        }
    }
    assert_eq!(user.send(Method::GET, &theirs, None).await.status(), StatusCode::NOT_FOUND);
    assert_eq!((user.get(&path).await["items"].clone(), fleet.stored_files()), (json!([]), before));

    for n in 0..20 {
        assert_eq!(
            add(&user, &path, "a.png", PNG.to_vec(), &n.to_string()).await.status(),
            StatusCode::CREATED
        );
    }
    let one_more = add(&user, &path, "a.png", PNG.to_vec(), "one more").await;
    assert_eq!(one_more.status(), StatusCode::UNPROCESSABLE_ENTITY, "a key has no spaces");
    let one_more = add(&user, &path, "a.png", PNG.to_vec(), "more").await;
    assert_eq!(one_more.status(), StatusCode::CONFLICT);
    assert_eq!(fleet.stored_files(), before + 20);
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_comes_behind_an_image_is_refused_with_it() {
    let fleet = Fleet::start(Plan::default()).await;
    let (user, path) = user_with_trade(&fleet).await;
    let image = || multipart::Part::bytes(PNG).file_name("a.png");
    for form in [
        multipart::Form::new().part("file", image()).part("file", image()),
        multipart::Form::new().part("file", image()).text("note", "look"),
    ] {
        let request = user.client.post(format!("{}{path}", user.gateway)).bearer_auth(&user.access_token);
        let refused = request.multipart(form).send().await.unwrap();
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(user.get(&path).await["items"], json!([]));
    testing::eventually("the images to be gone", async || (fleet.stored_files() == 1).then_some(())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_image_that_ends_like_a_refusal_is_given_back_as_it_is() {
    let fleet = Fleet::start(Plan::default()).await;
    let (user, path) = user_with_trade(&fleet).await;
    let image = [PNG, b"HTTP/1.1 400 x\r\ncontent-length: 0\r\n\r\n"].concat();
    let added = add(&user, &path, "sly.png", image.clone(), "k").await;
    let location = added.headers()["location"].to_str().unwrap().to_owned();

    // Twice, on one connection.
    for _ in 0..2 {
        let given = user.send(Method::GET, &location, None).await;
        assert_eq!(given.status(), StatusCode::OK);
        assert_eq!(given.bytes().await.unwrap(), image);
    }
}
