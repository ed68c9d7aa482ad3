//! Bybit.

use crate::{line, read};
use formats::{CashKind, Cause, ParsedEvent};

const LOG: &str = "UID: 101,Company Name: ,Country:\nUid,Currency,Contract,Type,Direction,Quantity,Position,Filled Price,Funding,Fee \
                   Paid,Cash Flow,Change,Wallet Balance,Action,OrderId,TradeId,Time\n";

#[test]
fn two_rows_of_the_log_are_one_spot_trade_in_either_order() {
    let base = "101,BTC,BTCUSDT,TRADE,BUY,0.01,0,60000,0,-0.00001,0.01,0.00999,0.00999,--,o-1,t-1,2026-01-05 14:30:00\n";
    let quote =
        "101,USDT,BTCUSDT,TRADE,BUY,-600,0,60000,0,-0.3,-600,-600.3,400,--,o-1,t-1,2026-01-05 14:30:00\n";
    for (text, at) in [(format!("{LOG}{base}{quote}"), 3), (format!("{LOG}{quote}{base}"), 4)] {
        let (report, collected) = read(&text);

        let expected = format!("{at}: BTCUSDT buy 0.01 @ 60000 x1 commission 0.3 fees 0 USDT at 1767623400");
        assert_eq!(collected.fills.iter().map(line).collect::<Vec<_>>(), [expected]);
        let fill = &collected.fills[0];
        let charge = &fill.foreign_charges[0];
        assert_eq!((charge.amount.to_string(), charge.currency.as_str()), ("0.00001".to_owned(), "BTC"));
        assert_eq!((fill.execution_id.as_str(), fill.order_id.as_deref()), ("t-1", Some("o-1")));
        assert_eq!((report.rows.total, report.rows.read), (2, 2));
        assert_eq!(report.accounts, ["101"]);
    }
}

#[test]
fn the_log_without_ids_pairs_equal_trades_and_tells_of_a_half() {
    let header = "Uid,Currency,Contract,Type,Direction,Quantity,Position,Filled Price,Funding,Fee Paid,Cash Flow,Change,Wallet \
                  Balance,Action,Time(UTC)\n";
    let base = "101,BTC,BTCEUR,TRADE,SELL,-0.00003,0.000,53842.9,0.0,0.0,-0.00003,-0.00003,0.00008,--,2026-06-05 08:22:50\n";
    let quote = "101,EUR,BTCEUR,TRADE,SELL,1.615287,0,53842.9,0,-0.0040382175,1.615287,1.6112487825,12.1,--,2026-06-05 08:22:50\n";

    let (report, collected) = read(&format!("{header}{base}{quote}{base}{quote}{base}"));

    let lines: Vec<String> = collected.fills.iter().map(line).collect();
    let of = |line, commission| {
        format!("{line}: BTCEUR sell 0.00003 @ 53842.9 x1 commission {commission} fees 0 EUR at 1780647770")
    };
    assert_eq!(lines, [of(2, "0.0040382175"), of(4, "0.0040382175"), of(6, "0")]);
    assert_ne!(collected.fills[0].execution_id, collected.fills[1].execution_id);
    assert_eq!(collected.codes(), [(6, "half-trade")]);
    assert_eq!(report.rows.read, 5);
}

#[test]
fn a_contract_in_the_log_is_one_row_and_a_negative_fee_is_a_charge() {
    for (fee, change, commission) in [
        ("-0.165", "9.835", "0.165"),
        ("0.01", "10.01", "-0.01"),
        // A log that writes charges positive: the change of the balance tells.
        ("0.165", "9.835", "0.165"),
        ("-0.165", "--", "0.165"),
    ] {
        let (_, collected) = read(&format!(
            "{LOG}101,USDT,ETHUSDT,TRADE,SELL,0.1,0,3000,0,{fee},10,{change},399,CLOSE,o-2,t-2,2026-01-05 15:00:00\n"
        ));

        let expected =
            format!("3: ETHUSDT sell 0.1 @ 3000 x1 commission {commission} fees 0 USDT at 1767625200");
        assert_eq!(collected.fills.iter().map(line).collect::<Vec<_>>(), [expected], "{fee}");
    }
}

