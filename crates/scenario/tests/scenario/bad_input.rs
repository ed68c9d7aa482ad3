//! What is wrong in a scenario is said, with its place.

use ledger::{IssueKind, Method};
use scenario::{Scenario, ScenarioError};
use serde_json::{Value, json};

fn fill(id: &str, second: u32, side: &str, quantity: &str, price: &str) -> Value {
    json!({"id": id, "symbol": "X", "ts": format!("2024-01-02T15:00:{second:02}Z"), "side": side, "qty": quantity, "price": price})
}

fn refusal(document: &Value) -> String {
    let outcome = Scenario::read(document).and_then(|scenario| scenario.settle(Method::Fifo).map(drop));
    outcome.map_err(|error: ScenarioError| error.to_string()).unwrap_err()
}

fn issues(document: &Value) -> Vec<(IssueKind, String)> {
    let statement = Scenario::read(document).unwrap().settle(Method::Fifo).unwrap();
    statement.issues.into_iter().map(|issue| (issue.kind, issue.execution_id)).collect()
}

#[test]
fn a_field_that_is_not_what_it_should_be_is_named() {
    let digits = "9".repeat(400);
    for (name, value, message) in [
        ("qty", json!(digits), "fills[0].qty: expected a decimal of at most 76 digits"),
        ("price", json!("1e5"), "fills[0].price: expected a decimal of at most 76 digits, found \"1e5\""),
        ("price", json!("NaN"), "fills[0].price: expected a decimal of at most 76 digits, found \"NaN\""),
        ("price", Value::Null, "fills[0].price: expected a decimal, found nothing"),
        ("side", json!("hold"), "fills[0].side: expected buy or sell, found \"hold\""),
        (
            "ts",
            json!("2024-02-30"),
            "fills[0].ts: expected a time such as 2026-01-05T14:30:00Z, found \"2024-02-30\"",
        ),
        (
            "kind",
            json!("gift"),
            "fills[0].kind: expected fill, split, cash, expire, exercise, assign, correct or bust, found \"gift\"",
        ),
    ] {
        let mut bad = fill("a", 1, "buy", "1", "10");
        bad[name] = value;

        let refusal = refusal(&json!({"fills": [bad]}));

        assert!(refusal.starts_with(message), "{refusal}");
    }
}

#[test]
fn a_document_without_fills_is_none() {
    for document in [json!({}), json!([]), json!(null), json!({"instruments": {}})] {
        assert_eq!(refusal(&document), "fills: expected a list of what happened, found null", "{document}");
    }
    assert_eq!(refusal(&json!({"fills": 3})), "fills: expected a list, found 3");
}

#[test]
fn a_currency_without_a_rate_stops_at_the_fill_that_needs_it() {
    let mut bought = fill("a", 1, "buy", "1", "10");
    bought["fee"] = json!("1");
    bought["fee_ccy"] = json!("CHF");

    let refusal = refusal(&json!({"instruments": {"X": {"ccy": "USD"}}, "fills": [bought]}));

    assert_eq!(refusal, "a: no rate from CHF to USD is known at its time");
}

#[test]
fn what_has_nothing_to_act_on_is_an_issue_and_changes_nothing() {
    let time = "2024-01-02T16:00:00Z";
    let option = json!({"multiplier": "100", "right": "call", "strike": "10", "underlying": "S"});
    let exercise = |id: &str, second: u32, quantity: &str| json!({"kind": "exercise", "id": id, "symbol": "X", "qty": quantity, "ts": format!("2024-01-02T15:01:{second:02}Z")});
    let document = json!({
        "instruments": {"X": option},
        "fills": [
            fill("none", 0, "buy", "0", "10"),
            fill("less", 0, "buy", "-1", "10"),
            {"kind": "split", "id": "split", "symbol": "Y", "ratio": "2", "ts": time},
            {"kind": "split", "id": "zero", "symbol": "X", "ratio": "0", "ts": time},
            {"kind": "cash", "id": "cash", "symbol": "Y", "amount": "1", "ts": time},
            {"kind": "expire", "id": "expiry", "symbol": "Y", "ts": time},
            fill("bought", 1, "buy", "2", "1"),
            exercise("once", 1, "2"),
            exercise("twice", 2, "2"),
        ],
    });

    let expected = [
        (IssueKind::Rejected, "less"),
        (IssueKind::Rejected, "none"),
        (IssueKind::CashWithoutPosition, "cash"),
        (IssueKind::ExerciseWithoutPosition, "twice"),
        (IssueKind::ExpiryWithoutPosition, "expiry"),
        (IssueKind::SplitWithoutPosition, "split"),
        (IssueKind::RejectedSplit, "zero"),
    ];
    assert_eq!(issues(&document), expected.map(|(kind, id)| (kind, id.to_owned())));
}

#[test]
fn a_sale_of_what_was_never_bought_is_an_issue_when_the_broker_calls_it_a_closing() {
    let mut sold = fill("sold", 1, "sell", "5", "10");
    sold["effect"] = json!("close");

    assert_eq!(issues(&json!({"fills": [sold]})), [(IssueKind::ClosesNothing, "sold".to_owned())]);
}

#[test]
fn an_exercise_of_more_than_is_held_is_an_issue() {
    let mut document = json!({
        "instruments": {"X": {"multiplier": "100", "right": "put", "strike": "10", "underlying": "S"}},
        "fills": [fill("bought", 1, "buy", "1", "1")],
    });
    document["fills"].as_array_mut().unwrap().push(
        json!({"kind": "exercise", "id": "used", "symbol": "X", "qty": "3", "ts": "2024-01-02T15:01:00Z"}),
    );

    assert_eq!(issues(&document), [(IssueKind::ExerciseBeyondPosition, "used".to_owned())]);
}

#[test]
fn two_executions_with_one_id_and_different_content_are_a_conflict_whichever_came_first() {
    let (one, other) = (fill("a", 1, "buy", "1", "10"), fill("a", 1, "buy", "1", "11"));
    let run = |fills: [&Value; 2]| {
        let scenario = Scenario::read(&json!({"fills": fills})).unwrap();
        scenario.settle(Method::Fifo).unwrap()
    };

    assert_eq!(run([&one, &other]), run([&other, &one]));
    assert_eq!(issues(&json!({"fills": [one, other]})), [(IssueKind::Conflict, "a".to_owned())]);
}
