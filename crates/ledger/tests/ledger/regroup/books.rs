//! Hand-written books, and trades in short.

use std::collections::BTreeMap;

use ledger::regroup::{Along, Merge, Regrouped, Regrouping, Split, Trade};
use ledger::{BookStatement, Execution, FeeRounding, Fill, Side, Terms, match_fills};

use crate::strategies::{fill, terms};

pub type Books = BTreeMap<&'static str, BookStatement>;

pub fn statement(terms: Terms, fills: &[Fill]) -> BookStatement {
    let executions = fills.iter().map(Execution::from).collect();
    BookStatement { matched: match_fills(terms, fills).unwrap(), executions }
}

/// Fills such as `b1+10@5`: the id, bought or sold, the quantity, the price; one a minute, each costing 1.
pub fn book(fills: &str) -> BookStatement {
    let read = |(minute, text): (i64, &str)| {
        let (id, rest) = text.split_at(text.find(['+', '-']).unwrap());
        let side = if rest.starts_with('+') { Side::Buy } else { Side::Sell };
        let (quantity, price) = rest[1..].split_once('@').unwrap();
        fill(id, minute * 60, side, quantity, price, "1")
    };
    let fills: Vec<Fill> = (0..).zip(fills.split(' ')).map(read).collect();
    statement(terms(FeeRounding::Exact), &fills)
}

/// Book `x` with a long, a short, a flip from long to short, and an open long; book `y` with a long.
pub fn books() -> Books {
    let x = "a+10@5 b-10@6 c-4@7 d+4@5 e+6@5 f-9@8 g+3@7 h+2@7";
    BTreeMap::from([("x", book(x)), ("y", book("p+1@1 q-1@2"))])
}

pub fn merge(ids: &str) -> Merge {
    Merge { trades: ids.split_whitespace().map(str::to_owned).collect() }
}

pub fn split(trade: &str, along: Along, begins: &str) -> Split {
    let begins = begins.split_whitespace().map(str::to_owned).collect();
    Split { trade: trade.to_owned(), along, begins }
}

pub fn apply(books: &Books, merges: &[Merge], splits: &[Split]) -> Regrouped<&'static str> {
    Regrouping { merges: merges.to_vec(), splits: splits.to_vec() }.apply(books)
}

/// Id, quantities in and out, gross and net.
pub fn outline(trade: &Trade<&'static str>) -> String {
    let part = trade.id.part.as_ref().map(|part| format!("/{part}")).unwrap_or_default();
    let Trade { entry_quantity, exit_quantity, sums, .. } = trade;
    format!("{}{part} {entry_quantity} {exit_quantity} {} {}", trade.id.opening, sums.gross, sums.net)
}

/// The trades of one book.
pub fn outlines(regrouped: &Regrouped<&'static str>, book: &str) -> Vec<String> {
    regrouped.trades.iter().filter(|trade| trade.book == book).map(outline).collect()
}
