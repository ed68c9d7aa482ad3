//! Where a browser goes after it has been elsewhere: to a page of ours.

use super::invalid::Invalid;

const MAX_BYTES: usize = 512;

/// A path on our own origin, with a query or without.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ReturnPath(String);

impl ReturnPath {
    /// Takes a path and nothing that a browser could read as another host; an empty one is "/".
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let text = if text.is_empty() { "/" } else { text };
        // To a browser a backslash is a slash, and control characters are nothing.
        let is_plain = text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
        let is_ours = text.starts_with('/') && !text.starts_with("//");
        if text.len() <= MAX_BYTES && is_plain && is_ours {
            Ok(Self(text.to_owned()))
        } else {
            Err(Invalid { field: "return_to", expected: "must be a path of ours such as /trades" })
        }
    }

    /// The path.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_path_of_ours_is_taken() {
        for path in
            ["/", "/trades", "/trades?symbol=AAPL&x=%2F%2F", "/a//b", "/#x", "/?to=https://evil.example"]
        {
            assert_eq!(ReturnPath::parse(path).unwrap().as_str(), path);
        }
        assert_eq!(ReturnPath::parse("").unwrap().as_str(), "/");
        for other in [
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            " //evil.example",
            "https://evil.example",
            "javascript:alert(1)",
            "evil.example",
            "/é",
            "/\0",
            &format!("/{}", "x".repeat(512)),
        ] {
            assert!(ReturnPath::parse(other).is_err(), "{other:?}");
        }
    }
}
