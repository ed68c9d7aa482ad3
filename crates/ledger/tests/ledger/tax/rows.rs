//! Between the reference's documents and the transactions and results of this crate.

use ledger::tax::uk::{self, Rule, ShareMatching};
use ledger::tax::us::{self, WashSales};
use ledger::tax::{TaxError, Transaction};
use ledger::{Day, Side};
use serde_json::{Value, json};

/// A transaction without a fee on a day such as `2024-03-20`.
pub fn transaction(id: &str, day: &str, side: Side, quantity: &str, price: &str) -> Transaction {
    let number = |range: std::ops::Range<usize>| day[range].parse().unwrap();
    let day = Day::from_civil(day[..4].parse().unwrap(), number(5..7), number(8..10)).unwrap();
    let (quantity, price) = (quantity.parse().unwrap(), price.parse().unwrap());
    Transaction { id: id.to_owned(), day, side, quantity, price, fee: ledger::Decimal::ZERO }
}

/// The transactions of a document.
pub fn transactions(document: &Value) -> Vec<Transaction> {
    let row = |fill: &Value| {
        let text = |field: &str| fill[field].as_str().unwrap();
        let side = if text("side") == "buy" { Side::Buy } else { Side::Sell };
        let plain = transaction(text("id"), &text("ts")[..10], side, text("qty"), text("price"));
        Transaction { fee: text("fee").parse().unwrap(), ..plain }
    };
    document["fills"].as_array().unwrap().iter().map(row).collect()
}

/// What a view makes of the transactions, as the reference prints it.
pub fn printed(view: &str, transactions: &[Transaction]) -> Result<Value, TaxError> {
    match view {
        "us" => Ok(us_rows(&us::wash_sales(transactions)?)),
        _ => Ok(uk_rows(&uk::share_matching(transactions)?)),
    }
}

fn us_rows(view: &WashSales) -> Value {
    let disposal = |row: &us::Disposal| {
        json!({
            "sale": row.sale,
            "date": row.day.to_string(),
            "lot": row.lot,
            "qty": row.quantity.to_string(),
            "proceeds": row.proceeds.to_string(),
            "basis": row.basis.to_string(),
            "gain": row.gain.to_string(),
            "disallowed": row.disallowed.to_string(),
            "allowed": row.allowed.to_string(),
            "held_from": row.held_from.to_string(),
            "long_term": row.long_term,
        })
    };
    let lot = |row: &us::HeldLot| {
        json!({
            "id": row.id,
            "qty": row.quantity.to_string(),
            "basis": row.basis.to_string(),
            "held_from": row.held_from.to_string(),
        })
    };
    json!({
        "disposals": view.disposals.iter().map(disposal).collect::<Vec<_>>(),
        "lots": view.lots.iter().map(lot).collect::<Vec<_>>(),
        "allowed": view.allowed.to_string(),
    })
}

fn uk_rows(view: &ShareMatching) -> Value {
    let part = |row: &uk::Part| {
        json!({
            "rule": match row.rule {
                Rule::SameDay => "same_day",
                Rule::ThirtyDays => "30_day",
                Rule::Pool => "s104",
            },
            "acquired": row.acquired.map(|day| day.to_string()),
            "qty": row.quantity.to_string(),
            "cost": row.cost.to_string(),
        })
    };
    let disposal = |row: &uk::Disposal| {
        json!({
            "date": row.day.to_string(),
            "qty": row.quantity.to_string(),
            "proceeds": row.proceeds.to_string(),
            "cost": row.cost.to_string(),
            "gain": row.gain.to_string(),
            "parts": row.parts.iter().map(part).collect::<Vec<_>>(),
        })
    };
    json!({
        "disposals": view.disposals.iter().map(disposal).collect::<Vec<_>>(),
        "pool": { "qty": view.pool.quantity.to_string(), "cost": view.pool.cost.to_string() },
        "gain": view.gain.to_string(),
    })
}
