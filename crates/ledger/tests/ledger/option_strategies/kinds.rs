//! Each structure is known by its legs, whatever their order, and its near relatives are not it.

use ledger::Right::{Call, Put};
use ledger::strategy::{Kind, Premium, StrategyLeg};

use super::legs::{call, far, outline, put, shares, trade, trades};

fn kind(legs: &[StrategyLeg]) -> Kind {
    let reversed: Vec<StrategyLeg> = legs.iter().rev().cloned().collect();
    let found = trade(legs);
    assert_eq!(found, trade(&reversed));
    found.kind
}

/// The same legs bought for sold.
fn mirrored(legs: &[StrategyLeg]) -> Vec<StrategyLeg> {
    legs.iter().map(|leg| StrategyLeg { quantity: -leg.quantity, ..leg.clone() }).collect()
}

#[test]
fn every_structure_is_recognised_on_both_sides() {
    let structures = [
        (Kind::Single, vec![call("a", 100, 1, "1")]),
        (Kind::Single, vec![shares("a", 100, "50")]),
        (Kind::Vertical(Call), vec![call("a", 100, 2, "3"), call("b", 110, -2, "1")]),
        (Kind::Vertical(Put), vec![put("a", 100, 2, "3"), put("b", 110, -2, "7")]),
        (Kind::Straddle, vec![call("a", 100, 1, "3"), put("b", 100, 1, "2")]),
        (Kind::Strangle, vec![call("a", 110, 1, "3"), put("b", 90, 1, "2")]),
        (Kind::Strangle, vec![call("a", 90, 1, "13"), put("b", 110, 1, "12")]),
        (
            Kind::IronCondor,
            vec![
                put("a", 80, 1, "1"),
                put("b", 90, -1, "2"),
                call("c", 110, -1, "2"),
                call("d", 120, 1, "1"),
            ],
        ),
        (
            Kind::IronButterfly,
            vec![
                put("a", 90, 1, "1"),
                put("b", 100, -1, "5"),
                call("c", 100, -1, "5"),
                call("d", 115, 1, "1"),
            ],
        ),
        (
            Kind::Condor(Call),
            vec![
                call("a", 90, 1, "9"),
                call("b", 95, -1, "6"),
                call("c", 105, -1, "3"),
                call("d", 110, 1, "2"),
            ],
        ),
        (
            Kind::Condor(Put),
            vec![put("a", 90, 1, "1"), put("b", 95, -1, "2"), put("c", 105, -1, "6"), put("d", 110, 1, "9")],
        ),
        (Kind::Butterfly(Call), vec![call("a", 90, 3, "9"), call("b", 100, -6, "4"), call("c", 110, 3, "1")]),
        (Kind::Butterfly(Put), vec![put("a", 90, 1, "1"), put("b", 100, -2, "4"), put("c", 115, 1, "9")]),
        (Kind::Calendar(Call), vec![call("a", 100, -1, "2"), far(call("b", 100, 1, "3"))]),
        (Kind::Diagonal(Put), vec![put("a", 95, -1, "2"), far(put("b", 90, 1, "3"))]),
        (Kind::Collar, vec![shares("s", 100, "100"), put("p", 90, 1, "2"), call("c", 110, -1, "2")]),
    ];

    for (expected, legs) in structures {
        assert_eq!(kind(&legs), expected);
        assert_eq!(kind(&mirrored(&legs)), expected, "mirrored");
    }
    assert_eq!(kind(&[shares("s", 200, "100"), call("c", 110, -2, "2")]), Kind::CoveredCall);
}

#[test]
fn the_premium_tells_debit_from_credit() {
    let debit = trade(&[call("a", 100, 2, "3"), call("b", 110, -2, "1.25")]);
    let credit = trade(&[put("a", 100, 1, "3"), put("b", 110, -1, "7")]);
    let even = trade(&[call("a", 100, 1, "3"), call("b", 110, -1, "3")]);

    assert_eq!((debit.premium(), debit.net_debit.to_string()), (Premium::Debit, "350".to_owned()));
    assert_eq!((credit.premium(), credit.net_debit.to_string()), (Premium::Credit, "-400".to_owned()));
    assert_eq!((even.premium(), even.net_debit.to_string()), (Premium::Even, "0".to_owned()));
}

