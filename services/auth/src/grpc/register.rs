//! Creates a user.

use crate::{
    app::App,
    beat,
    db::users,
    domain::{
        display_name::DisplayName,
        email::EmailAddress,
        mail::{Notice, Purpose},
        password::{Context, Password},
        user::User,
    },
    error::Error,
    mailing::{mail_token, notify},
    wire,
};
use events::outbox;
use identity::UserId;
use journal_proto::auth::v1::{RegisterRequest, RegisterResponse};
use runtime::postgres;
use sqlx::PgConnection;
use std::time::Instant;

/// A taken address costs and answers the same as a free one: who is registered is nobody's business.
pub(crate) async fn register(app: &App, request: RegisterRequest) -> Result<RegisterResponse, Error> {
    let email = EmailAddress::parse(&request.email)?;
    let display_name = DisplayName::parse(&request.display_name)?;
    let context = Context::of(email.as_str(), display_name.as_str());
    let password = Password::chosen("password", request.password, &context)?;
    let hash = app.hasher.admit()?.hash(password).await?;

    // The hash is dear and the same for all. What comes after it is not quite.
    let hashed = Instant::now();
    let mut tx = postgres::begin(&app.pool).await?;
    let user = users::insert(&mut tx, &email, &display_name, &hash).await?;
    let is_new = user.is_some();
    match user {
        Some(user) => welcome(&mut tx, user).await?,
        None => warn_owner(app, &mut tx, &email).await?,
    }
    tx.commit().await?;
    if is_new {
        metrics::counter!("auth.sign_ups").increment(1);
    }
    beat::after(hashed).await;
    Ok(RegisterResponse {})
}

/// Tells others, and mails the token that verifies the address.
async fn welcome(tx: &mut PgConnection, user: User) -> sqlx::Result<()> {
    let user_id = UserId(user.id);
    outbox::append(tx, &wire::user_registered(user)).await?;
    mail_token(tx, user_id, Purpose::VerifyEmail).await
}

/// Tells whoever has this address already, unless many mails went there of late.
async fn warn_owner(app: &App, tx: &mut PgConnection, email: &EmailAddress) -> Result<(), Error> {
    let notice = Notice::AlreadyRegistered;
    let is_due = app.throttle.may_mail(&mut *tx, notice.as_str(), email).await?;
    if let Some(found) = users::find_by_email(&mut *tx, email).await?.filter(|_| is_due) {
        notify(tx, UserId(found.user.id), notice).await?;
    }
    Ok(())
}
