//! What new fills cost a book that already has many: nothing but themselves and the round trip they fall into.

use criterion::{BenchmarkId, Criterion};
use ledger::{Decimal, Event, FeeRounding, Fill, History, Method, Side, Terms, Timestamp, Valuation};

const NEW_FILLS: i64 = 10;

/// Buys one, buys one, sells two: flat after every third fill.
fn fill(index: i64) -> Event {
    let (side, quantity) = if index % 3 == 2 { (Side::Sell, 2) } else { (Side::Buy, 1) };
    Event::Fill(Fill {
        execution_id: format!("E{index:08}"),
        time: Timestamp(index * 1_000_000_000),
        sequence: 0,
        side,
        quantity: Decimal::from(quantity),
        price: Decimal::from_scaled(i128::from(10_000 + index % 777), 2).unwrap_or_default(),
        commission: Decimal::ONE,
        fees: Decimal::ZERO,
    })
}

fn main() {
    let terms = Terms {
        multiplier: Decimal::ONE,
        valuation: Valuation::Linear,
        method: Method::Fifo,
        fee_rounding: FeeRounding::AtLeast(8),
    };
    let mut criterion = Criterion::default().sample_size(20).configure_from_args();
    let mut group = criterion.benchmark_group("ten new fills, added and taken back");
    for count in [1_000, 10_000, 100_000, 1_000_000] {
        let mut history = History::new(terms);
        let grown = history.insert((0..count).map(fill).collect());
        let new: Vec<Event> = (count..count + NEW_FILLS).map(fill).collect();
        group.bench_function(BenchmarkId::new("of a book of", count), |bencher| {
            bencher.iter(|| {
                let added = history.insert(new.clone());
                (added, history.remove(&new), grown.is_ok())
            });
        });
    }
    group.finish();
    criterion.final_summary();
}
