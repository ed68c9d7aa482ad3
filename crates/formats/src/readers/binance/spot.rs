//! Binance spot trades, in the three layouts that the exchange has used.

use crate::{
    AssetClass, Cells, Doc, File, Head, Header, ParseError, ParsedFill, RowKind, Run,
    reader::{Match, Reader},
    readers::coins,
    run::Out,
    sides,
    source::Encoding,
    symbols,
    tally::{Fault, Outcome},
    times::{Clock, DateRule},
};
use ledger::Decimal;

/// The format `binance-spot`.
pub(crate) struct Spot;

/// Units are glued to the numbers.
const GLUED: [&str; 7] = ["date(utc)", "pair", "side", "price", "executed", "amount", "fee"];
const OLDER: [&str; 8] = ["date(utc)", "market", "type", "price", "amount", "total", "fee", "fee coin"];
const OTHER: [&str; 8] = ["date(utc)", "symbol", "side", "price", "quantity", "amount", "fee", "fee coin"];
const EXPECTED: &str = "it needs the columns Date(UTC), Pair, Side, Price, Executed, Amount, Fee; or Date(UTC), Market, Type, Price, \
                        Amount, Total, Fee, Fee Coin; or Date(UTC), Symbol, Side, Price, Quantity, Amount, Fee, Fee Coin";

static DOC: Doc = Doc {
    id: "binance-spot",
    name: "Binance spot trades (CSV)",
    how: "Orders > Spot Order > Trade History > Export.",
    kind: RowKind::Fill,
    carries: "Executions with price, quantity and fee. Symbols as the exchange writes them: BTCUSDT.",
    times: "yyyy-MM-dd HH:mm:ss in UTC.",
    fees: "Positive: charged, in the coin that was taken: the quote currency as commission, any other coin (BNB, the coin bought) as a \
           charge of its own.",
    identity: "None: the content of the row and its turn among equal rows. Equal fills within a second are common.",
    limits: "No order ids. The quantity is what was traded; a fee in the coin bought is taken off by the engine.",
};

/// Which column holds what.
#[derive(Clone, Copy)]
struct Layout {
    pair: &'static str,
    side: &'static str,
    quantity: &'static str,
    amount: &'static str,
}

fn layout(header: &Header) -> Option<Layout> {
    let layout = |pair, side, quantity, amount| Some(Layout { pair, side, quantity, amount });
    match header {
        header if header.index("realized profit").is_some() => None,
        header if header.has(&GLUED) => layout("pair", "side", "executed", "amount"),
        header if header.has(&OLDER) => layout("market", "type", "amount", "total"),
        header if header.has(&OTHER) => layout("symbol", "side", "quantity", "amount"),
        _ => None,
    }
}

impl Reader for Spot {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn detect(&self, head: &Head) -> Option<Match> {
        head.rows.iter().find_map(layout)?;
        [&GLUED[..], &OLDER, &OTHER].into_iter().find_map(|columns| head.columns(columns))
    }

    fn parse(&self, file: File<'_>, run: &mut Run<'_>) -> Result<(), ParseError> {
        let clock = Clock::utc(DateRule::YearFirst);
        run.table_of(file, Encoding::Utf8, EXPECTED, layout, |layout, row, out| {
            read(layout, row, &clock, out)
        })
    }

    fn sample(&self) -> &'static str {
        "Date(UTC),Pair,Side,Price,Executed,Amount,Fee\n\
         2026-01-05 14:30:00,BTCUSDT,BUY,60000,0.5BTC,\"30,000USDT\",0.0003BNB\n\
         2026-01-05 14:30:00,BTCUSDT,BUY,60000,0.5BTC,\"30,000USDT\",0.0003BNB\n\
         2026-01-05 14:31:00,ETHUSDT,BUY,3000,1ETH,3000USDT,0.001ETH\n\
         2026-01-05 14:32:00,1INCHUSDT,SELL,0.4,51INCH,2USDT,0.002USDT\n\
         2026-01-05 14:33:00,BTCUSDT,SELL,61000,1BTC,61000USDT,61USDT\n"
    }
}

fn read(layout: Layout, row: Cells<'_>, clock: &Clock, out: &mut Out<'_>) -> Result<Outcome, Fault> {
    let moment = clock.read("date(utc)", row.get("date(utc)"))?;
    let symbol = symbols::clean(layout.pair, row.get(layout.pair))?;
    let (side, effect) = sides::side(layout.side, row.get(layout.side))?;
    let (quantity, base, quote) = traded(layout, row, &symbol)?;
    let (price, _) = coins::amount("price", row.get("price"), &quote, row.point)?;
    let fill = ParsedFill::new(row.line, moment, symbol, side, quantity, price, quote);
    let mut fill = coins::of_class(fill, AssetClass::Crypto);
    fill.effect = effect;
    take_fee(&mut fill, row, &base)?;
    out.fill(fill)?;
    Ok(Outcome::Read)
}

/// Quantity, base and quote: units behind the numbers or a column say what the pair is made of, else the pair itself.
fn traded(layout: Layout, row: Cells<'_>, symbol: &str) -> Result<(Decimal, String, String), Fault> {
    let unit = coins::amount(layout.amount, row.get(layout.amount), "", row.point)?.1;
    let quote = [row.get("quote asset"), unit].into_iter().find(|quote| !quote.is_empty());
    let (base, quote) = match quote
        .and_then(|quote| Some((symbol.strip_suffix(quote)?.trim_end_matches(['/', '-', '_']), quote)))
    {
        Some((base, quote)) if !base.is_empty() => (base.to_owned(), quote.to_owned()),
        Some(_) | None => coins::base_and_quote(layout.pair, symbol)?,
    };
    let (quantity, _) = coins::amount(layout.quantity, row.get(layout.quantity), &base, row.point)?;
    Ok((quantity, coins::code(layout.pair, &base)?, coins::code(layout.amount, &quote)?))
}

/// The coin of a fee stands in a column of its own or behind the number; else it is the quote.
pub(super) fn take_fee(fill: &mut ParsedFill, row: Cells<'_>, base: &str) -> Result<(), Fault> {
    let cell = row.get("fee");
    if crate::numbers::is_null(cell) {
        return Ok(());
    }
    let (fee, unit) = coins::amount("fee", cell, base, row.point)?;
    let coin = [row.get("fee coin"), unit].into_iter().find(|coin| !coin.is_empty());
    let coin = coin.map_or_else(|| Ok(fill.currency.clone()), |coin| coins::code("fee", coin))?;
    coins::charge(fill, fee, &coin)
}
