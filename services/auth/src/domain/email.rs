//! E-mail addresses, in the one spelling in which they are stored and compared.

use super::invalid::Invalid;

/// RFC 5321, 4.5.3.1: a path has 256 bytes, two of which are its angle brackets.
const MAX_BYTES: usize = 254;
const MAX_LOCAL_BYTES: usize = 64;
const MAX_LABEL_BYTES: usize = 63;

/// A syntactically valid address, trimmed and in lower case.
///
/// What is taken: `Dot-string@Domain` of RFC 5321 with at least two labels, in ASCII. Quoted local parts, address literals and
/// unregistered spellings of international domains are not: nobody signs up with them, and look-alikes hide in them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EmailAddress(String);

impl EmailAddress {
    /// Trims, lower-cases and checks.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let invalid = |expected| Invalid { field: "email", expected };
        let text = text.trim();
        if text.len() > MAX_BYTES {
            return Err(invalid("must have at most 254 bytes"));
        }
        match text.rsplit_once('@') {
            Some((local, domain)) if is_local_part(local) && is_domain(domain) => {
                Ok(Self(text.to_ascii_lowercase()))
            }
            _ => Err(invalid("must be an e-mail address such as ada@example.com")),
        }
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_local_part(text: &str) -> bool {
    let is_atom_text = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte);
    text.len() <= MAX_LOCAL_BYTES
        && text.split('.').all(|atom| !atom.is_empty() && atom.bytes().all(is_atom_text))
}

fn is_domain(text: &str) -> bool {
    let is_label = |label: &str| {
        (1..=MAX_LABEL_BYTES).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let is_top_level = |label: &str| !label.bytes().all(|byte| byte.is_ascii_digit());
    text.split('.').all(is_label)
        && text.rsplit_once('.').is_some_and(|(_, top_level)| is_top_level(top_level))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_address_are_one_address() {
        let address = EmailAddress::parse("  Ada.Lovelace+Trades@Example.COM\n").unwrap();

        assert_eq!(address.as_str(), "ada.lovelace+trades@example.com");
    }

    #[test]
    fn the_longest_address_has_254_bytes() {
        let domain = format!("{0}.{0}.{1}.de", "d".repeat(63), "e".repeat(58));
        let longest = format!("{}@{domain}", "l".repeat(64));
        assert_eq!(longest.len(), 254);

        assert!(EmailAddress::parse(&longest).is_ok());
        assert!(EmailAddress::parse(&longest.replacen(".de", ".deu", 1)).is_err());
    }

    #[test]
    fn what_is_no_address_is_refused() {
        let long_local = format!("{}@example.com", "l".repeat(65));
        let long_label = format!("ada@{}.com", "d".repeat(64));
        for text in [
            "",
            "@",
            "ada",
            "ada@",
            "@example.com",
            "ada@localhost",
            "ada@example..com",
            "ada@.com",
            "ada@example.",
            "ada@-example.com",
            "ada@example-.com",
            "ada@exa mple.com",
            "a da@example.com",
            ".ada@example.com",
            "ada.@example.com",
            "a..da@example.com",
            "ada@example.com@example.com",
            "ada@127.0.0.1",
            "\"ada\"@example.com",
            "ada@exämple.com",
            "аda@example.com",
            "ada\0@example.com",
            "ada@example.com\0",
            "ada@example.com\r\nBcc: all@example.com",
            &long_local,
            &long_label,
        ] {
            assert!(EmailAddress::parse(text).is_err(), "{text:?}");
        }
    }
}
