//! Small scenarios with everything in them at once agree with the reference: several accounts, currencies, inverse
//! contracts, options that are exercised, coins as fees, splits, cash, corrections of corrections, versions of one id.

use std::path::Path;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use scenario::Scenario;
use serde_json::{Map, Value, json};

use crate::{METHODS, agrees, oracle};

/// Instruments of every kind.
const SYMBOLS: [&str; 7] = ["STOCK", "FUTURE", "INVERSE", "CALL", "PUT", "COIN", "EURO"];

/// Of a coin more is bought than its fee takes, in hundredths: less is refused here, and the reference trades what is below 0.
const ABOVE_FEES: i64 = 300;

/// What happened, as numbers.
#[derive(Debug, Clone)]
struct Row {
    kind: u8,
    account: usize,
    symbol: usize,
    quantity: i64,
    price: i64,
    fee: i64,
    fee_currency: usize,
    hour: i64,
    sequence: i64,
    refers_to: usize,
    fields: u8,
}

fn any_row() -> impl Strategy<Value = Row> {
    let what = (0_u8..30, 0_usize..3, 0..SYMBOLS.len(), 0_i64..3_000, 1_i64..9_000, -99_i64..300);
    let beside = (0_usize..8, 0_i64..600, 0_i64..4, 0_usize..40, any::<u8>());
    (what, beside).prop_map(
        |(
            (kind, account, symbol, quantity, price, fee),
            (fee_currency, hour, sequence, refers_to, fields),
        )| Row {
            kind,
            account,
            symbol,
            quantity,
            price,
            fee,
            fee_currency,
            hour,
            sequence,
            refers_to,
            fields,
        },
    )
}

