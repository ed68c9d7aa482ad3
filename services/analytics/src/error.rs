//! What a call can fail with, and the status that tells it.

use runtime::status;
use tonic::Status;

/// What the caller of this service can act on, or must be spared.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// A field of the request is not what it must be.
    #[error("{field}: {expected}")]
    Invalid { field: &'static str, expected: &'static str },
    /// The trades service did not tell what it was asked for.
    #[error("the trades service failed: {0}")]
    Trades(#[source] Status),
    /// A projection holds what no event of ours writes.
    #[error("a stored value is malformed: {0}")]
    Malformed(String),
    /// The figures exceed what an exact number can hold.
    #[error(transparent)]
    Statistics(#[from] statistics::StatisticsError),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<Error> for Status {
    fn from(error: Error) -> Self {
        match error {
            Error::Invalid { field, expected } => status::invalid_field(field, expected),
            Error::Trades(cause) => status::unavailable(&cause),
            Error::Malformed(_) | Error::Statistics(_) => status::internal(&error),
            Error::Database(cause) => status::from_sqlx(&cause),
        }
    }
}
