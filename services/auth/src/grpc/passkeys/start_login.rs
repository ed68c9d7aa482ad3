//! Begins to sign in with whichever passkey the browser has.

use super::ceremony;
use crate::{app::App, db::passkey_ceremonies, domain::token::Token, error::Error};
use anyhow::Context as _;
use journal_proto::auth::v1::Ceremony;

/// Nobody is named, so nobody learns who has a passkey.
pub(crate) async fn start_login(app: &App) -> Result<Ceremony, Error> {
    let begun = app.webauthn.start_discoverable_authentication();
    let (options, state) = begun.context("cannot begin to ask for a passkey")?;
    let token = Token::generate();
    passkey_ceremonies::begin_login(&app.pool, &token, &state).await?;
    ceremony(&token, &options)
}
