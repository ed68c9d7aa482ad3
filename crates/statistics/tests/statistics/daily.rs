//! Figures of daily returns: beside the reference, and at their edges.

use std::collections::BTreeMap;

use ledger::Decimal;
use serde_json::{Value, json};
use statistics::{DailySummary, Metric, Undefined, daily};
use time::Date;
use time::macros::format_description;

use crate::comparison::agrees;
use crate::oracle;
use crate::samples::decimal;

fn day(text: &str) -> Date {
    Date::parse(text, format_description!("[year]-[month]-[day]")).unwrap()
}

fn pnl(days: &[(&str, &str)]) -> BTreeMap<Date, Decimal> {
    days.iter().map(|(date, amount)| (day(date), decimal(amount))).collect()
}

/// Daily figures of the reference, without deposits and withdrawals.
const MEASURE: &str = "
import datetime, json, sys
from fractions import Fraction as F
from oracle_metrics import daily_metrics, g17
document = json.load(sys.stdin)
pnl = {datetime.date.fromisoformat(day): F(amount) for day, amount in document['pnl'].items()}
figures = daily_metrics(pnl, document['config'])
fields = dict(days='days', sharpe='sharpe', sortino='sortino', calmar='calmar', cagr='cagr', volatility='vol_ann', twr='twr')
print(json.dumps({mine: g17(figures[theirs]) for mine, theirs in fields.items()}))
";

fn reference(pnl: &BTreeMap<Date, Decimal>, opening_equity: &str) -> Option<Value> {
    let rows: BTreeMap<String, String> =
        pnl.iter().map(|(date, amount)| (date.to_string(), amount.to_string())).collect();
    let (first, last) = (pnl.keys().next().unwrap().to_string(), pnl.keys().last().unwrap().to_string());
    let config = json!({"initial_equity": opening_equity, "start": first, "end": last});
    oracle::evaluate(MEASURE, &json!({"pnl": rows, "config": config}))
}

