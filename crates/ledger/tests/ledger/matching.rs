//! Books by hand: what a fill does, what it costs, and what is refused.

use ledger::{
    Book, Decimal, Direction, Fault, FeeRounding, Fill, Fraction, LedgerError, Leg, Matched, Method, Side,
    Status, Terms, Timestamp, match_fills, order,
};

use crate::strategies::{fill, terms};

fn texts<'a>(parts: impl IntoIterator<Item = &'a Fraction>) -> Vec<String> {
    parts.into_iter().map(ToString::to_string).collect()
}

/// One purchase of 3 sold one by one; the purchase costs `cost`.
fn thirds(cost: &str, rounding: FeeRounding) -> Matched {
    let sales = (1..=3).map(|second| fill(&format!("s{second}"), second, Side::Sell, "1", "10", "0"));
    let fills: Vec<Fill> = std::iter::once(fill("b", 0, Side::Buy, "3", "9", cost)).chain(sales).collect();
    match_fills(terms(rounding), &fills).unwrap()
}

fn fault(result: Result<(), LedgerError>) -> (String, Fault) {
    let error = result.unwrap_err();
    (error.execution_id, error.fault)
}

#[test]
fn a_book_without_fills_is_flat() {
    assert_eq!(match_fills(terms(FeeRounding::Exact), &[]), Ok(Matched::default()));
}

#[test]
fn a_position_is_above_zero_when_long_and_below_when_short() {
    let mut book = Book::new(terms(FeeRounding::Exact));

    for (id, second, side, position) in
        [("a", 1, Side::Buy, "3"), ("b", 2, Side::Sell, "0"), ("c", 3, Side::Sell, "-3")]
    {
        book.apply(&fill(id, second, side, "3", "10", "0")).unwrap();

        assert_eq!(book.position().to_string(), position);
        assert_eq!(book.is_flat(), position == "0");
    }
}

#[test]
fn a_flip_belongs_to_both_round_trips_and_its_costs_are_split_by_quantity() {
    let fills = [
        fill("a", 1, Side::Buy, "100", "50", "2"),
        fill("b", 2, Side::Sell, "250", "55", "5"),
        fill("c", 3, Side::Buy, "150", "52", "3"),
    ];

    let Matched { round_trips, legs, open_lots } =
        match_fills(terms(FeeRounding::AtLeast(8)), &fills).unwrap();

    let [long, short] = round_trips.as_slice() else { panic!("two round trips, not {round_trips:?}") };
    assert_eq!((long.direction, long.opening, long.last, long.fill_count()), (Direction::Long, 0, 1, 2));
    assert_eq!((short.direction, short.opening, short.last, short.fill_count()), (Direction::Short, 1, 2, 2));
    assert_eq!(long.closed_at, Some(short.opened_at));
    assert!(long.opening_closed_quantity.is_zero());
    assert_eq!(short.opening_closed_quantity, Decimal::from(100));
    assert_eq!(texts([&long.net, &short.net]), ["496", "444"]);
    assert_eq!(texts([&legs[0].commission_close, &legs[1].commission_open]), ["2", "3"]);
    assert!(open_lots.is_empty());
}

#[test]
fn an_open_round_trip_has_realised_costs_and_its_lots_keep_the_rest() {
    let mut fills = [fill("a", 1, Side::Sell, "4", "20", "1"), fill("b", 2, Side::Buy, "1", "18", "0.5")];
    fills[0].fees = "0.2".parse().unwrap();

    let matched = match_fills(terms(FeeRounding::AtLeast(8)), &fills).unwrap();

    let trip = &matched.round_trips[0];
    assert_eq!((trip.status(), trip.closed_at, trip.last_fill_at), (Status::Open, None, fills[1].time));
    assert_eq!(texts([&trip.commissions, &trip.fees, &trip.net]), ["0.75", "0.05", "1.2"]);
    let lot = &matched.open_lots[0];
    assert_eq!((lot.direction, lot.opening, &lot.quantity), (Direction::Short, 0, &Fraction::from(3)));
    assert_eq!(texts([&lot.commission, &lot.fees]), ["0.75", "0.15"]);
}

