//! Letting an account elsewhere sign an existing user in.

use super::{World, person, refused, world};
use crate::support::reason_of;
use journal_proto::auth::v1::{
    AccountMailRequested, Identity, ListIdentitiesRequest, ListProvidersRequest, UnlinkIdentityRequest,
};
use tonic::{Code, Status};

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

async fn identities(world: &World, access_token: &str) -> Vec<Identity> {
    let request = testing::with_bearer(ListIdentitiesRequest {}, access_token);
    world.client().list_identities(request).await.unwrap().into_inner().identities
}

async fn unlink(world: &World, access_token: &str, id: &str) -> Result<(), Status> {
    let request = UnlinkIdentityRequest { identity_id: id.to_owned() };
    world.client().unlink_identity(testing::with_bearer(request, access_token)).await?;
    Ok(())
}

#[tokio::test]
async fn an_account_elsewhere_that_is_unlinked_signs_nobody_in() {
    let world = world().await;
    let tokens = world.auth.signed_in(EMAIL).await;
    assert_eq!(identities(&world, &tokens.access_token).await, []);
    let elsewhere = person("ada.elsewhere@example.com");
    let begun = world.start_link(&tokens.access_token).await.unwrap();
    world.finish(world.brought(&begun, &elsewhere)).await.unwrap();
    let opened = world.sign_in(&elsewhere).await.unwrap().login.unwrap().tokens.unwrap();
    let linked = identities(&world, &tokens.access_token).await.remove(0);
    assert_eq!((linked.provider.as_str(), linked.issuer.as_str()), ("local", world.provider.issuer()));

    unlink(&world, &tokens.access_token, &linked.id).await.unwrap();

    assert_eq!(identities(&world, &tokens.access_token).await, []);
    let ended = world.auth.refresh(&opened.refresh_token).await.unwrap_err();
    assert_eq!(ended.code(), Code::Unauthenticated);
    let mails: Vec<AccountMailRequested> = world.auth.told().await;
    assert_eq!(mails.last().unwrap().kind, "identity-unlinked");
    // Its address is nobody's here, so whoever comes with it is somebody new.
    let newcomer = world.sign_in(&elsewhere).await.unwrap().login.unwrap().user.unwrap();
    assert_eq!(newcomer.email, "ada.elsewhere@example.com");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_elsewhere_that_is_unlinked_while_it_signs_in_opens_nothing() {
    let world = world().await;
    let opened = world.sign_in(&person(EMAIL)).await.unwrap().login.unwrap();
    let begun = world.start("/trades").await.unwrap();
    let (mut client, brought) = (world.client(), world.brought(&begun, &person(EMAIL)));
    let mut held = world.auth.hold(EMAIL).await;
    let signing_in = tokio::spawn(async move { client.finish_oidc(brought).await });
    world.auth.waiting(1).await;

    sqlx::query("DELETE FROM oidc_identities").execute(&mut *held).await.unwrap();
    held.commit().await.unwrap();

    assert_eq!(refused(signing_in.await.unwrap()), "oidc-failed");
    let sessions: i64 =
        sqlx::query_scalar("SELECT count(*) FROM sessions").fetch_one(&world.auth.owner).await.unwrap();
    assert_eq!((sessions, world.users().await), (1, 1), "{opened:?}");
}

#[tokio::test]
async fn nobody_unlinks_what_is_anothers_or_in_a_session_of_long_ago() {
    let world = world().await;
    let grace = world.sign_in(&person("grace@example.com")).await.unwrap().login.unwrap().tokens.unwrap();
    let hers = identities(&world, &grace.access_token).await.remove(0);
    let ada = world.auth.signed_in(EMAIL).await;

    for id in [hers.id.as_str(), "00000000-0000-4000-8000-000000000000", "garbage", ""] {
        let refused = unlink(&world, &ada.access_token, id).await.unwrap_err();
        assert_eq!((refused.code(), refused.message()), (Code::NotFound, "no such identity"));
    }
    sqlx::query("UPDATE sessions SET created_at = now() - interval '10 minutes'")
        .execute(&world.auth.database.every_row)
        .await
        .unwrap();
    let stale = unlink(&world, &grace.access_token, &hers.id).await.unwrap_err();

    assert_eq!(reason_of(&stale, Code::PermissionDenied), "reauthentication-required");
    assert_eq!(identities(&world, &grace.access_token).await, [hers]);
}

#[tokio::test]
async fn anybody_may_know_where_people_sign_in_instead() {
    let world = world().await;

    let told = world.client().list_providers(ListProvidersRequest {}).await.unwrap().into_inner();

    assert_eq!(told.names, ["local"]);
}
