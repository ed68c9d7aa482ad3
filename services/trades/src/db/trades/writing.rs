//! Trades as a rebuild writes them.

use crate::domain::{
    fill::Book,
    ids::{AccountId, TradeId},
    matching::stored,
    trade::{self, RoundTrip},
};
use identity::UserId;
use sqlx::PgExecutor;
use std::sync::Arc;
use time::OffsetDateTime;
use uuid::Uuid;

/// The columns of a batch of trades.
#[derive(Default)]
struct Columns<'a> {
    ids: Vec<Uuid>,
    symbols: Vec<&'a str>,
    currencies: Vec<&'a str>,
    multipliers: Vec<String>,
    asset_classes: Vec<&'a str>,
    sides: Vec<&'static str>,
    quantities: Vec<String>,
    peaks: Vec<String>,
    entries: Vec<String>,
    exits: Vec<String>,
    average_entries: Vec<String>,
    average_exits: Vec<Option<String>>,
    opened: Vec<OffsetDateTime>,
    openings: Vec<OffsetDateTime>,
    opening_ranks: Vec<i16>,
    opening_sequences: Vec<i64>,
    opening_executions: Vec<&'a str>,
    opening_closed: Vec<String>,
    opening_closed_exact: Vec<Option<String>>,
    closed: Vec<Option<OffsetDateTime>>,
    closings: Vec<Option<OffsetDateTime>>,
    closing_ranks: Vec<Option<i16>>,
    closing_sequences: Vec<Option<i64>>,
    closing_executions: Vec<Option<&'a str>>,
    gross: Vec<String>,
    net: Vec<String>,
    commissions: Vec<String>,
    fees: Vec<String>,
    other: Vec<String>,
    fill_counts: Vec<i64>,
    regroupings: Vec<Option<Uuid>>,
    parts: Vec<Option<&'a str>>,
}

impl<'a> Columns<'a> {
    fn of(trades: &'a [(Arc<Book>, RoundTrip)]) -> Self {
        let mut columns = Self::default();
        for (book, trip) in trades {
            columns.push_place(book, trip);
            columns.push_figures(trip);
        }
        columns
    }

    fn push_place(&mut self, book: &'a Book, trip: &'a RoundTrip) {
        self.ids.push(trip.id.0);
        self.symbols.push(&book.symbol);
        self.currencies.push(&book.currency);
        self.multipliers.push(book.multiplier.to_string());
        self.push_opening(trip);
        let closing = trip.closing.as_ref();
        self.closed.push(trip.closed_at);
        self.closings.push(closing.map(|key| key.at));
        self.closing_ranks.push(closing.map(|key| key.rank));
        self.closing_sequences.push(closing.map(|key| key.sequence));
        self.closing_executions.push(closing.map(|key| key.id.as_str()));
    }

    fn push_opening(&mut self, trip: &'a RoundTrip) {
        self.opened.push(trip.opened_at);
        self.openings.push(trip.opening.at);
        self.opening_ranks.push(trip.opening.rank);
        self.opening_sequences.push(trip.opening.sequence);
        self.opening_executions.push(&trip.opening.id);
        let closed = &trip.opening_closed_quantity;
        self.opening_closed.push(stored(closed).unwrap_or_default().to_string());
        self.opening_closed_exact.push(closed.to_decimal().is_none().then(|| closed.to_string()));
    }

    fn push_figures(&mut self, trip: &'a RoundTrip) {
        self.asset_classes.push(&trip.asset_class);
        self.sides.push(trade::direction_name(trip.direction));
        self.quantities.push(trip.quantity.to_string());
        self.peaks.push(trip.peak_quantity.to_string());
        self.entries.push(trip.entry_quantity.to_string());
        self.exits.push(trip.exit_quantity.to_string());
        self.average_entries.push(trip.average_entry.to_string());
        self.average_exits.push(trip.average_exit.map(|price| price.to_string()));
        self.gross.push(trip.gross.to_string());
        self.net.push(trip.net.to_string());
        self.commissions.push(trip.commissions.to_string());
        self.fees.push(trip.fees.to_string());
        self.other.push(trip.other.to_string());
        self.fill_counts.push(trip.fill_count);
        self.regroupings.push(trip.regrouping.map(|regrouping| regrouping.0));
        self.parts.push(trip.part.as_deref());
    }
}

