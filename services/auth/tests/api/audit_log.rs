//! The audit log: a line for whatever happens to an account, which nobody changes.

use crate::support::{Auth, PASSWORD, auth, id, login_of, start_instance};
use journal_proto::auth::v1::{ChangePasswordRequest, LoginRequest, RevokeSessionRequest};
use std::time::Duration;

impl Auth {
    /// Kind, detail, address and device of each line, oldest first.
    async fn log_of(&self, user_id: &str) -> Vec<(String, String, String, String)> {
        let lines =
            "SELECT kind, detail, ip_address, device_name FROM audit_log WHERE user_id = $1 ORDER BY at, id";
        sqlx::query_as(lines).bind(id(user_id)).fetch_all(&self.database.every_row).await.unwrap()
    }

    /// The kinds alone.
    pub async fn logged(&self, user_id: &str) -> Vec<String> {
        self.log_of(user_id).await.into_iter().map(|(kind, ..)| kind).collect()
    }
}

#[tokio::test]
async fn whatever_happens_to_an_account_leaves_a_line() {
    let auth = auth().await;
    let tokens = auth.signed_in("ada@example.com").await;
    let user = auth.me(&tokens.access_token).await.unwrap().id;
    let wrong = LoginRequest { password: "wrong".to_owned(), ..login_of("ada@example.com") };
    auth.login_with(wrong).await.unwrap_err();
    let (out, ended) = (auth.login("ada@example.com").await, auth.login("ada@example.com").await);
    auth.logout(&out.refresh_token).await;
    auth.logout(&out.refresh_token).await;
    let revoke = RevokeSessionRequest { session_id: ended.session_id.clone() };
    let revoke = testing::with_bearer(revoke, &tokens.access_token);
    auth.client.clone().revoke_session(revoke).await.unwrap();
    let change = ChangePasswordRequest {
        current_password: PASSWORD.to_owned(),
        new_password: "a wholly different phrase".to_owned(),
    };
    let change = testing::with_bearer(change, &tokens.access_token);
    auth.client.clone().change_password(change).await.unwrap();

    let lines = auth.log_of(&user).await;

    let kinds: Vec<&str> = lines.iter().map(|(kind, ..)| kind.as_str()).collect();
    let expected = [
        "signed-in",
        "sign-in-failed",
        "signed-in",
        "signed-in",
        "signed-out",
        "session-revoked",
        "password-changed",
    ];
    assert_eq!(kinds, expected);
    for (kind, detail, address, device) in &lines {
        assert_eq!((address.as_str(), device.as_str()), ("192.0.2.7", "Firefox on Linux"), "{kind}");
        assert_eq!(detail == &ended.session_id, kind == "session-revoked", "{kind}: {detail}");
    }
}

#[tokio::test]
async fn a_stranger_who_is_refused_leaves_no_line() {
    let auth = auth().await;

    auth.login_with(login_of("nobody@example.com")).await.unwrap_err();

    let lines: i64 = sqlx::query_scalar("SELECT count(*) FROM audit_log")
        .fetch_one(&auth.database.every_row)
        .await
        .unwrap();
    assert_eq!(lines, 0);
}

#[tokio::test]
async fn nobody_changes_or_removes_a_line() {
    let auth = auth().await;
    let tokens = auth.signed_in("ada@example.com").await;
    let user = auth.me(&tokens.access_token).await.unwrap().id;

    for change in ["UPDATE audit_log SET kind = 'signed-out'", "DELETE FROM audit_log"] {
        let mut tx = runtime::postgres::begin_for(&auth.database.pool, id(&user)).await.unwrap();
        let refused = sqlx::query(change).execute(&mut *tx).await.unwrap_err();
        assert!(refused.to_string().contains("only grows"), "{change}: {refused}");
    }

    assert_eq!(auth.logged(&user).await, ["signed-in"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_is_forgotten_after_a_year() {
    let auth = auth().await;
    let tokens = auth.signed_in("ada@example.com").await;
    let user = auth.me(&tokens.access_token).await.unwrap().id;
    let old = "INSERT INTO audit_log (user_id, id, at, kind, detail, ip_address, device_name)
               VALUES ($1, gen_random_uuid(), now() - interval '366 days', 'signed-in', 'old', '', ''),
                      ($1, gen_random_uuid(), now() - interval '364 days', 'signed-out', 'young', '', '')";
    sqlx::query(old).bind(id(&user)).execute(&auth.database.every_row).await.unwrap();

    let (_running, _) = start_instance(&auth.database, &auth.pem, Duration::from_millis(200)).await;

    testing::eventually("the old line to be gone", async || {
        (auth.logged(&user).await == ["signed-out", "signed-in"]).then_some(())
    })
    .await;
}