#[test]
fn an_open_round_trip_without_exits_has_no_average_exit() {
    let matched = match_fills(terms(FeeRounding::Exact), &[fill("a", 1, Side::Buy, "3", "10", "1")]).unwrap();

    let trip = &matched.round_trips[0];
    assert_eq!(
        (trip.average_exit.clone(), trip.exit_quantity.clone(), trip.gross.clone()),
        (None, Fraction::ZERO, Fraction::ZERO)
    );
    assert_eq!(texts([&trip.average_entry, &trip.net, &matched.open_lots[0].commission]), ["10", "0", "1"]);
}

#[test]
fn parts_of_a_fee_add_up_however_they_are_rounded() {
    for (cost, rounding, parts) in [
        ("0.10", FeeRounding::Places(2), ["0.03", "0.04", "0.03"]),
        ("0.01", FeeRounding::Places(2), ["0", "0.01", "0"]),
        ("-0.10", FeeRounding::Places(2), ["-0.03", "-0.04", "-0.03"]),
        ("0.123", FeeRounding::Places(2), ["0.04", "0.04", "0.043"]),
        ("1", FeeRounding::Exact, ["1/3", "1/3", "1/3"]),
        ("0.10", FeeRounding::AtLeast(8), ["0.03333333", "0.03333334", "0.03333333"]),
        ("0.00100", FeeRounding::AtLeast(2), ["0", "0.001", "0"]),
        ("0.01001", FeeRounding::AtLeast(2), ["0.00334", "0.00333", "0.00334"]),
    ] {
        let matched = thirds(cost, rounding);

        assert_eq!(texts(matched.legs.iter().map(|leg| &leg.commission_open)), parts, "{cost} {rounding:?}");
        assert_eq!(matched.round_trips[0].commissions, Fraction::from(cost.parse::<Decimal>().unwrap()));
    }
}

#[test]
fn commission_and_fees_are_rounded_each_on_its_own() {
    let mut fills = [
        fill("a", 1, Side::Buy, "3", "10", "0.10"),
        fill("b", 2, Side::Sell, "1", "10", "0"),
        fill("c", 3, Side::Sell, "2", "10", "0"),
    ];
    fills[0].fees = "-0.05".parse().unwrap();

    let matched = match_fills(terms(FeeRounding::Places(2)), &fills).unwrap();

    assert_eq!(texts(matched.legs.iter().map(|leg| &leg.commission_open)), ["0.03", "0.07"]);
    assert_eq!(texts(matched.legs.iter().map(|leg| &leg.fees_open)), ["-0.02", "-0.03"]);
    assert_eq!(texts([&matched.round_trips[0].net]), ["-0.05"]);
}

#[test]
fn the_method_decides_which_lot_is_closed() {
    let fills = [
        fill("a", 1, Side::Buy, "10", "100", "0"),
        fill("b", 2, Side::Buy, "10", "110", "0"),
        fill("c", 3, Side::Sell, "10", "120", "0"),
    ];
    for (method, gross, left) in [(Method::Fifo, "200", "110"), (Method::Lifo, "100", "100")] {
        let terms = Terms { method, ..terms(FeeRounding::Exact) };

        let matched = match_fills(terms, &fills).unwrap();

        assert_eq!(matched.legs[0].gross.to_string(), gross);
        assert_eq!(matched.open_lots[0].price.to_string(), left);
    }
}

#[test]
fn a_multiplier_scales_profit_and_prices_may_be_zero_or_negative() {
    let multiplier = Decimal::from(1000);
    let fills = [
        fill("a", 1, Side::Buy, "2", "-37.63", "0"),
        fill("b", 2, Side::Sell, "1", "0", "0"),
        fill("c", 3, Side::Sell, "1", "-40.00", "0"),
    ];

    let matched = match_fills(Terms { multiplier, ..terms(FeeRounding::Exact) }, &fills).unwrap();

    let gross: Vec<String> = matched.legs.iter().map(|leg| leg.gross.to_string()).collect();
    assert_eq!(gross, ["37630", "-2370"]);
    assert_eq!(
        texts([&matched.round_trips[0].net, &matched.round_trips[0].average_entry]),
        ["35260", "-37.63"]
    );
}

