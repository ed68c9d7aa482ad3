//! What the reader of a row hands out.

use super::arrival::Found;
use crate::{
    Diagnostic, Doc, Moment, Options, ParseError, ParsedEvent, ParsedFill, RowKind, Severity, Stated,
    TimeSource,
    identity::Ordinals,
    instruments::Known,
    tally::{Fault, Outcome, quoted},
    times::{self, Clock, DateRule},
};
use std::collections::BTreeSet;

/// More accounts than this are no account names.
const MOST_ACCOUNTS: usize = 1_000;

/// What the reader of a row hands out, and what all rows share.
pub(crate) struct Out<'a> {
    /// What the file does not say.
    pub options: &'a Options,
    /// Ids for what has none.
    pub ids: Ordinals,
    /// What its symbols are.
    pub instruments: Known,
    /// The file's own figures.
    pub stated: Stated,
    /// What the rows are: as the format's documentation says, unless the reader finds another kind of table.
    pub kind: RowKind,
    accounts: BTreeSet<String>,
    /// What the row told so far.
    pub(super) found: Vec<Found>,
    completed: Vec<u64>,
    line: u64,
    told_zone: bool,
    told_dates: bool,
    /// The order of day and month that the file's beginning shows.
    shown: Option<DateRule>,
    /// That it is not the format's, until that was told.
    untold_order: Option<&'static str>,
}

impl<'a> Out<'a> {
    pub(super) fn new(doc: &'static Doc, options: &'a Options) -> Self {
        Self {
            options,
            ids: Ordinals::default(),
            instruments: Known::default(),
            stated: Stated::default(),
            kind: doc.kind,
            accounts: BTreeSet::new(),
            found: Vec::new(),
            completed: Vec::new(),
            line: 0,
            told_zone: false,
            told_dates: false,
            shown: None,
            untold_order: None,
        }
    }

    /// Looks for dates in a file's beginning that can have one order only.
    pub fn note_dates(&mut self, head: &[u8]) {
        self.shown = times::shown(head);
    }

    /// The clock of times that carry no zone: the user's zone, else `default`. `dates` says what 03/04/2026 is in this format, unless the
    /// user or the file itself says otherwise: programs follow the settings of the computer more often than their makers tell.
    pub fn clock(&mut self, default: &str, dates: DateRule) -> Result<Clock, ParseError> {
        Clock::new(self.options.time_zone.as_deref(), default, self.order(dates))
    }

    fn order(&mut self, usual: DateRule) -> DateRule {
        if usual == DateRule::YearFirst {
            return usual;
        }
        if let Some(chosen) = self.options.date_order {
            return chosen.into();
        }
        let order = self.shown.unwrap_or(usual);
        self.untold_order = match order {
            DateRule::DayFirst if order != usual => Some("the day first"),
            DateRule::MonthFirst if order != usual => Some("the month first"),
            DateRule::DayFirst | DateRule::MonthFirst | DateRule::YearFirst => None,
        };
        order
    }

    /// Notes the account of a row; a reason to skip the row when another account is wanted.
    pub fn other_account(&mut self, account: &str) -> Option<Outcome> {
        if self.options.source_account.as_deref().is_some_and(|wanted| wanted != account) {
            let reason = format!("belongs to account {}", quoted(account));
            return Some(Outcome::Skipped("other-account", reason));
        }
        if !(account.is_empty() || self.accounts.contains(account) || self.accounts.len() > MOST_ACCOUNTS) {
            self.accounts.insert(account.to_owned());
        }
        None
    }

    /// Hands out an execution. Without an execution id it gets one from its content and its turn among equals; without a sequence it
    /// gets one from its line.
    pub fn fill(&mut self, mut fill: ParsedFill) -> Result<(), Fault> {
        if !fill.quantity.is_positive() {
            return Err(Fault::new("quantity", "zero-quantity", "a fill moves a quantity other than 0"));
        }
        if !fill.multiplier.is_positive() {
            return Err(Fault::new("multiplier", "bad-multiplier", "a multiplier is greater than 0"));
        }
        fill.kind = self.kind;
        if fill.execution_id.is_empty() {
            fill.execution_id = self.ids.id_of_fill(&fill);
        }
        self.tell(&fill);
        self.found.push(Found::Fill(fill));
        Ok(())
    }

    /// Accounts for a row that waited for this one: both are read.
    pub fn completes(&mut self, line: u64) {
        self.completed.push(line);
    }

    /// Hands out something else.
    pub fn event(&mut self, event: ParsedEvent) {
        self.found.push(Found::Event(Box::new(event)));
    }

    /// A remark on the row.
    pub fn remark(&mut self, severity: Severity, code: &'static str, message: impl Into<String>) {
        let message = message.into();
        self.found.push(Found::Remark(Diagnostic { line: self.line, column: None, severity, code, message }));
    }

    /// What there is to say about the time of a fill.
    fn tell(&mut self, fill: &ParsedFill) {
        self.tell_zone(&fill.executed_at);
        if fill.executed_at.date_only && !self.told_dates {
            self.told_dates = true;
            let message =
                "dates carry no time of day: rows of one day count in the file's order, from its older end";
            self.remark(Severity::Info, "date-only", message);
        }
    }

    /// Tells how a time was read: each doubt, and once what was assumed.
    pub fn tell_zone(&mut self, moment: &Moment) {
        if let Some(doubt) = moment.doubt {
            self.remark(Severity::Warning, "ambiguous-time", doubt.as_text());
        }
        if let (false, TimeSource::BrokerDefault(zone)) = (self.told_zone, &moment.source) {
            let message =
                format!("times carry no zone: read as {zone}; import with time_zone to change that");
            self.told_zone = true;
            self.remark(Severity::Info, "assumed-time-zone", message);
        }
        if let Some(order) = self.untold_order.take() {
            let message = format!(
                "dates have {order}, as one in the file shows; import with date_order to change that"
            );
            self.remark(Severity::Info, "date-order", message);
        }
    }

    pub(super) const fn begin(&mut self, line: u64) {
        self.line = line;
    }

    pub(super) fn take_completed(&mut self) -> Vec<u64> {
        std::mem::take(&mut self.completed)
    }

    pub(super) fn accounts_read(&mut self) -> Vec<String> {
        std::mem::take(&mut self.accounts).into_iter().collect()
    }
}
