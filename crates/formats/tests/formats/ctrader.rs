//! cTrader.

use crate::{
    format, line, options, read, read_as,
    spoiled::{HOSTILE, assert_rejections, assert_survives_truncation, overlong, read_text, rejected},
    workbooks::workbook_of,
};
use formats::{CashKind, ChargeKind, ParsedEvent, RowKind, TimeSource, detect};

#[test]
fn closing_deals_are_read_with_zone_and_currency_of_their_header() {
    let (report, collected) = read(format("ctrader-history").sample());

    let lines: Vec<String> = collected.fills.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "2: XAUUSD buy 0.5 @ 2650.1 x100 commission 0 fees 0 USD at 1789027200",
            "2: XAUUSD sell 0.5 @ 2670.1 x100 commission 3.5 fees 0 USD at 1789043400",
            "3: EURUSD sell 0.1 @ 1.105 x100000 commission 0 fees 0 USD at 1789110900",
            "3: EURUSD buy 0.1 @ 1.104 x100000 commission 0.7 fees 0 USD at 1789221600",
            "4: XAGUSD sell 1500 @ 31.5 x1 commission 0 fees 0 USD at 1789110900",
            "4: XAGUSD buy 1500 @ 31.2 x1 commission 2 fees 0 USD at 1789221600",
        ]
    );
    assert_eq!(collected.fills[0].executed_at.at.0 % 1_000_000_000, 125_000_000);
    assert_eq!(collected.fills[0].executed_at.source, TimeSource::HeaderName("utc+2".into()));
    assert_eq!(collected.fills[1].order_id.as_deref(), Some("PID101"));
    assert_eq!(collected.fills[1].kind, RowKind::ClosingDeal);
    assert_eq!(report.stated.gross_pnl["USD"].to_string(), "1460");
    assert_eq!(report.stated.net_pnl["USD"].to_string(), "1452.55");
    assert_eq!(report.stated.commissions["USD"].to_string(), "6.2");
    let [ParsedEvent::Cash(swap)] = collected.events.as_slice() else { panic!("{:?}", collected.events) };
    assert_eq!((swap.kind, swap.amount.to_string().as_str()), (CashKind::Swap, "-1.25"));
    assert_eq!(swap.execution_id.as_deref(), Some(collected.fills[1].execution_id.as_str()));
    assert_eq!(collected.codes(), []);
}

/// The layout of the known Excel export: no opening time, bare lots, an account in Australian dollars.
const WORKBOOK: &str = "Order ID,Symbol,Opening direction,Closing time,Entry price,Closing price,Closing Quantity,Swap,Commission,Gross \
                        AUD,Net AUD,Balance AUD,Pips\n\
                        OID9001,CADJPY,Buy,17/01/2026 01:54:32.633,114.285,113.557,0.5,-1.27,-4.49,-344.63,-350.39,17458.89,-72.8\n\
                        OID9001,CADJPY,Buy,17/01/2026 01:54:32.633,114.285,113.557,0.5,-1.27,-4.49,-344.63,-350.39,17108.50,-72.8\n\
                        OID9002,GER40,Sell,16/01/2026 10:00:00.000,24729.7,24531.3,0.9,0,0,311.17,311.17,17809.28,198.4\n";

