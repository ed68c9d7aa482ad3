//! The generic CSV.

use crate::{format, line, options, read, read_as};
use formats::{AssetClass, DateOrder, Mapping, Options, ParseError, TimeSource};
use std::fmt::Write as _;

#[test]
fn every_column_is_read() {
    let (report, collected) = read(
        "execution_id,account,timestamp,symbol,side,quantity,price,commission,fees,currency,multiplier\n\
         EX-1,U1,2026-01-05T14:30:00Z,AAPL,buy,100,243.36,-0.25,0.02,eur,1\n",
    );

    assert_eq!(
        line(&collected.fills[0]),
        "2: AAPL buy 100 @ 243.36 x1 commission -0.25 fees 0.02 EUR at 1767623400"
    );
    assert_eq!(collected.fills[0].execution_id, "EX-1");
    assert_eq!(collected.fills[0].executed_at.source, TimeSource::RowOffset);
    assert_eq!(report.accounts, ["U1"]);
    assert_eq!((report.rows.total, report.rows.read), (1, 1));
}

#[test]
fn a_semicolon_file_has_decimal_commas() {
    let (_, collected) = read(
        "date;time;symbol;side;quantity;price;commission\n2026-01-05;09:30:00;SAP;sell;1.000;243,36;1,5\n",
    );

    assert_eq!(
        line(&collected.fills[0]),
        "2: SAP sell 1000 @ 243.36 x1 commission 1.5 fees 0 USD at 1767605400"
    );
}

#[test]
fn the_example_that_we_document_is_readable() {
    let (report, collected) = read(formats::generic_template());

    assert_eq!(report.rows.read, 1);
    assert_eq!(collected.diagnostics, []);
}

#[test]
fn a_futures_contract_brings_its_multiplier() {
    let (_, collected) =
        read("timestamp,symbol,side,quantity,price\n2026-01-05T14:30:00Z,ESH6,buy,1,6000.25\n");

    assert_eq!(collected.fills[0].multiplier.to_string(), "50");
    assert_eq!(collected.fills[0].asset_class, AssetClass::Future);
}

#[test]
fn equal_rows_are_different_fills_and_the_same_in_the_next_export() {
    let row = "2026-01-05T14:30:00Z,AAPL,buy,100,243.36\n";
    let header = "timestamp,symbol,side,quantity,price\n";

    let (_, first) = read(&format!("{header}{row}{row}"));
    let (_, second) = read(&format!("# exported again\n{header}{row}{row}{row}"));

    let ids = |collected: &crate::Collected| {
        collected.fills.iter().map(|f| f.execution_id.clone()).collect::<Vec<_>>()
    };
    assert_ne!(ids(&first)[0], ids(&first)[1]);
    assert_eq!(ids(&first), ids(&second)[..2]);
}

#[test]
fn a_zone_is_assumed_aloud_or_taken_from_the_user() {
    let text = "date,time,symbol,side,quantity,price\n2026-01-05,09:30:00,AAPL,buy,1,1\n";

    let (_, assumed) = read(text);
    let set = Options { time_zone: Some("America/New_York".to_owned()), ..options() };
    let (_, chosen) = read_as(format("generic-csv"), text.as_bytes(), &set).unwrap();

    assert_eq!(assumed.codes(), [(2, "assumed-time-zone")]);
    assert_eq!(chosen.codes(), []);
    assert_eq!(
        chosen.fills[0].executed_at.at.0 - assumed.fills[0].executed_at.at.0,
        5 * 3600 * 1_000_000_000
    );
    assert_eq!(chosen.fills[0].executed_at.source.as_text(), "user-setting:America/New_York");
}

#[test]
fn each_bad_cell_is_named() {
    let header = "timestamp,symbol,side,quantity,price,multiplier\n";
    for (row, column, code) in [
        ("yesterday,AAPL,buy,1,1,", "timestamp", "bad-time"),
        ("2026-01-05T14:30:00Z,,buy,1,1,", "symbol", "missing-symbol"),
        ("2026-01-05T14:30:00Z,AAPL,hold,1,1,", "side", "bad-side"),
        ("2026-01-05T14:30:00Z,AAPL,buy,ten,1,", "quantity", "bad-number"),
        ("2026-01-05T14:30:00Z,AAPL,buy,0,1,", "quantity", "zero-quantity"),
        ("2026-01-05T14:30:00Z,AAPL,buy,1,1e5,", "price", "bad-number"),
        ("2026-01-05T14:30:00Z,AAPL,buy,1,1,0", "multiplier", "bad-multiplier"),
        ("2026-01-05T14:30:00Z", "symbol", "missing-symbol"),
    ] {
        let (report, collected) = read(&format!("{header}{row}\n"));

        assert_eq!(report.rows.rejected, 1, "{row}");
        let diagnostic = &collected.diagnostics[0];
        assert_eq!(
            (diagnostic.line, diagnostic.column.as_deref(), diagnostic.code),
            (2, Some(column), code),
            "{row}"
        );
    }
}

