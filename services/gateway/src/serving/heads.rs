//! The heads of requests as they came in: hyper forgets what contradicts itself in them.

use http::Method;

/// As much of them as is kept to be looked at.
const MAX_KEPT: usize = 32 * 1024;

/// Bytes that begin requests.
#[derive(Debug, Default)]
pub(super) struct Heads {
    bytes: Vec<u8>,
    /// The request that is being answered has a body, which ends nobody knows where: what comes in is part of it.
    has_body: bool,
}

impl Heads {
    /// Bytes came in, while a request is answered or not.
    pub fn arrived(&mut self, bytes: &[u8], is_answering: bool) {
        if is_answering && self.has_body {
            return;
        }
        let room = MAX_KEPT.saturating_sub(self.bytes.len()).min(bytes.len());
        self.bytes.extend_from_slice(bytes.get(..room).unwrap_or_default());
    }

    /// The head that is complete now. What lies behind it is the next one, if its request has no body.
    pub fn next(&mut self, has_body: bool) -> Vec<u8> {
        self.has_body = has_body;
        let mut head = std::mem::take(&mut self.bytes);
        if !has_body {
            self.bytes = head.split_off(length(&head));
        }
        head
    }
}

/// Up to the first empty line behind the head's first one, and with it.
fn length(bytes: &[u8]) -> usize {
    let (mut length, mut has_begun) = (0, false);
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        length += line.len();
        // Empty lines before a request are none of it, however many (RFC 9112, 2.2).
        if !is_empty(line) {
            has_begun = true;
        } else if has_begun {
            break;
        }
    }
    length
}

fn is_empty(line: &[u8]) -> bool {
    line.trim_ascii().is_empty()
}

/// True when a head has a `Content-Length` line, or nobody knows: what was kept is not of a request with this method.
pub(super) fn may_tell_length(head: &[u8], method: &Method) -> bool {
    let lines = head.split(|byte| *byte == b'\n');
    let mut lines = lines.skip_while(|line| is_empty(line));
    let first = lines.next().unwrap_or_default();
    if first.split(|byte| *byte == b' ').next() != Some(method.as_str().as_bytes()) {
        return true;
    }
    lines.take_while(|line| !is_empty(line)).any(|line| {
        let name = line.split(|byte| *byte == b':').next().unwrap_or_default();
        name.trim_ascii().eq_ignore_ascii_case(b"content-length")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_post(head: &str) -> bool {
        may_tell_length(head.as_bytes(), &Method::POST)
    }

    #[test]
    fn only_a_header_line_tells_the_length() {
        for told in [
            "POST / HTTP/1.1\r\nHost: a\r\ncontent-LENGTH: 5\r\n\r\nhello",
            "POST / HTTP/1.1\nContent-Length : 5\n\n",
            "\r\n\r\n\n POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\n",
            "\r\n\r\nPOST / HTTP/1.1\r\nContent-Length: 5\r\n\r\n",
        ] {
            assert!(of_post(told), "{told:?}");
        }
        for none in [
            "POST /?content-length: HTTP/1.1\r\nHost: a\r\n\r\nContent-Length: 5\r\n",
            "\r\n\r\n\r\nPOST / HTTP/1.1\r\nHost: a\r\n\r\n",
        ] {
            assert!(!of_post(none), "{none:?}");
        }
    }

    #[test]
    fn a_head_that_was_not_kept_may_tell_anything() {
        for other in ["", "more of a body", "GET / HTTP/1.1\r\nHost: a\r\n\r\n", "POSTS / HTTP/1.1\r\n\r\n"] {
            assert!(of_post(other), "{other:?}");
        }
    }

    #[test]
    fn a_head_that_came_with_the_one_before_is_kept() {
        let (get, post) =
            ("GET / HTTP/1.1\r\nHost: a\r\n\r\n", "POST / HTTP/1.1\r\nContent-Length: 1\r\n\r\n");
        let mut heads = Heads::default();
        heads.arrived(format!("{get}{post}").as_bytes(), false);

        assert_eq!(heads.next(false), get.as_bytes());
        assert_eq!(heads.next(true), post.as_bytes());
    }

    #[test]
    fn empty_lines_belong_to_the_head_behind_them() {
        let (get, post) = ("\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", "\n\r\n\nPOST / HTTP/1.1\r\n\r\n");
        let mut heads = Heads::default();
        heads.arrived(format!("{get}{post}").as_bytes(), false);

        assert_eq!(heads.next(false), get.as_bytes());
        assert_eq!(heads.next(false), post.as_bytes());
    }

    #[test]
    fn a_body_is_no_head() {
        let post = "POST / HTTP/1.1\r\nContent-Length: 100\r\n\r\n";
        let mut heads = Heads::default();
        heads.arrived(format!("{post}body").as_bytes(), false);
        assert_eq!(heads.next(true), format!("{post}body").as_bytes());

        heads.arrived(b"more of it", true);

        assert_eq!(heads.next(false), b"");
    }

    #[test]
    fn no_more_is_kept_than_can_be_a_head() {
        let mut heads = Heads::default();
        for _ in 0..100 {
            heads.arrived(&[b'a'; 1024], false);
        }
        assert_eq!(heads.next(true).len(), MAX_KEPT);
    }
}
