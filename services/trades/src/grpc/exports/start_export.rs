//! Begins an export.

use crate::{
    db,
    domain::ids::ExportId,
    error::{Error, Result},
    wire,
};
use events::outbox;
use identity::UserId;
use journal_proto::trades::v1::{Export, ExportRequested};
use sqlx::PgConnection;
use uuid::Uuid;

/// Asks every service for its part, in the transaction that answers.
pub(super) async fn start_export(tx: &mut PgConnection, user: UserId) -> Result<Export> {
    db::exports::give_up_stale(&mut *tx, user).await?;
    let kept = db::exports::list(&mut *tx, user).await?.len();
    if i64::try_from(kept).is_ok_and(|kept| kept >= db::exports::MOST) {
        return Err(Error::TooManyExports);
    }
    let export = db::exports::insert(&mut *tx, user, ExportId(Uuid::now_v7())).await?;
    let event = ExportRequested { user_id: user.to_string(), export_id: export.id.to_string() };
    outbox::append(tx, &event).await?;
    Ok(wire::export(&export))
}
