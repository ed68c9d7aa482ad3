//! Excursions: the stored scenario, random bars against the reference, and every edge by hand.

use ledger::{
    Decimal, Direction, Execution, FeeRounding, Fill, Fraction, Method, RoundTrip, Side, Terms, Timestamp,
    Valuation, match_fills,
};
use serde_json::{Value, json};
use statistics::{Bar, BarError, BarFault, Bars, Excursion, Metric, Trip, Undefined};

use crate::oracle;
use crate::samples::decimal;

const SECOND: i64 = 1_000_000_000;

fn fraction(text: &str) -> Fraction {
    text.parse().unwrap()
}

/// A bar of so many seconds that opens at its low and closes at its high.
fn bar(start: i64, end: i64, low: &str, high: &str) -> Bar {
    let (low, high) = (decimal(low), decimal(high));
    Bar { start: Timestamp(start * SECOND), end: Timestamp(end * SECOND), open: low, high, low, close: high }
}

fn bars(rows: &[(i64, i64, &str, &str)]) -> Bars {
    Bars::new(rows.iter().map(|(start, end, low, high)| bar(*start, *end, low, high)).collect()).unwrap()
}

fn executions(rows: &[(i64, Side, &str, &str)]) -> Vec<Execution> {
    let execution = |(second, side, quantity, price): &(i64, Side, &str, &str)| Execution {
        id: format!("E{second}"),
        time: Timestamp(second * SECOND),
        side: *side,
        quantity: fraction(quantity),
        price: fraction(price),
    };
    rows.iter().map(execution).collect()
}

fn trip(direction: Direction, executions: &[Execution]) -> Trip<'_> {
    Trip {
        direction,
        multiplier: Decimal::ONE,
        valuation: Valuation::Linear,
        executions,
        opening_closed_quantity: Fraction::ZERO,
        risk: None,
    }
}

fn text<T: ToString>(metric: &Metric<T>) -> Value {
    metric.as_ref().map_or(Value::Null, |value| json!(value.to_string()))
}

fn as_reference(excursion: &Excursion) -> Value {
    json!({
        "mae": excursion.mae.to_string(), "mfe": excursion.mfe.to_string(),
        "low": text(&excursion.lowest), "high": text(&excursion.highest),
        "entry_eff": text(&excursion.entry_efficiency), "exit_eff": text(&excursion.exit_efficiency),
        "total_eff": text(&excursion.total_efficiency), "capture": text(&excursion.capture),
    })
}

/// The reference's form of a time, whole seconds after the epoch.
fn seconds(value: &Value) -> Timestamp {
    let format = &time::format_description::well_known::Rfc3339;
    let time = time::OffsetDateTime::parse(value.as_str().unwrap(), format).unwrap();
    Timestamp(i64::try_from(time.unix_timestamp_nanos()).unwrap())
}

fn read_bars(document: &Value, symbol: &str) -> Bars {
    let number = |bar: &Value, field: &str| decimal(bar[field].as_str().unwrap());
    let read = |bar: &Value| Bar {
        start: seconds(&bar["ts"]),
        end: seconds(&bar["end"]),
        open: number(bar, "low"),
        high: number(bar, "high"),
        low: number(bar, "low"),
        close: number(bar, "high"),
    };
    Bars::new(document["bars"][symbol].as_array().unwrap().iter().map(read).collect()).unwrap()
}

fn read_fills(document: &Value) -> Vec<Fill> {
    let read = |fill: &Value| Fill {
        execution_id: fill["id"].as_str().unwrap().to_owned(),
        time: seconds(&fill["ts"]),
        sequence: fill["seq"].as_i64().unwrap_or_default(),
        side: if fill["side"] == "buy" { Side::Buy } else { Side::Sell },
        quantity: decimal(fill["qty"].as_str().unwrap()),
        price: decimal(fill["price"].as_str().unwrap()),
        commission: Decimal::ZERO,
        fees: Decimal::ZERO,
    };
    document["fills"].as_array().unwrap().iter().map(read).collect()
}

