//! Tradovate "Position History": pairs of fills with account, currency and pair id.

use super::pairs::{Columns, Half, Own};
use crate::{
    Doc, File, Head, ParseError, RowKind, Run,
    reader::{Match, Reader},
};

/// The format `tradovate-position-history`.
pub(crate) struct PositionHistory;

const EXPECTED: &str = "it needs the columns Contract, Buy Fill ID, Sell Fill ID, Paired Qty, Buy Price, Sell Price, Bought \
                        Timestamp and Sold Timestamp";
const COLUMNS: Columns = Columns {
    symbol: "contract",
    quantity: "paired qty",
    pnl: "p/l",
    buy: Half { id: "buy fill id", price: "buy price", time: "bought timestamp" },
    sell: Half { id: "sell fill id", price: "sell price", time: "sold timestamp" },
    own: Some(Own { account: "account", product: "product", currency: "currency", pair: "pair id" }),
};

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
        head.header(&COLUMNS.required())?;
        Some(Match::certain("it has the columns Buy Fill ID, Sell Fill ID and Paired Qty"))
    }

    fn parse(&self, file: File<'_>, run: &mut Run<'_>) -> Result<(), ParseError> {
        COLUMNS.parse(file, EXPECTED, run)
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
