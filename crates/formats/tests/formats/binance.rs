//! Binance.

use crate::{Collected, line, read, read_as};
use formats::{CashKind, ParsedEvent};

/// Charges in coin: line, amount, coin.
fn charges(collected: &Collected) -> Vec<(u64, String, String)> {
    let fills = collected.fills.iter();
    fills
        .flat_map(|fill| {
            fill.foreign_charges.iter().map(|c| (fill.line, c.amount.to_string(), c.currency.clone()))
        })
        .collect()
}

#[test]
fn units_that_are_glued_to_numbers_are_taken_apart() {
    let (report, collected) = read(
        "Date(UTC),Pair,Side,Price,Executed,Amount,Fee\n\
         2026-01-05 14:30:00,BTCUSDT,BUY,60000,0.5BTC,\"30,000USDT\",0.0003BNB\n\
         2026-01-05 14:31:00,ETHUSDT,BUY,\"3,000.5\",1ETH,3000.5USDT,0.001ETH\n\
         2026-01-05 14:32:00,1INCHUSDT,SELL,0.4,51INCH,2USDT,0.002USDT\n\
         2026-01-05 14:33:00,1INCHUSDT,BUY,0.4,51INCH,2USDT,0.0051INCH\n\
         2026-01-05 14:34:00,ENATRY,BUY,12.5,4ENA,50TRY,--\n",
    );

    let lines: Vec<String> = collected.fills.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "2: BTCUSDT buy 0.5 @ 60000 x1 commission 0 fees 0 USDT at 1767623400",
            "3: ETHUSDT buy 1 @ 3000.5 x1 commission 0 fees 0 USDT at 1767623460",
            "4: 1INCHUSDT sell 5 @ 0.4 x1 commission 0.002 fees 0 USDT at 1767623520",
            "5: 1INCHUSDT buy 5 @ 0.4 x1 commission 0 fees 0 USDT at 1767623580",
            "6: ENATRY buy 4 @ 12.5 x1 commission 0 fees 0 TRY at 1767623640",
        ]
    );
    let coin = |line, amount: &str, coin: &str| (line, amount.to_owned(), coin.to_owned());
    assert_eq!(
        charges(&collected),
        [coin(2, "0.0003", "BNB"), coin(3, "0.001", "ETH"), coin(5, "0.005", "1INCH")]
    );
    assert_eq!((report.rows.total, report.rows.read), (5, 5));
    assert_eq!(collected.codes(), []);
}

#[test]
fn older_and_other_layouts_name_the_coin_of_the_fee() {
    for (text, expected) in [
        (
            "Date(UTC),Market,Type,Price,Amount,Total,Fee,Fee Coin\n2026-01-05 14:30:00,BNBBTC,SELL,0.01,2,0.02,0.00002,BTC\n",
            "2: BNBBTC sell 2 @ 0.01 x1 commission 0.00002 fees 0 BTC at 1767623400",
        ),
        (
            "Date(UTC),Symbol,Side,Price,Quantity,Amount,Fee,Fee Coin,Quote Asset\n2026-01-05 14:30:00,ADAUSD1,BUY,0.5,4,2,0.004,USD1,USD1\n",
            "2: ADAUSD1 buy 4 @ 0.5 x1 commission 0.004 fees 0 USD1 at 1767623400",
        ),
        (
            "Date(UTC),Symbol,Side,Price,Quantity,Amount,Fee,Realized Profit\n2026-01-05 14:30:00,ETHUSDT,SELL,3000,2,6000,-1.5,12.25\n",
            "2: ETHUSDT sell 2 @ 3000 x1 commission -1.5 fees 0 USDT at 1767623400",
        ),
    ] {
        let (_, collected) = read(text);

        assert_eq!(collected.fills.iter().map(line).collect::<Vec<_>>(), [expected]);
        assert_eq!(collected.codes(), []);
    }
}

#[test]
fn equal_fills_are_told_apart_and_come_again_with_the_same_ids() {
    let row = "2026-01-05 14:30:00,BTCUSDT,BUY,60000,0.5BTC,30000USDT,0.0003BNB\n";
    let text = format!("Date(UTC),Pair,Side,Price,Executed,Amount,Fee\n{row}{row}");

    let ids = || read(&text).1.fills.into_iter().map(|fill| fill.execution_id).collect::<Vec<_>>();

    assert_eq!(ids(), ids());
    assert_ne!(ids()[0], ids()[1]);
}

#[test]
fn futures_state_their_gross_pnl_and_contracts_margined_in_coin_are_rejected() {
    let (report, collected) = read(
        "Date(UTC),Symbol,Side,Price,Quantity,Amount,Fee,Realized Profit,Fee Coin,Quote Asset\n\
         2026-01-05 14:30:00,BTCUSDT,SELL,61000,0.5,30500,12.2,500,USDT,USDT\n\
         2026-01-05 14:31:00,BTCUSDT_260327,BUY,60000,0.5,30000,0.01,0,BNB,USDT\n\
         2026-01-05 14:32:00,BTCUSD_PERP,SELL,61000,5,500,0.000001,0,BTC,BTC\n",
    );

    assert_eq!(report.stated.gross_pnl["USDT"].to_string(), "500");
    assert_eq!(
        collected.fills[0].claims.as_ref().map(|c| (c.pnl.is_some(), c.pnl_is_net)),
        Some((true, false))
    );
    assert_eq!(charges(&collected), [(3, "0.01".to_owned(), "BNB".to_owned())]);
    assert_eq!((report.rows.read, report.rows.rejected), (2, 1));
    assert_eq!(collected.codes(), [(4, "inverse-contract")]);
}

