//! NinjaTrader 8, Trades grid of Trade Performance: one row is a round trip.

use crate::{
    Cells, Claims, Doc, File, Head, Header, ParseError, RowKind, Run, futures, numbers,
    paired::{self, Half, Pair},
    reader::{Match, Reader},
    run::Out,
    source::Encoding,
    symbols,
    tally::{Fault, Outcome, quoted},
    times::{Clock, user_ordered},
};
use ledger::{Decimal, Side};

static DOC: Doc = Doc {
    id: "ninjatrader-trades",
    name: "NinjaTrader 8 trades",
    how: "In the Control Center choose New, Trade Performance, display Trades in currency, and export the grid.",
    kind: RowKind::RoundTrip,
    carries: "Entry and exit of each round trip, net profit, commission and the fees of clearing, exchange, IP and NFA, MAE and MFE. Comma or \
              semicolon, decimal point or comma, English and French headers.",
    times: "The clock of the computer that exported, without a zone: read as Chicago's unless you name one. Day and month stand in the \
            order of its Windows settings: told by a late day, by AM and PM or by decimal commas, else by you.",
    fees: "Positive is charged; they cover both sides of the row and are put on the exit. `Profit` is net of them.",
    identity: "None: `Trade number` starts again in every report. The row's content, and its turn among equals.",
    limits: "Columns are user-chosen. A grid that displays points, ticks or percent is rejected. A trade scaled in or out is several rows.",
};

const ACCOUNT: &[&str] = &["account", "compte"];
const POSITION: &[&str] = &["market pos.", "pos. marché."];
const QUANTITY: &[&str] = &["qty", "qté"];
const ENTRY_PRICE: &[&str] = &["entry price", "prix d'entrée", "prix d’entrée"];
const EXIT_PRICE: &[&str] = &["exit price", "prix de sortie"];
const ENTRY_TIME: &[&str] = &["entry time", "heure d'entrée", "heure d’entrée"];
const EXIT_TIME: &[&str] = &["exit time", "heure de sortie"];
const FEES: [&str; 4] = ["clearing fee", "exchange fee", "ip fee", "nfa fee"];
const REQUIRED: [&[&str]; 7] =
    [&["instrument"], POSITION, QUANTITY, ENTRY_PRICE, EXIT_PRICE, ENTRY_TIME, EXIT_TIME];
const EXPECTED: &str =
    "it needs the columns Instrument, Market pos., Qty, Entry price, Exit price, Entry time and Exit time";

/// The reader.
pub(crate) struct Trades;

impl Reader for Trades {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn detect(&self, head: &Head) -> Option<Match> {
        let found = head.rows.iter().any(is_header);
        found.then(|| Match::certain("it has NinjaTrader's columns of trades"))
    }

    fn parse(&self, file: File<'_>, run: &mut Run<'_>) -> Result<(), ParseError> {
        let dates = user_ordered(file.head(), run.out.options);
        let clock = run.out.clock("America/Chicago", dates)?;
        run.table(file, Encoding::OrWindows1252, EXPECTED, is_header, |cells, out| row(cells, &clock, out))
    }

    fn sample(&self) -> &'static str {
        include_str!("../samples/ninjatrader-trades.csv")
    }
}

fn is_header(header: &Header) -> bool {
    REQUIRED.iter().all(|names| header.has_any(names))
}

fn row(cells: Cells<'_>, clock: &Clock, out: &mut Out<'_>) -> Result<Outcome, Fault> {
    if let Some(skipped) = out.other_account(cells.any(ACCOUNT)) {
        return Ok(skipped);
    }
    if cells.get("instrument").is_empty() && cells.any(POSITION).is_empty() {
        return Outcome::skip("total", "a total");
    }
    let clock = clock.by_point(cells.point);
    let half = |price: &[&str], time: &[&str], names: [&'static str; 2]| -> Result<Half, Fault> {
        let price = numbers::decimal(names[0], cells.any(price), cells.point)?;
        Ok(Half::new(price, clock.read(names[1], cells.any(time))?))
    };
    let entry = half(ENTRY_PRICE, ENTRY_TIME, ["entry price", "entry time"])?;
    let mut exit = half(EXIT_PRICE, EXIT_TIME, ["exit price", "exit time"])?;
    exit.charges.commission = cells.decimal_or_zero("commission")?;
    for fee in FEES {
        let sum = exit.charges.fees.checked_add(cells.decimal_or_zero(fee)?);
        exit.charges.fees = sum.ok_or_else(|| Fault::new(fee, "bad-number", "the fees are too large"))?;
    }
    pair(cells, entry, exit, out)?.hand_out(out)?;
    Ok(Outcome::Read)
}

fn pair(cells: Cells<'_>, entry: Half, exit: Half, out: &Out<'_>) -> Result<Pair, Fault> {
    let symbol = symbols::clean("instrument", cells.get("instrument"))?;
    let (opened_by, quantity) = (opened_by(cells)?, cells.quantity_of("qty", QUANTITY)?);
    let profit = cells.optional("profit")?;
    let charged = exit.charges.commission.checked_add(exit.charges.fees);
    let gross = profit.zip(charged).and_then(|(profit, charged)| profit.checked_add(charged));
    let points = paired::points(opened_by, entry.price, exit.price, quantity);
    let terms = futures::terms("instrument", &symbol, &exit.at, points.zip(gross), &out.options.currency)?;
    let claims = Claims {
        pnl: profit,
        pnl_is_net: true,
        mae: cells.optional("mae")?.map(|mae| -mae.abs()),
        mfe: cells.optional("mfe")?.map(Decimal::abs),
        ..Claims::default()
    };
    let account = cells.any(ACCOUNT);
    Ok(Pair {
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
        claims,
    })
}

fn opened_by(cells: Cells<'_>) -> Result<Side, Fault> {
    match cells.any(POSITION).to_lowercase().as_str() {
        "long" => Ok(Side::Buy),
        "short" | "court" => Ok(Side::Sell),
        _ => {
            let message = format!("{} is neither Long nor Short", quoted(cells.any(POSITION)));
            Err(Fault::new("market pos.", "bad-side", message))
        }
    }
}
