//! The generic CSV.

use crate::{format, line, options, read, read_as};
use formats::{AssetClass, Options, ParseError, TimeSource};
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
