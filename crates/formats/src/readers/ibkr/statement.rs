//! The rows of a statement: section, what the row is, and its cells.

use crate::{
    Cells, Header,
    row::Row,
    run::Line,
    symbols,
    tally::{Fault, Outcome, quoted},
};

/// Tells headers, data and totals apart by the second cell; `kind` says what a section's header stands above.
pub(super) fn classify<K>(row: &Row, kind: impl Fn(&str, &Header) -> K) -> Line<K> {
    match row.at(1) {
        "Header" => Line::Header(kind(row.at(0).trim_start_matches('\u{feff}'), &Header::of(row))),
        "Data" => Line::Data,
        "SubTotal" | "Total" => Line::Skip("total", "a total of rows above".to_owned()),
        "Notes" => Line::Skip("note", "a note".to_owned()),
        other => {
            Line::Skip("no-statement-row", format!("{} is neither header, data nor total", quoted(other)))
        }
    }
}

/// A reason to skip a row that does not stand below its own section's header, or that is a total among the data.
pub(super) fn is_astray(row: Cells<'_>) -> Option<Result<Outcome, Fault>> {
    let section = row.header.names().next().unwrap_or_default();
    if !row.at(0).eq_ignore_ascii_case(section) {
        return Some(Outcome::skip("other-section", "its section has no header"));
    }
    let totals = row.row.cells().skip(2).take(2);
    let is_total = totals
        .into_iter()
        .any(|cell| cell == "Total" || cell.starts_with("Total in ") || cell.starts_with("Total "));
    is_total.then(|| Outcome::skip("total", "a total of rows above"))
}

/// The symbol that a description begins with: `VT(US9220427424) Cash Dividend …`.
pub(super) fn described_symbol(description: &str) -> Option<String> {
    let (symbol, _) = description.split_once('(')?;
    let symbol = symbols::clean("description", symbol).ok()?;
    (symbol.len() <= 12 && !symbol.contains(' ')).then_some(symbol)
}
