//! A history that grows and shrinks in any way is the history of all its events.

use ledger::{
    Cash, Decimal, Event, Expiry, FeeRounding, Fraction, History, Side, Split, Terms, Timestamp, match_events,
};
use proptest::prelude::*;

use crate::strategies::{any_fills, any_terms, fill, terms};

/// Fills with splits, cash and expiries among them, in order.
fn any_events() -> impl Strategy<Value = Vec<Event>> {
    let other = (any::<prop::sample::Index>(), 0_u8..4, -500_i64..500);
    (any_fills(), prop::collection::vec(other, 0..8)).prop_map(|(fills, others)| {
        let mut events: Vec<Event> = fills.iter().cloned().map(Event::Fill).collect();
        for (number, (index, kind, amount)) in others.into_iter().enumerate() {
            let (id, time, sequence) = (format!("X{number}"), index.get(&fills).time, amount % 3);
            events.push(match kind {
                0 => Event::Split(Split { id, time, sequence, ratio: "3/2".parse().unwrap() }),
                1 => Event::Split(Split { id, time, sequence, ratio: "1/3".parse().unwrap() }),
                2 => Event::Cash(Cash { id, time, sequence, amount: Decimal::from(amount) }),
                _ => Event::Expiry(Expiry { id, time, sequence, price: Decimal::ZERO }),
            });
        }
        events.sort_by(|left, right| left.key().cmp(&right.key()));
        events
    })
}

fn assert_is_whole(history: &History, terms: Terms) -> Result<(), TestCaseError> {
    let whole = match_events(terms, history.events()).unwrap();
    prop_assert_eq!(&history.matched().unwrap(), &whole);
    prop_assert_eq!(history.legs(), &whole.legs[..]);
    let open = history.open_round_trip();
    prop_assert_eq!(open.map_or(Vec::new(), |(_, lots)| lots), whole.open_lots);
    Ok(())
}

proptest! {
    #[test]
    fn events_may_arrive_in_any_order_and_pieces(
        terms in any_terms(),
        (events, shuffled) in any_events().prop_flat_map(|events| (Just(events.clone()), Just(events).prop_shuffle())),
        piece in 1_usize..9,
    ) {
        let mut history = History::new(terms);

        for piece in shuffled.chunks(piece) {
            let before = history.matched().unwrap();
            let first_changed = history.insert(piece.to_vec()).unwrap();

            assert_is_whole(&history, terms)?;
            let after = history.matched().unwrap();
            let standing = first_changed.min(before.round_trips.len());
            prop_assert_eq!(&before.round_trips[..standing], &after.round_trips[..standing]);
        }
        prop_assert_eq!(history.events(), &events[..]);
        prop_assert_eq!(history.matched().unwrap(), match_events(terms, &events).unwrap());
    }

    #[test]
    fn what_is_taken_out_might_as_well_never_have_been(
        terms in any_terms(), events in any_events(), gone in prop::collection::vec(any::<prop::sample::Index>(), 1..5),
    ) {
        let mut history = History::new(terms);
        history.insert(events.clone()).unwrap();
        let gone: Vec<Event> = gone.iter().map(|index| index.get(&events).clone()).collect();

        history.remove(&gone).unwrap();

        prop_assert!(history.events().iter().all(|event| !gone.contains(event)));
        assert_is_whole(&history, terms)?;
        history.insert(gone).unwrap();
        prop_assert_eq!(history.matched().unwrap(), match_events(terms, &events).unwrap());
    }
}

#[test]
fn the_same_event_again_changes_nothing() {
    let mut history = History::new(terms(FeeRounding::Exact));
    let fills =
        [fill("a", 1, Side::Buy, "2", "10", "1"), fill("b", 2, Side::Sell, "1", "12", "1")].map(Event::Fill);
    assert_eq!(history.insert(fills.to_vec()), Ok(0));
    let before = history.matched();

    assert_eq!(history.insert(vec![fills[0].clone()]), Ok(1));
    assert_eq!(history.remove(&[Event::Fill(fill("c", 1, Side::Buy, "2", "10", "1"))]), Ok(1));

    assert_eq!(history.matched(), before);
}

#[test]
fn only_round_trips_from_the_one_that_was_open_change() {
    let mut history = History::new(terms(FeeRounding::Exact));
    let trips = (0..5).flat_map(|trip| {
        let (bought, sold) = (format!("b{trip}"), format!("s{trip}"));
        [
            fill(&bought, 10 * trip, Side::Buy, "1", "10", "0"),
            fill(&sold, 10 * trip + 5, Side::Sell, "1", "11", "0"),
        ]
    });
    history.insert(trips.map(Event::Fill).collect()).unwrap();

    let within = history.insert(vec![Event::Fill(fill("late", 33, Side::Buy, "1", "10", "0"))]).unwrap();
    let between = history.insert(vec![Event::Fill(fill("gap", 7, Side::Sell, "1", "10", "0"))]).unwrap();

    assert_eq!((within, between), (3, 1));
}

#[test]
fn an_event_that_cannot_be_taken_leaves_the_history_as_it_was() {
    let mut history = History::new(terms(FeeRounding::Exact));
    history.insert(vec![Event::Fill(fill("a", 1, Side::Buy, "2", "10", "1"))]).unwrap();
    let before = history.matched();
    let nothing =
        Event::Split(Split { id: "s".into(), time: Timestamp(0), sequence: 0, ratio: Fraction::ZERO });

    let error =
        history.insert(vec![Event::Fill(fill("b", 9, Side::Sell, "2", "10", "1")), nothing]).unwrap_err();

    assert_eq!(error.to_string(), "s: the ratio of a split has to be above zero");
    assert_eq!((history.events().len(), history.matched()), (1, before));
}
