//! Many books at once: mixed streams, threads, and what fails.

use std::num::NonZeroUsize;

use ledger::fixed::{Detail, FixedBook, FixedError, FixedFault, FixedFill, Scales, distribute, run_all};
use ledger::{FeeRounding, Matched, Timestamp};
use proptest::prelude::*;

use crate::strategies::terms;

const SCALES: Scales = Scales { quantity: 0, price: 2, costs: 2 };

fn books(count: usize) -> Vec<FixedBook> {
    let new = |_| FixedBook::new(terms(FeeRounding::Places(2)), Detail::Legs, SCALES).unwrap();
    (0..count).map(new).collect()
}

fn threads(count: usize) -> NonZeroUsize {
    NonZeroUsize::new(count).unwrap()
}

fn results(books: &[FixedBook]) -> Vec<Result<Matched, FixedError>> {
    books.iter().map(FixedBook::matched).collect()
}

/// Fills of seven books in one order; prices are so large at times that a book turns wide, or fails.
fn any_stream() -> impl Strategy<Value = Vec<(u32, FixedFill<i64>)>> {
    let price = prop_oneof![20 => -100_i64..5_000, 1 => Just(i64::MAX)];
    let row = (0_u32..7, prop_oneof![-9_i64..0, 1_i64..10], price, -20_i64..250);
    prop::collection::vec(row, 0..200).prop_map(|rows| {
        let fill = |(time, (book, quantity, price, commission))| {
            (book, FixedFill { time: Timestamp(time), quantity, price, commission, fees: 0 })
        };
        (0..).zip(rows).map(fill).collect()
    })
}

proptest! {
    #[test]
    fn the_number_of_threads_does_not_matter(fills in any_stream(), count in 2_usize..9) {
        let (mut one, mut many) = (books(7), books(7));
        distribute(&mut one, &fills).unwrap();
        distribute(&mut many, &fills).unwrap();

        prop_assert_eq!(run_all(&mut one, threads(1)), run_all(&mut many, threads(count)));
        prop_assert_eq!(results(&one), results(&many));
    }

    #[test]
    fn a_mixed_stream_gives_what_its_books_give_alone(fills in any_stream()) {
        let mut mixed = books(7);
        distribute(&mut mixed, &fills).unwrap();
        run_all(&mut mixed, threads(2));

        let mut alone = books(7);
        for (book, fill) in &fills {
            let book = &mut alone[usize::try_from(*book).unwrap()];
            book.push(*fill).unwrap();
            book.run().unwrap();
        }
        prop_assert_eq!(results(&mixed), results(&alone));
    }

    #[test]
    fn a_restarted_book_gives_the_same_again(fills in any_stream()) {
        let mut books = books(7);
        distribute(&mut books, &fills).unwrap();
        run_all(&mut books, threads(1));
        let first = results(&books);

        books.iter_mut().for_each(FixedBook::restart);
        prop_assert_eq!(books.iter().map(FixedBook::waiting).sum::<usize>(), fills.len());
        run_all(&mut books, threads(1));

        prop_assert_eq!(results(&books), first);
    }
}

#[test]
fn a_book_counts_its_fills() {
    let mut book = books(1).remove(0);
    assert!(book.is_empty());

    book.push(FixedFill { quantity: 1, ..FixedFill::default() }).unwrap();

    assert_eq!((book.is_empty(), book.len(), book.waiting()), (false, 1, 1));
}

#[test]
fn books_that_fail_are_listed_in_order_and_the_others_are_matched() {
    let mut books = books(5);
    let fill = |quantity, price| FixedFill { quantity, price, ..FixedFill::default() };
    for (position, book) in books.iter_mut().enumerate() {
        book.push_wide(fill(1, 100)).unwrap();
        let price = if position % 2 == 1 { i128::MAX } else { 200 };
        book.push_wide(fill(-i128::MAX, price)).unwrap();
    }

    let failures = run_all(&mut books, threads(3));

    let overflow = FixedError { fill: 1, fault: FixedFault::Overflow };
    assert_eq!(failures, [(1, overflow), (3, overflow)]);
    assert_eq!(books[4].matched().unwrap().round_trips[0].gross.to_string(), "1");
}

#[test]
fn a_refused_fill_of_a_mixed_stream_is_named_with_its_book() {
    let fill = |quantity| FixedFill { quantity, ..FixedFill::default() };
    let stream = [(0, fill(1)), (1, fill(1)), (1, fill(0)), (0, fill(1))];
    let mut books = books(2);

    let refused = FixedError { fill: 1, fault: FixedFault::NonPositiveQuantity };
    assert_eq!(distribute(&mut books, &stream), Err((1, refused)));
}
