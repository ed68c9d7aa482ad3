//! Errors between services: a gRPC code, a machine-readable reason, and the fields at fault.

use crate::report;
use std::{collections::HashMap, error::Error, time::Duration};
use tonic::{Code, Status};
use tonic_types::{ErrorDetails, FieldViolation, StatusExt as _};

/// The `domain` of every reason.
pub const DOMAIN: &str = "journal";

/// A status with a reason that clients can branch on, e.g. `invalid-credentials`.
pub fn with_reason(code: Code, reason: &'static str, message: impl Into<String>) -> Status {
    let details = ErrorDetails::with_error_info(reason, DOMAIN, HashMap::new());
    Status::with_error_details(code, message, details)
}

/// A status with a reason, and the time after which another try makes sense.
pub fn later(code: Code, reason: &'static str, message: impl Into<String>, wait: Duration) -> Status {
    let mut details = ErrorDetails::with_error_info(reason, DOMAIN, HashMap::new());
    details.set_retry_info(Some(wait));
    Status::with_error_details(code, message, details)
}

/// `INVALID_ARGUMENT` that names the field at fault and what was expected of it.
pub fn invalid_field(field: &str, description: impl Into<String>) -> Status {
    let description = description.into();
    let details = ErrorDetails::with_bad_request_violation(field, description.clone());
    Status::with_error_details(Code::InvalidArgument, format!("{field}: {description}"), details)
}

/// `INVALID_ARGUMENT` that names several fields, each with what was expected of it.
pub fn invalid_fields(fields: impl IntoIterator<Item = (String, String)>) -> Status {
    let violations: Vec<FieldViolation> =
        fields.into_iter().map(|(field, description)| FieldViolation::new(field, description)).collect();
    let told: Vec<String> =
        violations.iter().map(|one| format!("{}: {}", one.field, one.description)).collect();
    let details = ErrorDetails::with_bad_request(violations);
    Status::with_error_details(Code::InvalidArgument, told.join("; "), details)
}

/// `NOT_FOUND`: the same words for what is missing and for what belongs to somebody else.
pub fn not_found(noun: &str) -> Status {
    with_reason(Code::NotFound, "not-found", format!("no such {noun}"))
}

/// `INTERNAL` for the caller, the cause for the log.
pub fn internal(cause: &(dyn Error + 'static)) -> Status {
    tracing::error!(cause = report::chain(cause), "request failed");
    with_reason(Code::Internal, "internal", "an internal error occurred")
}

/// `UNAVAILABLE` for the caller (who may retry), the cause for the log.
pub fn unavailable(cause: &(dyn Error + 'static)) -> Status {
    tracing::warn!(cause = report::chain(cause), "a dependency is not available");
    with_reason(Code::Unavailable, "unavailable", "temporarily not available; try again")
}

/// The reason of a call that nothing was done for, as the service has only just begun.
pub const STARTING: &str = "starting";

/// `UNAVAILABLE` from a service that cannot look at a call yet: whoever calls may go to another instance, whatever the call does.
pub fn starting() -> Status {
    later(Code::Unavailable, STARTING, "this instance is just starting", Duration::from_secs(1))
}

/// The status of a failed query: `UNAVAILABLE` when the database cannot be reached or others were in the way, `DEADLINE_EXCEEDED` when it
/// took too long, else `INTERNAL`.
pub fn from_sqlx(error: &sqlx::Error) -> Status {
    let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
    // query_canceled: by statement_timeout.
    if code.as_deref() == Some("57014") {
        tracing::warn!(cause = report::chain(error), "a statement took too long");
        return with_reason(Code::DeadlineExceeded, "timeout", "the answer took too long; try again");
    }
    // deadlock_detected, serialization_failure: nothing was done, and another try finds the others gone.
    if matches!(code.as_deref(), Some("40P01" | "40001")) {
        tracing::warn!(cause = report::chain(error), "others were in the way of a transaction");
        return with_reason(Code::Unavailable, "unavailable", "temporarily not available; try again");
    }
    // 08: connection, 53: resources, 57P: operator intervention, 25006: a demoted primary.
    let code_of_outage = |code: &str| {
        code.starts_with("08") || code.starts_with("53") || code.starts_with("57P") || code == "25006"
    };
    let unreachable = matches!(
        error,
        sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Tls(_)
    ) || code.is_some_and(|code| code_of_outage(&code));
    if unreachable { unavailable(error) } else { internal(error) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sqlx::error::{DatabaseError, ErrorKind};
    use std::{borrow::Cow, fmt};

    /// What PostgreSQL says, by its code.
    #[derive(Debug)]
    struct Said(&'static str);

    impl fmt::Display for Said {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0)
        }
    }

    impl Error for Said {}

    impl DatabaseError for Said {
        fn message(&self) -> &str {
            self.0
        }

        fn code(&self) -> Option<Cow<'_, str>> {
            Some(self.0.into())
        }

        fn as_error(&self) -> &(dyn Error + Send + Sync + 'static) {
            self
        }

        fn as_error_mut(&mut self) -> &mut (dyn Error + Send + Sync + 'static) {
            self
        }

        fn into_error(self: Box<Self>) -> Box<dyn Error + Send + Sync + 'static> {
            self
        }

        fn kind(&self) -> ErrorKind {
            ErrorKind::Other
        }
    }

    #[test]
    fn whoever_met_others_in_the_database_may_try_again() {
        for (code, status) in [
            ("40P01", Code::Unavailable),
            ("40001", Code::Unavailable),
            ("57P01", Code::Unavailable),
            ("57014", Code::DeadlineExceeded),
            ("23505", Code::Internal),
        ] {
            let failure = sqlx::Error::Database(Box::new(Said(code)));
            assert_eq!(from_sqlx(&failure).code(), status, "{code}");
        }
    }
}
