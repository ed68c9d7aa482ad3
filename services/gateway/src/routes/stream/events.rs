//! `GET /v1/stream/sse`: the same messages as server-sent events.

use super::{end::End, feed::Feed, outbox, own};
use crate::{
    app::App, extract::Params, problem::Problem, signed_in::SignedIn, wire::notifications::StreamStart,
};
use axum::{
    extract::State,
    response::{
        IntoResponse,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures_util::{Stream, StreamExt as _, stream};
use http::{HeaderMap, HeaderValue, header};
use std::{convert::Infallible, time::Duration};
use tokio::sync::oneshot;
use tokio_stream::wrappers::ReceiverStream;

const HEARTBEAT: Duration = Duration::from_secs(20);

/// The live stream as server-sent events. The data of each is a message `{"seq", "type", "data"}`, its id the `seq`: a browser that
/// reconnects sends it as `Last-Event-ID`, which resumes without loss or repeat as `?since=<seq>` does. The last event is `end`
/// with `{"code", "reason"}`, as a WebSocket is closed.
#[utoipa::path(get, path = "/v1/stream/sse", tag = "live",
    params(StreamStart, ("Last-Event-ID" = Option<u64>, Header, description = "The `seq` of the last message that arrived; counts before `since`")),
    security(("bearer" = []), ("cookie" = [])),
    responses((status = 200, body = String, content_type = "text/event-stream"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn events(
    State(app): State<App>,
    caller: SignedIn,
    Params(start): Params<StreamStart>,
    headers: HeaderMap,
) -> Result<impl IntoResponse, Problem> {
    let caller = own(caller)?;
    let since = last_event(&headers)?.or(start.since);
    let events = follow(&app, Feed::new(app.clone(), caller, since));
    let events = Sse::new(events).keep_alive(KeepAlive::new().interval(HEARTBEAT));
    Ok(([(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))], events))
}

fn last_event(headers: &HeaderMap) -> Result<Option<u64>, Problem> {
    let Some(id) = headers.get("last-event-id").filter(|id| !id.is_empty()) else { return Ok(None) };
    let id = id.to_str().ok().and_then(|id| id.parse().ok());
    id.map(Some).ok_or_else(|| Problem::invalid_field("Last-Event-ID", "must be the seq of a message"))
}

/// The messages, and why there are no more.
fn follow(app: &App, feed: Feed) -> impl Stream<Item = Result<Event, Infallible>> + use<> {
    let (outbox, queued) = outbox::open();
    let (tell, told) = oneshot::channel();
    app.sockets.spawn(async move {
        metrics::gauge!("event_streams.open").increment(1);
        let end = Box::pin(feed.run(outbox)).await;
        let _ = tell.send(end);
        metrics::gauge!("event_streams.open").decrement(1);
    });
    let messages = ReceiverStream::new(queued).map(|message| {
        let event = Event::default().data(message.text);
        message.position.into_iter().fold(event, |event, seq| event.id(seq.to_string()))
    });
    let last = stream::once(told).filter_map(async |end| last(end.ok()?));
    messages.chain(last).map(Ok)
}

fn last(end: End) -> Option<Event> {
    let told = serde_json::to_string(&end.told()?).ok()?;
    Some(Event::default().event("end").data(told))
}
