//! Coinbase Advanced and Coinbase Pro: the fills report.

use crate::{
    AssetClass, Cells, Doc, File, Head, ParseError, ParsedFill, RowKind, Run,
    reader::{Match, Reader},
    readers::coins,
    run::Out,
    sides,
    source::Encoding,
    symbols,
    tally::{Fault, Outcome},
    times::{Clock, DateRule},
};

/// The format `coinbase-fills`.
pub(crate) struct Fills;

const COLUMNS: [&str; 8] = ["trade id", "product", "side", "created at", "size", "price", "fee", "total"];

static DOC: Doc = Doc {
    id: "coinbase-fills",
    name: "Coinbase Advanced or Pro fills (CSV)",
    how: "Statements > Fills > Generate > CSV.",
    kind: RowKind::Fill,
    carries: "Executions with price, size and fee. Symbols as the exchange writes them: BTC-USD.",
    times: "ISO 8601 in UTC.",
    fees: "Positive: charged, in the unit of price, fee and total.",
    identity: "trade id and product: ids count per product.",
    limits: "A portfolio is an account of its own: import a file with several once for each.",
};

impl Reader for Fills {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn detect(&self, head: &Head) -> Option<Match> {
        head.columns(&COLUMNS)
    }

    fn parse(&self, file: File<'_>, run: &mut Run<'_>) -> Result<(), ParseError> {
        let clock = Clock::utc(DateRule::YearFirst);
        let expected = "it needs the columns trade id, product, side, created at, size, price, fee and total";
        run.table(
            file,
            Encoding::Utf8,
            expected,
            |header| header.has(&COLUMNS),
            |row, out| read(row, &clock, out),
        )
    }

    fn sample(&self) -> &'static str {
        "portfolio,trade id,product,side,created at,size,size unit,price,fee,total,price/fee/total unit\n\
         default,101,BTC-USD,BUY,2026-01-05T14:30:00.123Z,0.5,BTC,60000,30,-30030,USD\n\
         default,102,BTC-USD,SELL,2026-01-05T15:30:00.456Z,0.5,BTC,61000,30.5,30469.5,USD\n\
         default,101,1INCH-EUR,BUY,2026-01-05T16:30:00Z,10,1INCH,0.4,0.02,-4.02,EUR\n"
    }
}

fn read(row: Cells<'_>, clock: &Clock, out: &mut Out<'_>) -> Result<Outcome, Fault> {
    let portfolio = row.get("portfolio");
    if let Some(other) = out.other_account(portfolio) {
        return Ok(other);
    }
    let moment = clock.read("created at", row.get("created at"))?;
    let product = symbols::clean("product", row.get("product"))?;
    let (side, effect) = sides::side("side", row.get("side"))?;
    let currency = match row.get("price/fee/total unit") {
        "" => coins::base_and_quote("product", &product)?.1,
        unit => coins::code("price/fee/total unit", unit)?,
    };
    let id = format!("{}:{product}", symbols::identifier("trade id", row.get("trade id"))?);
    let (quantity, price) = (row.quantity("size")?, row.decimal("price")?);
    let fill = ParsedFill::new(row.line, moment, product, side, quantity, price, currency);
    let mut fill = coins::of_class(fill, AssetClass::Crypto);
    fill.execution_id = id;
    fill.account = (!portfolio.is_empty()).then(|| portfolio.to_owned());
    fill.effect = effect;
    fill.commission = row.decimal_or_zero("fee")?;
    out.fill(fill)?;
    Ok(Outcome::Read)
}
