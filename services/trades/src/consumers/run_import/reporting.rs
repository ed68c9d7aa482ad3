//! Tells the owner of an import how far it is, while the work goes on in another transaction.

use crate::{
    db::{self, imports::Upload},
    progress::Progress,
};
use identity::UserId;
use journal_proto::trades::v1::ImportProgressed;
use runtime::postgres;
use sqlx::PgPool;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

const EVERY: Duration = Duration::from_millis(500);

/// Reports what changed, twice a second at most, until `done`. A report that fails is of no consequence.
pub(super) async fn report_until(
    done: &CancellationToken,
    pool: &PgPool,
    user: UserId,
    upload: &Upload,
    progress: &Progress,
) {
    let mut told = (0, 0);
    loop {
        tokio::select! {
            () = done.cancelled() => return,
            () = tokio::time::sleep(EVERY) => {}
        }
        let now = (progress.percent(), progress.rows());
        if now == told {
            continue;
        }
        match report(pool, user, upload, now).await {
            Ok(()) => told = now,
            Err(error) => tracing::debug!(%error, "progress was not reported"),
        }
    }
}

async fn report(
    pool: &PgPool,
    user: UserId,
    upload: &Upload,
    (percent, rows): (u32, u64),
) -> sqlx::Result<()> {
    let mut tx = postgres::begin_for(pool, user.0).await?;
    db::imports::report_progress(&mut *tx, user, upload.id, percent, rows).await?;
    let event = ImportProgressed {
        user_id: user.to_string(),
        import_id: upload.id.to_string(),
        account_id: upload.account_id.to_string(),
        file_name: upload.file_name.clone(),
        progress: percent,
        rows_read: rows,
    };
    events::outbox::append(&mut tx, &event).await?;
    tx.commit().await
}
