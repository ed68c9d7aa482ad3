//! Bybit derivatives trades, in the older layout (`Contracts`) and the newer one (`Market`).

use super::{clock, linear_quote, side};
use crate::{
    AssetClass, CashKind, Cause, Cells, Doc, File, Head, Header, Moment, ParseError, ParsedCash, ParsedEvent,
    ParsedFill, RowKind, Run, numbers,
    reader::{Match, Reader},
    readers::coins,
    run::Out,
    sides,
    source::Encoding,
    symbols,
    tally::{Fault, Outcome},
};
use ledger::Decimal;

/// The format `bybit-derivatives`.
pub(crate) struct Derivatives;

const OLDER: [&str; 7] =
    ["contracts", "order no.", "direction", "filled qty", "filled price", "filled type", "fees paid"];
const NEWER: [&str; 7] =
    ["market", "order no.", "direction", "filled quantity", "filled price", "filled type", "trading fee"];
const TIME: &str = "transaction time";

static DOC: Doc = Doc {
    id: "bybit-derivatives",
    name: "Bybit derivatives trades (CSV)",
    how: "Orders > Unified Trading Order > Derivatives Orders > Trade History > Export.",
    kind: RowKind::Fill,
    carries: "Executions with price, quantity and fee; funding as cash; liquidations are marked.",
    times: "HH:mm yyyy-MM-dd or ISO 8601; the column's name carries the zone: Transaction Time(UTC+10).",
    fees: "With the sign of the fee rate: positive rate charged, negative rate a rebate. Files without a rate: positive is charged.",
    identity: "Transaction ID (some files spell it Trasaction ID); order: Order No.",
    limits: "Contracts margined in coin (BTCUSD) are rejected: their quantity counts USD. Times to the minute: rows of one minute keep \
             the file's order.",
};

fn is_header(header: &Header) -> bool {
    (header.has(&OLDER) || header.has(&NEWER)) && header.starting_with(TIME).is_some()
}

impl Reader for Derivatives {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn detect(&self, head: &Head) -> Option<Match> {
        head.rows.iter().find(|header| is_header(header))?;
        head.columns(&OLDER).or_else(|| head.columns(&NEWER))
    }

    fn parse(&self, file: File<'_>, run: &mut Run<'_>) -> Result<(), ParseError> {
        let expected = "it needs the columns Contracts (or Market), Order No., Direction, Filled Qty, Filled Price, Filled Type, Fees \
                        Paid and Transaction Time(UTC...)";
        run.table(file, Encoding::Utf8, expected, is_header, read)
    }

    fn sample(&self) -> &'static str {
        "Contracts,Order No.,Direction,Order Type,Filled Qty,Filled Price,Order Price,Filled Type,Trading Fee Rate,Fees Paid,Trasaction ID,Transaction Time(UTC+10),Final Balance (USDT)\n\
         BTCUSDT,o-1,Open Long,Market,0.5,60000,--,Trade,0.00055,16.5,t-1,22:55 2026-01-05,1000\n\
         BTCUSDT,o-2,Close Long,Limit,0.5,61000,61000,Trade,0.0002,6.1,t-2,23:10 2026-01-05,1477.4\n\
         ETHUSDT,o-3,Sell,Limit,1,3000,3000,Trade,-0.0001,-0.3,t-3,2026-01-05 23:30:00,1477.7\n\
         ETHUSDT,o-4,Sell,--,1,3010,--,Funding,0.0001,0.301,t-4,2026-01-06 02:00:00,1477.4\n\
         ETHUSDT,o-5,Buy,Market,1,3300,--,Liquidation,0.00055,1.815,t-5,2026-01-06 03:00:00,1175\n"
    }
}

fn read(row: Cells<'_>, out: &mut Out<'_>) -> Result<Outcome, Fault> {
    let time = row.header.starting_with(TIME).unwrap_or_default();
    let moment = clock(row.header, TIME).read(TIME, row.get(time))?;
    let contract = symbols::clean("contracts", row.any(&["contracts", "market"]))?;
    let quote = linear_quote("contracts", &contract)?;
    let charged = charged(row)?;
    let id = row.any(&["trasaction id", "transaction id"]);
    let id = symbols::identifier("trasaction id", id)?;
    let filled = row.get("filled type").to_ascii_lowercase();
    if filled.contains("funding") {
        out.event(ParsedEvent::Cash(funding(row.line, id, contract, quote, moment, charged)));
        return Ok(Outcome::Read);
    }
    let (side, effect) = side("direction", row.get("direction"))?;
    let quantity = row.any(&["filled qty", "filled quantity"]);
    let signed = numbers::decimal("filled qty", quantity, row.point)?;
    let quantity = sides::quantity("filled qty", signed, side)?;
    let price = row.decimal("filled price")?;
    let mut fill = ParsedFill::new(row.line, moment, contract, side, quantity, price, quote);
    fill.asset_class = AssetClass::Future;
    fill.execution_id = id;
    fill.order_id = Some(row.get("order no.").to_owned()).filter(|order| !order.is_empty());
    fill.effect = effect;
    if ["liq", "bust", "adl"].iter().any(|word| filled.contains(word)) {
        fill.cause = Cause::Liquidation;
    }
    let coin = row.get("feecoin");
    let coin = if numbers::is_null(coin) { fill.currency.clone() } else { coins::code("feecoin", coin)? };
    coins::charge(&mut fill, charged, &coin)?;
    out.fill(fill)?;
    Ok(Outcome::Read)
}

/// The fee with the sign of its rate: files differ in the sign that they give a charge.
fn charged(row: Cells<'_>) -> Result<Decimal, Fault> {
    let fee = row.any(&["fees paid", "trading fee"]);
    let fee = numbers::decimal_or_zero("fees paid", fee, row.point)?;
    let rate = row.any(&["trading fee rate", "fee rate"]).trim_end_matches('%');
    Ok(match numbers::optional("trading fee rate", rate, row.point)? {
        Some(rate) if rate.is_positive() => fee.abs(),
        Some(rate) if rate.is_negative() => -fee.abs(),
        Some(_) | None => fee,
    })
}

fn funding(
    line: u64,
    id: String,
    contract: String,
    quote: String,
    booked_at: Moment,
    charged: Decimal,
) -> ParsedCash {
    ParsedCash {
        line,
        id,
        account: None,
        kind: CashKind::Funding,
        amount: -charged,
        currency: quote,
        symbol: Some(contract),
        execution_id: None,
        booked_at,
        description: "Funding".to_owned(),
    }
}