#[test]
fn what_has_no_name_is_custom() {
    let risk_reversal = [call("a", 110, 1, "3"), put("b", 90, -1, "2")];
    let two_calls = [call("a", 110, 1, "3"), call("b", 120, 1, "2")];
    let protective_put = [shares("s", 100, "100"), put("p", 90, 1, "2")];
    let covered_put = [shares("s", -100, "100"), put("p", 90, -1, "2")];
    let long_call_on_shares = [shares("s", 100, "100"), call("c", 110, 1, "2")];

    let customs: [&[StrategyLeg]; 5] =
        [&risk_reversal, &two_calls, &protective_put, &covered_put, &long_call_on_shares];
    for legs in customs {
        assert_eq!(kind(legs), Kind::Custom);
    }
}

#[test]
fn a_put_at_or_above_the_call_makes_no_collar() {
    for strike in [110, 120] {
        let legs = [shares("s", 100, "100"), put("p", strike, 1, "2"), call("c", 110, -1, "2")];

        let found = outline(&trades(&legs));

        assert_eq!(found, [(Kind::CoveredCall, "s+100 c-1".to_owned()), (Kind::Single, "p+1".to_owned())]);
    }
}

#[test]
fn a_put_of_another_expiry_makes_no_collar() {
    let legs = [shares("s", 100, "100"), far(put("p", 90, 1, "2")), call("c", 110, -1, "2")];

    let found = outline(&trades(&legs));

    assert_eq!(found, [(Kind::CoveredCall, "s+100 c-1".to_owned()), (Kind::Single, "p+1".to_owned())]);
}

#[test]
fn an_iron_butterfly_is_looked_for_before_an_iron_condor() {
    let low = [put("a", 60, 1, "1"), put("b", 70, -1, "2")];
    let middle = [put("c", 80, 1, "3"), put("d", 90, -1, "5")];
    let high = [call("e", 90, -1, "5"), call("f", 100, 1, "2")];

    let found = trades(&[low, middle, high].concat());

    let kinds: Vec<Kind> = found.iter().map(|trade| trade.kind).collect();
    assert_eq!(kinds.len(), 2);
    assert!(kinds.contains(&Kind::IronButterfly) && kinds.contains(&Kind::Vertical(Put)), "{kinds:?}");
}

#[test]
fn every_lot_of_shares_covers_its_calls() {
    let legs = [shares("s", 100, "100"), shares("t", 200, "90"), call("c", 110, -3, "2")];

    let found = outline(&trades(&legs));

    let covered = ["s+100 c-1", "t+200 c-2"].map(|parts| (Kind::CoveredCall, parts.to_owned()));
    assert_eq!(found, covered);
}

#[test]
fn verticals_of_one_direction_make_no_condor() {
    let same =
        [call("a", 90, 1, "9"), call("b", 95, -1, "6"), call("c", 105, 1, "3"), call("d", 110, -1, "2")];
    let crossed =
        [put("a", 105, 1, "9"), put("b", 110, -1, "12"), call("c", 90, -1, "12"), call("d", 95, 1, "9")];

    for legs in [same, crossed] {
        let found = trades(&legs);

        assert!(found.iter().all(|trade| matches!(trade.kind, Kind::Vertical(_))), "{:?}", outline(&found));
        assert_eq!(found.len(), 2);
    }
}

#[test]
fn options_on_other_units_do_not_mix() {
    let mini = StrategyLeg { multiplier: 10.into(), ..call("b", 110, -1, "1") };

    assert_eq!(kind(&[call("a", 100, 1, "3"), mini]), Kind::Custom);
}

#[test]
fn a_future_is_covered_one_by_one() {
    let future = StrategyLeg { multiplier: 50.into(), ..shares("f", 3, "5000") };
    let calls = StrategyLeg { multiplier: 50.into(), ..call("c", 5100, -3, "20") };

    assert_eq!(kind(&[future, calls]), Kind::CoveredCall);
}
