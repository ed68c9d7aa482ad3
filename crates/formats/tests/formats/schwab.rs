//! Schwab: transactions and realised gains.

use crate::{line, read, real_file, told};
use formats::ParsedEvent;

const HEADER: &str =
    "\"Date\",\"Action\",\"Symbol\",\"Description\",\"Quantity\",\"Price\",\"Fees & Comm\",\"Amount\"";

fn file(rows: &[&str]) -> String {
    let preamble = "\"Transactions  for account ...1234 as of 01/21/2026 10:00:00 ET\"";
    [&[preamble, HEADER], rows].concat().join("\n")
}

#[test]
fn trades_of_shares_and_options_are_fills_in_the_order_from_the_bottom_up() {
    let (report, collected) = read(&file(&[
        r#""01/12/2026","Buy to Close","SPY 01/16/2026 580.00 C","CALL","2","$0.50","$1.33","-$101.33""#,
        r#""01/05/2026","Sell","AAPL","APPLE INC","100","$250.00","$0.05","$24,999.95""#,
        r#""01/05/2026","Buy","AAPL","APPLE INC","100","$243.36","","-$24,336.00""#,
        r#""01/05/2026","Sell Short","TSLA","TESLA INC","10","$400.00","$0.01","$3,999.99""#,
        r#""01/02/2026","Reinvest Shares","VTI","VANGUARD","0.5","$300.00","","-$150.00""#,
    ]));
    let lines: Vec<String> = collected.fills.iter().map(line).collect();

    assert_eq!(
        lines,
        [
            "3: SPY 01/16/2026 580.00 C buy 2 @ 0.5 x100 commission 1.33 fees 0 USD at 1768194000",
            "4: AAPL sell 100 @ 250 x1 commission 0.05 fees 0 USD at 1767589200",
            "5: AAPL buy 100 @ 243.36 x1 commission 0 fees 0 USD at 1767589200",
            "6: TSLA sell 10 @ 400 x1 commission 0.01 fees 0 USD at 1767589200",
            "7: VTI buy 0.5 @ 300 x1 commission 0 fees 0 USD at 1767330000",
        ]
    );
    assert!(collected.fills[2].sequence < collected.fills[1].sequence, "the purchase came before the sale");
    assert_eq!((report.rows.total, report.rows.read), (5, 5));
    assert_eq!(collected.codes(), [(3, "assumed-time-zone"), (3, "date-only"), (4, "newest-first")]);
}

#[test]
fn a_file_of_one_day_counts_from_the_bottom_up_too() {
    let (_, collected) = read(&file(&[
        r#""01/05/2026","Sell","AAPL","APPLE INC","100","$250.00","","$25,000.00""#,
        r#""01/05/2026","Buy","AAPL","APPLE INC","100","$243.36","","-$24,336.00""#,
    ]));

    assert!(collected.fills[1].sequence < collected.fills[0].sequence);
}

#[test]
fn ends_of_options_splits_and_cash_are_events() {
    let (report, collected) = read(&file(&[
        r#""01/20/2026 as of 01/16/2026","Expired","SPY 01/16/2026 580.00 C","CALL","-1","","","""#,
        r#""01/20/2026 as of 01/16/2026","Assigned","SPY 01/16/2026 570.00 P","PUT","2","","","""#,
        r#""01/15/2026","Stock Split","NVDA","NVIDIA 10 FOR 1 SPLIT","90","","","""#,
        r#""01/14/2026","Qualified Dividend","AAPL","APPLE INC","","","","$26.00""#,
        r#""01/13/2026","Margin Interest","","INT 12/16 - 01/15","","","","-$3.10""#,
        r#""01/13/2026","NRA Tax Adj","AAPL","APPLE INC","","","","-$3.90""#,
        r#""01/02/2026","MoneyLink Transfer","","Tfr BANK","","","","-$500.00""#,
    ]));
    let told: Vec<String> = collected.events.iter().map(told).collect();

    assert_eq!(
        told,
        [
            "Expiry 1 SPY 01/16/2026 580.00 C",
            "Assignment 2 SPY 01/16/2026 570.00 P",
            "split NVDA 10",
            "dividend 26 USD",
            "interest -3.1 USD",
            "tax -3.9 USD",
            "withdrawal -500 USD",
        ]
    );
    let ParsedEvent::Option(expiry) = &collected.events[0] else { panic!("the first row ends an option") };
    assert_eq!(expiry.option.as_ref().unwrap().expiry.to_string(), "2026-01-16");
    assert_eq!((expiry.happened_at.at.0, expiry.happened_at.date_only), (1_768_539_600_000_000_000, true));
    assert_eq!((report.rows.total, report.rows.read), (7, 7));
}