/// The closed round trips of a book, measured one after the other.
fn measure(document: &Value, multiplier: &str, method: Method) -> Vec<Value> {
    let terms = Terms {
        multiplier: decimal(multiplier),
        valuation: Valuation::Linear,
        method,
        fee_rounding: FeeRounding::Exact,
    };
    let fills = read_fills(document);
    let matched = match_fills(terms, &fills).unwrap();
    let all: Vec<Execution> = fills.iter().map(Execution::from).collect();
    let bars = read_bars(document, "X");
    let closed = matched.round_trips.iter().filter(|trip| trip.closed_at.is_some());
    closed
        .map(|trip| as_reference(&Excursion::of(&of_book(trip, &all, multiplier), &bars).unwrap()))
        .collect()
}

fn of_book<'a>(round_trip: &RoundTrip, all: &'a [Execution], multiplier: &str) -> Trip<'a> {
    Trip {
        multiplier: decimal(multiplier),
        opening_closed_quantity: round_trip.opening_closed_quantity.clone(),
        ..trip(round_trip.direction, &all[round_trip.opening..=round_trip.last])
    }
}

fn without_names(rows: &Value) -> Vec<Value> {
    let mut rows = rows.as_array().unwrap().clone();
    for row in &mut rows {
        row.as_object_mut().unwrap().retain(|field, _| field != "symbol" && field != "n");
    }
    rows
}

#[test]
fn the_stored_scenario_is_met_exactly() {
    let Some(folder) = oracle::vectors() else { return };
    let document = oracle::read(&folder.join("18_excursion.json"));
    for (name, method) in [("fifo", Method::Fifo), ("lifo", Method::Lifo), ("avg", Method::Average)] {
        let found = measure(&document, "1", method);

        assert_eq!(found, without_names(&document["expected"][name]["excursion"]), "{name}");
    }
}

const EXCURSIONS: &str = "
import json, sys
from oracle import run, plain
print(json.dumps(plain(run(json.load(sys.stdin), 'fifo'))['excursion']))
";

/// Fills that scale in and out and flip, on and between the ends of bars; bars with gaps.
fn random_document(seed: u64, fills: i64, multiplier: &str) -> Value {
    let mut state = seed;
    let mut below = |bound: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((state >> 33) % bound).unwrap()
    };
    let moment =
        |second: i64| format!("2024-01-02T{:02}:{:02}:{:02}Z", second / 3600, second / 60 % 60, second % 60);
    let cents = |amount: i64| format!("{}.{:02}", amount / 100, amount % 100);
    let (mut second, mut position) = (0, 0);
    let rows = (0..fills).map(|index| {
        second += [0, 60, 17, 60 * below(6), below(400)][usize::try_from(below(5)).unwrap()];
        // The further from flat, the likelier is the way back.
        let (quantity, buys) = (1 + below(3), below(9) - 4 > position);
        position += if buys { quantity } else { -quantity };
        json!({
            "id": format!("f{index:04}"), "seq": index, "symbol": "X", "ts": moment(second), "fee": "0",
            "side": if buys { "buy" } else { "sell" },
            "qty": quantity.to_string(), "price": cents(9_000 + below(2_000)),
        })
    });
    let rows: Vec<Value> = rows.collect();
    let mut bars = Vec::new();
    for minute in 0..=second / 60 {
        let low = 8_900 + below(2_000);
        if below(10) > 0 {
            bars.push(json!({
                "ts": moment(minute * 60), "end": moment(minute * 60 + 60),
                "low": cents(low), "high": cents(low + below(300)),
            }));
        }
    }
    json!({"instruments": {"X": {"multiplier": multiplier}}, "bars": {"X": bars}, "fills": rows})
}

