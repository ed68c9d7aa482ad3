//! One reading of one file: every row goes through here, and what readers find comes out in order.

mod arrival;
mod out;
mod tables;

use crate::{
    Doc, Format, Options, ParseError, ParsedFill, Report, Rows, Severity, Sink,
    tally::{Fault, Outcome, Tally},
};
use arrival::{Arrival, Found};

pub(crate) use out::Out;
pub(crate) use tables::Line;

/// One reading of one file.
pub(crate) struct Run<'a> {
    /// What readers find.
    pub out: Out<'a>,
    tally: Tally<'a>,
    arrival: Arrival,
    ready: Vec<Found>,
    doc: &'static Doc,
}

impl<'a> Run<'a> {
    pub fn new(doc: &'static Doc, options: &'a Options, sink: &'a mut dyn Sink) -> Self {
        let tally = Tally::new(sink, options.limits.rows);
        Self { out: Out::new(doc, options), tally, arrival: Arrival::default(), ready: Vec::new(), doc }
    }

    /// Accounts for one data row: what it found is handed out when it was understood, and dropped when it is rejected.
    pub fn row(
        &mut self,
        line: u64,
        read: impl FnOnce(&mut Out<'a>) -> Result<Outcome, Fault>,
    ) -> Result<(), ParseError> {
        self.out.begin(line);
        let outcome = read(&mut self.out);
        let understood = outcome.is_ok();
        for waited in self.out.take_completed() {
            self.tally.settle(waited, Ok(Outcome::Read))?;
        }
        self.tally.settle(line, outcome)?;
        if understood {
            self.deliver()
        } else {
            self.out.found.clear();
            Ok(())
        }
    }

    /// The format writes the newest row first: so a file counts whose rows are all of one time.
    pub const fn expect_newest_first(&mut self) {
        self.arrival.expect_newest_first();
    }

    /// Hands out a fill that no single row completes.
    pub fn emit(&mut self, fill: ParsedFill) -> Result<(), ParseError> {
        let line = fill.line;
        self.out.begin(line);
        if let Err(fault) = self.out.fill(fill) {
            self.tally.remark(line, Severity::Warning, fault.code, fault.message);
        }
        self.deliver()
    }

    /// A remark that belongs to the file and not to a row that is being read.
    pub fn remark(&mut self, line: u64, severity: Severity, code: &'static str, message: impl Into<String>) {
        self.tally.remark(line, severity, code, message);
    }

    /// The end of a file that holds no executions.
    pub fn close(mut self) -> Result<Rows, ParseError> {
        self.arrival.finish(&mut self.ready);
        hand_out(&mut self.ready, self.tally.sink)?;
        Ok(self.tally.rows())
    }

    /// The end of the file.
    pub fn finish(mut self, format: Format) -> Result<Report, ParseError> {
        self.arrival.finish(&mut self.ready);
        hand_out(&mut self.ready, self.tally.sink)?;
        let accounts = self.out.accounts_read();
        if accounts.len() > 1 {
            return Err(ParseError::SeveralAccounts(accounts));
        }
        Ok(Report { format, rows: self.tally.rows(), accounts, stated: self.out.stated })
    }

    fn deliver(&mut self) -> Result<(), ParseError> {
        if self.arrival.pass(&mut self.out.found) {
            return hand_out(&mut self.out.found, self.tally.sink);
        }
        self.arrival.take(&mut self.out.found, &mut self.ready);
        hand_out(&mut self.ready, self.tally.sink)
    }
}

fn hand_out(ready: &mut Vec<Found>, sink: &mut dyn Sink) -> Result<(), ParseError> {
    for found in ready.drain(..) {
        match found {
            Found::Fill(fill) => sink.fill(fill)?,
            Found::Event(event) => sink.event(*event)?,
            Found::Remark(diagnostic) => sink.diagnostic(diagnostic),
        }
    }
    Ok(())
}
