//! thinkorswim: the account statement, whose sections complete one another.

mod cash;
mod description;
mod join;
mod trades;

use crate::{
    Doc, File, Head, Header, ParseError, RowKind, Run,
    reader::{Match, Reader},
    row::Row,
    run::Line,
    source::Encoding,
    tally::Outcome,
    times::DateRule,
};
use join::Statement;

/// The format `thinkorswim-statement`.
pub(crate) struct AccountStatement;

/// A section of the statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    Cash,
    Futures,
    Forex,
    Trades,
    Orders,
}

const TITLES: [&str; 19] = [
    "cash balance",
    "futures statements",
    "forex statements",
    "crypto statements",
    "account order history",
    "account trade history",
    "equities",
    "options",
    "futures",
    "futures options",
    "forex",
    "crypto",
    "profits and losses",
    "forex account summary",
    "account summary",
    "today's trade activity",
    "working orders",
    "filled orders",
    "canceled orders",
];

static DOC: Doc = Doc {
    id: "thinkorswim-statement",
    name: "thinkorswim account statement (CSV)",
    how: "Monitor > Account Statement > Export to file.",
    kind: RowKind::Fill,
    carries: "Executions with every leg of a spread (Account Trade History), commissions and fees (Cash Balance, Futures Statements, \
              Forex Statements), ends of options, other movements of cash. Without an Account Trade History executions come from \
              the cash sections, and a spread is an instrument of its own with its net price.",
    times: "M/d/yy HH:mm:ss in the zone that the platform is set to; America/New_York unless the import names another.",
    fees: "In the cash sections only, negative: charged. They are joined to the execution of the same underlying within two seconds, \
           of the same quantity first, and shared among the legs by quantity.",
    identity: "REF # of the cash section, with `:1`, `:2` for legs; without one the content of the row and its turn among equal rows.",
    limits: "All executions are kept until the end of the file, when their fees are known. Fees that find no execution are warned \
             about. Prices of legs stand in the Account Trade History only.",
};

impl Reader for AccountStatement {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn detect(&self, head: &Head) -> Option<Match> {
        let known = |row: &Header| section(row).is_some_and(|section| section != Section::Orders);
        head.rows.iter().any(known).then(|| Match {
            confidence: 0.95,
            why: "it has the columns of a thinkorswim section".to_owned(),
        })
    }

    fn parse(&self, file: File<'_>, run: &mut Run<'_>) -> Result<(), ParseError> {
        let clock = run.out.clock("America/New_York", DateRule::MonthFirst)?;
        let mut statement = Statement::default();
        run.tables(
            file,
            Encoding::Utf8,
            "it needs a section Cash Balance, Futures Statements, Forex Statements or Account Trade History with its columns",
            classify,
            |section, row, out| match section {
                Section::Cash | Section::Futures | Section::Forex => cash::read(section, row, &clock, &mut statement, out),
                Section::Trades => trades::read(row, &clock, &mut statement),
                Section::Orders => Outcome::skip("order", "an order: its executions stand in another section"),
            },
        )?;
        statement.finish(run)
    }

    fn sample(&self) -> &'static str {
        "DATE,TIME,TYPE,REF #,DESCRIPTION,Misc Fees,Commissions & Fees,AMOUNT,BALANCE\n\
         5/5/26,01:00:00,BAL,,Cash balance at the start of business day 05.05 CST,,,,\"10,000.00\"\n\
         5/5/26,07:31:00,TRD,=\"5000000001\",SOLD -1 VERTICAL SPY 100 (Weeklys) 5 JUN 26 715/714 PUT @.34,-0.04,-1.30,34.00,\"10,032.66\"\n\
         5/6/26,09:45:00,TRD,=\"5000000002\",BOT +10 KOD @35.22,,,-352.20,\"9,680.46\"\n\
         5/7/26,01:00:00,DOI,=\"5000000003\",ORDINARY DIVIDEND~KOD,,,4.20,\"9,684.66\"\n\
         ,,,,TOTAL,-0.04,-1.30,-314.00,\"9,684.66\"\n\
         \n\
         Account Trade History\n\
         ,Exec Time,Spread,Side,Qty,Pos Effect,Symbol,Exp,Strike,Type,Price,Net Price,Order Type\n\
         ,5/6/26 09:45:01,STOCK,BUY,+10,TO OPEN,KOD,,,STOCK,35.22,35.22,LMT\n\
         ,5/5/26 07:31:00,VERTICAL,SELL,-1,TO OPEN,SPY,5 JUN 26,715,PUT,3.50,.34,LMT\n\
         ,,,BUY,+1,TO OPEN,SPY,5 JUN 26,714,PUT,3.16,CREDIT,\n"
    }
}

fn section(header: &Header) -> Option<Section> {
    let has = |columns: &[&str]| header.has(columns);
    if has(&["exec time", "spread", "side", "qty", "pos effect", "symbol", "exp", "strike", "type", "price"])
    {
        return Some(Section::Trades);
    }
    if has(&["time placed", "spread", "side", "qty", "status"]) {
        return Some(Section::Orders);
    }
    if !has(&["type", "ref #", "description", "amount", "balance"]) {
        return None;
    }
    if has(&["exec date", "exec time"]) {
        return Some(Section::Futures);
    }
    has(&["date", "time"]).then(|| if has(&["amount(usd)"]) { Section::Forex } else { Section::Cash })
}

fn classify(row: &Row) -> Line<Section> {
    let first = row.at(0);
    let is_alone = !first.is_empty() && row.cells().skip(1).all(str::is_empty);
    if is_alone {
        let is_title = TITLES.iter().any(|title| first.eq_ignore_ascii_case(title));
        return if is_title { Line::Title } else { Line::Data };
    }
    // Data rows begin with a digit, or with an empty cell and a time.
    let may_be_header = row
        .cells()
        .find(|cell| !cell.is_empty())
        .is_some_and(|cell| cell.starts_with(|c: char| c.is_ascii_alphabetic()));
    if !may_be_header {
        return Line::Data;
    }
    section(&Header::of(row)).map_or(Line::Data, Line::Header)
}
