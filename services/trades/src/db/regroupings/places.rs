//! Where the executions stand that merges and splits name.

use crate::db::exact::Exact;
use crate::domain::{event::EventKey, fill::Book, ids::AccountId, regrouping::Places};
use identity::UserId;
use sqlx::PgExecutor;
use time::OffsetDateTime;

#[derive(sqlx::FromRow)]
struct Row {
    symbol: String,
    currency: String,
    multiplier: Exact,
    executed_at: OffsetDateTime,
    sequence: i64,
    execution_id: String,
}

impl Row {
    fn into_place(self) -> (String, (Book, EventKey)) {
        let book = Book { symbol: self.symbol, currency: self.currency, multiplier: self.multiplier.0 };
        let key = EventKey {
            at: self.executed_at,
            rank: EventKey::FILL_RANK,
            sequence: self.sequence,
            id: self.execution_id.clone(),
        };
        (self.execution_id, (book, key))
    }
}

/// The places of those executions that are there and count.
pub async fn places(
    db: impl PgExecutor<'_>,
    user: UserId,
    account: AccountId,
    executions: &[&str],
) -> sqlx::Result<Places> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT symbol, currency, multiplier::text, executed_at, sequence, execution_id FROM fills
         WHERE user_id = $1 AND account_id = $2 AND execution_id = ANY($3) AND NOT voided",
    )
    .bind(user.0)
    .bind(account.0)
    .bind(executions)
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Row::into_place).collect())
}
