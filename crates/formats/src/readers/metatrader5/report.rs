//! MetaTrader 5 trade history report (HTML, XLSX or CSV): tables of positions, orders and deals.

mod columns;
mod deals;
mod positions;

use crate::{
    Doc, File, Head, Header, ParseError, RowKind, Run,
    cfd::Lot,
    reader::{Match, Reader},
    row::Row,
    run::{Line, Out},
    source::Encoding,
    symbols,
    tally::Fault,
    times::{Clock, DateRule},
};
use columns::Table;
use ledger::Fraction;
use positions::Held;
use std::{cell::RefCell, collections::HashMap};

static DOC: Doc = Doc {
    id: "metatrader5-report",
    name: "MetaTrader 5 report",
    how: "In the Toolbox window open History, choose the period, and save the report as HTML or Open XML.",
    kind: RowKind::Fill,
    carries: "Deals: each execution with commission, fee, swap and profit, deposits and other movements of cash, the balance. A report \
              without deals gives entry and exit of each closed position. Headers of nine languages.",
    times: "The broker's server time, which stands nowhere in the file: read as Eastern European time unless you name a zone.",
    fees: "In the account's currency; negative is charged. Swap is a movement of cash of its own. Profit is before all of them. Charges of \
           a position are put on its exit.",
    identity: "The deal's number; of a report without deals the position's: `<position>:entry` and `<position>:exit`. The account is the \
               login above the tables.",
    limits: "Prices are in the quote currency and money is in the account's: the rate between them is the one that a position's profit \
             implies, which its last deal carries, too. Lots are the usual ones unless a profit in the account's currency shows another. Orders are skipped: they do not \
             tell the price of their execution. Closed positions are kept in memory until the end of the file, where it is known whether \
             it has deals.",
};

const EXPECTED: &str = "it needs a table with the columns Time, Deal, Symbol, Type, Direction, Volume, Price, Commission, Swap and Profit, or \
                        one with Time, Position, Symbol, Type, Volume, Price, S / L, T / P, Time, Price, Commission, Swap and Profit";

/// The reader.
pub(crate) struct HistoryReport;

impl Reader for HistoryReport {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn detect(&self, head: &Head) -> Option<Match> {
        let found = head
            .rows
            .iter()
            .filter_map(Table::of)
            .find(|table| matches!(table, Table::Deals | Table::Positions));
        found.map(|_| Match::certain("it has MetaTrader 5's table of deals or positions"))
    }

    fn parse(&self, file: File<'_>, run: &mut Run<'_>) -> Result<(), ParseError> {
        let account = RefCell::new(Account::default());
        let clock = run.out.clock(crate::readers::metatrader4::SERVER_ZONE, DateRule::YearFirst)?;
        let (lots, rates) = (HashMap::new(), HashMap::new());
        let mut report = Report { account: &account, clock, held: Vec::new(), lots, rates, deals: 0 };
        let classify = |row: &Row| classify(row, &account);
        run.tables(file, Encoding::OrWindows1252, EXPECTED, classify, |table, cells, out| {
            report.row(table, cells, out)
        })?;
        report.finish(run)
    }

    fn sample(&self) -> &'static str {
        include_str!("../samples/metatrader5.html")
    }
}

/// What stands above the tables: `7005678 (USD, Sample-Server, real, Hedge)`.
#[derive(Clone, Default)]
struct Account {
    login: Option<String>,
    currency: Option<String>,
    /// A table has begun: what looks like an account below it is none.
    complete: bool,
}

impl Account {
    fn note(&mut self, row: &Row) {
        for cell in row.cells().filter(|_| !self.complete) {
            let Some((login, rest)) = cell.split_once('(') else { continue };
            let (login, currency) = (login.trim(), rest.split([',', ')']).next().unwrap_or_default().trim());
            if !login.is_empty() && login.bytes().all(|byte| byte.is_ascii_digit()) {
                self.login = Some(login.to_owned());
                self.currency = Some(currency.to_owned());
            }
        }
    }
}

/// One report while it is read.
struct Report<'r> {
    account: &'r RefCell<Account>,
    clock: Clock,
    /// Closed positions, until it is known whether there are deals.
    held: Vec<Held>,
    /// What a lot of a symbol is, as the profit of a closed position shows it.
    lots: HashMap<String, Lot>,
    /// The rate that a closed position implies, by its symbol, closing time and profit.
    rates: HashMap<[String; 3], Fraction>,
    /// Executions among the deals.
    deals: u64,
}

impl Report<'_> {
    fn login(&self) -> Option<String> {
        self.account.borrow().login.clone()
    }

    /// The account's currency.
    fn currency(&self, out: &Out<'_>) -> Result<String, Fault> {
        let account = self.account.borrow();
        symbols::currency("account", account.currency.as_deref().unwrap_or_default(), &out.options.currency)
    }

    fn lot(&self, symbol: &str) -> Lot {
        self.lots.get(symbol).cloned().unwrap_or_else(|| Lot::of(symbol))
    }
}

fn classify(row: &Row, account: &RefCell<Account>) -> Line<Table> {
    let mut filled = row.cells().filter(|cell| !cell.is_empty());
    let first = filled.next().unwrap_or_default();
    let is_value = first.starts_with(|letter: char| letter.is_ascii_digit() || letter == '-');
    if !is_value && let Some(table) = Table::of(&Header::of(row)) {
        account.borrow_mut().complete = true;
        return Line::Header(table);
    }
    account.borrow_mut().note(row);
    if !is_value && filled.next().is_none() { Line::Title } else { Line::Data }
}
