//! Price bars of a user's own file.

use crate::options;
use formats::{DateOrder, Options, ParseError, PriceBars, price_bars};
use std::time::Duration;

fn read(text: &str) -> Result<PriceBars, ParseError> {
    read_as(text, &options())
}

fn read_as(text: &str, options: &Options) -> Result<PriceBars, ParseError> {
    price_bars(&mut text.as_bytes(), options)
}

/// Start and end in seconds, and the prices.
fn lines(file: &PriceBars) -> Vec<String> {
    let line = |bar: &formats::ParsedBar| {
        let seconds = |time: ledger::Timestamp| time.0 / 1_000_000_000;
        let (from, to) = (seconds(bar.starts_at.at), seconds(bar.ends_at));
        format!("{from}..{to} {} {} {} {}", bar.open, bar.high, bar.low, bar.close)
    };
    file.bars.iter().map(line).collect()
}

fn codes(file: &PriceBars) -> Vec<(u64, &str)> {
    file.diagnostics.iter().map(|d| (d.line, d.code)).collect()
}

const BARS: [&str; 2] =
    ["1767621600..1767621660 100 101 99.5 100.5", "1767621660..1767621720 100.5 102 100 101"];

#[test]
fn the_layouts_of_charting_platforms_are_read() {
    let layouts = [
        // TradingView, with and without seconds since 1970.
        "time,open,high,low,close,Volume\n1767621600,100,101,99.5,100.5,10\n1767621660,100.5,102,100,101,10\n",
        "time,open,high,low,close\n2026-01-05T14:00:00Z,100,101,99.5,100.5\n2026-01-05T09:01:00-05:00,100.5,102,100,101\n",
        // MetaTrader 5.
        "<DATE>\t<TIME>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\n2026.01.05\t14:00:00\t100\t101\t99.5\t100.5\t1\n\
         2026.01.05\t14:01:00\t100.5\t102\t100\t101\t1\n",
        // Milliseconds, the newest first, prices in another order.
        "Timestamp;Close;Low;High;Open\n1767621660000;101;100;102;100.5\n1767621600000;100.5;99.5;101;100\n",
        // A spreadsheet with decimal commas.
        "Date;Time;Open;High;Low;Close\n05.01.2026;14:00;100,0;101,0;99,5;100,5\n05.01.2026;14:01;100,5;102,0;100,0;101,0\n",
    ];
    for layout in layouts {
        let file = read(layout).unwrap();

        assert_eq!(lines(&file), BARS, "{layout}");
        assert_eq!(
            (file.interval, file.rows.read, file.rows.rejected),
            (Duration::from_mins(1), 2, 0),
            "{layout}"
        );
    }
}

#[test]
fn days_are_those_of_the_zone_and_end_before_the_next_one_begins() {
    let zone = Options { time_zone: Some("America/New_York".to_owned()), ..options() };

    // The clocks go forward on the 8th: that day has 23 hours. Then a weekend.
    let file = read_as(
        "Date,Open,High,Low,Close/Last\n03/06/2026,1,2,1,2\n03/07/2026,1,2,1,2\n03/08/2026,1,2,1,2\n03/09/2026,1,2,1,2\n03/12/2026,1,2,1,2\n",
        &zone,
    )
    .unwrap();

    let hours: Vec<i64> =
        file.bars.iter().map(|bar| (bar.ends_at.0 - bar.starts_at.at.0) / 3_600_000_000_000).collect();
    assert_eq!((hours, file.interval), (vec![24, 24, 23, 24, 24], Duration::from_hours(24)));
}

#[test]
fn every_row_is_accounted_for() {
    let file = read(
        "time,open,high,low,close\n1767621600,100,101,99,100\n1767621660,100,101,99,102\n1767621600,100,101,99,100\n\
         1767621600,100,101,98,100\nnever,1,1,1,1\n1767621720,1e400,1,1,1\n1767621780,100,101,99,100\n",
    )
    .unwrap();

    assert_eq!((file.rows.total, file.rows.read, file.rows.skipped, file.rows.rejected), (7, 2, 1, 4));
    assert_eq!(
        codes(&file),
        [(3, "bad-bar"), (4, "repeated-bar"), (5, "conflict"), (6, "bad-time"), (7, "bad-number")]
    );
}

#[test]
fn what_was_assumed_is_told_and_can_be_chosen() {
    let text = "date,open,high,low,close\n03/04/2026 10:00,1,1,1,1\n03/05/2026 10:00,1,1,1,1\n";
    let file = read(text).unwrap();
    assert_eq!(codes(&file), [(2, "assumed-time-zone")]);
    let chosen = Options { date_order: Some(DateOrder::DayFirst), ..options() };

    let other = read_as(text, &chosen).unwrap();

    assert_eq!(file.interval, Duration::from_hours(24));
    assert_eq!(other.interval, Duration::from_hours(24 * 30));
}

#[test]
fn what_holds_no_bars_is_refused_in_a_sentence() {
    for (text, expected) in [
        ("", "the file is empty"),
        ("symbol,side,quantity,price\nX,buy,1,1\n", "it needs a column for the time"),
        ("time,open,high,low,close\n1767621600,1,1,1,1\n", "at least two bars"),
    ] {
        let refused = read(text).unwrap_err().to_string();
        assert!(refused.contains(expected), "{refused}");
    }
}
