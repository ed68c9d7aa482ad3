//! What the use of options moved in their underlyings, as their terms tell it.

use crate::domain::instant;
use formats::{OptionEventKind, ParsedOptionEvent};
use ledger::{Decimal, Right, Side};
use time::OffsetDateTime;

/// A trade in an underlying that the file, or another one, has to bring as a row of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// The line of the option's row.
    pub line: u64,
    /// The option.
    pub option: String,
    /// Contracts.
    pub contracts: Decimal,
    /// What changed hands.
    pub underlying: String,
    /// As the journal's account saw it: whoever is assigned is short the option, and whoever exercises is long.
    pub side: Side,
    /// The price.
    pub strike: Decimal,
    /// When the option was used.
    pub at: OffsetDateTime,
}

impl Delivery {
    /// What the use of an option moved; `None`: nothing, or its symbol does not tell its terms.
    pub(super) fn of(event: &ParsedOptionEvent) -> Option<Self> {
        let is_long = match event.kind {
            OptionEventKind::Expiry => return None,
            OptionEventKind::Assignment => false,
            OptionEventKind::Exercise => true,
        };
        let terms = event.option.as_ref().filter(|_| event.underlying_is_separate)?;
        Some(Self {
            line: event.line,
            option: event.symbol.clone(),
            contracts: event.quantity,
            underlying: terms.underlying.clone(),
            side: if is_long == (terms.right == Right::Call) { Side::Buy } else { Side::Sell },
            strike: terms.strike,
            at: instant::from_ledger(event.happened_at.at),
        })
    }
}
