//! Money that a trader put into an account or took out.

use super::{Malformed, decimal, time};
use ::time::OffsetDateTime;
use journal_proto::trades::v1 as proto;
use ledger::Decimal;
use uuid::Uuid;

/// As the trades service tells it; it never changes, but may be gone some day.
pub(crate) struct CashFlow {
    pub id: Uuid,
    pub account_id: Uuid,
    pub version: i64,
    /// Above 0: paid in.
    pub amount: Decimal,
    pub currency: String,
    pub booked_at: OffsetDateTime,
}

impl CashFlow {
    pub fn parse(flow: proto::CashFlow) -> Result<Self, Malformed> {
        Ok(Self {
            id: flow.id.parse().map_err(|_| Malformed)?,
            account_id: flow.account_id.parse().map_err(|_| Malformed)?,
            version: flow.version,
            amount: decimal(&flow.amount)?,
            currency: flow.currency,
            booked_at: time(flow.booked_at.ok_or(Malformed)?)?,
        })
    }
}
