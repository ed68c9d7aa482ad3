//! Why a stream ends.

use axum::extract::ws::CloseFrame;
use serde::Serialize;

/// Codes of RFC 6455, over SSE as well; 4401 is ours: sign in again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Unauthorized(&'static str),
    Restarting,
    Unavailable,
    Slow,
    Left,
}

/// The same as an event of SSE.
#[derive(Serialize)]
pub(super) struct Told {
    code: u16,
    reason: &'static str,
}

impl End {
    /// What the client is told, if it is still there.
    pub fn told(self) -> Option<Told> {
        let (code, reason) = match self {
            Self::Unauthorized(reason) => (4401, reason),
            Self::Restarting => (1012, "restarting: reconnect with since"),
            Self::Unavailable => (1013, "try again later"),
            Self::Slow => (1013, "too slow: reconnect with since"),
            Self::Left => return None,
        };
        Some(Told { code, reason })
    }

    /// The same as a frame of a WebSocket.
    pub fn frame(self) -> Option<CloseFrame> {
        self.told().map(|told| CloseFrame { code: told.code, reason: told.reason.into() })
    }
}
