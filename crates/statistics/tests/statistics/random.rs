//! Random trades and days, measured by the reference as well.

use std::collections::BTreeMap;

use ledger::Fraction;
use serde_json::{Value, json};
use statistics::reference_metrics;
use time::{Date, Duration};

use crate::comparison::assert_agrees;
use crate::oracle;
use crate::samples::{closed, fraction};
use crate::vectors::{assert_daily_agrees, date, options};

/// Numbers in a fixed disorder.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: i64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((self.0 >> 33) % u64::try_from(bound).unwrap()).unwrap()
    }
}

/// Measures trips or days that come in as JSON with texts for numbers.
const MEASURE: &str = "
import datetime, json, sys
from fractions import Fraction as F
from oracle import plain
from oracle_metrics import daily_metrics, trade_metrics
out = []
for document in json.load(sys.stdin):
    if 'trips' in document:
        for trip in document['trips']:
            for field in ('net_base', 'gross', 'fees', 'risk'):
                trip[field] = F(trip[field]) if trip[field] is not None else None
        out.append(plain(trade_metrics(document['trips'], document['config'])))
    else:
        pnl = {datetime.date.fromisoformat(day): F(amount) for day, amount in document['pnl'].items()}
        out.append(plain(daily_metrics(pnl, document['config'], document['flows'].items())))
print(json.dumps(out))
";

/// Trades of many sizes: scratches within the tolerance, ties, overlaps, every third without a risk, and over
/// denominators that no decimal has.
fn random_trips(dice: &mut Dice, count: i64, denominators: &[i64]) -> Value {
    let mut close = 1_700_000_000_000_000_000_i64;
    let trips = (0..count).map(|index| {
        close += dice.below(1_000_000_000_000);
        let below = denominators[usize::try_from(index).unwrap() % denominators.len()] * 100;
        let gross = dice.below(40_001) - 19_500;
        let fees = dice.below(300);
        let amount = |above: i64| format!("{above}/{below}");
        json!({
            "status": "closed", "account": "-", "symbol": "X", "n": index + 1,
            "open_ns": close - dice.below(2_000_000_000_000), "close_ns": close,
            "net_base": amount(gross - fees), "gross": amount(gross), "fees": amount(fees),
            "entry_qty": "1", "exit_qty": "1",
            "risk": if index % 3 == 0 { Value::Null } else { json!(amount(5_000 + dice.below(5_000))) },
        })
    });
    Value::Array(trips.collect())
}

#[test]
fn random_trades_agree() {
    let large: Vec<i64> = (0..40).map(|index| 1_000_003 + 2 * index).collect();
    let mut documents = Vec::new();
    for (seed, count, denominators) in [
        (1, 2, &[1][..]),
        (2, 3, &[1]),
        (3, 40, &[1]),
        (4, 200, &[1]),
        (5, 60, &[3, 7, 9]),
        (6, 120, &[1, 3]),
        (7, 80, &large),
    ] {
        let mut dice = Dice(seed);
        documents.push(json!({
            "trips": random_trips(&mut dice, count, denominators),
            "config": {"initial_equity": "2500", "breakeven_eps": "20.5", "bootstrap": {"b": 300, "seed": seed}},
        }));
    }
    let Some(expected) = oracle::evaluate(MEASURE, &json!(documents)) else { return };
    for (index, document) in documents.iter().enumerate() {
        let named = reference_metrics(&closed(&document["trips"]), &options(&document["config"])).unwrap();

        assert_agrees(&named, &expected[index], &format!("trades {index}"));
    }
}

/// A period with flows on some days and P&L on others; `drift` in cents makes it win or lose.
fn random_days(seed: u64, days: i64, drift: i64, config: &Value) -> Value {
    let mut dice = Dice(seed);
    let (mut pnl, mut flows) = (serde_json::Map::new(), serde_json::Map::new());
    let start = date("2023-11-20");
    for index in 0..days {
        let day = (start + Duration::days(index)).to_string();
        if dice.below(3) > 0 {
            let cents = dice.below(20_001) - 10_000 + drift;
            pnl.insert(
                day.clone(),
                json!(format!("{cents}/{}", if seed.is_multiple_of(2) { 100 } else { 300 })),
            );
        }
        if dice.below(12) == 0 {
            flows.insert(day, json!((dice.below(6_000) - 2_000).to_string()));
        }
    }
    let mut config = config.clone();
    config["start"] = json!(start.to_string());
    config["end"] = json!((start + Duration::days(days - 1)).to_string());
    json!({"pnl": pnl, "flows": flows, "config": config})
}

fn amounts(rows: &Value) -> BTreeMap<Date, Fraction> {
    let rows = rows.as_object().unwrap().iter();
    rows.map(|(day, amount)| (date(day), fraction(amount.as_str().unwrap()))).collect()
}

#[test]
fn random_days_agree() {
    let plain = json!({"initial_equity": "50000"});
    let crypto =
        json!({"initial_equity": "20000.5", "calendar": "7d", "periods_per_year": 365, "rf": "0.05"});
    let cash = json!({"initial_equity": "80000", "rf": "0.031"});
    let mut documents = Vec::new();
    for seed in 1..=4 {
        documents.push(random_days(seed, 40, 900, &plain));
        documents.push(random_days(seed + 10, 130, -700, &cash));
        documents.push(random_days(seed + 20, 75, 100, &crypto));
        documents.push(random_days(seed + 30, 9, 0, &cash));
    }
    documents.push(random_days(99, 420, 300, &plain));
    let Some(expected) = oracle::evaluate(MEASURE, &json!(documents)) else { return };
    for (index, document) in documents.iter().enumerate() {
        let (pnl, flows) = (amounts(&document["pnl"]), amounts(&document["flows"]));

        assert_daily_agrees(&document["config"], &pnl, &flows, &expected[index], &format!("days {index}"));
    }
}
