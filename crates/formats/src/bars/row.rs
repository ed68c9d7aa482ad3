//! One row of a file of price bars.

use super::ParsedBar;
use crate::{Cells, Header, Moment, TimeSource, numbers, tally::Fault, times::Clock};
use ledger::{Decimal, Timestamp};
use std::borrow::Cow;

/// Where the columns are. `MetaTrader` writes their names in angle brackets.
#[derive(Clone, Copy)]
pub(super) struct Columns {
    date: usize,
    /// The time of day, where it has a column of its own.
    clock: Option<usize>,
    /// Open, high, low and close.
    prices: [usize; 4],
}

/// The columns that tell when a bar begins, the surest first.
const TIMES: [&str; 9] =
    ["timestamp", "datetime", "date time", "gmt time", "local time", "open time", "date", "<date>", "time"];
const PRICES: [(&str, &[&str]); 4] = [
    ("open", &["open", "<open>", "open price"]),
    ("high", &["high", "<high>", "high price"]),
    ("low", &["low", "<low>", "low price"]),
    ("close", &["close", "<close>", "close/last", "close price", "last"]),
];

impl Columns {
    /// The columns of a header that has all of them.
    pub fn of(header: &Header) -> Option<Self> {
        let first = |names: &[&str]| names.iter().find_map(|name| header.index(name));
        let [open, high, low, close] = PRICES.map(|(_, names)| first(names));
        let date = first(&TIMES)?;
        let clock = first(&["time", "<time>"]).filter(|clock| *clock != date && is_day(header, date));
        Some(Self { date, clock, prices: [open?, high?, low?, close?] })
    }
}

/// True for a column that holds days alone when another one holds the time of day.
fn is_day(header: &Header, column: usize) -> bool {
    ["date", "<date>"].iter().any(|name| header.index(name) == Some(column))
}

/// The bar of a row; its end is not known yet.
pub(super) fn read(columns: Columns, cells: &Cells<'_>, clock: &Clock) -> Result<ParsedBar, Fault> {
    let date = cells.at(columns.date);
    let text = match columns.clock {
        Some(clock) => Cow::Owned(format!("{date} {}", cells.at(clock))),
        None => Cow::Borrowed(date),
    };
    let starts_at = match since_epoch(&text) {
        Some(at) => {
            Moment { at, text: text.into_owned(), source: TimeSource::Utc, doubt: None, date_only: false }
        }
        None => clock.read("time", &text)?,
    };
    let mut prices = [Decimal::ZERO; 4];
    for ((price, (name, _)), column) in prices.iter_mut().zip(PRICES).zip(columns.prices) {
        *price = numbers::decimal(name, cells.at(column), cells.point)?;
    }
    let [open, high, low, close] = prices;
    if low > open.min(close) || high < open.max(close) {
        let message = format!("open {open} and close {close} do not lie between low {low} and high {high}");
        return Err(Fault::new("high", "bad-bar", message));
    }
    Ok(ParsedBar { line: cells.line, ends_at: starts_at.at, starts_at, open, high, low, close })
}

/// Seconds (10 digits) or milliseconds (13) since 1970, as charting platforms write them.
fn since_epoch(text: &str) -> Option<Timestamp> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let nanoseconds = match text.len() {
        10 => 1_000_000_000,
        13 => 1_000_000,
        _ => return None,
    };
    Some(Timestamp(text.parse::<i64>().ok()?.checked_mul(nanoseconds)?))
}
