//! Letting an account elsewhere sign an existing user in.

use super::{person, refused, world};
use crate::support::reason_of;
use journal_proto::auth::v1::AccountMailRequested;
use tonic::Code;

const EMAIL: &str = "ada@example.com";

#[tokio::test]
async fn who_is_signed_in_links_an_account_of_any_address_and_is_told() {
    let world = world().await;
    let tokens = world.auth.signed_in(EMAIL).await;
    let elsewhere = person("ada.elsewhere@example.com");
    for _ in 0..2 {
        let begun = world.start_link(&tokens.access_token).await.unwrap();
        let linked = world.finish(world.brought(&begun, &elsewhere)).await.unwrap();
        assert_eq!((linked.login, linked.return_to.as_str()), (None, "/settings"));
    }

    let opened = world.sign_in(&elsewhere).await.unwrap().login.unwrap();

    assert_eq!(opened.user.unwrap().email, EMAIL);
    assert_eq!(world.users().await, 1);
    let mails: Vec<AccountMailRequested> = world.auth.told().await;
    assert_eq!(mails.iter().filter(|mail| mail.kind == "identity-linked").count(), 1);
}

#[tokio::test]
async fn an_account_that_signs_somebody_else_in_is_not_linked() {
    let world = world().await;
    world.sign_in(&person("grace@example.com")).await.unwrap();
    let tokens = world.auth.signed_in(EMAIL).await;
    let begun = world.start_link(&tokens.access_token).await.unwrap();

    let taken = world.finish(world.brought(&begun, &person("grace@example.com"))).await.unwrap_err();

    assert_eq!(reason_of(&taken, Code::AlreadyExists), "identity-taken");
    let opened = world.sign_in(&person("grace@example.com")).await.unwrap().login.unwrap();
    assert_eq!(opened.user.unwrap().email, "grace@example.com");
}

#[tokio::test]
async fn only_a_fresh_session_that_is_live_to_the_end_links() {
    let world = world().await;
    let tokens = world.auth.signed_in(EMAIL).await;
    let begun = world.start_link(&tokens.access_token).await.unwrap();
    sqlx::query("UPDATE sessions SET created_at = now() - interval '10 minutes'")
        .execute(&world.auth.database.every_row)
        .await
        .unwrap();
    let stale = world.start_link(&tokens.access_token).await.unwrap_err();
    assert_eq!(reason_of(&stale, Code::PermissionDenied), "reauthentication-required");
    world.start_link("garbage").await.unwrap_err();
    world.auth.logout(&tokens.refresh_token).await;

    let over = world.finish(world.brought(&begun, &person("elsewhere@example.com"))).await;

    assert_eq!(refused(over), "session-ended");
    let owner = world.sign_in(&person("elsewhere@example.com")).await.unwrap().login.unwrap().user.unwrap();
    assert_eq!(owner.email, "elsewhere@example.com");
}

#[tokio::test]
async fn whose_an_account_is_nobody_sees_who_does_not_show_it() {
    let world = world().await;
    world.sign_in(&person(EMAIL)).await.unwrap();

    let seen: i64 = sqlx::query_scalar("SELECT count(*) FROM oidc_identities")
        .fetch_one(&world.auth.database.pool)
        .await
        .unwrap();

    assert_eq!(seen, 0);
}