#[test]
fn hostile_cells_stay_text_or_are_refused() {
    let (_, collected) = read(
        "timestamp,symbol,side,quantity,price\n\
         2026-01-05T14:30:00Z,=HYPERLINK(1),buy,1,1\n\
         2026-01-05T14:30:00Z,A\u{7}B,buy,1,1\n",
    );

    assert_eq!(collected.fills[0].symbol, "=HYPERLINK(1)");
    assert_eq!(collected.codes(), [(3, "bad-symbol")]);
}

#[test]
fn accounts_are_never_netted_together() {
    let text = "timestamp,symbol,side,quantity,price,account\n\
                2026-01-05T14:30:00Z,AAPL,buy,1,1,U1\n2026-01-05T14:31:00Z,AAPL,sell,1,1,U2\n";

    let error = read_as(format("generic-csv"), text.as_bytes(), &options()).map(|_| ()).unwrap_err();
    let one = Options { source_account: Some("U2".to_owned()), ..options() };
    let (report, collected) = read_as(format("generic-csv"), text.as_bytes(), &one).unwrap();

    assert!(matches!(&error, ParseError::SeveralAccounts(accounts) if accounts == &["U1", "U2"]), "{error}");
    assert_eq!((report.rows.read, report.rows.skipped, collected.fills.len()), (1, 1, 1));
}

#[test]
fn one_bad_line_among_ten_thousand_loses_nothing_else() {
    let mut text = "timestamp,symbol,side,quantity,price,execution_id\n".to_owned();
    for n in 1..=10_000 {
        let price = if n == 7_777 { "12.3.4".to_owned() } else { format!("{n}.25") };
        writeln!(text, "2026-01-05T14:30:00Z,AAPL,buy,1,{price},E{n}").unwrap();
    }

    let (report, collected) = read(&text);

    assert_eq!((report.rows.total, report.rows.read, report.rows.rejected), (10_000, 9_999, 1));
    assert_eq!(collected.fills.len(), 9_999);
    assert_eq!(collected.codes(), [(7_778, "bad-number")]);
    assert!(collected.diagnostics[0].message.contains("12.3.4"), "{}", collected.diagnostics[0].message);
}

#[test]
fn rows_of_one_second_stand_in_the_order_in_which_they_happened() {
    let header = "timestamp,symbol,side,quantity,price,execution_id\n";
    let rows = [
        "2026-01-05T14:30:00Z,AAPL,buy,1,1,first\n",
        "2026-01-05T14:30:00Z,AAPL,sell,1,2,second\n",
        "2026-01-05T14:31:00Z,AAPL,buy,1,3,third\n",
    ];
    let newest_first: String = rows.iter().rev().copied().collect();

    for text in [format!("{header}{}", rows.concat()), format!("{header}{newest_first}")] {
        let (_, mut collected) = read(&text);
        collected.fills.sort_by_key(|fill| (fill.executed_at.at, fill.sequence));

        let ids: Vec<&str> = collected.fills.iter().map(|fill| fill.execution_id.as_str()).collect();
        assert_eq!(ids, ["first", "second", "third"], "{text}");
    }
    let (_, collected) = read(&format!("{header}{newest_first}"));
    assert_eq!(collected.codes(), [(3, "newest-first")]);
}

#[test]
fn rows_of_one_day_without_a_time_count_from_the_older_end_aloud() {
    let (_, mut collected) = read(
        "date,symbol,side,quantity,price,execution_id\n2026-01-06,A,buy,1,1,c\n2026-01-05,A,sell,1,1,b\n2026-01-05,A,buy,1,1,a\n",
    );
    collected.fills.sort_by_key(|fill| (fill.executed_at.at, fill.sequence));

    let ids: Vec<&str> = collected.fills.iter().map(|fill| fill.execution_id.as_str()).collect();
    assert_eq!(ids, ["a", "b", "c"]);
    assert!(collected.codes().iter().any(|(_, code)| *code == "date-only"));
}

