//! `TradingView`.

use crate::{
    format, line, options, read, read_as,
    spoiled::{
        HOSTILE, assert_rejections, assert_survives_truncation, overlong, read_text, rejected, with_cell,
    },
    workbooks::workbook_of,
};
use formats::{AssetClass, MultiplierSource, Options};

#[test]
fn filled_orders_are_read_newest_first() {
    let (report, collected) = read(format("tradingview-orders").sample());

    let lines: Vec<String> = collected.fills.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "2: NASDAQ:WCT sell 100 @ 31.7 x1 commission 0.5 fees 0 USD at 1790955601",
            "4: NASDAQ:WCT buy 100 @ 31.05 x1 commission 0.5 fees 0 USD at 1790954896",
        ]
    );
    assert_eq!(collected.fills[0].execution_id, "2002");
    assert_eq!(report.stated.commissions["USD"].to_string(), "1");
    assert!(collected.fills[0].sequence > collected.fills[1].sequence);
    assert_eq!((report.rows.total, report.rows.read, report.rows.skipped), (3, 2, 1));
    assert_eq!(collected.codes()[0], (3, "not-filled"));
}

#[test]
fn orders_of_one_second_without_growing_numbers_count_from_the_bottom_up() {
    let text = "Symbol,Side,Type,Quantity,Fill price,Status,Closing time,Order ID\n\
                NASDAQ:WCT,Sell,Market,1,31,Filled,2026-10-02 15:40:01,a-2\n\
                NASDAQ:WCT,Buy,Market,1,30,Filled,2026-10-02 15:40:01,a-1\n";

    let (_, collected) = read(text);

    assert!(collected.fills[0].sequence > collected.fills[1].sequence);
}

#[test]
fn german_spanish_and_old_headers_and_files_without_a_status_are_read() {
    let german = "Symbol,Seite,Typ,Anz.,Limit Preis,Stopp-Preis,Aktiv bei,Erfüllungsmenge,Durchschnittlicher Erfüllungspreis,Kommission,\
                  Platzierungszeit,Status,Status Zeit,Order-Nummer,Dauer\n\
                  F.US.MESM26,Buy,Markt,2,,,,1,6525,,2026-03-27 10:42:00,Ausgeführt,2026-03-27 10:42:02,244412225,GTC\n\
                  F.US.MESM26,Sell,Limit,1,7000,,,0,,,2026-03-27 10:43:00,Storniert,2026-03-27 11:42:02,244412226,GTC\n";
    let spanish = "Símbolo;Lado;Tipo;Cantidad;Precio límite;Precio stop;Precio de llenado;Estado;Comisión;Hora de colocación;Hora de \
                   cierre;Número de orden\n\
                   FX_IDC:EURUSD;Compra;Mercado;1000;;;1,10500;Ejecutado;0,50;2026-03-27 10:42:00;2026-03-27 10:42:02;77\n";
    let old = "Symbol,Side,Type,Qty,Limit Price,Stop Price,Fill Price,Commission,Placing Time,Closing Time,Order ID\n\
               CME_MINI:MNQH2026,Sell Short,Market,1,,,18500.25,,2026-03-27 10:42:00,2026-03-27 10:42:02,78\n\
               CME_MINI:MES1!,Buy,Market,1,,,7000,,2026-03-27 10:42:00,2026-03-27 10:42:02,79\n\
               BINANCE:BTCUSDT,Buy,Market,0.5,,,92000,,2026-03-27 10:42:00,2026-03-27 10:42:02,80\n";
    let lines = |text| read(text).1.fills.iter().map(line).collect::<Vec<_>>();

    assert_eq!(lines(german), ["2: F.US.MESM26 buy 1 @ 6525 x5 commission 0 fees 0 USD at 1774608122"]);
    assert_eq!(
        lines(spanish),
        ["2: FX_IDC:EURUSD buy 1000 @ 1.105 x1 commission 0.5 fees 0 USD at 1774608122"]
    );
    assert_eq!(
        lines(old),
        [
            "2: CME_MINI:MNQH2026 sell 1 @ 18500.25 x2 commission 0 fees 0 USD at 1774608122",
            "3: CME_MINI:MES1! buy 1 @ 7000 x5 commission 0 fees 0 USD at 1774608122",
            "4: BINANCE:BTCUSDT buy 0.5 @ 92000 x1 commission 0 fees 0 USDT at 1774608122",
        ]
    );
}

#[test]
fn spoiled_orders_are_rejected_by_name() {
    assert_rejections(
        "tradingview-orders",
        1,
        4,
        &[
            ("symbol", "", "symbol", "missing-symbol"),
            ("symbol", "CME:XYZH2026", "symbol", "unknown-contract"),
            ("symbol", HOSTILE, "symbol", "unknown-contract"),
            ("side", "Hold", "side", "bad-side"),
            ("quantity", "-100", "quantity", "zero-quantity"),
            ("fill price", &overlong(), "fill price", "bad-number"),
            ("commission", HOSTILE, "commission", "bad-number"),
            ("closing time", "10/02/2026 15:28:16", "closing time", "ambiguous-date"),
            ("order id", "", "order id", "bad-id"),
        ],
    );
}

