//! Deletes an account with everything in it.

use super::{App, parse};
use crate::{
    db,
    error::{Error, Result},
    files::Files,
};
use identity::UserId;
use journal_proto::trades::v1::{AccountDeleted, DeleteAccountRequest, DeleteAccountResponse};
use runtime::precondition::Precondition;

pub(super) async fn delete_account(
    app: &App,
    user: UserId,
    seen: &Precondition,
    request: DeleteAccountRequest,
) -> Result<DeleteAccountResponse> {
    let id = parse::id("account_id", &request.account_id)?;
    let mut tx = app.begin(user).await?;
    let account = db::accounts::lock(&mut tx, user, id).await?.ok_or(Error::NotFound("account"))?;
    seen.check(account.version)?;
    let files = db::imports::object_keys(&mut *tx, user, id).await?;
    let attachments = db::trade_attachments::of_account(&mut *tx, user, id).await?;
    db::accounts::delete(&mut *tx, user, id).await?;
    let event = AccountDeleted { user_id: user.to_string(), account_id: id.to_string() };
    events::outbox::append(&mut tx, &event).await?;
    tx.commit().await?;
    let attachments = attachments.into_iter().map(|attachment| Files::attachment_key(user, attachment));
    for file in files.into_iter().chain(attachments) {
        app.files.remove(&file).await;
    }
    Ok(DeleteAccountResponse {})
}
