//! What a position can win and lose at expiry.

use ledger::strategy::{AtExpiry, Extreme, Risk, Rules, StrategyLeg, StrategyTrade, recognise};

use super::legs::{call, far, put, shares, trade};

pub fn at_expiry(trade: &StrategyTrade) -> &AtExpiry {
    let Risk::Defined(result) = &trade.risk else { unreachable!("one expiry was expected") };
    result
}

/// Highest profit, highest loss and break-evens, as text.
fn figures(legs: &[StrategyLeg]) -> [String; 3] {
    let whole = Rules { ratios: ledger::strategy::Ratios::Keep, ..Rules::default() };
    let trades = recognise(legs, &whole).unwrap().trades;
    let result = at_expiry(&trades[0]);
    let text = |extreme: &Extreme| match extreme {
        Extreme::Limited(amount) => amount.to_string(),
        Extreme::Unlimited => "unlimited".to_owned(),
    };
    let points: Vec<String> = result.break_evens.iter().map(ToString::to_string).collect();
    [text(&result.max_profit), text(&result.max_loss), points.join(" ")]
}

#[test]
fn singles_are_limited_where_the_price_ends() {
    assert_eq!(figures(&[call("a", 100, 1, "3")]), ["unlimited", "300", "103"]);
    assert_eq!(figures(&[call("a", 100, -1, "3")]), ["300", "unlimited", "103"]);
    assert_eq!(figures(&[put("a", 100, 2, "3")]), ["19400", "600", "97"]);
    assert_eq!(figures(&[put("a", 100, -2, "3")]), ["600", "19400", "97"]);
    assert_eq!(figures(&[shares("s", 10, "50")]), ["unlimited", "500", "50"]);
    assert_eq!(figures(&[shares("s", -10, "50")]), ["500", "unlimited", "50"]);
}

#[test]
fn spreads_are_limited_on_both_sides() {
    assert_eq!(figures(&[call("a", 100, 1, "3"), call("b", 110, -1, "1")]), ["800", "200", "102"]);
    assert_eq!(figures(&[call("a", 100, -1, "3"), call("b", 110, 1, "1")]), ["200", "800", "102"]);
    assert_eq!(figures(&[put("a", 100, 1, "3"), put("b", 110, -1, "7")]), ["400", "600", "106"]);
    assert_eq!(figures(&[put("a", 100, -1, "3"), put("b", 110, 1, "7")]), ["600", "400", "106"]);
}

#[test]
fn a_ratio_loses_without_limit_and_breaks_even_above_the_strikes() {
    assert_eq!(
        figures(&[call("a", 100, 1, "3"), call("b", 110, -3, "1.5")]),
        ["1150", "unlimited", "115.75"],
        "a credit of 150 below 100, 1150 at 110, then 200 less a point"
    );
}

#[test]
fn a_covered_call_and_a_collar_count_the_shares() {
    let covered = [shares("s", 100, "100"), call("c", 110, -1, "2")];
    let collar = [shares("s", 100, "100"), put("p", 90, 1, "1"), call("c", 110, -1, "2")];

    assert_eq!(figures(&covered), ["1200", "9800", "98"]);
    assert_eq!(figures(&collar), ["1100", "900", "99"]);
    assert_eq!(trade(&covered).net_debit.to_string(), "9800");
}

#[test]
fn break_evens_are_exact() {
    let thirds = StrategyLeg { price: "10/3".parse().unwrap(), ..call("a", 100, 1, "0") };
    let uneven = [call("a", 100, 1, "1"), call("b", 110, -4, "1"), call("c", 120, 3, "0.1")];

    assert_eq!(figures(&[thirds]), ["unlimited", "1000/3", "310/3"]);
    assert_eq!(figures(&uneven)[2], "3427/30", "110 and a third of 12.7");
}

#[test]
fn a_stretch_without_result_is_named_by_its_ends() {
    let free = [call("a", 100, 1, "1"), call("b", 110, -1, "1")];
    let free_from_above = [put("a", 100, -1, "1"), put("b", 110, 1, "1")];
    let flat_inside = [put("a", 90, 1, "0"), call("b", 110, 1, "0")];

    assert_eq!(figures(&free), ["1000", "0", "0 100"]);
    assert_eq!(figures(&free_from_above), ["1000", "0", "110"]);
    assert_eq!(figures(&flat_inside), ["unlimited", "0", "90 110"]);
}

#[test]
fn a_sure_gain_has_a_negative_loss() {
    let legs = [call("a", 100, 1, "1"), call("b", 110, -1, "3")];

    assert_eq!(figures(&legs), ["1200", "-200", ""]);
}

#[test]
fn several_expiries_have_no_result_of_arithmetic() {
    let calendar = [call("a", 100, -1, "2"), far(call("b", 100, 1, "3"))];
    let diagonal = [call("a", 100, -1, "2"), far(call("b", 105, 1, "3"))];

    assert_eq!(trade(&calendar).risk, Risk::SeveralExpiries);
    assert_eq!(trade(&diagonal).risk, Risk::SeveralExpiries);
}
