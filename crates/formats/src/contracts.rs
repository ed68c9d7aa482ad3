//! Futures contracts: what a point is worth.
//!
//! Multipliers and ticks are those of the exchanges' contract specifications (CME, CBOT, NYMEX, COMEX).

use ledger::Decimal;

/// A futures root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Contract {
    pub root: &'static str,
    multiplier: &'static str,
    pub currency: &'static str,
}

impl Contract {
    /// Money per point and contract.
    pub fn multiplier(self) -> Decimal {
        self.multiplier.parse().unwrap_or(Decimal::ONE)
    }
}

macro_rules! contracts {
    ($($root:literal $multiplier:literal),+ $(,)?) => {
        &[$(Contract { root: $root, multiplier: $multiplier, currency: "USD" }),+]
    };
}

const CONTRACTS: &[Contract] = contracts![
    "ES" "50", "MES" "5", "NQ" "20", "MNQ" "2", "RTY" "50", "M2K" "5", "YM" "5", "MYM" "0.5", "NKD" "5",
    "CL" "1000", "MCL" "100", "QM" "500", "NG" "10000", "RB" "42000", "HO" "42000",
    "GC" "100", "MGC" "10", "SI" "5000", "SIL" "1000", "HG" "25000", "MHG" "2500", "PL" "50",
    "6E" "125000", "M6E" "12500", "6B" "62500", "M6B" "6250", "6J" "12500000", "6A" "100000", "M6A" "10000",
    "6C" "100000", "6S" "125000", "6N" "100000",
    "ZN" "1000", "ZB" "1000", "ZF" "1000", "ZT" "2000", "UB" "1000", "TN" "1000",
    "ZC" "50", "ZS" "50", "ZW" "50", "ZM" "100", "ZL" "600", "HE" "400", "LE" "400",
    "BTC" "5", "MBT" "0.1", "ETH" "50", "MET" "0.1",
];

/// The contract with this root.
pub(crate) fn root(root: &str) -> Option<Contract> {
    CONTRACTS.iter().copied().find(|contract| contract.root == root)
}

/// The contract of a symbol such as `ESH6`, `MNQM26` or `/CLZ5`: root, month code, one or two digits of the year.
pub(crate) fn of_symbol(symbol: &str) -> Option<Contract> {
    let symbol = symbol.strip_prefix('/').unwrap_or(symbol);
    let without_year = symbol.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = symbol.len() - without_year.len();
    let month = without_year.chars().last()?;
    if !(1..=2).contains(&digits) || !"FGHJKMNQUVXZ".contains(month) {
        return None;
    }
    root(without_year.get(..without_year.len() - 1)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_lead_to_their_root() {
        for (symbol, expected) in
            [("ESH6", "ES"), ("MNQM26", "MNQ"), ("/CLZ5", "CL"), ("6EU6", "6E"), ("M6EU6", "M6E")]
        {
            assert_eq!(of_symbol(symbol).map(|contract| contract.root), Some(expected), "{symbol}");
        }
        for symbol in ["AAPL", "ES", "ESA6", "ESH2026", "H6", ""] {
            assert_eq!(of_symbol(symbol), None, "{symbol}");
        }
    }

    #[test]
    fn every_multiplier_is_a_number() {
        for contract in CONTRACTS {
            assert!(contract.multiplier.parse::<Decimal>().is_ok(), "{}", contract.root);
        }
    }
}
