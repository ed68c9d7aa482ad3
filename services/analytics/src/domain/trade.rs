//! A round trip as the trades service tells it.

use super::{Journal, Labels, Malformed, decimal, time};
use ::time::OffsetDateTime;
use journal_proto::trades::v1 as proto;
use ledger::Decimal;
use uuid::Uuid;

/// Volume is shown, never summed into money: this many decimals are plenty.
const VOLUME_SCALE: u32 = 8;

pub(crate) struct Trade {
    pub id: Uuid,
    pub account_id: Uuid,
    pub version: i64,
    pub symbol: String,
    pub asset_class: String,
    pub currency: String,
    pub side: String,
    pub status: String,
    pub opened_at: OffsetDateTime,
    pub closed_at: Option<OffsetDateTime>,
    pub gross_pnl: Decimal,
    pub net_pnl: Decimal,
    pub commissions: Decimal,
    pub fees: Decimal,
    pub volume: Decimal,
    /// Entered.
    pub size: Decimal,
    pub entry_price: Option<Decimal>,
    pub exit_price: Option<Decimal>,
    /// What the planned stop would have lost.
    pub risk: Option<Decimal>,
    pub excursion: Excursion,
    pub journal: Journal,
}

/// How far a trade went while it was open, where a broker or bars tell it.
pub(crate) struct Excursion {
    pub mae: Option<Decimal>,
    pub mfe: Option<Decimal>,
    pub low_price: Option<Decimal>,
    pub high_price: Option<Decimal>,
    pub source: String,
}

impl Trade {
    pub fn parse(trade: proto::Trade) -> Result<Self, Malformed> {
        Ok(Self {
            id: trade.id.parse().map_err(|_| Malformed)?,
            account_id: trade.account_id.parse().map_err(|_| Malformed)?,
            version: trade.version,
            volume: volume(&trade)?,
            size: if trade.entry_quantity.is_empty() {
                Decimal::ZERO
            } else {
                decimal(&trade.entry_quantity)?
            },
            entry_price: optional(&trade.average_entry)?,
            exit_price: optional(&trade.average_exit)?,
            risk: optional(&trade.risk)?,
            excursion: Excursion {
                mae: optional(&trade.mae)?,
                mfe: optional(&trade.mfe)?,
                low_price: optional(&trade.low_price)?,
                high_price: optional(&trade.high_price)?,
                source: trade.excursion_source,
            },
            journal: Journal {
                version: trade.journal_version,
                tags: trade.tags,
                notes: trade.notes,
                labels: Some(Labels::parse(proto::TradeLabels {
                    mistakes: trade.mistakes,
                    rating: trade.rating,
                    playbook_id: trade.playbook_id,
                })?),
            },
            symbol: trade.symbol,
            asset_class: trade.asset_class,
            currency: trade.currency,
            side: trade.side,
            status: trade.status,
            opened_at: time(trade.opened_at.ok_or(Malformed)?)?,
            closed_at: trade.closed_at.map(time).transpose()?,
            gross_pnl: decimal(&trade.gross_pnl)?,
            net_pnl: decimal(&trade.net_pnl)?,
            commissions: decimal(&trade.commissions)?,
            fees: decimal(&trade.fees)?,
        })
    }
}

/// A decimal that may be missing: then it is empty.
fn optional(text: &str) -> Result<Option<Decimal>, Malformed> {
    (!text.is_empty()).then(|| decimal(text)).transpose()
}

/// Entered quantity x average entry price x multiplier, without its sign.
fn volume(trade: &proto::Trade) -> Result<Decimal, Malformed> {
    if trade.average_entry.is_empty() {
        return Ok(Decimal::ZERO);
    }
    let price = decimal(&trade.average_entry)?.abs();
    let quantity = decimal(&trade.entry_quantity)?;
    let volume = price.checked_mul(quantity).and_then(|v| v.checked_mul(decimal(&trade.multiplier).ok()?));
    Ok(volume.ok_or(Malformed)?.round_half_even(VOLUME_SCALE))
}
