//! The caller's account as JSON.

use super::{Time, required_time, some};
use journal_proto::auth::v1 as proto;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MeChange {
    pub display_name: Option<String>,
    /// Counts once it is confirmed: a mail goes there with a token for `POST /v1/auth/email/verify`.
    pub email: Option<String>,
    /// Needed with `email`, unless you signed in within the last ten minutes.
    pub password: Option<String>,
}

impl From<MeChange> for proto::UpdateMeRequest {
    fn from(change: MeChange) -> Self {
        Self {
            display_name: change.display_name,
            email: change.email,
            password: change.password.unwrap_or_default(),
        }
    }
}

#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Farewell {
    /// Needed unless you signed in within the last ten minutes.
    pub password: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct Deletion {
    /// When everything is deleted, unless you sign in before or use the token of the mail.
    pub deleted_at: Time,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct UndoDeletion {
    /// From the mail.
    pub token: String,
}

/// Which page of the log.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct AuditPage {
    /// 1 to 200; 50 when absent.
    pub limit: Option<u32>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct AuditLine {
    pub id: String,
    pub at: Time,
    /// Such as `signed-in`, `sign-in-failed`, `password-changed`, `api-key-created`.
    pub kind: String,
    /// What it happened to, such as the name of a key.
    pub detail: Option<String>,
    pub ip_address: Option<String>,
    pub device_name: Option<String>,
}

impl From<proto::AuditLine> for AuditLine {
    fn from(line: proto::AuditLine) -> Self {
        Self {
            id: line.id,
            at: required_time(line.at),
            kind: line.kind,
            detail: some(line.detail),
            ip_address: some(line.ip_address),
            device_name: some(line.device_name),
        }
    }
}
