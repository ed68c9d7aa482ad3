//! Why a scenario cannot be run.

use ledger::LedgerError;
use statistics::{BarError, StatisticsError};

/// Why a scenario cannot be run.
#[derive(Debug, thiserror::Error)]
pub enum ScenarioError {
    /// A place of the document does not hold what belongs there.
    #[error("{place}: expected {expected}, found {found}")]
    Unexpected {
        /// Where, e.g. `fills[3].price`.
        place: String,
        /// What belongs there.
        expected: &'static str,
        /// What is there.
        found: String,
    },
    /// The engine refuses it.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The bars make no sense.
    #[error("bars: {0}")]
    Bars(#[from] BarError),
    /// The figures cannot be made.
    #[error(transparent)]
    Statistics(#[from] StatisticsError),
    /// Daily figures need a period.
    #[error("there are no days: config needs start, end and initial_equity")]
    NoPeriod,
    /// There are no rows of this name.
    #[error("there are no rows called {0:?}: trips, legs, open, issues, metrics, daily, excursion or all")]
    UnknownRows(String),
}
