//! Bybit spot trades.

use super::{clock, side};
use crate::{
    AssetClass, Cells, Doc, File, Head, Header, ParseError, ParsedFill, RowKind, Run, numbers,
    reader::{Match, Reader},
    readers::coins,
    run::Out,
    source::Encoding,
    symbols,
    tally::{Fault, Outcome},
};
use ledger::Side;

/// The format `bybit-spot`.
pub(crate) struct Spot;

const COLUMNS: [&str; 6] =
    ["spot pairs", "direction", "filled value", "filled price", "filled quantity", "transaction id"];
const TIME: &str = "timestamp";

static DOC: Doc = Doc {
    id: "bybit-spot",
    name: "Bybit spot trades (CSV)",
    how: "Orders > Unified Trading Order > Spot Orders > Trade History > Export.",
    kind: RowKind::Fill,
    carries: "Executions with price, quantity and fee. Symbols as the exchange writes them: BTCUSDT.",
    times: "yyyy-MM-dd HH:mm:ss or HH:mm yyyy-MM-dd; the column's name carries the zone, usually UTC.",
    fees: "Positive: charged, in feeCoin where the file has it (Fees, else ExecFeeV2), else in the coin received: the base of a \
           purchase, the quote of a sale.",
    identity: "Transaction ID; order: Order No.",
    limits: "The quantity is what was traded; a fee in the coin bought is taken off by the engine.",
};

fn is_header(header: &Header) -> bool {
    header.has(&COLUMNS) && header.starting_with(TIME).is_some()
}

impl Reader for Spot {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn detect(&self, head: &Head) -> Option<Match> {
        head.rows.iter().find(|header| is_header(header))?;
        head.columns(&COLUMNS)
    }

    fn parse(&self, file: File<'_>, run: &mut Run<'_>) -> Result<(), ParseError> {
        let expected = "it needs the columns Spot Pairs, Direction, Filled Value, Filled Price, Filled Quantity, Transaction ID and \
                        Timestamp";
        run.table(file, Encoding::Utf8, expected, is_header, read)
    }

    fn sample(&self) -> &'static str {
        "Uid,Spot Pairs,Order Type,Direction,Filled Value,Filled Price,Filled Quantity,Fees,Transaction ID,Order No.,Timestamp (UTC+0)\n\
         101,BTCUSDT,LIMIT,BUY,600.00,60000.00,0.0100,0.00001,2290000000000000001, 1836000001,2026-01-05 14:30:00\n\
         101,BTCUSDT,MARKET,SELL,610.00,61000.00,0.0100,0.61,2290000000000000002, 1836000002,15:30 2026-01-05\n\
         101,1INCHUSDT,LIMIT,BUY,4.00,0.40,10,--,2290000000000000003, 1836000003,2026-01-05 16:30:00\n"
    }
}

fn read(row: Cells<'_>, out: &mut Out<'_>) -> Result<Outcome, Fault> {
    let account = row.get("uid");
    if let Some(other) = out.other_account(account) {
        return Ok(other);
    }
    let time = row.header.starting_with(TIME).unwrap_or_default();
    let moment = clock(row.header, TIME).read(TIME, row.get(time))?;
    let symbol = symbols::clean("spot pairs", row.get("spot pairs"))?;
    let (base, quote) = coins::base_and_quote("spot pairs", &symbol)?;
    let (side, effect) = side("direction", row.get("direction"))?;
    let received = if side == Side::Buy { &base } else { &quote };
    let (fee, coin) = fee(row, &base, received)?;
    let (quantity, _) = coins::amount("filled quantity", row.get("filled quantity"), &base, row.point)?;
    let (price, _) = coins::amount("filled price", row.get("filled price"), &quote, row.point)?;
    let fill = ParsedFill::new(row.line, moment, symbol, side, quantity, price, quote);
    let mut fill = coins::of_class(fill, AssetClass::Crypto);
    fill.execution_id = symbols::identifier("transaction id", row.get("transaction id"))?;
    fill.order_id = Some(row.get("order no.").to_owned()).filter(|order| !order.is_empty());
    fill.account = (!account.is_empty()).then(|| account.to_owned());
    fill.effect = effect;
    coins::charge(&mut fill, fee, &coin)?;
    out.fill(fill)?;
    Ok(Outcome::Read)
}

/// The fee and its coin.
fn fee(row: Cells<'_>, base: &str, received: &str) -> Result<(ledger::Decimal, String), Fault> {
    let stated =
        ["fees", "execfeev2"].into_iter().map(|column| row.get(column)).find(|cell| !numbers::is_null(cell));
    let Some(cell) = stated else { return Ok((ledger::Decimal::ZERO, received.to_owned())) };
    let (fee, unit) = coins::amount("fees", cell, base, row.point)?;
    let coin =
        [row.get("feecoin"), unit].into_iter().find(|coin| !numbers::is_null(coin)).unwrap_or(received);
    Ok((fee, coins::code("feecoin", coin)?))
}
