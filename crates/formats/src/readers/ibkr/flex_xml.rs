//! Interactive Brokers Flex Query, XML: executions, cash, splits, and open positions to check against.
//!
//! Elements and attributes are those of the "Activity Flex Query Reference" and the "Trade Confirmation Flex Query Reference".

mod held;
mod other_rows;
mod rows;

use crate::{
    Doc, File, Head, ParseError, RowKind, Run,
    reader::{Match, Reader},
    xml::{Element, Elements},
};
use held::Held;
use rows::Rows;

/// The format `ibkr-flex-xml`.
pub(crate) struct FlexXml;

const END: &str = "</FlexQueryResponse>";
/// `<FlexQueryResponse><FlexStatements><FlexStatement><Section><Row>`.
const ROW_DEPTH: usize = 4;

static DOC: Doc = Doc {
    id: "ibkr-flex-xml",
    name: "Interactive Brokers Flex Query (XML)",
    how: "Performance & Reports > Flex Queries: an Activity Flex Query in XML with the sections Trades (level of detail: Executions), \
          Cash Transactions and Corporate Actions, and Open Positions for reconciliation.",
    kind: RowKind::Fill,
    carries: "Executions, assignments, exercises and expiries (rows of the kind BookTrade), cancellations and corrections, cash, splits; \
              open positions, realised P&L (net) and commissions to check; the rate of a trade's currency to the base currency \
              (fxRateToBase). Rows of other levels of detail repeat executions and are \
              skipped.",
    times: "yyyyMMdd;HHmmss and every other layout of the query's settings. Dates with slashes are read in the order that the whole file \
            allows; when it allows both they are rejected until the import says date_order. Without a zone: America/New_York unless the \
            import names another.",
    fees: "ibCommission and taxes: negative is a charge, positive a rebate. A commission in another currency stays in that currency.",
    identity: "ibExecID, else transactionID, else tradeID. Cancellations and corrections name the tradeID of their original.",
    limits: "A query covers at most 365 days. Corporate actions other than splits are skipped with a warning. Bonds are quoted per 100.",
};

impl Reader for FlexXml {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn detect(&self, head: &Head) -> Option<Match> {
        head.text.contains("<FlexQueryResponse").then(|| Match::certain("its root is <FlexQueryResponse>"))
    }

    fn parse(&self, file: File<'_>, run: &mut Run<'_>) -> Result<(), ParseError> {
        let mut rows = Rows::new(run)?;
        let mut held = Held::new(run.out.options.date_order);
        let mut elements = Elements::new(file.text());
        let mut element = Element::default();
        while elements.next(&mut element, END)? {
            if element.depth < ROW_DEPTH {
                rows.enter(&element, &mut held, run);
                continue;
            }
            if !held.keep(&element) {
                rows.release(&mut held, run)?;
                rows.read(&element, run)?;
            }
        }
        if !elements.saw("FlexQueryResponse") {
            return Err(ParseError::WrongFormat {
                format: DOC.name,
                expected: "it needs a <FlexQueryResponse> element: export the Flex Query as XML".to_owned(),
            });
        }
        rows.release(&mut held, run)?;
        rows.finish(run);
        Ok(())
    }

    fn sample(&self) -> &'static str {
        include_str!("flex_xml/sample.xml")
    }
}
