//! A file's content for people: tables and sentences.

use super::{Recognised, collected::Collected, program};
use crate::table::{Align, lines};
use formats::{Diagnostic, Moment, ParsedEvent, ParsedFill, Report};
use ledger::{Decimal, Side};
use std::{collections::BTreeMap, path::Path};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// All of it.
pub(super) fn page(file: &Path, recognised: &Recognised, report: &Report, collected: &Collected) -> String {
    let name = recognised.format.name();
    let how = match recognised.confidence {
        Some(confidence) => format!("{:.0} % sure: {}", confidence * 100.0, recognised.why),
        None => recognised.why.clone(),
    };
    let mut page = format!("{}\n  {name} ({}), {how}\n", file.display(), recognised.format);
    page += &fills(&collected.fills);
    page += &events(&collected.events);
    page += &stated(report);
    let rows = report.rows;
    let accounted = format!(
        "\n  rows      {} = {} read + {} skipped + {} rejected; {} more lines hold no data\n",
        rows.total, rows.read, rows.skipped, rows.rejected, rows.structure
    );
    page + &accounted + &owner(&report.accounts) + &remarks(collected)
}

fn owner(accounts: &[String]) -> String {
    if accounts.is_empty() { String::new() } else { format!("  account   {}\n", accounts.join(", ")) }
}

/// What there is to say about single rows.
pub(super) fn remarks(collected: &Collected) -> String {
    let lines: Vec<String> = collected.diagnostics.iter().map(remark).collect();
    if lines.is_empty() { String::new() } else { format!("\n{}\n", lines.join("\n")) }
}

fn remark(remark: &Diagnostic) -> String {
    let place = match (&remark.line, &remark.column) {
        (0, _) => "the file".to_owned(),
        (line, None) => format!("line {line}"),
        (line, Some(column)) => format!("line {line}, {column}"),
    };
    format!("  {:<8} {place}: {} [{}]", remark.severity.as_text(), remark.message, remark.code)
}

fn fills(fills: &[ParsedFill]) -> String {
    let title = format!("\n  {} fills\n", fills.len());
    if fills.is_empty() {
        return title;
    }
    let (left, right) = (Align::Left, Align::Right);
    let heading = [
        ("line", right),
        ("time (UTC)", left),
        ("symbol", left),
        ("side", left),
        ("quantity", right),
        ("price", right),
        ("x", right),
        ("commission", right),
        ("fees", right),
        ("in", left),
        ("execution", left),
    ];
    title + &table(heading, &fills.iter().map(fill).collect::<Vec<_>>())
}

fn fill(fill: &ParsedFill) -> [String; 11] {
    let side = match fill.side {
        Side::Buy => "buy",
        Side::Sell => "sell",
    };
    [
        fill.line.to_string(),
        instant(&fill.executed_at),
        fill.symbol.clone(),
        side.to_owned(),
        fill.quantity.to_string(),
        fill.price.to_string(),
        fill.multiplier.to_string(),
        fill.commission.to_string(),
        fill.fees.checked_add(fill.taxes).map_or_else(String::new, |fees| fees.to_string()),
        fill.currency.clone(),
        fill.execution_id.clone(),
    ]
}

fn events(events: &[ParsedEvent]) -> String {
    if events.is_empty() {
        return String::new();
    }
    let (left, right) = (Align::Left, Align::Right);
    let heading = [
        ("line", right),
        ("time (UTC)", left),
        ("what", left),
        ("symbol", left),
        ("amount", right),
        ("", left),
    ];
    format!("\n  {} other events\n", events.len())
        + &table(heading, &events.iter().map(event).collect::<Vec<_>>())
}

fn event(event: &ParsedEvent) -> [String; 6] {
    match event {
        ParsedEvent::Cash(cash) => [
            cash.line.to_string(),
            instant(&cash.booked_at),
            cash.kind.as_text().to_owned(),
            cash.symbol.clone().unwrap_or_default(),
            format!("{} {}", cash.amount, cash.currency),
            cash.description.clone(),
        ],
        ParsedEvent::Split(split) => [
            split.line.to_string(),
            instant(&split.effective_at),
            "split".to_owned(),
            split.symbol.clone(),
            split.ratio.to_string(),
            split.description.clone(),
        ],
        ParsedEvent::Option(option) => [
            option.line.to_string(),
            instant(&option.happened_at),
            program::option_event(option.kind).to_owned(),
            option.symbol.clone(),
            option.quantity.to_string(),
            String::new(),
        ],
        ParsedEvent::Bust(bust) => [
            bust.line.to_string(),
            instant(&bust.busted_at),
            "bust".to_owned(),
            String::new(),
            String::new(),
            format!("takes back {}", bust.refers_to),
        ],
        ParsedEvent::Rate(rate) => [
            rate.line.to_string(),
            instant(&rate.at),
            "rate".to_owned(),
            rate.from.clone(),
            rate.rate.to_string(),
            "in the account's base currency".to_owned(),
        ],
    }
}

fn stated(report: &Report) -> String {
    let figures = [
        ("P&L before costs", &report.stated.gross_pnl),
        ("P&L after costs", &report.stated.net_pnl),
        ("commissions", &report.stated.commissions),
        ("fees", &report.stated.fees),
        ("balance", &report.stated.balances),
    ];
    let positions = report.stated.positions.iter();
    let rows: Vec<[String; 2]> = figures
        .into_iter()
        .flat_map(|(name, by_currency)| stated_rows(name, by_currency))
        .chain(positions.map(|open| [format!("open {}", open.symbol), open.quantity.to_string()]))
        .collect();
    if rows.is_empty() {
        return String::new();
    }
    "\n  what the file itself states\n".to_owned()
        + &table([("figure", Align::Left), ("amount", Align::Right)], &rows)
}

fn stated_rows(name: &str, by_currency: &BTreeMap<String, Decimal>) -> Vec<[String; 2]> {
    by_currency.iter().map(|(currency, amount)| [name.to_owned(), format!("{amount} {currency}")]).collect()
}

fn table<const N: usize>(heading: [(&str, Align); N], rows: &[[String; N]]) -> String {
    let lines: Vec<String> = lines(heading, rows).iter().map(|line| format!("  {line}")).collect();
    lines.join("\n") + "\n"
}

/// RFC 3339 in UTC.
pub(super) fn instant(moment: &Moment) -> String {
    let time = OffsetDateTime::from_unix_timestamp_nanos(i128::from(moment.at.0));
    time.ok().and_then(|time| time.format(&Rfc3339).ok()).unwrap_or_default()
}
