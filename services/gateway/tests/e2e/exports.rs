//! Everything of a user in one file, through all services, and back in.

use crate::{
    fleet::{Fleet, Plan},
    user::{PASSWORD, User},
};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::io::Cursor;
use zip::ZipArchive;

const FILE: &str = "timestamp,symbol,side,quantity,price,commission,execution_id\n\
    2026-01-05T14:30:00Z,=CMD,buy,10,100.123456789,0.5,-1\n2026-01-05T14:40:00Z,=CMD,sell,10,104,-0.25,+2\n\
    2026-01-05T14:40:00Z,MSFT,buy,3,7,0,'=3\n";

async fn file(user: &User, id: &str) -> Vec<u8> {
    let answer = user.send(Method::GET, &format!("/v1/me/exports/{id}/file"), None).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(answer.headers()["content-type"], "application/zip");
    answer.bytes().await.unwrap().to_vec()
}

fn text(archive: &mut ZipArchive<Cursor<Vec<u8>>>, name: &str) -> String {
    std::io::read_to_string(archive.by_name(name).unwrap()).unwrap()
}

/// Trades without what differs from account to account.
async fn trades(user: &User) -> Vec<Value> {
    let mut trades = user.get("/v1/trades?limit=200").await["items"].as_array().unwrap().clone();
    for trade in &mut trades {
        let members = trade.as_object_mut().unwrap();
        for name in ["id", "account_id", "version"] {
            members.remove(name);
        }
    }
    trades.sort_by_key(Value::to_string);
    trades
}

/// The fills of an export, imported by somebody new.
async fn imported_again(fleet: &Fleet, archive: &mut ZipArchive<Cursor<Vec<u8>>>, account: &str) -> User {
    let user = User::new(fleet.gateway()).await;
    let other = user.create_account("Main").await;
    let csv = text(archive, &format!("journal/fills/{account}.csv"));
    let import = user.import(&other, "fills.csv", csv.clone()).await;
    assert_eq!((&import["status"], &import["format"]), (&json!("completed"), &json!("generic-csv")));
    assert_eq!(import["rows"]["rejected"], 0, "{import}\n{csv}");
    user
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_of_a_user_is_in_one_file_that_can_be_imported_again() {
    let fleet = Fleet::start(Plan::default()).await;
    let (user, stranger) = (User::new(fleet.gateway()).await, User::new(fleet.gateway()).await);
    let account = user.create_account("Main").await;
    user.import(&account, "bad=1.csv", FILE).await;
    let key = user.with_key("write").await;
    for (method, path) in [(Method::POST, "/v1/me/export"), (Method::GET, "/v1/me/exports")] {
        assert_eq!(key.send(method, path, None).await.status(), StatusCode::FORBIDDEN);
    }
    let url = format!("{}/v1/me/export", user.gateway);
    let ask = || user.client.post(&url).bearer_auth(&user.access_token).header("idempotency-key", "once");
    let begun = ask().send().await.unwrap();
    assert_eq!(begun.status(), StatusCode::ACCEPTED);
    let location = begun.headers()["location"].to_str().unwrap().to_owned();
    let begun: Value = begun.json().await.unwrap();
    let again = ask().send().await.unwrap();
    assert_eq!(again.headers()["idempotent-replayed"], "true");
    assert_eq!(again.json::<Value>().await.unwrap(), begun);

    let done = testing::eventually("the export", async || {
        let export = user.get(&location).await;
        (export["status"] == "completed").then_some(export)
    })
    .await;

    let id = done["id"].as_str().unwrap();
    assert_eq!(user.get("/v1/me/exports").await["items"], json!([done]));
    let bytes = file(&user, id).await;
    assert_eq!(done["bytes"], bytes.len());
    for path in [location.clone(), format!("{location}/file"), "/v1/me/exports/garbage".to_owned()] {
        assert_eq!(stranger.send(Method::GET, &path, None).await.status(), StatusCode::NOT_FOUND);
    }
    let notice = testing::eventually("the notice", async || {
        let inbox = user.get("/v1/notifications").await;
        inbox["items"].as_array().unwrap().iter().find(|item| item["kind"] == "export-finished").cloned()
    })
    .await;
    assert_eq!(notice["subject_id"], id);
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    for (name, content) in [
        ("account/profile.jsonl", user.email.as_str()),
        ("account/audit-log.jsonl", "signed-in"),
        ("account/sessions.jsonl", "device_name"),
        ("account/api-keys.jsonl", "write"),
        ("inbox/notifications.jsonl", "import-finished"),
        ("journal/imports.jsonl", "bad=1.csv"),
        ("journal/trades.csv", "'=CMD"),
        ("journal/fills.jsonl", "100.123456789"),
    ] {
        let told = text(&mut archive, name);
        assert!(told.contains(content), "{name}: {told}");
    }
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    let original = names.iter().find(|name| name.starts_with("journal/files/")).unwrap();
    assert_eq!(text(&mut archive, original), FILE);
    for name in names {
        let told = text(&mut archive, &name);
        for secret in [PASSWORD, "$argon2", "password_hash", "key_hash", "token_hash", &key.access_token] {
            assert!(!told.contains(secret), "{name} has {secret}");
        }
    }
    let fills = text(&mut archive, &format!("journal/fills/{account}.csv"));
    assert!(fills.contains(",'=CMD,sell,10,104,-0.25,"), "{fills}");
    let other = imported_again(&fleet, &mut archive, &account).await;
    assert_eq!(trades(&other).await, trades(&user).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn fills_of_a_real_file_come_back_to_the_cent() {
    let files = ["ibkr-flex-report.xml", "tradovate-position-history.csv", "coinbase-export.csv"];
    let files = files.map(|name| testing::shared_file(&format!("data/brokers/{name}")));
    let fleet = Fleet::start(Plan::default()).await;
    for path in files.into_iter().flatten() {
        let user = User::new(fleet.gateway()).await;
        let account = user.create_account("Main").await;
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        user.import(&account, &name, std::fs::read(&path).unwrap()).await;
        let expected = trades(&user).await;
        assert!(!expected.is_empty(), "{name}");
        let bytes = file(&user, &user.exported().await).await;

        let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
        let other = imported_again(&fleet, &mut archive, &account).await;

        let money = |trades: &[Value]| {
            let of = |trade: &Value| {
                [
                    "symbol",
                    "side",
                    "peak_quantity",
                    "average_entry",
                    "average_exit",
                    "gross_pnl",
                    "net_pnl",
                    "commissions",
                    "fees",
                    "currency",
                    "opened_at",
                    "closed_at",
                ]
                .map(|name| trade[name].to_string())
                .join(" ")
            };
            let mut lines: Vec<String> = trades.iter().map(of).collect();
            lines.sort();
            lines
        };
        assert_eq!(money(&trades(&other).await), money(&expected), "{name}");
    }
}
