//! Rows of the view of UK share matching.

use super::some;
use journal_proto::trades::v1 as proto;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub(crate) struct UkSecurity {
    pub symbol: String,
    pub currency: String,
    /// The days of the year with sales.
    pub disposals: Vec<UkDisposal>,
    /// The section 104 holding after the last transaction.
    pub pool: UkPool,
}

/// All sales of one day.
#[derive(Serialize, ToSchema)]
pub(crate) struct UkDisposal {
    pub day: String,
    pub quantity: String,
    /// Less costs.
    pub proceeds: String,
    /// The sum over `parts`.
    pub cost: String,
    /// `proceeds` - `cost`.
    pub gain: String,
    /// What they were matched with, in the order of the rules.
    pub parts: Vec<UkPart>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct UkPart {
    /// `same-day`, `30-days` or `pool`.
    pub rule: String,
    /// The day of the acquisition; null for the pool.
    pub acquired: Option<String>,
    pub quantity: String,
    pub cost: String,
}

#[derive(Default, Serialize, ToSchema)]
pub(crate) struct UkPool {
    pub quantity: String,
    pub cost: String,
}

impl From<proto::TaxSecurity> for UkSecurity {
    fn from(security: proto::TaxSecurity) -> Self {
        Self {
            symbol: security.symbol,
            currency: security.currency,
            disposals: security.uk_disposals.into_iter().map(UkDisposal::from).collect(),
            pool: security.uk_pool.map(UkPool::from).unwrap_or_default(),
        }
    }
}

impl From<proto::UkDisposal> for UkDisposal {
    fn from(disposal: proto::UkDisposal) -> Self {
        Self {
            day: disposal.day,
            quantity: disposal.quantity,
            proceeds: disposal.proceeds,
            cost: disposal.cost,
            gain: disposal.gain,
            parts: disposal.parts.into_iter().map(UkPart::from).collect(),
        }
    }
}

impl From<proto::UkPart> for UkPart {
    fn from(part: proto::UkPart) -> Self {
        Self { rule: part.rule, acquired: some(part.acquired), quantity: part.quantity, cost: part.cost }
    }
}

impl From<proto::UkPool> for UkPool {
    fn from(pool: proto::UkPool) -> Self {
        Self { quantity: pool.quantity, cost: pool.cost }
    }
}
