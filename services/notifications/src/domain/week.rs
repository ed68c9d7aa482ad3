//! What came into an inbox in a week, added up.

/// What came in, and what is left to be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Week {
    /// Each kind that there was.
    pub kinds: Vec<OfKind>,
    /// How many of all notifications are unread, those of before too.
    pub unread: u64,
}

/// The notifications of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OfKind {
    /// As in [`super::notice::Notice`], or a word that a later release wrote.
    pub kind: String,
    pub count: u64,
    /// Fills that they brought; `None` where nobody counted those of each.
    pub new_fills: Option<u64>,
    /// Figures of files that are not the journal's, likewise.
    pub differences: Option<u64>,
}

impl Week {
    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        self.kinds.is_empty()
    }
}
