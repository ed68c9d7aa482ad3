//! How many fills one core matches in a second.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput};
use ledger::{Book, Decimal, FeeRounding, Fill, Matched, Method, Side, Terms, Timestamp, Valuation};

/// The `SplitMix64` generator: the same stream on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound
    }

    fn cents(&mut self, from: i128, span: u64) -> Decimal {
        Decimal::from_scaled(from + i128::from(self.below(span)), 2).unwrap_or_default()
    }
}

/// A share traded in lots of 1 to 20: 15 % of the fills flatten the position, 5 % flip it.
fn stream(count: i64) -> Vec<Fill> {
    let mut random = Random(42);
    let mut position = 0_i64;
    (0..count)
        .map(|index| {
            let mut change = i64::try_from(random.below(20)).unwrap_or_default() + 1;
            let action = random.below(100);
            change = match action {
                0..15 if position != 0 => -position,
                15..20 => -position - position.signum() * change,
                action if action % 2 == 0 => change,
                _ => -change,
            };
            change = if change == 0 { 1 } else { change };
            position += change;
            Fill {
                execution_id: format!("E{index:08}"),
                time: Timestamp(1_577_975_400_000_000_000 + index * 60_000_000),
                sequence: index,
                side: if change > 0 { Side::Buy } else { Side::Sell },
                quantity: Decimal::from(change.abs()),
                price: random.cents(2_000, 38_000),
                commission: random.cents(-20, 270),
                fees: random.cents(0, 20),
            }
        })
        .collect()
}

fn matched(rounding: FeeRounding, legs: bool, fills: &[Fill]) -> Option<Matched> {
    let terms = Terms {
        multiplier: Decimal::ONE,
        valuation: Valuation::Linear,
        method: Method::Fifo,
        fee_rounding: rounding,
    };
    let mut book = if legs { Book::new(terms) } else { Book::new(terms).without_legs() };
    fills.iter().try_for_each(|fill| book.apply(fill)).ok()?;
    book.finish().ok()
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("matching");
    for count in [1_000, 10_000, 100_000] {
        let fills = stream(count);
        group.throughput(Throughput::Elements(count.unsigned_abs()));
        for (name, rounding, legs) in [
            ("at least 8 places", FeeRounding::AtLeast(8), true),
            ("at least 8 places, no legs", FeeRounding::AtLeast(8), false),
            ("exact", FeeRounding::Exact, true),
        ] {
            group.bench_with_input(BenchmarkId::new(name, count), &fills, |bencher, fills| {
                bencher.iter(|| matched(rounding, legs, black_box(fills)));
            });
        }
    }
    group.finish();
    criterion.final_summary();
}
