//! An account elsewhere that signs a user in.

use time::OffsetDateTime;
use uuid::Uuid;

/// An account elsewhere, as its user may know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LinkedIdentity {
    /// Of this link.
    pub id: Uuid,
    /// Who vouches for it: a URL.
    pub issuer: String,
    /// Since when it signs the user in.
    pub linked_at: OffsetDateTime,
}
