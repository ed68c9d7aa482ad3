//! The columns of the strategy tester, by their old and new names.

use crate::{Cells, Header};

pub(super) const NUMBER: &[&str] = &["trade number", "trade #"];
pub(super) const TIME: &[&str] = &["date and time", "date/time"];
pub(super) const SIZE: &[&str] = &["size (qty)", "position size (qty)", "quantity", "contracts"];
const NET: &[&str] = &["net pnl", "net p&l", "profit"];
const COMMISSION: &[&str] = &["commission"];
const FAVORABLE: &[&str] = &["favorable excursion", "run-up"];
const ADVERSE: &[&str] = &["adverse excursion", "drawdown"];

pub(super) fn is_header(header: &Header) -> bool {
    [NUMBER, TIME, SIZE].iter().all(|names| header.has_any(names))
        && header.has(&["type"])
        && header.starting_with("price ").is_some()
}

/// The currency in `price usd`.
pub(super) fn currency<'h>(cells: &Cells<'h>) -> &'h str {
    let price = cells.header.starting_with("price ").unwrap_or_default();
    price.trim_start_matches("price ")
}

/// The price of the row.
pub(super) fn price<'h>(cells: &Cells<'h>) -> &'h str {
    cells.get(cells.header.starting_with("price ").unwrap_or_default())
}

/// What the trade came to, after commission.
pub(super) fn net<'h>(cells: &Cells<'h>) -> &'h str {
    money(cells, NET)
}

/// What both sides cost.
pub(super) fn commission<'h>(cells: &Cells<'h>) -> &'h str {
    money(cells, COMMISSION)
}

/// The best and the worst that the trade stood at.
pub(super) fn excursions<'h>(cells: &Cells<'h>) -> [&'h str; 2] {
    [money(cells, FAVORABLE), money(cells, ADVERSE)]
}

/// The cell of a column of money: its name carries a currency, and there is one in percent beside it.
fn money<'h>(cells: &Cells<'h>, names: &[&str]) -> &'h str {
    let mut columns = cells.header.names().filter(|column| {
        !column.contains('%')
            && names.iter().any(|name| column.strip_prefix(name).is_some_and(|rest| rest.len() <= 6))
    });
    columns.next().map_or("", |column| cells.get(column))
}
