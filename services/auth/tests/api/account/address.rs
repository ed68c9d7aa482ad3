//! Another address that was asked for: what voids it, what nobody learns from that, and how often one may ask.

use crate::support::{Auth, PASSWORD, auth, login_of, reason_of};
use journal_proto::auth::v1::{ChangePasswordRequest, ForgotPasswordRequest, ResetPasswordRequest, Tokens};
use tonic::Code;

const NEW: &str = "a wholly different phrase";

/// What its owner or somebody else does while another address is asked for.
#[derive(Clone, Copy, Debug)]
enum Act {
    ChangePassword,
    ResetPassword,
    Delete,
    Disable,
    KeepAddress,
}

impl Auth {
    async fn act(&self, act: Act, email: &str, tokens: &Tokens) {
        match act {
            Act::ChangePassword => {
                let request = ChangePasswordRequest {
                    current_password: PASSWORD.to_owned(),
                    new_password: NEW.to_owned(),
                };
                let request = testing::with_bearer(request, &tokens.access_token);
                self.client.clone().change_password(request).await.unwrap();
            }
            Act::ResetPassword => {
                let mut client = self.client.clone();
                client.forgot_password(ForgotPasswordRequest { email: email.to_owned() }).await.unwrap();
                let token = self.last_mail("reset-password").await.token;
                let request = ResetPasswordRequest { token, password: NEW.to_owned() };
                client.reset_password(request).await.unwrap();
            }
            Act::Delete => {
                self.delete(&tokens.access_token, PASSWORD).await.unwrap();
                self.login(email).await;
            }
            Act::Disable => {
                auth::disable_user(&self.database.settings(), email).await.unwrap();
                auth::enable_user(&self.database.settings(), email).await.unwrap();
            }
            Act::KeepAddress => self.move_to(&tokens.access_token, email).await.unwrap(),
        }
    }

    /// Asserts that a token moves nobody to another address.
    async fn assert_void(&self, token: &str, why: &str) {
        let refused = self.verify(token).await.expect_err(why);
        assert_eq!(reason_of(&refused, Code::InvalidArgument), "invalid-token", "{why}");
    }
}

#[tokio::test]
async fn no_other_address_that_was_asked_for_outlives_a_new_password_a_deletion_a_disabling_or_its_withdrawal()
 {
    let auth = auth().await;
    let acts = [Act::ChangePassword, Act::ResetPassword, Act::Delete, Act::Disable, Act::KeepAddress];
    for (n, act) in acts.into_iter().enumerate() {
        let email = format!("ada{n}@example.com");
        let tokens = auth.signed_in(&email).await;
        auth.move_to(&tokens.access_token, &format!("thief{n}@example.com")).await.unwrap();
        let token = auth.last_mail("change-email").await.token;

        auth.act(act, &email, &tokens).await;

        auth.assert_void(&token, &format!("{act:?}")).await;
        let kept: i64 = sqlx::query_scalar("SELECT count(*) FROM users WHERE email = $1")
            .bind(&email)
            .fetch_one(&auth.owner)
            .await
            .unwrap();
        assert_eq!(kept, 1, "{act:?}");
    }
}

#[tokio::test]
async fn what_was_asked_for_before_is_void_whether_the_next_address_is_free_taken_or_had_many_mails() {
    let auth = auth().await;
    let ada = auth.signed_in("ada@example.com").await;
    auth.register("grace@example.com").await;
    for _ in 0..5 {
        auth.move_to(&ada.access_token, "crowded@example.com").await.unwrap();
    }
    for (n, next) in ["free@example.com", "grace@example.com", "crowded@example.com"].into_iter().enumerate()
    {
        auth.move_to(&ada.access_token, &format!("first{n}@example.com")).await.unwrap();
        let first = auth.last_mail("change-email").await;
        assert_eq!(first.email, format!("first{n}@example.com"));

        auth.move_to(&ada.access_token, next).await.unwrap();

        auth.assert_void(&first.token, next).await;
    }
    auth.login_with(login_of("ada@example.com")).await.unwrap();
}

#[tokio::test]
async fn nobody_asks_for_more_than_twenty_addresses_an_hour() {
    let auth = auth().await;
    let ada = auth.signed_in("ada@example.com").await;
    for n in 0..20 {
        auth.move_to(&ada.access_token, &format!("stranger{n}@example.com")).await.unwrap();
    }

    let refused = auth.move_to(&ada.access_token, "stranger20@example.com").await.unwrap_err();

    assert_eq!(reason_of(&refused, Code::ResourceExhausted), "too-many-attempts");
    // To take it all back sends nothing.
    auth.move_to(&ada.access_token, "ada@example.com").await.unwrap();
}
