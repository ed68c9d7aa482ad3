//! What a caller sent and we cannot take.

/// A field at fault and what was expected of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {expected}")]
pub(crate) struct Invalid {
    /// The field's name in the request.
    pub field: &'static str,
    /// What was expected, in words for people.
    pub expected: &'static str,
}
