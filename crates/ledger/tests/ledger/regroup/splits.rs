//! One round trip as several trades, along its legs.

use std::collections::BTreeMap;

use ledger::regroup::{Along, Split};
use ledger::{BookStatement, Day, FeeRounding, Fill, Fraction, Method, Sums, Terms, Timestamp};

use crate::strategies::terms;

use super::books::{Books, apply, book, outlines, split, statement};

/// Two entries, three exits, one of which closes both entries' shares, and two shares still open.
const SCALED: &str = "a+10@5 b-4@6 c+10@7 d-8@8 e-6@9";

fn scaled() -> Books {
    BTreeMap::from([("x", book(SCALED))])
}

#[test]
fn each_scale_out_is_a_trade_and_the_last_has_what_is_open() {
    let regrouped = apply(&scaled(), &[], &[split("a", Along::Exits, "e d")]);

    assert_eq!(outlines(&regrouped, "x"), ["a 4 4 4 2.6", "a/d 8 8 20 18.2", "a/e 8 6 12 10.4"]);
    let [first, second, third] = regrouped.trades.as_slice() else { unreachable!("three parts") };
    assert_eq!(first.closed_at, Some(Timestamp(60_000_000_000)));
    assert_eq!(second.opened_at, Timestamp(0), "it has shares of the first entry");
    assert_eq!(third.opened_at, Timestamp(120_000_000_000));
    assert_eq!(third.closed_at, None);
    assert_eq!([&first.legs, &second.legs, &third.legs], [&vec![0], &vec![1, 2], &vec![3]]);
    assert_eq!([&second.open_lots, &third.open_lots], [&vec![], &vec![0]]);
}

#[test]
fn each_scale_in_is_a_trade_with_what_closes_it() {
    let regrouped = apply(&scaled(), &[], &[split("a", Along::Entries, "c")]);

    assert_eq!(outlines(&regrouped, "x"), ["a 10 10 22 19.25", "a/c 10 8 14 11.95"]);
    assert_eq!(regrouped.trades[0].closed_at, Some(Timestamp(180_000_000_000)));
    assert_eq!(regrouped.trades[1].closed_at, None);
}

#[test]
fn exits_can_be_cut_one_by_one_and_by_day() {
    let statement = book(SCALED);
    let half = |time: Timestamp| Day(i32::from(time >= Timestamp(180_000_000_000)));

    let each = Split::at_each_exit(&statement, 0);
    let days = Split::at_each_day(&statement, 0, half);

    assert_eq!(each, Some(split("a", Along::Exits, "d e")));
    assert_eq!(days, Some(split("a", Along::Exits, "d")));
    assert_eq!(Split::at_each_exit(&statement, 1), None);
}

#[test]
fn a_fill_that_flips_cuts_only_the_round_trip_it_closes() {
    let books = BTreeMap::from([("x", book("a+5@1 b-2@2 c-5@3 d+1@1 e+1@1"))]);

    let cuts = [split("a", Along::Exits, "c"), split("c", Along::Exits, "e")];
    let regrouped = apply(&books, &[], &cuts);

    assert_eq!(outlines(&regrouped, "x"), ["a 2 2 2 0.6", "a/c 3 3 6 4.8", "c 1 1 2 0.8", "c/e 1 1 2 0.8"]);
    assert!(regrouped.void.is_empty());
}

#[test]
fn what_belongs_to_no_leg_goes_to_the_last_part() {
    let mut statement: BookStatement = book("a+5@1 b-2@2 c-3@3");
    let trip = &mut statement.matched.round_trips[0];
    trip.other = Fraction::from(7);
    trip.net += &Fraction::from(7);
    trip.net_in_account += &Fraction::from(7);
    let whole = Sums::from(&*trip);

    let regrouped = apply(&BTreeMap::from([("x", statement)]), &[], &[split("a", Along::Exits, "c")]);

    assert_eq!(outlines(&regrouped, "x"), ["a 2 2 2 0.6", "a/c 3 3 6 11.4"]);
    assert_eq!(regrouped.trades[1].sums.other, Fraction::from(7));
    assert_eq!(regrouped.trades.iter().map(|trade| trade.sums.clone()).sum::<Sums>(), whole);
}

#[test]
fn an_average_has_no_entries_to_cut() {
    let average = Terms { method: Method::Average, ..terms(FeeRounding::Exact) };
    let minutes = [("a", "5"), ("b", "3")].map(|(id, price)| {
        crate::strategies::fill(id, i64::from(id == "b"), ledger::Side::Buy, "1", price, "0")
    });
    let sale = crate::strategies::fill("c", 9, ledger::Side::Sell, "2", "6", "0");
    let fills: Vec<Fill> = minutes.into_iter().chain([sale]).collect();
    let books = BTreeMap::from([("x", statement(average, &fills))]);

    let regrouped = apply(&books, &[], &[split("a", Along::Entries, "b")]);

    assert_eq!(regrouped.void[0].fault, ledger::regroup::RegroupFault::InsideLeg);
    assert_eq!(outlines(&regrouped, "x"), ["a 2 2 4 4"]);
}
