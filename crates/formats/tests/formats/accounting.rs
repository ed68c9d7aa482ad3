//! N rows in, N rows accounted for: whatever happens to the rows of whatever format.

use crate::read_as;
use formats::{Format, Options, ParseError, Severity, detect};
use proptest::{prelude::*, sample::Index};

/// Some formats put the date into the file's name only.
fn options() -> Options {
    Options { file_name: Some("trades_2026-01-05.csv".to_owned()), ..crate::options() }
}

/// What may happen to a row.
#[derive(Clone, Debug)]
enum Mutation {
    /// It is there twice.
    Duplicate(Index),
    /// It changes places with another.
    Swap(Index, Index),
    /// One of its cells becomes something else.
    Replace(Index, Index, String),
    /// It ends early.
    Truncate(Index, Index),
    /// It gets cells more.
    Extend(Index, String),
    /// It is not there.
    Remove(Index),
}

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("AAPL".to_owned()),
        Just("buy".to_owned()),
        Just("SELL".to_owned()),
        Just("2026-01-05T14:30:00Z".to_owned()),
        Just("2026-02-30 10:00:00".to_owned()),
        Just("04/09/2026 17:14:44".to_owned()),
        Just("20260126;115715".to_owned()),
        Just("EXECUTION".to_owned()),
        Just("MNQM6".to_owned()),
        Just("SPY   260320C00580000".to_owned()),
        Just("=HYPERLINK(1)".to_owned()),
        Just("-0.00000000000000000000001".to_owned()),
        Just("9".repeat(400)),
        Just("1e400".to_owned()),
        Just("é\u{202e}\u{7}".to_owned()),
        Just(String::new()),
        "-?[0-9]{1,9}(\\.[0-9]{1,6})?",
        "[ -!#-%'-+.-:=?-~]{0,12}",
    ]
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let index = any::<Index>;
    prop_oneof![
        index().prop_map(Mutation::Duplicate),
        (index(), index()).prop_map(|(a, b)| Mutation::Swap(a, b)),
        (index(), index(), cell()).prop_map(|(row, at, cell)| Mutation::Replace(row, at, cell)),
        (index(), index()).prop_map(|(row, at)| Mutation::Truncate(row, at)),
        (index(), cell()).prop_map(|(row, cell)| Mutation::Extend(row, cell)),
        index().prop_map(Mutation::Remove),
    ]
}

/// The rows of a sample that may change, with what stands before and after them: the rows below the header that the format is recognised
/// by.
pub fn parts(format: Format) -> (Vec<String>, Vec<String>, Vec<String>) {
    let sample = format.sample();
    let lines: Vec<String> = sample.lines().map(str::to_owned).collect();
    let recognised = |count: &usize| {
        detect(lines[..*count].join("\n").as_bytes()).is_ok_and(|found| found.format == format)
    };
    let is_row = |line: &String| {
        !sample.starts_with('<') || ["<Trade ", "<tr"].iter().any(|tag| line.trim_start().starts_with(tag))
    };
    let first = (1..lines.len()).find(recognised).unwrap_or_default();
    let first = lines.iter().skip(first).position(is_row).unwrap_or_default() + first;
    let last = lines.iter().rposition(is_row).unwrap_or_default();
    (lines[..first].to_vec(), lines[first..=last].to_vec(), lines[last + 1..].to_vec())
}

