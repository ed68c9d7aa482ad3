//! Opens a session for whoever's passkey signed.

use crate::{
    app::App,
    db::{passkey_ceremonies, passkeys, users},
    domain::{device::Device, token::Token, user::User},
    error::Error,
    signing_in,
};
use identity::UserId;
use journal_proto::auth::v1::{FinishLoginRequest, LoginResponse};
use runtime::postgres;
use sqlx::PgConnection;
use webauthn_rs::prelude::{DiscoverableAuthentication, PublicKeyCredential};

/// The ceremony is over, whatever comes of it. A passkey is two factors: the authenticator, and what it asks of its user. No code is
/// asked for.
pub(crate) async fn finish_login(app: &App, request: &FinishLoginRequest) -> Result<LoginResponse, Error> {
    let answer: PublicKeyCredential =
        serde_json::from_str(&request.credential_json).map_err(|_| Error::InvalidPasskey)?;
    let token = Token::parse(&request.ceremony).ok_or(Error::InvalidPasskey)?;
    let state = passkey_ceremonies::end_login(&app.pool, &token).await?.ok_or(Error::InvalidPasskey)?;
    let (user, _) =
        app.webauthn.identify_discoverable_authentication(&answer).map_err(|_| Error::InvalidPasskey)?;

    let mut tx = postgres::begin_for(&app.pool, user).await?;
    let user = users::find(&mut *tx, UserId(user)).await?.ok_or(Error::InvalidPasskey)?;
    // The user before the passkey, as whoever deletes one: neither waits for the other in a circle.
    users::share(&mut tx, UserId(user.id)).await?;
    verify(app, &mut tx, &user, &answer, state).await?;
    if app.require_verified_email && !user.email_verified {
        return Err(Error::EmailNotVerified);
    }
    let device = Device::new(&request.device_name, &request.ip_address);
    let known = signing_in::known_device(&mut tx, &user, &request.device_token).await?;
    let response = signing_in::open(app, &mut tx, user, &device, known, "passkey").await?;
    tx.commit().await?;
    metrics::counter!("auth.logins", "outcome" => "accepted").increment(1);
    Ok(response)
}

/// Signature, origin, challenge, the user's presence and consent, and a counter that grew.
async fn verify(
    app: &App,
    tx: &mut PgConnection,
    user: &User,
    answer: &PublicKeyCredential,
    state: DiscoverableAuthentication,
) -> Result<(), Error> {
    let user_id = UserId(user.id);
    let found = passkeys::lock(&mut *tx, user_id, answer.get_credential_id()).await?;
    let mut credential = found.ok_or(Error::InvalidPasskey)?;
    let result =
        app.webauthn.finish_discoverable_authentication_v2(answer, state, &credential).map_err(|error| {
            tracing::info!(%error, "a passkey was refused");
            metrics::counter!("auth.logins", "outcome" => "refused").increment(1);
            Error::InvalidPasskey
        })?;
    credential.update_credential(&result);
    passkeys::note_use(tx, user_id, &credential).await?;
    Ok(())
}
