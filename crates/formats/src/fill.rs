//! One execution as a file tells it.

use crate::{AssetClass, Moment, OptionTerms, RowKind};
use ledger::{Decimal, Effect, Fraction, Side};

/// One execution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParsedFill {
    /// The file's line, from 1.
    pub line: u64,
    /// What the row was that it was read from.
    pub kind: RowKind,
    /// What tells this execution from all others of the account.
    pub execution_id: String,
    /// Another id by which later rows refer to it (Interactive Brokers: `tradeID`).
    pub reference: Option<String>,
    /// The reference of the execution that this one replaces.
    pub corrects: Option<String>,
    /// The order that it belongs to.
    pub order_id: Option<String>,
    /// The broker's account, where the file names it.
    pub account: Option<String>,
    /// As the broker writes it, white space collapsed.
    pub symbol: String,
    /// What kind of instrument.
    pub asset_class: AssetClass,
    /// The terms of an option, where the row or its symbol tells them.
    pub option: Option<Box<OptionTerms>>,
    /// Bought or sold.
    pub side: Side,
    /// Whether the broker says that it opens or closes.
    pub effect: Option<Effect>,
    /// What brought it about.
    pub cause: Cause,
    /// Positive.
    pub quantity: Decimal,
    /// May be zero or negative.
    pub price: Decimal,
    /// In `currency`. Positive: charged. Negative: a rebate.
    pub commission: Decimal,
    /// Exchange and regulatory fees in `currency`; positive: charged.
    pub fees: Decimal,
    /// Taxes and stamp duty in `currency`; positive: charged.
    pub taxes: Decimal,
    /// What was charged in another currency or in coin; never part of the three above.
    pub foreign_charges: Vec<Charge>,
    /// Of price, commission, fees and taxes.
    pub currency: String,
    /// Money per point of price and unit of quantity.
    pub multiplier: Decimal,
    /// How the multiplier is known.
    pub multiplier_source: MultiplierSource,
    /// When it was executed.
    pub executed_at: Moment,
    /// The broker's order among executions of one time.
    pub sequence: i64,
    /// What the broker says the trade came to. Never used to compute, only to check.
    pub claims: Option<Box<Claims>>,
}

/// What brought an execution about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Cause {
    /// An order.
    #[default]
    Trade,
    /// The writer of an option was assigned.
    Assignment,
    /// The holder of an option exercised it.
    Exercise,
    /// The contract ended.
    Expiry,
    /// The broker closed the position for want of margin.
    Liquidation,
}

/// What a charge is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChargeKind {
    /// The broker's commission.
    Commission,
    /// An exchange's, clearing house's or regulator's fee.
    Fee,
    /// A tax.
    Tax,
}

/// A charge in a currency or coin of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charge {
    /// What it is for.
    pub kind: ChargeKind,
    /// Positive: charged. Negative: a rebate.
    pub amount: Decimal,
    /// An ISO code or a coin.
    pub currency: String,
}

/// How a multiplier is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum MultiplierSource {
    /// The file states it.
    Stated,
    /// From the table of contracts.
    Table,
    /// From a stated notional value or P&L of the same row.
    Derived,
    /// What is usual for this kind of instrument: 1, or 100 for an option on a share.
    #[default]
    Usual,
}

/// What the broker says that the trade of a row came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Claims {
    /// Realised P&L.
    pub pnl: Option<Decimal>,
    /// True when commissions and fees are already taken off the P&L.
    pub pnl_is_net: bool,
    /// The currency of the P&L, where it is not the fill's.
    pub pnl_currency: Option<String>,
    /// Maximum adverse excursion, in the P&L's currency; not above 0.
    pub mae: Option<Decimal>,
    /// Maximum favourable excursion, in the P&L's currency; not below 0.
    pub mfe: Option<Decimal>,
    /// Account currency per unit of quote currency, as implied by P&L / (price difference x quantity x multiplier): an estimate from
    /// the file's own rounding, not a dated rate.
    pub implied_rate: Option<Fraction>,
}

impl ParsedFill {
    /// An execution of which nothing else is known. Its id, sequence and kind are given when it is handed out.
    pub(crate) fn new(
        line: u64,
        executed_at: Moment,
        symbol: impl Into<String>,
        side: Side,
        quantity: Decimal,
        price: Decimal,
        currency: impl Into<String>,
    ) -> Self {
        Self {
            line,
            kind: RowKind::Fill,
            execution_id: String::new(),
            reference: None,
            corrects: None,
            order_id: None,
            account: None,
            symbol: symbol.into(),
            asset_class: AssetClass::Unknown,
            option: None,
            side,
            effect: None,
            cause: Cause::Trade,
            quantity,
            price,
            commission: Decimal::ZERO,
            fees: Decimal::ZERO,
            taxes: Decimal::ZERO,
            foreign_charges: Vec::new(),
            currency: currency.into(),
            multiplier: Decimal::ONE,
            multiplier_source: MultiplierSource::Usual,
            executed_at,
            sequence: 0,
            claims: None,
        }
    }
}
