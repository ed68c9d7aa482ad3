//! Bybit closed P&L: what closed a position or a part of it, with the average entry price beside it.

use super::{clock, linear_quote};
use crate::{
    AssetClass, Cause, Cells, Claims, Doc, File, Head, Header, ParseError, ParsedFill, RowKind, Run, Stated,
    reader::{Match, Reader},
    run::Out,
    sides,
    source::Encoding,
    symbols,
    tally::{Fault, Outcome},
};
use ledger::{Effect, Side};

/// The format `bybit-closed-pnl`.
pub(crate) struct ClosedPnl;

const COLUMNS: [&str; 7] =
    ["contracts", "closing direction", "qty", "entry price", "exit price", "closed p&l", "exit type"];
const TIME: &str = "trade time";

static DOC: Doc = Doc {
    id: "bybit-closed-pnl",
    name: "Bybit closed P&L (CSV)",
    how: "Orders > Unified Trading Order > Derivatives Orders > Closed P&L > Export.",
    kind: RowKind::ClosingDeal,
    carries: "For each close the average entry, the exit and the P&L, which is net of fees. A row becomes an entry and an exit.",
    times: "The column's name carries the zone: Trade Time(UTC+0). It is the time of the close.",
    fees: "None of their own: the stated P&L is net of them.",
    identity: "None: the content of the row and its turn among equal rows, with :entry and :exit.",
    limits: "The opening time is not in the file: the entry stands at the time of the exit, so holding times are 0. Prefer the trade \
             history or the account log.",
};

fn is_header(header: &Header) -> bool {
    header.has(&COLUMNS) && header.starting_with(TIME).is_some()
}

impl Reader for ClosedPnl {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn detect(&self, head: &Head) -> Option<Match> {
        head.rows.iter().find(|header| is_header(header))?;
        head.columns(&COLUMNS)
    }

    fn parse(&self, file: File<'_>, run: &mut Run<'_>) -> Result<(), ParseError> {
        let expected = "it needs the columns Contracts, Closing Direction, Qty, Entry Price, Exit Price, Closed P&L, Exit Type and \
                        Trade Time(UTC...)";
        run.table(file, Encoding::Utf8, expected, is_header, read)
    }

    fn sample(&self) -> &'static str {
        "Contracts,Closing Direction,Qty,Entry Price,Exit Price,Closed P&L,Exit Type,Trade Time(UTC+0)\n\
         BTCUSDT,Sell,0.5,60000,61000,477.4,Trade,2026-01-05 14:30:00\n\
         BTCUSDT,Sell,0.5,60000,61000,477.4,Trade,2026-01-05 14:30:00\n\
         ETHUSDT,Buy,1,3000,3300,-303.3,Liquidation,15:30 2026-01-05\n"
    }
}

fn read(row: Cells<'_>, out: &mut Out<'_>) -> Result<Outcome, Fault> {
    let time = row.header.starting_with(TIME).unwrap_or_default();
    let moment = clock(row.header, TIME).read(TIME, row.get(time))?;
    let contract = symbols::clean("contracts", row.get("contracts"))?;
    let quote = linear_quote("contracts", &contract)?;
    let (closing, _) = sides::side("closing direction", row.get("closing direction"))?;
    let opening = if closing == Side::Buy { Side::Sell } else { Side::Buy };
    let (quantity, pnl) = (row.quantity("qty")?, row.decimal("closed p&l")?);
    let (entry_price, exit_price) = (row.decimal("entry price")?, row.decimal("exit price")?);
    let prices = [quantity, entry_price, exit_price, pnl].map(|number| number.to_string());
    let fields = [
        &[moment.text.as_str(), &contract, row.get("closing direction")][..],
        &prices.each_ref().map(String::as_str),
    ]
    .concat();
    let id = out.ids.id_of(&fields);
    let half = |side, price, effect, end: &str| {
        let mut fill =
            ParsedFill::new(row.line, moment.clone(), contract.clone(), side, quantity, price, quote.clone());
        fill.asset_class = AssetClass::Future;
        fill.effect = Some(effect);
        fill.execution_id = format!("{id}:{end}");
        fill
    };
    out.fill(half(opening, entry_price, Effect::Opens, "entry"))?;
    let mut exit = half(closing, exit_price, Effect::Closes, "exit");
    exit.claims = Some(Box::new(Claims { pnl: Some(pnl), pnl_is_net: true, ..Claims::default() }));
    if !row.get("exit type").eq_ignore_ascii_case("trade") && !row.get("exit type").is_empty() {
        exit.cause = Cause::Liquidation;
    }
    out.fill(exit)?;
    Stated::add(&mut out.stated.net_pnl, &quote, pnl);
    Ok(Outcome::Read)
}
