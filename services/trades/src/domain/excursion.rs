//! How far trades went against and for their holders.

mod measured;

use ledger::Decimal;
pub use measured::{Measured, Passed, Step, measured};

/// How far a trade went while it was open; what nobody tells is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Excursion {
    /// The lowest realised and open profit, in money before costs; not above 0.
    pub mae: Option<Decimal>,
    /// The highest; not below 0.
    pub mfe: Option<Decimal>,
    /// The lowest price.
    pub low: Option<Decimal>,
    /// The highest.
    pub high: Option<Decimal>,
}

/// What a file says of the trade that an execution closes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldExcursion {
    /// The execution.
    pub execution_id: String,
    /// How far it went, without prices.
    pub excursion: Excursion,
}

impl Excursion {
    /// `broker` or `bars`: a broker's file knows no prices. `None` when nothing is known.
    pub fn source(&self) -> Option<&'static str> {
        self.mae.or(self.mfe).map(|_| if self.low.is_some() { "bars" } else { "broker" })
    }
}
