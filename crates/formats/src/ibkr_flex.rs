//! Interactive Brokers Flex Query, XML: the executions under `<Trades>`, and `<OpenPosition>`s to check against.
//!
//! Attributes are those of the "Activity Flex Query Reference". Quantities are signed, a negative `ibCommission` or `taxes` is a charge,
//! and times carry no zone (normally the account's, `America/New_York` by default).

mod cancels;
mod row;
mod xml;

use crate::{
    Format, Options, ParseError, Report, Severity, Sink, Stated, StatedPosition,
    numbers::{Point, decimal},
    rows::{Tally, quoted},
    symbols,
    times::Zone,
};
use cancels::Kept;
use ledger::Decimal;
use row::Reading;
use std::{collections::BTreeSet, io::BufRead};
use xml::{Element, Elements};

const DEFAULT_ZONE: &str = "America/New_York";
const END: &str = "</FlexQueryResponse>";

/// What is known of the file so far.
struct Progress<'o, 's> {
    options: &'o Options,
    zone: Zone,
    tally: Tally<'s>,
    accounts: BTreeSet<String>,
    stated: Stated,
    /// True while every execution states its realised P&L.
    states_pnl: bool,
    /// Executions wait for the end: a cancellation may still follow.
    kept: Kept,
}

/// Reads a whole file.
pub(crate) fn parse<'a>(
    input: Box<dyn BufRead + 'a>,
    options: &Options,
    sink: &mut dyn Sink,
) -> Result<Report, ParseError> {
    let zone = Zone::new(options.time_zone.as_deref(), DEFAULT_ZONE)?;
    let mut progress = Progress {
        options,
        zone,
        tally: Tally::new(sink),
        accounts: BTreeSet::new(),
        stated: Stated::default(),
        states_pnl: true,
        kept: Kept::default(),
    };
    let mut elements = Elements::new(input);
    while let Some(element) = elements.next(END)? {
        if element.parent == "Trades" {
            progress.trade(&element)?;
        } else if element.name == "OpenPosition" {
            progress.position(&element);
        }
    }
    if !elements.saw("FlexQueryResponse") {
        return Err(ParseError::WrongFormat {
            format: Format::IbkrFlexXml.name(),
            expected: "it needs a <FlexQueryResponse> element: export the Flex Query as XML".to_owned(),
        });
    }
    progress.finish()
}

impl Progress<'_, '_> {
    fn trade(&mut self, element: &Element) -> Result<(), ParseError> {
        self.tally.begin()?;
        let line = element.line;
        let level = element.get("levelOfDetail");
        if element.name != "Trade" || !(level.is_empty() || level == "EXECUTION") {
            let what = if level.is_empty() { &element.name } else { level };
            self.tally.skip(
                line,
                "not-an-execution",
                format!("{} repeats executions in another grouping", quoted(what)),
            );
            return Ok(());
        }
        let account = element.get("accountId");
        if self.options.source_account.as_deref().is_some_and(|wanted| wanted != account) {
            self.tally.skip(line, "other-account", format!("belongs to account {}", quoted(account)));
            return Ok(());
        }
        if !account.is_empty() {
            self.accounts.insert(account.to_owned());
        }
        match row::read(element, &self.zone, &self.options.currency) {
            Ok(Reading::Execution(execution)) => {
                if let Some(doubt) = execution.doubt {
                    self.tally.remark(line, Severity::Warning, "ambiguous-time", doubt);
                }
                self.kept.add(*execution);
            }
            Ok(Reading::Cancellation(cancel)) => self.kept.cancel(*cancel),
            Err(fault) => self.tally.reject(line, fault),
        }
        Ok(())
    }

    fn position(&mut self, element: &Element) {
        let level = element.get("levelOfDetail");
        let account = element.get("accountId");
        if !(level.is_empty() || level == "SUMMARY")
            || self.options.source_account.as_deref().is_some_and(|wanted| wanted != account)
        {
            return;
        }
        let symbol = symbols::clean("symbol", element.get("symbol"));
        let quantity = decimal("position", element.get("position"), Point::Dot);
        match (symbol, quantity) {
            (Ok(symbol), Ok(quantity)) => self.stated.positions.push(StatedPosition { symbol, quantity }),
            (Err(fault), _) | (_, Err(fault)) => {
                let message = format!("an open position is not readable: {}", fault.message);
                self.tally.remark(element.line, Severity::Warning, "bad-position", message);
            }
        }
    }

    fn finish(mut self) -> Result<Report, ParseError> {
        if self.accounts.len() > 1 {
            return Err(ParseError::SeveralAccounts(self.accounts.into_iter().collect()));
        }
        if let Some(zone) = self.zone.assumed() {
            let message =
                format!("times carry no zone: read as {zone}; import with time_zone to change that");
            self.tally.remark(1, Severity::Info, "assumed-time-zone", message);
        }
        let (executions, notes) = std::mem::take(&mut self.kept).settle();
        for note in notes {
            self.tally.skip(note.line, note.code, note.message);
        }
        for execution in executions {
            self.count(&execution);
            self.tally.fill(execution.fill)?;
            self.tally.read();
        }
        if !self.states_pnl {
            self.stated.net_pnl.clear();
        }
        let accounts = self.accounts.into_iter().collect();
        Ok(Report { format: Format::IbkrFlexXml, rows: self.tally.rows(), accounts, stated: self.stated })
    }

    /// Adds an execution to the file's own figures.
    fn count(&mut self, execution: &row::Execution) {
        let fill = &execution.fill;
        let commissions = self.stated.commissions.entry(fill.currency.clone()).or_insert(Decimal::ZERO);
        *commissions = commissions.checked_add(fill.commission).unwrap_or(*commissions);
        match execution.realized {
            Some(realized) => {
                let pnl = self.stated.net_pnl.entry(fill.currency.clone()).or_insert(Decimal::ZERO);
                *pnl = pnl.checked_add(realized).unwrap_or(*pnl);
            }
            None => self.states_pnl = false,
        }
    }
}
