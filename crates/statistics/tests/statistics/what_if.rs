//! What-if exits: which price comes first, and what many trades would have come to.

use ledger::{Decimal, Direction, Fraction, Timestamp, Valuation};
use proptest::prelude::*;
use statistics::{Bar, Bars, Distance, EnteredTrade, ExitPlan, ExitReason, Metric, PlannedExit, Undefined};

use crate::samples::decimal;

const MINUTE: i64 = 60_000_000_000;

fn fraction(text: &str) -> Fraction {
    text.parse().unwrap()
}

/// A bar a minute: open, high, low, close.
fn bars(rows: &[[&str; 4]]) -> Bars {
    let bar = |(minute, [open, high, low, close]): (i64, &[&str; 4])| Bar {
        start: Timestamp(minute * MINUTE),
        end: Timestamp((minute + 1) * MINUTE),
        open: decimal(open),
        high: decimal(high),
        low: decimal(low),
        close: decimal(close),
    };
    Bars::new((0..).zip(rows).map(bar).collect()).unwrap()
}

/// 2 at 100, 10 at stake, x 1.
fn long() -> EnteredTrade {
    EnteredTrade {
        direction: Direction::Long,
        entered_at: Timestamp(0),
        entry_price: fraction("100"),
        quantity: fraction("2"),
        multiplier: Decimal::ONE,
        valuation: Valuation::Linear,
        risk: Some(decimal("10")),
        gross: fraction("3"),
    }
}

fn short() -> EnteredTrade {
    EnteredTrade { direction: Direction::Short, ..long() }
}

fn price(text: &str) -> Distance {
    Distance::Price(decimal(text))
}

fn stop(text: &str) -> ExitPlan {
    ExitPlan { stop: Some(price(text)), ..ExitPlan::default() }
}

fn target(text: &str) -> ExitPlan {
    ExitPlan { target: Some(price(text)), ..ExitPlan::default() }
}

/// Reason, price and minute of the exit.
fn outcome(exit: Metric<PlannedExit>) -> (ExitReason, String, i64) {
    let exit = exit.unwrap();
    (exit.reason, exit.price.to_string(), exit.at.0 / MINUTE)
}

fn expected(reason: ExitReason, price: &str, minute: i64) -> (ExitReason, String, i64) {
    (reason, price.to_owned(), minute)
}

#[test]
fn a_stop_fills_at_its_price_when_it_is_touched() {
    let calm = bars(&[["100", "101", "99", "100"], ["100", "101", "95", "99"]]);

    assert_eq!(outcome(stop("5").exit(&long(), &calm)), expected(ExitReason::Stop, "95", 2));
    assert_eq!(outcome(stop("5.01").exit(&long(), &calm)), expected(ExitReason::LastBar, "99", 2));
    assert_eq!(outcome(stop("1").exit(&short(), &calm)), expected(ExitReason::Stop, "101", 1));
    assert_eq!(outcome(stop("1.01").exit(&short(), &calm)), expected(ExitReason::LastBar, "99", 2));
}

#[test]
fn a_target_fills_at_its_price_when_it_is_touched() {
    let calm = bars(&[["100", "101", "99", "100"], ["100", "104", "96", "99"]]);

    assert_eq!(outcome(target("4").exit(&long(), &calm)), expected(ExitReason::Target, "104", 2));
    assert_eq!(outcome(target("4.01").exit(&long(), &calm)), expected(ExitReason::LastBar, "99", 2));
    assert_eq!(outcome(target("4").exit(&short(), &calm)), expected(ExitReason::Target, "96", 2));
    assert_eq!(outcome(target("4.01").exit(&short(), &calm)), expected(ExitReason::LastBar, "99", 2));
}

