//! `TradeStation`: the orders of its `TradeManager`, as they are copied out of it.

use crate::{
    Cells, Doc, File, Head, Header, ParseError, ParsedFill, RowKind, Run, instruments,
    reader::{Match, Reader},
    readers::history,
    run::Out,
    sides,
    source::Encoding,
    symbols,
    tally::{Fault, Outcome},
    times::{Clock, DateRule},
};

/// The format `tradestation-orders`.
pub(crate) struct ManagerOrders;

const COLUMNS: [&str; 6] = ["order status", "type", "symbol", "qty filled", "filled price", "entered"];

static DOC: Doc = Doc {
    id: "tradestation-orders",
    name: "TradeStation TradeManager orders (CSV or pasted table)",
    how: "TradeManager > Orders: select all, copy, and paste into a file; or export.",
    kind: RowKind::Order,
    carries: "Orders that were filled, with their average price, commission and account.",
    times: "MM/dd/yy hh:mm:ss AM, when the order was entered; America/New_York unless the import names another zone.",
    fees: "Commission, positive: charged.",
    identity: "Order# where it is there; else the content of the row and its turn among equal rows.",
    limits: "Executions are averaged. The time is that of the order, not of its execution.",
};

impl Reader for ManagerOrders {
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
            Encoding::OrWindows1252,
            "it needs the columns Order Status, Type, Symbol, Qty Filled, Filled Price and Entered",
            |header: &Header| header.has(&COLUMNS),
            |row, out| read(row, &clock, out),
        )
    }

    fn sample(&self) -> &'static str {
        "Account\tOrder Status\tType\tSymbol\tQty Filled\tFilled Price\tEntered\tCommission\tContract Exp Date\n\
         SIM1\tFilled\tBuy\tAAPL\t100\t243.36\t01/05/26 09:30:00 AM\t$1.00\t\n\
         SIM1\tFilled\tSell Short\tTSLA\t10\t400.00\t01/05/26 09:31:00 AM\t$1.00\t\n\
         SIM1\tFilled\tBuy to Open\tSPY 260116C580\t1\t1.25\t01/05/26 09:32:00 AM\t$0.60\t01/16/26\n\
         SIM1\tFilled\tBuy\tMESH26\t1\t6000.25\t01/05/26 09:33:00 AM\t$1.20\t03/20/26\n\
         SIM1\tCanceled\tSell\tAAPL\t0\t0\t01/05/26 01:00:00 PM\t\t\n"
    }
}

fn read(row: Cells<'_>, clock: &Clock, out: &mut Out<'_>) -> Result<Outcome, Fault> {
    if row.decimal_or_zero("qty filled")?.is_zero() {
        let status = row.get("order status");
        return Outcome::skip("not-filled", format!("nothing of the order was filled: {status}"));
    }
    if let Some(other) = out.other_account(row.get("account")) {
        return Ok(other);
    }
    let (side, effect) = sides::side("type", row.get("type"))?;
    let moment = clock.read("entered", row.get("entered"))?;
    let symbol = symbols::clean("symbol", row.get("symbol"))?;
    let quantity = row.quantity("qty filled")?;
    let mut fill =
        ParsedFill::new(row.line, moment, symbol, side, quantity, row.decimal("filled price")?, "USD");
    fill.effect = effect;
    fill.account = history::present(row.get("account"));
    fill.commission = row.decimal_or_zero("commission")?;
    let order = row.any(&["order#", "order id", "order number"]);
    if !order.is_empty() {
        fill.order_id = Some(symbols::identifier("order#", order)?);
        fill.execution_id = out.ids.id_of(&[order]);
    }
    instruments::identify(&mut fill, None, None)?;
    out.fill(fill)?;
    Ok(Outcome::Read)
}
