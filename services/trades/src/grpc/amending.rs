//! What the owner says about one of his fills.

use super::App;
use crate::{
    amend::Amending,
    db,
    domain::{
        fill::Fill,
        fill_record::{FillContent, FillRecord, RecordKind},
        ids::FillId,
    },
    error::{Error, Result},
    progress::Progress,
    rebuild::{Cause, Touched, rebuild},
};
use identity::UserId;
use sqlx::PgConnection;
use uuid::Uuid;

/// Keeps a correction or a bust of a fill, and brings the fill and its trades up to date.
pub(super) async fn amend(
    app: &App,
    tx: &mut PgConnection,
    user: UserId,
    id: FillId,
    kind: RecordKind,
    content: FillContent,
    reason: String,
) -> Result<Fill> {
    let found = db::fills::find(&mut *tx, user, id).await?.ok_or(Error::NotFound("fill"))?;
    // First the account, as everybody does who writes fills: then the fill stands still.
    let account = db::accounts::lock(&mut *tx, user, found.account_id).await?;
    let account = account.ok_or(Error::NotFound("fill"))?;
    let fill = db::fills::find(&mut *tx, user, id).await?.ok_or(Error::NotFound("fill"))?;
    if fill.voided {
        return Err(Error::FillVoided);
    }
    let now = app.clock.now();
    let amending = Amending { user, account: account.id, now };
    if db::fill_records::about(&mut *tx, user, account.id, &[&fill.execution_id]).await?.is_empty() {
        amending.keep_reports(&mut *tx, &fill).await?;
    }
    let record = FillRecord {
        account_id: account.id,
        kind,
        record_id: format!("manual:{}", Uuid::now_v7()),
        refers_to: fill.execution_id.clone(),
        import_id: None,
        line: 0,
        made_at: now,
        sequence: 0,
        content,
        reason,
    };
    db::fill_records::insert(&mut *tx, user, &[record], now).await?;
    let mut touched = Touched::default();
    amending.settle(&mut *tx, &[&fill.execution_id], &mut touched).await?;
    let cause = Cause { user, account: &account, import: None, now };
    rebuild(&mut *tx, cause, touched, &Progress::default()).await?;
    let amended = db::fills::find(&mut *tx, user, id).await?.ok_or(Error::NotFound("fill"))?;
    Ok(amended)
}
