//! The message of a call, kept so that it can be sent again.

use bytes::Bytes;
use http_body::{Body as HttpBody, Frame};
use std::{
    collections::VecDeque,
    convert::Infallible,
    future::poll_fn,
    pin::Pin,
    task::{Context, Poll},
};
use tonic::{Status, body::Body};

/// Larger messages are sent once.
const LARGEST_KEPT: usize = 256 * 1024;

/// A call's message, or the stream of its messages.
pub(super) enum Message {
    /// All of it: it can be sent again.
    Whole(VecDeque<Bytes>),
    /// A stream, or too large to keep.
    Once(Body),
}

impl Message {
    /// Keeps what is there at once: all of a single message, and only the beginning of a stream.
    pub async fn of(mut body: Body) -> Self {
        let mut begun = VecDeque::new();
        let ended = poll_fn(|cx| Poll::Ready(gather(&mut body, &mut begun, cx))).await;
        if ended { Self::Whole(begun) } else { Self::Once(Body::new(Begun { begun, rest: body })) }
    }

    /// What to send, and what to send should that fail.
    pub fn split(self) -> (Body, Option<Self>) {
        match self {
            Self::Whole(frames) => (Body::new(Kept(frames.clone())), Some(Self::Whole(frames))),
            Self::Once(body) => (body, None),
        }
    }
}

/// True when the body has ended well.
fn gather(body: &mut Body, begun: &mut VecDeque<Bytes>, cx: &mut Context<'_>) -> bool {
    while begun.iter().map(Bytes::len).sum::<usize>() <= LARGEST_KEPT {
        match Pin::new(&mut *body).poll_frame(cx) {
            Poll::Ready(Some(Ok(frame))) => begun.extend(frame.into_data()),
            Poll::Ready(None) => return true,
            Poll::Ready(Some(Err(_))) | Poll::Pending => return false,
        }
    }
    false
}

struct Kept(VecDeque<Bytes>);

impl HttpBody for Kept {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.0.pop_front().map(|bytes| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_empty()
    }
}

struct Begun {
    begun: VecDeque<Bytes>,
    rest: Body,
}

impl HttpBody for Begun {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        match self.begun.pop_front() {
            Some(bytes) => Poll::Ready(Some(Ok(Frame::data(bytes)))),
            None => Pin::new(&mut self.rest).poll_frame(cx),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.begun.is_empty() && self.rest.is_end_stream()
    }
}
