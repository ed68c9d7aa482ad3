//! Merges and splits with the trades that they make.

use crate::{
    db,
    domain::{ids::RegroupingId, regrouping::Regrouping},
    wire,
};
use identity::UserId;
use journal_proto::trades::v1 as proto;
use sqlx::PgExecutor;

/// As callers see them.
pub(super) async fn shown(
    db: impl PgExecutor<'_>,
    user: UserId,
    regroupings: Vec<Regrouping>,
) -> sqlx::Result<Vec<proto::Regrouping>> {
    let ids: Vec<RegroupingId> = regroupings.iter().map(|regrouping| regrouping.id).collect();
    let mut trades = db::regroupings::trades_of(db, user, &ids).await?;
    let shown = regroupings.into_iter().map(|regrouping| {
        let trades = trades.remove(&regrouping.id).unwrap_or_default();
        wire::regrouping(regrouping, &trades)
    });
    Ok(shown.collect())
}
