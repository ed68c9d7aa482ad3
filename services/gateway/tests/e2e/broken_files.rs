//! Files that cannot be imported: a clear word, and nothing lost or stored.

use crate::{
    fleet::{Fleet, Plan},
    user::User,
};
use reqwest::{StatusCode, multipart};
use serde_json::Value;

#[tokio::test(flavor = "multi_thread")]
async fn unreadable_files_fail_with_a_sentence_and_store_nothing() {
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;
    let account = user.create_account("Main").await;
    let flex = "<FlexQueryResponse>\n<Trades>\n<Trade symbol=\"A\" quantity=\"1\" tradePrice=\"1\" dateTime=\"20260105;093000\" ibExecID=\"1\"/>\n";
    let files: [(&str, Vec<u8>, &str); 4] = [
        ("garbage.bin", vec![0, 159, 146, 150, 1, 2, 3], "neither text nor"),
        ("blank.csv", b"   \n\n".to_vec(), "empty"),
        ("truncated.xml", flex.into(), "cut off"),
        ("letter.txt", b"Dear Sir or Madam,\n".to_vec(), "not recognised"),
    ];

    for (name, bytes, expected) in files {
        let import = user.import(&account, name, bytes).await;

        assert_eq!(import["status"], "failed", "{name}: {import}");
        let failure = import["failure"].as_str().unwrap();
        assert!(failure.contains(expected), "{name}: {failure}");
    }
    assert_eq!(user.get("/v1/fills").await["items"], serde_json::json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_uploads_are_refused_before_anything_is_stored() {
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;
    let account = user.create_account("Main").await;

    let empty = user.upload(&account, "empty.csv", Vec::new()).await;
    assert_eq!(empty.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let large = user.upload(&account, "large.csv", vec![b'x'; 11 * 1024 * 1024]).await;
    assert_eq!(large.status(), StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(large.json::<Value>().await.unwrap()["type"], "urn:journal:problem:file-too-large");
    let send = async |form: multipart::Form| {
        let request =
            user.client.post(format!("{}/v1/imports", user.gateway)).bearer_auth(&user.access_token);
        request.multipart(form).send().await.unwrap().json::<Value>().await.unwrap()
    };
    let file = || multipart::Part::bytes(b"x".to_vec()).file_name("x.csv");
    let form = || multipart::Form::new().text("account_id", account.clone());

    let unknown_format = send(form().text("format", "ledgerx").part("file", file())).await;
    let unknown_zone = send(form().text("time_zone", "Mars/Olympus").part("file", file())).await;
    let unknown_field = send(form().text("is_admin", "true").part("file", file())).await;
    let no_file = send(form()).await;
    let no_account = send(multipart::Form::new().part("file", file())).await;

    for (problem, field) in [
        (unknown_format, "format"),
        (unknown_zone, "time_zone"),
        (unknown_field, "is_admin"),
        (no_file, "file"),
        (no_account, "account_id"),
    ] {
        assert_eq!(
            (problem["status"].as_u64(), problem["errors"][0]["field"].as_str()),
            (Some(422), Some(field)),
            "{problem}"
        );
    }
    assert_eq!(user.get("/v1/imports").await["items"], serde_json::json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_may_come_before_its_account() {
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;
    let account = user.create_account("Main").await;
    let file = multipart::Part::bytes(crate::user::round_trips(3, "101").into_bytes())
        .file_name("../../etc/trips.csv");
    let form = multipart::Form::new().part("file", file).text("account_id", account);

    let request = user.client.post(format!("{}/v1/imports", user.gateway)).bearer_auth(&user.access_token);
    let import: Value = request.multipart(form).send().await.unwrap().json().await.unwrap();
    let import = user.finished(import["id"].as_str().unwrap()).await;

    assert_eq!(
        (import["status"].as_str(), import["file_name"].as_str()),
        (Some("completed"), Some("trips.csv"))
    );
    assert_eq!(import["fills"]["new"], 6);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_bad_line_among_ten_thousand_is_named_and_the_others_are_in() {
    let fleet = Fleet::start(Plan::default()).await;
    let user = User::new(fleet.gateway()).await;
    let account = user.create_account("Main").await;
    let mut lines: Vec<String> = crate::user::round_trips(5_000, "101").lines().map(str::to_owned).collect();
    lines[7_777] = "2026-02-05T10:00:00Z,S000,buy,one,100,B0".to_owned();

    let import = user.import(&account, "long.csv", lines.join("\n")).await;

    assert_eq!(import["rows"]["total"], 10_000);
    assert_eq!(
        (import["rows"]["read"].as_u64(), import["rows"]["rejected"].as_u64()),
        (Some(9_999), Some(1))
    );
    assert_eq!(import["fills"]["new"], 9_999);
    let errors: Vec<&Value> =
        import["diagnostics"].as_array().unwrap().iter().filter(|d| d["severity"] == "error").collect();
    assert_eq!(errors.len(), 1);
    assert_eq!((errors[0]["line"].as_u64(), errors[0]["column"].as_str()), (Some(7_778), Some("quantity")));
}
