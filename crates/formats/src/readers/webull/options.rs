//! Webull options: one row an order of a contract, with its commission and fee.

use crate::{
    AssetClass, Cells, Doc, File, Head, Header, ParseError, ParsedFill, RowKind, Run, instruments,
    reader::{Match, Reader},
    run::Out,
    sides,
    source::Encoding,
    symbols,
    tally::{Fault, Outcome},
    times::{Clock, DateRule},
};
use ledger::Effect;

/// The format `webull-options`.
pub(crate) struct OptionOrders;

const COLUMNS: [&str; 8] =
    ["symbol", "market", "place time", "filled time", "b/s", "side type", "filled avg price", "filled qty"];

static DOC: Doc = Doc {
    id: "webull-options",
    name: "Webull option orders (CSV)",
    how: "Desktop app: Account > Option orders > Export.",
    kind: RowKind::Order,
    carries: "Orders of options that were filled, with the average price of their executions. The multiplier is what makes Traded \
              Value of price and quantity.",
    times: "MM/dd/yyyy HH:mm:ss EDT: the zone stands in the row; America/New_York where it does not.",
    fees: "Commission and Fee, positive: charged.",
    identity: "None: symbol, side, ordered quantity and the time the order was placed, and its turn among equal orders. They stay the \
               same when an order is filled further.",
    limits: "Executions are averaged. Expiries, assignments and exercises are not in the file.",
};

impl Reader for OptionOrders {
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
            "it needs the columns Symbol, Market, Place Time, Filled Time, B/S, Side Type, Filled Avg Price and Filled Qty",
            |header: &Header| header.has(&COLUMNS),
            |row, out| read(row, &clock, out),
        )
    }

    fn sample(&self) -> &'static str {
        "Option Level,Symbol,Market,Place Time,Filled Time,B/S,Side Type,Order Type,Option Type,Combo Type,Filled Avg Price,Filled \
         Qty,Traded Value,Commission,Fee,Submitted Quantity,Amount,Limit Price,Stop Price,Time in Force,Extended Hours,Is Partial \
         Filled\n\
         2,SPY260116C00580000,OPRA,01/05/2026 09:31:00 EST,01/05/2026 09:31:05 EST,Buy,Open,Limit,Call,Single,$1.25,2,$250.00,$0.00,\
         $0.06,2,$250.00,$1.25,$0.00,DAY,N,No\n\
         2,SPY260116C00580000,OPRA,01/05/2026 10:01:00 EST,01/05/2026 10:01:05 EST,Sell,Close,Limit,Call,Single,$1.55,2,$310.00,\
         $0.00,$0.08,2,$310.00,$1.55,$0.00,DAY,N,No\n\
         2,SPY260116C00590000,OPRA,01/05/2026 10:02:00 EST,,Buy,Open,Limit,Call,Single,,0,,,,1,$0.10,$0.10,$0.00,DAY,N,No\n"
    }
}

fn read(row: Cells<'_>, clock: &Clock, out: &mut Out<'_>) -> Result<Outcome, Fault> {
    if row.decimal_or_zero("filled qty")?.is_zero() {
        return Outcome::skip("not-filled", "nothing of the order was filled");
    }
    let (side, _) = sides::side("b/s", row.get("b/s"))?;
    let moment = clock.read("filled time", row.get("filled time"))?;
    let symbol = symbols::clean("symbol", row.get("symbol"))?;
    let currency = symbols::currency("currency", row.get("currency"), &out.options.currency)?;
    let (quantity, price) = (row.quantity("filled qty")?, row.decimal("filled avg price")?);
    let mut fill = ParsedFill::new(row.line, moment, symbol, side, quantity, price, currency);
    fill.effect = match row.get("side type").to_ascii_lowercase().as_str() {
        "open" => Some(Effect::Opens),
        "close" => Some(Effect::Closes),
        _ => None,
    };
    fill.commission = row.decimal_or_zero("commission")?;
    fill.fees = row.decimal_or_zero("fee")?;
    let value = row.optional("traded value")?;
    let multiplier = value.and_then(|value| instruments::derived_multiplier(value, price, quantity));
    instruments::identify(&mut fill, Some(AssetClass::Option), multiplier)?;
    fill.execution_id =
        out.ids.id_of(&[row.get("place time"), &fill.symbol, row.get("b/s"), row.get("submitted quantity")]);
    out.fill(fill)?;
    Ok(Outcome::Read)
}
