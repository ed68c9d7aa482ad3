//! Invitations to read a journal, and what comes of them.

use super::token::Token;
use identity::UserId;
use time::OffsetDateTime;
use uuid::Uuid;

/// Invitations and mentors of one user.
pub(crate) const MOST: i64 = 10;

/// An invitation is good for so many days.
pub(crate) const DAYS: i32 = 14;

/// What stands in the mail: whose journal it is (so that it is looked up in that user's name alone), and a secret.
pub(crate) struct Invitation {
    pub owner: UserId,
    pub token: Token,
}

impl Invitation {
    /// What a client presents; `None` for anything that we never mailed.
    pub fn parse(text: &str) -> Option<Self> {
        let (owner, token) = text.split_once('.')?;
        Some(Self { owner: UserId(Uuid::try_parse(owner).ok()?), token: Token::parse(token)? })
    }

    /// What is mailed.
    pub fn to_text(&self) -> String {
        format!("{}.{}", self.owner.0.simple(), self.token.to_base64url())
    }
}

/// Somebody who is invited, or accepted.
#[derive(Debug, sqlx::FromRow)]
pub(crate) struct MentorEntry {
    pub id: Uuid,
    pub email: String,
    pub created_at: OffsetDateTime,
    pub expires_at: OffsetDateTime,
    pub accepted_at: Option<OffsetDateTime>,
}

/// A journal that somebody may read.
#[derive(Debug, sqlx::FromRow)]
pub(crate) struct MentoredEntry {
    pub id: Uuid,
    pub owner_id: Uuid,
    pub email: String,
    pub display_name: String,
    pub accepted_at: OffsetDateTime,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invitation_is_read_as_it_was_mailed() {
        let invitation = Invitation { owner: UserId(Uuid::from_u128(7)), token: Token::generate() };

        let read = Invitation::parse(&invitation.to_text()).unwrap();

        assert_eq!((read.owner, read.token.hash()), (invitation.owner, invitation.token.hash()));
        for text in ["", ".", "x.y", &invitation.to_text()[..40], &"a".repeat(1 << 20)] {
            assert!(Invitation::parse(text).is_none());
        }
    }
}
