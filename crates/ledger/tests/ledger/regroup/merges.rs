//! Consecutive round trips as one trade.

use ledger::{Direction, Timestamp};

use super::books::{apply, books, merge, outlines};

#[test]
fn without_entries_every_round_trip_is_a_trade() {
    let regrouped = apply(&books(), &[], &[]);

    assert_eq!(
        outlines(&regrouped, "x"),
        ["a 10 10 10 8", "c 4 4 8 6", "e 6 6 18 49/3", "f 3 3 3 5/3", "h 2 0 0 0"]
    );
    assert_eq!(outlines(&regrouped, "y"), ["p 1 1 1 -1"]);
    assert!(regrouped.void.is_empty());
}

#[test]
fn merged_round_trips_add_up_in_any_order_of_their_ids() {
    for ids in ["a c e", "e a c"] {
        let regrouped = apply(&books(), &[merge(ids)], &[]);

        assert_eq!(outlines(&regrouped, "x"), ["a 20 20 36 91/3", "f 3 3 3 5/3", "h 2 0 0 0"]);
        let trade = &regrouped.trades[0];
        assert_eq!(trade.round_trips, 0..3);
        assert_eq!(trade.legs, [0, 1, 2]);
        assert_eq!(trade.direction, None);
        assert_eq!(trade.opened_at, Timestamp(0));
        assert_eq!(trade.closed_at, Some(Timestamp(5 * 60_000_000_000)));
    }
}

#[test]
fn a_trade_is_open_while_its_last_round_trip_is() {
    let regrouped = apply(&books(), &[merge("f h")], &[]);

    let trade = &regrouped.trades[3];
    assert_eq!(trade.closed_at, None);
    assert_eq!((trade.legs.as_slice(), trade.open_lots.as_slice()), ([3].as_slice(), [0].as_slice()));
    let before = &regrouped.trades[2];
    assert_eq!(before.direction, Some(Direction::Long));
    assert!(before.open_lots.is_empty());
}

#[test]
fn round_trips_of_one_direction_keep_it() {
    let one = super::books::book("a+1@5 b-1@6 c+1@5 d-1@6");

    let regrouped = apply(&[("x", one)].into(), &[merge("a c")], &[]);

    assert_eq!(regrouped.trades[0].direction, Some(Direction::Long));
}
