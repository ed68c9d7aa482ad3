//! Rithmic R|Trader Pro.

use crate::{
    format, line, read,
    spoiled::{HOSTILE, assert_rejections, assert_survives_truncation, overlong, read_text, with_cell},
};
use formats::TimeSource;

#[test]
fn completed_orders_are_read_with_the_zone_of_their_header() {
    let (report, collected) = read(format("rithmic-orders").sample());

    let lines: Vec<String> = collected.fills.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "8: MNQM6 sell 2 @ 17771.625 x2 commission 1.02 fees 0 USD at 1777041305",
            "10: MNQM6 buy 2 @ 17730 x2 commission 1.02 fees 0 USD at 1777041005",
            "11: ZNM6 buy 1 @ 112.5 x1000 commission 0.85 fees 0 USD at 1777044605",
        ]
    );
    assert_eq!(collected.fills[0].execution_id, "1285662880");
    assert_eq!(collected.fills[0].executed_at.source, TimeSource::HeaderName("edt".into()));
    assert_eq!(report.accounts, ["APEX-1"]);
    assert_eq!(report.stated.commissions["USD"].to_string(), "2.89");
    assert_eq!((report.rows.total, report.rows.read, report.rows.skipped), (5, 3, 2));
    assert_eq!(collected.codes()[..2], [(3, "working"), (9, "not-filled")]);
}

#[test]
fn an_order_cancelled_after_a_part_was_filled_is_read() {
    let spoiled = with_cell("rithmic-orders", 7, 8, "status", "\"Cancelled\"");

    let (report, _) = read_text("rithmic-orders", &spoiled);

    assert_eq!(report.rows.read, 3);
}

#[test]
fn an_order_commission_that_the_rate_does_not_give_is_kept_and_told() {
    let (_, collected) =
        read_text("rithmic-orders", &with_cell("rithmic-orders", 7, 8, "commission", "\"1.50\""));

    assert_eq!(collected.fills[0].commission.to_string(), "1.5");
    assert!(collected.codes().contains(&(8, "commission-mismatch")), "{:?}", collected.codes());
}

#[test]
fn spoiled_orders_are_rejected_by_name() {
    let digits = format!("\"{}\"", overlong());
    assert_rejections(
        "rithmic-orders",
        7,
        8,
        &[
            ("symbol", "\"AB\"", "symbol", "unknown-contract"),
            ("symbol", "\"\"", "symbol", "missing-symbol"),
            ("buy/sell", "\"X\"", "buy/sell", "bad-side"),
            ("avg fill price", &digits, "avg fill price", "bad-number"),
            ("avg fill price", "\"112'33\"", "avg fill price", "bad-number"),
            ("qty filled", &digits, "qty filled", "bad-number"),
            ("qty filled", "\"-2\"", "quantity", "zero-quantity"),
            ("order number", "\"\"", "order number", "bad-id"),
            ("update time (edt)", "\"24/04\"", "update time", "bad-time"),
            ("commission fill rate", HOSTILE, "commission fill rate", "bad-number"),
        ],
    );
}

#[test]
fn performance_takes_account_and_instrument_from_its_titles() {
    let (report, collected) = read(format("rithmic-performance").sample());

    let lines: Vec<String> = collected.fills.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "5: MNQM6 buy 2 @ 17730 x2 commission 0 fees 0 USD at 1777044605",
            "5: MNQM6 sell 2 @ 17771.5 x2 commission 2.04 fees 0 USD at 1777044905",
            "8: MESM6 sell 1 @ 7200.25 x5 commission 0 fees 0 USD at 1777046400",
            "8: MESM6 buy 1 @ 7201.5 x5 commission 1.02 fees 0 USD at 1777046640",
        ]
    );
    assert_eq!(collected.fills[1].order_id.as_deref(), Some("1285662880"));
    assert_eq!(report.accounts, ["APEX-33521-11"]);
    assert_eq!(report.stated.gross_pnl["USD"].to_string(), "159.75");
    assert_eq!((report.rows.total, report.rows.read, report.rows.skipped), (3, 2, 1));
}

#[test]
fn one_order_in_two_equal_rows_is_two_executions() {
    let sample = format("rithmic-performance").sample();
    let row = sample.lines().nth(7).unwrap();

    let (report, collected) = read(&format!("{sample}{row}\n"));

    assert_eq!((report.rows.read, collected.fills.len()), (3, 6));
    assert_ne!(collected.fills[2].execution_id, collected.fills[4].execution_id);
}

#[test]
fn spoiled_performance_is_rejected_by_name() {
    assert_rejections(
        "rithmic-performance",
        4,
        5,
        &[
            ("entry buy/sell", "\"X\"", "entry buy/sell", "bad-side"),
            ("entry price", HOSTILE, "entry price", "bad-number"),
            ("exit time", "\"2026-02-30 10:00:00\"", "exit time", "bad-time"),
            ("fill size", "\"0\"", "fill size", "zero-quantity"),
            ("exit order number", "\"\"", "exit order number", "bad-id"),
        ],
    );
}

#[test]
fn a_file_that_ends_anywhere_is_accounted_for() {
    assert_survives_truncation(format("rithmic-orders"));
    assert_survives_truncation(format("rithmic-performance"));
}
