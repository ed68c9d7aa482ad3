//! The one shape of every error: `application/problem+json` (RFC 9457).

mod from_status;

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;
use utoipa::ToSchema;

/// The media type.
pub(crate) const PROBLEM_JSON: &str = "application/problem+json";

/// An error as clients see it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// Stable URI that names the kind of problem: `urn:journal:problem:<reason>`.
    #[schema(example = "urn:journal:problem:not-found")]
    r#type: String,
    /// The kind of problem in words.
    title: String,
    /// The HTTP status.
    #[schema(value_type = u16)]
    #[serde(serialize_with = "as_number")]
    status: StatusCode,
    /// What went wrong this time and what to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    /// The path of the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) instance: Option<String>,
    /// Names this request in our logs and traces.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) trace_id: Option<String>,
    /// The fields at fault, for 422.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldError>,
    #[serde(skip)]
    #[schema(ignore)]
    retry_after: Option<u32>,
}

/// One field at fault.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct FieldError {
    /// Where: a field's name, dotted when nested.
    pub field: String,
    /// What was expected.
    pub reason: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
fn as_number<S: serde::Serializer>(status: &StatusCode, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u16(status.as_u16())
}

impl Problem {
    /// A problem of a kind: `reason` is kebab-case and stable.
    pub fn new(status: StatusCode, reason: &str, detail: impl Into<String>) -> Self {
        let title = reason.replace('-', " ");
        let mut letters = title.chars();
        let title = letters
            .next()
            .map(|first| first.to_uppercase().chain(letters).collect())
            .unwrap_or(title.clone());
        Self {
            r#type: format!("urn:journal:problem:{reason}"),
            title,
            status,
            detail: Some(detail.into()).filter(|detail| !detail.is_empty()),
            instance: None,
            trace_id: None,
            errors: Vec::new(),
            retry_after: None,
        }
    }

    /// 422 with the fields at fault.
    pub fn invalid(errors: Vec<FieldError>) -> Self {
        let detail =
            errors.iter().map(|e| format!("{}: {}", e.field, e.reason)).collect::<Vec<_>>().join("; ");
        Self { errors, ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, "validation-failed", detail) }
    }

    /// 422 with one field at fault.
    pub fn invalid_field(field: &str, reason: impl Into<String>) -> Self {
        Self::invalid(vec![FieldError { field: field.to_owned(), reason: reason.into() }])
    }

    /// 404, in the same words for what is missing and what is somebody else's.
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found", "there is nothing here that you may see")
    }

    /// 401.
    pub fn unauthenticated(detail: &str) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "unauthenticated", detail)
    }

    /// The client may try again after this many seconds.
    #[must_use]
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// Names the request in our logs and traces.
    #[must_use]
    pub fn traced(mut self, id: String) -> Self {
        self.trace_id = Some(id);
        self
    }

    /// Its kind, in kebab-case.
    pub fn reason(&self) -> &str {
        self.r#type.rsplit(':').next().unwrap_or_default()
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Seconds after which the client may try again.
    pub fn retry_after_seconds(&self) -> Option<u32> {
        self.retry_after
    }

    /// What the framework itself answered with this status, in our shape.
    pub fn of_framework(status: StatusCode) -> Self {
        let (reason, detail) = match status {
            StatusCode::NOT_FOUND => return Self::not_found(),
            StatusCode::BAD_REQUEST => {
                ("bad-request", "the body breaks off, or its chunks are not as HTTP has them")
            }
            StatusCode::METHOD_NOT_ALLOWED => {
                ("method-not-allowed", "the Allow header names the methods of this path")
            }
            StatusCode::REQUEST_TIMEOUT => ("request-timeout", "the request did not arrive in time"),
            StatusCode::PAYLOAD_TOO_LARGE => ("payload-too-large", "the body is larger than this path takes"),
            StatusCode::URI_TOO_LONG => ("uri-too-long", "the URL is longer than any of ours"),
            StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE => {
                ("request-header-fields-too-large", "there are too many headers, or they are too long")
            }
            StatusCode::UNSUPPORTED_MEDIA_TYPE => ("unsupported-media-type", "send application/json"),
            StatusCode::GATEWAY_TIMEOUT => ("timeout", "the answer took too long; try again"),
            StatusCode::INTERNAL_SERVER_ERROR => ("internal", "an internal error occurred"),
            other => {
                let reason = other.canonical_reason().unwrap_or("error").to_lowercase().replace(' ', "-");
                return Self::new(other, &reason, "");
            }
        };
        Self::new(status, reason, detail)
    }

    /// The body.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_else(|_| r#"{"type":"about:blank"}"#.to_owned())
    }
}

impl IntoResponse for Problem {
    /// Only status and headers: `layers::finish_problems` writes the body, as it knows the path and the trace.
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        if self.status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(self);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_error_names_the_field_in_the_detail_too() {
        let json: serde_json::Value =
            serde_json::from_str(&Problem::invalid_field("email", "is not an address").to_json()).unwrap();

        assert_eq!(json["status"], 422);
        assert_eq!(json["title"], "Validation failed");
        assert_eq!(json["detail"], "email: is not an address");
        assert_eq!(json["errors"][0]["field"], "email");
    }
}
