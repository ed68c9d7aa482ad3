//! MetaTrader 5.

use crate::{
    cash, format, line, options, read, read_as, real_bytes,
    spoiled::{HOSTILE, assert_rejections, assert_survives_truncation, overlong, read_text, rejected},
    workbooks::workbook,
};
use formats::{CashKind, MultiplierSource, Options, RowKind, detect};
use ledger::Effect;

const ID: &str = "metatrader5-report";
const ACCOUNT: &str = "Account:,,,\"7005678 (USD, Sample-Server, real, Hedge)\",,,,,,,,,,\n";
const POSITIONS: &str =
    "Time,Position,Symbol,Type,Volume,Price,S / L,T / P,Time,Price,Commission,Swap,Profit,\n";
const DEALS: &str =
    "Time,Deal,Symbol,Type,Direction,Volume,Price,Order,Commission,Fee,Swap,Profit,Balance,Comment\n";

fn with(from: &str, to: &str) -> String {
    let sample = format(ID).sample();
    assert!(sample.contains(from), "{from}");
    sample.replacen(from, to, 1)
}

#[test]
fn the_real_workbook_is_read_with_every_row_and_its_own_totals() {
    let Some(bytes) = real_bytes("metatrader5-positions.xlsx") else { return };
    let aud = Options { currency: "AUD".to_owned(), ..options() };

    assert_eq!(detect(&bytes).unwrap().format.id(), ID);
    let (report, collected) = read_as(format(ID), &bytes, &aud).unwrap();

    // Rows 4 to 17, summed by a script that reads the workbook's XML on its own.
    let rows = report.rows;
    assert_eq!((rows.total, rows.read, rows.skipped, rows.rejected, rows.structure), (14, 14, 0, 0, 3));
    assert_eq!(report.stated.gross_pnl["AUD"].to_string(), "1020");
    assert_eq!(report.stated.commissions["AUD"].to_string(), "10.04");
    let swaps = cash(&collected.events);
    assert_eq!(
        swaps,
        [
            (CashKind::Swap, "0.05".to_owned(), "8116866:exit:swap".to_owned()),
            (CashKind::Swap, "0.26".to_owned(), "8136915:exit:swap".to_owned()),
        ]
    );
    assert_eq!(collected.fills.len(), 28);
    let lines: Vec<String> = collected.fills.iter().map(line).collect();
    assert_eq!(lines[0], "4: ETHUSD buy 0.67 @ 3211.2 x1 commission 0 fees 0 USD at 1768795541");
    assert_eq!(lines[1], "4: ETHUSD sell 0.67 @ 3214.5 x1 commission 0 fees 0 USD at 1768819639");
    assert_eq!(lines[7], "7: GBPJPY+ sell 0.32 @ 212.065 x100000 commission 0 fees 0 JPY at 1768836493");
    assert_eq!(lines[10], "9: GER40 sell 0.9 @ 24729.7 x1 commission 0 fees 0 EUR at 1768898047");
    assert_eq!(lines[22], "15: XAUUSD+ buy 0.09 @ 4843.93 x100 commission 0 fees 0 USD at 1768980380");
    assert_eq!(lines[27], "17: GER40 sell 1 @ 24649.5 x1 commission 0 fees 0 EUR at 1768985569");
    let rates: Vec<String> = collected
        .fills
        .iter()
        .filter_map(|fill| fill.claims.as_deref()?.implied_rate.as_ref().map(ToString::to_string))
        .collect();
    assert_eq!(
        rates,
        [
            "3310/2211",
            "3062/2051",
            "19/2020",
            "1177/124800",
            "265/28044",
            "31117/17856",
            "13402/9027",
            "4/425",
            "261/176",
            "2477/1668",
            "1056/713",
            "22351/15102",
            "2609/1762",
            "26/15",
        ]
    );
    let commissions: Vec<&str> = collected
        .fills
        .iter()
        .flat_map(|fill| &fill.foreign_charges)
        .map(|charge| charge.currency.as_str())
        .collect();
    assert_eq!(commissions, ["AUD"; 6]);
    assert_eq!(collected.codes(), [(0, "assumed-currency"), (4, "assumed-time-zone")]);
}

