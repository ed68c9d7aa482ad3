//! thinkorswim: the sections of an account statement complete one another.

use crate::{line, read, real_file, told};
use formats::{AssetClass, ParsedEvent};
use ledger::Decimal;

const CASH: &str = "DATE,TIME,TYPE,REF #,DESCRIPTION,Misc Fees,Commissions & Fees,AMOUNT,BALANCE";
const FUTURES: &str =
    "Trade Date,Exec Date,Exec Time,Type,Ref #,Description,Misc Fees,Commissions & Fees,Amount,Balance";
const FOREX: &str = ",Date,Time,Type,Ref #,Description,Commissions & Fees,Amount,Amount(USD),Balance";
const TRADES: &str =
    ",Exec Time,Spread,Side,Qty,Pos Effect,Symbol,Exp,Strike,Type,Price,Net Price,Order Type";

fn statement(parts: &[&str]) -> String {
    format!("\u{feff}Account Statement for 1 (ira) since 5/5/26 through 5/7/26\n\n{}\n", parts.join("\n"))
}

#[test]
fn legs_inherit_the_time_and_share_the_fees_of_the_cash_balance() {
    let (report, collected) = read(&statement(&[
        "Cash Balance",
        CASH,
        r#"5/5/26,01:00:00,BAL,,Cash balance at the start of business day 05.05 CST,,,,"10,000.00""#,
        r#"5/5/26,07:31:00,TRD,="51",SOLD -3 VERTICAL SPY 100 (Weeklys) 5 JUN 26 715/714 PUT @.34,-0.05,-3.90,102.00,"10,098.05""#,
        r#"5/6/26,09:45:00,TRD,="52",BOT +10 KOD @35.22,,,-352.20,"9,745.85""#,
        r#",,,,TOTAL,-0.05,-3.90,-250.20,"9,745.85""#,
        "",
        "Account Order History",
        "Notes,,Time Placed,Spread,Side,Qty,Pos Effect,Symbol,Exp,Strike,Type,PRICE,,TIF,Status",
        ",,5/6/26 09:44:00,STOCK,BUY,+10,TO OPEN,KOD,,,STOCK,35.22,LMT,DAY,FILLED",
        "",
        "Account Trade History",
        TRADES,
        ",5/6/26 09:45:01,STOCK,BUY,+10,TO OPEN,KOD,,,STOCK,35.22,35.22,LMT",
        ",5/5/26 07:31:00,VERTICAL,SELL,-3,TO OPEN,SPY,5 JUN 26,715,PUT,3.50,.34,LMT",
        ",,,BUY,+3,TO OPEN,SPY,5 JUN 26,714,PUT,3.16,CREDIT,",
        "",
        "Profits and Losses",
        "Symbol,Description,P/L Open",
        "KOD,KODIAK,$1.00",
    ]));
    let lines: Vec<String> = collected.fills.iter().map(line).collect();

    assert_eq!(
        lines,
        [
            "16: KOD buy 10 @ 35.22 x1 commission 0 fees 0 USD at 1778075101",
            "17: .SPY260605P715 sell 3 @ 3.5 x100 commission 1.95 fees 0.02 USD at 1777980660",
            "18: .SPY260605P714 buy 3 @ 3.16 x100 commission 1.95 fees 0.03 USD at 1777980660",
        ]
    );
    let ids: Vec<&str> = collected.fills.iter().map(|fill| fill.execution_id.as_str()).collect();
    assert_eq!(ids, ["52", "51:1", "51:2"]);
    assert_eq!(report.stated.balances["USD"].to_string(), "9745.85");
    // Two cash trades and three legs; the start balance, the total, the order, and the two rows of a section without trades.
    assert_eq!(
        (report.rows.total, report.rows.read, report.rows.skipped, report.rows.rejected),
        (10, 5, 5, 0)
    );
}

#[test]
fn fees_look_for_the_same_quantity_first_and_say_when_nothing_is_near() {
    let (_, collected) = read(&statement(&[
        CASH,
        r#"5/6/26,09:45:01,TRD,="61",BOT +5 KOD @35.00,,-1.00,-175.00,1"#,
        r#"5/6/26,09:45:00,TRD,="62",BOT +10 KOD @35.00,,-2.00,-350.00,1"#,
        r#"5/6/26,09:50:00,TRD,="63",BOT +7 KOD @35.00,,-3.00,-245.00,1"#,
        "Account Trade History",
        TRADES,
        ",5/6/26 09:45:01,STOCK,BUY,+10,TO OPEN,KOD,,,STOCK,35,35,MKT",
        ",5/6/26 09:45:01,STOCK,BUY,+5,TO OPEN,KOD,,,STOCK,35,35,MKT",
    ]));
    let paid: Vec<(String, String)> =
        collected.fills.iter().map(|fill| (fill.quantity.to_string(), fill.commission.to_string())).collect();

    assert_eq!(paid, [("10".to_owned(), "2".to_owned()), ("5".to_owned(), "1".to_owned())]);
    assert!(collected.codes().contains(&(6, "unmatched-fees")), "{:?}", collected.codes());
}

