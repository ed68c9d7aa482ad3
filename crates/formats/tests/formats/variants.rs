//! What people do to a broker's file before they import it: no variant may be read as something else.

use crate::{Collected, options, read_as};
use formats::{Format, Options, ParseError, ParsedFill, Report};

/// A text file as rows of plain cells.
#[derive(Clone)]
pub struct Table {
    pub rows: Vec<Vec<String>>,
    pub delimiter: char,
}

impl Table {
    /// The sample of a format, when it is delimited text.
    pub fn of(format: Format) -> Option<Self> {
        let sample = format.sample();
        if sample.starts_with('<') {
            return None;
        }
        let longest = sample.lines().max_by_key(|line| line.len()).unwrap_or_default();
        let delimiter = *[',', ';', '\t'].iter().max_by_key(|sign| longest.matches(**sign).count())?;
        let rows = sample.trim_start_matches('\u{feff}').lines().map(|line| cells(line, delimiter)).collect();
        Some(Self { rows, delimiter })
    }

    /// Changes every cell below the first row of names.
    pub fn map(mut self, change: impl Fn(&str) -> String) -> Self {
        let header = self.rows.iter().map(Vec::len).max().unwrap_or_default();
        let first = self.rows.iter().position(|row| row.len() == header).unwrap_or_default();
        for cell in self.rows.iter_mut().skip(first + 1).flatten() {
            *cell = change(cell);
        }
        self
    }

    /// The file with this delimiter.
    pub fn text(&self, delimiter: char, quote_all: bool) -> String {
        let write = |cell: &String| {
            if quote_all || cell.contains([delimiter, '"']) {
                format!("\"{}\"", cell.replace('"', "\"\""))
            } else {
                cell.clone()
            }
        };
        let row = |row: &Vec<String>| row.iter().map(write).collect::<Vec<_>>().join(&delimiter.to_string());
        self.rows.iter().map(|cells| row(cells) + "\n").collect()
    }
}

/// The cells of a line; a quoted cell holds its quotes doubled.
fn cells(line: &str, delimiter: char) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut letters = line.chars().peekable();
    let mut inside = false;
    while let Some(letter) = letters.next() {
        match letter {
            '"' if inside && letters.next_if_eq(&'"').is_some() => cells.last_mut().unwrap().push('"'),
            '"' if inside || cells.last().unwrap().is_empty() => inside = !inside,
            letter if letter == delimiter && !inside => cells.push(String::new()),
            letter => cells.last_mut().unwrap().push(letter),
        }
    }
    cells
}

/// What a file comes to; a file that is refused as a whole has said why.
pub fn read(format: Format, bytes: &[u8]) -> Result<(Report, Collected), ParseError> {
    let options = Options { file_name: Some("trades_2026-01-05.csv".to_owned()), ..options() };
    read_as(format, bytes, &options)
}

/// The sample as it is.
pub fn original(format: Format) -> (Report, Collected) {
    read(format, format.sample().as_bytes()).unwrap()
}

/// Formats whose rows complete one another: without one that is refused, the others tell less.
const COMBINED: [&str; 4] =
    ["thinkorswim-statement", "tradingview-strategy", "tradovate-performance", "tradovate-position-history"];

/// True when a row that was refused may change what others tell.
pub fn is_combined(format: Format, report: &Report) -> bool {
    COMBINED.contains(&format.id()) && report.rows.rejected > 0
}

/// What a fill comes to, whatever line it stands on.
pub fn told(fill: &ParsedFill) -> String {
    format!(
        "{} {:?} {} @ {} x{} - {} {} {} {:?} {} at {}",
        fill.symbol,
        fill.side,
        fill.quantity,
        fill.price,
        fill.multiplier,
        fill.commission,
        fill.fees,
        fill.taxes,
        fill.foreign_charges,
        fill.currency,
        fill.executed_at.at.0
    )
}

fn all(collected: &Collected) -> Vec<String> {
    collected.fills.iter().map(told).collect()
}

