//! Binance conversions: one coin for another at a quoted rate.

use crate::{
    AssetClass, Cells, Doc, File, Head, ParseError, ParsedFill, RowKind, Run,
    reader::{Match, Reader},
    readers::coins,
    run::Out,
    source::Encoding,
    symbols,
    tally::{Fault, Outcome, quoted},
    times::{Clock, DateRule},
};
use ledger::{Decimal, Side};

/// The format `binance-convert`.
pub(crate) struct Convert;

const COLUMNS: [&str; 7] = ["date", "pair", "sell", "buy", "price", "inverse price", "status"];

static DOC: Doc = Doc {
    id: "binance-convert",
    name: "Binance conversions (CSV)",
    how: "Orders > Convert History > Export.",
    kind: RowKind::Fill,
    carries: "Conversions as trades of their pair: buying the base sells the quote.",
    times: "yyyy-MM-dd HH:mm:ss in UTC.",
    fees: "None: the price contains them.",
    identity: "None: the content of the row and its turn among equal rows.",
    limits: "The price is what the two amounts give; one that has no end is rounded to 30 digits and told.",
};

impl Reader for Convert {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn detect(&self, head: &Head) -> Option<Match> {
        head.columns(&COLUMNS)
    }

    fn parse(&self, file: File<'_>, run: &mut Run<'_>) -> Result<(), ParseError> {
        let clock = Clock::utc(DateRule::YearFirst);
        let expected = "it needs the columns Date, Pair, Sell, Buy, Price, Inverse Price and Status";
        run.table(
            file,
            Encoding::Utf8,
            expected,
            |header| header.has(&COLUMNS),
            |row, out| read(row, &clock, out),
        )
    }

    fn sample(&self) -> &'static str {
        "Date,Wallet,Pair,Type,Sell,Buy,Price,Inverse Price,Date Updated,Status\n\
         2026-01-05 14:30:00,Spot Wallet,BTCUSDT,Market,30000 USDT,0.5 BTC,1 BTC = 60000 USDT,1 USDT = 0.0000167 BTC,2026-01-05 14:30:01,Successful\n\
         2026-01-05 14:31:00,Spot Wallet,BTCUSDT,Market,0.5 BTC,30500 USDT,1 BTC = 61000 USDT,1 USDT = 0.0000164 BTC,2026-01-05 14:31:01,Successful\n\
         2026-01-05 14:32:00,Spot Wallet,ETHUSDT,Limit,3000 USDT,1 ETH,1 ETH = 3000 USDT,1 USDT = 0.00033 ETH,2026-01-05 14:32:01,Expired\n"
    }
}

fn read(row: Cells<'_>, clock: &Clock, out: &mut Out<'_>) -> Result<Outcome, Fault> {
    let status = row.get("status");
    if !status.eq_ignore_ascii_case("successful") {
        return Outcome::skip("not-filled", format!("the conversion is {}, not Successful", quoted(status)));
    }
    let moment = clock.read("date", row.get("date"))?;
    let symbol = symbols::clean("pair", row.get("pair"))?;
    let (sold, sold_coin) = moved("sell", row)?;
    let (bought, bought_coin) = moved("buy", row)?;
    let plain: String = symbol.chars().filter(char::is_ascii_alphanumeric).collect();
    let (side, quantity, total, quote) = if plain == format!("{bought_coin}{sold_coin}") {
        (Side::Buy, bought, sold, sold_coin)
    } else if plain == format!("{sold_coin}{bought_coin}") {
        (Side::Sell, sold, bought, bought_coin)
    } else {
        let message = format!("{} is not made of {sold_coin} and {bought_coin}", quoted(&symbol));
        return Err(Fault::new("pair", "unknown-pair", message));
    };
    let price = coins::price("sell", total, quantity, out)?;
    let fill = ParsedFill::new(row.line, moment, symbol, side, quantity, price, quote);
    out.fill(coins::of_class(fill, AssetClass::Crypto))?;
    Ok(Outcome::Read)
}

/// `0.5 BTC`, `51INCH`: the amount and its coin, which may start with a digit when the two stand apart.
fn moved(column: &'static str, row: Cells<'_>) -> Result<(Decimal, String), Fault> {
    let cell = row.required(column)?;
    let (amount, unit) = match cell.rsplit_once(' ') {
        Some((_, unit)) => coins::amount(column, cell, unit, row.point)?,
        None => coins::amount(column, cell, "", row.point)?,
    };
    Ok((amount, coins::code(column, unit)?))
}