#[test]
fn a_report_with_deals_is_read_by_its_deals() {
    let (report, collected) = read(format(ID).sample());

    let lines: Vec<String> = collected.fills.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "21: XAUUSD buy 0.1 @ 4182.5 x100 commission 0.4 fees 0 USD at 1767600000",
            "22: XAUUSD sell 0.1 @ 4186 x100 commission 0.4 fees 0 USD at 1767603600",
        ]
    );
    let fill = &collected.fills[1];
    assert_eq!((fill.execution_id.as_str(), fill.order_id.as_deref()), ("8002", Some("9002")));
    assert_eq!((fill.kind, fill.effect, fill.sequence), (RowKind::Fill, Some(Effect::Closes), 8002));
    assert_eq!(fill.claims.as_deref().unwrap().pnl.unwrap().to_string(), "35");
    assert!(collected.fills[0].claims.is_none());
    assert_eq!(
        cash(&collected.events),
        [
            (CashKind::Deposit, "5000".to_owned(), "8000".to_owned()),
            (CashKind::Swap, "-1.25".to_owned(), "8002:swap".to_owned()),
        ]
    );
    assert_eq!(report.accounts, ["7005678"]);
    assert_eq!(report.stated.gross_pnl["USD"].to_string(), "35");
    assert_eq!(report.stated.commissions["USD"].to_string(), "0.8");
    assert_eq!(report.stated.balances["USD"].to_string(), "5032.95");
    assert_eq!((report.rows.total, report.rows.read, report.rows.skipped), (7, 3, 4));
    let codes = collected.codes();
    for code in [(17, "order"), (23, "total"), (25, "other-section"), (14, "told-by-deals")] {
        assert!(codes.contains(&code), "{code:?} in {codes:?}");
    }
}

#[test]
fn a_flip_a_close_by_and_other_movements_of_cash_are_read() {
    let text = format!(
        "Trade History Report,,,,,,,,,,,,,\n{ACCOUNT}Deals,,,,,,,,,,,,,\n{DEALS}\
         2026.01.05 09:00:00,1,,balance,,,,,0.00,0.00,0.00,- 250.00,4 750.00,Withdrawal\n\
         2026.01.05 09:00:01,2,,credit,,,,,0.00,0.00,0.00,100.00,4 850.00,Credit\n\
         2026.01.05 09:00:02,3,,commission daily,,,,,0.00,0.00,0.00,- 2.00,4 848.00,\n\
         2026.01.05 09:00:03,4,,dividend,,,,,0.00,0.00,0.00,1.10,4 849.10,\n\
         2026.01.05 10:00:00,5,EURUSD,buy,in,1.00,1.10000,50,- 3.50,0.00,0.00,0.00,4 845.60,\n\
         2026.01.05 10:05:00,6,EURUSD,sell,in/out,1.50,1.10100,51,- 5.25,- 0.10,0.00,100.00,4 940.25,\n\
         2026.01.05 10:06:00,7,EURUSD,buy,out by,0.50,1.10000,52,- 1.75,0.00,0.00,50.00,4 988.50,\n\
         2026.01.05 10:07:00,8,EURUSD,buy canceled,in,0.50,1.10000,53,0.00,0.00,0.00,0.00,4 988.50,\n"
    );

    let (report, collected) = read(&text);

    let lines: Vec<String> = collected.fills.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "9: EURUSD buy 1 @ 1.1 x100000 commission 3.5 fees 0 USD at 1767600000",
            "10: EURUSD sell 1.5 @ 1.101 x100000 commission 5.25 fees 0.1 USD at 1767600300",
            "11: EURUSD buy 0.5 @ 1.1 x100000 commission 1.75 fees 0 USD at 1767600360",
        ]
    );
    let effects: Vec<Option<Effect>> = collected.fills.iter().map(|fill| fill.effect).collect();
    assert_eq!(effects, [Some(Effect::Opens), None, Some(Effect::Closes)]);
    let kinds: Vec<CashKind> = cash(&collected.events).into_iter().map(|(kind, _, _)| kind).collect();
    assert_eq!(kinds, [CashKind::Withdrawal, CashKind::Other, CashKind::Commission, CashKind::Dividend]);
    assert_eq!(report.stated.balances["USD"].to_string(), "4988.5");
    assert_eq!((report.rows.total, report.rows.read, report.rows.skipped), (8, 7, 1));
}

