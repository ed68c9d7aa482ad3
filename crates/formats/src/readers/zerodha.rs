//! Zerodha: the tradebook of Console, one row an execution.

use crate::{
    AssetClass, Cells, Doc, File, Head, Header, OptionTerms, ParseError, ParsedFill, RowKind, Run,
    instruments,
    reader::{Match, Reader},
    run::Out,
    sides,
    source::Encoding,
    symbols,
    tally::{Fault, Outcome, quoted},
    times::{Clock, DateRule, date},
};
use ledger::{Decimal, Right};

/// The format `zerodha-tradebook`.
pub(crate) struct Tradebook;

const COLUMNS: [&str; 9] = [
    "symbol",
    "trade_date",
    "exchange",
    "segment",
    "trade_type",
    "quantity",
    "price",
    "trade_id",
    "order_execution_time",
];

static DOC: Doc = Doc {
    id: "zerodha-tradebook",
    name: "Zerodha tradebook (CSV)",
    how: "Console > Reports > Tradebook > Download CSV.",
    kind: RowKind::Fill,
    carries: "Executions of shares, futures and options in rupees. Quantities of futures and options are units, not lots.",
    times: "order_execution_time, yyyy-MM-ddTHH:mm:ss, Asia/Kolkata unless the import names another zone.",
    fees: "None: brokerage and taxes are in the contract notes only.",
    identity: "Exchange, trade_date and trade_id: exchanges count anew each day.",
    limits: "Commodities and currencies, which are counted in lots, are refused: the file does not say what a lot is worth. Expiries are \
             not in the file. The terms of an option are known where the file has expiry_date.",
};

impl Reader for Tradebook {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn detect(&self, head: &Head) -> Option<Match> {
        head.columns(&COLUMNS)
    }

    fn parse(&self, file: File<'_>, run: &mut Run<'_>) -> Result<(), ParseError> {
        let clock = run.out.clock("Asia/Kolkata", DateRule::DayFirst)?;
        run.table(
            file,
            Encoding::Utf8,
            "it needs the columns symbol, trade_date, exchange, segment, trade_type, quantity, price, trade_id and order_execution_time",
            |header: &Header| header.has(&COLUMNS),
            |row, out| read(row, &clock, out),
        )
    }

    fn sample(&self) -> &'static str {
        "symbol,isin,trade_date,exchange,segment,series,trade_type,auction,quantity,price,trade_id,order_id,order_execution_time,\
         expiry_date\n\
         INFY,INE009A01021,2026-01-05,NSE,EQ,EQ,buy,false,10.000000,1500.500000,400001,1100000001,2026-01-05T09:15:32,\n\
         INFY,INE009A01021,2026-01-06,NSE,EQ,EQ,sell,false,10.000000,1510.000000,400002,1100000002,2026-01-06T09:15:32,\n\
         NIFTY26JAN25000CE,,2026-01-05,NSE,FO,,buy,false,75.000000,120.500000,500001,1200000001,2026-01-05T09:16:00,2026-01-29\n\
         NIFTY26JANFUT,,2026-01-05,NSE,FO,,sell,false,75.000000,25100.000000,500002,1200000002,2026-01-05T09:17:00,2026-01-29\n"
    }
}

fn read(row: Cells<'_>, clock: &Clock, out: &mut Out<'_>) -> Result<Outcome, Fault> {
    let (side, effect) = sides::side("trade_type", row.get("trade_type"))?;
    let moment = clock.read("order_execution_time", row.get("order_execution_time"))?;
    let symbol = symbols::clean("symbol", row.get("symbol"))?;
    let trade = symbols::identifier("trade_id", row.get("trade_id"))?;
    let (quantity, price) = (row.quantity("quantity")?, row.decimal("price")?);
    let mut fill = ParsedFill::new(row.line, moment, symbol, side, quantity, price, "INR");
    fill.effect = effect;
    fill.execution_id = format!("{}:{}:{trade}", row.get("exchange"), row.get("trade_date"));
    fill.order_id = Some(row.get("order_id")).filter(|order| !order.is_empty()).map(str::to_owned);
    let class = class(row)?;
    instruments::identify(&mut fill, Some(class), Some(Decimal::ONE))?;
    fill.multiplier_source = crate::MultiplierSource::Usual;
    fill.option = option(row).map(Box::new);
    out.fill(fill)?;
    Ok(Outcome::Read)
}

fn class(row: Cells<'_>) -> Result<AssetClass, Fault> {
    let symbol = row.get("symbol");
    match row.get("segment").to_ascii_uppercase().as_str() {
        "EQ" | "MF" => Ok(AssetClass::Stock),
        "FO" if symbol.ends_with("FUT") => Ok(AssetClass::Future),
        "FO" => Ok(AssetClass::Option),
        other => {
            let message = format!(
                "{} is counted in lots, and the file does not say what a lot is worth",
                quoted(other)
            );
            Err(Fault::new("segment", "unknown-contract", message))
        }
    }
}

/// `NIFTY26JAN25000CE`, `NIFTY2611325000PE`: root, five letters for the expiry, strike, call or put.
fn option(row: Cells<'_>) -> Option<OptionTerms> {
    let expiry = date(row.get("expiry_date"), DateRule::YearFirst)?;
    let symbol = row.get("symbol");
    let (right, rest) = match (symbol.strip_suffix("CE"), symbol.strip_suffix("PE")) {
        (Some(rest), _) => (Right::Call, rest),
        (_, Some(rest)) => (Right::Put, rest),
        (None, None) => return None,
    };
    let (underlying, coded) = rest.split_at_checked(rest.find(|letter: char| letter.is_ascii_digit())?)?;
    let strike = Decimal::from_str_exact(coded.get(5..)?).ok().filter(Decimal::is_positive)?;
    Some(OptionTerms { underlying: underlying.to_owned(), expiry, right, strike })
}