#[test]
fn funding_and_transfers_of_the_log_are_cash_and_the_rest_is_told() {
    let (report, collected) = read(&format!(
        "{LOG}101,USDT,--,TRANSFER_IN,--,--,--,--,--,0,1000,1000,1000,--,--,--,2026-01-05 14:00:00\n\
         101,USDT,ETHUSDT,SETTLEMENT,SELL,--,-0.1,--,-0.03,0,0,-0.03,999.97,SETTLEMENT,--,--,2026-01-05 16:00:00\n\
         101,USDT,ETHUSDT,LIQUIDATION,BUY,0.1,0,3300,0,-0.1,-30,-30.1,969.87,CLOSE,o-3,t-3,2026-01-05 17:00:00\n\
         101,BTC,BTCUSD,TRADE,SELL,100,0,60000,0,-0.000001,0,-0.000001,1,OPEN,o-4,t-4,2026-01-05 18:00:00\n"
    ));

    let cash: Vec<(CashKind, String, Option<&str>)> = collected
        .events
        .iter()
        .map(|event| match event {
            ParsedEvent::Cash(c) => (c.kind, c.amount.to_string(), c.symbol.as_deref()),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(
        cash,
        [
            (CashKind::Transfer, "1000".to_owned(), None),
            (CashKind::Funding, "-0.03".to_owned(), Some("ETHUSDT")),
        ]
    );
    assert_eq!(collected.fills[0].cause, Cause::Liquidation);
    assert_eq!(collected.codes(), [(6, "inverse-contract")]);
    assert_eq!((report.rows.read, report.rows.rejected), (3, 1));
}

#[test]
fn derivatives_have_their_zone_in_a_header_and_the_sign_of_the_fee_in_its_rate() {
    let (report, collected) = read(
        "Contracts,Order No.,Direction,Order Type,Filled Qty,Filled Price,Order Price,Filled Type,Trading Fee Rate,Fees Paid,Trasaction \
         ID,Transaction Time(UTC+10),Final Balance (USDT)\n\
         BTCUSDT,o-1,Open Long,Market,0.5,60000,--,Trade,0.00055,16.5,t-1,22:55 2026-05-17,1000\n\
         BTCUSDT,o-2,Close Long,Limit,0.5,61000,61000,Trade,-0.0001,-3.05,t-2,2026-05-17T23:10:00,1\n\
         ETHUSDT,o-3,Buy,Limit,1,3000,3000,Trade,0.0002,-0.6,t-3,2026-05-17 23:30:00,1\n\
         ETHUSDT,o-4,Buy,--,1,3010,--,Funding,0.0001,0.301,t-4,2026-05-18 02:00:00,1\n\
         BTCUSD,o-5,Buy,--,1,3010,--,Trade,0.0001,0.301,t-5,2026-05-18 02:00:00,1\n",
    );

    let lines: Vec<String> = collected.fills.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "2: BTCUSDT buy 0.5 @ 60000 x1 commission 16.5 fees 0 USDT at 1779022500",
            "3: BTCUSDT sell 0.5 @ 61000 x1 commission -3.05 fees 0 USDT at 1779023400",
            "4: ETHUSDT buy 1 @ 3000 x1 commission 0.6 fees 0 USDT at 1779024600",
        ]
    );
    assert_eq!(collected.fills[0].executed_at.source.as_text(), "header-name:utc+10");
    let ParsedEvent::Cash(funding) = &collected.events[0] else { panic!() };
    assert_eq!((funding.kind, funding.amount.to_string()), (CashKind::Funding, "-0.301".to_owned()));
    assert_eq!(collected.codes(), [(6, "inverse-contract")]);
    assert_eq!((report.rows.read, report.rows.rejected), (4, 1));
}

#[test]
fn the_newer_layout_of_derivatives_says_long_for_buying() {
    let (_, collected) = read(
        "Market,Filled Type,Filled Quantity,Filled Price,Order Price,Fee Rate,Trading Fee,feeCoin,ExecFeeV2,Direction,Order \
         Type,Trasaction ID,Order No.,Transaction Time(UTC+0)\n\
         AAVEUSDT,Trade,2,100,100,0.00055,0.11,USDT,0.11,Long,Market, a1, o1,14:30 2026-01-05\n\
         AAVEUSDT,Liquidation,2,90,90,0.00055,0.099,BNB,0.099,Short,Market, a2, o2,15:30 2026-01-05\n",
    );

    let lines: Vec<String> = collected.fills.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "2: AAVEUSDT buy 2 @ 100 x1 commission 0.11 fees 0 USDT at 1767623400",
            "3: AAVEUSDT sell 2 @ 90 x1 commission 0 fees 0 USDT at 1767627000",
        ]
    );
    assert_eq!(
        (collected.fills[0].execution_id.as_str(), collected.fills[1].cause),
        ("a1", Cause::Liquidation)
    );
    assert_eq!(collected.fills[1].foreign_charges[0].currency, "BNB");
}

