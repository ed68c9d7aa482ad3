//! MetaTrader 4 statement (HTML): one row is an order that was closed, with its opening beside it.

mod rows;

use crate::{
    Doc, File, Head, Header, ParseError, RowKind, Run, cfd,
    reader::{Match, Reader},
    row::Row,
    run::Line,
    source::Encoding,
    times::DateRule,
};
use rows::{Account, Statement, Table};
use std::cell::RefCell;

static DOC: Doc = Doc {
    id: "metatrader4-statement",
    name: "MetaTrader 4 statement",
    how: "In the Terminal window open Account History, choose the period, and save the report as HTML.",
    kind: RowKind::ClosingDeal,
    carries: "Entry and exit of each closed order; commission, taxes and swap; deposits and withdrawals; open trades; the balance.",
    times: "The broker's server time, which stands nowhere in the file: read as Eastern European time unless you name a zone.",
    fees: "In the account's currency; negative is charged. Commission and taxes are put on the exit, swap is a movement of cash of its \
           own. Profit is before all three.",
    identity: "The ticket: the entry is `<ticket>:entry`, the exit `<ticket>:exit`; the account is the login above the tables.",
    limits: "English reports only. Prices are in the quote currency and money is in the account's: the rate between them is the one that \
             the stated profit implies. Lots are the usual ones. Open trades are told as positions and not as executions, and the rest \
             of an order that was closed in part is a ticket of its own.",
};

/// The server clocks of most brokers.
pub(crate) const SERVER_ZONE: &str = "Europe/Athens";
const ORDER: [&str; 6] = ["ticket", "open time", "type", "size", "item", "price"];
const EXPECTED: &str = "it needs a table with the columns Ticket, Open Time, Type, Size, Item, Price, S / L, T / P, Close Time, Price, \
                        Commission, Swap and Profit";

/// The reader.
pub(crate) struct MetaTrader4;

impl Reader for MetaTrader4 {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn detect(&self, head: &Head) -> Option<Match> {
        head.rows
            .iter()
            .any(|row| table(row).is_some())
            .then(|| Match::certain("it has MetaTrader 4's table of orders"))
    }

    fn parse(&self, file: File<'_>, run: &mut Run<'_>) -> Result<(), ParseError> {
        let account = RefCell::new(Account::default());
        let clock = run.out.clock(SERVER_ZONE, DateRule::YearFirst)?;
        let statement = Statement { account: &account, clock: &clock };
        let classify = |row: &Row| classify(row, &account);
        run.tables(file, Encoding::OrWindows1252, EXPECTED, classify, |table, cells, out| {
            statement.row(table, cells, out)
        })?;
        if account.borrow().currency.is_none() {
            cfd::tell_assumed_currency(run);
        }
        account.borrow().state_balance(&mut run.out);
        Ok(())
    }

    fn sample(&self) -> &'static str {
        include_str!("samples/metatrader4.html")
    }
}

/// The table that a header opens.
fn table(header: &Header) -> Option<Table> {
    if !header.has(&ORDER) {
        return None;
    }
    if header.has(&["close time", "profit"]) {
        return Some(Table::Closed);
    }
    Some(if header.has(&["profit"]) { Table::Open } else { Table::Working })
}

fn classify(row: &Row, account: &RefCell<Account>) -> Line<Table> {
    let mut filled = row.cells().filter(|cell| !cell.is_empty());
    let first = filled.next().unwrap_or_default();
    if first.starts_with(|letter: char| letter.is_ascii_digit()) {
        return Line::Data;
    }
    if let Some(table) = table(&Header::of(row)) {
        return Line::Header(table);
    }
    account.borrow_mut().note(row);
    match first {
        "Closed P/L:" | "Floating P/L:" => Line::Skip("total", "a total".to_owned()),
        _ if first.ends_with(':') && filled.next().is_none() => Line::Title,
        "No transactions" => Line::Title,
        _ => Line::Data,
    }
}