#[test]
fn times_in_a_gap_are_read_and_told() {
    let text = with_cell("tradingview-orders", 1, 4, "closing time", "2026-03-29 02:30:00");
    let berlin = Options { time_zone: Some("Europe/Berlin".to_owned()), ..options() };

    let (_, collected) = read_as(format("tradingview-orders"), text.as_bytes(), &berlin).unwrap();

    assert!(collected.codes().contains(&(4, "ambiguous-time")), "{:?}", collected.codes());
}

#[test]
fn two_rows_of_the_strategy_tester_are_a_trade_and_an_open_one_is_its_entry() {
    let (report, collected) = read(format("tradingview-strategy").sample());

    let lines: Vec<String> = collected.fills.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "2: STRATEGY buy 10 @ 100 x1 commission 0 fees 0 USD at 1767607200",
            "2: STRATEGY sell 10 @ 101 x1 commission 2 fees 0 USD at 1767608100",
            "5: STRATEGY sell 10 @ 101 x1 commission 1 fees 0 USD at 1767610800",
        ]
    );
    let claims = collected.fills[1].claims.as_deref().unwrap();
    assert_eq!((claims.pnl.unwrap().to_string().as_str(), claims.pnl_is_net), ("8", true));
    assert_eq!(
        (claims.mae.unwrap().to_string(), claims.mfe.unwrap().to_string()),
        ("-3".into(), "12".into())
    );
    assert_eq!(report.stated.net_pnl["USD"].to_string(), "8");
    assert_eq!((report.rows.total, report.rows.read, report.rows.skipped), (4, 3, 1));
}

#[test]
fn old_columns_a_workbook_and_a_symbol_in_the_file_name_are_read() {
    let text = "Trade #,Type,Date/Time,Signal,Price EUR,Position size (qty),Position size (value),Net P&L EUR,Net P&L %,Run-up EUR,\
                Run-up %,Drawdown EUR,Drawdown %,Cumulative P&L EUR,Cumulative P&L %\n\
                1,Entry short,2026-01-05 10:00,Short,7000.25,2,70000,25,0.1,30,0.2,4,0.1,25,0.1\n\
                1,Exit short,2026-01-05 10:15,Cover,6997.75,2,70000,25,0.1,30,0.2,4,0.1,25,0.1\n";
    let named =
        Options { file_name: Some("My_strategy_CME_MINI_MES1!_2026-01-05.csv".to_owned()), ..options() };

    for bytes in [text.as_bytes().to_vec(), workbook_of(text)] {
        let (report, collected) = read_as(format("tradingview-strategy"), &bytes, &named).unwrap();

        let lines: Vec<String> = collected.fills.iter().map(line).collect();
        assert_eq!(
            lines,
            [
                "3: MES1! sell 2 @ 7000.25 x5 commission 0 fees 0 EUR at 1767607200",
                "3: MES1! buy 2 @ 6997.75 x5 commission 0 fees 0 EUR at 1767608100",
            ]
        );
        assert_eq!(collected.fills[0].multiplier_source, MultiplierSource::Derived);
        assert_eq!(collected.fills[0].asset_class, AssetClass::Unknown);
        assert_eq!(collected.fills[1].claims.as_deref().unwrap().mae.unwrap().to_string(), "-4");
        assert_eq!(report.rows.read, 2);
    }
}

#[test]
fn halves_that_do_not_belong_together_are_rejected() {
    let sample = format("tradingview-strategy").sample();
    let without_entry: Vec<&str> =
        sample.lines().enumerate().filter(|(index, _)| *index != 2).map(|(_, row)| row).collect();

    let (report, collected) = read_text("tradingview-strategy", &without_entry.join("\n"));

    assert_eq!(rejected(&collected), [(2, "type", "unpaired")]);
    assert_eq!((report.rows.total, report.rows.read), (3, 1));
}

#[test]
fn spoiled_strategies_are_rejected_by_name() {
    for (column, cell, reported, code) in [
        ("type", "Entry sideways", "type", "bad-side"),
        ("date and time", "05.01.2026 10:00", "date and time", "ambiguous-date"),
        ("price usd", HOSTILE, "price", "bad-number"),
        ("size (qty)", "0", "size (qty)", "zero-quantity"),
        ("net pnl usd", "x", "net pnl", "bad-number"),
        ("commission usd", "x", "commission", "bad-number"),
        ("trade number", "", "trade number", "bad-id"),
    ] {
        // The entry is spoiled: the exit above it has nothing to pair with.
        let text = with_cell("tradingview-strategy", 1, 3, column, cell);
        let (report, collected) = read_text("tradingview-strategy", &text);

        assert_eq!(rejected(&collected), [(3, reported, code), (2, "type", "unpaired")], "{column}");
        assert_eq!(report.rows.total, 4);
    }
    let text = format("tradingview-strategy").sample().replace("Price USD", "Price U$D");
    assert_eq!(rejected(&read_text("tradingview-strategy", &text).1)[0], (2, "price", "bad-currency"));
}

#[test]
fn a_file_that_ends_anywhere_is_accounted_for() {
    assert_survives_truncation(format("tradingview-orders"));
    assert_survives_truncation(format("tradingview-strategy"));
}
