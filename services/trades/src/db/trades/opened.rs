//! Trades by the execution that opened them.

use crate::db::exact::Exact;
use crate::domain::ids::AccountId;
use identity::UserId;
use ledger::Decimal;
use sqlx::PgExecutor;

/// A trade that an execution opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The execution.
    pub execution_id: String,
    /// Its line in the file of its import.
    pub line: i64,
    /// The instrument.
    pub symbol: String,
    /// The trade's side.
    pub side: String,
    /// What of the execution opened the trade.
    pub missing: Decimal,
    /// The book has no earlier trade.
    pub first_of_book: bool,
}

/// The trades of an account that some executions opened.
pub async fn opened_by(
    db: impl PgExecutor<'_>,
    user: UserId,
    account: AccountId,
    execution_ids: &[&str],
) -> sqlx::Result<Vec<Opened>> {
    let rows: Vec<(String, i64, String, String, Exact, bool)> = sqlx::query_as(
        "SELECT fill.execution_id, fill.line, t.symbol, t.side, (fill.quantity - t.opening_closed_quantity)::text,
              NOT EXISTS (SELECT FROM trades AS earlier
                  WHERE earlier.user_id = t.user_id AND earlier.account_id = t.account_id AND earlier.symbol = t.symbol
                  AND earlier.currency = t.currency AND earlier.multiplier = t.multiplier
                  AND earlier.opening_execution_id <> t.opening_execution_id
                  AND earlier.opening_at <= t.opening_at)
         FROM fills AS fill
         JOIN trades AS t ON t.user_id = fill.user_id AND t.account_id = fill.account_id
              AND t.symbol = fill.symbol AND t.currency = fill.currency AND t.multiplier = fill.multiplier
              AND t.opening_at = fill.executed_at AND t.opening_execution_id = fill.execution_id AND t.part IS NULL
         WHERE fill.user_id = $1 AND fill.account_id = $2 AND fill.execution_id = ANY($3)
         ORDER BY fill.line",
    )
    .bind(user.0)
    .bind(account.0)
    .bind(execution_ids)
    .fetch_all(db)
    .await?;
    let opened = rows.into_iter().map(|(execution_id, line, symbol, side, missing, first_of_book)| Opened {
        execution_id,
        line,
        symbol,
        side,
        missing: missing.0,
        first_of_book,
    });
    Ok(opened.collect())
}
