//! The one place where a service's gRPC status becomes an HTTP problem.

use super::{FieldError, Problem};
use http::StatusCode;
use tonic::{Code, Status};
use tonic_types::StatusExt as _;

impl From<Status> for Problem {
    fn from(status: Status) -> Self {
        let fields = field_errors(&status);
        if !fields.is_empty() {
            return Self::invalid(fields);
        }
        let told = status.get_details_error_info().map(|info| info.reason);
        let (http, reason) = match status.code() {
            Code::NotFound => return Self::not_found(),
            Code::InvalidArgument | Code::OutOfRange => {
                (StatusCode::UNPROCESSABLE_ENTITY, "validation-failed")
            }
            Code::Unauthenticated => (StatusCode::UNAUTHORIZED, "unauthenticated"),
            Code::PermissionDenied => (StatusCode::FORBIDDEN, "forbidden"),
            Code::AlreadyExists => (StatusCode::CONFLICT, "already-exists"),
            Code::FailedPrecondition if told.as_deref() == Some("precondition-failed") => {
                (StatusCode::PRECONDITION_FAILED, "precondition-failed")
            }
            Code::FailedPrecondition | Code::Aborted => (StatusCode::CONFLICT, "conflict"),
            Code::ResourceExhausted if told.as_deref() == Some("file-too-large") => {
                (StatusCode::PAYLOAD_TOO_LARGE, "file-too-large")
            }
            Code::ResourceExhausted => (StatusCode::TOO_MANY_REQUESTS, "too-many-requests"),
            Code::Unavailable | Code::Cancelled => (StatusCode::SERVICE_UNAVAILABLE, "unavailable"),
            Code::DeadlineExceeded => (StatusCode::GATEWAY_TIMEOUT, "timeout"),
            Code::Ok | Code::Unknown | Code::Unimplemented | Code::Internal | Code::DataLoss => {
                tracing::error!(code = ?status.code(), message = status.message(), "a service failed");
                return Self::of_framework(StatusCode::INTERNAL_SERVER_ERROR);
            }
        };
        let detail = match http {
            // The transport's words name addresses: they are for the log.
            StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT => {
                tracing::warn!(code = ?status.code(), message = status.message(), "a service did not answer");
                "temporarily not available; try again".to_owned()
            }
            _ => status.message().to_owned(),
        };
        let problem = Self::new(http, told.as_deref().unwrap_or(reason), detail);
        match http {
            StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS => {
                problem.retry_after(seconds_to_wait(&status))
            }
            StatusCode::CONFLICT if status.code() == Code::Aborted => problem.retry_after(1),
            _ => problem,
        }
    }
}

/// What the service asks for, else a second.
fn seconds_to_wait(status: &Status) -> u32 {
    let delay = status.get_details_retry_info().and_then(|info| info.retry_delay);
    delay.and_then(|delay| u32::try_from(delay.as_secs()).ok()).unwrap_or_default().max(1)
}

fn field_errors(status: &Status) -> Vec<FieldError> {
    let violations =
        status.get_details_bad_request().map(|details| details.field_violations).unwrap_or_default();
    violations.into_iter().map(|v| FieldError { field: v.field, reason: v.description }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status_of(status: Status) -> u16 {
        Problem::from(status).status.as_u16()
    }

    #[test]
    fn each_code_has_its_http_status() {
        assert_eq!(status_of(runtime::status::not_found("trade")), 404);
        assert_eq!(status_of(runtime::status::invalid_field("symbol", "is too long")), 422);
        assert_eq!(status_of(Status::unavailable("tcp connect error 10.0.0.3:50051")), 503);
        assert_eq!(status_of(Status::resource_exhausted("")), 429);
        assert_eq!(status_of(Status::unauthenticated("")), 401);
        assert_eq!(status_of(Status::unknown("h2 protocol error")), 500);
        let large = runtime::status::with_reason(Code::ResourceExhausted, "file-too-large", "at most 10 MiB");
        assert_eq!(status_of(large), 413);
    }

    #[test]
    fn a_service_says_when_to_come_back() {
        use tonic_types::ErrorDetails;
        let mut details = ErrorDetails::new();
        details.set_retry_info(Some(std::time::Duration::from_mins(14)));
        let status = Status::with_error_details(Code::ResourceExhausted, "", details);

        assert_eq!(Problem::from(status).retry_after, Some(840));
        assert_eq!(Problem::from(Status::unavailable("")).retry_after, Some(1));
    }

    #[test]
    fn internals_of_a_failed_service_stay_inside() {
        let json = Problem::from(Status::unavailable("tcp connect error 10.0.0.3:50051")).to_json();

        assert!(!json.contains("10.0.0.3"), "{json}");
    }
}
