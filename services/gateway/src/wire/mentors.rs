//! Mentors as JSON.

use super::{Time, required_time, time};
use journal_proto::auth::v1 as proto;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewMentor {
    /// Where the invitation goes.
    #[schema(example = "mentor@example.com")]
    pub email: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Acceptance {
    /// From the mail.
    pub token: String,
}

/// Somebody who is invited to read your journal, or reads it.
#[derive(Serialize, ToSchema)]
pub(crate) struct Mentor {
    pub id: String,
    /// Where the invitation went.
    pub email: String,
    /// `invited` or `accepted`.
    pub status: &'static str,
    pub created_at: Time,
    /// When the invitation is over, if it is not accepted before.
    pub expires_at: Time,
    pub accepted_at: Option<Time>,
}

impl From<proto::Mentor> for Mentor {
    fn from(mentor: proto::Mentor) -> Self {
        Self {
            id: mentor.id,
            email: mentor.email,
            status: if mentor.accepted_at.is_some() { "accepted" } else { "invited" },
            created_at: required_time(mentor.created_at),
            expires_at: required_time(mentor.expires_at),
            accepted_at: time(mentor.accepted_at),
        }
    }
}

/// A journal that you may read.
#[derive(Serialize, ToSchema)]
pub(crate) struct Mentored {
    pub id: String,
    /// What the header `Journal-Owner` takes.
    pub owner_id: String,
    pub email: String,
    pub display_name: String,
    pub accepted_at: Time,
}

impl From<proto::Mentored> for Mentored {
    fn from(mentored: proto::Mentored) -> Self {
        Self {
            id: mentored.id,
            owner_id: mentored.owner_id,
            email: mentored.email,
            display_name: mentored.display_name,
            accepted_at: required_time(mentored.accepted_at),
        }
    }
}
