//! The inbox, preferences and live messages as JSON.

use super::{Time, required_time, some, time};
use journal_proto::notifications::v1 as proto;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::{IntoParams, ToSchema};

#[derive(Serialize, ToSchema)]
pub(crate) struct Notification {
    pub id: String,
    /// E.g. `import-finished`.
    pub kind: String,
    pub title: String,
    pub body: String,
    /// What it is about, e.g. an import's id.
    pub subject_id: Option<String>,
    pub created_at: Time,
    pub read_at: Option<Time>,
}

impl From<proto::Notification> for Notification {
    fn from(notification: proto::Notification) -> Self {
        Self {
            id: notification.id,
            kind: notification.kind,
            title: notification.title,
            body: notification.body,
            subject_id: some(notification.subject_id),
            created_at: required_time(notification.created_at),
            read_at: time(notification.read_at),
        }
    }
}

#[derive(Serialize, ToSchema)]
pub(crate) struct Inbox {
    pub items: Vec<Notification>,
    pub next_cursor: Option<String>,
    /// How many are unread in all.
    pub unread: u64,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct InboxFilter {
    /// Only unread ones.
    #[serde(default)]
    pub unread: bool,
    /// 1..200, 50 when absent.
    pub limit: Option<u32>,
    /// The previous page's `next_cursor`.
    pub cursor: Option<String>,
}

/// What is sent by mail, besides mails about the safety of the account.
#[derive(Serialize, ToSchema)]
pub(crate) struct Preferences {
    /// E-mail when an import finished or failed. Off by default.
    pub email_import_finished: bool,
    /// One e-mail a week about what came into the inbox. Off by default.
    pub email_digest: bool,
}

impl From<proto::Preferences> for Preferences {
    fn from(preferences: proto::Preferences) -> Self {
        Self {
            email_import_finished: preferences.email_import_finished,
            email_digest: preferences.email_digest.unwrap_or(false),
        }
    }
}

/// All that is to be sent by mail.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WantedPreferences {
    /// E-mail when an import finished or failed.
    pub email_import_finished: bool,
    /// One e-mail a week about what came into the inbox. Absent or null: as it is.
    pub email_digest: Option<bool>,
}

impl From<WantedPreferences> for proto::Preferences {
    fn from(WantedPreferences { email_import_finished, email_digest }: WantedPreferences) -> Self {
        Self { email_import_finished, email_digest }
    }
}

#[derive(Serialize, ToSchema)]
pub(crate) struct MarkedRead {
    pub marked: u64,
}

/// One message of the live stream.
#[derive(Serialize)]
pub(crate) struct LiveMessage<'a> {
    pub seq: u64,
    pub r#type: &'a str,
    pub data: &'a RawValue,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct StreamStart {
    /// Resume after this `seq`, without loss or repeat.
    #[param(format = "uint64")]
    pub since: Option<u64>,
}
