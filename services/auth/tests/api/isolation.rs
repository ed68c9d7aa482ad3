//! What the database itself keeps apart, whatever a query says.

use crate::support::{Auth, auth, id};
use sqlx::{AssertSqlSafe, PgConnection};
use uuid::Uuid;

/// A row of a user in every table that no call of this test fills.
const ROWS: [&str; 8] = [
    "INSERT INTO mentors (user_id, id, email, expires_at) VALUES ($1, $1, 'mentor@example.com', now())",
    "INSERT INTO api_keys (user_id, id, name, scope, key_hash)
     SELECT user_id, id, 'k', 'read', sha256('key') FROM sessions WHERE user_id = $1 LIMIT 1",
    "INSERT INTO totp_secrets (user_id, id, key_id, wrapped_key, sealed_secret) VALUES ($1, $1, 'k', '', '')",
    "INSERT INTO recovery_codes (user_id, code_hash) VALUES ($1, sha256('code'))",
    "INSERT INTO mailed_tokens (user_id, purpose, token_hash, expires_at)
     VALUES ($1, 'reset-password', sha256(uuid_send($1)), now() + interval '1 hour')",
    "INSERT INTO passkeys (user_id, id, credential_id, name, credential) VALUES ($1, $1, uuid_send($1), 'p', '{}')",
    "INSERT INTO passkey_registrations (user_id, token_hash, state, expires_at)
     VALUES ($1, sha256(uuid_send($1)), '{}', now() + interval '5 minutes')",
    "INSERT INTO oidc_identities (user_id, issuer, subject) VALUES ($1, 'https://id.example', $1::text)",
];

/// Two users, each with a row in every table.
async fn two_users() -> (Auth, [Uuid; 2]) {
    let auth = auth().await;
    let mut users = [Uuid::nil(); 2];
    for (user, email) in users.iter_mut().zip(["ada@example.com", "grace@example.com"]) {
        let tokens = auth.signed_in(email).await;
        *user = id(&auth.me(&tokens.access_token).await.unwrap().id);
        for insert in ROWS {
            sqlx::query(insert).bind(*user).execute(&auth.owner).await.unwrap();
        }
    }
    (auth, users)
}

#[tokio::test]
async fn a_query_that_forgets_the_user_sees_and_changes_one_users_rows_alone() {
    let (auth, [one, other]) = two_users().await;
    assert_eq!(
        auth.database.user_tables().await,
        [
            "api_keys",
            "audit_log",
            "idempotency_keys",
            "mailed_tokens",
            "mentors",
            "oidc_identities",
            "passkey_registrations",
            "passkeys",
            "recovery_codes",
            "refresh_tokens",
            "sessions",
            "totp_secrets",
            "trusted_devices"
        ]
    );

    auth.database.assert_apart(one, other).await;
    auth.database.assert_nobody_sees(one).await;
}

#[tokio::test]
async fn users_are_kept_apart_by_their_id() {
    let (auth, [one, other]) = two_users().await;
    let pool = &auth.database.pool;

    assert_eq!(count(&mut pool.acquire().await.unwrap(), "users").await, 0);
    assert_eq!(count(&mut auth.database.owner_pool.acquire().await.unwrap(), "users").await, 0);
    let mut tx = runtime::postgres::begin_for(pool, one).await.unwrap();
    assert_eq!(count(&mut tx, "users").await, 1);
    let changed = sqlx::query("UPDATE users SET display_name = 'x'").execute(&mut *tx).await.unwrap();
    assert_eq!(changed.rows_affected(), 1);
    let taken = sqlx::query("UPDATE users SET id = $1").bind(other).execute(&mut *tx).await;
    assert!(taken.is_err());
}

async fn count(connection: &mut PgConnection, table: &str) -> i64 {
    let sql = format!("SELECT count(*) FROM {table}");
    sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(connection).await.unwrap()
}

async fn set(tx: &mut PgConnection, name: &str, value: &str) {
    sqlx::query("SELECT set_config($1, $2, true)").bind(name).bind(value).execute(tx).await.unwrap();
}

#[tokio::test]
async fn what_a_request_shows_lets_it_see_that_one_row_and_change_none() {
    let (auth, [one, _]) = two_users().await;
    let hash = |table: &str| format!("SELECT encode(token_hash, 'hex') FROM {table} WHERE user_id = $1");
    let shown = ["refresh_tokens", "trusted_devices", "mailed_tokens"];
    let mut cases = vec![("users", "app.shown_address", "ada@example.com".to_owned())];
    for table in shown {
        let hash: String =
            sqlx::query_scalar(AssertSqlSafe(hash(table))).bind(one).fetch_one(&auth.owner).await.unwrap();
        cases.push((table, "app.shown_token", hash));
    }

    for (table, name, value) in cases {
        let mut tx = auth.database.pool.begin().await.unwrap();
        set(&mut tx, name, &value).await;
        for other in ["users", "sessions", "refresh_tokens", "trusted_devices", "mailed_tokens", "audit_log"]
        {
            let expected = i64::from(other == table);
            assert_eq!(count(&mut tx, other).await, expected, "{name} shows {other}");
        }
        let deleted = sqlx::query(AssertSqlSafe(format!("DELETE FROM {table}"))).execute(&mut *tx).await;
        assert_eq!(deleted.unwrap().rows_affected(), 0, "{table}");
        tx.rollback().await.unwrap();
    }
}

#[tokio::test]
async fn a_work_for_all_users_sees_what_it_needs_alone() {
    let (auth, [one, _]) = two_users().await;
    let tables = ["users", "sessions", "refresh_tokens", "trusted_devices", "mailed_tokens", "audit_log"];
    for (name, value) in [("app.purpose", "list-revocations"), ("app.cleanup", "on"), ("app.purpose", "")] {
        let mut tx = auth.database.pool.begin().await.unwrap();
        set(&mut tx, name, value).await;
        for table in tables {
            assert_eq!(count(&mut tx, table).await, 0, "{name} = {value} shows live rows of {table}");
        }
    }
    let ended = "UPDATE sessions SET revoked_at = now(), revoke_reason = 'logout' WHERE user_id = $1";
    sqlx::query(ended).bind(one).execute(&auth.owner).await.unwrap();

    let mut tx = auth.database.pool.begin().await.unwrap();
    set(&mut tx, "app.purpose", "list-revocations").await;
    assert_eq!(count(&mut tx, "sessions").await, 1);
    let revived = sqlx::query("UPDATE sessions SET revoked_at = NULL, revoke_reason = NULL");
    assert_eq!(revived.execute(&mut *tx).await.unwrap().rows_affected(), 0);
}
