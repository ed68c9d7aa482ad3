//! Numbers that do not fit are split into whole structures and a rest, or kept together.

use ledger::Right::{Call, Put};
use ledger::strategy::{Kind, Ratios, Rules, StrategyLeg, recognise};

use super::legs::{call, outline, put, shares, trades};

fn found(legs: &[StrategyLeg]) -> Vec<(Kind, String)> {
    outline(&trades(legs))
}

fn rows<const N: usize>(rows: [(Kind, &str); N]) -> Vec<(Kind, String)> {
    rows.map(|(kind, parts)| (kind, parts.to_owned())).to_vec()
}

#[test]
fn three_bought_and_two_sold_are_two_verticals_and_a_single() {
    let legs = [call("a", 100, 3, "3"), call("b", 110, -2, "1")];

    let trades = trades(&legs);

    assert_eq!(outline(&trades), rows([(Kind::Vertical(Call), "a+2 b-2"), (Kind::Single, "a+1")]));
    assert_eq!([trades[0].id.as_str(), trades[1].id.as_str()], ["a", "a/2"]);
    assert_eq!(trades[0].parts[0].share.to_string(), "2/3");
    assert_eq!(trades[1].parts[0].share.to_string(), "1/3");
}

#[test]
fn a_ratio_spread_is_a_vertical_and_what_is_naked() {
    let legs = [call("a", 100, 1, "3"), call("b", 110, -2, "1")];

    assert_eq!(found(&legs), rows([(Kind::Vertical(Call), "a+1 b-1"), (Kind::Single, "b-1")]));
}

#[test]
fn ratios_can_be_kept() {
    let rules = Rules { ratios: Ratios::Keep, ..Rules::default() };
    let kinds = |legs: &[StrategyLeg]| outline(&recognise(legs, &rules).unwrap().trades);

    let ratio = kinds(&[call("a", 100, 1, "3"), call("b", 110, -2, "1")]);
    let vertical = kinds(&[call("a", 100, 2, "3"), call("b", 110, -2, "1")]);

    assert_eq!(ratio, rows([(Kind::Custom, "a+1 b-2")]));
    assert_eq!(vertical, rows([(Kind::Vertical(Call), "a+2 b-2")]));
}

#[test]
fn a_condor_with_one_vertical_too_many_leaves_the_vertical() {
    let legs = [put("a", 80, 3, "1"), put("b", 90, -3, "2"), call("c", 110, -2, "2"), call("d", 120, 2, "1")];

    let expected = [(Kind::IronCondor, "c-2 d+2 a+2 b-2"), (Kind::Vertical(Put), "a+1 b-1")];
    assert_eq!(found(&legs), rows(expected));
}

#[test]
fn a_butterfly_with_a_heavy_middle_leaves_a_single() {
    let legs = [call("a", 90, 1, "9"), call("b", 100, -3, "4"), call("c", 110, 1, "1")];

    assert_eq!(found(&legs), rows([(Kind::Butterfly(Call), "a+1 b-2 c+1"), (Kind::Single, "b-1")]));
}

#[test]
fn equal_numbers_go_together_before_near_strikes() {
    let legs =
        [call("a", 90, 2, "9"), call("b", 100, 5, "4"), call("c", 110, -2, "1"), call("d", 120, -5, "1")];

    assert_eq!(found(&legs), rows([(Kind::Vertical(Call), "a+2 c-2"), (Kind::Vertical(Call), "b+5 d-5")]));
}

#[test]
fn two_condors_of_one_second_stay_two() {
    let condor = |id: &str, quantity: i64| {
        [
            put(&format!("{id}1"), 80, quantity, "1"),
            put(&format!("{id}2"), 90, -quantity, "2"),
            call(&format!("{id}3"), 110, -quantity, "2"),
            call(&format!("{id}4"), 120, quantity, "1"),
        ]
    };
    let legs: Vec<StrategyLeg> = condor("a", 1).into_iter().chain(condor("b", 4)).collect();

    let expected = [(Kind::IronCondor, "a3-1 a4+1 a1+1 a2-1"), (Kind::IronCondor, "b3-4 b4+4 b1+4 b2-4")];
    assert_eq!(found(&legs), rows(expected));
}

#[test]
fn only_whole_contracts_are_covered() {
    let legs = [shares("s", 250, "100"), call("c", 110, -3, "2")];

    assert_eq!(found(&legs), rows([(Kind::CoveredCall, "s+200 c-2"), (Kind::Custom, "s+50 c-1")]));
}

#[test]
fn shares_may_be_fractional_and_contracts_of_coins_too() {
    let half_share = StrategyLeg { quantity: "100.5".parse().unwrap(), ..shares("s", 1, "100") };
    let coin = StrategyLeg { multiplier: 1.into(), quantity: "0.5".parse().unwrap(), ..shares("s", 1, "9") };
    let calls =
        StrategyLeg { multiplier: 1.into(), quantity: "-0.2".parse().unwrap(), ..call("c", 10, 1, "2") };

    assert_eq!(
        found(&[half_share, call("c", 110, -1, "2")]),
        rows([(Kind::CoveredCall, "s+100 c-1"), (Kind::Single, "s+0.5")])
    );
    assert_eq!(found(&[coin, calls]), rows([(Kind::CoveredCall, "s+0.2 c-0.2"), (Kind::Single, "s+0.3")]));
}

#[test]
fn of_equal_numbers_the_nearest_strikes_go_together() {
    let legs = [call("a", 90, 1, "9"), call("b", 95, 1, "7"), call("c", 100, -1, "4")];

    assert_eq!(found(&legs), rows([(Kind::Single, "a+1"), (Kind::Vertical(Call), "b+1 c-1")]));
}

#[test]
fn of_equal_verticals_the_nearest_make_the_condor() {
    let puts = [put("a", 70, 1, "1"), put("b", 80, -1, "2"), put("c", 85, 1, "3"), put("d", 90, -1, "4")];
    let calls = [call("e", 110, -1, "2"), call("f", 120, 1, "1")];
    let legs: Vec<StrategyLeg> = puts.into_iter().chain(calls).collect();

    assert_eq!(found(&legs), rows([(Kind::Vertical(Put), "a+1 b-1"), (Kind::IronCondor, "e-1 f+1 c+1 d-1")]));
}

#[test]
fn fractions_of_a_share_do_not_cover_fractions_of_a_contract() {
    let half_share = StrategyLeg { quantity: "150.5".parse().unwrap(), ..shares("s", 1, "100") };

    let found = found(&[half_share, call("c", 110, -3, "2")]);

    assert_eq!(found, rows([(Kind::CoveredCall, "s+100 c-1"), (Kind::Custom, "s+50.5 c-2")]));
}
