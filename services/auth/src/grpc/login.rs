//! Checks a password and opens a session.

use crate::{
    app::App,
    audit::{self, Kind, Origin},
    db::users::{self, Found},
    domain::{device::Device, email::EmailAddress, password::Password, token::Token},
    error::Error,
    hashing::{StoredHash, Verdict},
    second_factor, signing_in,
    throttle::Attempt,
};
use identity::UserId;
use journal_proto::auth::v1::{LoginRequest, LoginResponse};
use runtime::postgres;
use sqlx::{PgConnection, Postgres, Transaction};
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

    let opening = Opening { found, renewed, device, known: presented.filter(|_| is_trusted) };
    let mut tx = opening.begin(app).await?;
    let response = if second_factor::is_asked_for(&mut tx, opening.user_id()).await? {
        tx.rollback().await?;
        opening.by_code(app, &request.totp).await?
    } else {
        let response = opening.session(app, &mut tx).await?;
        tx.commit().await?;
        response
    };
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

/// A sign-in whose password was right.
struct Opening {
    found: Found,
    renewed: Option<StoredHash>,
    device: Device,
    /// What the device was trusted by before.
    known: Option<Token>,
}

impl Opening {
    fn user_id(&self) -> UserId {
        UserId(self.found.user.id)
    }

    /// The session, if the code is right.
    async fn by_code(self, app: &App, code: &str) -> Result<LoginResponse, Error> {
        let user_id = self.user_id();
        let shown = second_factor::look_at(app, user_id, code, &self.device, self.known.as_ref()).await?;
        let mut tx = self.begin(app).await?;
        if !shown.redeem(&mut tx, user_id, &self.device).await? {
            tx.rollback().await?;
            return Err(shown.refuse(app, user_id, &self.device).await);
        }
        let response = self.session(app, &mut tx).await?;
        tx.commit().await?;
        shown.accept().await?;
        Ok(response)
    }

    /// A transaction in which the password stays what it was shown to be. An error when it has changed meanwhile.
    async fn begin(&self, app: &App) -> Result<Transaction<'static, Postgres>, Error> {
        let user_id = self.user_id();
        let mut tx = postgres::begin_for(&app.pool, user_id.0).await?;
        // Before the lock that others share: two who renew do not wait for each other.
        if let Some(renewed) = &self.renewed {
            users::renew_hash(&mut *tx, user_id, &self.found.hash, renewed).await?;
        }
        if !users::holds_version(&mut tx, user_id, self.found.password_version).await? {
            return Err(Error::InvalidCredentials);
        }
        Ok(tx)
    }

    /// The session, its tokens, and the device's trust, all or none.
    async fn session(self, app: &App, tx: &mut PgConnection) -> Result<LoginResponse, Error> {
        signing_in::open(app, tx, self.found.user, &self.device, self.known, "").await
    }
}
