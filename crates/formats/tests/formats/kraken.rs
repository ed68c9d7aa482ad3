//! Kraken.

use crate::{line, read, read_as};
use formats::{CashKind, ParsedEvent};

const OLDER: &str = "txid,ordertxid,pair,time,type,ordertype,price,cost,fee,vol,margin,misc,ledgers";

#[test]
fn every_spelling_of_a_pair_is_one_symbol() {
    for (pair, symbol, currency) in [
        ("XXBTZEUR", "BTC/EUR", "EUR"),
        ("XBT/EUR", "BTC/EUR", "EUR"),
        ("XBTEUR", "BTC/EUR", "EUR"),
        ("XBTUSDT", "BTC/USDT", "USDT"),
        ("XXDGZUSD", "DOGE/USD", "USD"),
        ("XDGUSD", "DOGE/USD", "USD"),
        ("XXDGXXBT", "DOGE/BTC", "BTC"),
        ("ADAXBT", "ADA/BTC", "BTC"),
        ("ETH/XBT", "ETH/BTC", "BTC"),
        ("USDTZUSD", "USDT/USD", "USD"),
        ("XTZUSD", "XTZ/USD", "USD"),
        ("ALGO/EUR", "ALGO/EUR", "EUR"),
        ("1INCHEUR", "1INCH/EUR", "EUR"),
    ] {
        let text = format!("{OLDER}\nT-1,O-1,{pair},2026-01-05 14:30:00,buy,limit,2,4,0.01,2,0,,L\n");

        let (_, collected) = read(&text);

        let found = collected.fills.first().map(|fill| (fill.symbol.as_str(), fill.currency.as_str()));
        assert_eq!(found, Some((symbol, currency)), "{pair}: {:?}", collected.diagnostics);
    }
}

#[test]
fn older_and_newer_columns_give_the_same_fill() {
    let newer = "\"txid\",\"ordertxid\",\"pair\",\"aclass\",\"subclass\",\"time\",\"type\",\"ordertype\",\"price\",\"cost\",\"fee\",\
                 \"vol\",\"margin\",\"misc\",\"ledgers\",\"posttxid\",\"posstatuscode\",\"cprice\",\"ccost\",\"cfee\",\"cvol\",\
                 \"cmargin\",\"net\",\"trades\"\n\
                 T-1,O-1,XXBTZEUR,forex,crypto,2026-08-01 09:00:00.1234,sell,limit,60000.0,600.0,1.56,0.01000000,0.0,,\"L1,L2\",,,,,,,,-12.5,\n";
    let older = format!(
        "{OLDER}\nT-1,O-1,XXBTZEUR,2026-08-01 09:00:00.1234,sell,limit,60000.0,600.0,1.56,0.01,0.0,,\"L1,L2\"\n"
    );
    for text in [newer, &older] {
        let (report, collected) = read(text);

        let fill = &collected.fills[0];
        assert_eq!(line(fill), "2: BTC/EUR sell 0.01 @ 60000 x1 commission 1.56 fees 0 EUR at 1785574800");
        assert_eq!(fill.executed_at.at.0 % 1_000_000_000, 123_400_000);
        assert_eq!((fill.execution_id.as_str(), fill.order_id.as_deref()), ("T-1", Some("O-1")));
        assert_eq!((report.rows.total, report.rows.read), (1, 1));
        assert_eq!(collected.codes(), []);
    }
    let claims = read(newer).1.fills[0].claims.clone().unwrap();
    assert_eq!((claims.pnl.map(|pnl| pnl.to_string()).as_deref(), claims.pnl_is_net), (Some("-12.5"), true));
}

