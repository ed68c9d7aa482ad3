//! Where something is reached, as browsers write it.

use http::Uri;

/// Takes `text` if it is an origin and nothing else: browsers compare origins byte by byte, and whatever follows one here would end up in
/// the middle of an address.
pub fn origin(text: &str) -> Result<String, &'static str> {
    const EXPECTED: &str = "an origin such as https://app.example.com is expected: in small letters, without a path or a slash at its end";
    let uri: Uri = text.parse().map_err(|_| EXPECTED)?;
    let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else { return Err(EXPECTED) };
    let usual = match scheme {
        "https" => 443,
        "http" => 80,
        _ => return Err(EXPECTED),
    };
    let host = authority.host();
    let written = match authority.port() {
        Some(port) if port.as_u16() == usual => {
            return Err("a port is expected only where it is not the usual one");
        }
        Some(port) => format!("{scheme}://{host}:{}", port.as_u16()),
        None => format!("{scheme}://{host}"),
    };
    let is_plain = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || "-._[:]".contains(sign);
    if host.is_empty() || !host.chars().all(is_plain) || written != text {
        return Err(EXPECTED);
    }
    Ok(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_a_scheme_a_host_and_a_port_that_is_not_the_usual_one() {
        for text in
            ["https://app.example.com", "http://localhost:8080", "http://127.0.0.1:8080", "http://[::1]:8080"]
        {
            assert_eq!(origin(text).as_deref(), Ok(text));
        }
        for text in [
            "",
            "*",
            "null",
            "app.example.com",
            "//app.example.com",
            "/app",
            "ftp://app.example.com",
            "https://",
            "https://app.example.com/",
            "https://app.example.com/app",
            "https://app.example.com?a",
            "https://app.example.com#a",
            "https://app.example.com:443",
            "http://app.example.com:80",
            "https://app.example.com:",
            "https://user@app.example.com",
            "https://App.example.com",
            "HTTPS://app.example.com",
            " https://app.example.com",
            "https://*.example.com",
        ] {
            assert!(origin(text).is_err(), "{text}");
        }
    }
}
