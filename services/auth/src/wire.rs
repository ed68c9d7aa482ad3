//! The domain as protobuf, and back.

use crate::{
    db::audit_log::Line,
    domain::{
        api_key::ApiKeyEntry,
        invalid::Invalid,
        invitation::{MentorEntry, MentoredEntry},
        linked_identity::LinkedIdentity,
        passkey::Passkey,
        session::{Revocation, Session},
        user::{User, UserState},
    },
};
use identity::SessionId;
use journal_proto::{Timestamp, auth::v1 as proto};
use time::{Duration, OffsetDateTime};

/// A point in time.
pub(crate) fn timestamp(at: OffsetDateTime) -> Timestamp {
    // Below a second, and not negative before 1970 either: nanoseconds count forward, as protobuf wants it.
    let nanos = i32::try_from(at.nanosecond()).unwrap_or_default();
    Timestamp { seconds: at.unix_timestamp(), nanos }
}

/// A point in time that a caller sent. What lies before 1970 counts as 1970.
pub(crate) fn point_in_time(field: &'static str, at: Timestamp) -> Result<OffsetDateTime, Invalid> {
    let invalid = Invalid { field, expected: "must be a valid timestamp" };
    if !(0..1_000_000_000).contains(&at.nanos) {
        return Err(invalid);
    }
    let whole = OffsetDateTime::from_unix_timestamp(at.seconds.max(0)).map_err(|_| invalid)?;
    Ok(whole + Duration::nanoseconds(at.nanos.into()))
}

/// A user.
pub(crate) fn user(user: User) -> proto::User {
    proto::User {
        id: user.id.to_string(),
        email: user.email,
        display_name: user.display_name,
        created_at: Some(timestamp(user.created_at)),
        email_verified: user.email_verified,
        role: user.role.to_string(),
    }
}

/// A user as an admin sees one.
pub(crate) fn user_state(state: UserState) -> proto::UserState {
    let UserState { user, disabled_at, deletion_due_at } = state;
    proto::UserState {
        id: user.id.to_string(),
        email: user.email,
        display_name: user.display_name,
        role: user.role.to_string(),
        email_verified: user.email_verified,
        created_at: Some(timestamp(user.created_at)),
        disabled_at: disabled_at.map(timestamp),
        deletion_due_at: deletion_due_at.map(timestamp),
    }
}

/// What others hear of a new user.
pub(crate) fn user_registered(user: User) -> proto::UserRegistered {
    proto::UserRegistered {
        user_id: user.id.to_string(),
        email: user.email,
        display_name: user.display_name,
        registered_at: Some(timestamp(user.created_at)),
    }
}

/// A session, as `asking` sees it.
pub(crate) fn session(session: Session, asking: SessionId) -> proto::Session {
    proto::Session {
        current: session.id == asking.0,
        id: session.id.to_string(),
        device_name: session.device_name,
        ip_address: session.ip_address,
        created_at: Some(timestamp(session.created_at)),
        last_used_at: Some(timestamp(session.last_used_at)),
        expires_at: Some(timestamp(session.expires_at)),
    }
}

/// Somebody who is invited, or accepted.
pub(crate) fn mentor(entry: MentorEntry) -> proto::Mentor {
    proto::Mentor {
        id: entry.id.to_string(),
        email: entry.email,
        created_at: Some(timestamp(entry.created_at)),
        expires_at: Some(timestamp(entry.expires_at)),
        accepted_at: entry.accepted_at.map(timestamp),
    }
}

/// A journal that somebody may read.
pub(crate) fn mentored(entry: MentoredEntry) -> proto::Mentored {
    proto::Mentored {
        id: entry.id.to_string(),
        owner_id: entry.owner_id.to_string(),
        email: entry.email,
        display_name: entry.display_name,
        accepted_at: Some(timestamp(entry.accepted_at)),
    }
}

/// A line of the audit log.
pub(crate) fn audit_line(line: Line) -> proto::AuditLine {
    proto::AuditLine {
        id: line.id.to_string(),
        at: Some(timestamp(line.at)),
        kind: line.kind,
        detail: line.detail,
        ip_address: line.ip_address,
        device_name: line.device_name,
    }
}

/// An API key without its secret.
pub(crate) fn api_key(entry: ApiKeyEntry) -> proto::ApiKey {
    proto::ApiKey {
        id: entry.id.to_string(),
        name: entry.name,
        scope: entry.scope.to_string(),
        created_at: Some(timestamp(entry.created_at)),
        last_used_at: entry.last_used_at.map(timestamp),
        expires_at: entry.expires_at.map(timestamp),
    }
}

/// A passkey.
pub(crate) fn passkey(passkey: Passkey) -> proto::Passkey {
    proto::Passkey {
        id: passkey.id.to_string(),
        name: passkey.name,
        created_at: Some(timestamp(passkey.created_at)),
        last_used_at: passkey.last_used_at.map(timestamp),
    }
}

/// An account elsewhere, and what its provider is called.
pub(crate) fn linked_identity(provider: String, linked: LinkedIdentity) -> proto::Identity {
    proto::Identity {
        id: linked.id.to_string(),
        provider,
        issuer: linked.issuer,
        linked_at: Some(timestamp(linked.linked_at)),
    }
}

/// An ended session.
pub(crate) fn revocation(revocation: &Revocation) -> proto::Revocation {
    proto::Revocation {
        session_id: revocation.session_id.to_string(),
        user_id: revocation.user_id.to_string(),
        revoked_at: Some(timestamp(revocation.revoked_at)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_in_time_goes_there_and_back() {
        let sent = Timestamp { seconds: 1_767_623_400, nanos: 123_456_000 };

        assert_eq!(timestamp(point_in_time("since", sent).unwrap()), sent);
    }

    #[test]
    fn what_is_no_time_is_refused_by_name() {
        for at in [(i64::MAX, 0), (253_402_300_800, 0), (0, -1), (0, 1_000_000_000)] {
            let refused = point_in_time("since", Timestamp { seconds: at.0, nanos: at.1 }).unwrap_err();
            assert_eq!(refused.field, "since");
        }
    }

    #[test]
    fn before_1970_is_1970() {
        let ancient = Timestamp { seconds: i64::MIN, nanos: 0 };

        assert_eq!(point_in_time("since", ancient), Ok(OffsetDateTime::UNIX_EPOCH));
    }
}
