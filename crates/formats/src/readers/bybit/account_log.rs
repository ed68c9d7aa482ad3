//! Bybit's log of the unified trading account: trades of all markets, funding, transfers.

mod legs;
mod row;

use crate::{
    Doc, File, Head, Header, ParseError, RowKind, Run,
    reader::{Match, Reader},
    source::Encoding,
};
use legs::Legs;

/// The format `bybit-account-log`.
pub(crate) struct AccountLog;

const COLUMNS: [&str; 9] = [
    "currency",
    "contract",
    "type",
    "direction",
    "quantity",
    "filled price",
    "fee paid",
    "cash flow",
    "change",
];
const TIME: &str = "time";

static DOC: Doc = Doc {
    id: "bybit-account-log",
    name: "Bybit unified account log (CSV)",
    how: "Data Export > Transaction Log > Unified Trading Account.",
    kind: RowKind::Fill,
    carries: "Executions of derivatives (one row) and of the spot market (two rows, one for each coin, which make one fill); funding, \
              interest, transfers as cash.",
    times: "yyyy-MM-dd HH:mm:ss in UTC.",
    fees: "Negative: charged; positive: a rebate; where Change shows it to be the other way round, that decides. A spot fee is taken in \
           the coin of its row.",
    identity: "TradeId; files without it: the content of the row and its turn among equal rows.",
    limits: "The first row of a spot trade is kept until the second comes; one without a second becomes a fill by itself and is told. \
             Contracts margined in coin (BTCUSD) are rejected.",
};

fn is_header(header: &Header) -> bool {
    header.has(&COLUMNS) && header.starting_with(TIME).is_some()
}

impl Reader for AccountLog {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn detect(&self, head: &Head) -> Option<Match> {
        head.rows.iter().find(|header| is_header(header))?;
        head.columns(&COLUMNS)
    }

    fn parse(&self, file: File<'_>, run: &mut Run<'_>) -> Result<(), ParseError> {
        let expected = "it needs the columns Currency, Contract, Type, Direction, Quantity, Filled Price, Fee Paid, Cash Flow, Change \
                        and Time";
        let mut legs = Legs::default();
        run.table(file, Encoding::Utf8, expected, is_header, |cells, out| row::read(cells, &mut legs, out))?;
        for leg in legs.left() {
            run.row(leg.fill.line, |out| leg.settle(out))?;
        }
        Ok(())
    }

    fn sample(&self) -> &'static str {
        "Uid,Currency,Contract,Type,Direction,Quantity,Position,Filled Price,Funding,Fee Paid,Cash Flow,Change,Wallet Balance,Action,OrderId,TradeId,Time\n\
         101,USDT,--,TRANSFER_IN,--,--,--,--,--,0,1000,1000,1000,--,--,--,2026-01-05 14:00:00\n\
         101,BTC,BTCUSDT,TRADE,BUY,0.01,0,60000,0,-0.00001,0.01,0.00999,0.00999,--,o-1,t-1,2026-01-05 14:30:00\n\
         101,USDT,BTCUSDT,TRADE,BUY,-600,0,60000,0,0,-600,-600,400,--,o-1,t-1,2026-01-05 14:30:00\n\
         101,USDT,ETHUSDT,TRADE,SELL,0.1,-0.1,3000,0,-0.165,0,-0.165,399.835,OPEN,o-2,t-2,2026-01-05 15:00:00\n\
         101,USDT,ETHUSDT,SETTLEMENT,SELL,--,-0.1,--,0.03,0,0,0.03,399.865,SETTLEMENT,--,--,2026-01-05 16:00:00\n\
         101,USDT,ETHUSDT,TRADE,BUY,0.1,0,2990,0,0.01,1,1.01,400.875,CLOSE,o-3,t-3,2026-01-05 17:00:00\n"
    }
}