#[test]
fn positions_alone_are_read_in_utf_16_with_localised_headers_and_suffixed_symbols() {
    let text = "\u{feff}Storico;;;;;;;;;;;;\nConto:;;;7005678 (USD, Server, reale, Hedge);;;;;;;;;\nPosizioni;;;;;;;;;;;;\n\
                Ora;Posizione;Simbolo;Tipo;Volume;Prezzo;S / L;T / P;Ora;Prezzo;Commissioni;Swap;Profitto\n\
                2026.01.05 10:00:00;9001;XAUUSD.x;buy;0.09 / 0.1;4 182.50;;;2026.01.05 11:00:00;4 186.00;- 0.72;- 0.08; 31.50\n\
                2026.01.06 10:00:00;9002;US30m;sell;2;48000.0;;;2026.01.06 11:00:00;48010.0;0.00;0.00;- 200.00\n";
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();

    assert_eq!(detect(&bytes).unwrap().format.id(), ID);
    let (report, collected) = read_as(format(ID), &bytes, &options()).unwrap();

    let lines: Vec<String> = collected.fills.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "5: XAUUSD.x buy 0.09 @ 4182.5 x100 commission 0 fees 0 USD at 1767600000",
            "5: XAUUSD.x sell 0.09 @ 4186 x100 commission 0.72 fees 0 USD at 1767603600",
            "6: US30m sell 2 @ 48000 x10 commission 0 fees 0 USD at 1767686400",
            "6: US30m buy 2 @ 48010 x10 commission 0 fees 0 USD at 1767690000",
        ]
    );
    assert_eq!(collected.fills[0].multiplier_source, MultiplierSource::Usual);
    assert_eq!(collected.fills[2].multiplier_source, MultiplierSource::Derived);
    assert_eq!(collected.fills[0].execution_id, "9001:entry");
    assert!(collected.fills.iter().all(|fill| fill.kind == RowKind::ClosingDeal));
    assert_eq!(report.stated.gross_pnl["USD"].to_string(), "-168.5");
    assert_eq!(cash(&collected.events), [(CashKind::Swap, "-0.08".to_owned(), "9001:exit:swap".to_owned())]);
    assert_eq!((report.rows.total, report.rows.read), (2, 2));
}

#[test]
fn a_deal_carries_the_rate_of_the_position_that_it_closed() {
    let text = format!(
        "{ACCOUNT}{POSITIONS}2026.01.06 10:00:00,9002,GER40,buy,1,24600.0,,,2026.01.06 11:00:00,24650.0,0,0,58.50,\nDeals\n{DEALS}\
         2026.01.06 10:00:00,71,GER40,buy,in,1,24600.0,9002,0,0,0,0,1000,comment (EUR)\n\
         2026.01.06 11:00:00,72,GER40,sell,out,1,24650.0,9003,0,0,0,58.50,1058.50,99 (tp)\n"
    );

    let (report, collected) = read(&text);

    let claims = collected.fills[1].claims.as_deref().unwrap();
    assert_eq!(collected.fills[1].currency, "EUR");
    assert_eq!(claims.pnl_currency.as_deref(), Some("USD"));
    // 58.50 USD / (50 x 1 EUR)
    assert_eq!(claims.implied_rate.as_ref().unwrap().to_string(), "1.17");
    assert_eq!(report.accounts, ["7005678"]);
}

#[test]
fn a_page_in_utf_16_is_read_like_the_same_in_utf_8() {
    let page = std::format!("\u{feff}{}", format(ID).sample());
    let bytes: Vec<u8> = page.encode_utf16().flat_map(u16::to_le_bytes).collect();

    assert_eq!(detect(&bytes).unwrap().format.id(), ID);
    let (report, collected) = read_as(format(ID), &bytes, &options()).unwrap();

    let (same, expected) = read(format(ID).sample());
    assert_eq!((report.rows, report.stated), (same.rows, same.stated));
    assert_eq!(collected.fills, expected.fills);
}

