//! Begins to make a passkey.

use super::ceremony;
use crate::{
    app::App,
    db::{passkey_ceremonies, passkeys},
    domain::{passkey::MOST, token::Token},
    error::Error,
    reauthentication,
};
use anyhow::Context as _;
use identity::Caller;
use journal_proto::auth::v1::{Ceremony, StartRegistrationRequest};
use runtime::postgres;

/// The authenticators that have a passkey already are named, so that none makes a second one.
pub(crate) async fn start_registration(
    app: &App,
    caller: &Caller,
    request: StartRegistrationRequest,
) -> Result<Ceremony, Error> {
    let user = reauthentication::insist(app, caller, request.password).await?;
    let mut tx = postgres::begin_for(&app.pool, user.id).await?;
    if passkeys::count(&mut *tx, caller.user_id).await? >= MOST {
        return Err(Error::TooManyPasskeys);
    }
    let known = passkeys::credential_ids(&mut *tx, caller.user_id).await?;
    let shown = if user.display_name.is_empty() { &user.email } else { &user.display_name };
    let (options, state) = app
        .webauthn
        .start_passkey_registration(user.id, &user.email, shown, Some(known))
        .context("cannot begin to make a passkey")?;
    let token = Token::generate();
    passkey_ceremonies::begin_registration(&mut *tx, caller.user_id, &token, &state).await?;
    tx.commit().await?;
    ceremony(&token, &options)
}
