//! Numbers, dates and signs that cannot be: each is named, in every format that has such a cell, and nothing is guessed.

use crate::{
    Collected, format, options, read_as,
    spoiled::{overlong, rejected},
    variants::{Table, is_combined, original, read, told},
};
use formats::{Format, Options};
use ledger::Side;

fn read_in(zone: &str, id: &str, text: &str) -> Collected {
    let options = Options { time_zone: Some(zone.to_owned()), ..options() };
    read_as(format(id), text.as_bytes(), &options).unwrap().1
}

/// What is wrong with how a spoiled file was read: fills that the sample does not have, or fewer and no word about it.
fn silently(format: Format, text: &str) -> Option<String> {
    let (_, sample) = original(format);
    // A file that is refused as a whole has said why.
    let (report, collected) = read(format, text.as_bytes()).ok()?;
    let known: Vec<String> = sample.fills.iter().map(told).collect();
    let mut fills = collected.fills.iter().map(told);
    let wrong = fills.find(|fill| !known.contains(fill) && !is_combined(format, &report));
    let is_silent = report.rows.rejected + report.rows.skipped == 0 && collected.fills.len() < known.len();
    let is_long = collected.diagnostics.iter().any(|diagnostic| diagnostic.message.len() > 500);
    wrong.or_else(|| (is_silent || is_long).then(|| format!("{:?}", collected.diagnostics)))
}

