//! Which web pages may act with a user's cookies (CSRF).

use crate::{config::Browsers, extract, problem::Problem};
use http::{HeaderMap, Method, StatusCode, header};

/// A request that carries its identity in a cookie must come from one of our pages and, when it changes something, be of a
/// shape that no foreign form can send: JSON, or any upload with an `X-Requested-With` header.
pub(crate) fn check(method: &Method, headers: &HeaderMap, browsers: &Browsers) -> Result<(), Problem> {
    if method.is_safe() {
        return Ok(());
    }
    if !is_allowed(headers, browsers) {
        return Err(refused("a request with cookies needs an allowed Origin"));
    }
    if extract::is_json(headers) || headers.contains_key("x-requested-with") {
        Ok(())
    } else {
        Err(refused(
            "a request with cookies needs Content-Type: application/json or an X-Requested-With header",
        ))
    }
}

/// True when the page's origin is ours or on the list.
pub(crate) fn is_allowed(headers: &HeaderMap, browsers: &Browsers) -> bool {
    let Some(origin) = headers.get(header::ORIGIN).and_then(|value| value.to_str().ok()) else {
        return false;
    };
    if browsers.cors_origins.iter().any(|allowed| allowed == origin) {
        return true;
    }
    let scheme = if browsers.cookie_secure { "https" } else { "http" };
    let host = headers.get(header::HOST).and_then(|value| value.to_str().ok());
    host.is_some_and(|host| origin == format!("{scheme}://{host}"))
}

fn refused(detail: &str) -> Problem {
    Problem::new(StatusCode::FORBIDDEN, "origin-not-allowed", detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_post(lines: &[(&'static str, &'static str)]) -> bool {
        let browsers =
            Browsers { cors_origins: vec!["https://app.journal.example".to_owned()], cookie_secure: true };
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.insert(*name, value.parse().unwrap());
        }
        check(&Method::POST, &headers, &browsers).is_ok()
    }

    #[test]
    fn our_own_pages_and_listed_ones_may_post_json() {
        let json = ("content-type", "application/json");
        assert!(check_post(&[("origin", "https://app.journal.example"), json]));
        assert!(check_post(&[
            ("origin", "https://api.journal.example"),
            ("host", "api.journal.example"),
            json
        ]));
    }

    #[test]
    fn forged_shapes_are_refused() {
        let json = ("content-type", "application/json");
        let listed = ("origin", "https://app.journal.example");
        for lines in [
            vec![json],
            vec![listed],
            vec![("origin", "null"), json],
            vec![("origin", "https://app.journal.example.evil.example"), json],
            vec![("origin", "https://evil-app.journal.example"), json],
            vec![("origin", "http://app.journal.example"), json],
            vec![("origin", "https://app.journal.example:8443"), json],
            vec![listed, ("content-type", "text/plain")],
            vec![listed, ("content-type", "application/jsonp")],
            vec![listed, ("content-type", "text/plain; application/json")],
            vec![listed, ("content-type", "multipart/form-data; boundary=x")],
        ] {
            assert!(!check_post(&lines), "{lines:?}");
        }
    }
}
