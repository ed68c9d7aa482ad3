//! Writes that are only done to what their caller has seen.
//!
//! The states that the caller's `If-Match` names travel as metadata. The service compares them with the state that it finds under
//! its own lock, in the transaction that does the work: of two writes to one state, one is refused.

use crate::status;
use std::fmt::Display;
use tonic::{Code, Request, Status, metadata::MetadataValue};

const IF_MATCH: &str = "if-match";

/// The states that a resource may have for a write to it to be done; without any named, every state is fine.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Precondition(Option<Vec<String>>);

/// The resource is in another state than the caller has seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it has changed since you read it: read it again")]
pub struct Stale;

impl From<Stale> for Status {
    fn from(stale: Stale) -> Self {
        status::with_reason(Code::FailedPrecondition, "precondition-failed", stale.to_string())
    }
}

impl Precondition {
    /// One of these states, each of letters, digits and dots. None at all: no state is fine.
    pub fn one_of(states: Vec<String>) -> Self {
        Self(Some(states))
    }

    /// What a call carries.
    pub fn of<T>(request: &Request<T>) -> Self {
        let Some(value) = request.metadata().get(IF_MATCH) else { return Self(None) };
        // What cannot be read names no state.
        let states = value.to_str().unwrap_or_default().split(',').filter(|state| !state.is_empty());
        Self(Some(states.map(str::to_owned).collect()))
    }

    /// Lets a call carry it.
    pub fn carry<T>(&self, request: &mut Request<T>) {
        let Some(states) = &self.0 else { return };
        let value = MetadataValue::try_from(states.join(",")).unwrap_or(MetadataValue::from_static(""));
        request.metadata_mut().insert(IF_MATCH, value);
    }

    /// Whether the state matters at all.
    pub fn is_stated(&self) -> bool {
        self.0.is_some()
    }

    /// Fails unless the resource may be in this state.
    pub fn check(&self, state: impl Display) -> Result<(), Stale> {
        let state = state.to_string();
        match &self.0 {
            Some(states) if !states.contains(&state) => Err(Stale),
            Some(_) | None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn carried(precondition: &Precondition) -> Precondition {
        let mut request = Request::new(());
        precondition.carry(&mut request);
        Precondition::of(&request)
    }

    #[test]
    fn a_call_carries_its_states() {
        for precondition in [
            Precondition::default(),
            Precondition::one_of(Vec::new()),
            Precondition::one_of(vec!["3".to_owned(), "12.4".to_owned()]),
        ] {
            assert_eq!(carried(&precondition), precondition);
        }
    }

    #[test]
    fn only_a_state_that_was_named_is_fine() {
        let named = Precondition::one_of(vec!["3".to_owned(), "12.4".to_owned()]);

        assert_eq!(named.check(3), Ok(()));
        assert_eq!(named.check("12.4"), Ok(()));
        assert_eq!(named.check(4), Err(Stale));
        assert_eq!(Precondition::one_of(Vec::new()).check(3), Err(Stale));
        assert_eq!(Precondition::default().check(3), Ok(()));
    }

    #[test]
    fn states_that_cannot_be_read_are_none() {
        let mut request = Request::new(());
        let value = http::HeaderValue::from_bytes(b"\xff").unwrap();
        request.metadata_mut().as_mut().insert(IF_MATCH, value);

        assert_eq!(Precondition::of(&request), Precondition::one_of(Vec::new()));
    }
}
