//! Sessions ended since a point in time.

use crate::{app::App, db::revocations, error::Error, wire};
use journal_proto::auth::v1::{ListRevocationsRequest, ListRevocationsResponse};

/// About a mebibyte of answer: the rest is asked for with `next_since`.
const MOST: usize = 10_000;

/// `next_since` repeats the last seconds, so that whatever commits late is seen by the next call.
pub(crate) async fn list_revocations(
    app: &App,
    request: ListRevocationsRequest,
) -> Result<ListRevocationsResponse, Error> {
    let since = request.since.map(|at| wire::point_in_time("since", at)).transpose()?;
    // Before the rows are read: what commits in between belongs to the next call.
    let horizon = revocations::horizon(&app.pool).await?;
    let revoked = revocations::list(&app.pool, since, i64::try_from(MOST).unwrap_or(i64::MAX)).await?;
    let full = revoked.last().filter(|_| revoked.len() == MOST);
    let next_since = full.map_or(horizon, |last| last.revoked_at);
    Ok(ListRevocationsResponse {
        revocations: revoked.iter().map(wire::revocation).collect(),
        next_since: Some(wire::timestamp(next_since)),
    })
}
