//! What a trader wrote about a trade, as the trades service tells it.

/// The whole entry. It has a version of its own, as it changes without the trade's money.
pub(crate) struct Journal {
    pub version: i64,
    pub tags: Vec<String>,
    pub notes: String,
}
