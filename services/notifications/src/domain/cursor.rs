//! Where a page of the inbox starts: after the notification with this id, newest first.

use crate::error::Error;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use uuid::Uuid;

const DEFAULT_LIMIT: u32 = 50;
const LARGEST_LIMIT: u32 = 200;

/// Before every notification: the first page.
pub(crate) const NEWEST: Uuid = Uuid::max();

/// The id that a cursor stands for; an empty one is [`NEWEST`].
pub(crate) fn parse(cursor: &str) -> Result<Uuid, Error> {
    if cursor.is_empty() {
        return Ok(NEWEST);
    }
    let bytes = URL_SAFE_NO_PAD.decode(cursor).ok();
    let id = bytes.and_then(|bytes| Uuid::from_slice(&bytes).ok());
    id.ok_or(Error::Invalid { field: "cursor", expected: "must be the next_cursor of an earlier answer" })
}

/// The cursor of the page after `last`.
pub(crate) fn after(last: Uuid) -> String {
    URL_SAFE_NO_PAD.encode(last)
}

/// The length of a page; 0 is the default.
pub(crate) fn limit(asked: u32) -> Result<u32, Error> {
    match asked {
        0 => Ok(DEFAULT_LIMIT),
        1..=LARGEST_LIMIT => Ok(asked),
        _ => Err(Error::Invalid { field: "limit", expected: "must be 1 to 200" }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_leads_back_to_its_id() {
        let id = Uuid::now_v7();

        assert_eq!(parse(&after(id)).unwrap(), id);
    }

    #[test]
    fn anything_else_is_refused() {
        for garbage in ["x", "AAAA", "\0", "ä", "AAAAAAAAAAAAAAAAAAAAAA=="] {
            assert!(matches!(parse(garbage), Err(Error::Invalid { field: "cursor", .. })), "{garbage:?}");
        }
    }
}
