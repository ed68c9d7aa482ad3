//! Whole portfolios: arrival, repetition and partition do not matter, and no money appears or vanishes.

use std::collections::BTreeMap;

use ledger::{
    BookKey, Bust, Cash, Correction, Decimal, Direction, Entry, Event, Exercise, Expiry, Fill, Fraction,
    Instrument, Method, OptionTerms, Portfolio, PremiumPolicy, Record, Right, Settings, Side, Split,
    SplitScope, Statement, Timestamp,
};
use proptest::prelude::*;

type Records = Vec<(String, Record<String>)>;

const SYMBOLS: [&str; 3] = ["STOCK", "CALL", "PUT"];

fn settings(method: Method, premium_policy: PremiumPolicy) -> Settings {
    let option = |right| Instrument {
        multiplier: Decimal::from(100),
        option: Some(OptionTerms { right, strike: Decimal::from(50), underlying: "STOCK".to_owned() }),
        ..Instrument::default()
    };
    let instruments = [("CALL", option(Right::Call)), ("PUT", option(Right::Put))]
        .map(|(symbol, of)| (symbol.to_owned(), of));
    Settings { method, premium_policy, instruments: BTreeMap::from(instruments), ..Settings::default() }
}

fn settle(records: &[(String, Record<String>)], settings: &Settings) -> Statement {
    Portfolio::settle(settings, records.iter().cloned()).unwrap()
}

/// One random record; `kind` says of what.
#[derive(Debug, Clone)]
struct Row {
    kind: u8,
    account: usize,
    symbol: usize,
    quantity: i64,
    price: i64,
    second: i64,
}

fn any_rows() -> impl Strategy<Value = Vec<Row>> {
    let row = (0_u8..20, 0_usize..2, 0_usize..3, 1_i64..9, 1_i64..9_000, 0_i64..40);
    let row = row.prop_map(|(kind, account, symbol, quantity, price, second)| Row {
        kind,
        account,
        symbol,
        quantity,
        price,
        second,
    });
    prop::collection::vec(row, 1..40)
}

/// Fills for the most part; `only_fills` leaves everything else out.
fn records(rows: &[Row], only_fills: bool) -> Records {
    (0_u32..)
        .zip(rows)
        .map(|(index, row)| record(&format!("E{index:03}"), row, only_fills, rows.len()))
        .collect()
}

fn record(id: &str, row: &Row, only_fills: bool, count: usize) -> (String, Record<String>) {
    let (time, sequence) = (Timestamp(row.second * 1_000_000_000), 0);
    let refers_to = format!("E{:03}", usize::try_from(row.price).unwrap() % count);
    let id = id.to_owned();
    let account = format!("A{}", row.account);
    let entry = |event| Record::Entry(Entry::new(SYMBOLS[row.symbol].to_owned(), event));
    let quantity = Decimal::from(row.quantity);
    let record = match if only_fills { 0 } else { row.kind } {
        15 => Record::Bust(Bust { execution_id: id, refers_to, time, sequence }),
        16 => Record::Correction(Correction {
            execution_id: id,
            refers_to,
            time,
            sequence,
            book: None,
            trade_time: None,
            side: None,
            quantity: Some(quantity),
            price: None,
            commission: None,
            fees: None,
        }),
        17 => {
            let ratio = if row.quantity % 2 == 0 { "2" } else { "1/3" };
            entry(Event::Split(Split { id, time, sequence, ratio: ratio.parse().unwrap() }))
        }
        18 => entry(Event::Cash(Cash { id, time, sequence, amount: Decimal::from(row.price - 4_500) })),
        19 if row.symbol == 0 => entry(Event::Expiry(Expiry { id, time, sequence, price: quantity })),
        19 => entry(Event::Exercise(Exercise { id, time, sequence, quantity, fee: Decimal::ONE })),
        _ => entry(Event::Fill(Fill {
            execution_id: id,
            time,
            sequence,
            side: if row.price % 2 == 0 { Side::Buy } else { Side::Sell },
            quantity,
            price: Decimal::from_scaled(row.price.into(), 2).unwrap(),
            commission: Decimal::from_scaled((row.price % 7 - 2).into(), 1).unwrap(),
            fees: Decimal::ZERO,
        })),
    };
    (account, record)
}

fn any_settings() -> impl Strategy<Value = Settings> {
    let method = prop_oneof![Just(Method::Fifo), Just(Method::Lifo), Just(Method::Average)];
    let policy = prop_oneof![Just(PremiumPolicy::Separate), Just(PremiumPolicy::Roll)];
    (method, policy).prop_map(|(method, policy)| settings(method, policy))
}

/// What was realised less what stands in open positions: the cash that went through the accounts.
fn value(statement: &Statement, settings: &Settings) -> Fraction {
    let of_book = |(key, book): (&BookKey, &ledger::BookStatement)| {
        let multiplier = settings.instruments.get(&key.symbol).map_or(Decimal::ONE, |of| of.multiplier);
        let realised: Fraction = book.matched.round_trips.iter().map(|trip| &trip.net).sum();
        let standing: Fraction = book
            .matched
            .open_lots
            .iter()
            .map(|lot| {
                let cost = &lot.quantity * &lot.price * Fraction::from(multiplier);
                let cost = if lot.direction == Direction::Long { cost } else { -cost };
                cost + &lot.commission + &lot.fees
            })
            .sum();
        realised - standing
    };
    statement.books.iter().map(of_book).sum()
}