#[test]
fn headers_of_every_language_are_recognised() {
    for header in [
        "Zeit,Geschäft,Symbol,Typ,Richtung,Volumen,Preis,Auftrag,Provision,Gebühr,Swap,Gewinn,Saldo,Kommentar",
        "Fecha/Hora,Transacción,Símbolo,Tipo,Dirección,Volumen,Precio,Orden,Comisión,Tarifa,Swap,Beneficio,Balance,Comentario",
        "Heure,Transaction,Symbole,Type,Direction,Volume,Prix,Ordre,Commission,Frais,Échange,Profit,Solde,Commentaire",
        "Horário,Oferta,Ativo,Tipo,Direção,Volume,Preço,Ordem,Comissão,Taxa,Swap,Lucro,Saldo,Comentário",
        "Czas,Transakcja,Symbol,Typ,Kierunek,Wolumen,Cena,Zlecenie,Prowizja,Opłata,Swap,Zysk,Saldo,Komentarz",
        "Время,Сделка,Символ,Тип,Направление,Объем,Цена,Ордер,Комиссия,Сбор,Своп,Прибыль,Баланс,Комментарий",
    ] {
        let row = "2026.01.05 10:00:00,5,EURUSD,buy,in,1.00,1.10000,50,- 3.50,- 0.10,0.00,0.00,4 845.60,";

        let (report, collected) = read(&format!("{ACCOUNT}{header}\n{row}\n"));

        let lines: Vec<String> = collected.fills.iter().map(line).collect();
        assert_eq!(
            lines,
            ["3: EURUSD buy 1 @ 1.1 x100000 commission 3.5 fees 0.1 USD at 1767600000"],
            "{header}"
        );
        assert_eq!(report.stated.balances["USD"].to_string(), "4845.6", "{header}");
    }
}

#[test]
fn a_workbook_of_deals_sizes_its_lots_by_its_positions() {
    let text = format!(
        "{POSITIONS}2026.01.06 10:00:00,9002,US30,sell,2,48000.0,,,2026.01.06 11:00:00,48010.0,0,0,-200,\nDeals\n{DEALS}\
         2026.01.06 10:00:00,71,US30,sell,in,2,48000.0,9002,0,0,0,0,1000,\n\
         2026.01.06 11:00:00,72,US30,buy,out,2,48010.0,9003,0,0,0,-200,800,\n"
    );
    let rows: Vec<Vec<String>> =
        text.lines().map(|row| row.split(',').map(str::to_owned).collect()).collect();

    let (report, collected) = read_as(format(ID), &workbook(&rows), &options()).unwrap();

    let lines: Vec<String> = collected.fills.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "5: US30 sell 2 @ 48000 x10 commission 0 fees 0 USD at 1767686400",
            "6: US30 buy 2 @ 48010 x10 commission 0 fees 0 USD at 1767690000",
        ]
    );
    assert_eq!((report.rows.total, report.rows.read, report.rows.skipped), (3, 2, 1));
}

#[test]
fn spoiled_deals_are_rejected_by_name() {
    let digits = overlong();
    for (from, to, line, column, code) in [
        ("<td>8001</td>", "<td>\u{7}</td>", 21, "deal", "bad-id"),
        ("<td>8001</td><td>XAUUSD</td>", "<td>8001</td><td></td>", 21, "symbol", "missing-symbol"),
        ("<td>buy</td><td>in</td>", "<td>hold</td><td>in</td>", 21, "type", "bad-side"),
        ("<td>buy</td><td>in</td>", "<td>buy</td><td>sideways</td>", 21, "direction", "bad-direction"),
        (
            "<td>0.10</td><td>4 182.50</td><td>9001</td>",
            "<td>0.00</td><td>4 182.50</td><td>9001</td>",
            21,
            "volume",
            "zero-quantity",
        ),
        (
            "<td>4 182.50</td><td>9001</td>",
            &format!("<td>{digits}</td><td>9001</td>"),
            21,
            "price",
            "bad-number",
        ),
        ("<td>4 186.00</td><td>9002</td>", "<td>4 18.00</td><td>9002</td>", 22, "price", "bad-number"),
        (
            "<td>- 1.25</td><td>35.00</td><td>5 032.95</td><td>[tp",
            "<td>=1</td><td>35.00</td><td>5 032.95</td><td>[tp",
            22,
            "swap",
            "bad-number",
        ),
        ("2026.01.05 09:00:00", "2026.13.05 09:00:00", 20, "time", "bad-time"),
        ("<td>balance</td>", &format!("<td>{HOSTILE}</td>"), 20, "type", "bad-side"),
    ] {
        let (report, collected) = read_text(ID, &with(from, to));

        assert_eq!(rejected(&collected), [(line, column, code)], "{from}");
        assert_eq!(report.rows.total, 7, "{from}");
    }
}

