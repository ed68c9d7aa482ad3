//! Files that cannot be read say why, and what to do.

use crate::{
    format, options, read_as,
    workbooks::{workbook_around, workbook_with},
};
use formats::{Format, ParseError};

const FLEX: &str = "<FlexQueryResponse>\n<FlexStatements>\n<FlexStatement>\n<Trades>\n\
                    <Trade accountId=\"U1\" symbol=\"A\" quantity=\"1\" tradePrice=\"1\" dateTime=\"20260105;093000\" ibExecID=\"1\"/>\n\
                    </Trades>\n</FlexStatement>\n</FlexStatements>\n</FlexQueryResponse>\n";

const FILL: [&str; 5] = ["2026-01-05T14:30:00Z", "AAPL", "buy", "100", "243.36"];

fn error(format: Format, bytes: &[u8]) -> ParseError {
    read_as(format, bytes, &options()).map(|_| ()).unwrap_err()
}

#[test]
fn an_empty_file_is_empty_in_every_format() {
    for format in Format::all() {
        assert!(matches!(error(format, b""), ParseError::Empty), "{format}");
    }
}

#[test]
fn the_wrong_format_says_what_it_expected() {
    for format in Format::all() {
        let error = error(format, b"name,age\nAda,36\n");
        assert!(error.to_string().contains("needs"), "{format}: {error}");
    }
    let html = error(format("ibkr-flex-xml"), b"<html><body>Please sign in</body></html>");
    assert!(matches!(html, ParseError::WrongFormat { .. }), "{html}");
}

#[test]
fn a_cut_off_flex_file_is_truncated_wherever_it_was_cut() {
    for cut in (25..FLEX.len() - 22).step_by(7) {
        let error = error(format("ibkr-flex-xml"), &FLEX.as_bytes()[..cut]);
        assert!(matches!(error, ParseError::Truncated { .. }), "cut at {cut}: {error}");
    }
    assert!(read_as(format("ibkr-flex-xml"), FLEX.as_bytes(), &options()).is_ok());
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    let csv = b"Contract,Buy Fill ID,Sell Fill ID,Paired Qty,Buy Price,Sell Price,Bought Timestamp,Sold Timestamp\nS\xfcd\n";
    assert!(matches!(error(format("tradovate-position-history"), csv), ParseError::NotText { .. }));
    let xml = FLEX.replace("\"A\"", "\"?\"").into_bytes();
    let xml: Vec<u8> = xml.into_iter().map(|byte| if byte == b'?' { 0xFC } else { byte }).collect();
    assert!(matches!(
        error(format("ibkr-flex-xml"), &xml),
        ParseError::NotText { .. } | ParseError::Malformed { .. }
    ));
}

#[test]
fn a_spreadsheets_utf_16_is_read() {
    let csv = "timestamp\tsymbol\tside\tquantity\tprice\n2026-01-05T14:30:00Z\tAAPL\tbuy\t1\t243.36\n";
    let utf16: Vec<u8> = format!("\u{feff}{csv}").encode_utf16().flat_map(u16::to_le_bytes).collect();

    let (report, collected) = read_as(format("generic-csv"), &utf16, &options()).unwrap();

    assert_eq!(report.rows.read, 1);
    assert_eq!(collected.fills[0].price.to_string(), "243.36");
}

#[test]
fn what_excel_saves_on_windows_is_read_where_people_use_it() {
    let csv = b"timestamp,symbol,side,quantity,price\n2026-01-05T14:30:00Z,S\xfcd,buy,1,1\n";

    let (_, collected) = read_as(format("generic-csv"), csv, &options()).unwrap();

    assert_eq!(collected.fills[0].symbol, "Süd");
}

#[test]
fn a_workbook_whose_cells_stand_where_none_can_be_is_refused() {
    for sheet in [
        "<worksheet><sheetData><row r='1'><c r='AAAAAAAB1'><v>1</v></c></row></sheetData></worksheet>",
        "<worksheet><sheetData><row r='99999999999'><c r='A1'><v>1</v></c></row></sheetData></worksheet>",
        "<worksheet><dimension ref='B2:A1'/><sheetData/></worksheet>",
    ] {
        let error = error(format("generic-csv"), &workbook_around(sheet));
        assert!(error.to_string().contains("names no cells between A1 and XFD1048576"), "{sheet}: {error}");
    }
}

#[test]
fn what_stands_in_a_hidden_sheet_is_no_part_of_a_workbook() {
    let cells = |texts: [&str; 5]| {
        texts.map(|text| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>")).concat()
    };
    let header = cells(["timestamp", "symbol", "side", "quantity", "price"]);
    let rows = format!("<row>{header}</row><row>{}</row>", cells(FILL));
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");

    for (state, fills) in [("visible", Some(1)), ("hidden", None), ("veryHidden", None)] {
        let read = read_as(format("generic-csv"), &workbook_with(&sheet, state), &options());

        assert_eq!(read.ok().map(|(_, collected)| collected.fills.len()), fills, "{state}");
    }
}

#[test]
fn a_row_of_a_workbook_whose_cells_are_out_of_order_is_rejected() {
    let cell = |at: &str, text: &str| format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let row = |number: u64, columns: [&str; 5], texts: [&str; 5]| {
        let cells = columns.iter().zip(texts).map(|(column, text)| cell(&format!("{column}{number}"), text));
        format!("<row r=\"{number}\">{}</row>", cells.collect::<String>())
    };
    let (orderly, mixed) = (["A", "B", "C", "D", "E"], ["A", "B", "C", "E", "D"]);
    let header = row(1, orderly, ["timestamp", "symbol", "side", "quantity", "price"]);
    let rows = [row(2, orderly, FILL), row(3, mixed, FILL)].concat();
    let sheet = format!("<worksheet><sheetData>{header}{rows}</sheetData></worksheet>");

    let (report, collected) = read_as(format("generic-csv"), &workbook_around(&sheet), &options()).unwrap();

    assert_eq!((report.rows.read, report.rows.rejected), (1, 1));
    assert!(collected.codes().contains(&(3, "cells-out-of-order")), "{:?}", collected.codes());
}
