//! Rithmic R|Trader Pro, performance: one row is a round trip; titles above it name account and instrument.

use crate::{
    Cells, Claims, Doc, File, Head, Header, ParseError, RowKind, Run, futures, numbers,
    paired::{self, Half, Pair},
    reader::{Match, Reader},
    row::Row,
    run::{Line, Out},
    sides::side,
    source::Encoding,
    symbols,
    tally::{Fault, Outcome, quoted},
    times::{Clock, user_ordered},
};
use std::cell::RefCell;

static DOC: Doc = Doc {
    id: "rithmic-performance",
    name: "Rithmic R|Trader Pro performance",
    how: "In R|Trader Pro open Trader Dashboard, Performance, and export as CSV.",
    kind: RowKind::RoundTrip,
    carries: "Entry and exit of each round trip with their orders, gross P&L, commission and fees.",
    times: "The zone may stand in the column's name; without one Chicago's is assumed.",
    fees: "`Commission & Fees` covers both sides and is put on the exit; positive is charged. `Trade P&L` is gross.",
    identity: "None of its own, since an order may be part of several rows: both order numbers with the row's content, and its turn among \
               equals.",
    limits: "Account and instrument are read from the title rows above each table. The orders tell of the same executions: import one of \
             the two.",
};

const REQUIRED: [&str; 7] = [
    "entry order number",
    "entry buy/sell",
    "entry price",
    "exit order number",
    "exit price",
    "fill size",
    "trade p&l",
];
const EXPECTED: &str = "it needs the columns Entry Order Number, Entry Buy/Sell, Entry Time, Entry Price, Exit Order Number, Exit Time, Exit \
                        Price, Fill Size and Trade P&L";

/// The reader.
pub(crate) struct Performance;

/// What the title rows said last.
#[derive(Default)]
struct Titles {
    account: String,
    instrument: String,
}

impl Reader for Performance {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn detect(&self, head: &Head) -> Option<Match> {
        head.columns(&REQUIRED)
    }

    fn parse(&self, file: File<'_>, run: &mut Run<'_>) -> Result<(), ParseError> {
        let dates = user_ordered(file.head(), run.out.options);
        let clock = run.out.clock("America/Chicago", dates)?;
        let titles = RefCell::new(Titles::default());
        let classify = |row: &Row| classify(row, &titles);
        run.tables(file, Encoding::OrWindows1252, EXPECTED, classify, |(), cells, out| {
            row(cells, &titles.borrow(), &clock, out)
        })
    }

    fn sample(&self) -> &'static str {
        include_str!("../samples/rithmic-performance.csv")
    }
}

fn classify(row: &Row, titles: &RefCell<Titles>) -> Line<()> {
    let mut filled = row.cells().filter(|cell| !cell.is_empty());
    if let (Some(title), None) = (filled.next(), filled.next()) {
        let mut titles = titles.borrow_mut();
        if futures::is_future(title) {
            title.clone_into(&mut titles.instrument);
        } else if title.bytes().all(|byte| byte.is_ascii_digit()) {
            // The rest of a row that was cut off.
            return Line::Data;
        } else if !matches!(title, "Account" | "Instrument") {
            title.clone_into(&mut titles.account);
            titles.instrument.clear();
        }
        return Line::Title;
    }
    let is_header = row.cells().any(|cell| cell.eq_ignore_ascii_case("entry order number"));
    if is_header && Header::of(row).has(&REQUIRED) { Line::Header(()) } else { Line::Data }
}

fn row(cells: Cells<'_>, titles: &Titles, clock: &Clock, out: &mut Out<'_>) -> Result<Outcome, Fault> {
    let account = Some(cells.any(&["accountnumber", "account"]))
        .filter(|cell| !cell.is_empty())
        .unwrap_or(&titles.account);
    if let Some(skipped) = out.other_account(account) {
        return Ok(skipped);
    }
    if cells.get("entry order number").is_empty() && cells.get("exit order number").is_empty() {
        return Outcome::skip("total", "a total");
    }
    let entry = half(cells, ["entry price", "entry time", "entry order number"], clock)?;
    let mut exit = half(cells, ["exit price", "exit time", "exit order number"], clock)?;
    exit.charges.commission = cells.decimal_or_zero("commission & fees")?;
    let named = Some(cells.any(&["instrument", "symbol"])).filter(|cell| !cell.is_empty());
    let symbol = symbols::clean("instrument", named.unwrap_or(&titles.instrument))?;
    let ((opened_by, _), quantity) =
        (side("entry buy/sell", cells.get("entry buy/sell"))?, cells.quantity("fill size")?);
    let pnl = cells.optional("trade p&l")?;
    let points = paired::points(opened_by, entry.price, exit.price, quantity);
    let terms =
        futures::future_terms("instrument", &symbol, &exit.at, points.zip(pnl), &out.options.currency)?;
    let pair = Pair {
        line: cells.line,
        id: String::new(),
        account: (!account.is_empty()).then(|| account.to_owned()),
        symbol,
        asset_class: terms.class,
        opened_by,
        quantity,
        currency: terms.currency,
        multiplier: terms.multiplier,
        multiplier_source: terms.source,
        entry,
        exit,
        claims: Claims { pnl, ..Claims::default() },
    };
    pair.hand_out(out)?;
    Ok(Outcome::Read)
}

fn half(cells: Cells<'_>, names: [&'static str; 3], clock: &Clock) -> Result<Half, Fault> {
    let [price, time, order] = names;
    let price_read = numbers::thirty_seconds(cells.get(price), cells.point).ok_or_else(|| {
        let message = format!("{} is not a price such as 1234.50 or 112'16", quoted(cells.get(price)));
        Fault::new(price, "bad-number", message)
    })?;
    let column = cells.header.starting_with(time).unwrap_or_default();
    let at = clock.of_header(column).read(time, cells.get(column))?;
    let order_id = Some(symbols::identifier(order, cells.get(order))?);
    Ok(Half { order_id, ..Half::new(price_read, at) })
}