#[test]
fn conversions_are_trades_of_their_pair_at_the_price_of_the_amounts() {
    let (report, collected) = read(
        "Date,Wallet,Pair,Type,Sell,Buy,Price,Inverse Price,Date Updated,Status\n\
         2026-01-05 14:30:00,Spot,BTCUSDT,Market,30000 USDT,0.5 BTC,1 BTC = 60000 USDT,x,2026-01-05 14:30:01,Successful\n\
         2026-01-05 14:31:00,Spot,1INCHUSDT,Market,5 1INCH,2 USDT,x,x,2026-01-05 14:31:01,Successful\n\
         2026-01-05 14:32:00,Spot,ETHUSDT,Market,1 USDT,3 ETH,x,x,2026-01-05 14:32:01,Successful\n\
         2026-01-05 14:33:00,Spot,ETHUSDT,Limit,1 USDT,3 ETH,x,x,2026-01-05 14:33:01,Expired\n\
         2026-01-05 14:34:00,Spot,ETHUSDT,Limit,1 USDT,3 XRP,x,x,2026-01-05 14:34:01,Successful\n",
    );

    let lines: Vec<String> = collected.fills.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "2: BTCUSDT buy 0.5 @ 60000 x1 commission 0 fees 0 USDT at 1767623400",
            "3: 1INCHUSDT sell 5 @ 0.4 x1 commission 0 fees 0 USDT at 1767623460",
            "4: ETHUSDT buy 3 @ 0.333333333333333333333333333333 x1 commission 0 fees 0 USDT at 1767623520",
        ]
    );
    assert_eq!(collected.codes(), [(4, "rounded-price"), (5, "not-filled"), (6, "unknown-pair")]);
    assert_eq!((report.rows.read, report.rows.skipped, report.rows.rejected), (3, 1, 1));
}

#[test]
fn the_statement_gives_cash_and_leaves_trades_to_their_own_file() {
    let (report, collected) = read(
        "User ID,Time,Account,Operation,Coin,Change,Remark\n\
         101,26-01-05 14:00:00,Spot,Deposit,USDT,1000,\n\
         101,26-01-05 14:30:00,Spot,Transaction Buy,BTC,0.01,\n\
         101,26-01-05 14:30:00,Spot,Transaction Fee,BNB,-0.0003,\n\
         101,26-01-05 16:00:00,USD-M Futures,Funding Fee,USDT,-0.25,\n\
         101,26-01-05 16:00:00,USD-M Futures,Funding Fee,USDT,-0.25,\n\
         101,26-01-06 00:00:00,Earn,Simple Earn Locked Rewards,1INCH,0.05,\n\
         101,26-01-06 01:00:00,Spot,Something New,USDT,7,\n\
         101,26-01-06 10:00:00,Spot,Withdraw,USDT,much,\n",
    );

    let cash: Vec<(CashKind, String, &str, i64)> = collected
        .events
        .iter()
        .map(|event| match event {
            ParsedEvent::Cash(c) => (c.kind, c.amount.to_string(), c.currency.as_str(), c.booked_at.at.0),
            other => panic!("{other:?}"),
        })
        .collect();
    let at = |seconds: i64| seconds * 1_000_000_000;
    assert_eq!(
        cash,
        [
            (CashKind::Deposit, "1000".to_owned(), "USDT", at(1_767_621_600)),
            (CashKind::Funding, "-0.25".to_owned(), "USDT", at(1_767_628_800)),
            (CashKind::Funding, "-0.25".to_owned(), "USDT", at(1_767_628_800)),
            (CashKind::Reward, "0.05".to_owned(), "1INCH", at(1_767_657_600)),
            (CashKind::Other, "7".to_owned(), "USDT", at(1_767_661_200)),
        ]
    );
    assert_eq!((report.rows.read, report.rows.skipped, report.rows.rejected), (5, 2, 1));
    assert_eq!(collected.codes(), [(3, "trade-leg"), (4, "trade-leg"), (9, "bad-number")]);
    assert_eq!(report.accounts, ["101"]);
}

#[test]
fn what_cannot_be_read_names_its_line_and_column() {
    for (row, column, code) in [
        ("yesterday,BTCUSDT,BUY,1,1BTC,1USDT,0", "date(utc)", "bad-time"),
        ("2026-01-05 14:30:00,,BUY,1,1BTC,1USDT,0", "pair", "missing-symbol"),
        ("2026-01-05 14:30:00,BTCUSDT,HOLD,1,1BTC,1USDT,0", "side", "bad-side"),
        ("2026-01-05 14:30:00,BTCUSDT,BUY,x,1BTC,1USDT,0", "price", "bad-number"),
        ("2026-01-05 14:30:00,BTCUSDT,BUY,1,0BTC,1USDT,0", "quantity", "zero-quantity"),
        ("2026-01-05 14:30:00,FOOBAR,BUY,1,1FOO,1,0", "pair", "unknown-pair"),
        ("2026-01-05 14:30:00,BTCUSDT,BUY,1,1BTC,1USDT,0.1B-B", "fee", "bad-currency"),
    ] {
        let text = format!("Date(UTC),Pair,Side,Price,Executed,Amount,Fee\n{row}\n");

        let (report, collected) =
            read_as(crate::format("binance-spot"), text.as_bytes(), &crate::options()).unwrap();

        assert_eq!((report.rows.rejected, report.rows.total), (1, 1), "{row}");
        let told = &collected.diagnostics[0];
        assert_eq!((told.line, told.column.as_deref(), told.code), (2, Some(column), code), "{row}");
    }
}