#[test]
fn random_fills_and_bars_agree_with_the_reference() {
    for (seed, fills, multiplier) in [(1, 60, "1"), (2, 120, "50"), (3, 200, "0.1"), (4, 300, "1")] {
        let document = random_document(seed, fills, multiplier);
        let Some(expected) = oracle::evaluate(EXCURSIONS, &document) else { return };

        let found = measure(&document, multiplier, Method::Fifo);

        assert_eq!(found, without_names(&expected), "seed {seed}");
        assert!(found.len() > 10, "seed {seed}: only {} round trips", found.len());
    }
}

#[test]
fn a_bar_counts_from_the_moment_of_a_fill_to_the_moment_of_the_next() {
    let executions = executions(&[(60, Side::Buy, "2", "100"), (180, Side::Sell, "2", "101")]);
    let trip = trip(Direction::Long, &executions);
    let only = |start, end| Excursion::of(&trip, &bars(&[(start, end, "90", "110")])).unwrap();

    for (start, end, counted) in
        [(60, 180, 1), (60, 120, 1), (120, 180, 1), (59, 120, 0), (120, 181, 0), (0, 60, 0), (180, 240, 0)]
    {
        let found = only(start, end);

        assert_eq!(found.bars, counted, "{start} to {end}");
        let mae = if counted == 1 { "-20" } else { "0" };
        assert_eq!(found.mae, fraction(mae), "{start} to {end}");
    }
    assert_eq!(only(60, 180).mfe, fraction("20"));
    assert_eq!(only(0, 60).mfe, fraction("2"));
}

#[test]
fn a_short_suffers_from_highs() {
    let executions = executions(&[(0, Side::Sell, "3", "50"), (120, Side::Buy, "3", "48")]);
    let trip =
        Trip { multiplier: decimal("10"), risk: Some(decimal("100")), ..trip(Direction::Short, &executions) };

    let found = Excursion::of(&trip, &bars(&[(0, 60, "45", "53"), (60, 120, "47", "49")])).unwrap();

    // 3 x 10 x (50 - 53) and 3 x 10 x (50 - 45).
    assert_eq!((found.mae, found.mfe), (fraction("-90"), fraction("150")));
    assert_eq!((found.mae_r, found.mfe_r), (Ok(fraction("-0.9")), Ok(fraction("1.5"))));
    assert_eq!((found.lowest, found.highest), (Ok(fraction("45")), Ok(fraction("53"))));
    assert_eq!(found.entry_efficiency, Ok(fraction("5/8")));
    assert_eq!(found.exit_efficiency, Ok(fraction("5/8")));
    assert_eq!(found.total_efficiency, Ok(fraction("0.25")));
    assert_eq!(found.capture, Ok(fraction("0.4")));
    assert_eq!(found.bars, 2);
}

#[test]
fn realised_profit_stays_in_the_excursion() {
    // 2 at 100, 1 out at 110: 10 is safe, and the rest falls to 95.
    let executions =
        executions(&[(0, Side::Buy, "2", "100"), (60, Side::Sell, "1", "110"), (180, Side::Sell, "1", "97")]);

    let found = Excursion::of(&trip(Direction::Long, &executions), &bars(&[(60, 120, "95", "108")])).unwrap();

    // Best: both at 110 when the first one leaves. Worst: the start, because 10 - 5 is above it.
    assert_eq!((found.mae, found.mfe), (Fraction::ZERO, fraction("20")));
    assert_eq!(found.capture, Ok(fraction("7/20")));
    assert_eq!(found.total_efficiency, Ok(fraction("3.5/15")));
}

#[test]
fn a_scale_in_averages_the_entry() {
    let executions =
        executions(&[(0, Side::Buy, "1", "100"), (60, Side::Buy, "3", "96"), (120, Side::Sell, "4", "99")]);

    let found = Excursion::of(&trip(Direction::Long, &executions), &Bars::default()).unwrap();

    // Average 97 in a range of 96 to 100; worst when the second one came, best at the exit.
    assert_eq!((found.mae, found.mfe), (fraction("-4"), fraction("8")));
    assert_eq!(found.entry_efficiency, Ok(fraction("0.75")));
    assert_eq!(found.exit_efficiency, Ok(fraction("0.75")));
    assert_eq!(found.total_efficiency, Ok(fraction("0.5")));
}

