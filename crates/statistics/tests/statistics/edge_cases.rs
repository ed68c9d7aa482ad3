//! What has no answer says why, and what has one at the edge says which.

use ledger::{Fraction, Timestamp};
use statistics::{Options, ProfitFactor, StatisticsError, Summary, Trades, Undefined, wilson};

use crate::samples::{fraction, measured, summary, trade, trades};

/// The reason why each metric is undefined, `None` for those that are.
fn reasons(summary: &Summary) -> [Option<Undefined>; 19] {
    [
        summary.win_rate.as_ref().err().copied(),
        summary.win_rate_without_scratches.as_ref().err().copied(),
        summary.profit_factor.as_ref().err().copied(),
        summary.payoff_ratio.as_ref().err().copied(),
        summary.expectancy.as_ref().err().copied(),
        summary.expectancy_r.as_ref().err().copied(),
        summary.average_win.as_ref().err().copied(),
        summary.average_loss.as_ref().err().copied(),
        summary.largest_win.as_ref().err().copied(),
        summary.largest_loss.as_ref().err().copied(),
        summary.max_drawdown.as_ref().err().copied(),
        summary.recovery_factor.as_ref().err().copied(),
        summary.standard_deviation.as_ref().err().copied(),
        summary.sqn.as_ref().err().copied(),
        summary.sqn_r.as_ref().err().copied(),
        summary.kelly.as_ref().err().copied(),
        summary.z_score.as_ref().err().copied(),
        summary.average_hold_seconds.as_ref().err().copied(),
        summary.exposure.as_ref().err().copied(),
    ]
}

#[test]
fn without_trades_nothing_but_sums_is_known() {
    let summary = summary(&[]);

    assert_eq!((summary.trades, &summary.net, summary.longest_win_streak), (0, &Fraction::ZERO, 0));
    assert_eq!(reasons(&summary), [Some(Undefined::NoTrades); 19]);
}

#[test]
fn a_single_win_knows_no_loss_and_no_deviation() {
    let summary = summary(&["12.5"]);

    assert_eq!(summary.profit_factor, Ok(ProfitFactor::Infinite));
    assert_eq!(summary.payoff_ratio.as_ref().err().copied(), Some(Undefined::NoLosses));
    assert_eq!(summary.kelly.as_ref().err().copied(), Some(Undefined::NoLosses));
    assert_eq!(summary.z_score, Err(Undefined::NoLosses));
    assert_eq!(summary.average_loss, Err(Undefined::NoLosses));
    assert_eq!(summary.largest_loss, Err(Undefined::NoLosses));
    assert_eq!(summary.largest_win, Ok(fraction("12.5")));
    assert_eq!(summary.max_drawdown, Err(Undefined::NoDrawdown));
    assert_eq!(summary.recovery_factor, Err(Undefined::NoDrawdown));
    assert_eq!(summary.standard_deviation, Err(Undefined::TooFewTrades { needed: 2 }));
    assert_eq!(summary.sqn, Err(Undefined::TooFewTrades { needed: 2 }));
    let expectancy = summary.expectancy.unwrap();
    assert_eq!((expectancy.value, expectancy.low, expectancy.high), (fraction("12.5"), None, None));
}

#[test]
fn losses_alone_make_a_profit_factor_of_zero() {
    let summary = summary(&["-1", "-2"]);

    let Ok(ProfitFactor::Finite(factor)) = summary.profit_factor else { panic!("there are losses") };
    assert!(factor.exact().is_zero());
    assert_eq!(summary.average_win, Err(Undefined::NoWins));
    assert_eq!(summary.payoff_ratio, Err(Undefined::NoWins));
    assert_eq!(summary.recovery_factor.unwrap().to_string(), "-1");
    assert_eq!(summary.longest_loss_streak, 2);
}

#[test]
fn scratches_alone_decide_nothing() {
    let summary = summary(&["0", "0", "0"]);

    assert_eq!((summary.wins, summary.losses, summary.scratches), (0, 0, 3));
    assert_eq!(summary.win_rate.unwrap().value.to_bits(), 0);
    assert_eq!(summary.win_rate_without_scratches, Err(Undefined::OnlyScratches));
    assert_eq!(summary.profit_factor, Err(Undefined::OnlyScratches));
    assert_eq!(summary.z_score, Err(Undefined::OnlyScratches));
    assert!(summary.expectancy.unwrap().value.is_zero());
    assert_eq!(summary.standard_deviation, Ok(0.0));
    assert_eq!(summary.sqn, Err(Undefined::ZeroVariance));
}

#[test]
fn equal_results_have_no_quality_number() {
    let summary = summary(&["0.1", "0.1", "0.1"]);

    assert_eq!(summary.standard_deviation, Ok(0.0));
    assert_eq!(summary.sqn, Err(Undefined::ZeroVariance));
    let expectancy = summary.expectancy.unwrap();
    assert_eq!((expectancy.low, expectancy.high), (Some(expectancy.value.clone()), Some(expectancy.value)));
}

#[test]
fn the_tolerance_makes_scratches() {
    let options = Options { breakeven_tolerance: fraction("1"), ..Options::default() };

    let summary = measured(&trades(&["1", "-1", "1.01", "-1.01"]), &options).unwrap();

    assert_eq!((summary.wins, summary.losses, summary.scratches), (1, 1, 2));
    assert_eq!((summary.gross_profit, summary.gross_loss), (fraction("1.01"), fraction("1.01")));
}

