//! One page of a list, newest first.

use super::invalid::Invalid;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use uuid::Uuid;

const DEFAULT_LIMIT: u32 = 50;
const LARGEST_LIMIT: u32 = 200;

/// Which rows are asked for: ids grow with time.
pub(crate) struct Page {
    limit: u32,
    /// All of them are before this id.
    pub before: Uuid,
}

impl Page {
    /// As it is asked for. A limit of 0 is the usual one; an empty cursor is before all.
    pub fn asked(limit: u32, cursor: &str) -> Result<Self, Invalid> {
        let limit = match limit {
            0 => DEFAULT_LIMIT,
            limit @ 1..=LARGEST_LIMIT => limit,
            _ => return Err(Invalid { field: "limit", expected: "must be between 1 and 200" }),
        };
        Ok(Self { limit, before: before(cursor)? })
    }

    /// Rows at most.
    pub fn limit(&self) -> i64 {
        self.limit.into()
    }

    /// The cursor of the page behind these rows, or none. A full page may have a successor; whether it is empty is seen when it is asked for.
    pub fn next_cursor<T>(&self, rows: &[T], id: impl Fn(&T) -> Uuid) -> String {
        let full = rows.len() == usize::try_from(self.limit).unwrap_or(usize::MAX);
        rows.last().filter(|_| full).map(|last| URL_SAFE_NO_PAD.encode(id(last))).unwrap_or_default()
    }
}

fn before(cursor: &str) -> Result<Uuid, Invalid> {
    if cursor.is_empty() {
        return Ok(Uuid::max());
    }
    let bytes = URL_SAFE_NO_PAD.decode(cursor).ok();
    let id = bytes.and_then(|bytes| Uuid::from_slice(&bytes).ok());
    id.ok_or(Invalid { field: "cursor", expected: "must be the next_cursor of an earlier answer" })
}
