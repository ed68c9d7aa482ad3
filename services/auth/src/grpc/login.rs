//! Checks a password and opens a session.

use crate::{
    app::App,
    audit::{self, Kind, Origin},
    db::users::{self, Found},
    domain::{device::Device, email::EmailAddress, password::Password, token::Token},
    error::Error,
    hashing::{StoredHash, Verdict},
    second_factor::{self, Shown},
    signing_in,
    throttle::Attempt,
};
use identity::UserId;
use journal_proto::auth::v1::{LoginRequest, LoginResponse};
use runtime::postgres;
use uuid::Uuid;

/// An unknown address costs, counts and answers the same as a wrong password.
pub(crate) async fn login(app: &App, request: LoginRequest) -> Result<LoginResponse, Error> {
    let email = EmailAddress::parse(&request.email)?;
    let password = Password::presented("password", request.password)?;
    let device = Device::new(&request.device_name, &request.ip_address);
    let presented = Token::parse(&request.device_token);
    // Before the database is asked: an overload is refused without any work.
    let place = app.hasher.admit()?;
    let found = find(app, &email).await?;
    // Last, so that nothing but the hash can fail between an attempt's beginning and its judgement.
    let (attempt, is_trusted) = app.throttle.begin_login(&email, &device, presented.as_ref()).await?;
    let stored = found.as_ref().map(|found| found.hash.clone());
    let owner = found.as_ref().map(|found| UserId(found.user.id));
    let verdict = place.verify(password, stored).await?;
    let (Some(found), Verdict::Right { renewed }) = (found, verdict) else {
        fail(app, attempt, owner, &device).await?;
        metrics::counter!("auth.logins", "outcome" => "refused").increment(1);
        return Err(Error::InvalidCredentials);
    };
    attempt.give_back().await?;
    if app.require_verified_email && !found.user.email_verified {
        return Err(Error::EmailNotVerified);
    }

    let known = presented.filter(|_| is_trusted);
    let shown =
        second_factor::look_at(app, UserId(found.user.id), &request.totp, &device, known.as_ref()).await?;
    let response = open(app, found, renewed, &device, known, shown).await?;
    metrics::counter!("auth.logins", "outcome" => "accepted").increment(1);
    Ok(response)
}

async fn find(app: &App, email: &EmailAddress) -> Result<Option<Found>, Error> {
    let mut tx = postgres::begin(&app.pool).await?;
    let found = users::find_by_email(&mut tx, email).await?;
    tx.commit().await?;
    Ok(found)
}

/// Counts the attempt and tells the owner of the account. What is done is the same where there is none and only its effect is taken
/// back, so that the time does not tell who is registered.
async fn fail(app: &App, attempt: Attempt, owner: Option<UserId>, device: &Device) -> Result<(), Error> {
    let mut tx = postgres::begin(&app.pool).await?;
    attempt.fail_within(&mut tx).await?;
    let mut line = sqlx::Acquire::begin(&mut tx).await?;
    let user_id = owner.unwrap_or(UserId(Uuid::nil()));
    audit::record(&mut line, user_id, Kind::SignInFailed, "", Origin::Device(device)).await?;
    match owner {
        Some(_) => line.commit().await?,
        None => line.rollback().await?,
    }
    tx.commit().await?;
    Ok(())
}

/// The session, its tokens, and the device's trust, all or none; none when the password has changed meanwhile, or the code was used.
async fn open(
    app: &App,
    Found { user, hash, password_version }: Found,
    renewed: Option<StoredHash>,
    device: &Device,
    known: Option<Token>,
    shown: Shown,
) -> Result<LoginResponse, Error> {
    let user_id = UserId(user.id);
    let mut tx = postgres::begin_for(&app.pool, user_id.0).await?;
    // Before the lock that others share: two who renew do not wait for each other.
    if let Some(renewed) = renewed {
        users::renew_hash(&mut *tx, user_id, &hash, &renewed).await?;
    }
    if !users::holds_version(&mut *tx, user_id, password_version).await? {
        return Err(Error::InvalidCredentials);
    }
    if !shown.redeem(&mut tx, user_id, device).await? {
        tx.rollback().await?;
        return Err(shown.refuse(app, user_id, device).await);
    }
    let response = signing_in::open(app, &mut tx, user, device, known, "").await?;
    tx.commit().await?;
    shown.accept().await?;
    Ok(response)
}
