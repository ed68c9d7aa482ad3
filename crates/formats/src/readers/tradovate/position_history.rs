//! Tradovate "Position History": one row pairs a part of a buy fill with a part of a sell fill.

mod fills;

use super::contract::{self, Worth};
use crate::{
    Cells, Doc, File, Head, Header, ParseError, ParsedFill, RowKind, Run, Severity, Stated,
    reader::{Match, Reader},
    run::Out,
    source::Encoding,
    symbols,
    tally::{Fault, Outcome, quoted},
    times::{Clock, DateRule},
};
pub(super) use fills::{Fills, Key};
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
    let points = sell
        .checked_sub(buy)
        .ok_or_else(|| Fault::new("buy price", "bad-number", "the numbers are too large"))?;
    let worth = Worth { value: pnl, points, quantity };
    let currency = symbols::currency("currency", row.get("currency"), &out.options.currency)?;
    let half = |side: Side, price: Decimal| -> Result<ParsedFill, Fault> {
        let (id, time) = match side {
            Side::Buy => ("buy fill id", "bought timestamp"),
            Side::Sell => ("sell fill id", "sold timestamp"),
        };
        let moment = clock.read(time, row.get(time))?;
        let symbol = symbols::clean("contract", row.get("contract"))?;
        let mut fill = ParsedFill::new(row.line, moment, symbol, side, quantity, price, currency.as_str());
        fill.execution_id = symbols::identifier(id, row.get(id))?;
        // Fill ids grow with time: they order what happened in one second.
        fill.sequence = fill.execution_id.parse().unwrap_or_default();
        fill.account = Some(row.get("account")).filter(|account| !account.is_empty()).map(str::to_owned);
        contract::identify(&mut fill, row.get("product"), &worth)?;
        Ok(fill)
    };
    let halves = [half(Side::Buy, buy)?, half(Side::Sell, sell)?];
    let multiplier = halves[0].multiplier;
    let pair = row.get("pair id");
    let key = if pair.is_empty() { Key::Row } else { Key::Pair(pair) };
    if !fills.add(key, halves)? {
        return Outcome::skip("repeated-pair", format!("pair {} stands in an earlier row", quoted(pair)));
    }
    if let Some(pnl) = pnl {
        check_pnl(
            pnl,
            points.checked_mul(quantity).and_then(|points| points.checked_mul(multiplier)),
            multiplier,
            out,
        );
        Stated::add(&mut out.stated.gross_pnl, &currency, pnl);
    }
    Ok(Outcome::Read)
}

/// Says so when the file's P&L is not what prices and multiplier give.
pub(super) fn check_pnl(stated: Decimal, ours: Option<Decimal>, multiplier: Decimal, out: &mut Out<'_>) {
    if ours != Some(stated) {
        let ours = ours.map_or_else(|| "a number too large".to_owned(), |ours| ours.to_string());
        let message =
            format!("the file states a P/L of {stated}, prices and multiplier {multiplier} give {ours}");
        out.remark(Severity::Warning, "pnl-mismatch", message);
    }
}
