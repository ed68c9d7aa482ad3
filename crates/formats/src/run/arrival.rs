//! Gives executions of one time their order: files that stand newest first are read from the bottom up.

use crate::{Diagnostic, ParsedEvent, ParsedFill, Severity};
use ledger::Timestamp;

/// Rows of one time at the beginning of a file that wait at most until its direction is known.
const MOST_WAITING: usize = 10_000;
/// Fills of one row that keep their order.
const FILLS_PER_ROW: i64 = 1_000;

/// Something on its way to the sink.
#[derive(Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "nearly all are executions, and a box for each would cost more"
)]
pub(crate) enum Found {
    /// An execution.
    Fill(ParsedFill),
    /// Something else.
    Event(Box<ParsedEvent>),
    /// A remark.
    Remark(Diagnostic),
}

/// How the rows of a file follow one another in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
    OldestFirst,
    NewestFirst,
}

/// Holds back the first rows until two of them differ in time: then the direction of the file is known.
#[derive(Default)]
pub(super) struct Arrival {
    direction: Option<Direction>,
    first: Option<Timestamp>,
    waiting: Vec<Found>,
    is_usually_newest_first: bool,
}

impl Arrival {
    /// What a file counts as that tells by no two rows how it stands.
    pub const fn expect_newest_first(&mut self) {
        self.is_usually_newest_first = true;
    }

    const fn usual(&self) -> Direction {
        if self.is_usually_newest_first { Direction::NewestFirst } else { Direction::OldestFirst }
    }

    /// Makes ready what one row found, when the direction is known; else `false`.
    pub fn pass(&self, found: &mut [Found]) -> bool {
        let Some(direction) = self.direction else { return false };
        found.iter_mut().enumerate().for_each(|(index, found)| number(found, index, direction));
        true
    }

    /// Moves what one row found to what is ready to go out, now or with a later row.
    pub fn take(&mut self, found: &mut Vec<Found>, ready: &mut Vec<Found>) {
        let time = found.iter().find_map(|found| match found {
            Found::Fill(fill) => Some((fill.executed_at.at, fill.line)),
            Found::Event(_) | Found::Remark(_) => None,
        });
        match time {
            Some((time, line)) => self.compare(time, line, found),
            None if self.waiting.is_empty() => {
                ready.append(found);
                return;
            }
            None => {}
        }
        self.waiting.append(found);
        if self.direction.is_some() || self.waiting.len() >= MOST_WAITING {
            let usual = self.usual();
            self.direction.get_or_insert(usual);
            self.finish(ready);
        }
    }

    /// Compares the time of a row with that of the first.
    fn compare(&mut self, time: Timestamp, line: u64, found: &mut Vec<Found>) {
        match self.first {
            Some(first) if time > first => self.direction = Some(Direction::OldestFirst),
            Some(first) if time < first => {
                self.direction = Some(Direction::NewestFirst);
                let message = "the file stands newest first: rows of one time count from the bottom up";
                found.push(Found::Remark(Diagnostic {
                    line,
                    column: None,
                    severity: Severity::Info,
                    code: "newest-first",
                    message: message.to_owned(),
                }));
            }
            Some(_) | None => self.first = Some(time),
        }
    }

    /// Moves what still waits.
    pub fn finish(&mut self, ready: &mut Vec<Found>) {
        let direction = self.direction.unwrap_or_else(|| self.usual());
        let (mut line, mut index) = (0, 0);
        for found in &mut self.waiting {
            if let Found::Fill(fill) = found {
                index = if fill.line == line { index + 1 } else { 0 };
                line = fill.line;
            }
            number(found, index, direction);
        }
        ready.append(&mut self.waiting);
    }
}

/// The order by line, where the broker gives none.
fn number(found: &mut Found, index: usize, direction: Direction) {
    let Found::Fill(fill) = found else { return };
    if fill.sequence != 0 {
        return;
    }
    let line = i64::try_from(fill.line).unwrap_or(i64::MAX).saturating_mul(FILLS_PER_ROW);
    let index = i64::try_from(index).unwrap_or_default().min(FILLS_PER_ROW - 1);
    fill.sequence = match direction {
        Direction::OldestFirst => line,
        Direction::NewestFirst => -line,
    } + index;
}
