//! The only way to a mail: an event in the transaction that causes it, which notifications makes a mail of.

use crate::{
    app::App,
    beat,
    db::{mailed_tokens, users},
    domain::{
        email::EmailAddress,
        invitation::Invitation,
        mail::{Notice, Purpose},
        token::Token,
        user::User,
    },
    error::Error,
};
use events::outbox;
use identity::UserId;
use journal_proto::auth::v1::AccountMailRequested;
use runtime::postgres;
use sqlx::PgConnection;
use std::time::Instant;
use uuid::Uuid;

/// Asks for a mail that tells something.
pub(crate) async fn notify(tx: &mut PgConnection, user_id: UserId, notice: Notice) -> sqlx::Result<()> {
    request(tx, user_id, Mail { kind: notice.as_str(), ..Mail::default() }).await
}

/// The same with a word about what it is about.
pub(crate) async fn notify_of(
    tx: &mut PgConnection,
    user_id: UserId,
    notice: Notice,
    detail: &str,
) -> sqlx::Result<()> {
    request(tx, user_id, Mail { kind: notice.as_str(), detail, ..Mail::default() }).await
}

/// The same to this address, whatever the user's is by the time that the mail goes out.
pub(crate) async fn notify_at(
    tx: &mut PgConnection,
    user_id: UserId,
    email: &str,
    notice: Notice,
    detail: &str,
) -> sqlx::Result<()> {
    request(tx, user_id, Mail { kind: notice.as_str(), detail, email, ..Mail::default() }).await
}

/// Asks for a mail with a new token, which voids the one before. It goes to the address that the user has now.
pub(crate) async fn mail_token(tx: &mut PgConnection, user_id: UserId, purpose: Purpose) -> sqlx::Result<()> {
    let token = Token::generate();
    mailed_tokens::issue(&mut *tx, user_id, purpose, &token).await?;
    // Once the token is there: whoever changes the address after this voids it.
    let email = users::find(&mut *tx, user_id).await?.map(|user| user.email).unwrap_or_default();
    let (kind, token) = (purpose.as_str(), token.to_base64url());
    request(tx, user_id, Mail { kind, token, email: &email, ..Mail::default() }).await
}

/// Asks for a mail to another address, with a new token that makes it the user's.
pub(crate) async fn mail_token_to(
    tx: &mut PgConnection,
    user_id: UserId,
    email: &EmailAddress,
) -> sqlx::Result<()> {
    let (token, purpose) = (Token::generate(), Purpose::ChangeEmail);
    mailed_tokens::issue(&mut *tx, user_id, purpose, &token).await?;
    mailed_tokens::name_address(&mut *tx, user_id, purpose, email).await?;
    let (kind, token) = (purpose.as_str(), token.to_base64url());
    request(tx, user_id, Mail { kind, token, email: email.as_str(), ..Mail::default() }).await
}

/// Asks for a mail to somebody whom `owner_email` invites.
pub(crate) async fn mail_invitation(
    tx: &mut PgConnection,
    invitation: &Invitation,
    email: &EmailAddress,
    owner_email: &str,
) -> sqlx::Result<()> {
    let (kind, token) = ("mentor-invitation", invitation.to_text());
    request(tx, invitation.owner, Mail { kind, token, detail: owner_email, email: email.as_str() }).await
}

/// Asks for a mail with a token to the user of this address, if there is one of whom `wanted` is true and not too many mails went
/// there of late. What is done is the same in any case and only its effect is taken back; and what still differs, such as a row that is
/// written or none, is over before the answer is due. So neither the answer nor its time tells who is registered.
pub(crate) async fn mail_token_if_known(
    app: &App,
    email: &EmailAddress,
    purpose: Purpose,
    wanted: impl Fn(&User) -> bool,
) -> Result<(), Error> {
    let asked = Instant::now();
    let mut tx = postgres::begin(&app.pool).await?;
    let is_due = app.throttle.may_mail(&mut tx, purpose.as_str(), email).await?;
    let user = users::find_by_email(&mut tx, email).await?.map(|found| found.user);
    let recipient = user.filter(|user| is_due && wanted(user)).map(|user| user.id);
    let mut attempt = sqlx::Acquire::begin(&mut tx).await?;
    postgres::act_for(&mut attempt, recipient.unwrap_or(Uuid::nil())).await?;
    mail_token(&mut attempt, UserId(recipient.unwrap_or(Uuid::nil())), purpose).await?;
    match recipient {
        Some(_) => attempt.commit().await?,
        None => attempt.rollback().await?,
    }
    tx.commit().await?;
    beat::after(asked).await;
    Ok(())
}

/// What a mail holds, and where it goes.
#[derive(Default)]
struct Mail<'a> {
    kind: &'a str,
    token: String,
    detail: &'a str,
    /// Empty: to the user's own address, as it is when the mail goes out.
    email: &'a str,
}

async fn request(tx: &mut PgConnection, user_id: UserId, mail: Mail<'_>) -> sqlx::Result<()> {
    let event = AccountMailRequested {
        user_id: user_id.to_string(),
        mail_id: Uuid::now_v7().to_string(),
        kind: mail.kind.to_owned(),
        token: mail.token,
        detail: mail.detail.to_owned(),
        email: mail.email.to_owned(),
    };
    outbox::append(tx, &event).await?;
    Ok(())
}
