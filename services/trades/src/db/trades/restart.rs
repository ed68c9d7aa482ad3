//! Where the matching of a book begins again, and which books have a trade open.

use super::row::closed_quantity;
use crate::db::exact::Exact;
use crate::domain::{event::EventKey, fill::Book, ids::AccountId, matching::Resume, trade};
use identity::UserId;
use sqlx::PgExecutor;
use time::OffsetDateTime;

/// Where a book has to be matched again from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restart {
    /// The first event to match again.
    pub from: EventKey,
    /// The trade that it opens, when the book is not flat there.
    pub resume: Resume,
}

#[derive(sqlx::FromRow)]
struct RestartRow {
    opening_at: OffsetDateTime,
    opening_rank: i16,
    opening_sequence: i64,
    opening_execution_id: String,
    opening_closed_quantity: Exact,
    opening_closed_exact: Option<String>,
    side: String,
    asset_class: String,
}

impl TryFrom<RestartRow> for Restart {
    type Error = sqlx::Error;

    fn try_from(row: RestartRow) -> sqlx::Result<Self> {
        let resume = Resume {
            closed_quantity: closed_quantity(row.opening_closed_quantity, row.opening_closed_exact)?,
            opens: trade::direction_of(&row.side).map(|direction| (direction, row.asset_class)),
        };
        let from = EventKey {
            at: row.opening_at,
            rank: row.opening_rank,
            sequence: row.opening_sequence,
            id: row.opening_execution_id,
        };
        Ok(Self { from, resume })
    }
}

/// Where matching has to begin when the events of a book changed at `changed` and after it: at the opening of the trade
/// that was open there, else at `changed` itself.
pub async fn restart_point(
    db: impl PgExecutor<'_>,
    user: UserId,
    account: AccountId,
    book: &Book,
    changed: &EventKey,
) -> sqlx::Result<Restart> {
    let open_there: Option<RestartRow> = sqlx::query_as(
        "SELECT opening_at, opening_rank, opening_sequence, opening_execution_id, opening_closed_quantity::text,
                opening_closed_exact, side, asset_class
         FROM (SELECT * FROM trades
               WHERE user_id = $1 AND account_id = $2 AND symbol = $3 AND currency = $4
                 AND multiplier = $5::text::numeric
                 AND (opening_at, opening_rank, opening_sequence, opening_execution_id) < ($6, $7, $8, $9)
               ORDER BY opening_at DESC, opening_rank DESC, opening_sequence DESC, opening_execution_id DESC
               LIMIT 1) AS before
         WHERE closing_at IS NULL
            OR (closing_at, closing_rank, closing_sequence, closing_execution_id) >= ($6, $7, $8, $9)",
    )
    .bind(user.0)
    .bind(account.0)
    .bind(&book.symbol)
    .bind(&book.currency)
    .bind(book.multiplier.to_string())
    .bind(changed.at)
    .bind(changed.rank)
    .bind(changed.sequence)
    .bind(&changed.id)
    .fetch_optional(db)
    .await?;
    open_there
        .map_or_else(|| Ok(Restart { from: changed.clone(), resume: Resume::default() }), Restart::try_from)
}

#[derive(sqlx::FromRow)]
struct OpenRow {
    symbol: String,
    currency: String,
    multiplier: Exact,
    opening_at: OffsetDateTime,
    opening_rank: i16,
    opening_sequence: i64,
    opening_execution_id: String,
}

impl From<OpenRow> for (Book, EventKey) {
    fn from(row: OpenRow) -> Self {
        let key = EventKey {
            at: row.opening_at,
            rank: row.opening_rank,
            sequence: row.opening_sequence,
            id: row.opening_execution_id,
        };
        (Book { symbol: row.symbol, currency: row.currency, multiplier: row.multiplier.0 }, key)
    }
}

/// The books of an account in which a round trip is open, each with the place at which its trade opened.
pub async fn open(
    db: impl PgExecutor<'_>,
    user: UserId,
    account: AccountId,
) -> sqlx::Result<Vec<(Book, EventKey)>> {
    let rows: Vec<OpenRow> = sqlx::query_as(
        "SELECT DISTINCT symbol, currency, multiplier::text, opening_at, opening_rank, opening_sequence,
                opening_execution_id
         FROM trades WHERE user_id = $1 AND account_id = $2 AND closing_at IS NULL",
    )
    .bind(user.0)
    .bind(account.0)
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(<(Book, EventKey)>::from).collect())
}
