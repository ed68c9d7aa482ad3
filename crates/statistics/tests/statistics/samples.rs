//! Trades to measure.

use ledger::{Decimal, Timestamp};
use serde_json::Value;
use statistics::{ClosedTrade, Options, Summary, summarize};

const MINUTE: i64 = 60_000_000_000;

pub fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// A trade of one minute that closes at the end of the given minute.
pub fn trade(minute: i64, net: &str) -> ClosedTrade {
    ClosedTrade {
        net: decimal(net),
        gross: decimal(net),
        commissions: Decimal::ZERO,
        fees: Decimal::ZERO,
        risk: None,
        volume: decimal("2"),
        opened_at: Timestamp(minute * MINUTE),
        closed_at: Timestamp((minute + 1) * MINUTE),
    }
}

/// A trade a minute, in this order.
pub fn trades(nets: &[&str]) -> Vec<ClosedTrade> {
    (0..).zip(nets).map(|(minute, net)| trade(minute, net)).collect()
}

/// Their summary with the default options.
pub fn summary(nets: &[&str]) -> Summary {
    summarize(&trades(nets), &Options::default()).unwrap()
}

/// The round trips of the reference that closed, in the order of the statistics.
pub fn closed(trips: &Value) -> Vec<ClosedTrade> {
    let mut rows: Vec<&Value> =
        trips.as_array().unwrap().iter().filter(|trip| trip["status"] == "closed").collect();
    rows.sort_by_key(|trip| {
        let text = |field: &str| trip[field].as_str().unwrap().to_owned();
        (trip["close_ns"].as_i64().unwrap(), text("account"), text("symbol"), trip["n"].as_i64().unwrap())
    });
    rows.into_iter().map(closed_trip).collect()
}

fn closed_trip(trip: &Value) -> ClosedTrade {
    let number = |field: &str| decimal(trip[field].as_str().unwrap());
    ClosedTrade {
        net: number("net_base"),
        gross: number("gross"),
        commissions: Decimal::ZERO,
        // The reference does not tell commissions from fees.
        fees: number("fees"),
        risk: trip["risk"].as_str().map(decimal),
        volume: number("entry_qty").checked_add(number("exit_qty")).unwrap(),
        opened_at: Timestamp(trip["open_ns"].as_i64().unwrap()),
        closed_at: Timestamp(trip["close_ns"].as_i64().unwrap()),
    }
}