proptest! {
    #[test]
    fn arrival_order_and_repetition_change_nothing(
        settings in any_settings(),
        (rows, order) in any_rows().prop_flat_map(|rows| {
            let order: Vec<usize> = (0..rows.len()).collect();
            (Just(rows), Just(order).prop_shuffle())
        }),
    ) {
        let records = records(&rows, false);
        let expected = settle(&records, &settings);

        let shuffled: Records = order.iter().map(|&index| records[index].clone()).collect();
        let twice: Records = records.iter().chain(&shuffled).cloned().collect();

        prop_assert_eq!(&settle(&shuffled, &settings), &expected);
        let twice = settle(&twice, &settings);
        prop_assert_eq!((twice.books, twice.legs, twice.cash), (expected.books, expected.legs, expected.cash));
    }

    #[test]
    fn accounts_never_mix(settings in any_settings(), rows in any_rows()) {
        let records = records(&rows, false);
        let whole = settle(&records, &settings);

        for account in ["A0", "A1"] {
            let alone: Records = records.iter().filter(|(of, _)| of == account).cloned().collect();

            let alone = settle(&alone, &settings).books;

            let of_whole: BTreeMap<_, _> =
                whole.books.clone().into_iter().filter(|(key, _)| key.account == account).collect();
            prop_assert_eq!(alone, of_whole);
        }
    }

    #[test]
    fn every_method_and_premium_policy_accounts_for_the_same_cash(rows in any_rows()) {
        let records = records(&rows, false);
        let all = [Method::Fifo, Method::Lifo, Method::Average].map(|method| {
            let separate = settings(method, PremiumPolicy::Separate);
            let roll = settings(method, PremiumPolicy::Roll);
            [value(&settle(&records, &separate), &separate), value(&settle(&records, &roll), &roll)]
        });

        for values in &all {
            prop_assert_eq!(values, &all[0]);
            prop_assert_eq!(&values[0], &values[1]);
        }
    }

    #[test]
    fn the_value_of_plain_fills_is_what_was_paid_and_received(rows in any_rows()) {
        let (records, settings) = (records(&rows, true), settings(Method::Average, PremiumPolicy::Separate));

        let paid: Fraction = records.iter().map(|(_, record)| {
            let Record::Entry(Entry { book, event: Event::Fill(fill), .. }) = record else { panic!("only fills") };
            let multiplier = settings.instruments.get(book).map_or(Decimal::ONE, |of| of.multiplier);
            let money = Fraction::from(fill.quantity) * Fraction::from(fill.price) * Fraction::from(multiplier);
            let money = if fill.side == Side::Buy { -money } else { money };
            money - Fraction::from(fill.commission)
        }).sum();

        prop_assert_eq!(value(&settle(&records, &settings), &settings), paid);
    }

    #[test]
    fn legs_add_up_to_their_round_trips(settings in any_settings(), rows in any_rows()) {
        let statement = settle(&records(&rows, false), &settings);

        for book in statement.books.values() {
            for (index, trip) in book.matched.round_trips.iter().enumerate() {
                let legs = || book.matched.legs.iter().filter(|leg| leg.round_trip == index);
                prop_assert_eq!(&legs().map(|leg| &leg.gross).sum::<Fraction>(), &trip.gross);
                let net = legs().map(|leg| &leg.net).sum::<Fraction>();
                prop_assert_eq!(net + &trip.other, trip.net.clone());
                prop_assert!(trip.entry_quantity >= trip.exit_quantity);
                prop_assert_eq!(trip.closed_at.is_some(), trip.entry_quantity == trip.exit_quantity);
            }
        }
        prop_assert_eq!(statement.legs().count(), statement.books.values().map(|book| book.matched.legs.len()).sum::<usize>());
    }
}

#[test]
fn cash_in_another_currency_reaches_the_account_at_the_rate_of_its_time() {
    let row = |kind, price, second| Row { kind, account: 0, symbol: 0, quantity: 2, price, second };
    let records = records(&[row(0, 100, 0), row(18, 4_510, 2), row(0, 101, 3)], false);
    let mut settings = settings(Method::Fifo, PremiumPolicy::Separate);
    settings.currency = Some("USD".to_owned());
    let stock = Instrument { currency: Some("EUR".to_owned()), ..Instrument::default() };
    settings.instruments.insert("STOCK".to_owned(), stock);
    for (second, rate) in [(0, "1"), (2, "3"), (3, "5")] {
        settings.rates.add(Timestamp(second * 1_000_000_000), "EUR", "USD", &rate.parse().unwrap());
    }

    let statement = settle(&records, &settings);

    assert_eq!(statement.cash, [(Timestamp(2_000_000_000), Fraction::from(30))]);
    let trip = &statement.books.values().next().unwrap().matched.round_trips[0];
    let realised: Fraction = statement.legs().map(|(.., leg)| &leg.net_in_account).sum();
    assert_eq!((&trip.other, &trip.net_in_account), (&Fraction::from(10), &(realised + Fraction::from(30))));
}

/// Two accounts that hold 10 each, and a split of 2 for 1 that the first one tells of.
#[test]
fn a_split_changes_the_accounts_in_its_scope() {
    let row = |kind, account, second| Row { kind, account, symbol: 0, quantity: 2, price: 100, second };
    let records = records(&[row(0, 0, 0), row(0, 1, 0), row(17, 0, 1)], false);
    let held = |split_scope| {
        let settings = Settings { split_scope, ..settings(Method::Fifo, PremiumPolicy::Separate) };
        let books = settle(&records, &settings).books.into_values();
        books.map(|book| book.matched.open_lots[0].quantity.to_string()).collect::<Vec<_>>()
    };

    assert_eq!(held(SplitScope::OwnAccount), ["4", "2"]);
    assert_eq!(held(SplitScope::EveryAccount), ["4", "4"]);
}
