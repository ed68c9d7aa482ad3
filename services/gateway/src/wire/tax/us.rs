//! Rows of the view of US wash sales.

use journal_proto::trades::v1 as proto;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub(crate) struct UsSecurity {
    pub symbol: String,
    pub currency: String,
    /// Pieces of lots that were sold in the year.
    pub disposals: Vec<UsDisposal>,
    /// What is held after the last transaction.
    pub lots: Vec<UsLot>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct UsDisposal {
    /// The day of the sale.
    pub day: String,
    /// The execution that sold it.
    pub sale: String,
    /// The execution that bought it.
    pub lot: String,
    pub quantity: String,
    /// Less its share of the sale's costs.
    pub proceeds: String,
    /// With its share of the purchase's costs and the losses that were deferred into it.
    pub basis: String,
    /// `proceeds` - `basis`.
    pub gain: String,
    /// The part of a loss that does not count now, above 0.
    pub disallowed: String,
    /// `gain` + `disallowed`.
    pub allowed: String,
    /// The day from which the holding period counts.
    pub held_from: String,
    /// Held for more than 365 days.
    pub long_term: bool,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct UsLot {
    /// The execution that bought it.
    pub lot: String,
    pub quantity: String,
    /// With the losses that were deferred into it.
    pub basis: String,
    /// The day from which the holding period counts.
    pub held_from: String,
}

impl From<proto::TaxSecurity> for UsSecurity {
    fn from(security: proto::TaxSecurity) -> Self {
        Self {
            symbol: security.symbol,
            currency: security.currency,
            disposals: security.us_disposals.into_iter().map(UsDisposal::from).collect(),
            lots: security.us_lots.into_iter().map(UsLot::from).collect(),
        }
    }
}

impl From<proto::UsDisposal> for UsDisposal {
    fn from(disposal: proto::UsDisposal) -> Self {
        Self {
            day: disposal.day,
            sale: disposal.sale,
            lot: disposal.lot,
            quantity: disposal.quantity,
            proceeds: disposal.proceeds,
            basis: disposal.basis,
            gain: disposal.gain,
            disallowed: disposal.disallowed,
            allowed: disposal.allowed,
            held_from: disposal.held_from,
            long_term: disposal.long_term,
        }
    }
}

impl From<proto::UsLot> for UsLot {
    fn from(lot: proto::UsLot) -> Self {
        Self { lot: lot.lot, quantity: lot.quantity, basis: lot.basis, held_from: lot.held_from }
    }
}
