//! The two cookies of a browser's session, and the one that outlives it.

use crate::config::Browsers;
use http::{HeaderMap, HeaderValue, header};
use journal_proto::auth::v1::Tokens;

/// Which cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cookie {
    /// The access token.
    Access,
    /// The refresh token.
    Refresh,
    /// What makes this a device on which somebody signed in before.
    Device,
    /// What ties a sign-in elsewhere to the browser that began it.
    Oidc,
}

impl Cookie {
    fn name(self, browsers: &Browsers) -> &'static str {
        match (self, browsers.cookie_secure) {
            (Self::Access, true) => "__Host-access",
            (Self::Refresh, true) => "__Host-refresh",
            (Self::Device, true) => "__Host-device",
            (Self::Device, false) => "device",
            (Self::Oidc, true) => "__Host-oidc",
            (Self::Oidc, false) => "oidc",
            (Self::Access, false) => "access",
            (Self::Refresh, false) => "refresh",
        }
    }

    /// The cookie's value in a request.
    pub fn read<'a>(self, headers: &'a HeaderMap, browsers: &Browsers) -> Option<&'a str> {
        let name = self.name(browsers);
        let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
        lines.flat_map(|line| line.split(';')).find_map(|pair| {
            let (key, value) = pair.trim().split_once('=')?;
            (key == name && !value.is_empty()).then_some(value)
        })
    }

    fn write(self, value: &str, seconds: u32, browsers: &Browsers) -> Option<HeaderValue> {
        let secure = if browsers.cookie_secure { "; Secure" } else { "" };
        let name = self.name(browsers);
        // It comes back from another site.
        let same_site = if self == Self::Oidc { "Lax" } else { "Strict" };
        let line =
            format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite={same_site}{secure}");
        HeaderValue::from_str(&line).ok()
    }
}

/// Sets both cookies of a session.
pub(crate) fn set(headers: &mut HeaderMap, tokens: &Tokens, browsers: &Browsers) {
    let lines = [
        Cookie::Access.write(&tokens.access_token, tokens.expires_in, browsers),
        Cookie::Refresh.write(&tokens.refresh_token, tokens.refresh_expires_in, browsers),
    ];
    for line in lines.into_iter().flatten() {
        headers.append(header::SET_COOKIE, line);
    }
}

/// By what a device is known at its next sign-in.
pub(crate) struct DeviceToken {
    pub token: String,
    /// Until the device is forgotten when nobody signs in on it.
    pub seconds: u32,
}

/// Sets the cookie that stays when the session ends.
pub(crate) fn set_device(headers: &mut HeaderMap, device: &DeviceToken, browsers: &Browsers) {
    if let Some(line) = Cookie::Device.write(&device.token, device.seconds, browsers) {
        headers.append(header::SET_COOKIE, line);
    }
}

/// Sets the cookie of a sign-in elsewhere, for so many seconds.
pub(crate) fn set_oidc(headers: &mut HeaderMap, secret: &str, seconds: u32, browsers: &Browsers) {
    if let Some(line) = Cookie::Oidc.write(secret, seconds, browsers) {
        headers.append(header::SET_COOKIE, line);
    }
}

/// Removes both cookies of a session.
pub(crate) fn clear(headers: &mut HeaderMap, browsers: &Browsers) {
    for cookie in [Cookie::Access, Cookie::Refresh] {
        if let Some(line) = cookie.write("", 0, browsers) {
            headers.append(header::SET_COOKIE, line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn browsers(secure: bool) -> Browsers {
        Browsers { cors_origins: Vec::new(), cookie_secure: secure }
    }

    #[test]
    fn a_secure_cookie_carries_the_host_prefix_and_is_read_back() {
        let line = Cookie::Refresh.write("abc", 60, &browsers(true)).unwrap();
        assert_eq!(line, "__Host-refresh=abc; Path=/; Max-Age=60; HttpOnly; SameSite=Strict; Secure");

        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_static("a=b; __Host-refresh=abc"));
        assert_eq!(Cookie::Refresh.read(&headers, &browsers(true)), Some("abc"));
        assert_eq!(Cookie::Access.read(&headers, &browsers(true)), None);
    }
}
