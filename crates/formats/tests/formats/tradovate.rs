//! Tradovate Position History.

use crate::{line, read, real_file};

const HEADER: &str = "Position ID,Timestamp,Trade Date,Net Pos,Net Price,Bought,Avg. Buy,Sold,Avg. Sell,Account,Contract,Product,\
                      Product Description,_priceFormat,_priceFormatType,_tickSize,Pair ID,Buy Fill ID,Sell Fill ID,Paired Qty,\
                      Buy Price,Sell Price,P/L,Currency,Bought Timestamp,Sold Timestamp";

fn file(rows: &[&str]) -> String {
    let rows: Vec<String> = rows.iter().map(|row| format!("1,x,2026-04-09,0,,1,1,1,1,DEMO1,{row}")).collect();
    format!("{HEADER}\n{}\n", rows.join("\n"))
}

#[test]
fn the_real_file_gives_its_fills_and_its_own_pnl() {
    let Some(text) = real_file("tradovate-position-history.csv") else { return };

    let (report, collected) = read(&text);

    assert_eq!((report.rows.total, report.rows.read), (5, 5));
    assert_eq!(report.stated.gross_pnl["USD"].to_string(), "-218");
    assert_eq!(report.accounts, ["APEX4977960000002"]);
    let lines: Vec<String> = collected.fills.iter().map(line).collect();
    assert_eq!(lines.len(), 10);
    assert_eq!(lines[0], "2: MNQM6 buy 5 @ 25073.25 x2 commission 0 fees 0 USD at 1775772884");
    assert_eq!(lines[7], "5: MNQM6 sell 2 @ 25051 x2 commission 0 fees 0 USD at 1775766991");
    assert_eq!(collected.codes(), [(0, "no-fees"), (2, "assumed-time-zone"), (3, "newest-first")]);
}

#[test]
fn a_fill_paired_twice_is_one_fill_of_both_quantities() {
    let (report, collected) = read(&file(&[
        "MESM6,MES,Micro,-2,0,0.25,9,100,201,2,5000.00,5001.00,10.00,USD,04/09/2026 09:00:00,04/09/2026 09:05:00",
        "MESM6,MES,Micro,-2,0,0.25,8,100,202,1,5000.00,5002.00,10.00,USD,04/09/2026 09:00:00,04/09/2026 09:06:00",
    ]));

    let lines: Vec<String> = collected.fills.iter().map(line).collect();
    assert_eq!(report.rows.read, 2);
    assert_eq!(
        lines,
        [
            "2: MESM6 buy 3 @ 5000 x5 commission 0 fees 0 USD at 1775743200",
            "2: MESM6 sell 2 @ 5001 x5 commission 0 fees 0 USD at 1775743500",
            "3: MESM6 sell 1 @ 5002 x5 commission 0 fees 0 USD at 1775743560",
        ]
    );
}

#[test]
fn an_unknown_contract_is_worth_what_its_pnl_says_or_is_rejected() {
    let (report, collected) = read(&file(&[
        "XYZM6,XYZ,New,-2,0,0.25,9,100,201,2,10.00,11.50,75.00,USD,04/09/2026 09:00:00,04/09/2026 09:05:00",
        "XYZM6,XYZ,New,-2,0,0.25,9,300,301,2,10.00,10.00,0.00,USD,04/09/2026 09:00:00,04/09/2026 09:05:00",
    ]));

    assert_eq!(collected.fills[0].multiplier.to_string(), "25");
    assert_eq!((report.rows.read, report.rows.rejected), (1, 1));
    assert!(collected.codes().contains(&(3, "unknown-contract")), "{:?}", collected.codes());
}

#[test]
fn a_stated_pnl_that_prices_do_not_give_is_told() {
    let (_, collected) = read(&file(&[
        "MESM6,MES,Micro,-2,0,0.25,9,100,201,2,5000.00,5001.00,11.00,USD,04/09/2026 09:00:00,04/09/2026 09:05:00",
    ]));

    assert!(collected.codes().contains(&(2, "pnl-mismatch")), "{:?}", collected.codes());
}

#[test]
fn a_fill_that_contradicts_itself_is_rejected() {
    let (report, collected) = read(&file(&[
        "MESM6,MES,Micro,-2,0,0.25,9,100,201,2,5000.00,5001.00,10.00,USD,04/09/2026 09:00:00,04/09/2026 09:05:00",
        "MESM6,MES,Micro,-2,0,0.25,8,100,202,1,4999.00,5002.00,15.00,USD,04/09/2026 09:00:00,04/09/2026 09:06:00",
    ]));

    assert_eq!((report.rows.read, report.rows.rejected), (1, 1));
    assert_eq!(collected.fills.len(), 2);
    assert!(collected.codes().contains(&(3, "conflicting-fill")), "{:?}", collected.codes());
}
