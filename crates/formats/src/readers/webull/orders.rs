//! Webull "Orders": one row an order, its executions averaged.

use crate::{
    Cells, Doc, File, Head, Header, ParseError, ParsedFill, RowKind, Run, Severity, instruments,
    reader::{Match, Reader},
    run::Out,
    sides,
    source::Encoding,
    symbols,
    tally::{Fault, Outcome},
    times::{Clock, DateRule},
};

/// The format `webull-orders`.
pub(crate) struct Orders;

const COLUMNS: [&str; 7] = ["symbol", "side", "status", "filled", "total qty", "avg price", "filled time"];

static DOC: Doc = Doc {
    id: "webull-orders",
    name: "Webull orders (CSV)",
    how: "Desktop app: Account > Orders > Export.",
    kind: RowKind::Order,
    carries: "Orders that were filled, wholly or in part, with the average price of their executions.",
    times: "MM/dd/yyyy HH:mm:ss EDT or yyyy/MM/dd HH:mm:ss,GMT-04: the zone stands in the row; America/New_York where it does not.",
    fees: "None: this export carries no commissions or fees.",
    identity: "None: symbol, side, ordered quantity and the time the order was placed, and its turn among equal orders. They stay the \
               same when an order is filled further.",
    limits: "Executions are averaged. Cancelled orders count as far as they were filled.",
};

impl Reader for Orders {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn detect(&self, head: &Head) -> Option<Match> {
        head.columns(&COLUMNS)
    }

    fn parse(&self, file: File<'_>, run: &mut Run<'_>) -> Result<(), ParseError> {
        let clock = run.out.clock("America/New_York", DateRule::MonthFirst)?;
        run.table(
            file,
            Encoding::Utf8,
            "it needs the columns Symbol, Side, Status, Filled, Total Qty, Avg Price and Filled Time",
            |header: &Header| header.has(&COLUMNS),
            |row, out| read(row, &clock, out),
        )?;
        run.remark(0, Severity::Info, "no-fees", "this export carries no commissions or fees");
        Ok(())
    }

    fn sample(&self) -> &'static str {
        "Name,Symbol,Side,Status,Filled,Total Qty,Price,Avg Price,Time-in-Force,Placed Time,Filled Time\n\
         Apple,AAPL,Sell,Filled,100,100,@250.00,250.01,DAY,01/06/2026 10:00:00 EST,01/06/2026 10:00:05 EST\n\
         Apple,AAPL,Buy,Cancelled,0,100,@240.00,,DAY,01/05/2026 09:35:00 EST,\n\
         Apple,AAPL,Buy,Partial Filled,50,100,@243.36,243.35,DAY,01/05/2026 09:31:00 EST,01/05/2026 09:31:05 EST\n\
         SPY Call,SPY260116C00580000,Buy,Filled,1,1,@1.25,1.25,DAY,01/05/2026 09:30:00 EST,01/05/2026 09:30:05 EST\n"
    }
}

fn read(row: Cells<'_>, clock: &Clock, out: &mut Out<'_>) -> Result<Outcome, Fault> {
    if row.decimal_or_zero("filled")?.is_zero() {
        let status = row.get("status");
        return Outcome::skip("not-filled", format!("nothing of the order was filled: {status}"));
    }
    let (side, effect) = sides::side("side", row.get("side"))?;
    let moment = clock.read("filled time", row.get("filled time"))?;
    let symbol = symbols::clean("symbol", row.get("symbol"))?;
    let currency = symbols::currency("currency", row.get("currency"), &out.options.currency)?;
    let quantity = row.quantity("filled")?;
    let mut fill =
        ParsedFill::new(row.line, moment, symbol, side, quantity, row.decimal("avg price")?, currency);
    fill.effect = effect;
    instruments::identify(&mut fill, None, None)?;
    let placed = row.any(&["placed time", "place time"]);
    let placed = if placed.is_empty() { row.get("filled time") } else { placed };
    fill.execution_id = out.ids.id_of(&[placed, &fill.symbol, row.get("side"), row.get("total qty")]);
    out.fill(fill)?;
    Ok(Outcome::Read)
}