#[test]
fn a_book_without_legs_gives_the_same_round_trips_and_lots() {
    let fills = [fill("a", 1, Side::Buy, "3", "10", "1"), fill("b", 2, Side::Sell, "1", "11", "1")];
    let whole = match_fills(terms(FeeRounding::AtLeast(8)), &fills).unwrap();
    let mut book = Book::new(terms(FeeRounding::AtLeast(8))).without_legs();

    for fill in &fills {
        book.apply(fill).unwrap();
    }

    let legs: Vec<Leg> = Vec::new();
    assert_eq!(book.finish().unwrap(), Matched { legs, ..whole });
}

#[test]
fn order_is_by_time_then_sequence_then_execution_id() {
    let mut fills = [
        fill("d", 2, Side::Buy, "1", "1", "0"),
        fill("c", 1, Side::Buy, "1", "1", "0"),
        fill("b", 1, Side::Buy, "1", "1", "0"),
        fill("a", 1, Side::Buy, "1", "1", "0"),
    ];
    fills[3].sequence = 5;

    order(&mut fills);

    assert_eq!(fills.map(|fill| fill.execution_id), ["b", "c", "a", "d"]);
}

#[test]
fn a_fill_that_does_not_come_after_the_one_before_is_refused_and_changes_nothing() {
    let mut book = Book::new(terms(FeeRounding::Exact));
    let first = Fill { sequence: 7, ..fill("m", 5, Side::Buy, "1", "10", "0") };
    book.apply(&first).unwrap();

    for late in [
        first.clone(),
        Fill { execution_id: "a".to_owned(), ..first.clone() },
        Fill { sequence: 6, execution_id: "z".to_owned(), ..first.clone() },
        Fill { time: Timestamp(1), sequence: 8, execution_id: "z".to_owned(), ..first.clone() },
    ] {
        assert_eq!(fault(book.apply(&late)), (late.execution_id, Fault::OutOfOrder));
    }

    book.apply(&fill("n", 6, Side::Sell, "1", "12", "0")).unwrap();
    let trips = book.finish().unwrap().round_trips;
    assert_eq!((trips.len(), &trips[0].gross, trips[0].last), (1, &Fraction::from(2), 1));
}

#[test]
fn a_quantity_of_zero_or_less_is_refused() {
    let mut book = Book::new(terms(FeeRounding::Exact));

    for quantity in ["0", "-1"] {
        let bad = fill("a", 1, Side::Buy, quantity, "10", "0");
        assert_eq!(fault(book.apply(&bad)), ("a".to_owned(), Fault::NonPositiveQuantity));
    }
    assert_eq!(book.finish(), Ok(Matched::default()));
}

#[test]
fn what_needs_more_than_76_digits_is_still_exact() {
    let huge = "1".to_owned() + &"0".repeat(75);
    let fills = [fill("a", 1, Side::Buy, &huge, "100", "0"), fill("b", 2, Side::Sell, &huge, "300", "1")];

    let matched = match_fills(terms(FeeRounding::Exact), &fills).unwrap();

    assert_eq!(matched.round_trips[0].gross.to_string(), "2".to_owned() + &"0".repeat(77));
    assert_eq!(matched.round_trips[0].net.to_string(), "1".to_owned() + &"9".repeat(77));
}

#[test]
fn a_rounded_part_of_more_than_76_digits_names_the_fill_and_stops_the_book_for_good() {
    let huge = "1".to_owned() + &"0".repeat(75);
    let mut book = Book::new(terms(FeeRounding::Places(8)));
    book.apply(&fill("big", 1, Side::Buy, "3", "10", &huge)).unwrap();

    let error = book.apply(&fill("part", 2, Side::Sell, "1", "10", "0")).unwrap_err();

    assert_eq!(error.to_string(), "part: a result has more than 76 digits");
    assert_eq!(book.apply(&fill("next", 3, Side::Sell, "1", "10", "0")), Err(error.clone()));
    assert_eq!(book.finish(), Err(error));
}
