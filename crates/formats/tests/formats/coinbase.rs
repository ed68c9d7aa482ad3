//! Coinbase.

use crate::{line, read, real_file};
use formats::{CashKind, ParsedEvent};

const HEADER: &str = "ID,Timestamp,Transaction Type,Asset,Quantity Transacted,Price Currency,Price at Transaction,Subtotal,Total \
                      (inclusive of fees and/or spread),Fees and/or Spread,Notes";

fn cash(events: &[ParsedEvent]) -> Vec<(CashKind, String, String)> {
    let cash = events.iter().map(|event| match event {
        ParsedEvent::Cash(cash) => (cash.kind, cash.amount.to_string(), cash.currency.clone()),
        other => panic!("{other:?}"),
    });
    cash.collect()
}

#[test]
fn the_real_file_accounts_for_every_row_and_moves_its_stated_totals() {
    let Some(text) = real_file("coinbase-export.csv") else { return };

    let (report, collected) = read(&text);

    assert_eq!((report.rows.total, report.rows.read, report.rows.structure), (8, 8, 1));
    // The figures come from an independent computation in Python's decimal.
    let lines: Vec<String> = collected.fills.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "6: BTC-EUR sell 0.00363125 @ 96847.405873901104437015 x1 commission 0 fees 0 EUR at 1733380420",
            "6: XRP-EUR buy 156.145683 @ 2.252237371042806130521781500357 x1 commission 0 fees 0 EUR at 1733380420",
            "7: ETH-EUR sell 0.17305191 @ 1723.885226 x1 commission 0 fees 0 EUR at 1685255018",
            "7: ETH2-EUR buy 0.17305191 @ 1723.885226 x1 commission 0 fees 0 EUR at 1685255018",
            "8: BTC-EUR buy 0.00166779 @ 39999.331136545 x1 commission 2.99 fees 0.29951552378161445 EUR at 1648190727",
            "9: BTC-USD buy 0.00166779 @ 39999.331136545 x1 commission 2.99 fees 0.29951552378161445 USD at 1648190727",
        ]
    );
    let bought = &collected.fills[4];
    let value = bought.price.checked_mul(bought.quantity).unwrap();
    let moved = [value, bought.commission, bought.fees].into_iter().reduce(|a, b| a.checked_add(b).unwrap());
    assert_eq!(moved.unwrap().to_string(), "70");
    assert_eq!(
        cash(&collected.events),
        [
            (CashKind::Reward, "0.000037835729".to_owned(), "ETH".to_owned()),
            (CashKind::Reward, "0.000022652183".to_owned(), "ETH".to_owned()),
            (CashKind::Withdrawal, "-0.180914809326".to_owned(), "ETH2".to_owned()),
            (CashKind::Deposit, "0.180914809326".to_owned(), "ETH".to_owned()),
        ]
    );
    assert_eq!(collected.codes(), [(6, "rounded-price"), (7, "newest-first")]);
    assert_eq!(collected.fills[4].execution_id, "623d6507925c200001fcbXXX");
    assert_eq!(collected.fills[0].execution_id, "67514944a3f9bf34890d8XXX:sold");
}

#[test]
fn a_preamble_and_files_without_ids_are_read() {
    let (report, collected) = read(
        "You can use this transaction report to inform your likely tax obligations.\n\nTransactions\nUser,a@b.example,1\n\
         Timestamp,Transaction Type,Asset,Quantity Transacted,Spot Price Currency,Spot Price at Transaction,Subtotal,Total \
         (inclusive of fees and/or spread),Fees and/or Spread,Notes\n\
         2026-01-05T14:30:00Z,Buy,BTC,0.01,USD,60000.00,600.00,606.00,6.00,Bought\n\
         2026-01-05T14:30:00Z,Buy,BTC,0.01,USD,60000.00,600.00,606.00,6.00,Bought\n\
         2026-01-05T15:30:00Z,Sell,BTC,0.02,USD,61000.00,1220.00,1210.00,10.00,Sold\n",
    );

    let lines: Vec<String> = collected.fills.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "6: BTC-USD buy 0.01 @ 60000 x1 commission 6 fees 0 USD at 1767623400",
            "7: BTC-USD buy 0.01 @ 60000 x1 commission 6 fees 0 USD at 1767623400",
            "8: BTC-USD sell 0.02 @ 61000 x1 commission 10 fees 0 USD at 1767627000",
        ]
    );
    assert_ne!(collected.fills[0].execution_id, collected.fills[1].execution_id);
    assert_eq!((report.rows.total, report.rows.read, report.rows.structure), (3, 3, 5));
}

