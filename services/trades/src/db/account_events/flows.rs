//! Money that its owner put into an account or took out: what others are told of.

use crate::db::exact::Exact;
use crate::domain::{
    event::CashFlow,
    ids::{AccountId, EventId},
};
use identity::UserId;
use sqlx::PgExecutor;
use time::OffsetDateTime;
use uuid::Uuid;

/// What a row of `account_events` is when it is such money.
macro_rules! is_flow {
    () => {
        "kind = 'cash' AND symbol IS NULL AND what IN ('deposit', 'withdrawal', 'transfer')"
    };
}
pub(super) use is_flow;

/// All columns of a [`Row`].
macro_rules! columns {
    () => {
        "id, account_id, amount::text, currency, occurred_at, coalesce(told_revision, 0) AS version"
    };
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    account_id: Uuid,
    amount: Exact,
    currency: String,
    occurred_at: OffsetDateTime,
    version: i64,
}

impl From<Row> for CashFlow {
    fn from(row: Row) -> Self {
        Self {
            id: EventId(row.id),
            account_id: AccountId(row.account_id),
            amount: row.amount.0,
            currency: row.currency,
            booked_at: row.occurred_at,
            version: row.version,
        }
    }
}

/// Whether nobody was told of some of an account's flows.
pub async fn has_untold_flows(
    db: impl PgExecutor<'_>,
    user: UserId,
    account: AccountId,
) -> sqlx::Result<bool> {
    sqlx::query_scalar(concat!(
        "SELECT EXISTS (SELECT FROM account_events
                        WHERE user_id = $1 AND account_id = $2 AND told_revision IS NULL AND ",
        is_flow!(),
        ")"
    ))
    .bind(user.0)
    .bind(account.0)
    .fetch_one(db)
    .await
}

/// The flows that nobody was told of, which now have `revision`; in order of id.
pub async fn tell_flows(
    db: impl PgExecutor<'_>,
    user: UserId,
    account: AccountId,
    revision: i64,
) -> sqlx::Result<Vec<CashFlow>> {
    let rows: Vec<Row> = sqlx::query_as(concat!(
        "UPDATE account_events SET told_revision = $3
         WHERE user_id = $1 AND account_id = $2 AND told_revision IS NULL AND ",
        is_flow!(),
        " RETURNING ",
        columns!()
    ))
    .bind(user.0)
    .bind(account.0)
    .bind(revision)
    .fetch_all(db)
    .await?;
    let mut flows: Vec<CashFlow> = rows.into_iter().map(CashFlow::from).collect();
    flows.sort_unstable_by_key(|flow| flow.id);
    Ok(flows)
}

/// Up to `limit` flows of a user with ids after `sent`, in order of id.
pub async fn export_flows(
    db: impl PgExecutor<'_>,
    user: UserId,
    sent: Option<EventId>,
    limit: i64,
) -> sqlx::Result<Vec<CashFlow>> {
    let rows: Vec<Row> = sqlx::query_as(concat!(
        "SELECT ",
        columns!(),
        " FROM account_events WHERE user_id = $1 AND ($2::uuid IS NULL OR id > $2) AND ",
        is_flow!(),
        " ORDER BY id LIMIT $3"
    ))
    .bind(user.0)
    .bind(sent.map(|sent| sent.0))
    .bind(limit)
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(CashFlow::from).collect())
}