/// A number of thousandths, hundredths and so on.
fn decimal(number: i64, places: usize) -> String {
    let digits = format!("{:0width$}", number.abs(), width = places + 1);
    let (whole, part) = digits.split_at(digits.len() - places);
    let sign = if number < 0 { "-" } else { "" };
    if places == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

fn time(hour: i64) -> String {
    format!("2024-01-{:02}T{:02}:00:00Z", 1 + hour / 24, hour % 24)
}

impl Row {
    /// The record, as the document of the `number`th.
    fn record(&self, number: usize) -> Value {
        let mut record =
            json!({"id": format!("e{number:02}"), "ts": time(self.hour), "symbol": SYMBOLS[self.symbol]});
        let account = ["-", "A", "B"][self.account];
        let members: &mut Map<String, Value> = record.as_object_mut().unwrap();
        if account != "-" {
            members.insert("account".to_owned(), json!(account));
        }
        if self.sequence > 0 {
            members.insert("seq".to_owned(), json!(self.sequence));
        }
        let of_kind = match self.kind {
            0..20 => self.fill(),
            20..22 => json!({"kind": "cash", "amount": decimal(self.price - 4_500, 2)}),
            22..24 => {
                let ratio = ["2", "1/3", "0.5", "10"][self.refers_to % 4];
                json!({"kind": "split", "ratio": ratio})
            }
            24 => json!({"kind": "expire", "price": decimal(self.quantity, 2)}),
            25..27 => json!({
                "kind": if self.fields.is_multiple_of(2) { "exercise" } else { "assign" },
                "symbol": if self.fields.is_multiple_of(3) { "CALL" } else { "PUT" },
                "qty": (1 + self.quantity % 3).to_string(),
                "fee": decimal(self.fee, 2),
            }),
            27 => json!({"kind": "bust", "ref": format!("e{:02}", self.refers_to)}),
            _ => self.correction(),
        };
        for (name, value) in of_kind.as_object().unwrap() {
            members.insert(name.clone(), value.clone());
        }
        if self.kind > 27 {
            // What is corrected may be an exercise, of which only options know.
            members.remove("symbol");
        }
        record
    }

    fn fill(&self) -> Value {
        let quantity = match SYMBOLS[self.symbol] {
            "CALL" | "PUT" => (1 + self.quantity % 3).to_string(),
            "COIN" => decimal(self.quantity + ABOVE_FEES, 2),
            _ => decimal(self.quantity, 2),
        };
        let mut fill = json!({
            "side": if self.price % 2 == 0 { "buy" } else { "sell" },
            "qty": quantity,
            // What is no inverse contract may be negative.
            "price": decimal(if SYMBOLS[self.symbol] == "FUTURE" { self.price - 500 } else { self.price }, 2),
            "fee": decimal(self.fee, 2),
        });
        if let Some(currency) = ["USD", "EUR", "BTC", "BNB"].get(self.fee_currency) {
            fill["fee_ccy"] = json!(currency);
        }
        if self.fields.is_multiple_of(4) {
            fill["risk"] = json!(decimal(1 + self.quantity, 1));
        }
        if self.fields.is_multiple_of(16) {
            fill["trade_ts"] = json!(time(self.price % 600));
        }
        fill
    }

    fn correction(&self) -> Value {
        let mut correction = json!({"kind": "correct", "ref": format!("e{:02}", self.refers_to)});
        let fields = [
            ("qty", json!(decimal(self.quantity + ABOVE_FEES, 2))),
            ("price", json!(decimal(self.price, 2))),
            ("fee", json!(decimal(self.fee, 2))),
            ("side", json!(if self.price % 2 == 0 { "buy" } else { "sell" })),
            ("trade_ts", json!(time(self.price % 600))),
        ];
        for (bit, (name, value)) in fields.into_iter().enumerate() {
            if self.fields & (1 << bit) != 0 {
                correction[name] = value;
            }
        }
        correction
    }
}

fn any_config() -> impl Strategy<Value = Value> {
    let currency = prop_oneof![Just(json!(null)), Just(json!("USD")), Just(json!("EUR"))];
    let rates = prop_oneof![Just("close"), Just("legs")];
    let premium = prop_oneof![Just("separate"), Just("roll")];
    let places = prop_oneof![Just(json!(null)), Just(json!(0)), Just(json!(2))];
    let zone = prop_oneof![Just("UTC"), Just("America/New_York"), Just("Asia/Tokyo")];
    (currency, rates, premium, places, zone, any::<bool>()).prop_map(
        |(currency, rates, premium, places, zone, every_day)| {
            let mut config = json!({
                "fx_policy": rates, "premium_policy": premium, "initial_equity": "100000000",
                "start": "2024-01-01", "end": "2024-02-02", "tz": zone, "breakeven_eps": "0.5", "rf": "0.03",
                "marks": {"STOCK": "42.5", "INVERSE": "50"},
            });
            if every_day {
                config["calendar"] = json!("7d");
            }
            for (name, value) in [("base_ccy", currency), ("fee_dp", places)] {
                if !value.is_null() {
                    config[name] = value;
                }
            }
            config
        },
    )
}

fn any_document() -> impl Strategy<Value = Value> {
    let flows = prop::collection::vec((2_u8..29, -50_000_i64..50_000), 0..4);
    let repeated = prop::collection::vec((any::<prop::sample::Index>(), any::<bool>()), 0..4);
    (any_config(), prop::collection::vec(any_row(), 1..40), flows, repeated).prop_map(
        |(config, rows, flows, repeated)| {
            let mut fills: Vec<Value> =
                rows.iter().enumerate().map(|(number, row)| row.record(number)).collect();
            for (index, differs) in repeated {
                let mut again = index.get(&fills).clone();
                if differs && again["kind"].is_null() {
                    again["price"] = json!("77.25");
                }
                fills.push(again);
            }
            let flows: Vec<Value> = flows
                .into_iter()
                .map(|(day, amount)| json!({"date": format!("2024-01-{day:02}"), "amount": amount.to_string()}))
                .collect();
            json!({"instruments": instruments(), "config": config, "fx": rates(), "flows": flows, "fills": fills})
        },
    )
}

fn instruments() -> Value {
    let option = |right| json!({"ccy": "USD", "multiplier": "100", "right": right, "strike": "42.5", "underlying": "STOCK"});
    json!({
        "STOCK": {"ccy": "USD"},
        "FUTURE": {"ccy": "USD", "multiplier": "50"},
        "INVERSE": {"ccy": "BTC", "type": "inverse", "multiplier": "100"},
        "CALL": option("call"),
        "PUT": option("put"),
        "COIN": {"ccy": "USDT", "base": "BTC"},
        "EURO": {"ccy": "EUR"},
    })
}

/// Each currency in each other, in one direction, at first and once more.
fn rates() -> Value {
    let pairs = [
        "EUR/USD", "BTC/USD", "USD/USDT", "BNB/USD", "BTC/EUR", "EUR/USDT", "BNB/EUR", "BNB/USDT", "BNB/BTC",
        "BTC/USDT",
    ];
    let at = |day: &str, of: usize| {
        pairs
            .iter()
            .zip(of..)
            .map(|(pair, rate)| json!({"ts": day, "pair": pair, "rate": format!("1.{rate:02}")}))
            .collect::<Vec<_>>()
    };
    json!([at("2023-12-31T00:00:00Z", 3), at("2024-01-09T12:00:00Z", 47)].concat())
}

fn compare(programs: &Path, document: &Value) {
    // Of this process: another run of the tests may be under way.
    let file = format!("wild-{}", std::process::id());
    let scenario = Scenario::read(document).unwrap();
    for (method, name) in METHODS {
        let statement = scenario.settle(method).unwrap();

        let reference = oracle::evaluate(programs, &file, document, name);

        for what in ["trips", "legs", "open", "issues", "metrics", "daily"] {
            let rows: Value =
                serde_json::from_str(&scenario.rows(&statement, what).unwrap().to_string()).unwrap();
            assert!(agrees(&rows, &reference[what]), "{name} {what}: {rows:#} is not {:#}", reference[what]);
        }
    }
}

#[test]
fn scenarios_with_everything_in_them_agree() {
    let Some(programs) = oracle::programs() else { return };
    let cases = if crate::long() { 1_000 } else { 20 };
    let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });

    let outcome = runner.run(&any_document(), |document| {
        compare(&programs, &document);
        Ok(())
    });

    outcome.unwrap_or_else(|failure| panic!("{failure}"));
}
