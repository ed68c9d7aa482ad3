//! Tradovate "Performance": one row pairs a part of a buy fill with a part of a sell fill, as Position History does.

use super::{
    contract::{self, Worth},
    position_history::{Fills, Key, check_pnl},
};
use crate::{
    Cells, Doc, File, Head, Header, ParseError, ParsedFill, RowKind, Run, Severity, Stated,
    reader::{Match, Reader},
    run::Out,
    source::Encoding,
    symbols,
    tally::{Fault, Outcome},
    times::{Clock, DateRule},
};
use ledger::{Decimal, Side};

/// The format `tradovate-performance`.
pub(crate) struct Performance;

const EXPECTED: &str = "it needs the columns symbol, buyFillId, sellFillId, qty, buyPrice, sellPrice, boughtTimestamp and soldTimestamp";
const COLUMNS: [&str; 8] =
    ["symbol", "buyfillid", "sellfillid", "qty", "buyprice", "sellprice", "boughttimestamp", "soldtimestamp"];

static DOC: Doc = Doc {
    id: "tradovate-performance",
    name: "Tradovate Performance (CSV)",
    how: "Reports > Performance, downloaded as CSV.",
    kind: RowKind::Fill,
    carries: "Pairs of a buy and a sell; a fill is in as many rows as it was paired with, and its quantity is their sum. Gross P&L, to check.",
    times: "MM/dd/yyyy HH:mm:ss without a zone: that of the exporter's computer; America/Chicago unless the import names another.",
    fees: "None: they are only in the Cash History export.",
    identity: "buyFillId and sellFillId. The same pair may stand in several rows, which count each.",
    limits: "Open positions are not in the file, nor is the account. The fills are kept until its end, when their quantities are known.",
};

impl Reader for Performance {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn detect(&self, head: &Head) -> Option<Match> {
        head.header(&COLUMNS)?;
        Some(Match::certain("it has the columns buyFillId, sellFillId and boughtTimestamp"))
    }

    fn parse(&self, file: File<'_>, run: &mut Run<'_>) -> Result<(), ParseError> {
        let clock = run.out.clock("America/Chicago", DateRule::MonthFirst)?;
        let mut fills = Fills::default();
        run.table(
            file,
            Encoding::Utf8,
            EXPECTED,
            |header: &Header| header.has(&COLUMNS),
            |row, out| read(row, &clock, &mut fills, out),
        )?;
        run.remark(0, Severity::Info, "no-fees", "this export carries no commissions or fees");
        fills.into_fills().into_iter().try_for_each(|fill| run.emit(fill))
    }

    fn sample(&self) -> &'static str {
        "symbol,_priceFormat,_priceFormatType,_tickSize,buyFillId,sellFillId,qty,buyPrice,sellPrice,pnl,boughtTimestamp,soldTimestamp,duration\n\
         MNQM6,-2,0,0.25,201,205,2,21000.00,20900.00,$(400.00),04/09/2026 09:00:00,04/09/2026 09:05:00,5min\n\
         MNQM6,-2,0,0.25,201,206,1,21000.00,21600.00,\"$1,200.00\",04/09/2026 09:00:00,04/09/2026 09:06:00,6min\n\
         MESM6,-2,0,0.25,301,300,1,5000.00,5001.00,$5.00,04/09/2026 09:08:00,04/09/2026 09:07:00,1min\n"
    }
}

fn read(row: Cells<'_>, clock: &Clock, fills: &mut Fills, out: &mut Out<'_>) -> Result<Outcome, Fault> {
    let quantity = row.quantity("qty")?;
    let (buy, sell) = (row.decimal("buyprice")?, row.decimal("sellprice")?);
    let points = sell
        .checked_sub(buy)
        .ok_or_else(|| Fault::new("buyprice", "bad-number", "the numbers are too large"))?;
    let pnl = row.optional("pnl")?;
    let worth = Worth { value: pnl, points, quantity };
    let currency = symbols::currency("currency", "", &out.options.currency)?;
    let half = |side: Side, price: Decimal| -> Result<ParsedFill, Fault> {
        let (id, time) = match side {
            Side::Buy => ("buyfillid", "boughttimestamp"),
            Side::Sell => ("sellfillid", "soldtimestamp"),
        };
        let moment = clock.read(time, row.get(time))?;
        let symbol = symbols::clean("symbol", row.get("symbol"))?;
        let mut fill = ParsedFill::new(row.line, moment, symbol, side, quantity, price, currency.as_str());
        fill.execution_id = symbols::identifier(id, row.get(id))?;
        // Fill ids grow with time: they order what happened in one second.
        fill.sequence = fill.execution_id.parse().unwrap_or_default();
        contract::identify(&mut fill, "", &worth)?;
        Ok(fill)
    };
    let halves = [half(Side::Buy, buy)?, half(Side::Sell, sell)?];
    let multiplier = halves[0].multiplier;
    fills.add(Key::Row, halves)?;
    if let Some(pnl) = pnl {
        let ours = points.checked_mul(quantity).and_then(|points| points.checked_mul(multiplier));
        check_pnl(pnl, ours, multiplier, out);
        Stated::add(&mut out.stated.gross_pnl, &currency, pnl);
    }
    Ok(Outcome::Read)
}