#[test]
fn each_type_of_transaction_is_what_it_is() {
    for (name, quantity, expected) in [
        ("Receive", "2", Ok((CashKind::Deposit, "2"))),
        ("Send", "2", Ok((CashKind::Withdrawal, "-2"))),
        ("Send", "-2", Ok((CashKind::Withdrawal, "-2"))),
        ("Exchange Deposit", "2", Ok((CashKind::Withdrawal, "-2"))),
        ("Pro Withdrawal", "2", Ok((CashKind::Deposit, "2"))),
        ("Rewards Income", "2", Ok((CashKind::Reward, "2"))),
        ("Learning Reward", "2", Ok((CashKind::Reward, "2"))),
        ("Staking Income", "2", Ok((CashKind::Reward, "2"))),
        ("Retail Staking Transfer", "-2", Ok((CashKind::Transfer, "-2"))),
        ("Subscription", "-2", Ok((CashKind::Fee, "-2"))),
        ("Teleport", "2", Err("unknown-type")),
        ("Convert", "2", Err("bad-conversion")),
    ] {
        let text =
            format!("{HEADER}\na1,2026-01-05 14:30:00 UTC,{name},SOL,{quantity},USD,$150,$300,$300,$0,\n");

        let (report, collected) = read(&text);

        match expected {
            Ok((kind, amount)) => {
                assert_eq!(cash(&collected.events), [(kind, amount.to_owned(), "SOL".to_owned())], "{name}");
            }
            Err(code) => {
                assert_eq!(collected.codes(), [(2, code)]);
                assert_eq!(report.rows.rejected, 1, "{name}");
            }
        }
    }
}

#[test]
fn a_conversion_moves_no_money_but_its_fee() {
    let (_, collected) = read(&format!(
        "{HEADER}\na1,2026-01-05 14:30:00 UTC,Convert,BTC,-0.5,USD,$60000,$29900,$30000,$100,Converted 0.5 BTC to 1000 1INCH\n"
    ));

    let lines: Vec<String> = collected.fills.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "2: BTC-USD sell 0.5 @ 60000 x1 commission 100 fees 0 USD at 1767623400",
            "2: 1INCH-USD buy 1000 @ 29.9 x1 commission 0 fees 0 USD at 1767623400",
        ]
    );
}

#[test]
fn fills_of_advanced_trade_are_told_apart_by_id_and_product() {
    let (report, collected) = read(
        "portfolio,trade id,product,side,created at,size,size unit,price,fee,total,price/fee/total unit\n\
         default,101,BTC-USD,BUY,2026-01-05T14:30:00.5Z,0.5,BTC,60000,30,-30030,USD\n\
         default,101,1INCH-EUR,SELL,2026-01-05T14:31:00Z,10,1INCH,0.4,-0.02,4.02,EUR\n\
         default,102,BTC-USD,SELL,2026-01-05T14:32:00Z,-1,BTC,60000,30,30030,USD\n",
    );

    let lines: Vec<String> = collected.fills.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "2: BTC-USD buy 0.5 @ 60000 x1 commission 30 fees 0 USD at 1767623400",
            "3: 1INCH-EUR sell 10 @ 0.4 x1 commission -0.02 fees 0 EUR at 1767623460",
        ]
    );
    assert_eq!(collected.fills[0].execution_id, "101:BTC-USD");
    assert_eq!(report.accounts, ["default"]);
    assert_eq!(collected.codes(), [(4, "zero-quantity")]);
}
