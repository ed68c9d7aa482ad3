//! How long the figures of trades and days take.

#[path = "../../ledger/benches/engine/core_time.rs"]
mod core_time;

use std::collections::BTreeMap;
use std::hint::black_box;

use core_time::CoreTime;
use criterion::{BenchmarkId, Criterion, Throughput};
use ledger::{Decimal, Fraction, Timestamp};
use statistics::{Amounts, Columns, DailyAccount, DailyOptions, Options, Trades, daily, summarize};
use time::{Date, Duration};

const MINUTE: i64 = 60_000_000_000;

/// Trades of -500.00 to 549.99 in a fixed disorder, half of them with a risk.
fn trades(count: i64) -> Trades {
    let gross: Vec<i64> = (0..count).map(|index| (index * 7_919) % 104_999 - 50_000).collect();
    let column = |value: fn(i64) -> i64| Amounts::from_integers((0..count).map(value).collect(), 2);
    let opened_at = (0..count).map(|index| Timestamp(1_577_975_400_000_000_000 + index * MINUTE));
    let columns = Columns {
        net: Amounts::from_integers(gross.iter().map(|gross| gross - 225).collect(), 2),
        gross: Amounts::from_integers(gross, 2),
        commissions: column(|_| 200),
        fees: column(|_| 25),
        risk: column(|index| if index % 2 == 0 { 10_000 + index % 5_000 } else { 0 }),
        volume: Amounts::from_integers(vec![200; usize::try_from(count).unwrap_or_default()], 0),
        closed_at: opened_at.clone().map(|opened| Timestamp(opened.0 + 5 * MINUTE)).collect(),
        opened_at: opened_at.collect(),
    };
    Trades::from_columns(columns).unwrap_or_else(|error| unreachable!("{error}"))
}

fn figures(criterion: &mut Criterion<CoreTime>) {
    let mut group = criterion.benchmark_group("all figures without bootstrap");
    let opening_equity = Some(Fraction::from(100_000));
    let options = Options { opening_equity, bootstrap_draws: 0, ..Options::default() };
    for count in [1_000, 10_000, 300_000] {
        let trades = trades(count);
        group.throughput(Throughput::Elements(trades.len() as u64));
        group.bench_with_input(BenchmarkId::from_parameter(count), &trades, |bencher, trades| {
            bencher.iter(|| summarize(black_box(trades), &options));
        });
    }
    group.finish();
}

/// Twice: once of money, once in R.
fn bootstrap(criterion: &mut Criterion<CoreTime>) {
    let mut group = criterion.benchmark_group("all figures and 1000 draws of each, money and R");
    group.sample_size(10);
    let trades = trades(10_000);
    group.bench_function("10000", |bencher| {
        bencher.iter(|| summarize(black_box(&trades), &Options::default()));
    });
    group.finish();
}

/// A P&L on each weekday, a deposit a month.
fn days(criterion: &mut Criterion<CoreTime>) {
    let mut group = criterion.benchmark_group("daily figures");
    group.sample_size(10);
    let opening = Fraction::from(100_000);
    for years in [1, 10] {
        let first = Date::MIN.replace_year(2015).unwrap_or(Date::MIN);
        let dates = || (0..years * 365).map(|index| (index, first + Duration::days(index)));
        let cents =
            |amount: i64| Decimal::from_scaled(i128::from(amount), 2).map(Fraction::from).unwrap_or_default();
        let pnl: BTreeMap<Date, Fraction> =
            dates().map(|(index, date)| (date, cents((index * 7_919) % 104_999 - 50_000))).collect();
        let flows: BTreeMap<Date, Fraction> =
            dates().step_by(30).map(|(_, date)| (date, cents(50_000))).collect();
        let account = DailyAccount { flows: &flows, ..DailyAccount::new(Some(&opening), &pnl) };
        group.bench_function(format!("{years} years"), |bencher| {
            bencher.iter(|| daily(black_box(&account), &DailyOptions::default()));
        });
    }
    group.finish();
}

fn main() {
    let mut criterion = Criterion::default().with_measurement(CoreTime::new()).configure_from_args();
    figures(&mut criterion);
    bootstrap(&mut criterion);
    days(&mut criterion);
    criterion.final_summary();
}