#[test]
fn a_workbook_in_another_currency_gives_the_rate_that_it_implies() {
    let bytes = workbook_of(WORKBOOK);

    assert_eq!(detect(&bytes).unwrap().format.id(), "ctrader-history");
    let (report, collected) = read_as(format("ctrader-history"), &bytes, &options()).unwrap();

    let lines: Vec<String> = collected.fills.iter().map(line).collect();
    assert_eq!(lines[1], "2: CADJPY sell 0.5 @ 113.557 x100000 commission 0 fees 0 JPY at 1768614872");
    assert_eq!(lines[5], "4: GER40 buy 0.9 @ 24531.3 x1 commission 0 fees 0 EUR at 1768557600");
    let exit = &collected.fills[1];
    assert_eq!(exit.foreign_charges.len(), 1);
    assert_eq!(exit.foreign_charges[0].kind, ChargeKind::Commission);
    assert_eq!(exit.foreign_charges[0].amount.to_string(), "4.49");
    assert_eq!(exit.foreign_charges[0].currency, "AUD");
    let claims = exit.claims.as_deref().unwrap();
    assert_eq!((claims.pnl.unwrap().to_string().as_str(), claims.pnl_is_net), ("-344.63", false));
    assert_eq!(claims.pnl_currency.as_deref(), Some("AUD"));
    // -344.63 / (-0.728 x 0.5 x 100,000), reduced by 13.
    assert_eq!(claims.implied_rate.as_ref().unwrap().to_string(), "2651/280000");
    assert_eq!(
        collected.fills[5].claims.as_deref().unwrap().implied_rate.as_ref().unwrap().to_string(),
        "31117/17856"
    );
    assert_eq!(report.stated.net_pnl["AUD"].to_string(), "-389.61");
    assert_eq!(report.stated.commissions["AUD"].to_string(), "8.98");
    assert_ne!(collected.fills[1].execution_id, collected.fills[3].execution_id);
    assert_eq!(collected.fills[0].executed_at, collected.fills[1].executed_at);
    assert!(collected.codes().contains(&(2, "no-opening-time")), "{:?}", collected.codes());
    assert_eq!((report.rows.total, report.rows.read), (3, 3));
}

#[test]
fn signs_of_currency_and_spanish_headers_are_read() {
    let english = "\"Symbol\",\"Opening direction\",\"Opening time (UTC-4)\",\"Closing time (UTC-4)\",\"Entry price\",\"Closing \
                   price\",\"Closing Quantity\",\"Net $\"\n\"BTCUSD\",\"Buy\",\"15/04/2026 15:09:58.271\",\"17/04/2026 \
                   15:53:04.151\",\"92000.00\",\"92008.00\",\"2.00 Lots\",\"16.00\"\n";
    let spanish = "Símbolo;Dirección de apertura;Hora de apertura (UTC-6);Hora de cierre (UTC-6);Precio de entrada;Precio de \
                   cierre;Cantidad de Cierre;Comisión;$ neto;Saldo $\nEURUSD;Sell;11/09/2026 09:15:00.000;12/09/2026 16:00:00.000;\
                   1,10500;1,10400;0,10 Lotes;-0,70;9,30;1004,55\n";

    let lines = |text| read(text).1.fills.iter().map(line).collect::<Vec<_>>();

    assert_eq!(lines(english)[1], "2: BTCUSD sell 2 @ 92008 x1 commission 0 fees 0 USD at 1776455584");
    assert_eq!(
        lines(spanish)[1],
        "2: EURUSD buy 0.1 @ 1.104 x100000 commission 0.7 fees 0 USD at 1789250400"
    );
}

#[test]
fn spoiled_deals_are_rejected_by_name() {
    assert_rejections(
        "ctrader-history",
        1,
        2,
        &[
            ("symbol", "", "symbol", "missing-symbol"),
            ("opening direction", "Hold", "opening direction", "bad-side"),
            ("opening time (utc+2)", "31/02/2026 10:00:00", "opening time", "bad-time"),
            ("closing time (utc+2)", "09/31/2026 10:00:00", "closing time", "bad-time"),
            ("entry price", &overlong(), "entry price", "bad-number"),
            ("closing price", HOSTILE, "closing price", "bad-number"),
            ("closing quantity", "Lots", "closing quantity", "bad-number"),
            ("closing quantity", "0 Lots", "closing quantity", "bad-number"),
            ("gross usd", "x", "gross", "bad-number"),
            ("swap", "1.2.3", "swap", "bad-number"),
        ],
    );
}

#[test]
fn a_header_with_a_garbled_currency_rejects_every_row() {
    let text = format("ctrader-history").sample().replace("Net USD", "Net U$D");

    let (report, collected) = read_text("ctrader-history", &text);

    assert_eq!((report.rows.read, report.rows.rejected), (0, 3));
    assert_eq!(rejected(&collected)[0], (2, "net", "bad-currency"));
}

#[test]
fn a_net_profit_that_its_parts_do_not_give_is_told() {
    let text = format("ctrader-history").sample().replace("995.25,100", "1005.25,100");

    let (_, collected) = read_text("ctrader-history", &text);

    assert_eq!(collected.codes(), [(2, "pnl-mismatch")]);
}

#[test]
fn a_file_that_ends_anywhere_is_accounted_for() {
    assert_survives_truncation(format("ctrader-history"));
}