#[test]
fn the_stop_comes_first_where_one_bar_holds_both() {
    let wild = bars(&[["100", "110", "90", "105"]]);
    let both = ExitPlan { stop: Some(price("5")), target: Some(price("5")), ..ExitPlan::default() };

    assert_eq!(outcome(both.exit(&long(), &wild)), expected(ExitReason::Stop, "95", 1));
    assert_eq!(outcome(both.exit(&short(), &wild)), expected(ExitReason::Stop, "105", 1));
}

#[test]
fn a_jump_over_the_stop_fills_at_the_open_and_one_over_the_target_gains_nothing() {
    let down = bars(&[["100", "101", "99", "100"], ["90", "96", "88", "95"]]);
    let up = bars(&[["100", "101", "99", "100"], ["110", "112", "94", "100"]]);
    let both = ExitPlan { stop: Some(price("5")), target: Some(price("5")), ..ExitPlan::default() };

    assert_eq!(outcome(both.exit(&long(), &down)), expected(ExitReason::Stop, "90", 1));
    assert_eq!(outcome(both.exit(&long(), &up)), expected(ExitReason::Target, "105", 1));
    assert_eq!(outcome(both.exit(&short(), &up)), expected(ExitReason::Stop, "110", 1));
    assert_eq!(outcome(both.exit(&short(), &down)), expected(ExitReason::Target, "95", 1));
}

#[test]
fn an_open_exactly_at_a_level_ends_the_trade_there_and_then() {
    let at_stop = bars(&[["100", "101", "99", "100"], ["95", "97", "94", "96"]]);
    let at_target = bars(&[["100", "101", "99", "100"], ["105", "106", "94", "96"]]);
    let both = ExitPlan { stop: Some(price("5")), target: Some(price("5")), ..ExitPlan::default() };

    assert_eq!(outcome(both.exit(&long(), &at_stop)), expected(ExitReason::Stop, "95", 1));
    assert_eq!(outcome(both.exit(&long(), &at_target)), expected(ExitReason::Target, "105", 1));
}

#[test]
fn a_trailing_stop_in_r_works_on_both_sides() {
    let plan = ExitPlan { trailing_stop: Some(Distance::R(Decimal::ONE)), ..ExitPlan::default() };

    // 10 at stake on 2 units is 5 a unit.
    let rise = bars(&[["105", "110", "104", "106"], ["106", "108", "105", "107"]]);
    assert_eq!(outcome(plan.exit(&long(), &rise)), expected(ExitReason::TrailingStop, "105", 2));
    let fall = bars(&[["95", "96", "90", "94"], ["94", "95", "92", "93"]]);
    assert_eq!(outcome(plan.exit(&short(), &fall)), expected(ExitReason::TrailingStop, "95", 2));
}

#[test]
fn distances_mean_price_percent_and_r() {
    let falling = bars(&[["100", "100", "80", "80"]]);
    let at = |distance| {
        let plan = ExitPlan { stop: Some(distance), ..ExitPlan::default() };
        plan.exit(&long(), &falling).unwrap().price
    };

    assert_eq!(at(Distance::Price(decimal("2.5"))), fraction("97.5"));
    assert_eq!(at(Distance::Percent(decimal("2.5"))), fraction("97.5"));
    // 10 at stake on 2 units is 5 a unit.
    assert_eq!(at(Distance::R(decimal("1.5"))), fraction("92.5"));
}

#[test]
fn percent_are_of_the_size_of_a_negative_price() {
    let trade = EnteredTrade { entry_price: fraction("-40"), ..long() };
    let plan = ExitPlan { stop: Some(Distance::Percent(decimal("10"))), ..ExitPlan::default() };

    assert_eq!(
        outcome(plan.exit(&trade, &bars(&[["-40", "-39", "-50", "-41"]]))),
        expected(ExitReason::Stop, "-44", 1)
    );
}

#[test]
fn profit_is_that_of_the_whole_position() {
    let trade = EnteredTrade { multiplier: decimal("50"), ..short() };

    let exit = target("4").exit(&trade, &bars(&[["100", "101", "96", "97"]])).unwrap();

    assert_eq!((exit.gross, exit.r), (fraction("400"), Ok(fraction("40"))));
}

