//! Whatever is merged and split, the amounts and quantities stay.

use std::collections::{BTreeMap, BTreeSet};

use ledger::regroup::{Along, Merge, Regrouping, Split};
use ledger::{BookStatement, Fraction, RoundTrip, Sums};
use proptest::prelude::*;

use crate::strategies::{any_fills, any_terms};

use super::books::{Books, statement};

/// Two books whose executions have ids of their own.
fn any_books() -> impl Strategy<Value = Books> {
    (any_terms(), any_fills(), any_fills()).prop_map(|(terms, first, mut second)| {
        for fill in &mut second {
            fill.execution_id = fill.execution_id.replace('E', "F");
        }
        BTreeMap::from([("x", statement(terms, &first)), ("y", statement(terms, &second))])
    })
}

fn opening(book: &BookStatement, trip: usize) -> Option<String> {
    Some(book.executions[book.matched.round_trips.get(trip)?.opening].id.clone())
}

/// Entries that mostly hold: runs of round trips, splits at each exit, at random fills; some overlap, some are void.
fn any_regrouping(books: &Books) -> impl Strategy<Value = Regrouping> + use<> {
    let (books, keys) = (books.clone(), ["x", "y"]);
    let merges = prop::collection::vec((0..2_usize, 0..8_usize, 2..4_usize), 0..4);
    let splits = prop::collection::vec(
        (0..2_usize, 0..8_usize, any::<bool>(), prop::collection::vec(0..50_usize, 0..3)),
        0..6,
    );
    (merges, splits).prop_map(move |(merges, splits)| {
        let merge = |(book, first, count): (usize, usize, usize)| Merge {
            trades: (first..first + count).filter_map(|trip| opening(&books[keys[book]], trip)).collect(),
        };
        let split = |(book, trip, entries, fills): (usize, usize, bool, Vec<usize>)| {
            let book = &books[keys[book]];
            let each = Split::at_each_exit(book, trip)?;
            if fills.is_empty() {
                return Some(each);
            }
            let along = if entries { Along::Entries } else { Along::Exits };
            let last = book.executions.len() - 1;
            let trip = &book.matched.round_trips[trip];
            let ids =
                fills.into_iter().map(|fill| book.executions[(trip.opening + fill % 5).min(last)].id.clone());
            Some(Split { along, begins: ids.collect(), ..each })
        };
        Regrouping {
            merges: merges.into_iter().map(merge).collect(),
            splits: splits.into_iter().filter_map(split).collect(),
        }
    })
}

fn trips(books: &Books) -> impl Iterator<Item = &RoundTrip> {
    books.values().flat_map(|book| &book.matched.round_trips)
}

proptest! {
    #[test]
    fn sums_and_quantities_are_conserved(
        (books, regrouping) in any_books().prop_flat_map(|books| {
            let regrouping = any_regrouping(&books);
            (Just(books), regrouping)
        }),
    ) {
        let trades = regrouping.apply(&books).trades;

        prop_assert_eq!(
            trades.iter().map(|trade| trade.sums.clone()).sum::<Sums>(),
            trips(&books).map(Sums::from).sum::<Sums>()
        );
        let quantities = |trade: &ledger::regroup::Trade<&str>| [trade.entry_quantity.clone(), trade.exit_quantity.clone()];
        let [entered, left]: [Fraction; 2] =
            [0, 1].map(|index| trades.iter().map(|trade| quantities(trade)[index].clone()).sum());
        prop_assert_eq!(entered, trips(&books).map(|trip| &trip.entry_quantity).sum::<Fraction>());
        prop_assert_eq!(left, trips(&books).map(|trip| &trip.exit_quantity).sum::<Fraction>());
        for trade in &trades {
            let Sums { gross, commissions, fees, other, net, .. } = &trade.sums;
            prop_assert_eq!(&(gross - commissions - fees + other), net);
            prop_assert_eq!(trade.closed_at.is_none(), trade.entry_quantity > trade.exit_quantity);
        }
    }

    #[test]
    fn every_leg_and_open_lot_is_in_one_trade_and_ids_are_unique(
        (books, regrouping) in any_books().prop_flat_map(|books| {
            let regrouping = any_regrouping(&books);
            (Just(books), regrouping)
        }),
    ) {
        let trades = regrouping.apply(&books).trades;

        for (key, book) in &books {
            let of = || trades.iter().filter(|trade| trade.book == *key);
            let mut legs: Vec<usize> = of().flat_map(|trade| trade.legs.clone()).collect();
            let mut lots: Vec<usize> = of().flat_map(|trade| trade.open_lots.clone()).collect();
            legs.sort_unstable();
            lots.sort_unstable();
            prop_assert!(legs.into_iter().eq(0..book.matched.legs.len()));
            prop_assert!(lots.into_iter().eq(0..book.matched.open_lots.len()));
        }
        let ids: BTreeSet<_> = trades.iter().map(|trade| &trade.id).collect();
        prop_assert_eq!(ids.len(), trades.len());
    }

    #[test]
    fn entries_that_hold_hold_alone(
        (books, regrouping) in any_books().prop_flat_map(|books| {
            let regrouping = any_regrouping(&books);
            (Just(books), regrouping)
        }),
    ) {
        use ledger::regroup::Entry;

        let void: BTreeSet<Entry> = regrouping.apply(&books).void.into_iter().map(|error| error.entry).collect();
        let merges = (0..).zip(&regrouping.merges).filter(|(number, _)| !void.contains(&Entry::Merge(*number)));
        let splits = (0..).zip(&regrouping.splits).filter(|(number, _)| !void.contains(&Entry::Split(*number)));
        let holding = Regrouping {
            merges: merges.map(|(_, merge)| merge.clone()).collect(),
            splits: splits.map(|(_, split)| split.clone()).collect(),
        };

        prop_assert_eq!(holding.check(&books), Ok(()));
        prop_assert_eq!(holding.apply(&books).trades, regrouping.apply(&books).trades);
    }
}
