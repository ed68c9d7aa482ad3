//! Checks a password and opens a session.

use crate::{
    app::App,
    db::{trusted_devices, users},
    domain::{device::Device, email::EmailAddress, password::Password, token::Token, user::User},
    error::Error,
    hashing::{StoredHash, Verdict},
    opening::open_session,
    wire,
};
use identity::UserId;
use journal_proto::auth::v1::{LoginRequest, LoginResponse};

/// Whose password was right, and what to store instead of an outdated hash: the old one and the new one.
struct SignedIn {
    user: User,
    renewed: Option<(StoredHash, StoredHash)>,
}

/// An unknown address costs, counts and answers the same as a wrong password.
pub(crate) async fn login(app: &App, request: LoginRequest) -> Result<LoginResponse, Error> {
    let email = EmailAddress::parse(&request.email)?;
    let password = Password::presented("password", request.password)?;
    let device = Device::new(&request.device_name, &request.ip_address);
    let presented = Token::parse(&request.device_token);
    // Before the database is asked: an overload is refused without any work.
    let place = app.hasher.admit()?;
    let found = users::find_by_email(&app.pool, &email).await?;
    // Last, so that nothing but the hash can fail between an attempt's beginning and its judgement.
    let (attempt, is_trusted) = app.throttle.begin_login(&email, &device, presented.as_ref()).await?;
    let stored = found.as_ref().map(|(_, hash)| hash.clone());
    let verdict = place.verify(password, stored).await?;
    let (Some((user, hash)), Verdict::Right { renewed }) = (found, verdict) else {
        attempt.fail().await?;
        metrics::counter!("auth_logins_total", "outcome" => "refused").increment(1);
        return Err(Error::InvalidCredentials);
    };
    attempt.give_back().await?;

    let signed_in = SignedIn { user, renewed: renewed.map(|renewed| (hash, renewed)) };
    let device_token = presented.filter(|_| is_trusted).unwrap_or_else(Token::generate);
    let response = open(app, signed_in, &device, &device_token).await?;
    metrics::counter!("auth_logins_total", "outcome" => "accepted").increment(1);
    Ok(response)
}

/// The session, its tokens, and the device's trust, all or none.
async fn open(
    app: &App,
    SignedIn { user, renewed }: SignedIn,
    device: &Device,
    device_token: &Token,
) -> Result<LoginResponse, Error> {
    let user_id = UserId(user.id);
    let mut tx = app.pool.begin().await?;
    if let Some((old, new)) = renewed {
        users::renew_hash(&mut *tx, user_id, &old, &new).await?;
    }
    let tokens = open_session(app, &mut tx, &user, device).await?;
    let seconds = trusted_devices::trust(&mut tx, device_token, user_id).await?;
    tx.commit().await?;
    Ok(LoginResponse {
        tokens: Some(tokens),
        user: Some(wire::user(user)),
        device_token: device_token.to_base64url(),
        device_expires_in: u32::try_from(seconds).unwrap_or_default(),
    })
}
