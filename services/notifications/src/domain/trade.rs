//! A trade that changed, as the live stream tells it.

use super::subject;
use anyhow::anyhow;
use events::Failure;
use journal_proto::trades::v1 as proto;
use prost_types::Timestamp;
use serde::Serialize;
use time::OffsetDateTime;
use uuid::Uuid;

/// The data of `trade.opened` and `trade.closed`: the money of a trade, in the trade's `currency`; decimals are strings.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ChangedTrade {
    pub id: Uuid,
    pub account_id: Uuid,
    pub symbol: String,
    pub asset_class: String,
    pub side: String,
    pub status: Status,
    pub quantity: String,
    pub average_entry: Option<String>,
    pub average_exit: Option<String>,
    #[serde(with = "time::serde::rfc3339::option")]
    pub opened_at: Option<OffsetDateTime>,
    #[serde(with = "time::serde::rfc3339::option")]
    pub closed_at: Option<OffsetDateTime>,
    pub gross_pnl: String,
    pub net_pnl: String,
    pub commissions: String,
    pub fees: String,
    pub currency: String,
    /// Grows with every change of the trade's money.
    pub version: i64,
    /// The import that caused the change, if one did.
    pub import_id: Option<Uuid>,
}

/// Whether something of it is still held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Status {
    Open,
    Closed,
}

impl ChangedTrade {
    /// Reads one trade of the event.
    pub fn parse(trade: proto::Trade, import_id: Option<Uuid>) -> Result<Self, Failure> {
        let status = match trade.status.as_str() {
            "open" => Status::Open,
            "closed" => Status::Closed,
            _ => return Err(Failure::Reject(anyhow!("trade.status is neither open nor closed"))),
        };
        Ok(Self {
            id: subject::id("trade.id", &trade.id)?,
            account_id: subject::id("trade.account_id", &trade.account_id)?,
            symbol: trade.symbol,
            asset_class: trade.asset_class,
            side: trade.side,
            status,
            quantity: trade.quantity,
            average_entry: some(trade.average_entry),
            average_exit: some(trade.average_exit),
            opened_at: trade.opened_at.map(moment).transpose()?,
            closed_at: trade.closed_at.map(moment).transpose()?,
            gross_pnl: trade.gross_pnl,
            net_pnl: trade.net_pnl,
            commissions: trade.commissions,
            fees: trade.fees,
            currency: trade.currency,
            version: trade.version,
            import_id,
        })
    }
}

fn some(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

fn moment(at: Timestamp) -> Result<OffsetDateTime, Failure> {
    let nanoseconds = i128::from(at.seconds) * 1_000_000_000 + i128::from(at.nanos);
    OffsetDateTime::from_unix_timestamp_nanos(nanoseconds).map_err(|error| Failure::Reject(error.into()))
}
