//! The public keys that verify access tokens.

use crate::app::App;
use journal_proto::auth::v1::GetJwksResponse;

/// An RFC 7517 document.
pub(crate) fn get_jwks(app: &App) -> GetJwksResponse {
    GetJwksResponse { jwks_json: app.issuer.jwks_json() }
}
