//! How far trades went against and for their holders, as brokers tell it.

use ledger::Decimal;

/// How far a trade went while it was open, in money before costs; what nobody tells is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Excursion {
    /// The lowest realised and open profit; not above 0.
    pub mae: Option<Decimal>,
    /// The highest; not below 0.
    pub mfe: Option<Decimal>,
}

/// What a file says of the trade that an execution closes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldExcursion {
    /// The execution.
    pub execution_id: String,
    /// How far it went.
    pub excursion: Excursion,
}
