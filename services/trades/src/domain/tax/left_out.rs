//! What a tax view cannot take.

use crate::domain::fill::Book;
use ledger::tax::{TaxError, TaxFault};

/// A security that is not in the view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Its book.
    pub book: Book,
    /// Why.
    pub reason: Reason,
}

/// Why a security is not in a view.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// The rules are about other instruments.
    #[error("the rules are not about instruments of the class {0}")]
    AssetClass(String),
    /// One unit of quantity is not one unit of the security.
    #[error("a unit of quantity stands for another number of units of the security")]
    Multiplier,
    /// The view does not know how a stock split changes what was bought.
    #[error("there was a stock split, which this view does not know")]
    StockSplit,
    /// Costs of one execution that no exact number holds.
    #[error("the costs of the execution are beyond exact numbers")]
    BeyondExactNumbers(String),
    /// A transaction that the rules do not cover.
    #[error("{}", .0.fault)]
    Rules(TaxError),
}

impl Reason {
    /// Its name.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::AssetClass(_) => "asset-class",
            Self::Multiplier => "multiplier",
            Self::StockSplit => "stock-split",
            Self::BeyondExactNumbers(_) => "beyond-exact-numbers",
            Self::Rules(error) => match error.fault {
                TaxFault::NonPositiveQuantity => "non-positive-quantity",
                TaxFault::OutOfOrder => "out-of-order",
                TaxFault::DuplicateId => "duplicate-id",
                TaxFault::NeverBought { .. } => "never-bought",
                TaxFault::ExceedsPool { .. } => "exceeds-pool",
            },
        }
    }

    /// The execution in the way, where there is one.
    pub fn execution_id(&self) -> Option<&str> {
        match self {
            Self::AssetClass(_) | Self::Multiplier | Self::StockSplit => None,
            Self::BeyondExactNumbers(id) => Some(id),
            Self::Rules(error) => Some(&error.id),
        }
    }
}