#[test]
fn a_trailing_stop_follows_from_the_next_bar_on() {
    let plan = ExitPlan { trailing_stop: Some(price("5")), ..ExitPlan::default() };

    // Up to 110 and back to 104 inside one bar: nobody knows the order, so 105 counts from the next bar on.
    let rise = bars(&[["105", "110", "104", "106"], ["106", "108", "105", "107"]]);
    assert_eq!(outcome(plan.exit(&long(), &rise)), expected(ExitReason::TrailingStop, "105", 2));
    // From the entry on it is at 95.
    let fall = bars(&[["100", "101", "95", "100"]]);
    assert_eq!(outcome(plan.exit(&long(), &fall)), expected(ExitReason::TrailingStop, "95", 1));
    // It never moves back.
    let back =
        bars(&[["107", "110", "106", "106"], ["106", "107", "106", "106"], ["106", "106", "104", "104"]]);
    assert_eq!(outcome(plan.exit(&long(), &back)), expected(ExitReason::TrailingStop, "105", 3));
    let short_rise = bars(&[["100", "100", "90", "94"], ["94", "95", "93", "94"]]);
    assert_eq!(outcome(plan.exit(&short(), &short_rise)), expected(ExitReason::TrailingStop, "95", 2));
}

#[test]
fn a_fixed_stop_stays_while_it_is_the_nearer_one() {
    let plan = ExitPlan { stop: Some(price("2")), trailing_stop: Some(price("5")), ..ExitPlan::default() };

    let fall = bars(&[["100", "102", "99", "100"], ["100", "100", "97", "98"]]);
    assert_eq!(outcome(plan.exit(&long(), &fall)), expected(ExitReason::Stop, "98", 2));
    let rise = bars(&[["100", "104", "99", "103"], ["103", "103", "97", "98"]]);
    assert_eq!(outcome(plan.exit(&long(), &rise)), expected(ExitReason::TrailingStop, "99", 2));
}

#[test]
fn the_stop_moves_to_the_entry_once_the_trade_is_far_enough() {
    let plan = ExitPlan { stop: Some(price("5")), break_even_after: Some(price("3")), ..ExitPlan::default() };

    let far = bars(&[["100", "103", "99", "102"], ["102", "103", "96", "97"]]);
    assert_eq!(outcome(plan.exit(&long(), &far)), expected(ExitReason::BreakEvenStop, "100", 2));
    let near = bars(&[["100", "102.99", "99", "102"], ["102", "102", "96", "97"]]);
    assert_eq!(outcome(plan.exit(&long(), &near)), expected(ExitReason::LastBar, "97", 2));
    let short_far = bars(&[["100", "101", "97", "98"], ["98", "104", "97", "103"]]);
    assert_eq!(outcome(plan.exit(&short(), &short_far)), expected(ExitReason::BreakEvenStop, "100", 2));
}

#[test]
fn the_time_limit_ends_at_the_first_open_after_it() {
    let plan = |limit| ExitPlan { time_limit: Some(limit), stop: Some(price("5")), ..ExitPlan::default() };
    let rows = bars(&[["100", "101", "99", "100"], ["101", "102", "90", "95"], ["94", "95", "93", "94"]]);

    assert_eq!(outcome(plan(MINUTE).exit(&long(), &rows)), expected(ExitReason::TimeLimit, "101", 1));
    assert_eq!(outcome(plan(MINUTE - 1).exit(&long(), &rows)), expected(ExitReason::TimeLimit, "101", 1));
    assert_eq!(outcome(plan(MINUTE + 1).exit(&long(), &rows)), expected(ExitReason::Stop, "95", 2));
    assert_eq!(outcome(plan(0).exit(&long(), &rows)), expected(ExitReason::TimeLimit, "100", 0));
    let late = EnteredTrade { entered_at: Timestamp(5), ..long() };
    assert_eq!(outcome(plan(i64::MAX).exit(&late, &rows)), expected(ExitReason::Stop, "95", 2));
}

