//! API keys as JSON.

use super::{Time, parse_time, required_time, time};
use crate::problem::Problem;
use journal_proto::auth::v1 as proto;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a derived token may do.
#[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Scope {
    /// Reads the journal and changes nothing.
    Read,
    /// Reads and changes the journal.
    Write,
}

impl Scope {
    fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
        }
    }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewApiKey {
    /// 1 to 100 characters, for you to tell it from others.
    #[schema(example = "Spreadsheet")]
    pub name: String,
    pub scope: Scope,
    /// Absent or null: never.
    pub expires_at: Option<Time>,
}

impl NewApiKey {
    pub fn request(self) -> Result<proto::CreateApiKeyRequest, Problem> {
        let expires_at = parse_time("expires_at", self.expires_at.as_deref())?;
        Ok(proto::CreateApiKeyRequest { name: self.name, scope: self.scope.name().to_owned(), expires_at })
    }
}

#[derive(Serialize, ToSchema)]
pub(crate) struct ApiKey {
    pub id: String,
    pub name: String,
    /// `read` or `write`.
    pub scope: String,
    pub created_at: Time,
    /// To the minute; null: never.
    pub last_used_at: Option<Time>,
    /// Null: never.
    pub expires_at: Option<Time>,
}

impl From<proto::ApiKey> for ApiKey {
    fn from(key: proto::ApiKey) -> Self {
        Self {
            id: key.id,
            name: key.name,
            scope: key.scope,
            created_at: required_time(key.created_at),
            last_used_at: time(key.last_used_at),
            expires_at: time(key.expires_at),
        }
    }
}

#[derive(Serialize, ToSchema)]
pub(crate) struct CreatedApiKey {
    #[serde(flatten)]
    pub key: ApiKey,
    /// `jrn_...`, to be sent as `Authorization: Bearer jrn_...`. It is told this once.
    pub secret: String,
}

impl From<proto::CreateApiKeyResponse> for CreatedApiKey {
    fn from(answer: proto::CreateApiKeyResponse) -> Self {
        Self { key: answer.api_key.unwrap_or_default().into(), secret: answer.secret }
    }
}