#[test]
fn ledgers_give_cash_and_instant_purchases_and_leave_trades_to_their_own_file() {
    let (report, collected) = read(
        "txid,refid,time,type,subtype,aclass,subclass,asset,wallet,amount,fee,balance\n\
         ,Q-1,2026-01-05 14:00:00,deposit,,currency,fiat,ZEUR,spot / main,1000,0,\n\
         L-1,Q-1,2026-01-05 14:00:05,deposit,,currency,fiat,ZEUR,spot / main,1000,1,999\n\
         L-2,T-1,2026-01-05 14:30:00,trade,,currency,fiat,ZEUR,spot / main,-600,1.56,398.44\n\
         L-3,S-1,2026-01-05 15:00:00,spend,,currency,fiat,ZEUR,spot / main,-98,2,298.44\n\
         L-4,S-1,2026-01-05 15:00:00,receive,,currency,crypto,XETH,spot / main,0.05,0,0.05\n\
         L-5,S-2,2026-01-05 16:00:00,receive,,currency,fiat,ZEUR,spot / main,30,0,328.44\n\
         L-6,S-2,2026-01-05 16:00:00,spend,,currency,crypto,XXDG,spot / main,-100,1,0\n\
         L-7,R-1,2026-01-06 00:00:00,staking,,currency,crypto,ETH.S,spot / main,0.0001,0,0.0001\n\
         L-8,T-7,2026-01-07 12:00:00,rollover,,currency,fiat,ZEUR,spot / main,0,0.02,298.42\n\
         L-9,S-3,2026-01-07 13:00:00,spend,,currency,fiat,ZEUR,spot / main,-10,0,288.42\n\
         L-10,W-1,2026-01-07 14:00:00,withdrawal,,currency,crypto,XXBT,spot / main,?,0,0\n",
    );

    let lines: Vec<String> = collected.fills.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "6: ETH/EUR buy 0.05 @ 1960 x1 commission 2 fees 0 EUR at 1767625200",
            "8: DOGE/EUR sell 100 @ 0.3 x1 commission 0 fees 0 EUR at 1767628800",
        ]
    );
    let charge = &collected.fills[1].foreign_charges[0];
    assert_eq!((charge.amount.to_string(), charge.currency.as_str()), ("1".to_owned(), "DOGE"));
    let cash: Vec<(&str, CashKind, String, &str)> = collected
        .events
        .iter()
        .map(|event| match event {
            ParsedEvent::Cash(c) => (c.id.as_str(), c.kind, c.amount.to_string(), c.currency.as_str()),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(
        cash,
        [
            ("L-1:fee", CashKind::Fee, "-1".to_owned(), "EUR"),
            ("L-1", CashKind::Deposit, "1000".to_owned(), "EUR"),
            ("L-7", CashKind::Reward, "0.0001".to_owned(), "ETH"),
            ("L-8:fee", CashKind::Interest, "-0.02".to_owned(), "EUR"),
        ]
    );
    let mut codes = collected.codes();
    codes.sort_unstable();
    assert_eq!(codes, [(2, "unconfirmed"), (4, "trade-leg"), (11, "half-conversion"), (12, "bad-number")]);
    assert_eq!(
        (report.rows.total, report.rows.read, report.rows.skipped, report.rows.rejected),
        (11, 7, 2, 2)
    );
}

#[test]
fn what_cannot_be_read_names_its_line_and_column() {
    for (row, column, code) in [
        (",O-1,XXBTZEUR,2026-01-05 14:30:00,buy,limit,2,4,0.01,2,0,,L", "txid", "bad-id"),
        ("T-1,O-1,FOO,2026-01-05 14:30:00,buy,limit,2,4,0.01,2,0,,L", "pair", "unknown-pair"),
        ("T-1,O-1,XXBTZEUR,soon,buy,limit,2,4,0.01,2,0,,L", "time", "bad-time"),
        ("T-1,O-1,XXBTZEUR,2026-01-05 14:30:00,swap,limit,2,4,0.01,2,0,,L", "type", "bad-side"),
        ("T-1,O-1,XXBTZEUR,2026-01-05 14:30:00,buy,limit,2,4,0.01,0,0,,L", "vol", "zero-quantity"),
        ("T-1,O-1,XXBTZEUR,2026-01-05 14:30:00,buy,limit,,4,0.01,2,0,,L", "price", "bad-number"),
    ] {
        let text = format!("{OLDER}\n{row}\n");

        let (report, collected) =
            read_as(crate::format("kraken-trades"), text.as_bytes(), &crate::options()).unwrap();

        assert_eq!((report.rows.rejected, report.rows.total), (1, 1), "{row}");
        let told = &collected.diagnostics[0];
        assert_eq!((told.line, told.column.as_deref(), told.code), (2, Some(column), code), "{row}");
    }
}
