//! Merges and splits that do not hold are named, and what a late fill does to them.

use std::collections::BTreeMap;

use ledger::regroup::{Along, Entry, Merge, RegroupFault, Regrouping, Split};

use super::books::{Books, apply, book, books, merge, outlines, split};

/// The entries that do not hold, and the execution in the way.
fn void(books: &Books, merges: &[Merge], splits: &[Split]) -> Vec<(Entry, String, RegroupFault)> {
    let regrouped = apply(books, merges, splits);
    let plain = apply(books, &[], &[]);
    if regrouped.void.len() == merges.len() + splits.len() {
        assert_eq!(regrouped.trades, plain.trades, "what does not hold changes nothing");
    }
    regrouped.void.into_iter().map(|error| (error.entry, error.id, error.fault)).collect()
}

#[test]
fn a_merge_that_does_not_hold_is_named() {
    for (ids, id, fault) in [
        ("a z", "z", RegroupFault::UnknownTrade),
        ("a b", "b", RegroupFault::UnknownTrade),
        ("a p", "p", RegroupFault::OtherBook),
        ("p a", "a", RegroupFault::OtherBook),
        ("e a", "a", RegroupFault::NotConsecutive),
        ("a c f", "c", RegroupFault::NotConsecutive),
        ("a c a", "a", RegroupFault::Twice),
        ("a", "a", RegroupFault::TooFew),
        ("", "", RegroupFault::TooFew),
    ] {
        assert_eq!(void(&books(), &[merge(ids)], &[]), [(Entry::Merge(0), id.to_owned(), fault)], "{ids}");
    }
}

#[test]
fn a_split_that_does_not_hold_is_named() {
    let books = BTreeMap::from([("x", book("a+10@5 b-4@6 c+10@7 d-8@8 e-6@9")), ("y", book("p+1@1 q-1@2"))]);
    for (trade, along, begins, id, fault) in [
        ("z", Along::Exits, "d", "z", RegroupFault::UnknownTrade),
        ("b", Along::Exits, "d", "b", RegroupFault::UnknownTrade),
        ("a", Along::Exits, "z", "z", RegroupFault::UnknownFill),
        ("a", Along::Exits, "q", "q", RegroupFault::UnknownFill),
        ("a", Along::Exits, "d c", "c", RegroupFault::InsideLeg),
        ("a", Along::Entries, "d", "d", RegroupFault::InsideLeg),
        ("a", Along::Exits, "b", "b", RegroupFault::EmptyPart),
        ("a", Along::Entries, "a", "a", RegroupFault::EmptyPart),
        ("a", Along::Exits, "d d", "d", RegroupFault::Twice),
        ("a", Along::Exits, "", "a", RegroupFault::TooFew),
    ] {
        let entry = (Entry::Split(0), id.to_owned(), fault);
        assert_eq!(void(&books, &[], &[split(trade, along, begins)]), [entry], "{trade} at {begins}");
    }
}

#[test]
fn a_round_trip_is_in_one_entry_and_the_first_one_counts() {
    let merges = [merge("a c"), merge("c e"), merge("e f")];
    let splits = [split("e", Along::Exits, "f"), split("h", Along::Exits, "h")];

    let overlaps = void(&books(), &merges, &splits);

    assert_eq!(
        overlaps[..2],
        [
            (Entry::Merge(1), "c".to_owned(), RegroupFault::Overlap),
            (Entry::Split(0), "e".to_owned(), RegroupFault::Overlap)
        ]
    );
    assert_eq!(outlines(&apply(&books(), &merges, &splits), "x").len(), 3);
}

#[test]
fn an_opening_in_two_books_is_ambiguous() {
    let twins = BTreeMap::from([("x", book("a+1@1 b-1@2")), ("y", book("a+1@1 b-1@2"))]);

    let entry = (Entry::Merge(0), "a".to_owned(), RegroupFault::Ambiguous);
    assert_eq!(void(&twins, &[merge("a b")], &[]), [entry]);
}

#[test]
fn legs_that_were_not_kept_cannot_be_cut() {
    let mut one = book("a+2@1 b-1@2 c-1@3");
    one.matched.legs.clear();

    let entry = (Entry::Split(0), "a".to_owned(), RegroupFault::LegsDoNotAddUp);
    assert_eq!(void(&[("x", one)].into(), &[], &[split("a", Along::Exits, "c")]), [entry]);
}

#[test]
fn open_lots_that_are_missing_cannot_be_cut() {
    let mut one = book("a+4@1 b-1@2 c-1@3");
    one.matched.open_lots.clear();

    let entry = (Entry::Split(0), "a".to_owned(), RegroupFault::LegsDoNotAddUp);
    assert_eq!(void(&[("x", one)].into(), &[], &[split("a", Along::Exits, "c")]), [entry]);
}

#[test]
fn a_late_fill_makes_an_entry_void_and_leaves_the_others() {
    let regrouping = Regrouping { merges: vec![merge("a c"), merge("e g")], splits: Vec::new() };
    let before = [("x", book("a+1@1 b-1@2 c+1@1 d-1@2 e+1@1 f-1@2 g+1@1 h-1@2"))].into();
    let after = [("x", book("a+1@1 b-1@2 late+1@1 c+1@1 d-2@2 e+1@1 f-1@2 g+1@1 h-1@2"))].into();

    assert_eq!(regrouping.check(&before), Ok(()));
    let error = regrouping.check(&after).unwrap_err();
    let regrouped = regrouping.apply(&after);

    assert_eq!(
        (error.entry, error.id.as_str(), error.fault),
        (Entry::Merge(0), "c", RegroupFault::UnknownTrade)
    );
    assert_eq!(error.to_string(), "merge 0, execution c: no round trip opens with it");
    assert_eq!(regrouped.void, [error]);
    let ids: Vec<_> = regrouped.trades.iter().map(|trade| trade.id.opening.as_str()).collect();
    assert_eq!(ids, ["a", "late", "e"]);
}
