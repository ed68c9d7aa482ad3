//! Runs a document of the reference (fills in, rows out) through this crate.

use std::collections::BTreeMap;

use ledger::{
    Bust, Correction, Decimal, Direction, FeeRounding, Fill, Fraction, IssueKind, Leg, Matched, Method,
    OpenLot, Record, RoundTrip, Side, Status, Terms, Timestamp, match_fills, resolve,
};
use serde_json::{Value, json};

/// The rows that both sides have, in comparable form.
#[derive(Debug, PartialEq)]
pub struct Rows {
    pub trips: Vec<Value>,
    /// By account and symbol, then in the order of closing.
    pub legs: Vec<Value>,
    pub open: Vec<Value>,
    pub issues: Vec<Value>,
}

type Symbols = BTreeMap<(String, String), Vec<Fill>>;

const TRIP_FIELDS: [&str; 15] = [
    "account",
    "symbol",
    "n",
    "dir",
    "status",
    "open_ns",
    "close_ns",
    "entry_qty",
    "exit_qty",
    "peak",
    "gross",
    "fees",
    "avg_entry",
    "avg_exit",
    "net",
];
const LEG_FIELDS: [&str; 13] = [
    "account",
    "symbol",
    "trip",
    "dir",
    "open",
    "close",
    "qty",
    "open_px",
    "close_px",
    "gross",
    "fee_open",
    "fee_close",
    "net",
];
const OPEN_FIELDS: [&str; 5] = ["account", "symbol", "qty", "avg_cost", "open_fees"];

/// The rows that the reference gives.
pub fn expected(rows: &Value) -> Rows {
    let mut legs = select(&rows["legs"], &LEG_FIELDS, "ns");
    legs.sort_by_key(|leg| (leg["account"].to_string(), leg["symbol"].to_string()));
    Rows {
        trips: select(&rows["trips"], &TRIP_FIELDS, "fills"),
        legs,
        open: select(&rows["open"], &OPEN_FIELDS, "qty"),
        issues: rows["issues"].as_array().unwrap().clone(),
    }
}

fn select(rows: &Value, fields: &[&str], last: &str) -> Vec<Value> {
    let pick = |row: &Value| {
        fields.iter().chain([&last]).map(|field| ((*field).to_owned(), row[field].clone())).collect()
    };
    rows.as_array().unwrap().iter().map(pick).collect()
}

/// The rows that this crate gives for the same document.
pub fn run(document: &Value, method: Method, fee_rounding: FeeRounding) -> Rows {
    let mut rows = Rows { trips: Vec::new(), legs: Vec::new(), open: Vec::new(), issues: Vec::new() };
    let (symbols, issues) = resolve_all(document);
    for ((account, symbol), fills) in &symbols {
        let multiplier =
            document["instruments"][symbol]["multiplier"].as_str().unwrap_or("1").parse().unwrap();
        let matched = match_fills(Terms { multiplier, method, fee_rounding }, fills).unwrap();
        let add = |rows: &mut Vec<Value>, mut row: Value| {
            row["account"] = json!(account);
            row["symbol"] = json!(symbol);
            rows.push(row);
        };
        for (position, trip) in matched.round_trips.iter().enumerate() {
            add(&mut rows.trips, trip_row(trip, position, fills));
        }
        for leg in &matched.legs {
            add(&mut rows.legs, leg_row(leg, fills));
        }
        if let Some(row) = open_row(&matched) {
            add(&mut rows.open, row);
        }
    }
    rows.issues = issues;
    rows
}

/// The fee rounding that the document asks for.
pub fn fee_rounding(document: &Value) -> FeeRounding {
    match document["config"]["fee_dp"].as_u64() {
        Some(places) => FeeRounding::Places(u32::try_from(places).unwrap()),
        None => FeeRounding::Exact,
    }
}

fn resolve_all(document: &Value) -> (Symbols, Vec<Value>) {
    let mut accounts: BTreeMap<String, Vec<Record<String>>> = BTreeMap::new();
    for event in document["fills"].as_array().unwrap() {
        let account = event["account"].as_str().unwrap_or("-").to_owned();
        accounts.entry(account).or_default().push(record(event));
    }
    let (mut symbols, mut issues) = (Symbols::new(), Vec::new());
    for (account, records) in accounts {
        let resolved = resolve(records);
        for (symbol, fill) in resolved.fills {
            symbols.entry((account.clone(), symbol)).or_default().push(fill);
        }
        issues.extend(resolved.issues.into_iter().map(|issue| (issue_kind(issue.kind), issue.execution_id)));
    }
    issues.sort();
    (symbols, issues.into_iter().map(|(kind, id)| json!([kind, id])).collect())
}

fn issue_kind(kind: IssueKind) -> &'static str {
    match kind {
        IssueKind::Conflict => "conflict",
        IssueKind::Duplicate => "duplicate",
        IssueKind::OrphanBust => "orphan_bust",
        IssueKind::OrphanCorrection => "orphan_correct",
    }
}

