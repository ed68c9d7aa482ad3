//! What an account traded.

use crate::db::exact::Exact;
use crate::domain::{fill::Book, ids::AccountId};
use identity::UserId;
use sqlx::PgExecutor;

/// A book with what its fills say of the instrument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Security {
    /// The book.
    pub book: Book,
    /// The classes that its fills give, in order: usually one.
    pub asset_classes: Vec<String>,
    /// Whether there was a stock split in its symbol.
    pub was_split: bool,
    /// How many fills it has.
    pub fills: i64,
}

/// The books of an account in which something was traded, in order; of one symbol, or of all.
pub async fn securities(
    db: impl PgExecutor<'_>,
    user: UserId,
    account: AccountId,
    symbol: Option<&str>,
) -> sqlx::Result<Vec<Security>> {
    let rows: Vec<(String, String, Exact, Vec<String>, bool, i64)> = sqlx::query_as(
        "SELECT symbol, currency, fills.multiplier::text, array_agg(DISTINCT asset_class ORDER BY asset_class),
                EXISTS (SELECT 1 FROM account_events AS event
                        WHERE event.user_id = $1 AND event.account_id = $2 AND event.symbol = fills.symbol
                          AND event.kind = 'split'),
                count(*)
         FROM fills
         WHERE user_id = $1 AND account_id = $2 AND ($3::text IS NULL OR symbol = $3) AND NOT voided
         GROUP BY symbol, currency, fills.multiplier
         ORDER BY symbol, currency, fills.multiplier",
    )
    .bind(user.0)
    .bind(account.0)
    .bind(symbol)
    .fetch_all(db)
    .await?;
    let securities =
        rows.into_iter().map(|(symbol, currency, multiplier, asset_classes, was_split, fills)| Security {
            book: Book { symbol, currency, multiplier: multiplier.0 },
            asset_classes,
            was_split,
            fills,
        });
    Ok(securities.collect())
}

/// Whether some options of an account were read from a file that has days and no times.
pub async fn has_days_for_times(
    db: impl PgExecutor<'_>,
    user: UserId,
    account: AccountId,
) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM fills
                        WHERE user_id = $1 AND account_id = $2 AND asset_class = 'option' AND NOT voided
                          AND (time_text ~ '^[0-9]{8}$' OR time_text ~ '^[0-9A-Za-z]+[-/. ][^:]{1,9}$'))",
    )
    .bind(user.0)
    .bind(account.0)
    .fetch_one(db)
    .await
}
