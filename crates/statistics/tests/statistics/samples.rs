//! Trades to measure.

use ledger::{Decimal, Fraction, Timestamp};
use serde_json::Value;
use statistics::{ClosedTrade, Options, StatisticsError, Summary, Trades, summarize};

const MINUTE: i64 = 60_000_000_000;

pub fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

pub fn fraction(text: &str) -> Fraction {
    text.parse().unwrap()
}

/// A trade of one minute that closes at the end of the given minute.
pub fn trade(minute: i64, net: &str) -> ClosedTrade {
    ClosedTrade {
        net: fraction(net),
        gross: fraction(net),
        commissions: Fraction::ZERO,
        fees: Fraction::ZERO,
        risk: None,
        volume: fraction("2"),
        opened_at: Timestamp(minute * MINUTE),
        closed_at: Timestamp((minute + 1) * MINUTE),
    }
}

/// A trade a minute, in this order.
pub fn trades(nets: &[&str]) -> Vec<ClosedTrade> {
    (0..).zip(nets).map(|(minute, net)| trade(minute, net)).collect()
}

/// The summary of these rows.
pub fn measured(rows: &[ClosedTrade], options: &Options) -> Result<Summary, StatisticsError> {
    summarize(&Trades::from_rows(rows)?, options)
}

/// The summary of trades that net these amounts, with the default options.
pub fn summary(nets: &[&str]) -> Summary {
    measured(&trades(nets), &Options::default()).unwrap()
}

/// The round trips of the reference that closed, in the order of the statistics.
pub fn closed(trips: &Value) -> Trades {
    let mut rows: Vec<&Value> =
        trips.as_array().unwrap().iter().filter(|trip| trip["status"] == "closed").collect();
    rows.sort_by_key(|trip| {
        let text = |field: &str| trip[field].as_str().unwrap().to_owned();
        (trip["close_ns"].as_i64().unwrap(), text("account"), text("symbol"), trip["n"].as_i64().unwrap())
    });
    let rows: Vec<ClosedTrade> = rows.into_iter().map(closed_trip).collect();
    Trades::from_rows(&rows).unwrap()
}

fn closed_trip(trip: &Value) -> ClosedTrade {
    let number = |field: &str| fraction(trip[field].as_str().unwrap());
    ClosedTrade {
        net: number("net_base"),
        gross: number("gross"),
        commissions: Fraction::ZERO,
        // The reference does not tell commissions from fees.
        fees: number("fees"),
        risk: trip["risk"].as_str().map(fraction),
        volume: number("entry_qty") + number("exit_qty"),
        opened_at: Timestamp(trip["open_ns"].as_i64().unwrap()),
        closed_at: Timestamp(trip["close_ns"].as_i64().unwrap()),
    }
}