fn apply(rows: &mut Vec<String>, mutation: Mutation, separator: char) {
    if rows.is_empty() {
        return;
    }
    let length = rows.len();
    match mutation {
        Mutation::Duplicate(row) => {
            let copy = rows[row.index(length)].clone();
            rows.push(copy);
        }
        Mutation::Swap(a, b) => rows.swap(a.index(length), b.index(length)),
        Mutation::Replace(row, at, cell) => {
            let row = &mut rows[row.index(length)];
            let mut cells: Vec<&str> = row.split(separator).collect();
            let at = at.index(cells.len());
            let cell = if separator == '"' { cell.replace(['<', '&', '"'], " ") } else { cell };
            // Of an element only the values change: they stand between quotes.
            if separator != '"' || at % 2 == 1 {
                cells[at] = &cell;
            }
            *row = cells.join(&separator.to_string());
        }
        Mutation::Truncate(row, at) if separator != '"' => {
            let row = &mut rows[row.index(length)];
            let cells: Vec<&str> = row.split(separator).collect();
            *row = cells[..at.index(cells.len() + 1)].join(&separator.to_string());
        }
        Mutation::Extend(row, cell) if separator != '"' => {
            let row = &mut rows[row.index(length)];
            row.push(separator);
            row.push_str(&cell);
        }
        Mutation::Remove(row) => {
            rows.remove(row.index(length));
        }
        Mutation::Truncate(..) | Mutation::Extend(..) => {}
    }
}

fn separator(sample: &str) -> char {
    let header = sample.lines().max_by_key(|line| line.len()).unwrap_or_default();
    match header {
        _ if sample.starts_with('<') => '"',
        header if header.contains('\t') => '\t',
        header if header.matches(';').count() > header.matches(',').count() => ';',
        _ => ',',
    }
}

fn check(format: Format, mutations: Vec<Mutation>) -> Result<(), TestCaseError> {
    let sample = format.sample();
    let (before, mut rows, after) = parts(format);
    for mutation in mutations {
        apply(&mut rows, mutation, separator(sample));
    }
    let text = [before, rows, after].concat().join("\n");
    let (report, collected) = match read_as(format, text.as_bytes(), &options()) {
        Ok(read) => read,
        // Garbled accounts may be several: a clear error of its own.
        Err(ParseError::SeveralAccounts(_)) => return Ok(()),
        Err(error) => return Err(TestCaseError::fail(format!("{format}: {error}\n{text}"))),
    };
    let counts = report.rows;
    prop_assert_eq!(counts.total, counts.read + counts.skipped + counts.rejected, "{}", format);
    if !sample.starts_with('<') && !text.contains('"') {
        let lines = text.lines().count() as u64;
        prop_assert_eq!(counts.total + counts.structure, lines, "{}\n{}", format, text);
    }
    let errors = collected.diagnostics.iter().filter(|d| d.severity == Severity::Error);
    prop_assert_eq!(errors.count() as u64, counts.rejected, "{}", format);
    let lines = text.lines().count() as u64;
    for diagnostic in &collected.diagnostics {
        prop_assert!(
            diagnostic.line <= lines && !diagnostic.message.is_empty(),
            "{}: {:?}",
            format,
            diagnostic
        );
        prop_assert!(
            diagnostic.severity != Severity::Error || diagnostic.line > 0,
            "{}: {:?}",
            format,
            diagnostic
        );
    }
    for fill in &collected.fills {
        prop_assert!(fill.quantity.is_positive() && fill.multiplier.is_positive(), "{}: {:?}", format, fill);
        prop_assert!(fill.line > 0 && !fill.execution_id.is_empty() && !fill.symbol.is_empty(), "{}", format);
    }
    Ok(())
}

#[test]
fn every_sample_is_read_without_a_rejected_row() {
    for format in Format::all() {
        let (report, collected) = read_as(format, format.sample().as_bytes(), &options()).unwrap();

        assert!(report.rows.read > 0, "{format}");
        assert_eq!(report.rows.rejected, 0, "{format}: {:?}", collected.diagnostics);
    }
}

proptest! {
    #[test]
    fn every_row_of_every_format_is_accounted_for(
        format in prop::sample::select(Format::all()),
        mutations in prop::collection::vec(mutation(), 0..12),
    ) {
        check(format, mutations)?;
    }

    #[test]
    fn no_bytes_make_a_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = detect(&bytes);
        for format in Format::all() {
            let _ = read_as(format, &bytes, &options());
        }
    }
}
