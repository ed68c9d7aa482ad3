//! Ways to spoil a good file, and what each of them must lead to.

use crate::{Collected, format, options, read_as};
use formats::{Format, Report, Severity};

/// The sample of a format with another cell in one row (its line, from 1) and one column of the header at `header`.
pub fn with_cell(id: &str, header: usize, line: usize, column: &str, cell: &str) -> String {
    let sample = format(id).sample();
    let names = sample.lines().nth(header - 1).unwrap();
    let separator =
        *[',', ';', '\t'].iter().max_by_key(|separator| names.matches(**separator).count()).unwrap();
    let plain = |name: &str| name.trim_matches(['"', '\u{feff}']).to_lowercase();
    let at = names.split(separator).position(|name| plain(name) == column).unwrap();
    let spoil = |row: &str| {
        let mut cells: Vec<&str> = row.split(separator).collect();
        cells[at] = cell;
        cells.join(&separator.to_string())
    };
    let rows = sample.lines().enumerate();
    let rows = rows.map(|(index, row)| if index + 1 == line { spoil(row) } else { row.to_owned() });
    rows.collect::<Vec<_>>().join("\n")
}

/// Reads a text as a format.
pub fn read_text(id: &str, text: &str) -> (Report, Collected) {
    let (report, collected) = read_as(format(id), text.as_bytes(), &options()).unwrap();
    let rows = report.rows;
    assert_eq!(rows.total, rows.read + rows.skipped + rows.rejected, "{id}");
    (report, collected)
}

/// The rejected rows: line, column, code.
pub fn rejected(collected: &Collected) -> Vec<(u64, &str, &str)> {
    let errors = collected.diagnostics.iter().filter(|d| d.severity == Severity::Error);
    errors.map(|d| (d.line, d.column.as_deref().unwrap_or_default(), d.code)).collect()
}

/// Each spoiled cell rejects its own row, with the column and a code, and no other.
pub fn assert_rejections(id: &str, header: usize, line: usize, cases: &[(&str, &str, &str, &str)]) {
    let (whole, _) = read_text(id, format(id).sample());
    for (column, cell, reported, code) in cases {
        let (report, collected) = read_text(id, &with_cell(id, header, line, column, cell));

        assert_eq!(rejected(&collected), [(line as u64, *reported, *code)], "{id}: {column} {cell}");
        assert_eq!(report.rows.total, whole.rows.total, "{id}: {column} {cell}");
        let message = &collected.diagnostics.iter().find(|d| d.severity == Severity::Error).unwrap().message;
        assert!(message.len() < 300, "{id}: {message}");
    }
}

/// A file that ends anywhere gives rows of the whole file and at most one that is rejected for its end.
pub fn assert_survives_truncation(format: Format) {
    let sample = format.sample();
    let (whole, _) = read_text(format.id(), sample);
    // A page is long: some of its bytes are enough.
    let step = sample.len() / 1_500 + 1;
    for length in (0..sample.len()).step_by(step).filter(|length| sample.is_char_boundary(*length)) {
        let cut = &sample.as_bytes()[..length];
        let Ok((report, collected)) = read_as(format, cut, &options()) else { continue };
        let rows = report.rows;
        assert_eq!(rows.total, rows.read + rows.skipped + rows.rejected, "{format} at {length}");
        assert!(rows.total <= whole.rows.total, "{format} at {length}");
        assert!(
            rows.rejected <= 1 + u64::from(sample.contains("Entry long")),
            "{format} at {length}: {:?}",
            collected.diagnostics
        );
    }
}

/// A number of four hundred digits.
pub fn overlong() -> String {
    "9".repeat(400)
}

/// What a spreadsheet would run.
pub const HOSTILE: &str = "=cmd|' /C calc'!A0";
