//! The verified identity behind a request, and its way from service to service.

use crate::{Role, Scope, claims::Claims};
use secrecy::{ExposeSecret as _, SecretString};
use std::{fmt, str::FromStr};
use time::OffsetDateTime;
use tonic::{Request, Status, metadata::AsciiMetadataValue};
use uuid::Uuid;

/// A user's id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UserId(pub Uuid);

/// A session's id: one sign-in on one device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SessionId(pub Uuid);

macro_rules! as_text {
    ($id:ident) => {
        impl fmt::Display for $id {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $id {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                text.parse().map(Self)
            }
        }
    };
}
as_text!(UserId);
as_text!(SessionId);

/// Whoever presented a valid access token.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The user whose data it is.
    pub user_id: UserId,
    /// The session that the token was issued to; of a derived token, the API key or the grant of a mentor.
    pub session_id: SessionId,
    /// What a derived token may do; `None`: the token is of a whole session.
    pub scope: Option<Scope>,
    /// Who reads in the user's place, where that is somebody else.
    pub actor: Option<UserId>,
    /// What the user is; of a derived token, a user.
    pub role: Role,
    /// When the token stops being valid.
    pub expires_at: OffsetDateTime,
    token: SecretString,
}

impl Caller {
    pub(crate) fn new(claims: &Claims, expires_at: OffsetDateTime, token: &str) -> Self {
        Self {
            user_id: UserId(claims.sub),
            session_id: SessionId(claims.sid),
            scope: claims.scope,
            actor: claims.act.as_ref().map(|actor| UserId(actor.sub)),
            role: claims.role.unwrap_or_default(),
            expires_at,
            token: SecretString::from(token),
        }
    }

    /// The token itself, to call another service in the user's name.
    pub fn token(&self) -> &str {
        self.token.expose_secret()
    }
}

/// The caller that [`crate::Verified`] found in a request.
pub fn caller<T>(request: &Request<T>) -> Result<Caller, Status> {
    let found = request.extensions().get::<Caller>().cloned();
    found.ok_or_else(|| Status::unauthenticated("an access token is required"))
}

/// A request in the name of `caller`.
pub fn authorized<T>(message: T, caller: &Caller) -> Request<T> {
    let mut request = Request::new(message);
    // A verified token is base64url and dots: it always fits a header.
    if let Ok(value) = AsciiMetadataValue::try_from(format!("Bearer {}", caller.token())) {
        request.metadata_mut().insert("authorization", value);
    }
    request
}