/// Reads the sample with each of its cells changed in turn, as far as `change` has something for it, by column and cell.
fn with_each_cell(
    change: impl Fn(&str, &str) -> Option<String>,
    check: impl Fn(Format, &str, (usize, &dyn Fn(String) -> String)) -> Option<String>,
) {
    let mut problems = Vec::new();
    for format in Format::all() {
        let Some(table) = Table::of(format) else { continue };
        let mut header: Vec<String> = Vec::new();
        for row in 0..table.rows.len() {
            let is_header =
                table.rows[row].iter().all(|cell| !cell.starts_with(|c: char| c.is_ascii_digit()));
            if is_header && table.rows[row].len() > 3 {
                header = table.rows[row].iter().map(|name| name.trim().to_lowercase()).collect();
                continue;
            }
            for column in 0..table.rows[row].len() {
                let name = header.get(column).map_or("", String::as_str);
                let Some(cell) = change(name, &table.rows[row][column]) else { continue };
                let with = |cell: String| {
                    let mut changed = table.clone();
                    changed.rows[row][column] = cell;
                    changed.text(table.delimiter, false)
                };
                let found = check(format, &with(cell), (row + 1, &with));
                problems.extend(found.map(|found| format!("{format}, line {}, {name}: {found}", row + 1)));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

fn is_number(cell: &str) -> bool {
    let digits = cell.trim_start_matches('-');
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

#[test]
fn a_number_of_four_hundred_digits_is_refused_or_was_of_no_concern_in_every_column_of_every_format() {
    let wrong = |_: &str, cell: &str| is_number(cell).then(overlong);
    with_each_cell(wrong, |format, text, _| silently(format, text));
}

/// The same date on a 30th of February, in the layouts that have no words.
fn impossible(cell: &str) -> Option<String> {
    let digits = |range: std::ops::Range<usize>| {
        cell.get(range).filter(|text| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let between = |at: usize| cell.as_bytes().get(at).is_some_and(|byte| b"-/.".contains(byte));
    if digits(0..4).is_some() && between(4) && digits(5..7).is_some() && between(7) && digits(8..10).is_some()
    {
        return Some(format!("{}02{}30{}", &cell[..5], &cell[7..8], &cell[10..]));
    }
    if digits(0..2).is_some() && between(2) && digits(3..5).is_some() && between(5) && digits(6..8).is_some()
    {
        return Some(format!("02{}30{}", &cell[2..3], &cell[5..]));
    }
    let is_flex = cell.len() == 15 && cell.as_bytes()[8] == b';' && digits(0..8).is_some();
    is_flex.then(|| format!("{}0230{}", &cell[..4], &cell[8..]))
}

#[test]
fn a_date_that_does_not_exist_is_refused_in_every_format() {
    let (mut problems, mut refusing) = (Vec::new(), 0);
    for format in Format::all() {
        let Some(table) = Table::of(format) else { continue };
        let table = table.map(|cell| impossible(cell).unwrap_or_else(|| cell.to_owned()));
        let text = table.text(table.delimiter, false);
        problems.extend(silently(format, &text).map(|found| format!("{format}: {found}\n{text}")));
        refusing +=
            usize::from(read(format, text.as_bytes()).is_ok_and(|(report, _)| report.rows.rejected > 0));
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    assert!(refusing > 35, "{refusing}");
}

#[test]
fn a_time_that_the_clocks_jumped_over_or_showed_twice_is_read_and_told() {
    let csv = "timestamp,symbol,side,quantity,price\n2026-03-08 02:30:00,AAPL,buy,1,1\n2026-11-01 01:30:00,AAPL,sell,1,1\n";
    let flex = "<FlexQueryResponse><FlexStatements><FlexStatement accountId=\"U1\"><Trades>\n\
                <Trade symbol=\"A\" quantity=\"1\" tradePrice=\"1\" dateTime=\"20260308;023000\" ibExecID=\"1\" currency=\"USD\"/>\n\
                <Trade symbol=\"A\" quantity=\"-1\" tradePrice=\"1\" dateTime=\"20261101;013000\" ibExecID=\"2\" currency=\"USD\"/>\n\
                </Trades></FlexStatement></FlexStatements></FlexQueryResponse>\n";
    for (id, text) in [("generic-csv", csv), ("ibkr-flex-xml", flex)] {
        let collected = read_in("America/New_York", id, text);

        let doubts: Vec<u64> =
            collected.diagnostics.iter().filter(|d| d.code == "ambiguous-time").map(|d| d.line).collect();
        assert_eq!(doubts, [2, 3], "{id}");
        assert!(collected.fills.iter().all(|fill| fill.executed_at.doubt.is_some()), "{id}");
    }
}

/// What columns of quantities are called.
const QUANTITIES: [&str; 16] = [
    "quantity",
    "qty",
    "size",
    "volume",
    "vol",
    "no. of shares",
    "executed",
    "filled",
    "filledqty",
    "filled qty",
    "filled quantity",
    "closing quantity",
    "quantity transacted",
    "qty filled",
    "qty.",
    "paired qty",
];
/// Formats in which the sign of the quantity is the side.
const SIGNED: [&str; 3] = ["ibkr-activity-statement", "ibkr-flex-csv", "sierrachart-activity"];

#[test]
fn a_purchase_of_a_negative_quantity_is_refused_in_every_format() {
    let negative = |name: &str, cell: &str| {
        let is_quantity = QUANTITIES.contains(&name) && is_number(cell) && !cell.starts_with('-');
        is_quantity.then(|| format!("-{cell}"))
    };
    with_each_cell(negative, |format, text, (line, with)| {
        let is_turned = SIGNED.contains(&format.id());
        silently(format, text).filter(|_| !is_turned).or_else(|| {
            let (_, sample) = original(format);
            let bought = sample.fills.iter().any(|fill| fill.line == line as u64 && fill.side == Side::Buy);
            let (_, collected) = read(format, text.as_bytes()).ok()?;
            let (report, _) = read(format, with(overlong()).as_bytes()).ok()?;
            // A conversion tells how much was sold, with or without its minus; the notes tell what was bought.
            let is_read = report.rows.rejected > 0 && !text.lines().nth(line - 1)?.contains("Convert");
            let kept = is_read
                && collected.fills.iter().any(|fill| fill.line == line as u64 && fill.side == Side::Buy);
            (bought && kept).then(|| "a purchase of a negative quantity".to_owned())
        })
    });
    for side in ["buy", "sell"] {
        let text = format!("timestamp,symbol,side,quantity,price\n2026-01-05T14:30:00Z,AAPL,{side},-5,1\n");
        let collected = read_in("UTC", "generic-csv", &text);

        let sold = collected.fills.iter().all(|fill| fill.side == Side::Sell);
        let refused: &[(u64, &str, &str)] =
            if side == "buy" { &[(2, "quantity", "sign-contradicts-side")] } else { &[] };
        assert!(sold && rejected(&collected) == refused, "{side}: {:?}", collected.diagnostics);
    }
}

#[test]
fn each_cell_that_cannot_be_is_named_with_its_code() {
    let header = "timestamp,symbol,side,quantity,price,commission,fees,currency,multiplier,execution_id\n";
    let good = ["2026-01-05T14:30:00Z", "AAPL", "buy", "100", "243.36", "1", "0", "USD", "1", "E1"];
    let long = overlong();
    for (column, cell, code) in [
        ("quantity", long.as_str(), "bad-number"),
        ("price", "1e400", "bad-number"),
        ("price", "NaN", "bad-number"),
        ("price", "inf", "bad-number"),
        ("price", "0x1F", "bad-number"),
        ("price", "1.2.3", "bad-number"),
        ("price", "", "bad-number"),
        ("quantity", "0", "zero-quantity"),
        ("quantity", "-100", "sign-contradicts-side"),
        ("commission", "free", "bad-number"),
        ("timestamp", "2026-02-30 10:00:00", "bad-time"),
        ("timestamp", "2026-02-29", "bad-time"),
        ("timestamp", "2026-01-05 24:30:00", "bad-time"),
        ("timestamp", "2026-01-05 09:30:61", "bad-time"),
        ("timestamp", "2026-01-05 13:00 PM", "bad-time"),
        ("timestamp", "1600-01-01 00:00:00", "bad-time"),
        ("timestamp", "2026-01-05 09:30:00 XYZ", "bad-time"),
        ("timestamp", "1767623400", "bad-time"),
        ("symbol", "", "missing-symbol"),
        ("side", "hold", "bad-side"),
        ("currency", "$", "bad-currency"),
        ("multiplier", "-1", "bad-multiplier"),
        ("multiplier", "0", "bad-multiplier"),
        ("execution_id", long.as_str(), "bad-id"),
    ] {
        let at = header.trim().split(',').position(|name| name == column).unwrap();
        let mut cells = good;
        cells[at] = cell;
        let collected = read_in("UTC", "generic-csv", &format!("{header}{}\n", cells.join(",")));

        assert_eq!(rejected(&collected), [(2, column, code)], "{column}: {cell}");
        assert!(collected.fills.is_empty(), "{column}: {cell}");
    }
}

#[test]
fn a_file_that_shows_the_order_of_its_dates_is_read_in_it_and_says_so() {
    let header = "timestamp,symbol,side,quantity,price\n";
    for (days, is_told) in [
        (["27/04/2026", "03/04/2026"], true),
        (["04/27/2026", "04/03/2026"], false),
        (["05.04.2026", "03.04.2026"], true),
    ] {
        let rows = days.map(|day| format!("{day} 12:00:00,ABC,buy,1,1\n")).concat();
        let collected = read_in("UTC", "generic-csv", &format!("{header}{rows}"));

        let april = 1_775_001_600_000_000_000..1_777_593_600_000_000_000;
        assert!(collected.fills.iter().all(|fill| april.contains(&fill.executed_at.at.0)), "{days:?}");
        assert_eq!(collected.codes().iter().any(|(_, code)| *code == "date-order"), is_told, "{days:?}");
    }
}
