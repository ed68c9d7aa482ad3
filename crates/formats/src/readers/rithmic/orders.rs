//! Rithmic R|Trader Pro, Completed Orders: one row is an order.

use crate::{
    Cells, Doc, File, Head, Header, ParseError, ParsedFill, RowKind, Run, Severity, futures, numbers,
    reader::{Match, Reader},
    row::Row,
    run::{Line, Out},
    sides::side,
    source::Encoding,
    symbols,
    tally::{Fault, Outcome, quoted},
    times::{Clock, user_ordered},
};
use ledger::Decimal;
use std::cell::Cell;

static DOC: Doc = Doc {
    id: "rithmic-orders",
    name: "Rithmic R|Trader Pro orders",
    how: "In R|Trader Pro open Recent Orders or Order History, add the columns Qty Filled and Order Number to Completed Orders, and export \
          as CSV.",
    kind: RowKind::Order,
    carries: "Each order that was filled, in whole or in part: side, quantity, average price, account, commission.",
    times: "The zone stands in the column's name, as in `Update Time (EDT)`; without one Chicago's is assumed.",
    fees: "`Commission Fill Rate` times the quantity, or `Commission`; positive is charged.",
    identity: "`Order Number`.",
    limits: "An order's executions are averaged. Columns are user-chosen, and a file holds one day. Prices in thirty-seconds are read exactly.",
};

const ORDER: [&str; 4] = ["status", "buy/sell", "symbol", "order number"];
const FILLED: [&str; 2] = ["avg fill price", "qty filled"];
const EXPECTED: &str = "it needs, below Completed Orders, the columns Status, Buy/Sell, Symbol, Avg Fill Price, Order Number, Update Time and \
                        Qty Filled";

/// The sections of a file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    Completed,
    Working,
}

/// The reader.
pub(crate) struct CompletedOrders;

impl Reader for CompletedOrders {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn detect(&self, head: &Head) -> Option<Match> {
        let found = head.rows.iter().any(|row| row.has(&ORDER) && row.has(&FILLED));
        found.then(|| Match {
            confidence: 0.95,
            why: "it has Rithmic's columns of completed orders".to_owned(),
        })
    }

    fn parse(&self, file: File<'_>, run: &mut Run<'_>) -> Result<(), ParseError> {
        let dates = user_ordered(file.head(), run.out.options);
        let clock = run.out.clock("America/Chicago", dates)?;
        let section = Cell::new(Section::Completed);
        let classify = |row: &Row| classify(row, &section);
        run.tables(file, Encoding::OrWindows1252, EXPECTED, classify, |section, cells, out| match section {
            Section::Working => Outcome::skip("working", "an order that waits"),
            Section::Completed => row(cells, &clock, out),
        })
    }

    fn sample(&self) -> &'static str {
        include_str!("../samples/rithmic-orders.csv")
    }
}

fn classify(row: &Row, section: &Cell<Section>) -> Line<Section> {
    let mut filled = row.cells().filter(|cell| !cell.is_empty());
    if let (Some(title), None) = (filled.next(), filled.next()) {
        match title {
            "Working Orders" => section.set(Section::Working),
            "Completed Orders" => section.set(Section::Completed),
            _ => return Line::Data,
        }
        return Line::Title;
    }
    let names = row.cells().any(|cell| cell.eq_ignore_ascii_case("order number"));
    let header = if names { Header::of(row) } else { Header::default() };
    if !header.has(&ORDER) {
        return Line::Data;
    }
    Line::Header(if header.has(&FILLED) { section.get() } else { Section::Working })
}

fn row(cells: Cells<'_>, clock: &Clock, out: &mut Out<'_>) -> Result<Outcome, Fault> {
    let account = cells.get("account");
    if let Some(skipped) = out.other_account(account) {
        return Ok(skipped);
    }
    let quantity = cells.decimal_or_zero("qty filled")?;
    if quantity.is_zero() {
        let status = quoted(cells.get("status"));
        return Outcome::skip(
            "not-filled",
            format!("an order of which nothing was filled, its status is {status}"),
        );
    }
    let symbol = symbols::clean("symbol", cells.get("symbol"))?;
    let (side, effect) = side("buy/sell", cells.get("buy/sell"))?;
    let column = cells.header.starting_with("update time").unwrap_or_default();
    let at = clock.of_header(column).read("update time", cells.get(column))?;
    let terms = futures::future_terms("symbol", &symbol, &at, None, &out.options.currency)?;
    let price = numbers::thirty_seconds(cells.get("avg fill price"), cells.point).ok_or_else(|| {
        let message =
            format!("{} is not a price such as 1234.50 or 112'16", quoted(cells.get("avg fill price")));
        Fault::new("avg fill price", "bad-number", message)
    })?;
    let id = symbols::identifier("order number", cells.get("order number"))?;
    let commission = commission(cells, quantity, out)?;
    let mut fill = ParsedFill::new(cells.line, at, symbol, side, quantity, price, "");
    futures::apply(&mut fill, terms);
    let fill = ParsedFill {
        // Order numbers grow with time: they order what happened in one second.
        sequence: id.parse().unwrap_or_default(),
        order_id: Some(id.clone()),
        execution_id: id,
        account: (!account.is_empty()).then(|| account.to_owned()),
        effect,
        commission,
        ..fill
    };
    out.stated.add_charges(&fill);
    out.fill(fill)?;
    Ok(Outcome::Read)
}

/// The rate of one contract times the contracts; says when the order's own commission is another.
fn commission(cells: Cells<'_>, quantity: Decimal, out: &mut Out<'_>) -> Result<Decimal, Fault> {
    let stated = cells.optional("commission")?;
    let Some(rate) = cells.optional("commission fill rate")? else {
        return Ok(stated.unwrap_or(Decimal::ZERO));
    };
    let commission = rate.checked_mul(quantity).ok_or_else(|| {
        Fault::new("commission fill rate", "bad-number", "the rate times the quantity is too large")
    })?;
    if let Some(stated) = stated.filter(|stated| *stated != commission) {
        let message =
            format!("the file states a commission of {stated}, the rate of {rate} gives {commission}");
        out.remark(Severity::Warning, "commission-mismatch", message);
        return Ok(stated);
    }
    Ok(commission)
}