#[test]
fn spoiled_positions_are_rejected_by_name_and_hostile_cells_stay_text() {
    let good = "2026.01.05 10:00:00,9001,XAUUSD,buy,0.1,4182.50,,,2026.01.05 11:00:00,4186.00,0,0,35.00,";
    for (from, to, column, code) in [
        ("9001", "", "position", "bad-id"),
        ("buy", "hold", "type", "bad-side"),
        ("0.1,", "0.1 of 2,", "volume", "bad-number"),
        ("4186.00", "", "price", "bad-number"),
        ("11:00:00", "25:00:00", "time", "bad-time"),
        ("35.00", "gain", "profit", "bad-number"),
    ] {
        let (_, collected) = read_text(ID, &format!("{ACCOUNT}{POSITIONS}{}\n", good.replacen(from, to, 1)));
        assert_eq!(rejected(&collected), [(3, column, code)], "{from}");
    }
    let (_, hostile) =
        read_text(ID, &format!("{ACCOUNT}{POSITIONS}{}\n", good.replacen("XAUUSD", HOSTILE, 1)));
    assert_eq!(hostile.fills[0].symbol, HOSTILE);
    assert!(hostile.codes().contains(&(3, "assumed-quote-currency")));
}

#[test]
fn a_garbled_currency_of_the_account_rejects_what_needs_it() {
    let (report, collected) = read_text(ID, &with("(USD,", "(U$,"));

    assert_eq!((report.rows.read, report.rows.rejected), (0, 4));
    assert!(
        rejected(&collected).iter().all(|(_, column, code)| (*column, *code) == ("account", "bad-currency"))
    );
}

#[test]
fn a_server_time_that_the_clocks_jumped_over_is_read_and_told() {
    let (_, collected) =
        read_text(ID, &with("2026.01.05 11:00:00</td><td>8002", "2026.03.29 03:30:00</td><td>8002"));

    assert_eq!(collected.fills[1].executed_at.at.0 / 1_000_000_000, 1_774_747_800);
    assert!(collected.codes().contains(&(22, "ambiguous-time")), "{:?}", collected.codes());
}

#[test]
fn a_deal_that_stands_twice_is_the_same_deal() {
    let row = format(ID).sample().lines().nth(20).unwrap();

    let (report, collected) = read_text(ID, &with(row, &format!("{row}\n{row}")));

    assert_eq!((report.rows.total, collected.fills.len()), (8, 3));
    assert_eq!(collected.fills[0].execution_id, collected.fills[1].execution_id);
}

#[test]
fn the_list_of_a_web_terminal_is_read() {
    let (report, collected) = read(format("metatrader5-list").sample());

    let lines: Vec<String> = collected.fills.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "4: EURUSD buy 0.5 @ 1.1 x100000 commission 0 fees 0 USD at 1780415975",
            "5: EURUSD sell 0.5 @ 1.102 x100000 commission 0 fees 0 USD at 1780462800",
        ]
    );
    assert_eq!(collected.fills[1].claims.as_deref().unwrap().pnl.unwrap().to_string(), "100");
    assert_eq!(report.accounts, ["7009"]);
    assert_eq!((report.rows.total, report.rows.read, report.rows.structure), (2, 2, 3));
    assert_rejections(
        "metatrader5-list",
        3,
        4,
        &[
            ("symbol", "", "symbol", "missing-symbol"),
            ("transaction type", "Trade Hold In", "transaction type", "bad-side"),
            ("date time", "31/2/2026 6:59:35 PM", "date time", "bad-time"),
            ("trade volume lots", "0", "trade volume lots", "zero-quantity"),
            ("open price", &overlong(), "open price", "bad-number"),
            ("profit", HOSTILE, "profit", "bad-number"),
        ],
    );
}

#[test]
fn a_file_that_ends_anywhere_is_accounted_for() {
    assert_survives_truncation(format(ID));
    assert_survives_truncation(format("metatrader5-list"));
}
