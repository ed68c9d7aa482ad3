//! What comes out is what the ledger says of the whole book.

use super::*;
use crate::domain::{
    event::{EventKind, tests::event},
    fill::tests::fill,
};
use ledger::Fill;
use proptest::prelude::*;
use uuid::Uuid;

const ACCOUNT: AccountId = AccountId(Uuid::nil());

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn matched(closed_quantity: &str, fills: &[Fill]) -> Vec<RoundTrip> {
    let terms = terms(Decimal::ONE, Method::Fifo);
    let events: Vec<Event> = fills.iter().cloned().map(Event::Fill).collect();
    trips_of(Matching::new(ACCOUNT, terms, after(closed_quantity.parse().unwrap())), &events)
}

fn after(closed_quantity: Fraction) -> Resume {
    Resume { closed_quantity, opens: None }
}

fn trips_of(mut matching: Matching, events: &[Event]) -> Vec<RoundTrip> {
    let mut trips: Vec<_> = events
        .iter()
        .filter_map(|event| matching.apply(event, "stock").unwrap())
        .map(|trip| trip.row)
        .collect();
    trips.extend(matching.finish().unwrap().map(|trip| trip.row));
    trips
}

/// Vector 03: one fill closes a long and opens a short, its fee split 100:150.
fn flip() -> Vec<Fill> {
    let mut fills = vec![
        fill("a", 1, Side::Buy, "100", "50").to_ledger(),
        fill("b", 2, Side::Sell, "250", "55").to_ledger(),
        fill("c", 3, Side::Buy, "150", "52").to_ledger(),
    ];
    for (fill, fee) in fills.iter_mut().zip(["2", "5", "3"]) {
        fill.fees = decimal(fee);
    }
    fills
}

#[test]
fn a_flip_ends_one_trade_and_opens_the_next() {
    let trips = matched("0", &flip());

    let nets: Vec<_> = trips.iter().map(|trip| trip.net.to_string()).collect();
    assert_eq!(nets, ["496", "444"]);
    let ids: Vec<_> = trips.iter().map(|trip| trip.id).collect();
    assert_eq!(ids, [TradeId::opened_by(ACCOUNT, "a"), TradeId::opened_by(ACCOUNT, "b")]);
    assert_eq!(trips[1].opening_closed_quantity, Fraction::from(100));
    assert_eq!(trips[0].closing.as_ref(), Some(&trips[1].opening));
}

#[test]
fn matching_resumed_at_a_flip_gives_the_same_trade() {
    assert_eq!(matched("100", &flip()[1..]), matched("0", &flip())[1..]);
}

#[test]
fn an_open_trade_shows_what_is_realised() {
    let mut fills = vec![
        fill("a", 1, Side::Buy, "691", "43.1").to_ledger(),
        fill("b", 2, Side::Sell, "100", "44.19").to_ledger(),
    ];
    fills[0].commission = decimal("3.455");
    fills[1].commission = decimal("1.1108314");

    let trip = matched("0", &fills).remove(0);

    assert_eq!((trip.closing, trip.quantity), (None, decimal("591")));
    assert_eq!((trip.gross, trip.commissions), (decimal("109"), decimal("1.6108314")));
    assert_eq!(trip.net, decimal("107.3891686"));
}

#[test]
fn a_split_and_a_dividend_belong_to_the_trade_that_is_open() {
    let two_for_one = EventKind::Split { to: Decimal::from(2), from: Decimal::ONE };
    let dividend = || EventKind::Cash { amount: decimal("7.5") };
    let events = [
        event("early", 0, dividend()).to_ledger(),
        Event::Fill(fill("a", 1, Side::Buy, "10", "100").to_ledger()),
        event("split", 2, two_for_one).to_ledger(),
        event("dividend", 3, dividend()).to_ledger(),
        Event::Fill(fill("b", 4, Side::Sell, "20", "51").to_ledger()),
        event("late", 5, dividend()).to_ledger(),
    ];
    let matching = Matching::new(ACCOUNT, terms(Decimal::ONE, Method::Fifo), Resume::default());

    let trips = trips_of(matching, &events);

    let [trip] = trips.as_slice() else { panic!("{trips:?}") };
    let told = [trip.gross, trip.other, trip.net, trip.entry_quantity];
    assert_eq!(told, ["20", "7.5", "27.5", "20"].map(decimal));
    assert_eq!((trips[0].fill_count, trips[0].closing.as_ref().unwrap().id.as_str()), (2, "b"));
}

