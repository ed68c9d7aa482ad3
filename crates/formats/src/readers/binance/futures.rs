//! Binance futures trades: contracts that are settled in the quote currency.

use super::spot::take_fee;
use crate::{
    AssetClass, Cells, Claims, Doc, File, Head, ParseError, ParsedFill, RowKind, Run, Stated, numbers,
    reader::{Match, Reader},
    readers::coins,
    run::Out,
    sides,
    source::Encoding,
    symbols,
    tally::{Fault, Outcome},
    times::{Clock, DateRule},
};

/// The format `binance-futures`.
pub(crate) struct Futures;

const COLUMNS: [&str; 7] = ["date(utc)", "symbol", "side", "price", "quantity", "fee", "realized profit"];

static DOC: Doc = Doc {
    id: "binance-futures",
    name: "Binance futures trades (CSV)",
    how: "Orders > Futures Order > USD-M Futures > Trade History > Export.",
    kind: RowKind::Fill,
    carries: "Executions with price, quantity, fee and the P&L that the exchange realised, which is gross of fees.",
    times: "yyyy-MM-dd HH:mm:ss in UTC.",
    fees: "Positive: charged; negative: a rebate. In the coin of Fee Coin, else in the quote currency; BNB stays a charge of its own.",
    identity: "None: the content of the row and its turn among equal rows.",
    limits: "Funding stands in the statement only. Contracts margined in coin (BTCUSD_PERP) are rejected: their quantity counts contracts \
             of a fixed value in USD.",
};

impl Reader for Futures {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn detect(&self, head: &Head) -> Option<Match> {
        head.columns(&COLUMNS)
    }

    fn parse(&self, file: File<'_>, run: &mut Run<'_>) -> Result<(), ParseError> {
        let clock = Clock::utc(DateRule::YearFirst);
        let expected =
            "it needs the columns Date(UTC), Symbol, Side, Price, Quantity, Fee and Realized Profit";
        run.table(
            file,
            Encoding::Utf8,
            expected,
            |header| header.has(&COLUMNS),
            |row, out| read(row, &clock, out),
        )
    }

    fn sample(&self) -> &'static str {
        "Date(UTC),Symbol,Side,Price,Quantity,Amount,Fee,Fee Coin,Realized Profit,Quote Asset\n\
         2026-01-05 14:30:00,BTCUSDT,BUY,60000,0.5,30000,12,USDT,0,USDT\n\
         2026-01-05 14:35:00,BTCUSDT,SELL,61000,0.3,18300,7.32,USDT,300,USDT\n\
         2026-01-05 14:35:00,BTCUSDT,SELL,61000,0.2,12200,0.006,BNB,200,USDT\n\
         2026-01-05 15:00:00,ETHUSDC,SELL,3000,1,3000,-0.15,USDC,0,USDC\n"
    }
}

fn read(row: Cells<'_>, clock: &Clock, out: &mut Out<'_>) -> Result<Outcome, Fault> {
    let moment = clock.read("date(utc)", row.get("date(utc)"))?;
    let symbol = symbols::clean("symbol", row.get("symbol"))?;
    let (side, effect) = sides::side("side", row.get("side"))?;
    let contract = symbol.split('_').next().unwrap_or_default();
    let (base, quote) = coins::base_and_quote("symbol", contract)?;
    if quote == "USD" {
        let message = "a contract margined in coin has its P&L in that coin: it is not read";
        return Err(Fault::new("symbol", "inverse-contract", message));
    }
    let (quantity, _) = coins::amount("quantity", row.get("quantity"), &base, row.point)?;
    let (price, _) = coins::amount("price", row.get("price"), &quote, row.point)?;
    let mut fill = ParsedFill::new(row.line, moment, symbol, side, quantity, price, quote);
    fill.asset_class = AssetClass::Future;
    fill.effect = effect;
    take_fee(&mut fill, row, &base)?;
    let profit = row.get("realized profit");
    if !numbers::is_null(profit) {
        let (pnl, _) = coins::amount("realized profit", profit, "", row.point)?;
        fill.claims = Some(Box::new(Claims { pnl: Some(pnl), ..Claims::default() }));
    }
    let (currency, pnl) = (fill.currency.clone(), fill.claims.as_ref().and_then(|claims| claims.pnl));
    out.fill(fill)?;
    if let Some(pnl) = pnl {
        Stated::add(&mut out.stated.gross_pnl, &currency, pnl);
    }
    Ok(Outcome::Read)
}
