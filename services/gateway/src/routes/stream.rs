//! `GET /v1/stream`: what happens, as it happens, over a WebSocket or as server-sent events.

mod end;
mod events;
mod feed;
mod outbox;
mod session;

pub(crate) use events::__path_events;
pub(crate) use events::events;

use crate::{
    app::App, extract::Params, origin, problem::Problem, serving::Place, signed_in::SignedIn,
    wire::notifications::StreamStart,
};
use axum::{
    extract::{FromRequestParts as _, Request, State, WebSocketUpgrade},
    response::{IntoResponse as _, Response},
};
use feed::Feed;
use http::{StatusCode, header};
use identity::Caller;

/// The largest message a client may send: it has nothing to say.
const MAX_INCOMING: usize = 1024;

/// Whose stream it is: his own, whoever he may read for.
fn own(SignedIn(caller): SignedIn) -> Result<Caller, Problem> {
    if caller.actor.is_none() {
        return Ok(caller);
    }
    let detail = "a mentor reads the journal, and hears of nothing that happens in it";
    Err(Problem::new(StatusCode::FORBIDDEN, "read-only", detail))
}

/// Opens the live stream. Messages are `{"seq", "type", "data"}`; `?since=<seq>` resumes without loss or repeat. Closed with
/// 4401 when the session ends or the access token expires, 1012 when this server restarts, 1013 when you leave more than 256 messages or a
/// mebibyte waiting: reconnect with `since`.
#[utoipa::path(get, path = "/v1/stream", tag = "live", params(StreamStart),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 101, description = "WebSocket"), (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 426, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn connect(
    State(app): State<App>,
    caller: SignedIn,
    Params(start): Params<StreamStart>,
    request: Request,
) -> Result<Response, Problem> {
    let caller = own(caller)?;
    let (mut parts, _) = request.into_parts();
    // A WebSocket is not bound by CORS: with a cookie, the page's origin decides.
    if !parts.headers.contains_key(header::AUTHORIZATION)
        && !origin::is_allowed(&parts.headers, &app.browsers)
    {
        return Err(Problem::new(
            StatusCode::FORBIDDEN,
            "origin-not-allowed",
            "this page may not open the stream",
        ));
    }
    let Ok(upgrade) = WebSocketUpgrade::from_request_parts(&mut parts, &app).await else {
        let problem =
            Problem::new(StatusCode::UPGRADE_REQUIRED, "upgrade-required", "this path speaks WebSocket only");
        let to_what = [(header::CONNECTION, "upgrade"), (header::UPGRADE, "websocket")];
        return Ok((to_what, problem).into_response());
    };
    let (tracker, place) = (app.sockets.clone(), parts.extensions.get::<Place>().cloned());
    Ok(upgrade
        // 128 KiB of buffers a socket otherwise.
        .read_buffer_size(4 * 1024)
        .write_buffer_size(4 * 1024)
        .max_write_buffer_size(1024 * 1024)
        .max_message_size(MAX_INCOMING)
        .max_frame_size(MAX_INCOMING)
        .on_upgrade(move |socket| {
            tracker.track_future(async move {
                session::serve(Feed::new(app, caller, start.since), socket).await;
                drop(place);
            })
        }))
}
