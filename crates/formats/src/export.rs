//! Fills as a file that the format `generic-csv` reads again, and text that no spreadsheet takes for a formula.

use std::borrow::Cow;

/// What a spreadsheet may take for the beginning of a formula, or for the end of a cell.
const RISKY: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\n'];

/// The header of exported fills, with its line end.
pub const FILLS_HEADER: &str =
    "timestamp,symbol,side,quantity,price,commission,fees,currency,multiplier,execution_id\r\n";

/// A fill to be written, all of it text: numbers as exact decimals, the time with its offset.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "the columns of the header")]
pub struct FillLine<'a> {
    pub timestamp: &'a str,
    pub symbol: &'a str,
    pub side: &'a str,
    pub quantity: &'a str,
    pub price: &'a str,
    pub commission: &'a str,
    pub fees: &'a str,
    pub currency: &'a str,
    pub multiplier: &'a str,
    pub execution_id: &'a str,
}

impl FillLine<'_> {
    /// Adds the line to `out`. Numbers stay numbers, below zero too; text is neutralised.
    pub fn write_to(&self, out: &mut String) {
        let cells = [
            Cow::Borrowed(self.timestamp),
            text(self.symbol),
            Cow::Borrowed(self.side),
            Cow::Borrowed(self.quantity),
            Cow::Borrowed(self.price),
            Cow::Borrowed(self.commission),
            Cow::Borrowed(self.fees),
            text(self.currency),
            Cow::Borrowed(self.multiplier),
            text(self.execution_id),
        ];
        out.push_str(&cells.join(","));
        out.push_str("\r\n");
    }
}

/// A cell of CSV that shows `text` and computes nothing.
pub fn text(text: &str) -> Cow<'_, str> {
    quoted(neutral(text))
}

/// With a leading apostrophe when a spreadsheet might compute it, or when it looks as if it had one of these already.
fn neutral(text: &str) -> Cow<'_, str> {
    if is_risky(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// Without the apostrophe of [`text`]: what an importer takes for the text of a cell.
pub(crate) fn plain(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| is_risky(rest)).unwrap_or(cell)
}

fn is_risky(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(RISKY)
}

fn quoted(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains([',', '"', '\r', '\n', ';', '\t', '|']) {
        Cow::Owned(format!("\"{}\"", text.replace('"', "\"\"")))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_compute_is_text_and_comes_back() {
        for (written, cell) in [
            ("AAPL", "AAPL"),
            ("=1+1", "'=1+1"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\tx", "\"'\tx\""),
            ("'=1", "''=1"),
            ("'quoted'", "'quoted'"),
            ("a,\"b\"", "\"a,\"\"b\"\"\""),
        ] {
            assert_eq!(text(written), cell);
            assert_eq!(plain(&neutral(written)), written);
        }
    }
}
