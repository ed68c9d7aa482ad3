//! Refuses what there is no room for: at once where that is plain, and else before anything is done for it.

use crate::{
    app::App,
    bulkheads::{COME_BACK, Kind},
    limits::{Asker, Class},
    problem::Problem,
    shares::Refused,
};
use axum::{
    extract::{MatchedPath, Request, State},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use http::StatusCode;

/// Refuses a request whose room and the queue before it are full. Nobody looks at its token or asks Redis what it may: to say no must
/// cost next to nothing when there is too much to do.
pub(super) async fn crowds(State(app): State<App>, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map_or("unmatched", MatchedPath::as_str);
    match Class::of(request.method(), route) {
        Some(class) if app.rooms.refuses(Kind::of(class, route)) => overloaded().into_response(),
        _ => next.run(request).await,
    }
}

/// Lets a request in when its room has a place, for as long as it is worked on.
pub(super) async fn requests(State(app): State<App>, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map_or("unmatched", MatchedPath::as_str);
    let Some(class) = Class::of(request.method(), route) else { return next.run(request).await };
    let asker = request.extensions().get::<Asker>().copied();
    match app.rooms.enter(Kind::of(class, route), asker).await {
        Ok(_place) => next.run(request).await,
        Err(Refused::Full) => overloaded().into_response(),
        Err(Refused::TooMuchOfOne) => too_much_at_once(class).into_response(),
    }
}

/// Somebody asks for so much at once that nothing would be left for others.
pub(super) fn too_much_at_once(class: Class) -> Problem {
    metrics::counter!("http.requests.limited", "class" => class.name()).increment(1);
    let detail = "you send too much at once; wait for some of the answers, then send on";
    Problem::new(StatusCode::TOO_MANY_REQUESTS, "too-much-at-once", detail).retry_after(1)
}

pub(super) fn overloaded() -> Problem {
    let seconds = u32::try_from(COME_BACK.as_secs()).unwrap_or(1);
    let detail = "there is too much to do at the moment; try again in a second";
    Problem::new(StatusCode::SERVICE_UNAVAILABLE, "overloaded", detail).retry_after(seconds)
}
