//! Which requests count together, and how many of them are fine.

use clap::Args;
use http::Method;
use std::{num::NonZeroU32, str::FromStr, time::Duration};

/// Requests that share a quota.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Class {
    /// What nobody has to be signed in for and everybody may try: registering, signing in, recovering.
    SignIn,
    /// Going to sign in somewhere else, and coming back. Any page can have a browser ask for these: they use up nothing of what signing in
    /// here needs.
    Elsewhere,
    /// Other requests of an address that is not signed in.
    Anonymous,
    /// Reads of a user.
    Read,
    /// Writes of a user.
    Write,
    /// Files of a user.
    File,
    /// Statistics of a user.
    Statistics,
}

/// So many requests within such a time, whichever time of that length one looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// Requests.
    pub requests: NonZeroU32,
    /// At least a second.
    pub within: Duration,
}

/// `100/900`: 100 requests in 900 seconds.
impl FromStr for Quota {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let expected = "must be requests/seconds, such as 100/900";
        let (requests, seconds) = text.split_once('/').ok_or(expected)?;
        let (requests, seconds): (NonZeroU32, NonZeroU32) =
            (requests.parse().map_err(|_| expected)?, seconds.parse().map_err(|_| expected)?);
        Ok(Self { requests, within: Duration::from_secs(seconds.get().into()) })
    }
}

/// How many requests are fine, each as requests/seconds.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Rate limits")]
pub struct RateLimits {
    /// Registering, signing in and recovering from one address; as many again of signing in elsewhere.
    #[arg(long, env = "RATE_LIMIT_SIGN_IN", default_value = "100/900")]
    pub rate_limit_sign_in: Quota,
    /// Other requests from one address that is not signed in.
    #[arg(long, env = "RATE_LIMIT_ANONYMOUS", default_value = "600/60")]
    pub rate_limit_anonymous: Quota,
    /// Reads of one user.
    #[arg(long, env = "RATE_LIMIT_READ", default_value = "3000/60")]
    pub rate_limit_read: Quota,
    /// Writes of one user.
    #[arg(long, env = "RATE_LIMIT_WRITE", default_value = "1200/60")]
    pub rate_limit_write: Quota,
    /// Imported files of one user, and whatever takes one back.
    #[arg(long, env = "RATE_LIMIT_FILE", default_value = "120/60")]
    pub rate_limit_file: Quota,
    /// Statistics of one user.
    #[arg(long, env = "RATE_LIMIT_STATISTICS", default_value = "1200/60")]
    pub rate_limit_statistics: Quota,
    /// Gateways that share the limits: while Redis is away each allows its part.
    #[arg(long, env = "GATEWAY_INSTANCES", default_value = "2")]
    pub gateway_instances: NonZeroU32,
}

impl RateLimits {
    pub(super) const fn quota(&self, class: Class) -> Quota {
        match class {
            Class::SignIn | Class::Elsewhere => self.rate_limit_sign_in,
            Class::Anonymous => self.rate_limit_anonymous,
            Class::Read => self.rate_limit_read,
            Class::Write => self.rate_limit_write,
            Class::File => self.rate_limit_file,
            Class::Statistics => self.rate_limit_statistics,
        }
    }
}

/// What anybody may open: the probes of load balancers, public keys and the documentation.
const FREE: [&str; 6] = ["/", "/health", "/ready", "/v1/openapi.json", "/.well-known/jwks.json", "/docs"];
const SIGN_IN: [&str; 9] = [
    "/v1/auth/register",
    "/v1/auth/login",
    "/v1/auth/passkeys/login/start",
    "/v1/auth/passkeys/login/finish",
    "/v1/auth/email/verify",
    "/v1/auth/email/resend",
    "/v1/auth/password/forgot",
    "/v1/auth/password/reset",
    "/v1/me/deletion/undo",
];
const ELSEWHERE: [&str; 2] = ["/v1/auth/oidc/{provider}/start", "/v1/auth/oidc/{provider}/callback"];
const FILES: [&str; 4] = ["/v1/imports", "/v1/imports/preview", "/v1/bars", "/v1/trades/{id}/attachments"];

/// What is deleted with all that files brought into it.
const FILLED: [&str; 2] = ["/v1/accounts/{id}", "/v1/imports/{id}"];

impl Class {
    pub(super) const ALL: [Self; 7] = [
        Self::SignIn,
        Self::Elsewhere,
        Self::Anonymous,
        Self::Read,
        Self::Write,
        Self::File,
        Self::Statistics,
    ];

    /// The class of a request of a signed-in user to a route; `None`: it is not counted.
    pub fn of(method: &Method, route: &str) -> Option<Self> {
        if FREE.contains(&route) || route.starts_with("/docs/") {
            return None;
        }
        Some(match route {
            _ if SIGN_IN.contains(&route) => Self::SignIn,
            _ if ELSEWHERE.contains(&route) => Self::Elsewhere,
            _ if FILES.contains(&route) && !method.is_safe() => Self::File,
            _ if FILLED.contains(&route) && *method == Method::DELETE => Self::File,
            _ if route.starts_with("/v1/analytics/") => Self::Statistics,
            _ if method.is_safe() => Self::Read,
            _ => Self::Write,
        })
    }

    /// True for routes that files are brought and taken by: reading there may take as long.
    pub fn is_of_files(route: &str) -> bool {
        FILES.contains(&route)
    }

    /// As headers and metrics name it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SignIn => "sign-in",
            Self::Elsewhere => "elsewhere",
            Self::Anonymous => "anonymous",
            Self::Read => "read",
            Self::Write => "write",
            Self::File => "file",
            Self::Statistics => "statistics",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quota_is_requests_and_seconds() {
        let quota: Quota = "100/900".parse().unwrap();
        assert_eq!((quota.requests.get(), quota.within), (100, Duration::from_mins(15)));
        for wrong in ["", "100", "0/1", "1/0", "-1/1", "1/1/1", "1.5/1"] {
            assert!(wrong.parse::<Quota>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn every_kind_of_request_has_its_class() {
        for (method, route, class) in [
            (Method::POST, "/v1/auth/login", Some(Class::SignIn)),
            (Method::POST, "/v1/auth/password/forgot", Some(Class::SignIn)),
            (Method::POST, "/v1/auth/password/change", Some(Class::Write)),
            (Method::POST, "/v1/auth/refresh", Some(Class::Write)),
            (Method::GET, "/v1/auth/oidc/{provider}/start", Some(Class::Elsewhere)),
            (Method::GET, "/v1/trades/{id}", Some(Class::Read)),
            (Method::PATCH, "/v1/trades/{id}", Some(Class::Write)),
            (Method::POST, "/v1/imports", Some(Class::File)),
            (Method::POST, "/v1/trades/{id}/attachments", Some(Class::File)),
            (Method::GET, "/v1/trades/{id}/attachments", Some(Class::Read)),
            (Method::GET, "/v1/imports", Some(Class::Read)),
            (Method::DELETE, "/v1/imports/{id}", Some(Class::File)),
            (Method::DELETE, "/v1/accounts/{id}", Some(Class::File)),
            (Method::PATCH, "/v1/accounts/{id}", Some(Class::Write)),
            (Method::GET, "/v1/analytics/summary", Some(Class::Statistics)),
            (Method::GET, "unmatched", Some(Class::Read)),
            (Method::GET, "/health", None),
            (Method::GET, "/docs/{*rest}", None),
        ] {
            assert_eq!(Class::of(&method, route), class, "{method} {route}");
        }
    }
}
