//! An access token for an API key.

use crate::{app::App, db::api_keys, error::Error};
use identity::{ApiKey, Derived};
use journal_proto::auth::v1::{ExchangeApiKeyRequest, ExchangeApiKeyResponse};
use runtime::postgres;

/// A typo costs nothing, an unknown key one query, and no password is ever hashed.
pub(crate) async fn exchange_api_key(
    app: &App,
    request: &ExchangeApiKeyRequest,
) -> Result<ExchangeApiKeyResponse, Error> {
    let key = ApiKey::parse(&request.secret).ok_or(Error::InvalidApiKey)?;
    let mut tx = postgres::begin_for(&app.pool, key.user().0).await?;
    let found = api_keys::look_up(&mut tx, &key).await?.ok_or(Error::InvalidApiKey)?;
    tx.commit().await?;
    let derived = Derived {
        user: key.user(),
        id: found.id,
        scope: found.scope,
        actor: None,
        seconds_left: found.seconds_left,
    };
    let (access_token, expires_in) = app.signing.issuer().await?.derive(&derived)?;
    Ok(ExchangeApiKeyResponse { access_token, expires_in })
}