#[test]
fn a_bar_that_holds_the_entry_is_not_counted() {
    let rows = bars(&[["100", "100", "80", "100"], ["100", "101", "99", "100"]]);

    let late = EnteredTrade { entered_at: Timestamp(1), ..long() };

    assert_eq!(outcome(stop("5").exit(&late, &rows)), expected(ExitReason::LastBar, "100", 2));
    assert_eq!(outcome(stop("5").exit(&long(), &rows)), expected(ExitReason::Stop, "95", 1));
}

#[test]
fn where_a_plan_cannot_be_followed_the_reason_is_given() {
    let rows = bars(&[["100", "101", "99", "100"]]);
    let in_r = ExitPlan { stop: Some(Distance::R(Decimal::ONE)), ..ExitPlan::default() };
    let aimless = EnteredTrade { risk: None, ..long() };
    let late = EnteredTrade { entered_at: Timestamp(MINUTE), ..long() };

    assert_eq!(in_r.exit(&aimless, &rows), Err(Undefined::NoRisk));
    assert_eq!(
        in_r.exit(&EnteredTrade { risk: Some(Decimal::ZERO), ..long() }, &rows),
        Err(Undefined::NoRisk)
    );
    let negative = EnteredTrade { risk: Some(decimal("-10")), ..long() };
    assert_eq!(in_r.exit(&negative, &rows), Err(Undefined::NoRisk));
    assert_eq!(stop("1").exit(&negative, &rows).unwrap().r, Err(Undefined::NoRisk));
    assert_eq!(in_r.exit(&late, &rows), Err(Undefined::NoBars));
    assert_eq!(stop("1").exit(&aimless, &rows).unwrap().r, Err(Undefined::NoRisk));
}

#[test]
fn r_of_an_inverse_contract_is_in_its_own_money() {
    // 1200 dollars of bitcoin at 10000, 0.03 bitcoin at stake: the stop is at 8000, one R the other way is 40000 / 3.
    let trade = EnteredTrade {
        entry_price: fraction("10000"),
        quantity: fraction("1200"),
        valuation: Valuation::Inverse,
        risk: Some(decimal("0.03")),
        ..long()
    };
    let one = Some(Distance::R(Decimal::ONE));
    let plan = ExitPlan { stop: one, target: one, ..ExitPlan::default() };
    let exit = |rows: &[[&str; 4]]| plan.exit(&trade, &bars(rows)).unwrap();

    let (lost, won) =
        (exit(&[["10000", "10000", "7000", "9000"]]), exit(&[["10000", "14000", "9000", "9000"]]));

    assert_eq!((lost.price, lost.gross, lost.r), (fraction("8000"), fraction("-0.03"), Ok(fraction("-1"))));
    assert_eq!((won.price, won.gross, won.r), (fraction("40000/3"), fraction("0.03"), Ok(fraction("1"))));
    // Five R in favour would be a price beyond infinity, and is never reached.
    let far = ExitPlan { target: Some(Distance::R(Decimal::from(5))), ..ExitPlan::default() };
    assert_eq!(
        far.exit(&trade, &bars(&[["10000", "99000", "9000", "9000"]])).unwrap().reason,
        ExitReason::LastBar
    );
    assert_eq!(far.exit(&trade, &bars(&[["0", "99000", "0", "0"]])), Err(Undefined::NoInversePrice));
}

