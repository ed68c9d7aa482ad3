//! How a trade stands in its table, and what is beside it.

use super::outlook::Row as OutlookRow;
use crate::db::{exact::Exact, labels::Row as LabelsRow, unreadable::unreadable};
use crate::domain::{
    event::EventKey,
    fill::Book,
    ids::{AccountId, RegroupingId, TradeId},
    journal::Journal,
    trade::{self, RoundTrip, Trade},
};
use ledger::Fraction;
use time::OffsetDateTime;
use uuid::Uuid;

#[derive(sqlx::FromRow)]
pub(super) struct Row {
    id: Uuid,
    account_id: Uuid,
    symbol: String,
    currency: String,
    multiplier: Exact,
    asset_class: String,
    side: String,
    quantity: Exact,
    peak_quantity: Exact,
    entry_quantity: Exact,
    exit_quantity: Exact,
    average_entry: Exact,
    average_exit: Option<Exact>,
    opened_at: OffsetDateTime,
    opening_at: OffsetDateTime,
    opening_rank: i16,
    opening_sequence: i64,
    opening_execution_id: String,
    opening_closed_quantity: Exact,
    opening_closed_exact: Option<String>,
    closed_at: Option<OffsetDateTime>,
    closing_at: Option<OffsetDateTime>,
    closing_rank: Option<i16>,
    closing_sequence: Option<i64>,
    closing_execution_id: Option<String>,
    gross_pnl: Exact,
    net_pnl: Exact,
    commissions: Exact,
    fees: Exact,
    other: Exact,
    fill_count: i64,
    regrouping_id: Option<Uuid>,
    part: Option<String>,
    version: i64,
    notes: Option<String>,
    tags: Option<Vec<String>>,
    journal_version: Option<i64>,
    #[sqlx(flatten)]
    labels: LabelsRow,
    #[sqlx(flatten)]
    outlook: OutlookRow,
}

/// All columns of a [`Row`], of the trades `t` and [`beside!`] them.
macro_rules! columns {
    () => {
        "t.id, t.account_id, t.symbol, t.currency, t.multiplier::text, t.asset_class, t.side, \
         t.quantity::text, t.peak_quantity::text, t.entry_quantity::text, t.exit_quantity::text, \
         t.average_entry::text, t.average_exit::text, t.opened_at, t.opening_at, t.opening_rank, t.opening_sequence, \
         t.opening_execution_id, t.opening_closed_quantity::text, t.opening_closed_exact, t.closed_at, t.closing_at, \
         t.closing_rank, t.closing_sequence, t.closing_execution_id, t.gross_pnl::text, t.net_pnl::text, \
         t.commissions::text, t.fees::text, t.other::text, \
         t.fill_count, t.regrouping_id, t.part, t.version, j.notes, j.tags, j.version AS journal_version, \
         j.mistakes, j.rating, j.playbook_id, j.followed_rules, j.custom, \
         p.stop::text, p.target::text, p.risk::text, x.mae::text, x.mfe::text, \
         b.low::text, b.high::text, b.mae::text AS bars_mae, b.mfe::text AS bars_mfe, \
         o.first_price::text, o.entered::text, o.entered_value::text "
    };
}
pub(super) use columns;

