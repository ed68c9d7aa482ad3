//! Interactive Brokers Flex Query, CSV: the columns are the user's choice, and several header rows may follow one another.

use super::{
    fields::{self, Fields as _},
    flex_trade::{self, Realized},
};
use crate::{
    Cells, Doc, File, Head, Header, ParseError, RowKind, Run, Stated,
    reader::{Match, Reader},
    row::Row,
    run::{Line, Out},
    source::Encoding,
    tally::{Fault, Outcome, quoted},
    times::{Clock, user_ordered},
};
use ledger::Decimal;
use std::collections::BTreeMap;

/// The format `ibkr-flex-csv`.
pub(crate) struct FlexCsv;

const EXPECTED: &str =
    "it needs the columns Buy/Sell, Quantity, TradePrice (or Price), DateTime (or TradeDate) and Symbol";

static DOC: Doc = Doc {
    id: "ibkr-flex-csv",
    name: "Interactive Brokers Flex Query or trade confirmations (CSV)",
    how: "Performance & Reports > Flex Queries: an Activity or Trade Confirmation Flex Query in CSV with the section Trades.",
    kind: RowKind::Fill,
    carries: "Executions, assignments and expiries, with as much as the chosen columns say; realised P&L (net) and commissions to check; \
              the rate of a trade's currency to the base currency (FXRateToBase).",
    times: "yyyyMMdd;HHmmss and every other layout of the query's settings; dates with slashes in the order that the dates of the file's \
            beginning allow, else rejected until the import says date_order. Without a zone: America/New_York unless the import names \
            another.",
    fees: "IBCommission, Commission and Taxes: negative is a charge, positive a rebate, in IBCommissionCurrency.",
    identity: "IBExecID, else TransactionID, else TradeID; without them the content of the row and its turn among equal rows.",
    limits: "Sections other than trades are skipped. Futures without the column Multiplier take the table's.",
};

/// What a header stands above.
#[derive(Clone, Copy)]
enum Table {
    Trades,
    Other,
}

impl Reader for FlexCsv {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn detect(&self, head: &Head) -> Option<Match> {
        let header = head.rows.iter().find(|header| is_trades(header))?;
        let names: Vec<&str> = header.names().collect();
        Some(Match { confidence: 0.96, why: format!("it has the columns {}", names.join(", ")) })
    }

    fn parse(&self, file: File<'_>, run: &mut Run<'_>) -> Result<(), ParseError> {
        let clock = run.out.clock("America/New_York", user_ordered(file.head(), run.out.options))?;
        let mut realized = Some(BTreeMap::new());
        run.tables(file, Encoding::Utf8, EXPECTED, classify, |table, row, out| match table {
            Table::Trades => trade(row, &clock, &mut realized, out),
            Table::Other => Outcome::skip("other-section", "stands in a section that holds no trades"),
        })?;
        run.out.stated.net_pnl = realized.unwrap_or_default();
        Ok(())
    }

    fn sample(&self) -> &'static str {
        "ClientAccountID,AssetClass,Symbol,Conid,DateTime,Quantity,TradePrice,Proceeds,IBCommission,IBCommissionCurrency,CurrencyPrimary,\
         Buy/Sell,LevelOfDetail,IBOrderID,IBExecID,TradeID,FifoPnlRealized\n\
         U1,STK,AAPL,265598,20260105;093000,10,200,-2000,-1,USD,USD,BUY,EXECUTION,71,a,1,0\n\
         U1,STK,AAPL,265598,20260105;093100,-10,201,2010,-1,USD,USD,SELL,EXECUTION,72,b,2,8\n\
         U1,STK,SAP,14204,20260105;100000,5,210,-1050,-1.5,USD,EUR,BUY,EXECUTION,73,c,3,0\n\
         U1,OPT,SPY   260320C00580000,1,20260105;100500,1,4.2,-420,-0.7,USD,USD,BUY,EXECUTION,74,,4,0\n\
         U1,STK,AAPL,265598,20260105,10,200,-2000,-1,USD,USD,BUY,ORDER,71,,,0\n"
    }
}

fn is_trades(header: &Header) -> bool {
    let any = |names: &[&str]| names.iter().any(|name| header.index(name).is_some());
    header.has(&["quantity", "buy/sell"])
        && any(&["symbol", "isin"])
        && any(&["tradeprice", "price"])
        && any(&["datetime", "date/time", "tradedate"])
        && any(&["ibcommission", "clientaccountid", "currencyprimary", "put/call"])
}

fn classify(row: &Row) -> Line<Table> {
    match row.at(0) {
        "BOF" | "BOA" | "BOS" | "EOS" | "EOA" | "EOF" => return Line::Title,
        _ => {}
    }
    // Values hold digits sooner or later; names do not.
    if row.cells().any(|cell| cell.bytes().any(|byte| byte.is_ascii_digit())) {
        return Line::Data;
    }
    let header = Header::of(row);
    if is_trades(&header) {
        Line::Header(Table::Trades)
    } else if header.index("clientaccountid").is_some() {
        Line::Header(Table::Other)
    } else {
        Line::Data
    }
}

fn trade(
    row: Cells<'_>,
    clock: &Clock,
    realized: &mut Option<BTreeMap<String, Decimal>>,
    out: &mut Out<'_>,
) -> Result<Outcome, Fault> {
    let account = row.field(&fields::ACCOUNT);
    if let Some(other) = out.other_account(account) {
        return Ok(other);
    }
    match row.field(&fields::LEVEL) {
        "" | "EXECUTION" => {}
        level => {
            return Outcome::skip(
                "not-an-execution",
                format!("{} repeats executions in another grouping", quoted(level)),
            );
        }
    }
    match (flex_trade::read(&row, clock, account, out)?, &mut *realized) {
        (Realized::Stated(currency, amount), Some(sums)) => Stated::add(sums, &currency, amount),
        (Realized::NotStated, sums) => *sums = None,
        (Realized::Stated(..), None) | (Realized::NoExecution, _) => {}
    }
    Ok(Outcome::Read)
}
