//! Bodies arrive before anybody works on them, so that nobody who sends slowly keeps a place from others.

use super::{arrival, shed};
use crate::{
    app::App,
    limits::{Asker, Class},
    problem::Problem,
    shares::{self, Share, Shares},
    signed_in,
};
use axum::{
    body::{Body, Bytes},
    extract::{MatchedPath, Request, State},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use futures_util::{StreamExt as _, stream};
use http::StatusCode;
use tokio::time::timeout;

/// Bodies of JSON requests: notes are the longest.
pub(super) const MAX_JSON_BYTES: usize = 1024 * 1024;
/// Bodies of those who are not signed in: what a passkey says is the longest.
pub(crate) const MAX_STRANGERS_BYTES: usize = 64 * 1024;
/// All bodies that are here, until they are answered.
const ALL_BYTES: usize = 32 * 1024 * 1024;
/// Those of one asker.
const BYTES_OF_ONE: usize = ALL_BYTES / 4;

/// What bodies may take of memory.
pub(crate) fn memory() -> Shares<Asker> {
    Shares::new(ALL_BYTES, BYTES_OF_ONE)
}

/// Goes on once a body is there. Files are passed on while they arrive: they have a room of their own.
pub(super) async fn bodies(State(app): State<App>, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map_or("unmatched", MatchedPath::as_str);
    let (class, asker) = (Class::of(request.method(), route), request.extensions().get::<Asker>().copied());
    let (Some(class), Some(asker)) = (class, asker) else { return next.run(request).await };
    if class == Class::File || http_body::Body::is_end_stream(request.body()) {
        return next.run(request).await;
    }
    let is_stranger = matches!(class, Class::SignIn | Class::Elsewhere)
        || request.extensions().get::<signed_in::Refused>().is_some();
    let most = if is_stranger { MAX_STRANGERS_BYTES } else { MAX_JSON_BYTES };
    let (parts, body) = request.into_parts();
    match timeout(app.body_time, arrived(body, most, &app.bodies, asker)).await {
        Ok(Ok((body, _memory))) => next.run(Request::from_parts(parts, body)).await,
        Ok(Err(refusal)) => refusal.answer(class),
        Err(_) => arrival::too_late(),
    }
}

/// Why a body is not taken.
enum Refusal {
    BrokenOff,
    NoMemory(shares::Refused),
}

impl Refusal {
    fn answer(self, class: Class) -> Response {
        match self {
            Self::BrokenOff => Problem::of_framework(StatusCode::BAD_REQUEST).into_response(),
            Self::NoMemory(shares::Refused::Full) => {
                metrics::counter!("bulkhead.refused", "bulkhead" => "bodies").increment(1);
                shed::overloaded().into_response()
            }
            Self::NoMemory(shares::Refused::TooMuchOfOne) => shed::too_much_at_once(class).into_response(),
        }
    }
}

/// The body, and the memory that it takes. One that is longer than `most` is given on with all that is still to come: its handler
/// refuses it, if nothing else is wrong.
async fn arrived(
    body: Body,
    most: usize,
    memory: &Shares<Asker>,
    asker: Asker,
) -> Result<(Body, Share<Asker>), Refusal> {
    let mut share = memory.take(Some(asker), 0).map_err(Refusal::NoMemory)?;
    let mut coming = body.into_data_stream();
    let mut here = Vec::new();
    while let Some(bytes) = coming.next().await {
        let bytes = bytes.map_err(|_| Refusal::BrokenOff)?;
        share.grow(bytes.len()).map_err(Refusal::NoMemory)?;
        here.extend_from_slice(&bytes);
        if here.len() > most {
            let first = stream::iter([Ok(Bytes::from(here))]);
            return Ok((Body::from_stream(first.chain(coming)), share));
        }
    }
    Ok((Body::from(here), share))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::to_bytes;
    use std::net::{IpAddr, Ipv4Addr};

    const ASKER: Asker = Asker::Address(IpAddr::V4(Ipv4Addr::LOCALHOST));

    fn body(parts: &'static [&'static str]) -> Body {
        Body::from_stream(stream::iter(parts.iter().map(|part| Ok::<_, axum::Error>(*part))))
    }

    #[tokio::test]
    async fn a_body_is_given_on_as_it_came_however_long_it_is() {
        for most in [2, 4, 100] {
            let memory = Shares::new(100, 50);
            let (whole, _share) =
                arrived(body(&["ab", "", "cde", "f"]), most, &memory, ASKER).await.ok().unwrap();
            assert_eq!(to_bytes(whole, 100).await.unwrap(), "abcdef", "{most}");
        }
    }

    #[tokio::test]
    async fn a_body_takes_memory_until_it_is_answered() {
        let memory = Shares::new(6, 5);
        let first = arrived(body(&["ab", "c"]), 100, &memory, ASKER).await;

        let second = arrived(body(&["ab", "c"]), 100, &memory, ASKER).await;
        assert!(matches!(second, Err(Refusal::NoMemory(shares::Refused::TooMuchOfOne))));
        drop(first);
        assert!(arrived(body(&["ab", "c"]), 100, &memory, ASKER).await.is_ok());
    }

    #[tokio::test]
    async fn a_body_that_breaks_off_is_none() {
        let broken = Body::from_stream(stream::iter([Ok("a"), Err(axum::Error::new("gone"))]));

        assert!(matches!(arrived(broken, 100, &memory(), ASKER).await, Err(Refusal::BrokenOff)));
    }
}
