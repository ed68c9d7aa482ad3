//! What a connection is doing: opening, being asked, answering, or nothing.

use super::{
    Connections,
    answer::Answering,
    given::{Given, Terms},
    heads::{Heads, may_tell_length},
};
use axum::body::Body;
use http::{HeaderMap, Request, Version, header};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::{sync::watch, time::Instant};

/// Marks a request that told its length in two ways (RFC 9112, 6.1): hyper forgets one of them.
#[derive(Clone, Copy)]
pub(crate) struct TwoLengths;

/// The stage of one connection. Clones share it.
#[derive(Clone)]
pub(super) struct Stage {
    now: watch::Sender<Now>,
    heads: Arc<Mutex<Heads>>,
    given: Arc<Mutex<Given>>,
    terms: Terms,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Now {
    /// Requests whose answers are not sent yet.
    answering: u32,
    /// A request's first bytes are there, or the connection is new.
    being_asked: bool,
    /// Bytes begin no request: they are frames of HTTP/2 or of a WebSocket.
    is_framed: bool,
}

impl Stage {
    pub fn new(connections: &Connections) -> Self {
        let now = Now { answering: 0, being_asked: true, is_framed: false };
        let terms = Terms { patience: connections.patience, rate: connections.min_bytes_per_second };
        Self { now: watch::Sender::new(now), heads: Arc::default(), given: Arc::default(), terms }
    }

    /// Bytes came in.
    pub fn arrived(&self, bytes: &[u8]) {
        let now = *self.now.borrow();
        if now.is_framed {
            return;
        }
        self.heads().arrived(bytes, now.answering > 0);
        if now.answering == 0 {
            self.now.send_if_modified(|now| !std::mem::replace(&mut now.being_asked, true));
        }
    }

    /// A request's head is complete.
    pub fn begin(&self, mut request: Request<Body>) -> (Request<Body>, Answering) {
        let head = self.heads().next(has_body(request.headers()));
        let is_chunked = request.headers().contains_key(header::TRANSFER_ENCODING);
        if is_chunked && may_tell_length(&head, request.method()) {
            request.extensions_mut().insert(TwoLengths);
        }
        let version = request.version();
        self.now.send_modify(|now| {
            now.answering += 1;
            now.being_asked = false;
            now.is_framed = version == Version::HTTP_2;
        });
        (request, Answering::new(self.clone(), version))
    }

    /// What is said from now on is no HTTP/1.1 any more.
    pub fn is_framed_now(&self) {
        self.now.send_modify(|now| now.is_framed = true);
    }

    /// A request was answered.
    pub fn ended(&self) {
        self.now.send_modify(|now| now.answering -= 1);
    }

    /// How long one waits for a client that takes nothing.
    pub fn terms(&self) -> Terms {
        self.terms
    }

    /// What was given out.
    pub fn given(&self) -> MutexGuard<'_, Given> {
        self.given.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn heads(&self) -> MutexGuard<'_, Heads> {
        self.heads.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// True when requests were answered and none has begun.
    pub fn is_between_requests(&self) -> bool {
        let now = *self.now.borrow();
        now.answering == 0 && !now.being_asked
    }

    /// Waits until the connection was without a request for too long, or its client did not take its answers.
    pub async fn is_over(&self, connections: &Connections) {
        let mut changes = self.now.subscribe();
        loop {
            let now = *changes.borrow_and_update();
            let limit = match now {
                Now { answering: 0, being_asked: true, .. } => connections.header_time,
                Now { answering: 0, being_asked: false, .. } => connections.idle_time,
                Now { .. } if self.given().is_overdue(Instant::now()) => return,
                Now { .. } => connections.patience / 4,
            };
            tokio::select! {
                biased;
                _ = changes.changed() => {}
                () = tokio::time::sleep(limit) => if now.answering == 0 { return },
            }
        }
    }
}

fn has_body(headers: &HeaderMap) -> bool {
    let length = headers.get(header::CONTENT_LENGTH);
    headers.contains_key(header::TRANSFER_ENCODING) || length.is_some_and(|length| length != "0")
}
