//! Tradovate "Orders": one row an order, its fills averaged.

use super::contract::{self, Worth};
use crate::{
    Cells, Doc, File, Head, Header, ParseError, ParsedFill, RowKind, Run, Severity,
    numbers::is_null,
    reader::{Match, Reader},
    run::Out,
    sides,
    source::Encoding,
    symbols,
    tally::{Fault, Outcome, quoted},
    times::{Clock, DateRule},
};

/// The format `tradovate-orders`.
pub(crate) struct Orders;

const EXPECTED: &str =
    "it needs the columns orderId, B/S, Contract, avgPrice, filledQty, Fill Time and Status";
const COLUMNS: [&str; 7] = ["orderid", "b/s", "contract", "avgprice", "filledqty", "fill time", "status"];

static DOC: Doc = Doc {
    id: "tradovate-orders",
    name: "Tradovate Orders (CSV)",
    how: "Reports > Orders, downloaded as CSV.",
    kind: RowKind::Order,
    carries: "Orders with their fills averaged; orders that did not fill are skipped.",
    times: "Fill Time as MM/dd/yyyy HH:mm:ss without a zone: that of the exporter's computer; America/Chicago unless the import names another.",
    fees: "None: they are only in the Cash History export.",
    identity: "orderId.",
    limits: "The same trades stand in Position History and Performance: import one of them. What a point is worth comes from the table of \
             contracts, else from Notional Value.",
};

impl Reader for Orders {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn detect(&self, head: &Head) -> Option<Match> {
        head.header(&COLUMNS)?;
        Some(Match::certain("it has the columns orderId, filledQty, avgPrice and Fill Time"))
    }

    fn parse(&self, file: File<'_>, run: &mut Run<'_>) -> Result<(), ParseError> {
        let clock = run.out.clock("America/Chicago", DateRule::MonthFirst)?;
        run.table(
            file,
            Encoding::Utf8,
            EXPECTED,
            |header: &Header| header.has(&COLUMNS),
            |row, out| read(row, &clock, out),
        )?;
        run.remark(0, Severity::Info, "no-fees", "this export carries no commissions or fees");
        Ok(())
    }

    fn sample(&self) -> &'static str {
        "orderId,Account,Order ID,B/S,Contract,Product,Product Description,avgPrice,filledQty,Fill Time,lastCommandId,Status,_priceFormat,\
         _priceFormatType,_tickSize,spreadDefinitionId,Version ID,Timestamp,Date,Quantity,Text,Type,Limit Price,Stop Price,decimalLimit,\
         decimalStop,Filled Qty,Avg Fill Price,decimalFillAvg,Venue,Notional Value,Currency\n\
         101,DEMO1,101, Buy,MNQM6,MNQ,Micro E-mini NASDAQ-100,28531.75,5,04/09/2026 09:00:00,7, Filled,-2,0,0.25,,1,04/09/2026 09:00:00,\
         4/9/26,5,, Market,,,,,5,28531.75,28531.75,CME,\"285,317.50\",USD\n\
         102,DEMO1,102, Sell,MNQM6,MNQ,Micro E-mini NASDAQ-100,28540,5,04/09/2026 09:05:00,7, Filled,-2,0,0.25,,1,04/09/2026 09:05:00,\
         4/9/26,5,, Limit,28540,,28540,,5,28540,28540,CME,\"285,400.00\",USD\n\
         103,DEMO1,103, Sell,MNQM6,MNQ,Micro E-mini NASDAQ-100,,,,7, Canceled,-2,0,0.25,,1,04/09/2026 09:06:00,\
         4/9/26,5,, Limit,28600,,28600,,,,,CME,,USD\n"
    }
}

fn read(row: Cells<'_>, clock: &Clock, out: &mut Out<'_>) -> Result<Outcome, Fault> {
    if let Some(other) = out.other_account(row.get("account")) {
        return Ok(other);
    }
    // A cancelled order may have filled in part.
    let filled = row.optional("filledqty")?;
    let Some(quantity) = filled.filter(|quantity| !quantity.is_zero()) else {
        let reason = format!("the order is {} and filled nothing", quoted(row.get("status")));
        return Outcome::skip("not-filled", reason);
    };
    let (side, effect) = sides::side("b/s", row.get("b/s"))?;
    let moment = clock.read("fill time", row.get("fill time"))?;
    let symbol = symbols::clean("contract", row.get("contract"))?;
    let currency = symbols::currency("currency", row.get("currency"), &out.options.currency)?;
    let price = row.decimal("avgprice")?;
    let mut fill = ParsedFill::new(row.line, moment, symbol, side, quantity, price, currency);
    fill.effect = effect;
    fill.execution_id = symbols::identifier("orderid", row.get("orderid"))?;
    fill.order_id = Some(fill.execution_id.clone());
    fill.account = Some(row.get("account")).filter(|account| !account.is_empty()).map(str::to_owned);
    // Order ids grow with time: they order what happened in one second.
    fill.sequence = fill.execution_id.parse().unwrap_or_default();
    let value = row.optional("notional value")?;
    contract::identify(&mut fill, row.get("product"), &Worth { value, points: price, quantity })?;
    if !is_null(row.get("currency")) && value.is_some_and(|value| !agrees(&fill, value)) {
        let message = format!(
            "the notional value {} is not price x quantity x {}",
            row.get("notional value"),
            fill.multiplier
        );
        out.remark(Severity::Warning, "notional-mismatch", message);
    }
    out.fill(fill)?;
    Ok(Outcome::Read)
}

/// True when the notional value is what price, quantity and multiplier give, to the cent.
fn agrees(fill: &ParsedFill, value: ledger::Decimal) -> bool {
    let ours = fill.price.checked_mul(fill.quantity).and_then(|ours| ours.checked_mul(fill.multiplier));
    ours.is_some_and(|ours| ours.round_half_even(2) == value.round_half_even(2))
}