#[test]
fn futures_and_forex_have_sections_of_their_own() {
    let (report, collected) = read(&statement(&[
        "Futures Statements",
        FUTURES,
        r#"5/6/26,5/6/26,09:30:00,TRD,="71",BOT +1 /NQM26:XCME @21000.25,-1.38,-0.87,0.00,"5,000.00""#,
        r#"5/6/26,5/6/26,09:31:00,TRD,="72",SOLD -1 /ZNM26:XCBT @110'165,-0.80,-0.87,,"5,000.00""#,
        "",
        "Forex Statements",
        FOREX,
        r#",5/6/26,10:00:00,TRD,="73","BOT +10,000 EUR/USD @1.08",-0.50,,,1000"#,
        r#",5/6/26,10:01:00,TRD,="74","SOLD -10,000 USD/JPY @150.25",-0.50,,,1000"#,
    ]));
    let lines: Vec<String> = collected.fills.iter().map(line).collect();

    assert_eq!(
        lines,
        [
            "5: /NQM26 buy 1 @ 21000.25 x20 commission 0.87 fees 1.38 USD at 1778074200",
            "6: /ZNM26 sell 1 @ 110.515625 x1000 commission 0.87 fees 0.8 USD at 1778074260",
            "10: EUR/USD buy 10000 @ 1.08 x1 commission 0.5 fees 0 USD at 1778076000",
            "11: USD/JPY sell 10000 @ 150.25 x1 commission 0 fees 0 JPY at 1778076060",
        ]
    );
    assert_eq!(collected.fills[3].foreign_charges[0].amount.to_string(), "0.5");
    assert_eq!(collected.fills[2].asset_class, AssetClass::Forex);
    assert_eq!(report.rows.read, 4);
}

#[test]
fn removals_are_ends_of_options_and_the_rest_is_cash() {
    let (report, collected) = read(&statement(&[
        CASH,
        r#"5/8/26,18:00:00,RAD,="81",REMOVAL OF OPTION DUE TO EXPIRATION -1.0 SPY 100 (Weeklys) 8 MAY 26 715 PUT,,,0.00,1"#,
        r#"5/8/26,18:00:00,RAD,="82",REMOVAL OF OPTION DUE TO ASSIGNMENT 2.0 .KOD260508C35,,,0.00,1"#,
        r#"5/8/26,01:00:00,DOI,="83",ORDINARY DIVIDEND~KOD,,,4.20,1"#,
        r#"5/8/26,02:00:00,EFN,="84",CLIENT REQUESTED ELECTRONIC FUNDING RECEIPT (FUNDS NOW),,,"1,000.00",1"#,
        r#"5/8/26,02:00:00,RAD,="85",REMOVAL OF OPTION DUE TO EXPIRATION,,,0.00,1"#,
        r#"5/8/26,02:00:00,TRD,="86",SOMETHING ELSE,,,0.00,1"#,
        "5/8/26,02:00,XX:00,",
    ]));
    let told: Vec<String> = collected.events.iter().map(told).collect();

    assert_eq!(
        told,
        ["Expiry 1 .SPY260508P715", "Assignment 2 .KOD260508C35", "dividend 4.2 USD", "deposit 1000 USD"]
    );
    assert!(
        matches!(&collected.events[0], ParsedEvent::Option(end) if end.id == "81" && end.option.is_some())
    );
    assert_eq!((report.rows.total, report.rows.read, report.rows.rejected), (7, 4, 3));
}

#[test]
fn a_leg_whose_leading_row_is_broken_is_rejected_with_it() {
    let (report, collected) = read(&statement(&[
        TRADES,
        ",5/5/26 25:31:00,VERTICAL,SELL,-3,TO OPEN,SPY,5 JUN 26,715,PUT,3.50,.34,LMT",
        ",,,BUY,+3,TO OPEN,SPY,5 JUN 26,714,PUT,3.16,CREDIT,",
        ",5/5/26 07:32:00,SINGLE,SELL,+3,TO OPEN,SPY,5 JUN 26,715,PUT,3.50,.34,LMT",
        ",5/5/26 07:33:00,SINGLE,SELL,-3,TO OPEN,SPY,5 XXX 26,715,PUT,3.50,.34,LMT",
    ]));

    assert_eq!((report.rows.total, report.rows.rejected), (4, 4));
    assert_eq!(
        collected.codes(),
        [(4, "bad-time"), (5, "missing-time"), (6, "bad-quantity"), (7, "bad-option")]
    );
}

/// Figures of an independent script over the rows: commissions of 5.20 and fees of 1.10.
#[test]
fn a_real_cash_balance_is_read_whole() {
    let Some(text) = real_file("thinkorswim-cash-balance-spreads.csv") else { return };

    let (report, collected) = read(&text);

    assert_eq!(
        (report.rows.total, report.rows.read, report.rows.skipped, report.rows.rejected),
        (4, 4, 0, 0)
    );
    let lines: Vec<String> = collected.fills.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "3: VERTICAL SPY 5 JUN 26 715/714 PUT sell 1 @ 0.34 x100 commission 1.3 fees 0.04 USD at 1777980660",
            "4: VERTICAL SPX 9 JUN 26 7050/7025 PUT sell 1 @ 4.5 x100 commission 1.3 fees 1.06 USD at 1777983223",
            "5: .AAPL260619C200 buy 1 @ 1.25 x100 commission 1.3 fees 0 USD at 1778075100",
            "6: .AAPL260619C200 sell 1 @ 1.75 x100 commission 1.3 fees 0 USD at 1778163300",
        ]
    );
    let charges = collected.fills.iter().fold(Decimal::ZERO, |sum, fill| {
        sum.checked_add(fill.commission).unwrap().checked_add(fill.fees).unwrap()
    });
    assert_eq!(charges.to_string(), "6.3");
}