#[test]
fn of_a_flip_only_the_part_that_belongs_counts() {
    // Long 2, sell 5: the first trip ends with 2, the second opens with 3 short.
    let executions =
        executions(&[(0, Side::Buy, "2", "100"), (60, Side::Sell, "5", "104"), (120, Side::Buy, "4", "101")]);
    let long = trip(Direction::Long, &executions[..2]);
    let short = Trip { opening_closed_quantity: fraction("2"), ..trip(Direction::Short, &executions[1..]) };
    let bars = bars(&[(0, 60, "99", "105"), (60, 120, "100", "106")]);

    let (long, short) = (Excursion::of(&long, &bars).unwrap(), Excursion::of(&short, &bars).unwrap());

    assert_eq!((long.mae, long.mfe, long.capture), (fraction("-2"), fraction("10"), Ok(fraction("0.8"))));
    assert_eq!((short.mae, short.mfe, short.capture), (fraction("-6"), fraction("12"), Ok(fraction("0.75"))));
}

#[test]
fn what_is_still_open_has_excursions_and_no_exit() {
    let executions = executions(&[(0, Side::Buy, "2", "100"), (60, Side::Sell, "1", "103")]);

    let half = Excursion::of(&trip(Direction::Long, &executions), &bars(&[(0, 60, "98", "104")])).unwrap();
    let whole = Excursion::of(&trip(Direction::Long, &executions[..1]), &Bars::default()).unwrap();

    assert_eq!((half.mae, half.mfe), (fraction("-4"), fraction("8")));
    assert_eq!(half.capture, Err(Undefined::StillOpen));
    assert_eq!(half.exit_efficiency, Ok(fraction("5/6")));
    assert_eq!(whole.exit_efficiency, Err(Undefined::StillOpen));
    assert_eq!(whole.total_efficiency, Err(Undefined::StillOpen));
    assert_eq!(whole.entry_efficiency, Err(Undefined::NoRange));
}

#[test]
fn a_price_that_stood_still_has_no_efficiency() {
    let executions = executions(&[(0, Side::Buy, "2", "100"), (60, Side::Sell, "2", "100")]);

    let found = Excursion::of(&trip(Direction::Long, &executions), &Bars::default()).unwrap();

    assert_eq!(found.entry_efficiency, Err(Undefined::NoRange));
    assert_eq!(found.exit_efficiency, Err(Undefined::NoRange));
    assert_eq!(found.total_efficiency, Err(Undefined::NoRange));
    assert_eq!(found.capture, Err(Undefined::NeverInProfit));
    assert_eq!(found.mae_r, Err(Undefined::NoRisk));
}

#[test]
fn no_execution_is_no_trade_and_a_risk_of_zero_is_none() {
    let executions = executions(&[(0, Side::Buy, "2", "100"), (60, Side::Sell, "2", "90")]);
    let risky = |risk| Trip { risk: Some(decimal(risk)), ..trip(Direction::Long, &executions) };

    assert_eq!(Excursion::of(&trip(Direction::Long, &[]), &Bars::default()), Err(Undefined::NoTrades));
    assert_eq!(Excursion::of(&risky("0"), &Bars::default()).unwrap().mae_r, Err(Undefined::NoRisk));
    assert_eq!(Excursion::of(&risky("-10"), &Bars::default()).unwrap().mae_r, Err(Undefined::NoRisk));
    assert_eq!(Excursion::of(&risky("10"), &Bars::default()).unwrap().mae_r, Ok(fraction("-2")));
}

