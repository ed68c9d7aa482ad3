//! Robinhood: account activity.

use crate::{line, read, told};
use formats::Cause;

const HEADER: &str = "\"Activity Date\",\"Process Date\",\"Settle Date\",\"Instrument\",\"Description\",\"Trans Code\",\"Quantity\",\"Price\",\"Amount\"";

fn file(rows: &[&str]) -> String {
    [&[HEADER], rows].concat().join("\n")
}

#[test]
fn fees_are_what_the_amount_holds_beyond_price_and_quantity() {
    let (report, collected) = read(&file(&[
        "\"1/12/2026\",\"1/12/2026\",\"1/13/2026\",\"AAPL\",\"Apple\nCUSIP: 037833100\",\"Sell\",\"100\",\"$250.00\",\"$24,999.31\"",
        r#""1/6/2026","1/6/2026","1/7/2026","MOH","MOH 1/15/2027 Call $200.00","BTO","2","$19.05","($3,810.08)""#,
        r#""1/6/2026","1/6/2026","1/7/2026","MOH","MOH 1/15/2027 Call $200.00","BTO","2","$19.05","($3,810.08)""#,
        r#""1/5/2026","1/5/2026","1/6/2026","AAPL","Apple","Buy","0.123456","$243.36","($30.04)""#,
    ]));
    let lines: Vec<String> = collected.fills.iter().map(line).collect();

    assert_eq!(
        lines,
        [
            "2: AAPL sell 100 @ 250 x1 commission 0 fees 0.69 USD at 1768194000",
            "4: MOH 1/15/2027 Call $200.00 buy 2 @ 19.05 x100 commission 0 fees 0.08 USD at 1767675600",
            "5: MOH 1/15/2027 Call $200.00 buy 2 @ 19.05 x100 commission 0 fees 0.08 USD at 1767675600",
            "6: AAPL buy 0.123456 @ 243.36 x1 commission 0 fees -0.00425216 USD at 1767589200",
        ]
    );
    assert_ne!(collected.fills[1].execution_id, collected.fills[2].execution_id);
    assert!(collected.fills[2].sequence < collected.fills[1].sequence, "newest first");
    assert_eq!((report.rows.total, report.rows.read), (4, 4));
}

#[test]
fn an_amount_that_is_too_far_off_is_no_fee() {
    let (_, collected) = read(&file(&[
        r#""1/5/2026","1/5/2026","1/6/2026","AAPL","Apple","Buy","10","$243.36","($3,000.00)""#,
    ]));

    assert_eq!(collected.fills[0].fees.to_string(), "0");
    assert!(collected.codes().contains(&(2, "amount-mismatch")));
}

#[test]
fn options_end_in_events_and_an_assignment_brings_its_shares_as_a_row() {
    let (report, collected) = read(&file(&[
        r#""1/16/2026","1/16/2026","1/20/2026","SPY","Option Expiration for SPY 1/16/2026 Call $580.00","OEXP","1S","","""#,
        r#""1/16/2026","1/16/2026","1/20/2026","TSLA","TSLA 1/16/2026 Put $400.00","OASGN","1","","""#,
        r#""1/16/2026","1/16/2026","1/20/2026","TSLA","1 TSLA Option Assigned","Buy","100","$400.00","($40,000.00)""#,
    ]));
    let ends: Vec<String> = collected.events.iter().map(told).collect();

    assert_eq!(ends, ["Expiry 1 SPY 1/16/2026 Call $580.00", "Assignment 1 TSLA 1/16/2026 Put $400.00",]);
    assert_eq!(collected.fills[0].cause, Cause::Assignment);
    assert_eq!(report.rows.read, 3);
}

#[test]
fn cash_is_told_by_its_code_and_the_rest_is_skipped_or_rejected_with_a_reason() {
    let (report, collected) = read(&file(&[
        r#""1/9/2026","1/9/2026","1/9/2026","AAPL","Cash Div","CDIV","","","$26.00""#,
        r#""1/8/2026","1/8/2026","1/8/2026","","ACH Withdrawal","ACH","","","($100.00)""#,
        r#""1/8/2026","1/8/2026","1/8/2026","","Gold Fee","GOLD","","","($5.00)""#,
        r#""1/7/2026","1/7/2026","1/7/2026","","Interest Payment","INT","","","$1.25""#,
        r#""1/7/2026","1/7/2026","1/7/2026","NVDA","NVIDIA","SPL","90","","""#,
        r#""1/6/2026","1/6/2026","1/6/2026","AAPL","ACATS","ACATI","10","","""#,
        r#""1/6/2026","1/6/2026","1/6/2026","AAPL","?","XYZ","","","""#,
        r#","","","","","","","","","The data provided is for informational purposes only""#
            .trim_start_matches(','),
    ]));
    let cash: Vec<String> = collected.events.iter().map(told).collect();

    assert_eq!(cash, ["dividend 26 USD", "withdrawal -100 USD", "fee -5 USD", "interest 1.25 USD"]);
    assert_eq!(
        (report.rows.total, report.rows.read, report.rows.skipped, report.rows.rejected),
        (8, 4, 3, 1)
    );
    for expected in
        [(6, "split-without-ratio"), (7, "units-without-trade"), (8, "unknown-action"), (9, "disclaimer")]
    {
        assert!(collected.codes().contains(&expected), "{expected:?} in {:?}", collected.codes());
    }
}
