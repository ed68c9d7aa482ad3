//! `TopstepX` and other platforms on `ProjectX`, trades: one row is a round trip.

use crate::{
    Cells, Claims, Doc, File, Head, Header, ParseError, RowKind, Run, futures,
    paired::{self, Half, Pair},
    reader::{Match, Reader},
    run::Out,
    source::Encoding,
    symbols,
    tally::{Fault, Outcome, quoted},
    times::{Clock, DateRule},
};
use ledger::Side;

static DOC: Doc = Doc {
    id: "topstepx-trades",
    name: "TopstepX (ProjectX) trades",
    how: "In TopstepX open the Trades tab, choose Export and a range of dates.",
    kind: RowKind::RoundTrip,
    carries: "Entry and exit of each round trip, gross P&L, fees and commissions. Eleven columns (2024) or thirteen (2026).",
    times: "Month first, with an offset in each row. `TradeDay` carries an offset of its own and is not used.",
    fees: "`Fees` and `Commissions` cover both sides of the row; positive is charged. They are put on the exit. `PnL` is gross.",
    identity: "`Id`: the entry is `<id>:entry`, the exit `<id>:exit`.",
    limits: "Names no account. The orders export tells of the same executions: import one of the two.",
};

const REQUIRED: [&str; 9] =
    ["id", "contractname", "enteredat", "exitedat", "entryprice", "exitprice", "pnl", "size", "type"];
const EXPECTED: &str =
    "it needs the columns Id, ContractName, EnteredAt, ExitedAt, EntryPrice, ExitPrice, PnL, Size and Type";

/// The reader.
pub(crate) struct Trades;

impl Reader for Trades {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn detect(&self, head: &Head) -> Option<Match> {
        head.columns(&REQUIRED)
    }

    fn parse(&self, file: File<'_>, run: &mut Run<'_>) -> Result<(), ParseError> {
        let clock = run.out.clock("America/Chicago", DateRule::MonthFirst)?;
        let is_header = |header: &Header| header.has(&REQUIRED);
        run.table(file, Encoding::Utf8, EXPECTED, is_header, |cells, out| {
            pair(cells, &clock, out)?.hand_out(out)?;
            Ok(Outcome::Read)
        })
    }

    fn sample(&self) -> &'static str {
        include_str!("../samples/topstepx-trades.csv")
    }
}

fn pair(cells: Cells<'_>, clock: &Clock, out: &mut Out<'_>) -> Result<Pair, Fault> {
    let opened_by = match cells.get("type").to_ascii_lowercase().as_str() {
        "long" => Side::Buy,
        "short" => Side::Sell,
        _ => {
            let message = format!("{} is neither Long nor Short", quoted(cells.get("type")));
            return Err(Fault::new("type", "bad-side", message));
        }
    };
    let half = |price: &'static str, time: &'static str| -> Result<Half, Fault> {
        Ok(Half::new(cells.decimal(price)?, clock.read(time, cells.get(time))?))
    };
    let (entry, mut exit) = (half("entryprice", "enteredat")?, half("exitprice", "exitedat")?);
    exit.charges.fees = cells.decimal_or_zero("fees")?;
    exit.charges.commission = cells.decimal_or_zero("commissions")?;
    let (quantity, pnl) = (cells.quantity("size")?, cells.optional("pnl")?);
    let symbol = symbols::clean("contractname", cells.get("contractname"))?;
    let points = paired::points(opened_by, entry.price, exit.price, quantity);
    let terms =
        futures::future_terms("contractname", &symbol, &exit.at, points.zip(pnl), &out.options.currency)?;
    Ok(Pair {
        line: cells.line,
        id: symbols::identifier("id", cells.get("id"))?,
        account: None,
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
    })
}