/// What is beside each trade `t`: its journal entry `j`, its plan `p`, how far it went by its broker `x` and by bars `b`, and what its
/// opening entered `o`.
///
/// `LIMIT 1` of what a key makes one row anyhow: PostgreSQL may not read such a query in any other way than for one trade after the other.
/// Left to itself it joins by the user alone while it takes a table for small, or never saw it, and then compares everything that he ever
/// wrote with each trade of a page.
macro_rules! beside {
    () => {
        "LEFT JOIN LATERAL (SELECT * FROM trade_journal AS one \
             WHERE one.user_id = t.user_id AND one.trade_id = t.id LIMIT 1) AS j ON true \
         LEFT JOIN LATERAL (SELECT * FROM trade_plans AS one \
             WHERE one.user_id = t.user_id AND one.trade_id = t.id LIMIT 1) AS p ON true \
         LEFT JOIN LATERAL (SELECT * FROM trade_excursions AS one \
             WHERE one.user_id = t.user_id AND one.trade_id = t.id LIMIT 1) AS x ON true \
         LEFT JOIN LATERAL (SELECT * FROM bar_excursions AS one \
             WHERE one.user_id = t.user_id AND one.trade_id = t.id LIMIT 1) AS b ON true \
         LEFT JOIN LATERAL ( \
             SELECT sum(f.price) FILTER (WHERE f.execution_id = t.opening_execution_id) AS first_price, \
                    sum(f.quantity) AS entered, sum(f.quantity * f.price) AS entered_value \
             FROM fills AS f \
             WHERE p.trade_id IS NOT NULL \
               AND f.user_id = t.user_id AND f.account_id = t.account_id AND f.symbol = t.symbol \
               AND f.currency = t.currency AND f.multiplier = t.multiplier AND NOT f.voided \
               AND f.executed_at = t.opened_at AND f.side = CASE t.side WHEN 'long' THEN 'buy' ELSE 'sell' END \
               AND (f.sequence, f.execution_id) >= (t.opening_sequence, t.opening_execution_id) \
               AND (t.regrouping_id IS NULL OR EXISTS ( \
                   SELECT FROM regroupings AS r \
                   WHERE r.user_id = t.user_id AND r.id = t.regrouping_id AND r.kind = 'merge')) \
         ) AS o ON true "
    };
}
pub(super) use beside;

/// `SELECT` all columns of a [`Row`] from the trades `t`.
macro_rules! select {
    () => {
        concat!("SELECT ", columns!(), "FROM trades AS t ", beside!())
    };
}
pub(super) use select;

impl TryFrom<Row> for Trade {
    type Error = sqlx::Error;

    fn try_from(row: Row) -> sqlx::Result<Self> {
        let closing =
            closing(row.closing_at, row.closing_rank, row.closing_sequence, row.closing_execution_id);
        let opening = EventKey {
            at: row.opening_at,
            rank: row.opening_rank,
            sequence: row.opening_sequence,
            id: row.opening_execution_id,
        };
        let closed_before = closed_quantity(row.opening_closed_quantity, row.opening_closed_exact)?;
        let direction = trade::direction_of(&row.side).ok_or_else(|| unreadable("side", &row.side))?;
        Ok(Self {
            plan: row.outlook.plan(),
            excursion: row.outlook.excursion(),
            entry: row.outlook.entry(&closed_before, row.multiplier.0, direction),
            account_id: AccountId(row.account_id),
            book: Book { symbol: row.symbol, currency: row.currency, multiplier: row.multiplier.0 },
            round_trip: RoundTrip {
                id: TradeId(row.id),
                opening,
                opening_closed_quantity: closed_before,
                closing,
                regrouping: row.regrouping_id.map(RegroupingId),
                part: row.part,
                opened_at: row.opened_at,
                closed_at: row.closed_at,
                asset_class: row.asset_class,
                direction,
                quantity: row.quantity.0,
                peak_quantity: row.peak_quantity.0,
                entry_quantity: row.entry_quantity.0,
                exit_quantity: row.exit_quantity.0,
                average_entry: row.average_entry.0,
                average_exit: row.average_exit.map(|exact| exact.0),
                gross: row.gross_pnl.0,
                net: row.net_pnl.0,
                commissions: row.commissions.0,
                fees: row.fees.0,
                other: row.other.0,
                fill_count: row.fill_count,
            },
            version: row.version,
            journal: Journal {
                notes: row.notes.unwrap_or_default(),
                tags: row.tags.unwrap_or_default(),
                labels: row.labels.into(),
                version: row.journal_version.unwrap_or_default(),
            },
        })
    }
}

/// The place of the event that closed a trade, from its columns.
pub(super) fn closing(
    at: Option<OffsetDateTime>,
    rank: Option<i16>,
    sequence: Option<i64>,
    id: Option<String>,
) -> Option<EventKey> {
    // Before ranks were stored, only fills closed trades.
    let rank = rank.unwrap_or(EventKey::FILL_RANK);
    Some(EventKey { at: at?, rank, sequence: sequence?, id: id? })
}

/// What of its first event closed the trade before: the fraction, where the number is rounded.
pub(in crate::db) fn closed_quantity(number: Exact, exact: Option<String>) -> sqlx::Result<Fraction> {
    match exact {
        Some(text) => text.parse().map_err(|_| unreadable("opening_closed_exact", text)),
        None => Ok(number.0.into()),
    }
}
