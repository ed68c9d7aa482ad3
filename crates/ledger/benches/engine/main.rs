//! How many fills a second the fixed-point engine matches, beside the same work in `rust_decimal`.

mod baseline;
mod core_time;
mod stream;

use std::hint::black_box;
use std::num::NonZeroUsize;
use std::time::Duration;

use criterion::measurement::Measurement;
use criterion::{BatchSize, BenchmarkGroup as Group, Criterion, Throughput};
use ledger::fixed::{Detail, FixedBook, FixedFill, Scales, distribute, run_all};
use ledger::{Decimal, FeeRounding, Method, Terms, Valuation};

use core_time::CoreTime;
use stream::{Trade, WIDE_PLACES, orderly, trades};

/// Books that the fills are spread over: 10 accounts, 100 symbols each.
const BOOKS: u32 = 1_000;
const FILLS: usize = 1_000_000;
/// Fills appended to a book.
const LATER: usize = 1_000;
const ONE: NonZeroUsize = NonZeroUsize::MIN;
const TWO: NonZeroUsize = ONE.saturating_add(1);
const SHORT: Duration = Duration::from_millis(500);
const NARROW: Scales = Scales { quantity: 0, price: 2, costs: 8 };
const WIDE: Scales = Scales { quantity: WIDE_PLACES, price: WIDE_PLACES, costs: 8 };

/// Books without fills.
fn books(method: Method, detail: Detail, scales: Scales, fee_rounding: FeeRounding) -> Vec<FixedBook> {
    let terms = Terms { multiplier: Decimal::ONE, valuation: Valuation::Linear, method, fee_rounding };
    (0..BOOKS).filter_map(|_| FixedBook::new(terms, detail, scales).ok()).collect()
}

fn narrow(trades: &[Trade], method: Method, detail: Detail, rounding: FeeRounding) -> Vec<FixedBook> {
    let mut books = books(method, detail, NARROW, rounding);
    let fills: Vec<(u32, FixedFill<i64>)> = trades.iter().map(|trade| (trade.book, trade.narrow())).collect();
    assert!(distribute(&mut books, &fills).is_ok(), "the stream is in order");
    books
}

fn wide(trades: &[Trade]) -> Vec<FixedBook> {
    let mut books = books(Method::Fifo, Detail::Legs, WIDE, FeeRounding::AtLeast(8));
    for trade in trades {
        let book = usize::try_from(trade.book).ok().and_then(|book| books.get_mut(book));
        assert!(book.is_some_and(|book| book.push_wide(trade.wide()).is_ok()), "the stream is in order");
    }
    books
}

/// Matches the same books again and again, in the memory they have.
fn again<M: Measurement>(
    group: &mut Group<'_, M>,
    name: &str,
    mut books: Vec<FixedBook>,
    threads: NonZeroUsize,
) {
    group.bench_function(name, |bencher| {
        bencher.iter(|| {
            books.iter_mut().for_each(FixedBook::restart);
            let failures = run_all(black_box(&mut books), threads);
            assert!(failures.is_empty(), "nothing of the stream overflows");
        });
    });
}

/// The number of legs and of closed round trips, and the net of the latter.
fn totals(trades: &[Trade]) -> Option<(usize, usize, Decimal)> {
    let mut books = narrow(trades, Method::Fifo, Detail::Legs, FeeRounding::AtLeast(8));
    run_all(&mut books, ONE);
    let mut totals = (0, 0, Decimal::ZERO);
    for rows in books.iter().filter_map(FixedBook::narrow_rows) {
        totals.0 += rows.legs.len();
        totals.1 += rows.trips.len();
        for trip in rows.trips {
            let [commission, fees] = trip.costs;
            let gross = Decimal::from_scaled(i128::from(trip.gross), NARROW.quantity + NARROW.price)?;
            let costs = Decimal::from_scaled(i128::from(commission) + i128::from(fees), NARROW.costs)?;
            totals.2 = totals.2.checked_add(gross)?.checked_sub(costs)?;
        }
    }
    Some(totals)
}

/// The same net, as the baseline has it.
fn net(trips: &[baseline::Trip]) -> Decimal {
    let net: rust_decimal::Decimal = trips.iter().map(|trip| trip.gross - trip.fees).sum();
    net.to_string().parse().unwrap_or_default()
}