#[test]
fn an_expiry_closes_and_an_exercise_of_more_than_is_held_opens_the_other_side() {
    let terms = terms(Decimal::from(100), Method::Fifo);
    let bought = Event::Fill(fill("a", 1, Side::Buy, "2", "1.5").to_ledger());
    let expiry = event("x", 2, EventKind::Expiry { price: Decimal::ZERO }).to_ledger();
    let exercise =
        event("x", 2, EventKind::Exercise { quantity: Decimal::from(3), fee: Decimal::ZERO }).to_ledger();

    let expired = trips_of(Matching::new(ACCOUNT, terms, Resume::default()), &[bought.clone(), expiry]);
    let exercised = trips_of(Matching::new(ACCOUNT, terms, Resume::default()), &[bought, exercise.clone()]);

    assert_eq!((expired.len(), expired[0].net), (1, decimal("-300")));
    let told: Vec<_> = exercised.iter().map(|t| (t.direction, t.quantity, t.opening.rank)).collect();
    assert_eq!(told, [(Direction::Long, Decimal::ZERO, 1), (Direction::Short, Decimal::ONE, 2)]);
    let resume = Resume { opens: Some((Direction::Short, "stock".to_owned())), ..after(Fraction::from(2)) };
    assert_eq!(trips_of(Matching::new(ACCOUNT, terms, resume), &[exercise]), exercised[1..]);
}

proptest! {
    #[test]
    fn the_trades_are_those_of_the_ledger(
        orders in prop::collection::vec((any::<bool>(), 1..5_i64, 90..110_i64, -3..9_i64), 0..60)
    ) {
        let fills: Vec<Fill> = orders.into_iter().zip(1..).map(|((buys, lots, price, fee), second)| Fill {
            quantity: Decimal::from(lots),
            price: Decimal::from(price),
            commission: Decimal::from_scaled(fee.into(), 2).unwrap(),
            ..fill(&format!("e{second}"), second, if buys { Side::Buy } else { Side::Sell }, "1", "1").to_ledger()
        }).collect();
        let whole = ledger::match_fills(terms(Decimal::ONE, Method::Fifo), &fills).unwrap();

        let trips = matched("0", &fills);

        let told = trips.iter().map(|trip| (trip.opening.id.clone(), trip.net, trip.fill_count));
        let expected = whole.round_trips.iter().map(|trip| (
            fills[trip.opening].execution_id.clone(),
            trip.net.to_decimal().unwrap(),
            i64::try_from(trip.fill_count()).unwrap(),
        ));
        prop_assert_eq!(told.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
    }
}

#[test]
fn numbers_beyond_76_digits_are_an_error_not_a_rounded_result() {
    let large = "9".repeat(60);
    let terms = terms(Decimal::ONE, Method::Fifo);
    let mut matching = Matching::new(ACCOUNT, terms, Resume::default());

    let event =
        |id, second, side, price: &str| Event::Fill(fill(id, second, side, &large, price).to_ledger());
    matching.apply(&event("a", 1, Side::Buy, &large), "stock").unwrap();
    let error = matching.apply(&event("b", 2, Side::Sell, "0"), "stock").unwrap_err();

    assert_eq!(error, LedgerError { execution_id: "b".to_owned(), fault: Fault::Overflow });
}