#[test]
fn many_trades_add_up() {
    let rows = bars(&[["100", "104", "99", "103"], ["103", "105", "94", "95"]]);
    let (winner, loser) = (long(), short());
    let late = EnteredTrade { entered_at: Timestamp(MINUTE * 2), ..long() };
    let plan = ExitPlan { stop: Some(price("4.5")), target: Some(price("4")), ..ExitPlan::default() };

    let total = plan.compare([(&winner, &rows), (&loser, &rows), (&late, &rows)]);

    // The long one makes 2 x 4 at once; the short one is stopped at 104.5 in the second bar and loses 2 x 4.5.
    assert_eq!((total.trades, total.left_out), (2, 1));
    assert_eq!(
        (total.gross.clone(), total.actual_gross.clone(), total.difference()),
        (fraction("-1"), fraction("6"), fraction("-7"))
    );
    assert_eq!((total.better, total.worse, total.wins), (1, 1, 1));
    assert_eq!(
        total.reasons.into_iter().collect::<Vec<_>>(),
        [(ExitReason::Stop, 1), (ExitReason::Target, 1)]
    );
}

#[test]
fn an_exit_like_the_real_one_is_neither_better_nor_worse() {
    let trade = EnteredTrade { gross: Fraction::ZERO, ..long() };

    let total = ExitPlan::default().compare([(&trade, &bars(&[["100", "101", "99", "100"]]))]);

    assert_eq!((total.trades, total.better, total.worse, total.wins), (1, 0, 0, 0));
}

/// Bars around 100 in cents.
fn any_bars() -> impl Strategy<Value = Bars> {
    let cents = |amount: i64| Decimal::from_scaled(i128::from(amount), 2).unwrap();
    proptest::collection::vec((9_000_i64..11_000, 0_i64..300, 0_i64..300, 0_i64..600), 1..20).prop_map(
        move |rows| {
            let bar = |(minute, (open, up, down, close)): (i64, (i64, i64, i64, i64))| Bar {
                start: Timestamp(minute * MINUTE),
                end: Timestamp((minute + 1) * MINUTE),
                open: cents(open),
                high: cents(open + up),
                low: cents(open - down),
                close: cents((open - down + close).min(open + up)),
            };
            Bars::new((0..).zip(rows).map(bar).collect()).unwrap()
        },
    )
}

proptest! {
    #[test]
    fn a_target_is_never_beaten_and_a_trade_ends_once(bars in any_bars(), stop in 1_i64..9, target in 1_i64..9, is_long: bool) {
        let plan = ExitPlan {
            stop: Some(Distance::Price(stop.into())),
            target: Some(Distance::Price(target.into())),
            ..ExitPlan::default()
        };
        let trade = if is_long { long() } else { short() };

        let exit = plan.exit(&trade, &bars).unwrap();

        prop_assert!(exit.gross <= Fraction::from(2 * target));
        if exit.reason == ExitReason::Stop {
            prop_assert!(exit.gross <= Fraction::from(-2 * stop));
        }
        let total = plan.compare([(&trade, &bars)]);
        prop_assert_eq!(total.reasons.values().sum::<u64>(), 1);
        prop_assert_eq!(total.gross, exit.gross);
    }

    #[test]
    fn a_mirrored_market_gives_the_mirrored_exit(bars in any_bars(), trail in 1_i64..6, after in 1_i64..6) {
        let plan = ExitPlan {
            trailing_stop: Some(Distance::Price(trail.into())),
            break_even_after: Some(Distance::Price(after.into())),
            ..ExitPlan::default()
        };
        let turn = |price: Decimal| Decimal::from(200).checked_sub(price).unwrap();
        let mirrored = bars.since(Timestamp(0)).iter().map(|bar| Bar {
            open: turn(bar.open), high: turn(bar.low), low: turn(bar.high), close: turn(bar.close), ..*bar
        });
        let mirrored = Bars::new(mirrored.collect()).unwrap();

        let (one, other) = (plan.exit(&long(), &bars).unwrap(), plan.exit(&short(), &mirrored).unwrap());

        prop_assert_eq!((one.reason, one.at, one.gross), (other.reason, other.at, other.gross));
    }
}
