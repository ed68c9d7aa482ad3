//! Commands that let anybody check: `vector` and `parse`, without a server.

use crate::support::{dev, folder};
use serde_json::{Value, json};
use std::fs;

const CSV: &str = "timestamp,symbol,side,quantity,price,commission,execution_id\n\
                   2026-01-05T14:30:00Z,AAPL,buy,100,243.36,1.00,a\n\
                   2026-01-05T15:30:00Z,AAPL,sell,100,many,1.00,b\n";

#[test]
fn a_scenario_comes_out_as_exact_rows() {
    let folder = folder();
    let file = folder.path().join("scenario.json");
    let fills = json!([
        {"id": "a", "symbol": "X", "ts": "2026-01-05", "side": "buy", "qty": "3", "price": "10", "fee": "1"},
        {"id": "b", "symbol": "X", "ts": "2026-01-06", "side": "sell", "qty": "1", "price": "11", "fee": "1"},
    ]);
    fs::write(&file, json!({ "fills": fills }).to_string()).unwrap();

    let said = dev(&folder, &["vector", file.to_str().unwrap(), "--method", "avg", "--what", "legs"]);

    let legs: Value = serde_json::from_str(&said.output).unwrap();
    assert_eq!(
        (said.code, legs[0]["fee_open"].as_str(), legs[0]["net"].as_str()),
        (Some(0), Some("1/3"), Some("-1/3"))
    );
}

#[test]
fn a_scenario_that_is_none_is_named_with_the_place() {
    let folder = folder();
    let file = folder.path().join("scenario.json");
    fs::write(&file, r#"{"fills": [{"id": "a", "symbol": "X", "ts": "2026-02-30", "side": "buy"}]}"#)
        .unwrap();

    let said = dev(&folder, &["vector", file.to_str().unwrap()]);

    assert_eq!(said.code, Some(1));
    assert!(said.errors.contains("fills[0].ts: expected a time such as"), "{}", said.errors);
}

#[test]
fn a_broker_file_is_shown_with_every_row_accounted_for() {
    let folder = folder();
    let file = folder.path().join("anything.txt");
    fs::write(&file, CSV).unwrap();

    let said = dev(&folder, &["parse", file.to_str().unwrap()]);

    assert_eq!(said.code, Some(0), "{}", said.errors);
    for part in [
        "(generic-csv)",
        "243.36",
        "2 = 1 read + 0 skipped + 1 rejected",
        "line 3, price: \"many\" is not a number",
    ] {
        assert!(said.output.contains(part), "{part} is missing in {}", said.output);
    }
}

#[test]
fn a_broker_file_comes_out_as_json_for_programs() {
    let folder = folder();
    let file = folder.path().join("anything.txt");
    fs::write(&file, CSV).unwrap();

    let said = dev(&folder, &["parse", file.to_str().unwrap(), "--json", "--format", "generic-csv"]);

    let document: Value = serde_json::from_str(&said.output).unwrap();
    assert_eq!(document["rows"], json!({"total": 2, "read": 1, "skipped": 0, "rejected": 1, "structure": 1}));
    assert_eq!(document["fills"][0]["executed_at"], "2026-01-05T14:30:00Z");
    assert_eq!(
        (&document["diagnostics"][0]["line"], &document["diagnostics"][0]["code"]),
        (&json!(3), &json!("bad-number"))
    );
}

#[test]
fn a_file_of_no_known_format_says_what_to_do() {
    let folder = folder();
    let file = folder.path().join("letter.txt");
    fs::write(&file, "Dear broker,\nwhere are my fills?\n").unwrap();

    let said = dev(&folder, &["parse", file.to_str().unwrap()]);

    assert_eq!(said.code, Some(1));
    assert!(said.errors.contains("the format was not recognised"), "{}", said.errors);
    let said = dev(&folder, &["parse", file.to_str().unwrap(), "--format", "paper"]);
    assert!(said.errors.contains("no format is called \"paper\"; known are"), "{}", said.errors);
    assert!(said.errors.contains("ibkr-flex-xml"), "{}", said.errors);
}
