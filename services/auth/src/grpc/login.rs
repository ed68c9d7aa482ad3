//! Checks a password and opens a session.

use crate::{
    app::App,
    db::users,
    domain::{device::Device, email::EmailAddress, password::Password},
    error::Error,
    hashing::Verdict,
    opening::open_session,
    wire,
};
use identity::UserId;
use journal_proto::auth::v1::{LoginRequest, LoginResponse};

/// An unknown address costs and answers the same as a wrong password.
pub(crate) async fn login(app: &App, request: LoginRequest) -> Result<LoginResponse, Error> {
    let email = EmailAddress::parse(&request.email)?;
    let password = Password::presented("password", request.password)?;
    let device = Device::new(&request.device_name, &request.ip_address);
    // Before the database is asked: an overload is refused without any work.
    let place = app.hasher.admit()?;
    let found = users::find_by_email(&app.pool, &email).await?;
    let stored = found.as_ref().map(|(_, hash)| hash.clone());
    let verdict = place.verify(password, stored).await?;
    let (Some((user, hash)), Verdict::Right { renewed }) = (found, verdict) else {
        metrics::counter!("auth_logins_total", "outcome" => "refused").increment(1);
        return Err(Error::InvalidCredentials);
    };

    let mut tx = app.pool.begin().await?;
    if let Some(renewed) = renewed {
        users::renew_hash(&mut *tx, UserId(user.id), &hash, &renewed).await?;
    }
    let tokens = open_session(app, &mut tx, &user, &device).await?;
    tx.commit().await?;
    metrics::counter!("auth_logins_total", "outcome" => "accepted").increment(1);
    Ok(LoginResponse { tokens: Some(tokens), user: Some(wire::user(user)) })
}
