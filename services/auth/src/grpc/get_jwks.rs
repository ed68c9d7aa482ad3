//! The public keys that verify access tokens.

use crate::{app::App, error::Error};
use journal_proto::auth::v1::GetJwksResponse;

/// An RFC 7517 document.
pub(crate) async fn get_jwks(app: &App) -> Result<GetJwksResponse, Error> {
    Ok(GetJwksResponse { jwks_json: app.signing.jwks_json().await? })
}
