//! A user, as others may see one.

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
    pub created_at: OffsetDateTime,
}
