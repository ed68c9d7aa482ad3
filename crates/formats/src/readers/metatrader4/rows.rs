//! The rows of a MetaTrader 4 statement.

use crate::{
    CashKind, Cells, ParsedCash, ParsedEvent, Stated, StatedPosition,
    cfd::{self, Lot, Money},
    numbers::{self, Point},
    paired::{self, Half, Pair},
    row::Row,
    run::Out,
    symbols,
    tally::{Fault, Outcome, quoted},
    times::Clock,
};
use ledger::Side;
use std::cell::RefCell;

/// The tables of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Table {
    /// Closed orders, and movements of cash between them.
    Closed,
    /// Orders that are still open.
    Open,
    /// Orders that wait for their price.
    Working,
}

/// What stands around the tables.
#[derive(Default)]
pub(super) struct Account {
    login: Option<String>,
    pub currency: Option<String>,
    balance: Option<String>,
}

impl Account {
    /// Looks for `Account: 7001234`, `Currency: EUR` and `Balance:` with a number beside it.
    pub fn note(&mut self, row: &Row) {
        let mut label = "";
        for cell in row.cells().filter(|cell| !cell.is_empty()) {
            if let Some(login) = cell.strip_prefix("Account:") {
                self.login = Some(login.trim().to_owned());
            } else if let Some(currency) = cell.strip_prefix("Currency:") {
                self.currency = Some(currency.trim().to_owned());
            } else if label == "Balance:" {
                self.balance = Some(cell.to_owned());
            }
            label = cell;
        }
    }

    fn currency(&self, default: &str) -> Result<String, Fault> {
        symbols::currency("currency", self.currency.as_deref().unwrap_or_default(), default)
    }

    /// Adds the balance to the file's own figures.
    pub fn state_balance(&self, out: &mut Out<'_>) {
        let Ok(currency) = self.currency(&out.options.currency) else { return };
        let balance =
            self.balance.as_deref().and_then(|cell| numbers::decimal("balance", cell, Point::Dot).ok());
        if let Some(balance) = balance {
            Stated::add(&mut out.stated.balances, &currency, balance);
        }
    }
}

/// Reads the rows of all tables.
pub(super) struct Statement<'s> {
    pub account: &'s RefCell<Account>,
    pub clock: &'s Clock,
}

impl Statement<'_> {
    pub fn row(&self, table: Table, cells: Cells<'_>, out: &mut Out<'_>) -> Result<Outcome, Fault> {
        let login = self.account.borrow().login.clone().unwrap_or_default();
        if let Some(skipped) = out.other_account(&login) {
            return Ok(skipped);
        }
        let kind = cells.get("type").to_ascii_lowercase();
        match (table, kind.as_str()) {
            (_, "") if cells.get("ticket").is_empty() => Outcome::skip("total", "a total"),
            (Table::Working, _) => Outcome::skip("working", "an order that waits for its price"),
            (Table::Open, _) => open(cells, &kind, out),
            (Table::Closed, "balance" | "credit") => self.cash(cells, &kind, &login, out),
            (Table::Closed, "buy" | "sell") => self.closed(cells, &kind, &login, out),
            (Table::Closed, _) if kind.starts_with("buy ") || kind.starts_with("sell ") => {
                Outcome::skip("cancelled", "a pending order that never traded")
            }
            (Table::Closed, _) => Err(unknown_type(cells)),
        }
    }

    fn closed(&self, cells: Cells<'_>, kind: &str, login: &str, out: &mut Out<'_>) -> Result<Outcome, Fault> {
        let account = self.account.borrow().currency(&out.options.currency)?;
        let (symbol, quantity) = (symbols::clean("item", cells.get("item"))?, cells.quantity("size")?);
        let (opened_by, profit) = (side(kind), cells.decimal("profit")?);
        let half = |n, time: &'static str| -> Result<Half, Fault> {
            let price = numbers::decimal("price", cells.nth("price", n), cells.point)?;
            Ok(Half::new(price, self.clock.read(time, cells.get(time))?))
        };
        let (entry, mut exit) = (half(0, "open time")?, half(1, "close time")?);
        let points = paired::points(opened_by, entry.price, exit.price, quantity).ok_or_else(too_large)?;
        let lot = Lot::of(&symbol).sized_by(&account, points, profit);
        let money = Money {
            commission: cells.decimal_or_zero("commission")?,
            tax: cells.decimal_or_zero("taxes")?,
            swap: cells.decimal_or_zero("swap")?,
            ..Money::default()
        };
        let currency = lot.currency(&account).to_owned();
        exit.charges = money.charges(&currency, &account);
        let claims = cfd::claims(profit, points.checked_mul(lot.size), &currency, &account);
        let pair = Pair {
            line: cells.line,
            id: symbols::identifier("ticket", cells.get("ticket"))?,
            account: (!login.is_empty()).then(|| login.to_owned()),
            symbol,
            asset_class: lot.class,
            opened_by,
            quantity,
            currency,
            multiplier: lot.size,
            multiplier_source: lot.source,
            entry,
            exit,
            claims,
        };
        cfd::hand_out(pair, &lot, money, &account, out)
    }

    fn cash(&self, cells: Cells<'_>, kind: &str, login: &str, out: &mut Out<'_>) -> Result<Outcome, Fault> {
        let currency = self.account.borrow().currency(&out.options.currency)?;
        let amount = numbers::decimal("profit", cells.row.cells().last().unwrap_or_default(), cells.point)?;
        let kind = match kind {
            "balance" if amount.is_negative() => CashKind::Withdrawal,
            "balance" => CashKind::Deposit,
            _ => CashKind::Other,
        };
        out.event(ParsedEvent::Cash(ParsedCash {
            line: cells.line,
            id: symbols::identifier("ticket", cells.get("ticket"))?,
            account: (!login.is_empty()).then(|| login.to_owned()),
            kind,
            amount,
            currency,
            symbol: None,
            execution_id: None,
            booked_at: self.clock.read("open time", cells.get("open time"))?,
            description: cells.get("size").to_owned(),
        }));
        Ok(Outcome::Read)
    }
}

fn open(cells: Cells<'_>, kind: &str, out: &mut Out<'_>) -> Result<Outcome, Fault> {
    if !matches!(kind, "buy" | "sell") {
        return Err(unknown_type(cells));
    }
    let (symbol, size) = (symbols::clean("item", cells.get("item"))?, cells.quantity("size")?);
    let quantity = if side(kind) == Side::Buy { size } else { -size };
    out.stated.positions.push(StatedPosition { symbol, quantity });
    Outcome::skip("open-position", "still open: its execution comes with the report in which it is closed")
}

fn side(kind: &str) -> Side {
    if kind == "buy" { Side::Buy } else { Side::Sell }
}

fn unknown_type(cells: Cells<'_>) -> Fault {
    let message = format!("{} is none of buy, sell, balance and credit", quoted(cells.get("type")));
    Fault::new("type", "bad-side", message)
}

fn too_large() -> Fault {
    Fault::new("price", "bad-number", "price difference times size is too large")
}
