//! What a writer has seen of what it writes to.

use super::{Tags, tags::Tag, versioned};
use axum::extract::FromRequestParts;
use http::{header, request::Parts};
use runtime::precondition::Precondition;
use std::convert::Infallible;

/// The states of an `If-Match`, for the service to compare under its own lock.
pub(crate) struct Seen(Precondition);

impl Seen {
    /// Lets a call carry them.
    pub fn on<T>(&self, mut request: tonic::Request<T>) -> tonic::Request<T> {
        self.0.carry(&mut request);
        request
    }

    fn of(tags: Option<Tags>) -> Self {
        Self(match tags {
            // The service refuses what is not there, whatever anybody has seen of it.
            None | Some(Tags::Any) => Precondition::default(),
            Some(Tags::These(tags)) => Precondition::one_of(tags.iter().filter_map(state).collect()),
        })
    }
}

/// The state that a strong tag of ours names: weak ones never match here (RFC 9110, section 13.1.1).
fn state(tag: &Tag) -> Option<String> {
    let state = versioned::state_of(&tag.opaque).filter(|_| !tag.weak)?;
    Some(state.to_owned())
}

impl<S: Sync> FromRequestParts<S> for Seen {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        Ok(Self::of(Tags::of(&parts.headers, &header::IF_MATCH)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::{HeaderMap, HeaderValue};

    fn carried(line: Option<&str>) -> Precondition {
        let line = line.map(|line| (header::IF_MATCH, HeaderValue::from_str(line).unwrap()));
        let headers: HeaderMap = line.into_iter().collect();
        Precondition::of(&Seen::of(Tags::of(&headers, &header::IF_MATCH)).on(tonic::Request::new(())))
    }

    #[test]
    fn only_strong_tags_of_ours_name_a_state() {
        let digest = "0123456789abcdef0123456789abcdef";
        for (line, states) in [
            (format!(r#""3-{digest}""#), vec!["3"]),
            (format!(r#""12.4-{digest}+zstd", "x""#), vec!["12.4"]),
            (format!(r#"W/"3-{digest}""#), vec![]),
            (format!(r#""3-{digest}0""#), vec![]),
            (r#""3""#.to_owned(), vec![]),
            ("3".to_owned(), vec![]),
        ] {
            let states = states.into_iter().map(str::to_owned).collect();
            assert_eq!(carried(Some(&line)), Precondition::one_of(states), "{line}");
        }
        assert_eq!(carried(Some("*")), Precondition::default());
        assert_eq!(carried(None), Precondition::default());
    }
}
