//! Cursors of lists: sealed on their way out, opened on their way in.
//!
//! A service tells the place at which the next page goes on. What clients get is that place under a signature, which binds it to
//! the user, the list, its filters and its order: the same place means another row elsewhere, and nobody makes one up.

mod keys;
mod list;

pub use keys::{CursorKeys, generate_cursor_key};
pub(crate) use keys::{Keys, keys};
pub(crate) use list::List;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use std::sync::Arc;

tokio::task_local! {
    /// The list that the request of this task reads.
    static READ: Reading;
}

/// A list, and the keys that its cursors are sealed with.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    keys: Arc<Keys>,
    list: List,
}

impl Reading {
    /// Of this list.
    pub fn new(keys: Arc<Keys>, list: List) -> Self {
        Self { keys, list }
    }

    /// Answers a request whose pages are of this list.
    pub async fn during<T>(self, answer: impl Future<Output = T>) -> T {
        READ.scope(self, answer).await
    }

    /// The place in a cursor of this list; `None`: it is none of ours, or of another list.
    pub fn open(&self, cursor: &str) -> Option<String> {
        let sealed = URL_SAFE_NO_PAD.decode(cursor).ok()?;
        let place = self.keys.open(&self.list.context(), &sealed)?;
        String::from_utf8(place.to_vec()).ok()
    }

    fn seal(&self, place: &str) -> String {
        URL_SAFE_NO_PAD.encode(self.keys.seal(&self.list.context(), place.as_bytes()))
    }
}

/// The cursor of the next page of the list that is being read; `None` behind the last one (the empty place).
pub(crate) fn next(place: &str) -> Option<String> {
    if place.is_empty() {
        return None;
    }
    let sealed = READ.try_with(|reading| reading.seal(place));
    if sealed.is_err() {
        tracing::error!("a page was made outside of the reading of a list");
    }
    sealed.ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::SecretString;

    const PLACE: &str = "AwAF-place";

    fn reading(keys: &str, user: u128, url: &str) -> Reading {
        let keys = Keys::parse(&SecretString::from(keys)).unwrap();
        Reading::new(Arc::new(keys), List::of(uuid::Uuid::from_u128(user), &url.parse().unwrap()))
    }

    fn key() -> String {
        use secrecy::ExposeSecret as _;
        generate_cursor_key().expose_secret().to_owned()
    }

    #[test]
    fn a_cursor_opens_where_it_was_sealed_whatever_the_order_of_the_filters() {
        let key = key();
        let cursor = reading(&key, 1, "/v1/trades?symbol=A%20B&sort=closed_at&limit=2").seal(PLACE);

        for same in [
            "/v1/trades?sort=closed_at&symbol=A+B",
            "/v1/trades?limit=50&symbol=A%20B&sort=closed_at&cursor=x",
        ] {
            assert_eq!(reading(&key, 1, same).open(&cursor).as_deref(), Some(PLACE), "{same}");
        }
        for (user, other) in [
            (2, "/v1/trades?symbol=A%20B&sort=closed_at"),
            (1, "/v1/fills?symbol=A%20B&sort=closed_at"),
            (1, "/v1/trades?symbol=A%20B&sort=-closed_at"),
            (1, "/v1/trades?symbol=A%20B"),
            (1, "/v1/trades?symbol=A&sort=closed_at&tag=B"),
            (1, "/v1/trades?symbol=A%20B%26sort=closed_at"),
        ] {
            assert_eq!(reading(&key, user, other).open(&cursor), None, "{user} {other}");
        }
    }

    #[test]
    fn a_cursor_that_was_touched_does_not_open() {
        let reading = reading(&key(), 1, "/v1/trades");
        let cursor = reading.seal(PLACE);
        assert_eq!(reading.open(&cursor).as_deref(), Some(PLACE));

        for at in 0..cursor.len() {
            let (before, behind) = cursor.split_at(at);
            let letter = if behind.starts_with('A') { 'B' } else { 'A' };
            assert_eq!(reading.open(&format!("{before}{letter}{}", &behind[1..])), None, "at {at}");
            assert_eq!(reading.open(before), None, "cut at {at}");
        }
        for none in ["", PLACE, "ä", "\0", &"A".repeat(10_000), &format!("{cursor}=")] {
            assert_eq!(reading.open(none), None, "{none:.20}");
        }
    }

    #[test]
    fn older_keys_open_and_the_first_one_seals() {
        let (old, new) = (key(), key());
        let before = reading(&old, 1, "/v1/trades").seal(PLACE);
        let both = reading(&format!("{new},{old}"), 1, "/v1/trades");

        assert_eq!(both.open(&before).as_deref(), Some(PLACE));
        assert_eq!(reading(&new, 1, "/v1/trades").open(&both.seal(PLACE)).as_deref(), Some(PLACE));
        assert_eq!(reading(&new, 1, "/v1/trades").open(&before), None);
    }

    #[tokio::test]
    async fn pages_are_sealed_for_the_list_that_is_read() {
        let reading = reading(&key(), 1, "/v1/trades");

        let cursor = reading.clone().during(async { next(PLACE) }).await.unwrap();

        assert_eq!(reading.open(&cursor).as_deref(), Some(PLACE));
        assert_eq!(reading.during(async { next("") }).await, None);
        assert_eq!(next(PLACE), None);
    }
}