/// A trade that was not stored in the same shape before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// Its id.
    pub id: TradeId,
    /// It was not there at all.
    pub is_new: bool,
    /// It is closed.
    pub is_closed: bool,
}

/// Stores those of the trades that are new or differ from what is stored, as of revision `version`.
pub async fn write(
    db: impl PgExecutor<'_>,
    user: UserId,
    account: AccountId,
    version: i64,
    trades: &[(Arc<Book>, RoundTrip)],
) -> sqlx::Result<Vec<Written>> {
    let columns = Columns::of(trades);
    let rows: Vec<(Uuid, bool, bool)> = sqlx::query_as(WRITE)
        .bind(user.0)
        .bind(account.0)
        .bind(version)
        .bind(columns.ids)
        .bind(columns.symbols)
        .bind(columns.currencies)
        .bind(columns.multipliers)
        .bind(columns.asset_classes)
        .bind(columns.sides)
        .bind(columns.quantities)
        .bind(columns.peaks)
        .bind(columns.entries)
        .bind(columns.exits)
        .bind(columns.average_entries)
        .bind(columns.average_exits)
        .bind(columns.opened)
        .bind(columns.opening_ranks)
        .bind(columns.opening_sequences)
        .bind(columns.opening_executions)
        .bind(columns.opening_closed)
        .bind(columns.opening_closed_exact)
        .bind(columns.closed)
        .bind(columns.closing_ranks)
        .bind(columns.closing_sequences)
        .bind(columns.closing_executions)
        .bind(columns.gross)
        .bind(columns.net)
        .bind(columns.commissions)
        .bind(columns.fees)
        .bind(columns.other)
        .bind(columns.fill_counts)
        .bind(columns.openings)
        .bind(columns.closings)
        .bind(columns.regroupings)
        .bind(columns.parts)
        .fetch_all(db)
        .await?;
    let written =
        rows.into_iter().map(|(id, is_new, is_closed)| Written { id: TradeId(id), is_new, is_closed });
    Ok(written.collect())
}

/// Gives trades another version though their figures stay: something that belongs to them changed.
pub async fn renew(
    db: impl PgExecutor<'_>,
    user: UserId,
    trades: &[TradeId],
    version: i64,
) -> sqlx::Result<Vec<Written>> {
    let ids: Vec<Uuid> = trades.iter().map(|trade| trade.0).collect();
    let rows: Vec<(Uuid, bool)> = sqlx::query_as(
        "UPDATE trades SET version = $3 WHERE user_id = $1 AND id = ANY($2) RETURNING id, closed_at IS NOT NULL",
    )
    .bind(user.0)
    .bind(ids)
    .bind(version)
    .fetch_all(db)
    .await?;
    let renewed =
        rows.into_iter().map(|(id, is_closed)| Written { id: TradeId(id), is_new: false, is_closed });
    Ok(renewed.collect())
}

/// `xmax` is 0 in a row that the statement inserted, and not in one that it updated.
const WRITE: &str = "
INSERT INTO trades AS stored
    (user_id, account_id, version, id, symbol, currency, multiplier, asset_class, side, quantity, peak_quantity,
     entry_quantity, exit_quantity, average_entry, average_exit, opened_at, opening_rank, opening_sequence,
     opening_execution_id, opening_closed_quantity, opening_closed_exact, closed_at, closing_rank, closing_sequence,
     closing_execution_id, gross_pnl, net_pnl, commissions, fees, other, fill_count, opening_at, closing_at,
     regrouping_id, part)
SELECT $1, $2, $3, id, symbol, currency, multiplier::numeric, asset_class, side, quantity::numeric,
       peak_quantity::numeric, entry_quantity::numeric, exit_quantity::numeric, average_entry::numeric,
       average_exit::numeric, opened_at, opening_rank, opening_sequence, opening_execution_id,
       opening_closed_quantity::numeric, opening_closed_exact, closed_at, closing_rank, closing_sequence,
       closing_execution_id, gross_pnl::numeric, net_pnl::numeric, commissions::numeric, fees::numeric,
       other::numeric, fill_count, opening_at, closing_at, regrouping_id, part
