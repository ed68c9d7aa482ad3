//! The stored scenarios of the reference, all methods, from their own trips and legs.

use std::collections::BTreeMap;

use ledger::Fraction;
use serde_json::Value;
use statistics::{DailyAccount, DailyOptions, Options, Sessions, daily, reference_daily, reference_metrics};
use time::Date;

use crate::comparison::assert_agrees;
use crate::oracle;
use crate::samples::{closed, fraction, summary};

/// The options that a scenario's configuration asks for.
pub fn options(config: &Value) -> Options {
    let number = |field: &str| config[field].as_str().map(fraction);
    let bootstrap = &config["bootstrap"];
    Options {
        opening_equity: number("initial_equity"),
        breakeven_tolerance: number("breakeven_eps").unwrap_or_default(),
        bootstrap_draws: usize::try_from(bootstrap["b"].as_u64().unwrap_or(0)).unwrap(),
        bootstrap_limit: usize::MAX,
        seed: bootstrap["seed"].as_u64().unwrap_or(42),
    }
}

/// The daily options that a scenario's configuration asks for.
pub fn daily_options(config: &Value) -> DailyOptions {
    DailyOptions {
        periods_per_year: u32::try_from(config["periods_per_year"].as_u64().unwrap_or(252)).unwrap(),
        risk_free: config["rf"].as_str().map(fraction).unwrap_or_default(),
        ..DailyOptions::default()
    }
}

pub fn date(text: &str) -> Date {
    Date::parse(text, time::macros::format_description!("[year]-[month]-[day]")).unwrap()
}

/// Checks the daily figures of a configuration, with P&L and flows as lists of `[date, amount]`.
pub fn assert_daily_agrees(
    config: &Value,
    pnl: &BTreeMap<Date, Fraction>,
    flows: &BTreeMap<Date, Fraction>,
    expected: &Value,
    case: &str,
) {
    let opening = fraction(config["initial_equity"].as_str().unwrap());
    let day = |field: &str| date(config[field].as_str().unwrap());
    let account = DailyAccount {
        opening_equity: Some(&opening),
        pnl,
        flows,
        period: Some((day("start"), day("end"))),
        sessions: if config["calendar"] == "7d" { Sessions::EveryDay } else { Sessions::Weekdays },
    };
    assert_agrees(&reference_daily(&account, &daily_options(config)), expected, case);
}

fn by_day(document: &Value, legs: &Value) -> BTreeMap<Date, Fraction> {
    let zone = jiff::tz::TimeZone::get(document["config"]["tz"].as_str().unwrap_or("UTC")).unwrap();
    let mut days = BTreeMap::new();
    for leg in legs.as_array().unwrap() {
        let at = jiff::Timestamp::from_nanosecond(leg["ns"].as_i64().unwrap().into()).unwrap();
        let day = date(&at.to_zoned(zone.clone()).date().to_string());
        *days.entry(day).or_insert(Fraction::ZERO) += fraction(leg["net_base"].as_str().unwrap());
    }
    days
}

fn flows(document: &Value) -> BTreeMap<Date, Fraction> {
    let mut flows = BTreeMap::new();
    for flow in document["flows"].as_array().into_iter().flatten() {
        *flows.entry(date(flow["date"].as_str().unwrap())).or_insert(Fraction::ZERO) +=
            fraction(flow["amount"].as_str().unwrap());
    }
    flows
}

#[test]
fn every_scenario_agrees() {
    let Some(folder) = oracle::vectors() else { return };
    let (mut metrics, mut daily) = (0, 0);
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let document = oracle::read(&path);
        for method in ["fifo", "lifo", "avg"] {
            let expected = &document["expected"][method];
            let case = format!("{} {method}", path.display());
            if expected["metrics"].is_object() {
                let trades = closed(&expected["trips"]);
                let named = reference_metrics(&trades, &options(&document["config"])).unwrap();
                assert_agrees(&named, &expected["metrics"], &case);
                metrics += 1;
            }
            if expected["daily"].is_object() {
                let pnl = by_day(&document, &expected["legs"]);
                assert_daily_agrees(&document["config"], &pnl, &flows(&document), &expected["daily"], &case);
                daily += 1;
            }
        }
    }
    assert!(metrics >= 90 && daily >= 3, "{metrics} and {daily} were there");
}

#[test]
fn the_stored_scores_of_streaks_agree() {
    let Some(folder) = oracle::vectors() else { return };
    let stored = oracle::read(&folder.join("stats/32_statistics.json"));
    for case in stored["z_score"].as_array().unwrap() {
        let signs: Vec<String> = case["signs"].as_array().unwrap().iter().map(ToString::to_string).collect();

        let summary = summary(&signs.iter().map(String::as_str).collect::<Vec<_>>());

        let expected = case["value"].as_f64().unwrap();
        assert!((summary.z_score.unwrap() / expected - 1.0).abs() < 1e-12, "{case}");
    }
}

#[test]
fn the_stored_quantile_agrees() {
    let Some(folder) = oracle::vectors() else { return };
    let case = &oracle::read(&folder.join("stats/32_statistics.json"))["quantile_type7"];
    assert_eq!(case["p"], "0.05");
    let values = case["x"].as_array().unwrap().iter().map(|value| fraction(value.as_str().unwrap()));
    // Days of a return of x each: the equity is made up to 1 again before each of them.
    let (mut pnl, mut flows, mut day) = (BTreeMap::new(), BTreeMap::new(), date("2024-01-01"));
    for value in values {
        flows.insert(day.next_day().unwrap(), -&value);
        pnl.insert(day, value);
        day = day.next_day().unwrap();
    }
    let opening = Fraction::from(1);
    let period = Some((date("2024-01-01"), day.previous_day().unwrap()));
    let sessions = Sessions::EveryDay;
    let account = DailyAccount { flows: &flows, period, sessions, ..DailyAccount::new(Some(&opening), &pnl) };

    let summary = daily(&account, &DailyOptions::default());

    assert_eq!(summary.value_at_risk.unwrap().to_string(), case["value"]);
}
