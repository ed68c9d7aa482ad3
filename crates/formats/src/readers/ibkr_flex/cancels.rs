//! Cancellations and corrections: what one row says, a later row may take back.

use super::row::{Cancellation, Execution};

/// Why a row is not among the executions.
pub(super) struct Note {
    pub line: u64,
    pub code: &'static str,
    pub message: String,
}

/// Everything read, until the end of the file settles it.
#[derive(Default)]
pub(super) struct Kept {
    executions: Vec<Execution>,
    cancels: Vec<Cancellation>,
}

impl Kept {
    pub fn add(&mut self, execution: Execution) {
        self.executions.push(execution);
    }

    pub fn cancel(&mut self, cancellation: Cancellation) {
        self.cancels.push(cancellation);
    }

    /// The executions that stand, in file order, and a note for each row that does not.
    pub fn settle(self) -> (Vec<Execution>, Vec<Note>) {
        let mut slots: Vec<Option<Execution>> = self.executions.into_iter().map(Some).collect();
        let mut notes = Vec::new();
        for cancel in self.cancels {
            match cancel.original(&slots) {
                Some(index) => {
                    let message = format!("cancelled by line {}", cancel.line);
                    let gone = slots.get_mut(index).and_then(Option::take);
                    notes.extend(gone.map(|gone| Note { line: gone.fill.line, code: "cancelled", message }));
                    notes.push(Note { line: cancel.line, code: "cancellation", message: "takes back another row".to_owned() });
                }
                None => notes.push(Note {
                    line: cancel.line,
                    code: "orphan-cancellation",
                    message: "cancels a trade that is not in this file: undo the import that brought it, if one did".to_owned(),
                }),
            }
        }
        replace_corrected(&mut slots, &mut notes);
        (slots.into_iter().flatten().collect(), notes)
    }
}

fn replace_corrected(slots: &mut [Option<Execution>], notes: &mut Vec<Note>) {
    let corrections: Vec<(u64, String)> = slots
        .iter()
        .flatten()
        .filter_map(|execution| Some((execution.fill.line, execution.corrects.clone()?)))
        .collect();
    for (line, trade_id) in corrections {
        let original = slots
            .iter_mut()
            .find(|slot| slot.as_ref().is_some_and(|e| e.trade_id == trade_id && e.fill.line != line));
        if let Some(gone) = original.and_then(Option::take) {
            let message = format!("corrected by line {line}");
            notes.push(Note { line: gone.fill.line, code: "corrected", message });
        }
    }
}

impl Cancellation {
    /// By id where the rows share one, else by what was traded.
    fn original(&self, slots: &[Option<Execution>]) -> Option<usize> {
        let find = |matches: &dyn Fn(&Execution) -> bool| {
            slots.iter().position(|slot| slot.as_ref().is_some_and(matches))
        };
        find(&|execution| {
            (!self.trade_id.is_empty() && self.trade_id == execution.trade_id)
                || self.execution_id == execution.fill.execution_id
        })
        .or_else(|| {
            find(&|execution| {
                let fill = &execution.fill;
                self.symbol == fill.symbol && self.quantity == fill.quantity && self.price == fill.price
            })
        })
    }
}
