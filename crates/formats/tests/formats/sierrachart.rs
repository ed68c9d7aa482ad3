//! Sierra Chart.

use crate::{
    format, line, read,
    spoiled::{HOSTILE, assert_rejections, assert_survives_truncation, overlong, read_text, with_cell},
};
use ledger::Effect;

#[test]
fn fills_of_the_activity_log_are_read_and_other_activity_skipped() {
    let (report, collected) = read(format("sierrachart-activity").sample());

    let lines: Vec<String> = collected.fills.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "3: MNQH26_FUT_CME buy 1 @ 18500.25 x2 commission 0 fees 0 USD at 1768487400",
            "4: MNQH26_FUT_CME sell 1 @ 18510 x2 commission 0 fees 0 USD at 1768488120",
        ]
    );
    assert_eq!(collected.fills[0].executed_at.at.0 % 1_000_000_000, 123_456_000);
    assert_eq!(collected.fills[0].execution_id, "EX-1");
    assert_eq!(collected.fills[0].order_id.as_deref(), Some("501"));
    let effects: Vec<Option<Effect>> = collected.fills.iter().map(|fill| fill.effect).collect();
    assert_eq!(effects, [Some(Effect::Opens), Some(Effect::Closes)]);
    assert_eq!(report.accounts, ["Sim1"]);
    assert_eq!(report.stated.balances["USD"].to_string(), "50019.5");
    assert_eq!((report.rows.total, report.rows.read, report.rows.skipped), (4, 2, 2));
    assert_eq!(collected.codes(), [(2, "order"), (3, "assumed-time-zone"), (5, "balance")]);
}

#[test]
fn prices_in_the_scale_of_the_feed_are_told_by_the_quotes_beside_them() {
    let scaled = format("sierrachart-activity").sample().replace("\t18500.25\t1\t", "\t1850025.0000000\t1\t");

    let (_, collected) = read_text("sierrachart-activity", &scaled);

    assert_eq!(collected.fills[0].price.to_string(), "18500.25");
}

#[test]
fn prices_that_look_scaled_without_a_quote_are_read_as_they_stand_and_told() {
    let scaled = format("sierrachart-activity").sample().replace("\t18500.25\t1\t", "\t1850025.0000000\t1\t");
    let scaled = scaled.replace("Bid:", "").replace("Ask:", "").replace("Last:", "");

    let (_, collected) = read_text("sierrachart-activity", &scaled);

    assert_eq!(collected.fills[0].price.to_string(), "1850025");
    assert!(collected.codes().contains(&(3, "price-scale")), "{:?}", collected.codes());
}

#[test]
fn a_fill_without_an_id_gets_one_and_its_twin_another() {
    let text = with_cell("sierrachart-activity", 1, 3, "fillexecutionserviceid", "");
    let row = text.lines().nth(2).unwrap();

    let (_, collected) = read_text("sierrachart-activity", &format!("{text}\n{row}\n"));

    assert_eq!(collected.fills.len(), 3);
    assert_ne!(collected.fills[0].execution_id, collected.fills[2].execution_id);
}

#[test]
fn spoiled_fills_are_rejected_by_name() {
    assert_rejections(
        "sierrachart-activity",
        1,
        3,
        &[
            ("datetime", "2026-02-30  14:30:00", "datetime", "bad-time"),
            ("symbol", "", "symbol", "missing-symbol"),
            ("symbol", HOSTILE, "symbol", "unknown-contract"),
            ("buysell", "Hold", "buysell", "bad-side"),
            ("fillprice", &overlong(), "fillprice", "bad-number"),
            ("filledquantity", HOSTILE, "filledquantity", "bad-number"),
        ],
    );
}

#[test]
fn a_file_that_ends_anywhere_is_accounted_for() {
    assert_survives_truncation(format("sierrachart-activity"));
}
