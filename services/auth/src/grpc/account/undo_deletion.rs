//! Keeps an account that was to be deleted.

use crate::{
    app::App,
    audit::Origin,
    db::mailed_tokens,
    deletion,
    domain::{mail::Purpose, token::Token},
    error::Error,
};
use journal_proto::auth::v1::{UndoDeletionRequest, UndoDeletionResponse};
use runtime::postgres;

/// The token of the mail says whose it is. What had ended stays so: its owner signs in again.
pub(crate) async fn undo_deletion(
    app: &App,
    request: &UndoDeletionRequest,
) -> Result<UndoDeletionResponse, Error> {
    let token = Token::parse(&request.token).ok_or(Error::InvalidMailedToken)?;
    let mut tx = postgres::begin(&app.pool).await?;
    let owner = mailed_tokens::consume(&mut tx, Purpose::UndoDeletion, &token).await?;
    let owner = owner.ok_or(Error::InvalidMailedToken)?;
    if !deletion::undo(&mut tx, owner, Origin::Unknown).await? {
        return Err(Error::InvalidMailedToken);
    }
    tx.commit().await?;
    Ok(UndoDeletionResponse {})
}