/// A way to write the same file.
type Variant = (&'static str, fn(&Table) -> Vec<u8>);

fn utf_16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    format!("\u{feff}{text}").encode_utf16().flat_map(unit).collect()
}

fn plain(table: &Table) -> String {
    table.text(table.delimiter, false)
}

const SAME: [Variant; 11] = [
    ("a byte order mark", |table| format!("\u{feff}{}", plain(table)).into_bytes()),
    ("line ends of Windows", |table| plain(table).replace('\n', "\r\n").into_bytes()),
    ("UTF-16, little end first", |table| utf_16(&plain(table), u16::to_le_bytes)),
    ("UTF-16, big end first", |table| utf_16(&plain(table), u16::to_be_bytes)),
    ("no end of the last line", |table| plain(table).trim_end().as_bytes().to_vec()),
    ("every cell in quotes", |table| table.text(table.delimiter, true).into_bytes()),
    ("tabs between cells", |table| table.text('\t', false).into_bytes()),
    ("semicolons between cells", |table| table.text(';', false).into_bytes()),
    ("bars between cells", |table| table.text('|', false).into_bytes()),
    ("a delimiter behind the last cell", |table| {
        plain(table).replace('\n', &format!("{}\n", table.delimiter)).into_bytes()
    }),
    ("blank lines around", |table| format!("\n\n{}\n\n\r\n", plain(table)).into_bytes()),
];

