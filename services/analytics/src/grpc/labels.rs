//! Questions about labels, where some were never told: they are read before the answer.

use super::rebuild_statistics::rebuild_statistics;
use crate::{
    db,
    domain::{Dimension, Filter},
    error::Error,
};
use identity::Caller;
use journal_proto::{analytics::v1 as proto, trades::v1::trades_service_client::TradesServiceClient};
use runtime::{grpc::Link, postgres};
use sqlx::PgPool;

/// A question, of which some need labels.
pub(super) trait Question {
    /// Whether labels decide the answer.
    fn asks_labels(&self) -> bool;
}

macro_rules! by_filter {
    ($($request:ident),*) => {
        $(impl Question for proto::$request {
            fn asks_labels(&self) -> bool {
                self.filter.as_ref().is_some_and(Filter::asks_labels)
            }
        })*
    };
}

by_filter!(
    GetSummaryRequest,
    GetEquityRequest,
    GetCalendarRequest,
    GetDistributionRequest,
    GetRiskRequest,
    GetExcursionsRequest
);

impl Question for proto::GetBreakdownRequest {
    fn asks_labels(&self) -> bool {
        Dimension::asks_labels(&self.by) || self.filter.as_ref().is_some_and(Filter::asks_labels)
    }
}

impl Question for proto::CompareCohortsRequest {
    fn asks_labels(&self) -> bool {
        [&self.a, &self.b].into_iter().flatten().any(Filter::asks_labels)
    }
}

/// Reads everything again from the trades service when an entry was told, or kept, by a release that did not know labels. Otherwise
/// an answer would count trades as unlabelled that are not.
pub(super) async fn complete(
    pool: &PgPool,
    trades: &TradesServiceClient<Link>,
    caller: &Caller,
) -> Result<(), Error> {
    let user_id = caller.user_id.0;
    let lacking = db::trades::lack_labels(&mut *postgres::begin_for(pool, user_id).await?, user_id).await?;
    if lacking {
        rebuild_statistics(pool, trades.clone(), caller).await?;
    }
    Ok(())
}