/// The fast path in all its forms.
fn narrow_books(group: &mut Group<'_, CoreTime>, trades: &[Trade]) {
    let rounding = FeeRounding::AtLeast(8);
    let fifo = narrow(trades, Method::Fifo, Detail::Legs, rounding);
    again(group, "64 bit", fifo, ONE);
    again(group, "64 bit, last in first out", narrow(trades, Method::Lifo, Detail::Legs, rounding), ONE);
    again(group, "64 bit, exact costs", narrow(trades, Method::Fifo, Detail::Legs, FeeRounding::Exact), ONE);
    again(group, "64 bit, trips only", narrow(trades, Method::Fifo, Detail::Trips, rounding), ONE);
    let orderly = orderly(trades, BOOKS);
    again(group, "64 bit, orderly", narrow(&orderly, Method::Fifo, Detail::Legs, rounding), ONE);
    again(group, "64 bit, orderly, trips only", narrow(&orderly, Method::Fifo, Detail::Trips, rounding), ONE);
    let fills: Vec<(u32, FixedFill<i64>)> = trades.iter().map(|trade| (trade.book, trade.narrow())).collect();
    group.bench_function("64 bit, dealt out from one stream into new memory", |bencher| {
        bencher.iter_batched_ref(
            || books(Method::Fifo, Detail::Legs, NARROW, rounding),
            |books| {
                assert!(distribute(books, black_box(&fills)).is_ok(), "the stream is in order");
                assert!(run_all(books, ONE).is_empty(), "nothing of the stream overflows");
            },
            BatchSize::PerIteration,
        );
    });
}

/// The same fills in decimals, after a look at whether both come to the same.
fn decimal_books(group: &mut Group<'_, CoreTime>, trades: &[Trade]) {
    let fills = baseline::fills(trades);
    let (legs, trips) = baseline::matched(&fills).unwrap_or_default();
    assert_eq!(totals(trades), Some((legs.len(), trips.len(), net(&trips))), "both do the same work");
    drop((legs, trips));
    group.bench_function("rust_decimal", |bencher| {
        bencher.iter_with_large_drop(|| baseline::matched(black_box(&fills)));
    });
}

/// Fills that come to a book of 10^3 to 10^6 fills which is matched already.
fn appended(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("append 1000 fills");
    group.throughput(Throughput::Elements(u64::try_from(LATER).unwrap_or_default()));
    group.sample_size(10).warm_up_time(SHORT).measurement_time(Duration::from_secs(1));
    let trades = trades(FILLS + LATER, 1);
    for before in [1_000, 10_000, 100_000, 1_000_000] {
        let (earlier, later) = trades.split_at(before);
        let later: Vec<FixedFill<i64>> = later.iter().take(LATER).map(Trade::narrow).collect();
        let earlier: Vec<FixedFill<i64>> = earlier.iter().map(Trade::narrow).collect();
        let matched = || {
            let mut books = books(Method::Fifo, Detail::Legs, NARROW, FeeRounding::AtLeast(8));
            books.truncate(1);
            add(&mut books, &earlier);
            books
        };
        group.bench_function(before.to_string(), |bencher| {
            bencher.iter_batched_ref(matched, |books| add(books, black_box(&later)), BatchSize::PerIteration);
        });
    }
    group.finish();
}

/// Gives the fills to each book and matches them.
fn add(books: &mut [FixedBook], fills: &[FixedFill<i64>]) {
    for book in books {
        assert!(fills.iter().try_for_each(|fill| book.push(*fill)).is_ok(), "the stream is in order");
        assert!(book.run().is_ok(), "nothing of the stream overflows");
    }
}

/// One thread and two, by the clock on the wall: only worth reading where two cores are free.
fn threads(criterion: &mut Criterion, trades: &[Trade]) {
    let mut group = criterion.benchmark_group("threads");
    group.throughput(Throughput::Elements(u64::try_from(FILLS).unwrap_or_default()));
    group.sample_size(10).warm_up_time(SHORT).measurement_time(Duration::from_secs(1));
    let narrow = narrow(trades, Method::Fifo, Detail::Legs, FeeRounding::AtLeast(8));
    let wide = wide(trades);
    for (name, threads) in [("one", ONE), ("two", TWO)] {
        again(&mut group, &format!("64 bit, {name}"), narrow.clone(), threads);
        again(&mut group, &format!("128 bit, {name}"), wide.clone(), threads);
    }
    group.finish();
}

fn main() {
    let mut criterion = Criterion::default().with_measurement(CoreTime::new()).configure_from_args();
    let mut group = criterion.benchmark_group("engine");
    group.throughput(Throughput::Elements(u64::try_from(FILLS).unwrap_or_default()));
    group.sample_size(10).warm_up_time(SHORT).measurement_time(Duration::from_secs(2));
    let trades = trades(FILLS, BOOKS);
    decimal_books(&mut group, &trades);
    narrow_books(&mut group, &trades);
    again(&mut group, "128 bit", wide(&trades), ONE);
    group.finish();
    let mut criterion = Criterion::default().configure_from_args();
    threads(&mut criterion, &trades);
    appended(&mut criterion);
    criterion.final_summary();
}
