//! Answers on their way.

use super::stage::Stage;
use axum::{body::Body, response::Response};
use http::{StatusCode, Version};
use http_body::{Body as HttpBody, Frame, SizeHint};
use std::{
    pin::Pin,
    task::{Context, Poll, ready},
};
use tokio::time::Instant;

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
        response.map(|body| Answer { body, answering: self, has_begun: false })
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
        let frame = ready!(Pin::new(&mut self.body).poll_frame(cx));
        if let Some(Ok(frame)) = &frame
            && let Some(data) = frame.data_ref()
        {
            self.answering.gave(data);
            self.has_begun = true;
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        // What is over is asked for no more, and nobody would know whether it was taken: over HTTP/2 only what is empty is over.
        self.body.is_end_stream() && !(self.answering.is_http2 && self.has_begun)
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
