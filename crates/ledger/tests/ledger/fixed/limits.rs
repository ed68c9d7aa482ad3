//! Where the widths end: 64 bits, 128 bits, and what no width takes.

use ledger::fixed::{Detail, FixedBook, FixedError, FixedFault, FixedFill, Scales};
use ledger::{FeeRounding, Fill, Side, Terms, Timestamp};

use super::{fixed, general};
use crate::strategies::{fill, terms};

const NO_PLACES: Scales = Scales { quantity: 0, price: 0, costs: 0 };

fn cents() -> Terms {
    terms(FeeRounding::AtLeast(2))
}

fn refused(fault: FixedFault, fill: usize) -> FixedError {
    FixedError { fill, fault }
}

fn row<N: Default>(second: i64, quantity: N, price: N) -> FixedFill<N> {
    FixedFill { time: Timestamp(second), quantity, price, ..FixedFill::default() }
}

/// A round trip of 64-bit numbers whose notional needs more.
fn large_product() -> Vec<Fill> {
    vec![
        fill("a", 1, Side::Buy, "4000000000", "1", "3.10"),
        fill("b", 2, Side::Sell, "1000000000", "5000000000", "1"),
        fill("c", 3, Side::Sell, "5000000000", "-0.5", "-0.07"),
    ]
}

#[test]
fn a_book_whose_money_overflows_64_bits_is_matched_again_in_128() {
    let fills = large_product();

    for detail in [Detail::Legs, Detail::Trips] {
        let mut book = FixedBook::of(cents(), detail, &fills).unwrap();
        assert!(book.narrow_rows().is_some(), "every number of the fills fits");
        book.run().unwrap();

        assert!(book.wide_rows().is_some());
        assert_eq!(book.matched().unwrap(), general(cents(), detail, &fills));
    }
}

#[test]
fn an_overflow_after_fills_that_were_matched_keeps_what_they_gave() {
    let mut fills = vec![
        fill("A", 0, Side::Buy, "3", "10", "1"),
        fill("B", 0, Side::Sell, "2", "11", "1"),
        fill("C", 0, Side::Sell, "1", "12", "1"),
    ];
    let mut book = fixed(cents(), Detail::Legs, &fills);
    assert!(book.narrow_rows().is_some());
    fills.extend(large_product());

    book.append(&large_product()).unwrap();
    book.run().unwrap();

    assert_eq!(book.matched().unwrap(), general(cents(), Detail::Legs, &fills));
}

#[test]
fn a_position_that_overflows_64_bits_is_held_in_128() {
    let nearly = i64::MAX.to_string();
    let fills = [
        fill("a", 1, Side::Sell, &nearly, "0", "0"),
        fill("b", 2, Side::Sell, &nearly, "-1", "0"),
        fill("c", 3, Side::Buy, "1", "-1", "0"),
    ];

    let book = fixed(cents(), Detail::Legs, &fills);

    assert!(book.wide_rows().is_some());
    assert_eq!(book.matched().unwrap(), general(cents(), Detail::Legs, &fills));
}

#[test]
fn a_fee_times_a_quantity_may_overflow_64_bits() {
    let terms = terms(FeeRounding::AtLeast(8));
    let fills = [
        fill("a", 1, Side::Buy, "3000000000001", "0.000001", "12345678.12345678"),
        fill("b", 2, Side::Sell, "1000000000000", "0.000001", "-12345678.12345679"),
        fill("c", 3, Side::Sell, "2500000000000", "0.000002", "1"),
    ];

    let book = fixed(terms, Detail::Legs, &fills);

    assert!(book.narrow_rows().is_some());
    assert_eq!(book.matched().unwrap(), general(terms, Detail::Legs, &fills));
}

#[test]
fn the_smallest_64_bit_quantity_is_a_sale_of_128_bits() {
    let mut book = FixedBook::new(terms(FeeRounding::Exact), Detail::Legs, NO_PLACES).unwrap();
    book.push(row(1, i64::MIN, 1)).unwrap();
    book.push(row(2, 1, 1)).unwrap();
    book.run().unwrap();

    let open = &book.matched().unwrap().round_trips[0];
    assert_eq!(open.peak_quantity.to_string(), "9223372036854775808");
    assert_eq!(open.exit_quantity.to_string(), "1");
}