#[test]
fn the_same_file_in_another_dress_is_the_same() {
    let mut problems = Vec::new();
    for format in Format::all() {
        let Some(table) = Table::of(format) else { continue };
        let (whole, sample) = original(format);
        for (name, dress) in SAME {
            let (report, collected) = read(format, &dress(&table)).unwrap();

            if all(&collected) != all(&sample) || report.rows.rejected != whole.rows.rejected {
                problems.push(format!("{format}, {name}: {:#?}", collected.diagnostics));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// `-12.50`, `1234` and the like: a cell that is a number and nothing else.
fn number(cell: &str) -> Option<(&str, &str, &str)> {
    let (sign, digits) = cell.strip_prefix('-').map_or(("", cell), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    (!whole.is_empty() && is_number(whole) && is_number(fraction)).then_some((sign, whole, fraction))
}

fn grouped(whole: &str, separator: char) -> String {
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(separator);
        }
        grouped.push(digit);
    }
    grouped
}

fn european(cell: &str) -> String {
    match number(cell) {
        Some((sign, whole, fraction)) if !fraction.is_empty() => format!("{sign}{whole},{fraction}"),
        _ => cell.to_owned(),
    }
}

/// A way to write numbers or times, and what stands between the cells.
type Writing = (&'static str, char, fn(&str) -> String);

/// Where a cell has something of this shape: `9` stands for a digit, and none is beside it.
fn find(cell: &str, shape: &str) -> Option<usize> {
    let fits =
        |(letter, wanted): (&u8, &u8)| letter == wanted || (*wanted == b'9' && letter.is_ascii_digit());
    let is_digit =
        |at: Option<usize>| at.and_then(|at| cell.as_bytes().get(at)).is_some_and(u8::is_ascii_digit);
    let mut windows = cell.as_bytes().windows(shape.len()).enumerate();
    let at = windows.find(|(_, window)| window.iter().zip(shape.as_bytes()).all(fits))?.0;
    (!is_digit(at.checked_sub(1)) && !is_digit(Some(at + shape.len()))).then_some(at)
}

/// A cell that ends in a time of day, with half days.
fn with_half_days(cell: &str) -> String {
    let Some(at) = find(cell, "99:99:99").filter(|at| at + 8 == cell.len()) else { return cell.to_owned() };
    let (day, time) = cell.split_at(at);
    let hour: u8 = time[..2].parse().unwrap();
    let half = if hour < 12 { "AM" } else { "PM" };
    format!("{day}{}{} {half}", (hour + 11) % 12 + 1, &time[2..])
}

const TIMES: [Writing; 5] = [
    ("AM and PM", ',', with_half_days),
    ("years of two digits", ',', |cell| match find(cell, "99/99/9999") {
        Some(0) => format!("{}{}", &cell[..6], &cell[8..]),
        Some(_) | None => cell.to_owned(),
    }),
    ("dashes in dates", ',', |cell| match find(cell, "99/99/9999") {
        Some(0) => format!("{}{}", cell[..10].replace('/', "-"), &cell[10..]),
        Some(_) | None => cell.to_owned(),
    }),
    ("slashes in dates", ',', |cell| match find(cell, "9999-99-99") {
        Some(0) => format!("{}{}", cell[..10].replace('-', "/"), &cell[10..]),
        Some(_) | None => cell.to_owned(),
    }),
    ("no seconds where they are none", ',', |cell| match find(cell, "99:99:99") {
        Some(at) if &cell[at + 5..at + 8] == ":00" => {
            format!("{}{}", &cell[..at + 5], &cell[at + 8..])
        }
        Some(_) | None => cell.to_owned(),
    }),
];

const NUMBERS: [Writing; 8] = [
    ("groups of thousands", ',', |cell| match number(cell) {
        Some((sign, whole, fraction)) if !fraction.is_empty() => {
            format!("{sign}{}.{fraction}", grouped(whole, ','))
        }
        _ => cell.to_owned(),
    }),
    ("groups with apostrophes", ',', |cell| match number(cell) {
        Some((sign, whole, fraction)) if !fraction.is_empty() => {
            format!("{sign}{}.{fraction}", grouped(whole, '\''))
        }
        _ => cell.to_owned(),
    }),
    ("parentheses for minus", ',', |cell| match number(cell) {
        Some(("-", ..)) => format!("({})", cell.trim_start_matches('-')),
        _ => cell.to_owned(),
    }),
    ("a sign of currency", ',', |cell| match number(cell) {
        Some((sign, whole, fraction)) if !fraction.is_empty() => format!("{sign}${whole}.{fraction}"),
        _ => cell.to_owned(),
    }),
    ("a minus behind", ',', |cell| match number(cell) {
        Some(("-", ..)) => format!("{}-", cell.trim_start_matches('-')),
        _ => cell.to_owned(),
    }),
    ("decimal commas between semicolons", ';', european),
    ("decimal commas between tabs", '\t', european),
    ("decimal commas between commas", ',', european),
];

#[test]
fn a_number_or_time_in_another_writing_is_the_same_or_its_row_is_refused() {
    let mut problems = Vec::new();
    for format in Format::all() {
        let expected = all(&original(format).1);
        for (name, delimiter, write) in NUMBERS.into_iter().chain(TIMES) {
            let Some(table) = Table::of(format) else { continue };
            let text = table.map(write).text(delimiter, false);
            let Ok((report, collected)) = read(format, text.as_bytes()) else { continue };

            let misread: Vec<String> =
                all(&collected).into_iter().filter(|fill| !expected.contains(fill)).collect();
            let is_silent = report.rows.rejected + report.rows.skipped == 0;
            let is_misread = !misread.is_empty() && !is_combined(format, &report);
            if is_misread || (collected.fills.len() < expected.len() && is_silent) {
                problems.push(format!("{format}, {name}: {misread:#?}\nof {expected:#?}\n{text}"));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn a_line_of_totals_at_the_end_is_no_trade() {
    let mut problems = Vec::new();
    for format in Format::all() {
        let Some(mut table) = Table::of(format) else { continue };
        let (whole, sample) = original(format);
        let columns = table.rows.last().unwrap().len();
        let mut totals = vec![String::new(); columns];
        totals[0] = "Total".to_owned();
        totals[columns - 1] = "-1,234.50".to_owned();
        table.rows.push(totals);
        let Ok((report, collected)) = read(format, plain(&table).as_bytes()) else { continue };

        let accounted = report.rows.total + report.rows.structure;
        let expected = whole.rows.total + whole.rows.structure + 1;
        if all(&collected) != all(&sample) || accounted != expected || report.rows.read != whole.rows.read {
            problems.push(format!("{format}: {:?} {:#?}", report.rows, collected.diagnostics));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
