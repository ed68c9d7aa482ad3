//! Interactive Brokers Flex Query, XML: the executions under `<Trades>`, and `<OpenPosition>`s to check against.
//!
//! Attributes are those of the "Activity Flex Query Reference". Quantities are signed, a negative `ibCommission` or `taxes` is a charge,
//! and times carry no zone (normally the account's, `America/New_York` by default).

mod cancels;
mod row;

use crate::{
    Doc, File, Head, ParseError, RowKind, Run, Severity, Stated, StatedPosition,
    numbers::{Point, decimal},
    reader::{Match, Reader},
    symbols,
    tally::{Outcome, quoted},
    times::{Clock, DateRule},
    xml::{Element, Elements},
};
use cancels::Kept;
use row::Reading;

/// The format `ibkr-flex-xml`.
pub(crate) struct FlexXml;

const END: &str = "</FlexQueryResponse>";

static DOC: Doc = Doc {
    id: "ibkr-flex-xml",
    name: "Interactive Brokers Flex Query (XML)",
    how: "Performance & Reports > Flex Queries: an Activity Flex Query in XML with the section Trades (level of detail: Executions), \
          and Open Positions for reconciliation.",
    kind: RowKind::Fill,
    carries: "Executions, assignments and expiries; open positions, realised P&L and commissions to check.",
    times: "yyyyMMdd;HHmmss and the other layouts of the query's settings, without a zone: America/New_York unless the import names another.",
    fees: "ibCommission and taxes: negative is a charge, positive a rebate.",
    identity: "ibExecID, else transactionID, else tradeID.",
    limits: "A query covers at most 365 days.",
};

impl Reader for FlexXml {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn detect(&self, head: &Head) -> Option<Match> {
        head.text.contains("<FlexQueryResponse").then(|| Match::certain("its root is <FlexQueryResponse>"))
    }

    fn parse(&self, file: File<'_>, run: &mut Run<'_>) -> Result<(), ParseError> {
        let clock = run.out.clock("America/New_York", DateRule::MonthFirst)?;
        let mut kept = Kept::default();
        let mut elements = Elements::new(file.text());
        while let Some(element) = elements.next(END)? {
            if element.parent == "Trades" {
                trade(&element, &clock, &mut kept, run)?;
            } else if element.name == "OpenPosition" {
                position(&element, run);
            }
        }
        if !elements.saw("FlexQueryResponse") {
            return Err(ParseError::WrongFormat {
                format: DOC.name,
                expected: "it needs a <FlexQueryResponse> element: export the Flex Query as XML".to_owned(),
            });
        }
        finish(kept, run)
    }

    fn sample(&self) -> &'static str {
        "<FlexQueryResponse queryName=\"q\" type=\"AF\">\n<FlexStatements count=\"1\">\n<FlexStatement accountId=\"U1\">\n<Trades>\n\
         <Trade accountId=\"U1\" currency=\"USD\" assetCategory=\"STK\" symbol=\"AAPL\" multiplier=\"1\" dateTime=\"20260105;093000\" \
         quantity=\"10\" tradePrice=\"200\" ibCommission=\"-1\" ibCommissionCurrency=\"USD\" buySell=\"BUY\" ibExecID=\"a\" \
         tradeID=\"1\" levelOfDetail=\"EXECUTION\"/>\n\
         <Trade accountId=\"U1\" currency=\"USD\" assetCategory=\"STK\" symbol=\"AAPL\" multiplier=\"1\" dateTime=\"20260105;093100\" \
         quantity=\"-10\" tradePrice=\"201\" ibCommission=\"-1\" ibCommissionCurrency=\"USD\" buySell=\"SELL\" ibExecID=\"b\" \
         tradeID=\"2\" levelOfDetail=\"EXECUTION\"/>\n\
         </Trades>\n</FlexStatement>\n</FlexStatements>\n</FlexQueryResponse>\n"
    }
}

fn trade(element: &Element, clock: &Clock, kept: &mut Kept, run: &mut Run<'_>) -> Result<(), ParseError> {
    run.row(element.line, |out| {
        let level = element.get("levelOfDetail");
        if element.name != "Trade" || !(level.is_empty() || level == "EXECUTION") {
            let what = if level.is_empty() { &element.name } else { level };
            return Outcome::skip(
                "not-an-execution",
                format!("{} repeats executions in another grouping", quoted(what)),
            );
        }
        if let Some(other) = out.other_account(element.get("accountId")) {
            return Ok(other);
        }
        match row::read(element, clock, &out.options.currency)? {
            Reading::Execution(execution) => kept.add(*execution),
            Reading::Cancellation(cancel) => kept.cancel(*cancel),
        }
        Ok(Outcome::Read)
    })
}

fn position(element: &Element, run: &mut Run<'_>) {
    let level = element.get("levelOfDetail");
    let account = element.get("accountId");
    if !(level.is_empty() || level == "SUMMARY")
        || run.out.options.source_account.as_deref().is_some_and(|wanted| wanted != account)
    {
        return;
    }
    let symbol = symbols::clean("symbol", element.get("symbol"));
    let quantity = decimal("position", element.get("position"), Point::Dot);
    match (symbol, quantity) {
        (Ok(symbol), Ok(quantity)) => run.out.stated.positions.push(StatedPosition { symbol, quantity }),
        (Err(fault), _) | (_, Err(fault)) => {
            let message = format!("an open position is not readable: {}", fault.message);
            run.remark(element.line, Severity::Warning, "bad-position", message);
        }
    }
}

fn finish(kept: Kept, run: &mut Run<'_>) -> Result<(), ParseError> {
    let (executions, notes) = kept.settle();
    for note in notes {
        run.remark(note.line, Severity::Info, note.code, note.message);
    }
    let states_pnl = executions.iter().all(|execution| execution.realized.is_some());
    for execution in executions {
        let fill = execution.fill;
        Stated::add(&mut run.out.stated.commissions, &fill.currency, fill.commission);
        if let Some(realized) = execution.realized.filter(|_| states_pnl) {
            Stated::add(&mut run.out.stated.net_pnl, &fill.currency, realized);
        }
        run.emit(fill)?;
    }
    Ok(())
}