fn record(event: &Value) -> Record<String> {
    let text = |field: &str| event[field].as_str().map(str::to_owned);
    let number = |field: &str| event[field].as_str().map(|text| text.parse::<Decimal>().unwrap());
    let execution_id = text("id").unwrap();
    let time = timestamp(event["ts"].as_str().unwrap());
    let sequence = event["seq"].as_i64().unwrap_or(0);
    let side = event["side"].as_str().map(|side| if side == "buy" { Side::Buy } else { Side::Sell });
    match event["kind"].as_str().unwrap_or("fill") {
        "bust" => Record::Bust(Bust { execution_id, refers_to: text("ref").unwrap(), time, sequence }),
        "correct" => Record::Correction(Correction {
            execution_id,
            refers_to: text("ref").unwrap(),
            time,
            sequence,
            book: text("symbol"),
            trade_time: event["trade_ts"].as_str().map(timestamp),
            side,
            quantity: number("qty"),
            price: number("price"),
            commission: number("fee"),
            fees: None,
        }),
        kind => {
            assert_eq!(kind, "fill", "an event this crate does not know");
            let time = event["trade_ts"].as_str().map_or(time, timestamp);
            let fill = Fill {
                execution_id,
                time,
                sequence,
                side: side.unwrap(),
                quantity: number("qty").unwrap(),
                price: number("price").unwrap(),
                commission: number("fee").unwrap_or_default(),
                fees: Decimal::ZERO,
            };
            Record::Fill { book: text("symbol").unwrap(), fill }
        }
    }
}

/// Reads `2024-01-02`, `2024-01-02T15:00:00Z` and `2024-01-02T15:00:00.123Z`.
fn timestamp(text: &str) -> Timestamp {
    let number =
        |range: std::ops::Range<usize>| text.get(range).map_or(0, |digits| digits.parse::<i64>().unwrap());
    let (year, month, day) = (number(0..4), number(5..7), number(8..10));
    // Days since 1970-01-01 in the Gregorian calendar, with the year beginning in March.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1 - 719_468;
    let seconds = ((days * 24 + number(11..13)) * 60 + number(14..16)) * 60 + number(17..19);
    let fraction = text.get(20..).unwrap_or("").trim_end_matches('Z');
    Timestamp(seconds * 1_000_000_000 + format!("{fraction:0<9}").parse::<i64>().unwrap())
}

fn sign(direction: Direction) -> i64 {
    match direction {
        Direction::Long => 1,
        Direction::Short => -1,
    }
}

fn trip_row(trip: &RoundTrip, position: usize, fills: &[Fill]) -> Value {
    let ids: Vec<&str> =
        fills[trip.opening..=trip.last].iter().map(|fill| fill.execution_id.as_str()).collect();
    assert_eq!(ids.len(), trip.fill_count());
    json!({
        "n": position + 1,
        "dir": sign(trip.direction),
        "status": match trip.status() { Status::Open => "open", Status::Closed => "closed" },
        "open_ns": trip.opened_at.0,
        "close_ns": trip.closed_at.map(|time| time.0),
        "entry_qty": trip.entry_quantity.to_string(),
        "exit_qty": trip.exit_quantity.to_string(),
        "peak": trip.peak_quantity.to_string(),
        "gross": trip.gross.to_string(),
        "fees": (&trip.commissions + &trip.fees).to_string(),
        "avg_entry": trip.average_entry.to_string(),
        "avg_exit": trip.average_exit.as_ref().map(|average| average.to_string()),
        "net": trip.net.to_string(),
        "fills": ids,
    })
}

fn leg_row(leg: &Leg, fills: &[Fill]) -> Value {
    json!({
        "trip": leg.round_trip + 1,
        "dir": sign(leg.direction),
        "open": fills[leg.opening].execution_id,
        "close": fills[leg.closing].execution_id,
        "qty": leg.quantity.to_string(),
        "open_px": leg.open_price.to_string(),
        "close_px": leg.close_price.to_string(),
        "gross": leg.gross.to_string(),
        "fee_open": (&leg.commission_open + &leg.fees_open).to_string(),
        "fee_close": (&leg.commission_close + &leg.fees_close).to_string(),
        "net": leg.net.to_string(),
        "ns": leg.closed_at.0,
    })
}

fn open_row(matched: &Matched) -> Option<Value> {
    let lots = &matched.open_lots;
    let direction = Decimal::from(sign(lots.first()?.direction));
    let cost = |lot: &OpenLot| lot.quantity.checked_mul(lot.price).unwrap();
    let quantity = Decimal::checked_sum(lots.iter().map(|lot| lot.quantity)).unwrap();
    let costs = Decimal::checked_sum(lots.iter().map(cost)).unwrap();
    let waiting: Fraction = lots.iter().map(|lot| &lot.commission + &lot.fees).sum();
    Some(json!({
        "qty": quantity.checked_mul(direction).unwrap().to_string(),
        "avg_cost": Fraction::new(costs, quantity).unwrap().to_string(),
        "open_fees": waiting.to_string(),
    }))
}