#[test]
fn what_is_no_trade_is_skipped_with_its_reason_and_what_cannot_be_read_is_rejected_with_its_column() {
    let (report, collected) = read(&file(&[
        r#""01/15/2026","Reverse Split","XYZ","XYZ CORP","-90","","","""#,
        r#""01/14/2026","Journaled Shares","AAPL","APPLE INC","10","","","""#,
        r#""01/13/2026","Cancel Buy","AAPL","APPLE INC","10","$243.36","","$2433.60""#,
        r#""13/13/2026","Buy","AAPL","APPLE INC","10","$243.36","","-$2433.60""#,
        r#""01/12/2026","Buy","AAPL","APPLE INC","ten","$243.36","","-$2433.60""#,
        r#""01/12/2026","Buy","912797KX4","US TREASURY","1000","$99.50","","-$995.00""#,
        r#""Transactions Total","","","","","","","$1.00""#,
    ]));

    assert_eq!(
        (report.rows.total, report.rows.read, report.rows.skipped, report.rows.rejected),
        (7, 1, 3, 3)
    );
    let columns: Vec<(u64, Option<&str>, &str)> =
        collected.diagnostics.iter().map(|d| (d.line, d.column.as_deref(), d.code)).collect();
    for expected in [
        (3, None, "split-without-ratio"),
        (4, None, "units-without-trade"),
        (5, Some("action"), "unknown-action"),
        (6, Some("date"), "bad-time"),
        (7, Some("quantity"), "bad-number"),
        (8, None, "amount-mismatch"),
        (9, None, "totals"),
    ] {
        assert!(columns.contains(&expected), "{expected:?} in {columns:?}");
    }
}

#[test]
fn equal_rows_are_two_executions_and_the_same_two_in_another_export() {
    let row = r#""01/05/2026","Buy","AAPL","APPLE INC","100","$243.36","","-$24,336.00""#;
    let (_, once) = read(&file(&[row, row]));
    let (_, again) = read(&file(&[row, row, r#""01/02/2026","Buy","VTI","V","1","$300.00","","-$300.00""#]));

    assert_ne!(once.fills[0].execution_id, once.fills[1].execution_id);
    assert_eq!(once.fills[0].execution_id, again.fills[0].execution_id);
    assert_eq!(once.fills[1].execution_id, again.fills[1].execution_id);
}

#[test]
fn a_closed_lot_is_its_entry_and_its_exit() {
    let header = "Symbol,Name,Closed Date,Opened Date,Quantity,Proceeds Per Share,Cost Per Share,Proceeds,Cost Basis (CB),\
                  Gain/Loss ($),Gain/Loss (%),Term,Wash Sale?";
    let (report, collected) = read(&format!(
        "{header}\n\
         AAPL,APPLE INC,01/12/2026,01/05/2026,100,$250.00,$243.36,\"$25,000.00\",\"$24,336.00\",$664.00,2.73%,Short Term,No\n\
         TSLA,TESLA INC,01/05/2026,01/12/2026,10,$400.00,$390.00,\"$4,000.00\",\"$3,900.00\",$100.00,2.56%,Short Term,No\n\
         Total,,,,,,,\"$29,000.00\",\"$28,236.00\",$764.00,2.7%,,\n"
    ));
    let lines: Vec<String> = collected.fills.iter().map(line).collect();

    assert_eq!(
        lines,
        [
            "2: AAPL buy 100 @ 243.36 x1 commission 0 fees 0 USD at 1767589200",
            "2: AAPL sell 100 @ 250 x1 commission 0 fees 0 USD at 1768194000",
        ]
    );
    let claims = collected.fills[1].claims.as_ref().unwrap();
    assert_eq!((claims.pnl.unwrap().to_string().as_str(), claims.pnl_is_net), ("664", true));
    assert_eq!(report.stated.net_pnl["USD"].to_string(), "664");
    assert_eq!((report.rows.read, report.rows.skipped, report.rows.rejected), (1, 1, 1));
    assert!(collected.codes().contains(&(3, "closed-before-opened")));
}

/// Figures of an independent script over the rows: ten trades, fees of 45, amounts of trades -522.10 and of cash 10001.40.
#[test]
fn a_real_file_is_read_whole() {
    let Some(text) = real_file("schwab_transactions.csv") else { return };

    let (report, collected) = read(&text);

    assert_eq!(
        (report.rows.total, report.rows.read, report.rows.skipped, report.rows.rejected),
        (13, 13, 0, 0)
    );
    assert_eq!((collected.fills.len(), collected.events.len()), (10, 3));
    let sum = |numbers: Vec<ledger::Decimal>| {
        numbers.into_iter().fold(ledger::Decimal::ZERO, |sum, number| sum.checked_add(number).unwrap())
    };
    let paid = collected.fills.iter().map(|fill| {
        let notional = fill.quantity.checked_mul(fill.price).unwrap();
        let notional = if fill.side == ledger::Side::Buy { -notional } else { notional };
        notional.checked_sub(fill.commission).unwrap()
    });
    assert_eq!(sum(paid.collect()).to_string(), "-522.1");
    assert_eq!(sum(collected.fills.iter().map(|fill| fill.commission).collect()).to_string(), "45");
    let cash = collected
        .events
        .iter()
        .filter_map(|event| if let ParsedEvent::Cash(cash) = event { Some(cash.amount) } else { None });
    assert_eq!(sum(cash.collect()).to_string(), "10001.4");
    assert!(!collected.codes().iter().any(|(_, code)| *code == "amount-mismatch"));
}
