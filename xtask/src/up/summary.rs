//! What a person wants to know when everything is up.

use super::demo;
use crate::{
    api::{Money, Summary},
    delivery::{Figures, Outcome},
    folder::Folder,
    progress::coloured,
    table::{self, Align},
};

/// Where to look, how to sign in (with the demo user's password, if it is known to be good), and what became of each file.
pub(super) fn print(url: &str, folder: &Folder, password: Option<&str>, outcomes: &[Outcome]) {
    println!("\n  Trading Journal   {}", coloured(url, "1"));
    match password {
        Some(password) => println!("  sign in           {} / {password}", demo::EMAIL),
        None => println!("  sign in           as you registered, or register there"),
    }
    if !outcomes.is_empty() {
        println!();
        print_table(outcomes);
    }
    println!();
    for (what, command) in [
        ("API by example", format!("{url}/docs")),
        ("your own file", "cargo dev import <file>...".to_owned()),
        ("what happened", format!("cargo dev logs [service] [-f]   ({}/)", folder.logs().display())),
        ("what was mailed", "cargo dev mail [number | last]".to_owned()),
        ("SQL", "cargo dev psql auth | trades | analytics | notifications".to_owned()),
        ("state, stop", "cargo dev status, cargo dev down".to_owned()),
    ] {
        println!("  {what:<17} {command}");
    }
}

/// Rows -> fills -> round trips and their result, a line per file and currency.
pub(crate) fn print_table(outcomes: &[Outcome]) {
    for line in table(outcomes) {
        println!("{line}");
    }
}

fn table(outcomes: &[Outcome]) -> Vec<String> {
    let heading = [
        ("file", Align::Left),
        ("rows", Align::Right),
        ("fills", Align::Right),
        ("round trips", Align::Right),
        ("net P&L", Align::Right),
        ("win rate", Align::Right),
    ];
    let rows: Vec<[String; 6]> = outcomes.iter().flat_map(rows).collect();
    table::lines(heading, &rows)
}

fn rows(outcome: &Outcome) -> Vec<[String; 6]> {
    let import = &outcome.import;
    let read = match import.rows.rejected {
        0 => import.rows.total.to_string(),
        rejected => format!("{} ({rejected} rejected)", import.rows.total),
    };
    let mut first =
        [outcome.file.clone(), read, fills(import.fills.new, import.fills.known + import.fills.changed)];
    let mut rows = Vec::new();
    for Figures { closed, open, summary } in &outcome.figures {
        let [file, read, fills] = std::mem::take(&mut first);
        let trips = format!("{closed} closed, {open} open");
        rows.push([file, read, fills, trips, money(&summary.net_pnl), win_rate(summary)]);
    }
    if rows.is_empty() {
        let [file, read, fills] = first;
        rows.push([file, read, fills, "none".to_owned(), String::new(), String::new()]);
    }
    rows
}

fn fills(new: u64, known: u64) -> String {
    match (new, known) {
        (new, 0) => format!("{new} new"),
        (0, known) => format!("{known} known"),
        (new, known) => format!("{new} new, {known} known"),
    }
}

/// `-1,234.50 USD`: exact, at least two decimals.
fn money(money: &Money) -> String {
    let (sign, digits) =
        money.amount.strip_prefix('-').map_or(("", money.amount.as_str()), |rest| ("-", rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{sign}{grouped}.{fraction:0<2} {}", money.currency)
}

/// With its 95 % interval: `54.2 % (45.1 to 63.0)`.
fn win_rate(summary: &Summary) -> String {
    let Some(rate) = &summary.win_rate else { return "-".to_owned() };
    let percent = |share: f64| format!("{:.1}", share * 100.0);
    let interval = match (rate.low, rate.high) {
        (Some(low), Some(high)) => format!(" ({} to {})", percent(low), percent(high)),
        _ => String::new(),
    };
    format!("{} %{interval}", percent(rate.value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn amount(amount: &str) -> String {
        money(&Money { amount: amount.to_owned(), currency: "USD".to_owned() })
    }

    #[test]
    fn money_is_shown_exactly_and_readably() {
        assert_eq!(amount("0"), "0.00 USD");
        assert_eq!(amount("-1234.5"), "-1,234.50 USD");
        assert_eq!(amount("999"), "999.00 USD");
        assert_eq!(amount("1234567.00012345"), "1,234,567.00012345 USD");
    }

    #[test]
    fn a_file_in_two_currencies_takes_two_lines() {
        let import = json!({
            "id": "1", "status": "completed", "format": "x", "progress": 100, "failure": null, "diagnostics": [],
            "rows": {"total": 12, "read": 11, "skipped": 0, "rejected": 1},
            "fills": {"new": 9, "known": 2, "changed": 0},
        });
        let figures = |currency: &str, win_rate: serde_json::Value| Figures {
            closed: 4,
            open: 1,
            summary: serde_json::from_value(json!({
                "trades": 4, "net_pnl": {"amount": "-12.5", "currency": currency}, "win_rate": win_rate,
            }))
            .unwrap(),
        };
        let outcome = Outcome {
            file: "a.xml".to_owned(),
            import: serde_json::from_value(import).unwrap(),
            figures: vec![
                figures("USD", json!({"value": 0.25, "low": 0.05, "high": 0.699, "n": 4})),
                figures("EUR", json!(null)),
            ],
        };

        assert_eq!(
            table(&[outcome]),
            [
                "  file               rows            fills        round trips      net P&L               win rate",
                "  a.xml   12 (1 rejected)   9 new, 2 known   4 closed, 1 open   -12.50 USD   25.0 % (5.0 to 69.9)",
                "                                             4 closed, 1 open   -12.50 EUR                      -",
            ]
        );
    }
}
