//! A user, as others may see one.

use identity::Role;
use time::OffsetDateTime;
use uuid::Uuid;

/// Who signs in.
#[derive(Debug)]
pub(crate) struct User {
    pub id: Uuid,
    pub email: String,
    /// May be empty.
    pub display_name: String,
    /// The user showed that the address is theirs.
    pub email_verified: bool,
    pub role: Role,
    pub created_at: OffsetDateTime,
}

/// A user, as whoever administers sees one.
#[derive(Debug)]
pub(crate) struct UserState {
    pub user: User,
    /// Since when nobody may sign in as the user.
    pub disabled_at: Option<OffsetDateTime>,
    /// When everything of the user is deleted.
    pub deletion_due_at: Option<OffsetDateTime>,
}
