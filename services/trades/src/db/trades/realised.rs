//! What the trades of some books realised.

use crate::db::exact::Exact;
use crate::domain::{fill::Book, ids::AccountId};
use identity::UserId;
use ledger::Decimal;
use sqlx::PgExecutor;
use std::collections::{BTreeMap, BTreeSet};
use time::OffsetDateTime;

/// Realised figures of trades.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Realised {
    /// Before costs.
    pub gross: Decimal,
    /// After costs.
    pub net: Decimal,
}

/// What the trades of some books realised that were open at any time from `first` to `last`, by currency.
pub async fn realised_within(
    db: impl PgExecutor<'_>,
    user: UserId,
    account: AccountId,
    books: &BTreeSet<Book>,
    (first, last): (OffsetDateTime, OffsetDateTime),
) -> sqlx::Result<BTreeMap<String, Realised>> {
    let symbols: Vec<&str> = books.iter().map(|book| book.symbol.as_str()).collect();
    let currencies: Vec<&str> = books.iter().map(|book| book.currency.as_str()).collect();
    let multipliers: Vec<String> = books.iter().map(|book| book.multiplier.to_string()).collect();
    let rows: Vec<(String, Exact, Exact)> = sqlx::query_as(
        "SELECT t.currency, sum(t.gross_pnl)::text, sum(t.net_pnl)::text
         FROM UNNEST($3::text[], $4::text[], $5::text[]) AS book (symbol, currency, multiplier)
         JOIN trades AS t ON t.user_id = $1 AND t.account_id = $2 AND t.symbol = book.symbol
              AND t.currency = book.currency AND t.multiplier = book.multiplier::numeric
         WHERE t.opening_at <= $7 AND (t.closing_at IS NULL OR t.closing_at >= $6)
         GROUP BY t.currency",
    )
    .bind(user.0)
    .bind(account.0)
    .bind(symbols)
    .bind(currencies)
    .bind(multipliers)
    .bind(first)
    .bind(last)
    .fetch_all(db)
    .await?;
    let by_currency =
        rows.into_iter().map(|(currency, gross, net)| (currency, Realised { gross: gross.0, net: net.0 }));
    Ok(by_currency.collect())
}
