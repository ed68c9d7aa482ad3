//! The names of kinds, rights and faults.

use ledger::{
    Right,
    strategy::{Kind, LegFault},
};

const KINDS: [&str; 13] = [
    "single",
    "vertical",
    "straddle",
    "strangle",
    "iron-condor",
    "iron-butterfly",
    "condor",
    "butterfly",
    "calendar",
    "diagonal",
    "covered-call",
    "collar",
    "custom",
];

/// Whether a kind has this name.
pub fn is_kind(name: &str) -> bool {
    KINDS.contains(&name)
}

/// The name of a kind.
pub const fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Single => "single",
        Kind::Vertical(_) => "vertical",
        Kind::Straddle => "straddle",
        Kind::Strangle => "strangle",
        Kind::IronCondor => "iron-condor",
        Kind::IronButterfly => "iron-butterfly",
        Kind::Condor(_) => "condor",
        Kind::Butterfly(_) => "butterfly",
        Kind::Calendar(_) => "calendar",
        Kind::Diagonal(_) => "diagonal",
        Kind::CoveredCall => "covered-call",
        Kind::Collar => "collar",
        Kind::Custom => "custom",
    }
}

/// The right that all options of a kind have.
pub const fn kind_right(kind: Kind) -> Option<Right> {
    match kind {
        Kind::Vertical(right)
        | Kind::Condor(right)
        | Kind::Butterfly(right)
        | Kind::Calendar(right)
        | Kind::Diagonal(right) => Some(right),
        Kind::Single
        | Kind::Straddle
        | Kind::Strangle
        | Kind::IronCondor
        | Kind::IronButterfly
        | Kind::CoveredCall
        | Kind::Collar
        | Kind::Custom => None,
    }
}

/// `call` or `put`.
pub const fn right_name(right: Right) -> &'static str {
    match right {
        Right::Call => "call",
        Right::Put => "put",
    }
}

/// The name of what is wrong with a trade.
pub const fn fault_name(fault: LegFault) -> &'static str {
    match fault {
        LegFault::Duplicate => "duplicate",
        LegFault::NoQuantity => "no-quantity",
        LegFault::QuantityOutOfRange => "quantity-out-of-range",
        LegFault::NonPositiveMultiplier => "non-positive-multiplier",
        LegFault::NegativeStrike => "negative-strike",
        LegFault::Unknown => "unknown-trade",
        LegFault::GroupedTwice => "grouped-twice",
        LegFault::OtherUnderlying => "other-underlying",
    }
}
