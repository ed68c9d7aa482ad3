//! Tradervue's generic CSV, which many tools write: `Date,Time,Symbol,Quantity,Price,Side[,Commission,TransFee,ECNFee]`.

use crate::{
    Cells, Doc, File, Head, Header, ParseError, ParsedFill, RowKind, Run, instruments,
    reader::{Match, Reader},
    run::Out,
    sides,
    source::Encoding,
    symbols,
    tally::{Fault, Outcome},
    times::{Clock, DateRule},
};

/// The format `tradervue-generic`.
pub(crate) struct Generic;

const EXPECTED: &str = "it needs the columns Date, Time, Symbol, Quantity, Price and Side";
const COLUMNS: [&str; 6] = ["date", "time", "symbol", "quantity", "price", "side"];
const FEES: [&str; 2] = ["transfee", "ecnfee"];

static DOC: Doc = Doc {
    id: "tradervue-generic",
    name: "Tradervue generic (CSV)",
    how: "Any tool that exports for Tradervue: Date,Time,Symbol,Quantity,Price,Side,Commission,TransFee,ECNFee.",
    kind: RowKind::Fill,
    carries: "Executions with commission, transaction fee and ECN fee.",
    times: "MM/dd/yyyy, MM-dd-yyyy, yyyy/MM/dd, yyyy-MM-dd or yyyyMMdd, never day first; America/New_York unless the import names another zone.",
    fees: "Positive: charged; negative: a rebate. TransFee and ECNFee are added up as fees.",
    identity: "None in the file: the content of the row and its turn among equal rows.",
    limits: "Currency and multiplier are not in the file: the account's currency, the table of contracts, 100 for options.",
};

impl Reader for Generic {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn detect(&self, head: &Head) -> Option<Match> {
        let header = head.header(&COLUMNS)?;
        FEES.iter().any(|fee| header.index(fee).is_some()).then(|| Match {
            confidence: 0.95,
            why: "it has the columns TransFee or ECNFee beside Date, Time, Symbol, Quantity, Price and Side"
                .to_owned(),
        })
    }

    fn parse(&self, file: File<'_>, run: &mut Run<'_>) -> Result<(), ParseError> {
        // The layout is defined to put the month first, whatever its dates look like.
        let zone = run.out.options.time_zone.as_deref();
        let clock = Clock::new(zone, "America/New_York", DateRule::MonthFirst)?;
        run.table(
            file,
            Encoding::OrWindows1252,
            EXPECTED,
            |header: &Header| header.has(&COLUMNS),
            |row, out| read(row, &clock, out),
        )
    }

    fn sample(&self) -> &'static str {
        "Date,Time,Symbol,Quantity,Price,Side,Commission,TransFee,ECNFee\n\
         01/05/2026,09:30:00,AAPL,100,243.36,B,1.00,0.02,-0.20\n\
         01/05/2026,09:30:00,AAPL,100,243.36,B,1.00,0.02,-0.20\n\
         2026-01-05,09:45:00,AAPL,200,244,S,1.00,0.02,0.60\n\
         20260105,10:00:00,TSLA,50,400.5,SS,1.00,,\n"
    }
}

fn read(row: Cells<'_>, clock: &Clock, out: &mut Out<'_>) -> Result<Outcome, Fault> {
    let moment = clock.read("date", &format!("{} {}", row.get("date"), row.get("time")))?;
    let (side, effect) = sides::side("side", row.get("side"))?;
    let symbol = symbols::clean("symbol", row.get("symbol"))?;
    let currency = symbols::currency("currency", row.get("currency"), &out.options.currency)?;
    let quantity = sides::quantity("quantity", row.decimal("quantity")?, side)?;
    let mut fill = ParsedFill::new(row.line, moment, symbol, side, quantity, row.decimal("price")?, currency);
    fill.effect = effect;
    fill.commission = row.decimal_or_zero("commission")?;
    let (trans, ecn) = (row.decimal_or_zero("transfee")?, row.decimal_or_zero("ecnfee")?);
    fill.fees =
        trans.checked_add(ecn).ok_or_else(|| Fault::new("ecnfee", "bad-number", "the sum is too large"))?;
    instruments::identify(&mut fill, None, None)?;
    out.fill(fill)?;
    Ok(Outcome::Read)
}
