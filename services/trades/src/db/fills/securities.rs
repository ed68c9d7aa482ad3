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
}

/// The books of an account in which something was traded, in order; of one symbol, or of all.
pub async fn securities(
    db: impl PgExecutor<'_>,
    user: UserId,
    account: AccountId,
    symbol: Option<&str>,
) -> sqlx::Result<Vec<Security>> {
    let rows: Vec<(String, String, Exact, Vec<String>, bool)> = sqlx::query_as(
        "SELECT symbol, currency, fills.multiplier::text, array_agg(DISTINCT asset_class ORDER BY asset_class),
                EXISTS (SELECT 1 FROM account_events AS event
                        WHERE event.user_id = $1 AND event.account_id = $2 AND event.symbol = fills.symbol
                          AND event.kind = 'split')
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
    let security = |(symbol, currency, multiplier, asset_classes, was_split): (_, _, Exact, _, _)| Security {
        book: Book { symbol, currency, multiplier: multiplier.0 },
        asset_classes,
        was_split,
    };
    Ok(rows.into_iter().map(security).collect())
}
