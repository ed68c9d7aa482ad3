//! Tradovate "Position History": one row pairs a part of a buy fill with a part of a sell fill.

mod fills;

use crate::{
    Cells, Doc, File, Head, Header, ParseError, ParsedFill, RowKind, Run, Severity, Stated,
    instruments::{derived_multiplier, future, root},
    reader::{Match, Reader},
    run::Out,
    source::Encoding,
    symbols,
    tally::{Fault, Outcome, quoted},
    times::{Clock, DateRule, date},
};
use fills::Fills;
use jiff::civil::Date;
use ledger::{Decimal, Side};

/// The format `tradovate-position-history`.
pub(crate) struct PositionHistory;

const EXPECTED: &str = "it needs the columns Contract, Buy Fill ID, Sell Fill ID, Paired Qty, Buy Price, Sell Price, Bought \
                        Timestamp and Sold Timestamp";
const REQUIRED: [&str; 8] = [
    "buy fill id",
    "sell fill id",
    "paired qty",
    "buy price",
    "sell price",
    "bought timestamp",
    "sold timestamp",
    "contract",
];

static DOC: Doc = Doc {
    id: "tradovate-position-history",
    name: "Tradovate Position History (CSV)",
    how: "Reports > Position History, downloaded as CSV.",
    kind: RowKind::Fill,
    carries: "Pairs of a buy and a sell; a fill is in as many rows as it was paired with, and its quantity is their sum. Gross P&L, to check.",
    times: "MM/dd/yyyy HH:mm:ss without a zone: that of the exporter's computer; America/Chicago unless the import names another.",
    fees: "None: they are only in the Cash History export.",
    identity: "Buy Fill ID and Sell Fill ID. A row that repeats a Pair ID is skipped.",
    limits: "Open positions are not in the file. The fills are kept until its end, when their quantities are known.",
};

impl Reader for PositionHistory {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn detect(&self, head: &Head) -> Option<Match> {
        head.header(&REQUIRED)?;
        Some(Match::certain("it has the columns Buy Fill ID, Sell Fill ID and Paired Qty"))
    }

    fn parse(&self, file: File<'_>, run: &mut Run<'_>) -> Result<(), ParseError> {
        let clock = run.out.clock("America/Chicago", DateRule::MonthFirst)?;
        let mut fills = Fills::default();
        run.table(
            file,
            Encoding::Utf8,
            EXPECTED,
            |header: &Header| header.has(&REQUIRED),
            |row, out| read(row, &clock, &mut fills, out),
        )?;
        run.remark(0, Severity::Info, "no-fees", "this export carries no commissions or fees");
        for fill in fills.into_fills() {
            run.emit(fill)?;
        }
        Ok(())
    }

    fn sample(&self) -> &'static str {
        "Position ID,Timestamp,Trade Date,Net Pos,Net Price,Bought,Avg. Buy,Sold,Avg. Sell,Account,Contract,Product,Product \
         Description,_priceFormat,_priceFormatType,_tickSize,Pair ID,Buy Fill ID,Sell Fill ID,Paired Qty,Buy Price,Sell Price,P/L,\
         Currency,Bought Timestamp,Sold Timestamp\n\
         1,04/09/2026 09:05:00,2026-04-09,0,,3,5000,3,5001,DEMO1,MESM6,MES,Micro,-2,0,0.25,9,100,201,2,5000.00,5001.00,10.00,USD,\
         04/09/2026 09:00:00,04/09/2026 09:05:00\n\
         1,04/09/2026 09:06:00,2026-04-09,0,,3,5000,3,5001,DEMO1,MESM6,MES,Micro,-2,0,0.25,8,100,202,1,5000.00,5002.00,10.00,USD,\
         04/09/2026 09:00:00,04/09/2026 09:06:00\n"
    }
}

fn read(row: Cells<'_>, clock: &Clock, fills: &mut Fills, out: &mut Out<'_>) -> Result<Outcome, Fault> {
    if let Some(other) = out.other_account(row.get("account")) {
        return Ok(other);
    }
    let quantity = row.quantity("paired qty")?;
    let (buy, sell) = (row.decimal("buy price")?, row.decimal("sell price")?);
    let pnl = row.optional("p/l")?;
    let points = sell.checked_sub(buy).ok_or_else(|| too_large("buy price"))?;
    let multiplier = multiplier(row, points, quantity, pnl)?;
    let currency = symbols::currency("currency", row.get("currency"), &out.options.currency)?;
    let halves = [half(row, clock, Side::Buy, buy)?, half(row, clock, Side::Sell, sell)?]
        .map(|fill| ParsedFill { quantity, multiplier, currency: currency.clone(), ..fill });
    if !fills.add(row.get("pair id"), halves)? {
        return Outcome::skip(
            "repeated-pair",
            format!("pair {} stands in an earlier row", quoted(row.get("pair id"))),
        );
    }
    if let Some(pnl) = pnl {
        let ours = points.checked_mul(quantity).and_then(|points| points.checked_mul(multiplier));
        if ours != Some(pnl) {
            let ours = ours.map_or_else(|| "a number too large".to_owned(), |ours| ours.to_string());
            let message =
                format!("the file states a P/L of {pnl}, prices and multiplier {multiplier} give {ours}");
            out.remark(Severity::Warning, "pnl-mismatch", message);
        }
        Stated::add(&mut out.stated.gross_pnl, &currency, pnl);
    }
    Ok(Outcome::Read)
}

fn too_large(column: &'static str) -> Fault {
    Fault::new(column, "bad-number", "the numbers are too large")
}

/// From the table of contracts, else from the row's own P/L.
fn multiplier(
    row: Cells<'_>,
    points: Decimal,
    quantity: Decimal,
    pnl: Option<Decimal>,
) -> Result<Decimal, Fault> {
    let day = date(row.get("trade date"), DateRule::YearFirst).unwrap_or(Date::constant(2026, 1, 1));
    let of_contract = || future(row.get("contract"), day).and_then(|future| root(&future.root));
    if let Some(contract) = root(row.get("product")).or_else(of_contract) {
        return Ok(contract.multiplier);
    }
    pnl.and_then(|pnl| derived_multiplier(pnl, points, quantity)).ok_or_else(|| {
        let message = format!(
            "the contract {} is not known, and its P/L does not tell what a point is worth",
            quoted(row.get("contract"))
        );
        Fault::new("contract", "unknown-contract", message)
    })
}

fn half(row: Cells<'_>, clock: &Clock, side: Side, price: Decimal) -> Result<ParsedFill, Fault> {
    let (id, time) = match side {
        Side::Buy => ("buy fill id", "bought timestamp"),
        Side::Sell => ("sell fill id", "sold timestamp"),
    };
    let execution_id = symbols::identifier(id, row.get(id))?;
    let moment = clock.read(time, row.get(time))?;
    let symbol = symbols::clean("contract", row.get("contract"))?;
    let mut fill = ParsedFill::new(row.line, moment, symbol, side, Decimal::ZERO, price, "");
    // Fill ids grow with time: they order what happened in one second.
    fill.sequence = execution_id.parse().unwrap_or_default();
    fill.execution_id = execution_id;
    fill.asset_class = crate::AssetClass::Future;
    fill.multiplier_source = crate::MultiplierSource::Table;
    fill.account = Some(row.get("account")).filter(|account| !account.is_empty()).map(str::to_owned);
    Ok(fill)
}
