//! What the database holds, and under which key.

use super::guarded;
use crate::support::{VAULT_KEY, config, login_of, reason_of, serve};
use journal_proto::auth::v1::{LoginRequest, auth_service_client::AuthServiceClient};
use tonic::Code;
use totp_rs::Secret;

const EMAIL: &str = "ada@example.com";
const NEW: &str = "newer:BAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQ=";

#[tokio::test]
async fn neither_the_secret_nor_a_recovery_code_can_be_read_in_the_database() {
    let (auth, _, app, codes) = guarded().await;
    let secret = Secret::try_from_base32(&app.secret).unwrap();
    let plain: String = sqlx::query_scalar("SELECT encode($1, 'hex')")
        .bind(secret.as_bytes())
        .fetch_one(&auth.owner)
        .await
        .unwrap();

    let mut rows: Vec<String> = sqlx::query_scalar("SELECT t::text FROM totp_secrets AS t")
        .fetch_all(&auth.database.every_row)
        .await
        .unwrap();
    let hashes: Vec<String> = sqlx::query_scalar("SELECT t::text FROM recovery_codes AS t")
        .fetch_all(&auth.database.every_row)
        .await
        .unwrap();
    assert_eq!((rows.len(), hashes.len()), (1, 10));
    rows.extend(hashes);

    for row in rows {
        assert!(!row.contains(&plain) && !row.contains(&app.secret), "{row}");
        assert!(codes.iter().all(|code| !row.contains(&code.replace('-', ""))), "{row}");
    }
}

#[tokio::test]
async fn nobody_sees_a_row_of_a_user_in_whose_name_he_does_not_act() {
    let (auth, ..) = guarded().await;

    for table in ["SELECT count(*) FROM totp_secrets", "SELECT count(*) FROM recovery_codes"] {
        let seen: i64 = sqlx::query_scalar(table).fetch_one(&auth.database.pool).await.unwrap();
        assert_eq!(seen, 0, "{table}");
    }
}

#[tokio::test]
async fn a_new_first_key_takes_the_secret_over_at_the_next_sign_in() {
    let (auth, _, app, _) = guarded().await;
    let ring = format!("{NEW},{VAULT_KEY}").into();
    let (_running, channel) =
        serve(auth::Config { vault_key: ring, ..config(&auth.database, &auth.pem) }).await;
    let request = LoginRequest { totp: app.next_code(), ..login_of(EMAIL) };

    AuthServiceClient::new(channel).login(request).await.unwrap();

    let key: String = sqlx::query_scalar("SELECT key_id FROM totp_secrets")
        .fetch_one(&auth.database.every_row)
        .await
        .unwrap();
    assert_eq!(key, "newer");
    auth.forget_used_codes().await;
    let alone = NEW.into();
    let (_running, channel) =
        serve(auth::Config { vault_key: alone, ..config(&auth.database, &auth.pem) }).await;
    let request = LoginRequest { totp: app.next_code(), ..login_of(EMAIL) };
    AuthServiceClient::new(channel).login(request).await.unwrap();
}

#[tokio::test]
async fn an_envelope_that_was_moved_to_another_user_opens_for_nobody() {
    let (auth, _, app, _) = guarded().await;
    let grace = auth.signed_in("grace@example.com").await;
    auth.enabled(&grace).await;
    sqlx::query(
        "UPDATE totp_secrets AS theirs SET wrapped_key = adas.wrapped_key, sealed_secret = adas.sealed_secret
         FROM totp_secrets AS adas JOIN users ON users.id = adas.user_id
         WHERE email = 'ada@example.com' AND theirs.user_id <> adas.user_id",
    )
    .execute(&auth.database.every_row)
    .await
    .unwrap();

    let refused = auth.login_by_code("grace@example.com", &app.next_code()).await.unwrap_err();

    assert_eq!(reason_of(&refused, Code::Internal), "internal");
}
