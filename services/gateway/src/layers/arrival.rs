//! Bodies that arrive too slowly are the client's fault, and end in 408.

use crate::{
    problem::Problem,
    serving::{Connections, Pace},
};
use axum::{
    body::{Body, Bytes},
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use http::{HeaderValue, StatusCode, header};
use http_body::{Body as HttpBody, Frame, SizeHint};
use std::{
    io,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
};

/// Lets a body arrive at its pace, if that is not too slow.
pub(super) async fn in_time(
    State(connections): State<Connections>,
    request: Request,
    next: Next,
) -> Response {
    if request.body().is_end_stream() {
        return next.run(request).await;
    }
    let late = Arc::new(Late::default());
    let pace = connections.pace();
    let request = request.map(|body| Body::new(Arriving { body, pace, late: late.clone() }));
    let response = next.run(request).await;
    // A request's time may be over while its body still arrives: no service is to blame.
    let waited_in_vain =
        response.status() == StatusCode::GATEWAY_TIMEOUT && late.awaited.load(Ordering::Relaxed);
    if !waited_in_vain && !late.given_up.load(Ordering::Relaxed) {
        return response;
    }
    too_late()
}

/// What is still to come of the body is not read.
pub(super) fn too_late() -> Response {
    let mut response = Problem::of_framework(StatusCode::REQUEST_TIMEOUT).into_response();
    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}

/// What became of a body.
#[derive(Default)]
struct Late {
    /// Somebody waits for its next bytes.
    awaited: AtomicBool,
    /// Nobody does any more.
    given_up: AtomicBool,
}

struct Arriving {
    body: Body,
    pace: Pace,
    late: Arc<Late>,
}

impl HttpBody for Arriving {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let arrived = Pin::new(&mut self.body).poll_frame(cx);
        self.late.awaited.store(arrived.is_pending(), Ordering::Relaxed);
        if let Poll::Ready(frame) = arrived {
            let data = frame.as_ref().and_then(|frame| frame.as_ref().ok()?.data_ref());
            self.pace.moved(data.map_or(0, Bytes::len));
            return Poll::Ready(frame);
        }
        if self.pace.poll_too_slow(cx).is_pending() {
            return Poll::Pending;
        }
        self.late.given_up.store(true, Ordering::Relaxed);
        let too_slow = io::Error::new(io::ErrorKind::TimedOut, "the body arrives too slowly");
        Poll::Ready(Some(Err(axum::Error::new(too_slow))))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