fn figures(summary: &DailySummary) -> [(&'static str, Metric<f64>); 6] {
    [
        ("sharpe", summary.sharpe),
        ("sortino", summary.sortino),
        ("calmar", summary.calmar),
        ("cagr", summary.cagr),
        ("volatility", summary.volatility),
        ("twr", summary.twr),
    ]
}

fn assert_agrees(summary: &DailySummary, expected: &Value, short: bool) {
    assert!(agrees(&json!(summary.days), &expected["days"]), "{} days", summary.days);
    for (name, metric) in figures(summary) {
        if short && matches!(name, "calmar" | "cagr") {
            assert!(matches!(metric, Err(Undefined::TooShort { .. })), "{name}: {metric:?}");
        } else {
            assert!(agrees(&json!(metric.ok()), &expected[name]), "{name}: {metric:?}, {}", expected[name]);
        }
    }
}

/// The net amounts of the fixture by day of closing.
fn fixture() -> Option<BTreeMap<Date, Decimal>> {
    let document = oracle::read(&oracle::vectors()?.join("17_metrics_fixture.json"));
    let mut days = BTreeMap::new();
    for trip in document["expected"]["fifo"]["trips"].as_array().unwrap() {
        let seconds = trip["close_ns"].as_i64().unwrap() / 1_000_000_000;
        // All trips of the fixture close in the New York morning, on the same day as in UTC.
        let date = time::OffsetDateTime::from_unix_timestamp(seconds).unwrap().date();
        let amount = days.entry(date).or_insert(Decimal::ZERO);
        *amount = amount.checked_add(decimal(trip["net_base"].as_str().unwrap())).unwrap();
    }
    Some(days)
}

#[test]
fn the_fixture_without_its_deposits_agrees() {
    let Some(pnl) = fixture() else { return };
    let Some(expected) = reference(&pnl, "10000") else { return };

    assert_agrees(&daily(&pnl, Some(decimal("10000"))), &expected, true);
}

#[test]
fn long_random_periods_agree() {
    for seed in 1..=4_i64 {
        let pnl: BTreeMap<Date, Decimal> = (0..70)
            .map(|index| {
                let date = day("2024-01-01") + time::Duration::days(index * 3 + seed % 2);
                let cents = (index * 7_919 * seed + 1_234) % 9_973 - 4_800;
                (date, Decimal::from_scaled(i128::from(cents), 2).unwrap())
            })
            .collect();
        let Some(expected) = reference(&pnl, "5000") else { return };

        assert_agrees(&daily(&pnl, Some(decimal("5000"))), &expected, false);
    }
}

#[test]
fn without_days_nothing_is_known() {
    let summary = daily(&BTreeMap::new(), Some(Decimal::from(1000)));

    assert_eq!(summary.days, 0);
    assert!(figures(&summary).iter().all(|(_, metric)| *metric == Err(Undefined::NoTrades)));
}

#[test]
fn without_an_equity_above_zero_there_are_no_returns() {
    let days = pnl(&[("2024-01-01", "1"), ("2024-01-02", "2")]);

    for equity in [None, Some(Decimal::ZERO), Some(decimal("-5"))] {
        let summary = daily(&days, equity);

        assert_eq!(summary.days, 2);
        assert!(figures(&summary).iter().all(|(_, metric)| *metric == Err(Undefined::NoOpeningEquity)));
    }
}

#[test]
fn a_lost_equity_ends_all_returns() {
    let summary = daily(&pnl(&[("2024-01-01", "-1000"), ("2024-01-02", "2")]), Some(Decimal::from(1000)));

    assert!(figures(&summary).iter().all(|(_, metric)| *metric == Err(Undefined::EquityLost)));
}

#[test]
fn one_session_has_a_return_and_no_ratios() {
    let summary = daily(&pnl(&[("2024-01-01", "-500")]), Some(Decimal::from(1000)));

    let too_few = Err(Undefined::TooFewSessions { needed: 2 });
    assert_eq!((summary.sharpe, summary.sortino, summary.volatility), (too_few, too_few, too_few));
    assert_eq!((summary.days, summary.twr), (1, Ok(-0.5)));
}

#[test]
fn equal_returns_have_no_sharpe_ratio() {
    // 10 % a day, of amounts that binary fractions do not hold.
    let summary = daily(&pnl(&[("2024-01-01", "0.1"), ("2024-01-02", "0.11")]), Some(Decimal::ONE));

    assert_eq!(summary.sharpe, Err(Undefined::ZeroVariance));
    assert_eq!(summary.sortino, Err(Undefined::NoDownside));
    assert_eq!(summary.volatility, Ok(0.0));
}

#[test]
fn only_idle_or_flat_days_have_no_sharpe_ratio() {
    let summary = daily(&pnl(&[("2024-01-01", "0"), ("2024-01-04", "0")]), Some(Decimal::from(1000)));

    assert_eq!((summary.days, summary.sharpe), (4, Err(Undefined::ZeroVariance)));
}

#[test]
fn idle_days_lower_the_sharpe_ratio() {
    let busy = daily(&pnl(&[("2024-01-01", "10"), ("2024-01-02", "30")]), Some(Decimal::from(1000)));
    let idle = daily(&pnl(&[("2024-01-01", "10"), ("2024-01-12", "30")]), Some(Decimal::from(1000)));

    assert_eq!((busy.days, idle.days), (2, 10));
    assert!(idle.sharpe.unwrap() < busy.sharpe.unwrap());
}

#[test]
fn nothing_is_annualised_below_ninety_days() {
    // 1 January to 30 March 2024 are 90 days.
    let short = daily(&pnl(&[("2024-01-01", "-10"), ("2024-03-29", "30")]), Some(Decimal::from(1000)));
    let long = daily(&pnl(&[("2024-01-01", "-10"), ("2024-03-30", "30")]), Some(Decimal::from(1000)));

    assert_eq!((short.cagr, short.calmar), (Err(Undefined::TooShort { days: 89 }), short.cagr));
    assert!(long.cagr.is_ok() && long.calmar.is_ok());
}

#[test]
fn growth_without_a_fall_has_no_calmar_ratio() {
    let summary = daily(&pnl(&[("2024-01-01", "10"), ("2024-06-03", "30")]), Some(Decimal::from(1000)));

    assert_eq!(summary.calmar, Err(Undefined::NoDrawdown));
    assert_eq!(summary.sortino, Err(Undefined::NoDownside));
    assert!(summary.cagr.unwrap() > 0.0);
}