#[test]
fn a_mapping_reads_any_layout() {
    let text = "Datum;Uhrzeit;Wertpapier;Richtung;Stück;Kurs;Gebühr;Nr\n\
                04.03.2026;15:30:00;SAP;Kauf;10;1.210,50;-4,90;7\n04.03.2026;15:45:00;SAP;Verkauf;10;1.215,00;-4,90;8\n";
    let name = |name: &str| Some(name.to_owned());
    let mapping = Mapping {
        date: name("Datum"),
        time: name("Uhrzeit"),
        symbol: name("Wertpapier"),
        side: name("Richtung"),
        quantity: name("Stück"),
        price: name("Kurs"),
        commission: name("Gebühr"),
        execution_id: name("Nr"),
        date_order: Some(DateOrder::DayFirst),
        decimal_comma: Some(true),
        buy_words: vec!["Kauf".to_owned()],
        sell_words: vec!["Verkauf".to_owned()],
        negative_is_charge: true,
        ..Mapping::default()
    };
    let options =
        Options { mapping: Some(mapping), time_zone: Some("Europe/Berlin".to_owned()), ..options() };

    let (_, collected) = read_as(format("generic-csv"), text.as_bytes(), &options).unwrap();

    let lines: Vec<String> = collected.fills.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "2: SAP buy 10 @ 1210.5 x1 commission 4.9 fees 0 USD at 1772634600",
            "3: SAP sell 10 @ 1215 x1 commission 4.9 fees 0 USD at 1772635500",
        ]
    );
    assert_eq!(collected.fills[0].execution_id, "7");
}

#[test]
fn a_column_that_a_mapping_names_and_the_file_lacks_is_named_and_nothing_is_read() {
    let text = "timestamp,symbol,side,quantity,price,commission\n2026-01-05T14:30:00Z,AAPL,buy,5,1,9\n";
    let mapping = Mapping { commission: Some("Gebühr".to_owned()), ..Mapping::default() };
    let options = Options { mapping: Some(mapping), ..options() };

    let refused = read_as(format("generic-csv"), text.as_bytes(), &options).err().unwrap();

    assert!(refused.to_string().contains("commission, called \"Gebühr\""), "{refused}");
}

#[test]
fn without_a_side_the_sign_of_the_quantity_may_tell_it() {
    let text =
        "timestamp,symbol,quantity,price\n2026-01-05T14:30:00Z,AAPL,-5,1\n2026-01-05T14:31:00Z,AAPL,5,1\n";
    let mapping = Mapping { side_by_sign: true, ..Mapping::default() };
    let options = Options { mapping: Some(mapping), ..options() };

    let (_, collected) = read_as(format("generic-csv"), text.as_bytes(), &options).unwrap();

    let sides: Vec<_> = collected.fills.iter().map(|fill| (fill.side, fill.quantity.to_string())).collect();
    assert_eq!(sides, [(ledger::Side::Sell, "5".to_owned()), (ledger::Side::Buy, "5".to_owned())]);
}

#[test]
fn a_stray_quote_loses_its_own_row_only() {
    let (report, collected) = read(
        "timestamp,symbol,side,quantity,price\n2026-01-05T14:30:00Z,\"AAPL,buy,1,1\n2026-01-05T14:31:00Z,MSFT,buy,1,1\n\
         2026-01-05T14:32:00Z,TSLA,buy,1,1\n",
    );

    assert_eq!((report.rows.total, report.rows.read, report.rows.rejected), (3, 2, 1));
    assert_eq!(collected.codes(), [(2, "stray-quote")]);
}

#[test]
fn an_unquoted_comma_in_a_cell_is_named() {
    let (report, collected) =
        read("timestamp,symbol,side,quantity,price\n2026-01-05T14:30:00Z,AAPL,buy,1,000,243.36\n");

    assert_eq!(report.rows.rejected, 1);
    assert_eq!(collected.codes(), [(2, "extra-cells")]);
}

#[test]
fn limits_are_the_callers() {
    let text = "timestamp,symbol,side,quantity,price\n2026-01-05T14:30:00Z,A,buy,1,1\n2026-01-05T14:30:00Z,A,buy,1,1\n";
    let limits = formats::Limits { rows: 1, ..formats::Limits::default() };

    let error = read_as(format("generic-csv"), text.as_bytes(), &Options { limits, ..options() })
        .map(|_| ())
        .unwrap_err();

    assert!(matches!(error, ParseError::TooManyRows(1)), "{error}");
}
