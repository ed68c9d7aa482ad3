//! N rows in, N rows accounted for: whatever the rows are.

use crate::{options, read_as};
use formats::{Format, Severity};
use proptest::prelude::*;
use std::fmt::Write as _;

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("AAPL".to_owned()),
        Just("buy".to_owned()),
        Just("SELL".to_owned()),
        Just("2026-01-05T14:30:00Z".to_owned()),
        Just("04/09/2026 17:14:44".to_owned()),
        Just("20260126;115715".to_owned()),
        Just("EXECUTION".to_owned()),
        Just("MNQM6".to_owned()),
        Just("MNQ".to_owned()),
        Just(String::new()),
        "-?[0-9]{1,9}(\\.[0-9]{1,6})?",
        "[ -!#-%'-;=?-~]{0,12}",
    ]
}

fn csv(header: &'static str) -> impl Strategy<Value = (String, u64)> {
    let columns = header.split(',').count();
    prop::collection::vec(prop::collection::vec(cell(), columns), 0..30).prop_map(move |rows| {
        let mut text = format!("{header}\n");
        let mut count = 0;
        for row in rows {
            let cells: Vec<String> = row.iter().map(|cell| cell.replace([',', '"'], " ")).collect();
            count += u64::from(cells.iter().any(|cell| !cell.is_empty()));
            text.push_str(&cells.join(","));
            text.push('\n');
        }
        (text, count)
    })
}

const FLEX_ATTRIBUTES: [&str; 12] = [
    "symbol",
    "quantity",
    "tradePrice",
    "ibCommission",
    "buySell",
    "dateTime",
    "ibExecID",
    "tradeID",
    "origTradeID",
    "levelOfDetail",
    "notes",
    "multiplier",
];

fn flex() -> impl Strategy<Value = (String, u64)> {
    prop::collection::vec(prop::collection::vec(cell(), FLEX_ATTRIBUTES.len()), 0..30).prop_map(|rows| {
        let mut text = "<FlexQueryResponse>\n<Trades>\n".to_owned();
        for row in &rows {
            text.push_str("<Trade currency=\"USD\"");
            for (name, value) in FLEX_ATTRIBUTES.iter().zip(row) {
                write!(text, " {name}=\"{}\"", value.replace(['"', '<', '&'], " ")).unwrap();
            }
            text.push_str("/>\n");
        }
        text.push_str("</Trades>\n</FlexQueryResponse>\n");
        (text, rows.len() as u64)
    })
}

fn check(format: Format, text: &str, count: u64) -> Result<(), TestCaseError> {
    let Ok((report, collected)) = read_as(format, text.as_bytes(), &options()) else {
        // Random accounts may be several: a clear error, checked elsewhere.
        return Ok(());
    };
    let rows = report.rows;
    prop_assert_eq!(rows.total, count);
    prop_assert_eq!(rows.total, rows.read + rows.skipped + rows.rejected);
    let errors = collected.diagnostics.iter().filter(|d| d.severity == Severity::Error);
    prop_assert_eq!(errors.count() as u64, rows.rejected);
    for fill in &collected.fills {
        prop_assert!(fill.quantity.is_positive() && fill.multiplier.is_positive());
        prop_assert!(fill.line > 1 && !fill.execution_id.is_empty() && !fill.symbol.is_empty());
    }
    Ok(())
}

proptest! {
    #[test]
    fn every_row_of_a_generic_file_is_accounted_for(
        (text, count) in csv("timestamp,symbol,side,quantity,price,commission,fees,currency,multiplier,execution_id"),
    ) {
        check(Format::GenericCsv, &text, count)?;
    }

    #[test]
    fn every_row_of_a_tradovate_file_is_accounted_for(
        (text, count) in csv("Contract,Product,Buy Fill ID,Sell Fill ID,Paired Qty,Buy Price,Sell Price,P/L,Bought Timestamp,Sold Timestamp"),
    ) {
        check(Format::TradovatePositionHistory, &text, count)?;
    }

    #[test]
    fn every_row_of_a_flex_file_is_accounted_for((text, count) in flex()) {
        check(Format::IbkrFlexXml, &text, count)?;
    }

    #[test]
    fn no_bytes_make_a_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = formats::detect(&bytes);
        for format in Format::all() {
            let _ = read_as(format, &bytes, &options());
        }
    }
}
