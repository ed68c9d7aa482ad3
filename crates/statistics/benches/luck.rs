//! How long the questions of luck take: the day-block bootstrap and the Monte Carlo of paths.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput};
use ledger::{Decimal, Fraction};
use statistics::{
    Amounts, DayTrade, MonteCarloOptions, Options, Resampling, day_block_expectancy, day_block_p, monte_carlo,
};

/// Trades of -500.00 to 549.99 in a fixed disorder, ten a day.
fn trades(count: i64) -> Vec<DayTrade> {
    let cents = |index: i64| i128::from((index * 7_919) % 104_999 - 50_000);
    let net = |index| Decimal::from_scaled(cents(index), 2).unwrap_or_default();
    (0..count).map(|index| DayTrade { day: index / 10, net: net(index).into() }).collect()
}

fn day_blocks(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("day_blocks");
    group.sample_size(10);
    let options = Options::default();
    for count in [1_000, 10_000] {
        let trades = trades(count);
        group.throughput(Throughput::Elements(trades.len() as u64));
        group.bench_with_input(BenchmarkId::new("expectancy", count), &trades, |bencher, trades| {
            bencher.iter(|| day_block_expectancy(black_box(trades), &options));
        });
        group.bench_with_input(BenchmarkId::new("p", count), &trades, |bencher, trades| {
            bencher.iter(|| day_block_p(black_box(trades), &options));
        });
    }
    group.finish();
}

fn paths(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("monte_carlo");
    group.sample_size(10);
    let levels = [10_000, 50_000].map(Fraction::from).to_vec();
    for count in [1_000, 10_000] {
        let nets: Amounts = trades(count).into_iter().map(|trade| trade.net).collect();
        for resampling in [Resampling::WithReplacement, Resampling::Shuffled] {
            let options = MonteCarloOptions {
                opening_equity: Some(Fraction::from(100_000)),
                resampling,
                ruin_levels: levels.clone(),
                ..MonteCarloOptions::default()
            };
            group.throughput(Throughput::Elements(1000 * count.unsigned_abs()));
            group.bench_with_input(
                BenchmarkId::new(format!("{resampling:?}"), count),
                &nets,
                |bencher, nets| {
                    bencher.iter(|| monte_carlo(black_box(nets), &options));
                },
            );
        }
    }
    group.finish();
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    day_blocks(&mut criterion);
    paths(&mut criterion);
    criterion.final_summary();
}
