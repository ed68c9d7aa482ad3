//! Tradovate "Performance": pairs of fills without account and pair id.

use super::pairs::{Columns, Half};
use crate::{
    Doc, File, Head, ParseError, RowKind, Run,
    reader::{Match, Reader},
};

/// The format `tradovate-performance`.
pub(crate) struct Performance;

const EXPECTED: &str = "it needs the columns symbol, buyFillId, sellFillId, qty, buyPrice, sellPrice, boughtTimestamp and soldTimestamp";
const COLUMNS: Columns = Columns {
    symbol: "symbol",
    quantity: "qty",
    pnl: "pnl",
    buy: Half { id: "buyfillid", price: "buyprice", time: "boughttimestamp" },
    sell: Half { id: "sellfillid", price: "sellprice", time: "soldtimestamp" },
    own: None,
};

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
        head.header(&COLUMNS.required())?;
        Some(Match::certain("it has the columns buyFillId, sellFillId and boughtTimestamp"))
    }

    fn parse(&self, file: File<'_>, run: &mut Run<'_>) -> Result<(), ParseError> {
        COLUMNS.parse(file, EXPECTED, run)
    }

    fn sample(&self) -> &'static str {
        "symbol,_priceFormat,_priceFormatType,_tickSize,buyFillId,sellFillId,qty,buyPrice,sellPrice,pnl,boughtTimestamp,soldTimestamp,duration\n\
         MNQM6,-2,0,0.25,201,205,2,21000.00,20900.00,$(400.00),04/09/2026 09:00:00,04/09/2026 09:05:00,5min\n\
         MNQM6,-2,0,0.25,201,206,1,21000.00,21600.00,\"$1,200.00\",04/09/2026 09:00:00,04/09/2026 09:06:00,6min\n\
         MESM6,-2,0,0.25,301,300,1,5000.00,5001.00,$5.00,04/09/2026 09:08:00,04/09/2026 09:07:00,1min\n"
    }
}
