//! What keeps a merge or a split from being applied.

/// A merge or a split that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{entry}, execution {id}: {fault}")]
pub struct RegroupError {
    /// The merge or the split.
    pub entry: Entry,
    /// The execution that is in the way; empty when none was given.
    pub id: String,
    /// What is wrong with it.
    pub fault: RegroupFault,
}

/// A merge or a split: its position in the [`Regrouping`](super::Regrouping), from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Entry {
    /// A merge.
    Merge(usize),
    /// A split.
    Split(usize),
}

impl std::fmt::Display for Entry {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Merge(number) => write!(formatter, "merge {number}"),
            Self::Split(number) => write!(formatter, "split {number}"),
        }
    }
}

/// What is wrong with a merge or a split.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum RegroupFault {
    /// No round trip opens with it.
    #[error("no round trip opens with it")]
    UnknownTrade,
    /// Round trips of two books open with it.
    #[error("round trips of two books open with it")]
    Ambiguous,
    /// An entry before this one merges or splits its round trip.
    #[error("another entry merges or splits its round trip")]
    Overlap,
    /// The entry names it twice.
    #[error("it is named twice")]
    Twice,
    /// A merge of fewer than two round trips, or a split without a boundary.
    #[error("there is nothing to merge or to split")]
    TooFew,
    /// Its round trip is in another book than the first one of the merge.
    #[error("its round trip is in another book")]
    OtherBook,
    /// There is another round trip between this one and the next of the merge.
    #[error("there is another round trip between it and the next one")]
    NotConsecutive,
    /// It is no fill of the round trip.
    #[error("it is no fill of the round trip")]
    UnknownFill,
    /// No leg begins or ends with it, whichever the split goes by: the cut would go through a leg.
    #[error("the cut would go through a leg")]
    InsideLeg,
    /// Nothing of the round trip is before it.
    #[error("nothing of the round trip is before it")]
    EmptyPart,
    /// The legs of its round trip do not add up to it: none were kept, or a stock split changed their units.
    #[error("the legs of its round trip do not add up to it")]
    LegsDoNotAddUp,
}
