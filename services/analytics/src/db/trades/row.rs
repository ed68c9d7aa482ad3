//! A trade as the columns of its row, on the way into the database.

use crate::domain::Trade;
use ledger::Decimal;
use serde::Serialize;
use time::OffsetDateTime;
use uuid::Uuid;

/// Decimals are text, so that NUMERIC takes in every digit.
#[derive(Serialize)]
pub(super) struct Row<'a> {
    id: Uuid,
    account_id: Uuid,
    version: i64,
    symbol: &'a str,
    asset_class: &'a str,
    currency: &'a str,
    side: &'a str,
    status: &'a str,
    #[serde(with = "time::serde::rfc3339")]
    opened_at: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339::option")]
    closed_at: Option<OffsetDateTime>,
    gross_pnl: String,
    net_pnl: String,
    commissions: String,
    fees: String,
    volume: String,
    size: String,
    entry_price: Option<String>,
    exit_price: Option<String>,
    risk: Option<String>,
    mae: Option<String>,
    mfe: Option<String>,
    low_price: Option<String>,
    high_price: Option<String>,
    excursion_source: &'a str,
    journal_version: i64,
    tags: &'a [String],
    notes: &'a str,
    labels_version: i64,
    mistakes: &'a [String],
    rating: Option<i16>,
    playbook_id: Option<Uuid>,
}

impl<'a> From<&'a Trade> for Row<'a> {
    fn from(trade: &'a Trade) -> Self {
        let text = |number: Option<Decimal>| number.map(|number| number.to_string());
        let labels = trade.journal.labels.as_ref();
        Self {
            id: trade.id,
            account_id: trade.account_id,
            version: trade.version,
            symbol: &trade.symbol,
            asset_class: &trade.asset_class,
            currency: &trade.currency,
            side: &trade.side,
            status: &trade.status,
            opened_at: trade.opened_at,
            closed_at: trade.closed_at,
            gross_pnl: trade.gross_pnl.to_string(),
            net_pnl: trade.net_pnl.to_string(),
            commissions: trade.commissions.to_string(),
            fees: trade.fees.to_string(),
            volume: trade.volume.to_string(),
            size: trade.size.to_string(),
            entry_price: text(trade.entry_price),
            exit_price: text(trade.exit_price),
            risk: text(trade.risk),
            mae: text(trade.excursion.mae),
            mfe: text(trade.excursion.mfe),
            low_price: text(trade.excursion.low_price),
            high_price: text(trade.excursion.high_price),
            excursion_source: &trade.excursion.source,
            journal_version: trade.journal.version,
            tags: &trade.journal.tags,
            notes: &trade.journal.notes,
            labels_version: trade.journal.labels_version(),
            mistakes: labels.map_or(&[], |labels| &labels.mistakes),
            rating: labels.and_then(|labels| labels.rating),
            playbook_id: labels.and_then(|labels| labels.playbook_id),
        }
    }
}
