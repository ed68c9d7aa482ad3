//! Answers on their way.

use super::stage::Stage;
use axum::{
    body::{Body, Bytes},
    response::Response,
};
use http::{StatusCode, Version};
use http_body::{Body as HttpBody, Frame, SizeHint};
use std::{
    pin::Pin,
    task::{Context, Poll, ready},
};
use tokio::time::Instant;

/// Bytes that are given out at once over HTTP/2, a frame's: h2 keeps whatever it was given until the client takes it, however little the
/// client asks for.
pub(super) const PIECE: usize = 16 * 1024;

/// A request is being answered until this is dropped.
pub(super) struct Answering {
    stage: Stage,
    is_http2: bool,
    number: u64,
}

impl Answering {
    pub fn new(stage: Stage, version: Version) -> Self {
        let number = stage.given().number();
        Self { stage, is_http2: version == Version::HTTP_2, number }
    }

    /// Until the last byte of the answer is on its way.
    pub fn until_sent(self, response: Response) -> Response<Answer> {
        if response.status() == StatusCode::SWITCHING_PROTOCOLS {
            self.stage.is_framed_now();
        }
        self.gave(&[]);
        response.map(|body| Answer { body, rest: Bytes::new(), answering: self, has_begun: false })
    }

    /// The client has these bytes to take.
    fn gave(&self, bytes: &[u8]) {
        let mut given = self.stage.given();
        if self.is_http2 {
            given.gave(self.number, bytes.len(), self.stage.terms(), Instant::now());
        } else {
            given.remember(bytes);
        }
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        self.stage.given().taken(self.number);
        self.stage.ended();
    }
}

/// The body of an answer.
pub(super) struct Answer {
    body: Body,
    /// What of its last piece is not given out yet.
    rest: Bytes,
    answering: Answering,
    /// Some of it was given out.
    has_begun: bool,
}

impl HttpBody for Answer {
    type Data = <Body as HttpBody>::Data;
    type Error = <Body as HttpBody>::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        // Hyper asks for more when the client takes more.
        self.answering.stage.given().taken(self.answering.number);
        let frame = if self.rest.is_empty() {
            ready!(Pin::new(&mut self.body).poll_frame(cx))
        } else {
            Some(Ok(Frame::data(std::mem::take(&mut self.rest))))
        };
        Poll::Ready(frame.map(|frame| frame.map(|frame| self.piece(frame))))
    }

    fn is_end_stream(&self) -> bool {
        // What is over is asked for no more, and nobody would know whether it was taken: over HTTP/2 only what is empty is over.
        self.body.is_end_stream() && !(self.answering.is_http2 && self.has_begun)
    }

    fn size_hint(&self) -> SizeHint {
        let (hint, rest) = (self.body.size_hint(), self.rest.len() as u64);
        let mut whole = SizeHint::new();
        if let Some(upper) = hint.upper() {
            whole.set_upper(upper + rest);
        }
        whole.set_lower(hint.lower() + rest);
        whole
    }
}

impl Answer {
    /// As much of a frame as is given out at once.
    fn piece(&mut self, frame: Frame<Bytes>) -> Frame<Bytes> {
        match frame.into_data() {
            Ok(mut data) => {
                if self.answering.is_http2 && data.len() > PIECE {
                    self.rest = data.split_off(PIECE);
                }
                self.answering.gave(&data);
                self.has_begun = true;
                Frame::data(data)
            }
            Err(trailers) => trailers,
        }
    }
}