FROM UNNEST($4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[],
            $12::text[], $13::text[], $14::text[], $15::text[], $16::timestamptz[], $17::smallint[], $18::bigint[],
            $19::text[], $20::text[], $21::text[], $22::timestamptz[], $23::smallint[], $24::bigint[], $25::text[],
            $26::text[], $27::text[], $28::text[], $29::text[], $30::text[], $31::bigint[], $32::timestamptz[],
            $33::timestamptz[], $34::uuid[], $35::text[])
     AS batch (id, symbol, currency, multiplier, asset_class, side, quantity, peak_quantity, entry_quantity,
               exit_quantity, average_entry, average_exit, opened_at, opening_rank, opening_sequence,
               opening_execution_id, opening_closed_quantity, opening_closed_exact, closed_at, closing_rank,
               closing_sequence, closing_execution_id, gross_pnl, net_pnl, commissions, fees, other, fill_count,
               opening_at, closing_at, regrouping_id, part)
ON CONFLICT (user_id, id) DO UPDATE SET
    version = excluded.version, symbol = excluded.symbol, currency = excluded.currency,
    multiplier = excluded.multiplier, asset_class = excluded.asset_class, side = excluded.side,
    quantity = excluded.quantity, peak_quantity = excluded.peak_quantity,
    entry_quantity = excluded.entry_quantity, exit_quantity = excluded.exit_quantity,
    average_entry = excluded.average_entry, average_exit = excluded.average_exit,
    opened_at = excluded.opened_at, opening_rank = excluded.opening_rank,
    opening_sequence = excluded.opening_sequence, opening_execution_id = excluded.opening_execution_id,
    opening_closed_quantity = excluded.opening_closed_quantity,
    opening_closed_exact = excluded.opening_closed_exact, closed_at = excluded.closed_at,
    closing_rank = excluded.closing_rank, closing_sequence = excluded.closing_sequence,
    closing_execution_id = excluded.closing_execution_id,
    gross_pnl = excluded.gross_pnl, net_pnl = excluded.net_pnl, commissions = excluded.commissions,
    fees = excluded.fees, other = excluded.other, fill_count = excluded.fill_count,
    opening_at = excluded.opening_at, closing_at = excluded.closing_at, regrouping_id = excluded.regrouping_id,
    part = excluded.part
WHERE (stored.symbol, stored.currency, stored.multiplier, stored.asset_class, stored.side, stored.quantity,
       stored.peak_quantity, stored.entry_quantity, stored.exit_quantity, stored.average_entry,
       stored.average_exit, stored.opened_at, stored.opening_rank, stored.opening_sequence,
       stored.opening_execution_id, stored.opening_closed_quantity, stored.opening_closed_exact, stored.closed_at,
       stored.closing_rank, stored.closing_sequence, stored.closing_execution_id, stored.gross_pnl, stored.net_pnl,
       stored.commissions, stored.fees, stored.other, stored.fill_count, stored.opening_at, stored.closing_at,
       stored.regrouping_id, stored.part)
      IS DISTINCT FROM
      (excluded.symbol, excluded.currency, excluded.multiplier, excluded.asset_class, excluded.side,
       excluded.quantity, excluded.peak_quantity, excluded.entry_quantity, excluded.exit_quantity,
       excluded.average_entry, excluded.average_exit, excluded.opened_at, excluded.opening_rank,
       excluded.opening_sequence, excluded.opening_execution_id, excluded.opening_closed_quantity,
       excluded.opening_closed_exact, excluded.closed_at, excluded.closing_rank, excluded.closing_sequence,
       excluded.closing_execution_id, excluded.gross_pnl, excluded.net_pnl, excluded.commissions, excluded.fees,
       excluded.other, excluded.fill_count, excluded.opening_at, excluded.closing_at, excluded.regrouping_id,
       excluded.part)
RETURNING id, xmax = 0 AS is_new, closed_at IS NOT NULL AS is_closed";
