//! The entity tags that a request names.

use super::CODINGS;
use http::{HeaderMap, HeaderName, HeaderValue};

/// The tags of an `If-Match` or `If-None-Match`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Tags {
    /// `*`: whatever there is.
    Any,
    /// These.
    These(Vec<Tag>),
}

/// One entity tag.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Tag {
    /// Says that it means the same, not that it is the same bytes.
    pub weak: bool,
    /// Without quotes, and without the coding of the bytes.
    pub opaque: String,
}

impl Tags {
    /// All lines of the header; `None`: none says anything. What is no tag is left out, and matches nothing.
    pub fn of(headers: &HeaderMap, name: &HeaderName) -> Option<Self> {
        let says_something = |line: &&HeaderValue| !line.as_bytes().iter().all(|byte| b", \t".contains(byte));
        let mut lines = headers.get_all(name).iter().filter(says_something).peekable();
        lines.peek()?;
        let mut tags = Vec::new();
        for line in lines {
            let line = line.as_bytes();
            if line.trim_ascii() == b"*" {
                return Some(Self::Any);
            }
            tags.extend(Tag::all(line));
        }
        Some(Self::These(tags))
    }

    /// Weak comparison, as reads ask for it.
    pub fn mean(&self, told: &str) -> bool {
        match self {
            Self::Any => true,
            Self::These(tags) => {
                let told = Tag::all(told.as_bytes());
                tags.iter().any(|tag| told.iter().any(|told| told.opaque == tag.opaque))
            }
        }
    }
}

impl Tag {
    /// The tags of a list; what stands behind something else is not looked at.
    fn all(list: &[u8]) -> Vec<Self> {
        let (mut tags, mut rest) = (Vec::new(), list);
        while let Some((tag, behind)) = Self::first(rest) {
            tags.push(tag);
            rest = behind;
        }
        tags
    }

    fn first(list: &[u8]) -> Option<(Self, &[u8])> {
        let begins = list.iter().position(|byte| !matches!(byte, b',' | b' ' | b'\t'))?;
        let (_, list) = list.split_at_checked(begins)?;
        let (weak, list) = list.strip_prefix(b"W/").map_or((false, list), |list| (true, list));
        let list = list.strip_prefix(b"\"")?;
        let ends = list.iter().position(|byte| *byte == b'"')?;
        let (opaque, behind) = list.split_at_checked(ends)?;
        let opaque = String::from_utf8_lossy(opaque).into_owned();
        Some((Self { weak, opaque: without_coding(opaque) }, behind.strip_prefix(b"\"")?))
    }
}

fn without_coding(mut opaque: String) -> String {
    let bare = opaque.rsplit_once('+').filter(|(_, coding)| CODINGS.contains(coding));
    if let Some(length) = bare.map(|(tag, _)| tag.len()) {
        opaque.truncate(length);
    }
    opaque
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::header;

    fn tags(lines: &[&'static str]) -> Option<Tags> {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(header::IF_NONE_MATCH, HeaderValue::from_static(line));
        }
        Tags::of(&headers, &header::IF_NONE_MATCH)
    }

    fn named(lines: &[&'static str]) -> Vec<(bool, String)> {
        match tags(lines).unwrap() {
            Tags::Any => panic!("any"),
            Tags::These(tags) => tags.into_iter().map(|tag| (tag.weak, tag.opaque)).collect(),
        }
    }

    #[test]
    fn tags_stand_in_lists_and_on_several_lines() {
        let expected = [(false, "a"), (true, "b, c"), (false, ""), (true, "d")];
        let expected = expected.map(|(weak, tag)| (weak, tag.to_owned()));
        assert_eq!(named(&[r#""a" ,W/"b, c",, "" "#, r#"W/"d""#]), expected);
        assert_eq!(tags(&[]), None);
        assert_eq!(tags(&["", " , "]), None, "no condition");
        assert_eq!(tags(&[r#""a""#, " * "]), Some(Tags::Any));
    }

    #[test]
    fn what_is_no_tag_matches_nothing() {
        for wrong in ["a", "w/\"a\"", "\"a", "'a'", "W/a", "*, *"] {
            assert!(named(&[wrong]).is_empty(), "{wrong}");
        }
    }

    #[test]
    fn tags_that_mean_the_same_are_weak_or_coded() {
        let asked = tags(&[r#"W/"3-ab", "x+br""#]).unwrap();

        assert!(asked.mean(r#""3-ab""#) && asked.mean(r#""3-ab+gzip""#) && asked.mean(r#"W/"x""#));
        assert!(!asked.mean(r#""3-ac""#) && !asked.mean(r#""3-ab+other""#));
        assert!(Tags::Any.mean(r#""whatever""#));
    }
}
