//! A session that ends while a call of it is on its way, as its owner throws out whoever else has it.

use crate::support::{Auth, PASSWORD, auth, id, reason_of};
use journal_proto::auth::v1::{
    ChangePasswordRequest, DeleteMeRequest, DeletePasskeyRequest, DisableTotpRequest, EnrollTotpRequest,
    InviteMentorRequest, RenewRecoveryCodesRequest, UnlinkIdentityRequest, UpdateMeRequest,
    account_service_client::AccountServiceClient, factor_service_client::FactorServiceClient,
    mentor_service_client::MentorServiceClient, oidc_service_client::OidcServiceClient,
    passkey_service_client::PasskeyServiceClient,
};
use std::pin::Pin;
use testing::with_bearer;
use tonic::{Code, Status};

const EMAIL: &str = "ada@example.com";

type Call = Pin<Box<dyn Future<Output = Result<(), Status>> + Send>>;

/// Whatever changes how one signs in, or what others may do, each by name.
fn calls(auth: &Auth, token: &str) -> [(&'static str, Call); 9] {
    let (mut client, channel) = (auth.client.clone(), &auth.channel);
    let [mut one, mut two, mut three] = [(); 3].map(|()| FactorServiceClient::new(channel.clone()));
    let [mut leaving, mut moving] = [(); 2].map(|()| AccountServiceClient::new(channel.clone()));
    let mut passkeys = PasskeyServiceClient::new(channel.clone());
    let mut oidc = OidcServiceClient::new(channel.clone());
    let mut mentors = MentorServiceClient::new(channel.clone());
    let password = PASSWORD.to_owned();
    let change = ChangePasswordRequest {
        current_password: password.clone(),
        new_password: "a wholly different phrase".to_owned(),
    };
    let change = with_bearer(change, token);
    let enroll = with_bearer(EnrollTotpRequest::default(), token);
    let disable = with_bearer(DisableTotpRequest::default(), token);
    let renew = with_bearer(RenewRecoveryCodesRequest { password }, token);
    let delete = with_bearer(DeleteMeRequest::default(), token);
    let email = Some("elsewhere@example.com".to_owned());
    let update = with_bearer(UpdateMeRequest { email, ..UpdateMeRequest::default() }, token);
    let missing = "00000000-0000-4000-8000-000000000000";
    let forget = with_bearer(DeletePasskeyRequest { passkey_id: missing.to_owned() }, token);
    let unlink = with_bearer(UnlinkIdentityRequest { identity_id: missing.to_owned() }, token);
    let invite = with_bearer(InviteMentorRequest { email: "mentor@example.com".to_owned() }, token);
    [
        ("ChangePassword", Box::pin(async move { client.change_password(change).await.map(drop) })),
        ("EnrollTotp", Box::pin(async move { one.enroll_totp(enroll).await.map(drop) })),
        ("DisableTotp", Box::pin(async move { two.disable_totp(disable).await.map(drop) })),
        ("RenewRecoveryCodes", Box::pin(async move { three.renew_recovery_codes(renew).await.map(drop) })),
        ("DeleteMe", Box::pin(async move { leaving.delete_me(delete).await.map(drop) })),
        ("UpdateMe", Box::pin(async move { moving.update_me(update).await.map(drop) })),
        ("DeletePasskey", Box::pin(async move { passkeys.delete_passkey(forget).await.map(drop) })),
        ("UnlinkIdentity", Box::pin(async move { oidc.unlink_identity(unlink).await.map(drop) })),
        ("InviteMentor", Box::pin(async move { mentors.invite_mentor(invite).await.map(drop) })),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_ends_after_its_password_was_checked_changes_nothing() {
    let auth = auth().await;
    auth.register(EMAIL).await;
    for n in 0..calls(&auth, "").len() {
        let tokens = auth.login(EMAIL).await;
        let (name, call) = calls(&auth, &tokens.access_token).into_iter().nth(n).unwrap();
        let mut held = auth.hold(EMAIL).await;
        let call = tokio::spawn(call);
        auth.waiting(1).await;

        sqlx::query("UPDATE sessions SET revoked_at = now(), revoke_reason = 'revoked' WHERE id = $1")
            .bind(id(&tokens.session_id))
            .execute(&mut *held)
            .await
            .unwrap();
        held.commit().await.unwrap();

        let Err(refused) = call.await.unwrap() else { panic!("{name} was done") };
        assert_eq!(reason_of(&refused, Code::Unauthenticated), "session-ended", "{name}");
    }
}
