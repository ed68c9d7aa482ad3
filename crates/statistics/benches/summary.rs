//! How long a summary takes.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput};
use ledger::{Decimal, Timestamp};
use statistics::{ClosedTrade, Options, summarize};

const MINUTE: i64 = 60_000_000_000;

fn cents(amount: i64) -> Decimal {
    Decimal::from_scaled(i128::from(amount), 2).unwrap_or_default()
}

/// Trades of -500.00 to 549.99 in a fixed disorder, half of them with a risk.
fn trades(count: i64) -> Vec<ClosedTrade> {
    (0..count)
        .map(|index| {
            let gross = (index * 7_919) % 104_999 - 50_000;
            let opened_at = Timestamp(1_577_975_400_000_000_000 + index * MINUTE);
            ClosedTrade {
                net: cents(gross - 225),
                gross: cents(gross),
                commissions: cents(200),
                fees: cents(25),
                risk: (index % 2 == 0).then(|| cents(10_000 + index % 5_000)),
                volume: Decimal::from(200),
                opened_at,
                closed_at: Timestamp(opened_at.0 + 5 * MINUTE),
            }
        })
        .collect()
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("summarize");
    group.sample_size(10);
    let options = Options { opening_equity: Some(Decimal::from(100_000)), ..Options::default() };
    for count in [1_000, 10_000, 100_000] {
        let trades = trades(count);
        group.throughput(Throughput::Elements(trades.len() as u64));
        group.bench_with_input(BenchmarkId::from_parameter(count), &trades, |bencher, trades| {
            bencher.iter(|| summarize(black_box(trades), &options));
        });
    }
    group.finish();
    criterion.final_summary();
}
