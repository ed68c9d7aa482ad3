//! The table of futures: what a point is worth, the tick, the currency and the session.
//!
//! Multipliers and ticks are those of the exchanges' contract specifications, in the units in which platforms quote the contract: cents
//! for grains, livestock and softs, so that a multiplier is dollars per quoted point.

use ledger::Decimal;
use std::{collections::HashMap, sync::OnceLock};

const TABLE: &str = include_str!("contracts.csv");

/// A futures contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Contract {
    /// E.g. `ES`.
    pub root: &'static str,
    /// E.g. `CME`.
    pub exchange: &'static str,
    /// Money per point and contract.
    pub multiplier: Decimal,
    /// The smallest step of its price.
    pub tick: Decimal,
    /// The currency of price and profit.
    pub currency: &'static str,
    /// The name of its trading hours.
    pub session: &'static str,
}

/// Roots that brokers write in another way.
const ALIASES: [(&str, &str); 12] = [
    ("EUR", "6E"),
    ("GBP", "6B"),
    ("JPY", "6J"),
    ("AUD", "6A"),
    ("CAD", "6C"),
    ("CHF", "6S"),
    ("NZD", "6N"),
    ("MXP", "6M"),
    ("EP", "ES"),
    ("ENQ", "NQ"),
    ("DAX", "FDAX"),
    ("ESTX50", "FESX"),
];

/// The contract with this root.
pub(crate) fn root(root: &str) -> Option<Contract> {
    static CONTRACTS: OnceLock<HashMap<&'static str, Contract>> = OnceLock::new();
    let contracts =
        CONTRACTS.get_or_init(|| TABLE.lines().skip(1).filter_map(contract).map(|c| (c.root, c)).collect());
    let alias = || ALIASES.iter().find(|(alias, _)| *alias == root).and_then(|(_, name)| contracts.get(name));
    contracts.get(root).or_else(alias).copied()
}

fn contract(line: &'static str) -> Option<Contract> {
    let mut cells = line.split(',');
    let (root, _name, exchange) = (cells.next()?, cells.next()?, cells.next()?);
    let (multiplier, tick) = (cells.next()?, cells.next()?);
    let (currency, session) = (cells.next()?, cells.next()?);
    let number = |text| Decimal::from_str_exact(text).ok().filter(Decimal::is_positive);
    Some(Contract { root, exchange, multiplier: number(multiplier)?, tick: number(tick)?, currency, session })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_a_contract_of_its_own() {
        let rows: Vec<&str> = TABLE.lines().skip(1).collect();
        let mut roots: Vec<&str> = rows.iter().map(|row| row.split(',').next().unwrap()).collect();
        roots.sort_unstable();
        roots.dedup();

        assert!(rows.len() >= 120, "{}", rows.len());
        assert_eq!(roots.len(), rows.len());
        for row in rows {
            assert_eq!(row.split(',').count(), 7, "{row}");
            let contract = contract(row).unwrap_or_else(|| panic!("{row}"));
            assert_eq!(contract.currency.len(), 3, "{row}");
            assert!(!contract.exchange.is_empty() && !contract.session.is_empty(), "{row}");
        }
    }

    #[test]
    fn a_tick_is_worth_what_the_exchange_says() {
        for (name, expected) in [
            ("ES", "12.5"),
            ("MES", "1.25"),
            ("NQ", "5"),
            ("MNQ", "0.5"),
            ("CL", "10"),
            ("GC", "10"),
            ("6E", "6.25"),
            ("6J", "6.25"),
            ("ZN", "15.625"),
            ("ZB", "31.25"),
            ("ZC", "12.5"),
            ("HE", "10"),
            ("SB", "11.2"),
            ("KC", "18.75"),
            ("FGBL", "10"),
            ("FDAX", "25"),
            ("ZT", "7.8125"),
            ("HG", "12.5"),
            ("SI", "25"),
            ("NG", "10"),
            ("RB", "4.2"),
        ] {
            let contract = root(name).unwrap();
            assert_eq!(
                contract.multiplier.checked_mul(contract.tick).unwrap().to_string(),
                expected,
                "{name}"
            );
        }
    }
}
