//! No valid access token, no call: what each call but the public ones does with every kind of bad token.

use crate::support::{Auth, auth, id};
use identity::{Issuer, SessionId, UserId};
use journal_proto::auth::v1::{
    ChangePasswordRequest, ConfirmTotpRequest, DeletePasskeyRequest, DisableTotpRequest, EnrollTotpRequest,
    FinishRegistrationRequest, GetFactorsRequest, GetMeRequest, ListPasskeysRequest, ListSessionsRequest,
    RenewRecoveryCodesRequest, RevokeSessionRequest, StartOidcRequest, StartRegistrationRequest,
    factor_service_client::FactorServiceClient, oidc_service_client::OidcServiceClient,
    passkey_service_client::PasskeyServiceClient,
};
use runtime::Clock;
use tonic::{Code, Request, Status, metadata::AsciiMetadataValue};

/// Calls everything that needs a token, with this `authorization`.
async fn call_all(auth: &Auth, authorization: Option<&str>, session_id: &str) -> Vec<Result<(), Status>> {
    fn request<T>(message: T, authorization: Option<&str>) -> Request<T> {
        let mut request = Request::new(message);
        if let Some(text) = authorization {
            let value = AsciiMetadataValue::try_from(text.to_owned()).unwrap();
            request.metadata_mut().insert("authorization", value);
        }
        request
    }
    let mut client = auth.client.clone();
    let mut factors = FactorServiceClient::new(auth.channel.clone());
    let mut oidc = OidcServiceClient::new(auth.channel.clone());
    let mut passkeys = PasskeyServiceClient::new(auth.channel.clone());
    let renew = RenewRecoveryCodesRequest::default();
    let revoke = RevokeSessionRequest { session_id: session_id.to_owned() };
    vec![
        client.get_me(request(GetMeRequest {}, authorization)).await.map(|_| ()),
        client.list_sessions(request(ListSessionsRequest {}, authorization)).await.map(|_| ()),
        client.revoke_session(request(revoke, authorization)).await.map(|_| ()),
        client.change_password(request(ChangePasswordRequest::default(), authorization)).await.map(|_| ()),
        factors.get_factors(request(GetFactorsRequest {}, authorization)).await.map(|_| ()),
        factors.enroll_totp(request(EnrollTotpRequest::default(), authorization)).await.map(|_| ()),
        factors.confirm_totp(request(ConfirmTotpRequest::default(), authorization)).await.map(|_| ()),
        factors.disable_totp(request(DisableTotpRequest::default(), authorization)).await.map(|_| ()),
        factors.renew_recovery_codes(request(renew, authorization)).await.map(|_| ()),
        passkeys
            .start_registration(request(StartRegistrationRequest::default(), authorization))
            .await
            .map(|_| ()),
        passkeys
            .finish_registration(request(FinishRegistrationRequest::default(), authorization))
            .await
            .map(|_| ()),
        passkeys.list_passkeys(request(ListPasskeysRequest::default(), authorization)).await.map(|_| ()),
        oidc.start_oidc_link(request(StartOidcRequest::default(), authorization)).await.map(|_| ()),
        passkeys.delete_passkey(request(DeletePasskeyRequest::default(), authorization)).await.map(|_| ()),
    ]
}

#[tokio::test]
async fn every_bad_token_is_refused_by_every_call() {
    let auth = auth().await;
    let tokens = auth.signed_in("ada@example.com").await;
    let user = UserId(id(&auth.me(&tokens.access_token).await.unwrap().id));
    let session = SessionId(id(&tokens.session_id));
    let (foreign, _) = testing::issuer().issue(user, session).unwrap();
    let an_hour_ago = Clock::system().now() - time::Duration::hours(1);
    let ours_then = Issuer::from_pem(&auth.pem, Clock::held_at(an_hour_ago)).unwrap();
    let (expired, _) = ours_then.issue(user, session).unwrap();
    let (body, signature) = tokens.access_token.rsplit_once('.').unwrap();
    let (_, foreign_signature) = foreign.rsplit_once('.').unwrap();

    let table = [
        ("none", None),
        ("empty", Some(String::new())),
        ("no token", Some("Bearer ".to_owned())),
        ("another scheme", Some(format!("Basic {}", tokens.access_token))),
        ("garbage", Some("Bearer garbage".to_owned())),
        ("too long", Some(format!("Bearer {}", "A".repeat(5000)))),
        ("of a foreign key", Some(format!("Bearer {foreign}"))),
        ("with a foreign signature", Some(format!("Bearer {body}.{foreign_signature}"))),
        ("without a signature", Some(format!("Bearer {body}."))),
        ("altered", Some(format!("Bearer {}A.{signature}", &body[..body.len() - 1]))),
        ("expired", Some(format!("Bearer {expired}"))),
        ("a refresh token", Some(format!("Bearer {}", tokens.refresh_token))),
    ];
    for (kind, authorization) in table {
        for outcome in call_all(&auth, authorization.as_deref(), &tokens.session_id).await {
            assert_eq!(outcome.unwrap_err().code(), Code::Unauthenticated, "{kind}");
        }
    }

    assert_eq!(auth.end_of(&tokens.session_id).await, None);
}

#[tokio::test]
async fn a_forged_user_id_header_opens_nothing() {
    let auth = auth().await;
    let tokens = auth.signed_in("ada@example.com").await;
    let user = auth.me(&tokens.access_token).await.unwrap();
    let mut request = Request::new(GetMeRequest {});
    request.metadata_mut().insert("x-user-id", user.id.parse().unwrap());

    let refused = auth.client.clone().get_me(request).await.unwrap_err();

    assert_eq!(refused.code(), Code::Unauthenticated);
}

#[tokio::test]
async fn a_good_token_of_a_session_that_never_was_is_refused_by_every_call() {
    let auth = auth().await;
    let tokens = auth.signed_in("ada@example.com").await;
    let ada = UserId(id(&auth.me(&tokens.access_token).await.unwrap().id));
    let ours = Issuer::from_pem(&auth.pem, Clock::system()).unwrap();
    // Somebody else's session, under one's own name.
    let grace = auth.signed_in("grace@example.com").await;

    for session in [SessionId(uuid::Uuid::now_v7()), SessionId(id(&grace.session_id))] {
        let (token, _) = ours.issue(ada, session).unwrap();
        for outcome in call_all(&auth, Some(&format!("Bearer {token}")), &tokens.session_id).await {
            assert_eq!(outcome.unwrap_err().code(), Code::Unauthenticated);
        }
    }

    assert_eq!(auth.end_of(&tokens.session_id).await, None);
}

#[tokio::test]
async fn a_good_token_of_an_ended_session_is_refused_by_every_call() {
    let auth = auth().await;
    let tokens = auth.signed_in("ada@example.com").await;
    let other = auth.login("ada@example.com").await;
    let authorization = format!("Bearer {}", tokens.access_token);
    auth.logout(&tokens.refresh_token).await;

    for outcome in call_all(&auth, Some(&authorization), &other.session_id).await {
        assert_eq!(crate::support::reason_of(&outcome.unwrap_err(), Code::Unauthenticated), "session-ended");
    }

    assert_eq!(auth.end_of(&other.session_id).await, None);
}
