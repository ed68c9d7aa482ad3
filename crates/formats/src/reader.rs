//! What every format gives: how to know it, how to read it, and what there is to know about it.

use crate::{File, Head, ParseError, Run};

/// One export format of one broker or platform.
pub(crate) trait Reader: Sync {
    /// Everything that people are told about it.
    fn doc(&self) -> &'static Doc;

    /// How sure it is that a file is of this format, by the file's beginning.
    fn detect(&self, head: &Head) -> Option<Match>;

    /// Reads a whole file.
    fn parse(&self, file: File<'_>, run: &mut Run<'_>) -> Result<(), ParseError>;

    /// A small synthetic file of this format; the property tests of all formats start from it.
    fn sample(&self) -> &'static str;
}

/// A format that a file may be of.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Match {
    /// 0..1: 1 when it can be nothing else.
    pub confidence: f32,
    /// What was seen.
    pub why: String,
}

impl Match {
    /// It can be nothing else.
    pub fn certain(why: impl Into<String>) -> Self {
        Self { confidence: 1.0, why: why.into() }
    }
}

/// What a row of a format is. Rows of different kinds tell of the same executions: one account takes one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RowKind {
    /// One execution.
    Fill,
    /// One order, its executions averaged.
    Order,
    /// What closed a position or a part of it, with the entry beside it.
    ClosingDeal,
    /// A position from its entry to its exit.
    RoundTrip,
    /// Movements of cash.
    Cash,
}

impl RowKind {
    /// The word for it: `fill`, `order`, `closing deal`, `round trip`, `cash`.
    pub const fn as_text(self) -> &'static str {
        match self {
            Self::Fill => "fill",
            Self::Order => "order",
            Self::ClosingDeal => "closing deal",
            Self::RoundTrip => "round trip",
            Self::Cash => "cash",
        }
    }
}

/// What there is to know about a format. `docs/formats.md` is generated from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Doc {
    /// The stable id: clients and stored imports name it.
    pub id: &'static str,
    /// The name that people know.
    pub name: &'static str,
    /// How to get such a file, in one sentence.
    pub how: &'static str,
    /// What one row is.
    pub kind: RowKind,
    /// What the file carries.
    pub carries: &'static str,
    /// How its times are read, and in which zone.
    pub times: &'static str,
    /// What it says about fees, and in which sign.
    pub fees: &'static str,
    /// What tells one execution from all others.
    pub identity: &'static str,
    /// What cannot be known from such a file, or is not read.
    pub limits: &'static str,
}
