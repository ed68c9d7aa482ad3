//! Legs that make no sense are named.

use ledger::Decimal;
use ledger::strategy::{LegFault, Rules, StrategyLeg, recognise};

use super::legs::{call, shares};

fn fault(legs: &[StrategyLeg]) -> (String, LegFault) {
    let error = recognise(legs, &Rules::default()).unwrap_err();
    (error.leg, error.fault)
}

#[test]
fn a_leg_that_makes_no_sense_is_named() {
    let with = |multiplier: i64, quantity: i64, strike: i64| StrategyLeg {
        multiplier: multiplier.into(),
        ..call("b", strike, quantity, "1")
    };

    for (leg, expected) in [
        (with(100, 0, 100), LegFault::NoQuantity),
        (with(0, 1, 100), LegFault::NonPositiveMultiplier),
        (with(-1, 1, 100), LegFault::NonPositiveMultiplier),
        (with(100, 1, -1), LegFault::NegativeStrike),
    ] {
        assert_eq!(fault(&[call("a", 100, 1, "1"), leg]), ("b".to_owned(), expected));
    }
    assert_eq!(
        fault(&[call("a", 100, 1, "1"), call("a", 110, 1, "1")]),
        ("a".to_owned(), LegFault::Duplicate)
    );
}

#[test]
fn quantities_that_no_step_fits_are_named() {
    let fine = StrategyLeg { quantity: Decimal::from_scaled(1, 40).unwrap(), ..shares("s", 1, "1") };

    assert_eq!(fault(&[fine, call("c", 100, -1, "1")]), ("c".to_owned(), LegFault::QuantityOutOfRange));
}

#[test]
fn nothing_comes_of_nothing() {
    let recognised = recognise(&[], &Rules::default()).unwrap();

    assert!(recognised.trades.is_empty() && recognised.void.is_empty());
}
