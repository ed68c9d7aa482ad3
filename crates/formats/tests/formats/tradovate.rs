//! Tradovate Position History.

use crate::{format, line, read, real_file};
use formats::MultiplierSource;

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

#[test]
fn a_repeated_pair_counts_once_and_another_pair_of_equal_fills_each_time() {
    let pair = "MESM6,MES,Micro,-2,0,0.25,9,100,201,2,5000.00,5001.00,10.00,USD,04/09/2026 09:00:00,04/09/2026 09:05:00";
    let other = pair.replace(",9,100,", ",8,100,");

    let (report, collected) = read(&file(&[pair, pair, &other]));

    let quantities: Vec<String> = collected.fills.iter().map(|fill| fill.quantity.to_string()).collect();
    assert_eq!(quantities, ["4", "4"]);
    assert_eq!((report.rows.read, report.rows.skipped), (2, 1));
    assert!(collected.codes().contains(&(3, "repeated-pair")));
    assert_eq!(report.stated.gross_pnl["USD"].to_string(), "20");
}

const ORDERS: &str = "orderId,Account,Order ID,B/S,Contract,Product,avgPrice,filledQty,Fill Time,Status,Notional Value,Currency\n";

#[test]
fn orders_are_read_with_their_leading_spaces_and_unfilled_ones_are_skipped() {
    let (report, collected) = read(format("tradovate-orders").sample());

    let lines: Vec<String> = collected.fills.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "2: MNQM6 buy 5 @ 28531.75 x2 commission 0 fees 0 USD at 1775743200",
            "3: MNQM6 sell 5 @ 28540 x2 commission 0 fees 0 USD at 1775743500",
        ]
    );
    assert_eq!(collected.fills[0].execution_id, "101");
    assert_eq!((report.rows.read, report.rows.skipped), (2, 1));
    assert!(collected.codes().contains(&(4, "not-filled")), "{:?}", collected.codes());
}

#[test]
fn an_unknown_contract_is_worth_what_its_notional_value_says() {
    let row = |contract: &str, notional: &str| {
        format!(
            "{ORDERS}1,D,1, Buy,{contract},{},100.5,2,04/09/2026 09:00:00, Filled,{notional},USD\n",
            &contract[..3]
        )
    };

    let (_, derived) = read(&row("XYZM6", "\"5,025.00\""));
    let (_, unknown) = read(&row("XYZM6", ""));
    let (_, mismatch) = read(&row("MNQM6", "500"));

    assert_eq!(derived.fills[0].multiplier.to_string(), "25");
    assert_eq!(derived.fills[0].multiplier_source, MultiplierSource::Derived);
    assert!(unknown.codes().contains(&(2, "unknown-contract")));
    assert!(mismatch.codes().contains(&(2, "notional-mismatch")));
}

#[test]
fn an_order_cancelled_after_a_part_of_it_filled_is_read() {
    let text = format!("{ORDERS}1,D,1, Sell,MNQM6,MNQ,100.5,2,04/09/2026 09:00:00, Canceled,402,USD\n");

    let (report, collected) = read(&text);

    assert_eq!((report.rows.read, collected.fills[0].quantity.to_string().as_str()), (1, "2"));
}

#[test]
fn performance_pairs_become_fills_and_keep_their_pnl() {
    let (report, collected) = read(format("tradovate-performance").sample());

    let lines: Vec<String> = collected.fills.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "2: MNQM6 buy 3 @ 21000 x2 commission 0 fees 0 USD at 1775743200",
            "2: MNQM6 sell 2 @ 20900 x2 commission 0 fees 0 USD at 1775743500",
            "3: MNQM6 sell 1 @ 21600 x2 commission 0 fees 0 USD at 1775743560",
            "4: MESM6 buy 1 @ 5000 x5 commission 0 fees 0 USD at 1775743680",
            "4: MESM6 sell 1 @ 5001 x5 commission 0 fees 0 USD at 1775743620",
        ]
    );
    // By hand: -400 + 1200 + 5.
    assert_eq!(report.stated.gross_pnl["USD"].to_string(), "805");
    assert!(!collected.codes().iter().any(|(_, code)| *code == "pnl-mismatch"));
}

#[test]
fn the_same_pair_in_two_rows_of_a_performance_report_counts_twice() {
    let header = "symbol,buyFillId,sellFillId,qty,buyPrice,sellPrice,pnl,boughtTimestamp,soldTimestamp\n";
    let row = "MNQM6,1,2,1,100,101,$2.00,04/09/2026 09:00:00,04/09/2026 09:05:00\n";

    let (report, collected) = read(&format!("{header}{row}{row}"));

    assert_eq!((report.rows.read, collected.fills[0].quantity.to_string().as_str()), (2, "2"));
}
