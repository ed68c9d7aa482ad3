//! What came of one attempt at a call.

use super::deadline;
use crate::status::STARTING;
use http::Response;
use std::error::Error;
use tonic::{Code, ConnectError, Status, TimeoutExpired, body::Body};
use tonic_types::StatusExt as _;

/// The reason with which a service refuses what it has no room for: it is sound, and says so at once.
const OVERLOADED: &str = "overloaded";

/// What came of one attempt at a call.
pub(super) enum Outcome {
    /// An answer, be it an error of the caller's.
    Answered(Result<Response<Body>, Status>),
    /// The service says that it cannot at the moment.
    Unavailable(Response<Body>),
    /// The instance has only just begun, and has not looked at the call.
    Starting(Response<Body>),
    /// There was no connection, or it ended before the call was written: nobody has seen it.
    NeverSent(Status),
    /// The connection broke: the call may have been done.
    Broken(Status),
}

impl Outcome {
    pub fn of(answer: Result<Response<Body>, tonic::transport::Error>) -> Self {
        match answer {
            Ok(answer) => match Status::from_header_map(answer.headers()) {
                Some(status) if status.code() != Code::Unavailable || has_reason(&status, OVERLOADED) => {
                    Self::Answered(Ok(answer))
                }
                Some(status) if has_reason(&status, STARTING) => Self::Starting(answer),
                Some(_) => Self::Unavailable(answer),
                None => Self::Answered(Ok(answer)),
            },
            // The transport watches the same deadline, and may be the first to notice.
            Err(error) if cause::<TimeoutExpired>(&error).is_some() => {
                Self::Answered(Err(deadline::expired()))
            }
            Err(error) if cause::<ConnectError>(&error).is_some() || was_never_written(&error) => {
                Self::NeverSent(unreachable(&error))
            }
            Err(error) => Self::Broken(unreachable(&error)),
        }
    }

    /// True when another instance may do better.
    pub fn is_failure(&self) -> bool {
        !matches!(self, Self::Answered(Ok(_)))
    }

    pub fn into_answer(self) -> Result<Response<Body>, Status> {
        match self {
            Self::Answered(answer) => answer,
            Self::Unavailable(answer) | Self::Starting(answer) => Ok(answer),
            Self::NeverSent(status) | Self::Broken(status) => Err(status),
        }
    }
}

/// Whether an answer is one of a service that works, whatever it says.
pub(super) fn is_healthy(answer: &Result<Response<Body>, Status>) -> bool {
    let Ok(answer) = answer else { return false };
    Status::from_header_map(answer.headers()).is_none_or(|status| {
        let is_down = status.code() == Code::Unavailable && !has_reason(&status, OVERLOADED);
        !is_down && status.code() != Code::DeadlineExceeded
    })
}

fn has_reason(status: &Status, reason: &str) -> bool {
    status.get_details_error_info().is_some_and(|info| info.reason == reason)
}

/// A connection that its other end closes takes no more calls: those that waited for it go back unsent.
fn was_never_written(error: &tonic::transport::Error) -> bool {
    cause::<hyper::Error>(error).is_some_and(hyper::Error::is_canceled)
}

fn cause<T: Error + 'static>(error: &tonic::transport::Error) -> Option<&T> {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if let Some(found) = error.downcast_ref() {
            return Some(found);
        }
        cause = error.source();
    }
    None
}

fn unreachable(error: &tonic::transport::Error) -> Status {
    let cause = error.source().map_or_else(|| error.to_string(), |cause| format!("{error}: {cause}"));
    Status::unavailable(cause)
}
