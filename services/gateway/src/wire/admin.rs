//! Users as admins see them, as JSON.

use super::{Time, required_time, time};
use journal_proto::auth::v1 as proto;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which users.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct UserQuery {
    /// Part of an address; all users when absent.
    pub email: Option<String>,
    /// 1 to 200; 50 when absent.
    pub limit: Option<u32>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewRole {
    /// `user`, `mentor` or `admin`.
    #[schema(example = "mentor")]
    pub role: String,
}

/// A user, as an admin sees one.
#[derive(Serialize, ToSchema)]
pub(crate) struct UserState {
    pub id: String,
    pub email: String,
    pub display_name: String,
    /// `user`, `mentor` or `admin`.
    pub role: String,
    /// `active`, `disabled`, or `leaving`: to be deleted.
    pub status: &'static str,
    pub email_verified: bool,
    pub created_at: Time,
    pub disabled_at: Option<Time>,
    /// When everything of the user is deleted.
    pub deletion_due_at: Option<Time>,
}

impl From<proto::UserState> for UserState {
    fn from(user: proto::UserState) -> Self {
        let status = match (&user.disabled_at, &user.deletion_due_at) {
            (Some(_), _) => "disabled",
            (None, Some(_)) => "leaving",
            (None, None) => "active",
        };
        Self {
            id: user.id,
            email: user.email,
            display_name: user.display_name,
            role: user.role,
            status,
            email_verified: user.email_verified,
            created_at: required_time(user.created_at),
            disabled_at: time(user.disabled_at),
            deletion_due_at: time(user.deletion_due_at),
        }
    }
}
