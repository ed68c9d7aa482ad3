//! The stored scenarios of the reference, and random trades measured by it.

use serde_json::{Value, json};
use statistics::{Options, summarize};

use crate::comparison::assert_agrees;
use crate::oracle;
use crate::samples::{closed, decimal};

const SCENARIOS: [&str; 19] = [
    "01_simple_long",
    "02_scale_in_out",
    "03_flip_through_zero",
    "04_short_scale",
    "05_same_timestamp",
    "06a_before_late_fill",
    "06b_after_late_fill",
    "07_dup_correct_bust",
    "08_futures_multiplier",
    "13_eighteen_decimals",
    "14a_fee_thirds_exact",
    "14b_fee_thirds_cents",
    "15_breakeven",
    "16a_no_trades",
    "16b_single_win",
    "16c_single_loss",
    "16d_zero_variance",
    "16e_all_breakeven",
    "17_metrics_fixture",
];

fn options(config: &Value) -> Options {
    let number = |field: &str| config[field].as_str().map(decimal);
    Options {
        opening_equity: number("initial_equity"),
        breakeven_tolerance: number("breakeven_eps").unwrap_or_default(),
        ..Options::default()
    }
}

/// A curve that never fell has a fall of 0 in the reference; here it has none, with that reason.
fn without_empty_drawdown(mut metrics: Value) -> Value {
    if metrics["max_dd"] == "0" {
        metrics["max_dd_frac"] = Value::Null;
    }
    metrics
}

#[test]
fn every_scenario_agrees() {
    let Some(folder) = oracle::vectors() else { return };
    for scenario in SCENARIOS.into_iter().chain(["19_negative_price"]) {
        let document = oracle::read(&folder.join(format!("{scenario}.json")));
        let expected = &document["expected"]["fifo"];

        let summary = summarize(&closed(&expected["trips"]), &options(&document["config"])).unwrap();

        assert_agrees(&summary, &without_empty_drawdown(expected["metrics"].clone()), scenario);
    }
}

/// Measures trips that come in as JSON with texts for numbers.
const MEASURE: &str = "
import json, sys
from fractions import Fraction as F
from oracle_metrics import trade_metrics, g17, s
from decimal import Decimal
document = json.load(sys.stdin)
for trip in document['trips']:
    for field in ('net_base', 'gross', 'fees', 'risk'):
        trip[field] = F(trip[field]) if trip[field] is not None else None
def show(value):
    if isinstance(value, list):
        return [show(item) for item in value]
    return g17(value) if isinstance(value, Decimal) else s(value)
print(json.dumps({key: show(value) for key, value in trade_metrics(document['trips'], document['config']).items()}))
";

/// Trades of many sizes: scratches within the tolerance, ties, overlaps, every third without a risk.
fn random_trips(seed: u64, count: u64) -> Value {
    let mut state = seed;
    let mut below = |bound: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((state >> 33) % bound).unwrap()
    };
    let mut close = 1_700_000_000_000_000_000_i64;
    let trips = (0..count).map(|index| {
        close += below(1_000_000_000_000);
        let gross = below(40_001) - 19_500;
        let fees = below(300);
        let cents = |amount: i64| {
            format!("{}{}.{:02}", if amount < 0 { "-" } else { "" }, amount.abs() / 100, amount.abs() % 100)
        };
        json!({
            "status": "closed", "account": "-", "symbol": "X", "n": index + 1,
            "open_ns": close - below(2_000_000_000_000), "close_ns": close,
            "net_base": cents(gross - fees), "gross": cents(gross), "fees": cents(fees),
            "entry_qty": "1", "exit_qty": "1",
            "risk": if index % 3 == 0 { Value::Null } else { json!(cents(5_000 + below(5_000))) },
        })
    });
    Value::Array(trips.collect())
}

#[test]
fn random_trades_agree() {
    for (seed, count) in [(1, 2), (2, 3), (3, 40), (4, 200)] {
        let config = json!({
            "initial_equity": "2500", "breakeven_eps": "20.5", "bootstrap": {"b": 1000, "seed": 42},
        });
        let trips = random_trips(seed, count);
        let document = json!({"trips": trips, "config": config});
        let Some(expected) = oracle::evaluate(MEASURE, &document) else { return };

        let summary = summarize(&closed(&trips), &options(&config)).unwrap();

        assert_agrees(&summary, &without_empty_drawdown(expected), &format!("seed {seed}"));
    }
}