#[test]
fn multiples_count_only_trades_with_a_risk() {
    let mut rows = trades(&["10", "20", "30", "40"]);
    rows[1].risk = Some(fraction("10"));
    rows[2].risk = Some(Fraction::ZERO);
    rows[3].risk = Some(fraction("10"));

    let summary = measured(&rows, &Options::default()).unwrap();

    let multiples = summary.expectancy_r.unwrap();
    assert_eq!((multiples.value.to_bits(), multiples.n), (3.0_f64.to_bits(), 2));
    assert!((summary.sqn_r.unwrap() - 3.0).abs() < 1e-12);
}

#[test]
fn equal_multiples_have_no_quality_number() {
    let mut rows = trades(&["0.1", "0.3", "0.7"]);
    for (row, risk) in rows.iter_mut().zip(["0.3", "0.9", "2.1"]) {
        row.risk = Some(fraction(risk));
    }

    assert_eq!(measured(&rows, &Options::default()).unwrap().sqn_r, Err(Undefined::ZeroVariance));
}

#[test]
fn a_drawdown_tells_its_dates_and_length() {
    let options = Options { opening_equity: Some(fraction("100")), ..Options::default() };
    let minute = |count: i64| Timestamp(count * 60_000_000_000);

    let summary = measured(&trades(&["50", "-30", "10", "-20", "60", "-5"]), &options).unwrap();

    let drawdown = summary.max_drawdown.unwrap();
    assert_eq!(drawdown.amount, fraction("40"));
    assert_eq!(drawdown.share.unwrap().to_string(), "4/15");
    assert_eq!((drawdown.from, drawdown.to, drawdown.recovered_at), (minute(1), minute(4), Some(minute(5))));
    assert_eq!((drawdown.trades, drawdown.longest_trades), (4, 4));
}

#[test]
fn a_first_loss_is_a_drawdown_from_the_start() {
    let drawdown = summary(&["-30", "10"]).max_drawdown.unwrap();

    assert_eq!(drawdown.from, Timestamp(0));
    assert_eq!(drawdown.recovered_at, None);
    assert_eq!(drawdown.share, Err(Undefined::NoOpeningEquity));
}

#[test]
fn the_deepest_fall_in_percent_may_be_another_one() {
    let options = Options { opening_equity: Some(fraction("100")), ..Options::default() };

    let drawdown = measured(&trades(&["-50", "950", "-100"]), &options).unwrap().max_drawdown.unwrap();

    assert_eq!(drawdown.amount, fraction("100"));
    assert_eq!(drawdown.share.unwrap().to_string(), "0.5");
}

#[test]
fn overlapping_trades_count_once_in_the_exposure() {
    let mut rows = trades(&["1", "2", "3"]);
    rows[1].opened_at = rows[0].opened_at;
    rows[2].closed_at = Timestamp(rows[2].closed_at.0 + 60_000_000_000);

    let summary = measured(&rows, &Options::default()).unwrap();

    assert_eq!(summary.exposure.unwrap().to_string(), "1");
    assert_eq!(summary.average_hold_seconds.unwrap().to_string(), "100");
}

#[test]
fn a_trade_of_no_length_has_no_exposure() {
    let mut row = trade(0, "1");
    row.opened_at = row.closed_at;

    assert_eq!(measured(&[row], &Options::default()).unwrap().exposure, Err(Undefined::NoDuration));
}

#[test]
fn trades_in_the_wrong_order_are_refused() {
    let rows = [trade(1, "1"), trade(0, "1")];

    assert_eq!(measured(&rows, &Options::default()), Err(StatisticsError::OutOfOrder { index: 1 }));
}

#[test]
fn a_trade_that_ends_before_it_begins_is_refused() {
    let mut row = trade(5, "1");
    row.opened_at = Timestamp(row.closed_at.0 + 1);

    assert_eq!(measured(&[row], &Options::default()), Err(StatisticsError::ClosedBeforeOpened { index: 0 }));
}

#[test]
fn a_negative_tolerance_is_refused() {
    let options = Options { breakeven_tolerance: fraction("-1"), ..Options::default() };

    assert_eq!(measured(&[], &options), Err(StatisticsError::NegativeTolerance));
}

#[test]
fn amounts_of_any_size_have_exact_figures() {
    let huge = "9".repeat(76);

    let summary = summary(&[&huge, &huge, "-1/3"]);

    assert_eq!(summary.gross_profit.to_string(), format!("1{}8", "9".repeat(75)));
    assert_eq!(summary.gross_loss, fraction("1/3"));
    assert_eq!(summary.max_drawdown.unwrap().amount, fraction("1/3"));
}

#[test]
fn columns_of_different_lengths_are_refused() {
    let mut columns = Trades::from_rows(&trades(&["1", "2"])).unwrap().columns().clone();
    columns.closed_at.pop();

    assert_eq!(Trades::from_columns(columns), Err(StatisticsError::UnequalColumns));
}

#[test]
fn reasons_have_a_code_and_a_sentence() {
    assert_eq!(Undefined::NoLosses.code(), "no-losses");
    assert_eq!(Undefined::TooShort { days: 30 }.code(), "too-short");
    assert_eq!(
        Undefined::TooShort { days: 30 }.to_string(),
        "30 days are too few to annualise; 90 are needed."
    );
    assert_eq!(wilson(0, 0), Err(Undefined::NoTrades));
}
