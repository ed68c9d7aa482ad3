//! Gathers what a file's reader finds.

use crate::domain::{
    fill::{Book, Fill},
    ids::{AccountId, FillId, ImportId},
    import::{self, Diagnostics},
    instant,
};
use formats::{Diagnostic, ParsedFill, Sink, SinkError};
use std::mem;
use tokio::sync::mpsc::Sender;
use uuid::Uuid;

/// Fills stored by one statement.
const BATCH: usize = 2_000;

/// Hands fills on in batches, and keeps the diagnostics.
pub(super) struct Batches {
    sender: Sender<Vec<Fill>>,
    batch: Vec<Fill>,
    account: AccountId,
    import: ImportId,
    /// What there is to say about the rows so far.
    pub(super) diagnostics: Diagnostics,
}

impl Batches {
    pub(super) fn new(sender: Sender<Vec<Fill>>, account: AccountId, import: ImportId) -> Self {
        Self { sender, batch: Vec::new(), account, import, diagnostics: Diagnostics::default() }
    }

    /// Hands on what is left. Blocks while too many batches wait.
    pub(super) fn flush(&mut self) -> Result<(), SinkError> {
        if self.batch.is_empty() {
            return Ok(());
        }
        let batch = mem::take(&mut self.batch);
        self.sender.blocking_send(batch).map_err(|_| SinkError("nobody stores the fills any more".to_owned()))
    }
}

impl Sink for Batches {
    fn fill(&mut self, parsed: ParsedFill) -> Result<(), SinkError> {
        self.batch.push(Fill {
            id: FillId(Uuid::now_v7()),
            account_id: self.account,
            import_id: Some(self.import),
            line: i64::try_from(parsed.line).unwrap_or(i64::MAX),
            book: Book { symbol: parsed.symbol, currency: parsed.currency, multiplier: parsed.multiplier },
            asset_class: parsed.asset_class.as_text().to_owned(),
            execution_id: parsed.execution_id,
            reference: parsed.reference,
            voided: false,
            executed_at: instant::from_ledger(parsed.executed_at.at),
            sequence: parsed.sequence,
            side: parsed.side,
            quantity: parsed.quantity,
            price: parsed.price,
            commission: parsed.commission,
            fees: parsed.fees.checked_add(parsed.taxes).unwrap_or(parsed.fees),
            time_text: parsed.executed_at.text,
            time_source: parsed.executed_at.source.as_text(),
        });
        if self.batch.len() >= BATCH { self.flush() } else { Ok(()) }
    }

    fn diagnostic(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.add(import::Diagnostic {
            line: diagnostic.line,
            column: diagnostic.column.unwrap_or_default(),
            severity: diagnostic.severity.as_text().to_owned(),
            code: diagnostic.code.to_owned(),
            message: diagnostic.message,
        });
    }
}
