//! Gathers what a file's reader finds.

use super::{
    batch::{Batch, Target},
    delivery::Delivery,
    rates::ToldRates,
};
use crate::domain::import::{self, Diagnostics};
use formats::{
    Diagnostic, OptionEventKind, ParsedEvent, ParsedFill, ParsedOptionEvent, ParsedSplit, Sink, SinkError,
};
use std::{collections::BTreeSet, mem};
use tokio::sync::mpsc::Sender;

/// Rows stored by one statement.
const BATCH: usize = 2_000;
/// Kinds of zones kept: files have one or two.
const MOST_TIME_SOURCES: usize = 10;

/// Hands what is read on in batches, and keeps the diagnostics.
pub(super) struct Batches {
    sender: Sender<Batch>,
    batch: Batch,
    target: Target,
    /// What there is to say about the rows so far.
    pub(super) diagnostics: Diagnostics,
    /// What gave times their zone so far.
    pub(super) time_sources: BTreeSet<String>,
    /// The exchange rates so far.
    pub(super) rates: ToldRates,
}

impl Batches {
    pub(super) fn new(sender: Sender<Batch>, target: Target) -> Self {
        Self {
            sender,
            target,
            batch: Batch::default(),
            diagnostics: Diagnostics::default(),
            time_sources: BTreeSet::new(),
            rates: ToldRates::default(),
        }
    }

    /// Hands on what is left. Blocks while too many batches wait.
    pub(super) fn flush(&mut self) -> Result<(), SinkError> {
        if self.batch.rows() == 0 {
            return Ok(());
        }
        let batch = mem::take(&mut self.batch);
        self.sender.blocking_send(batch).map_err(|_| SinkError("nobody stores the fills any more".to_owned()))
    }

    fn flush_when_full(&mut self) -> Result<(), SinkError> {
        if self.batch.rows() >= BATCH { self.flush() } else { Ok(()) }
    }

    fn split(&mut self, split: ParsedSplit) {
        let (line, ratio) = (split.line, split.ratio.to_string());
        match self.target.split(split) {
            Some(event) => self.batch.events.push(event),
            None => self.say(
                line,
                "bad-ratio",
                format!("A split of {ratio} is beyond exact numbers: enter it by hand."),
            ),
        }
    }

    fn option(&mut self, option: ParsedOptionEvent) {
        let was_used = option.kind != OptionEventKind::Expiry;
        let delivery = Delivery::of(&option);
        if was_used && option.underlying_is_separate && delivery.is_none() {
            let message = format!(
                "{} closes at 0 here; its symbol does not tell what it moved in the underlying: see that another row has that \
                 trade, or enter it by hand (POST /v1/fills).",
                option.symbol
            );
            self.say(option.line, "underlying-not-shown", message);
        }
        self.batch.deliveries.extend(delivery);
        self.batch.events.push(self.target.option(option));
    }

    fn say(&mut self, line: u64, code: &str, message: String) {
        self.diagnostics.add(import::Diagnostic {
            line,
            column: String::new(),
            severity: "warning".to_owned(),
            code: code.to_owned(),
            message,
        });
    }
}

impl Sink for Batches {
    fn fill(&mut self, parsed: ParsedFill) -> Result<(), SinkError> {
        if self.time_sources.len() < MOST_TIME_SOURCES {
            self.time_sources.insert(parsed.executed_at.source.as_text());
        }
        self.target.fill(parsed, &mut self.batch);
        self.flush_when_full()
    }

    fn event(&mut self, event: ParsedEvent) -> Result<(), SinkError> {
        match event {
            ParsedEvent::Cash(cash) => self.batch.events.push(self.target.cash(cash)),
            ParsedEvent::Split(split) => self.split(split),
            ParsedEvent::Option(option) => self.option(option),
            ParsedEvent::Bust(bust) => self.batch.busts.push(self.target.busted(bust)),
            ParsedEvent::Rate(rate) => self.rates.take(rate),
        }
        self.flush_when_full()
    }

    fn diagnostic(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.add(diagnostic.into());
    }
}