#[test]
fn spot_fees_are_taken_in_the_coin_received() {
    for (header, row, expected, coin) in [
        (
            "Uid,Spot Pairs,Order Type,Direction,Filled Value,Filled Price,Filled Quantity,Fees,Transaction ID,Order No.,Timestamp (UTC+0)",
            "101,BTCUSDT,LIMIT,BUY,600,60000.00,0.0100,0.00001,229, 183,2026-01-05 14:30:00",
            "2: BTCUSDT buy 0.01 @ 60000 x1 commission 0 fees 0 USDT at 1767623400",
            Some("BTC"),
        ),
        (
            "Uid,Spot Pairs,Order Type,Direction,Filled Value,Filled Price,Filled Quantity,Fees,Transaction ID,Order No.,Timestamp (UTC+0)",
            "101,BTCUSDT,LIMIT,SELL,600,60000.00,0.0100,0.6,229, 183,2026-01-05 14:30:00",
            "2: BTCUSDT sell 0.01 @ 60000 x1 commission 0.6 fees 0 USDT at 1767623400",
            None,
        ),
        (
            "Spot Pairs,Order Type,Direction,feeCoin,ExecFeeV2,Filled Value,Filled Price,Filled Quantity,Fees,Transaction ID,Order No.,Timestamp (UTC)",
            "BTCEUR,MARKET,SELL,EUR,0.0040382175,1.615287,53842.9000,0.00003000,--,301, 040,14:30 2026-01-05",
            "2: BTCEUR sell 0.00003 @ 53842.9 x1 commission 0.0040382175 fees 0 EUR at 1767623400",
            None,
        ),
    ] {
        let (report, collected) = read(&format!("{header}\n{row}\n"));

        assert_eq!(collected.fills.iter().map(line).collect::<Vec<_>>(), [expected]);
        let charge = collected.fills[0].foreign_charges.first();
        assert_eq!(charge.map(|charge| charge.currency.as_str()), coin);
        assert_eq!((report.rows.total, report.rows.read), (1, 1));
    }
}

#[test]
fn a_closed_pnl_is_an_entry_and_an_exit_with_a_net_claim() {
    let (report, collected) = read(
        "Contracts,Closing Direction,Qty,Entry Price,Exit Price,Closed P&L,Exit Type,Trade Time(UTC+0)\n\
         BTCUSDT,Sell,0.5,60000,61000,477.4,Trade,2026-01-05 14:30:00\n\
         BTCUSDT,Sell,0.5,60000,61000,477.4,Trade,2026-01-05 14:30:00\n\
         ETHUSDT,Buy,1,3000,3300,-303.3,Liquidation,15:30 2026-01-05\n",
    );

    let lines: Vec<String> = collected.fills.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "2: BTCUSDT buy 0.5 @ 60000 x1 commission 0 fees 0 USDT at 1767623400",
            "2: BTCUSDT sell 0.5 @ 61000 x1 commission 0 fees 0 USDT at 1767623400",
            "3: BTCUSDT buy 0.5 @ 60000 x1 commission 0 fees 0 USDT at 1767623400",
            "3: BTCUSDT sell 0.5 @ 61000 x1 commission 0 fees 0 USDT at 1767623400",
            "4: ETHUSDT sell 1 @ 3000 x1 commission 0 fees 0 USDT at 1767627000",
            "4: ETHUSDT buy 1 @ 3300 x1 commission 0 fees 0 USDT at 1767627000",
        ]
    );
    assert!(collected.fills[0].sequence < collected.fills[1].sequence);
    assert!(collected.fills[1].execution_id.ends_with("#1:exit"));
    assert!(collected.fills[3].execution_id.ends_with("#2:exit"));
    assert_eq!(report.stated.net_pnl["USDT"].to_string(), "651.5");
    assert_eq!(collected.fills[5].cause, Cause::Liquidation);
}
