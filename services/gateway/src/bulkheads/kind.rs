//! Kinds of work.

use crate::limits::Class;

/// A kind of work that has a room of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// What hashes passwords, the dearest thing that anybody may ask for.
    SignIn,
    /// Files, which are long.
    Files,
    /// Statistics, which compute.
    Statistics,
    /// Everything else.
    Records,
}

impl Kind {
    /// The kind of a request that counts as `class`.
    pub fn of(class: Class, route: &str) -> Self {
        match class {
            Class::SignIn | Class::Elsewhere => Self::SignIn,
            Class::File => Self::Files,
            Class::Statistics => Self::Statistics,
            // All of them ask for the password again.
            Class::Write
                if route == "/v1/me"
                    || route == "/v1/auth/password/change"
                    || route == "/v1/auth/passkeys/register/start"
                    || route.starts_with("/v1/auth/mfa/") =>
            {
                Self::SignIn
            }
            Class::Anonymous | Class::Read | Class::Write => Self::Records,
        }
    }

    pub const fn name(self) -> &'static str {
        match self {
            Self::SignIn => "sign-in",
            Self::Files => "files",
            Self::Statistics => "statistics",
            Self::Records => "records",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_hashes_a_password_is_in_one_room() {
        assert_eq!(Kind::of(Class::SignIn, "/v1/auth/login"), Kind::SignIn);
        assert_eq!(Kind::of(Class::Write, "/v1/auth/password/change"), Kind::SignIn);
        assert_eq!(Kind::of(Class::Write, "/v1/auth/mfa/totp/enroll"), Kind::SignIn);
        assert_eq!(Kind::of(Class::Write, "/v1/me"), Kind::SignIn);
        assert_eq!(Kind::of(Class::Read, "/v1/me"), Kind::Records);
        assert_eq!(Kind::of(Class::Write, "/v1/auth/refresh"), Kind::Records);
    }
}