#[test]
fn money_beyond_256_bits_names_the_fill_and_stays_an_error() {
    let mut book = FixedBook::new(terms(FeeRounding::Exact), Detail::Legs, NO_PLACES).unwrap();
    book.push_wide(row(1, 5, 1)).unwrap();
    book.push_wide(row(2, i128::MAX, i128::MAX)).unwrap();
    book.push_wide(row(3, -1, 1)).unwrap();

    let overflow = refused(FixedFault::Overflow, 1);
    assert_eq!(book.run(), Err(overflow));
    assert_eq!(book.run(), Err(overflow));
    assert_eq!(book.failure(), Some(overflow));
    assert_eq!(book.matched(), Err(overflow));
}

#[test]
fn a_position_beyond_128_bits_names_the_fill() {
    for detail in [Detail::Legs, Detail::Trips] {
        let mut book = FixedBook::new(terms(FeeRounding::Exact), detail, NO_PLACES).unwrap();
        book.push_wide(row(1, i128::MAX, 0)).unwrap();
        book.push_wide(row(2, 1, 0)).unwrap();

        assert_eq!(book.run(), Err(refused(FixedFault::Overflow, 1)));
    }
}

#[test]
fn numbers_beyond_128_bits_are_refused_with_the_fill() {
    let long = "9".repeat(39);
    let fills = [fill("a", 1, Side::Buy, "1", "1", "0"), fill("b", 2, Side::Buy, "1", &long, "0")];

    assert_eq!(FixedBook::of(cents(), Detail::Legs, &fills).err(), Some(refused(FixedFault::TooWide, 1)));
}

#[test]
fn scales_that_no_product_can_have_are_refused() {
    let deep = Scales { quantity: 40, price: 37, costs: 2 };
    let shallow = Scales { quantity: 0, price: 0, costs: 1 };

    assert_eq!(FixedBook::new(cents(), Detail::Legs, deep).err(), Some(FixedFault::TooWide));
    assert_eq!(FixedBook::new(cents(), Detail::Legs, shallow).err(), Some(FixedFault::TooWide));
}

#[test]
fn a_fill_without_quantity_is_refused_and_the_book_goes_on() {
    let mut book = FixedBook::new(cents(), Detail::Legs, Scales { costs: 2, ..NO_PLACES }).unwrap();
    book.push(row(1, 2, 10)).unwrap();

    assert_eq!(book.push(row(2, 0, 10)), Err(refused(FixedFault::NonPositiveQuantity, 1)));
    let negative = fill("x", 3, Side::Buy, "-1", "10", "0");
    assert_eq!(book.append(&[negative]), Err(refused(FixedFault::NonPositiveQuantity, 1)));

    book.push(row(4, -2, 11)).unwrap();
    book.run().unwrap();
    assert_eq!(book.matched().unwrap().round_trips[0].gross.to_string(), "2");
}

#[test]
fn fills_out_of_order_are_refused() {
    let fills = [fill("b", 1, Side::Buy, "1", "1", "0"), fill("a", 1, Side::Buy, "1", "1", "0")];
    assert_eq!(FixedBook::of(cents(), Detail::Legs, &fills).err(), Some(refused(FixedFault::OutOfOrder, 1)));

    let mut book = fixed(cents(), Detail::Legs, &fills[..1]);
    let earlier = fill("c", 0, Side::Buy, "1", "1", "0");
    assert_eq!(book.append(&[earlier]), Err(refused(FixedFault::OutOfOrder, 1)));
    assert_eq!(book.push_wide(row(0, 1, 1)), Err(refused(FixedFault::OutOfOrder, 1)));
}

#[test]
fn fills_with_more_places_rescale_the_book() {
    let mut fills = vec![fill("a", 1, Side::Buy, "3", "10", "1"), fill("b", 2, Side::Sell, "1", "11", "1")];
    let mut book = fixed(cents(), Detail::Legs, &fills);
    assert_eq!(book.scales(), Scales { quantity: 0, price: 0, costs: 2 });
    let finer = fill("c", 3, Side::Sell, "2.5", "11.125", "0.0001");
    fills.push(finer.clone());

    book.append(&[finer]).unwrap();
    book.run().unwrap();

    assert_eq!(book.scales(), Scales { quantity: 1, price: 3, costs: 4 });
    assert!(book.narrow_rows().is_some());
    assert_eq!(book.matched().unwrap(), general(cents(), Detail::Legs, &fills));
}
