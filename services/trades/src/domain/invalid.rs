//! What a caller sent and we cannot take.

/// A field at fault and what was expected of it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {expected}")]
pub struct Invalid {
    /// The field's name in the request.
    pub field: &'static str,
    /// What was expected, in words for people.
    pub expected: String,
}

impl Invalid {
    /// `field` is not what was expected.
    pub fn new(field: &'static str, expected: impl Into<String>) -> Self {
        Self { field, expected: expected.into() }
    }
}

/// Items of a list that are not what was expected.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{list}: {} items are not valid", items.len())]
pub struct InvalidItems {
    /// The list's name in the request.
    pub list: &'static str,
    /// Where in the list, from 0, and what is wrong there.
    pub items: Vec<(usize, Invalid)>,
}

impl InvalidItems {
    /// Items told of: more would not help anybody.
    pub const MOST: usize = 20;
}
