//! What a caller can act on, and the one place that turns it into a gRPC status.

use runtime::{precondition::Stale, status};
use tonic::{Code, Status};

/// Why a call failed or a stream ended.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A field of the request is not what it must be.
    #[error("{field}: {expected}")]
    Invalid {
        /// The field at fault.
        field: &'static str,
        /// What was expected of it.
        expected: &'static str,
    },
    /// The resource changed since the caller has seen it.
    #[error(transparent)]
    Stale(#[from] Stale),
    /// It does not exist, or belongs to somebody else.
    #[error("no such notification")]
    NotificationNotFound,
    /// The subscriber did not take what is waiting for it.
    #[error("the subscriber reads too slowly: subscribe again with since")]
    SlowConsumer,
    /// This instance stops.
    #[error("this instance is going away: subscribe again with since")]
    GoingAway,
    /// Messages that the subscriber has not got yet are kept no more.
    #[error("the stream was cut before it was read: subscribe again")]
    StreamCut,
    /// The database failed or cannot be reached.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl Error {
    /// One word for metrics; of an ended stream also the reason that its subscriber sees.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::Invalid { .. } => "invalid",
            Self::Stale(_) => "precondition-failed",
            Self::NotificationNotFound => "not-found",
            Self::SlowConsumer => "slow-consumer",
            Self::GoingAway => "going-away",
            Self::StreamCut => "stream-cut",
            Self::Database(_) => "database",
        }
    }
}

impl From<Error> for Status {
    fn from(error: Error) -> Self {
        let (reason, message) = (error.reason(), error.to_string());
        match error {
            Error::Invalid { field, expected } => status::invalid_field(field, expected),
            Error::Stale(stale) => stale.into(),
            Error::NotificationNotFound => status::not_found("notification"),
            Error::SlowConsumer => status::with_reason(Code::ResourceExhausted, reason, message),
            Error::GoingAway => status::with_reason(Code::Unavailable, reason, message),
            Error::StreamCut => status::with_reason(Code::Aborted, reason, message),
            Error::Database(cause) => status::from_sqlx(&cause),
        }
    }
}