#[test]
fn an_inverse_contract_is_measured_in_its_own_money() {
    // 1200 dollars of bitcoin from 10000 to 12000: 0.02 bitcoin; at 8000 it was -0.03.
    let rows = executions(&[(0, Side::Buy, "1200", "10000"), (60, Side::Sell, "1200", "12000")]);
    let inverse = Trip { valuation: Valuation::Inverse, ..trip(Direction::Long, &rows) };

    let found = Excursion::of(&inverse, &bars(&[(0, 60, "8000", "15000")])).unwrap();

    assert_eq!((found.mae, found.mfe), (fraction("-0.03"), fraction("0.04")));
    assert_eq!(found.capture, Ok(fraction("0.5")));
    assert_eq!(found.entry_efficiency, Ok(fraction("5/7")));
    assert_eq!(found.total_efficiency, Ok(fraction("2/7")));
    assert_eq!(Excursion::of(&inverse, &bars(&[(0, 60, "0", "15000")])), Err(Undefined::NoInversePrice));
    assert_eq!(Excursion::of(&inverse, &bars(&[(0, 60, "-1", "15000")])), Err(Undefined::NoInversePrice));
}

#[test]
fn inverse_entries_average_harmonically() {
    let rows = executions(&[
        (0, Side::Buy, "100", "10000"),
        (1, Side::Buy, "100", "20000"),
        (2, Side::Sell, "200", "16000"),
    ]);
    let inverse = Trip { valuation: Valuation::Inverse, ..trip(Direction::Long, &rows) };

    let found = Excursion::of(&inverse, &Bars::default()).unwrap();

    // The average is 40000 / 3.
    assert_eq!(found.total_efficiency, Ok(fraction("4/15")));
    assert_eq!(found.entry_efficiency, Ok(fraction("2/3")));
}

#[test]
fn a_brokers_columns_are_read_whatever_their_sign() {
    for (mae, mfe) in [("-300", "1000"), ("300", "1000"), ("300", "-1000")] {
        let found =
            Excursion::from_columns(decimal(mae), decimal(mfe), &fraction("750"), Some(decimal("150")));

        assert_eq!((found.mae, found.mfe), (fraction("-300"), fraction("1000")));
        assert_eq!((found.mae_r, found.mfe_r), (Ok(fraction("-2")), Ok(fraction("20/3"))));
        assert_eq!(found.entry_efficiency, Ok(fraction("10/13")));
        assert_eq!(found.exit_efficiency, Ok(fraction("21/26")));
        assert_eq!(found.total_efficiency, Ok(fraction("15/26")));
        assert_eq!(found.capture, Ok(fraction("0.75")));
        assert_eq!(
            (found.lowest, found.highest, found.bars),
            (Err(Undefined::NoBars), Err(Undefined::NoBars), 0)
        );
    }
}

#[test]
fn columns_of_zeros_say_nothing() {
    let found = Excursion::from_columns(Decimal::ZERO, Decimal::ZERO, &Fraction::ZERO, None);

    assert_eq!(found.entry_efficiency, Err(Undefined::NoRange));
    assert_eq!(found.capture, Err(Undefined::NeverInProfit));
    assert_eq!(found.mfe_r, Err(Undefined::NoRisk));
}

#[test]
fn bars_that_cannot_be_are_refused_by_position() {
    let good = bar(0, 60, "1", "2");
    let refused = |second: Bar| Bars::new(vec![good, second]).unwrap_err();
    let outside = |open: &str, close: &str| Bar {
        open: decimal(open),
        close: decimal(close),
        ..bar(60, 120, "1", "2")
    };

    assert_eq!(refused(bar(60, 60, "1", "2")), BarError { index: 1, fault: BarFault::NoTime });
    assert_eq!(refused(bar(59, 120, "1", "2")), BarError { index: 1, fault: BarFault::Overlap });
    assert_eq!(refused(bar(60, 120, "3", "2")), BarError { index: 1, fault: BarFault::OutsideRange });
    assert_eq!(refused(outside("0.9", "1")).fault, BarFault::OutsideRange);
    assert_eq!(refused(outside("1", "2.1")).fault, BarFault::OutsideRange);
    assert_eq!(refused(outside("1", "2.1")).to_string(), "bar 1 has a price outside of its low and high");
    assert!(Bars::new(vec![good, outside("1", "2")]).is_ok());
}
