//! A round trip as the trades service tells it.

use super::{Malformed, decimal, time};
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
}

impl Trade {
    pub fn parse(trade: proto::Trade) -> Result<Self, Malformed> {
        Ok(Self {
            id: trade.id.parse().map_err(|_| Malformed)?,
            account_id: trade.account_id.parse().map_err(|_| Malformed)?,
            version: trade.version,
            volume: volume(&trade)?,
            symbol: trade.symbol,
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
