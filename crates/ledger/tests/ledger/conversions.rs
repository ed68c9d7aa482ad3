//! A book that stands alone is converted as a portfolio converts it.

use std::collections::BTreeMap;

use ledger::{
    Book, Cash, Conversion, Decimal, Entry, Event, Exercise, Expiry, FeeRounding, Fill, Fraction, Instrument,
    Matched, Method, OptionTerms, Portfolio, RatePolicy, Rates, Record, Right, Settings, Side, Split, Terms,
    Timestamp, Valuation,
};
use proptest::prelude::*;

const SYMBOL: &str = "CALL";

/// One random event: what it is, how much, at which price, and when.
type Row = (u8, i64, i64, i64);

fn event(index: usize, (kind, quantity, price, second): Row) -> Event {
    let (id, time, sequence) = (format!("E{index:03}"), Timestamp(second * 1_000_000_000), 0);
    match kind {
        15 | 16 => {
            let ratio = if quantity % 2 == 0 { "2" } else { "1/3" };
            Event::Split(Split { id, time, sequence, ratio: ratio.parse().unwrap() })
        }
        17 => Event::Cash(Cash { id, time, sequence, amount: Decimal::from(price - 450) }),
        18 => Event::Expiry(Expiry { id, time, sequence, price: Decimal::from(quantity) }),
        19 => {
            let (quantity, fee) = (Decimal::from(quantity), Decimal::ZERO);
            Event::Exercise(Exercise { id, time, sequence, quantity, fee })
        }
        _ => Event::Fill(Fill {
            execution_id: id,
            time,
            sequence,
            side: if price % 2 == 0 { Side::Buy } else { Side::Sell },
            quantity: Decimal::from(quantity),
            price: Decimal::from_scaled(price.into(), 2).unwrap(),
            commission: Decimal::from_scaled((price % 7 - 2).into(), 1).unwrap(),
            fees: Decimal::ZERO,
        }),
    }
}

/// In the order in which a book takes them.
fn any_events() -> impl Strategy<Value = Vec<Event>> {
    let row = (0_u8..20, 1_i64..9, 1_i64..900, 0_i64..40);
    prop::collection::vec(row, 1..40).prop_map(|rows| {
        let mut events: Vec<Event> =
            rows.into_iter().enumerate().map(|(index, row)| event(index, row)).collect();
        events.sort_by(|left, right| left.key().cmp(&right.key()));
        events
    })
}

/// Some before every event, so that there is always one; told in either direction.
fn any_rates() -> impl Strategy<Value = Rates> {
    let later = (0_i64..40, 1_i64..300, any::<bool>());
    (1_i64..300, prop::collection::vec(later, 0..20)).prop_map(|(first, later)| {
        let mut rates = Rates::default();
        for (second, hundredths, turned) in [(-1, first, false)].into_iter().chain(later) {
            let rate = Decimal::from_scaled(hundredths.into(), 2).unwrap().into();
            let (from, to) = if turned { ("USD", "EUR") } else { ("EUR", "USD") };
            assert!(rates.add(Timestamp(second * 1_000_000_000), from, to, &rate));
        }
        rates
    })
}

fn any_terms() -> impl Strategy<Value = Terms> {
    let method = prop_oneof![Just(Method::Fifo), Just(Method::Lifo), Just(Method::Average)];
    let fee_rounding = prop_oneof![Just(FeeRounding::Exact), Just(FeeRounding::AtLeast(8))];
    (method, fee_rounding).prop_map(|(method, fee_rounding)| Terms {
        multiplier: Decimal::from(100),
        valuation: Valuation::Linear,
        method,
        fee_rounding,
    })
}

/// The book among others, as a portfolio settles it.
fn settled(terms: Terms, rates: &Rates, rate_policy: RatePolicy, events: &[Event]) -> Option<Matched> {
    let option = Instrument {
        multiplier: terms.multiplier,
        currency: Some("EUR".to_owned()),
        option: Some(OptionTerms {
            right: Right::Call,
            strike: Decimal::from(5),
            underlying: "STOCK".to_owned(),
        }),
        ..Instrument::default()
    };
    let settings = Settings {
        method: terms.method,
        fee_rounding: terms.fee_rounding,
        instruments: BTreeMap::from([(SYMBOL.to_owned(), option)]),
        rates: rates.clone(),
        currency: Some("USD".to_owned()),
        rate_policy,
        ..Settings::default()
    };
    let record =
        |event: &Event| ("A".to_owned(), Record::Entry(Entry::new(SYMBOL.to_owned(), event.clone())));
    let statement = Portfolio::settle(&settings, events.iter().map(record)).unwrap();
    statement.books.into_iter().find(|(key, _)| key.symbol == SYMBOL).map(|(_, book)| book.matched)
}

/// The book alone.
fn converted(terms: Terms, events: &[Event], conversion: impl Fn(Timestamp) -> Conversion) -> Matched {
    let mut book = Book::new(terms);
    for event in events {
        let (time, ..) = event.key();
        book.apply_converted(event, conversion(time)).unwrap();
    }
    book.finish().unwrap()
}

fn at(rates: &Rates, policy: RatePolicy, time: Timestamp) -> Conversion {
    policy.at(rates.at(time, "EUR", "USD").unwrap())
}

proptest! {
    #[test]
    fn a_book_alone_is_converted_as_in_a_portfolio(
        terms in any_terms(), rates in any_rates(), events in any_events(),
    ) {
        for policy in [RatePolicy::AtClose, RatePolicy::PerSide] {
            let alone = converted(terms, &events, |time| at(&rates, policy, time));

            let settled = settled(terms, &rates, policy, &events);
            prop_assert_eq!(alone, settled.unwrap_or_default());
        }
    }

    /// With exact parts of fees: the account's part of an opening fee is never rounded, the book's may be.
    #[test]
    fn at_a_rate_of_one_the_net_is_the_books_own(terms in any_terms(), events in any_events()) {
        let terms = Terms { fee_rounding: FeeRounding::Exact, ..terms };
        for policy in [RatePolicy::AtClose, RatePolicy::PerSide] {
            let matched = converted(terms, &events, |_| policy.at(Fraction::from(1)));

            for trip in &matched.round_trips {
                prop_assert_eq!(&trip.net_in_account, &trip.net);
            }
            prop_assert_eq!(matched, converted(terms, &events, |_| Conversion::Same));
        }
    }
}

#[test]
fn a_conversion_at_the_close_looks_at_no_rate_of_an_opening() {
    let terms = Terms {
        multiplier: Decimal::ONE,
        valuation: Valuation::Linear,
        method: Method::Fifo,
        fee_rounding: FeeRounding::Exact,
    };
    let events = [event(0, (0, 2, 1_000, 0)), event(1, (0, 2, 1_101, 1))];
    let closing = |time: Timestamp| if time.0 == 0 { "7" } else { "3" };

    let rate = |time| Conversion::AtClose(closing(time).parse().unwrap());
    let trip = &converted(terms, &events, rate).round_trips[0];

    assert_eq!(trip.net_in_account, &trip.net * Fraction::from(3));
}
