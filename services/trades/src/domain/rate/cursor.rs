//! The place of a rate in the list of rates, as opaque text.

use super::{Pair, RateKey};
use crate::domain::invalid::Invalid;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use time::{Duration, OffsetDateTime};

impl RateKey {
    /// This place as opaque text.
    pub fn to_cursor(&self) -> String {
        let microseconds = self.valid_from.unix_timestamp_nanos().div_euclid(1_000);
        URL_SAFE_NO_PAD.encode(format!("{}/{}/{microseconds}", self.pair.from, self.pair.to))
    }

    /// The place that a cursor names; `None` for the empty cursor of the first page.
    pub fn of_cursor(cursor: &str) -> Result<Option<Self>, Invalid> {
        if cursor.is_empty() {
            return Ok(None);
        }
        let malformed = || Invalid::new("cursor", "must be the next_cursor of the list of rates");
        place(cursor).map(Some).ok_or_else(malformed)
    }
}

fn place(cursor: &str) -> Option<RateKey> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()?;
    let (pair, microseconds) = text.rsplit_once('/')?;
    let (from, to) = pair.split_once('/')?;
    let since_epoch = Duration::microseconds(microseconds.parse().ok()?);
    Some(RateKey {
        pair: Pair::parse(from, to).ok()?,
        valid_from: OffsetDateTime::UNIX_EPOCH.checked_add(since_epoch)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_leads_back_to_its_place() {
        let key = RateKey {
            pair: Pair { from: "EUR".to_owned(), to: "1INCH".to_owned() },
            valid_from: OffsetDateTime::UNIX_EPOCH - Duration::microseconds(1),
        };

        assert_eq!(RateKey::of_cursor(&key.to_cursor()), Ok(Some(key)));
        assert_eq!(RateKey::of_cursor(""), Ok(None));
    }

    #[test]
    fn malformed_cursors_are_refused() {
        let encoded = |text: &str| URL_SAFE_NO_PAD.encode(text);
        let wrong = ["x".to_owned(), "é".to_owned(), "A".repeat(10_000), encoded("EUR/USD")];
        let wrong = wrong.into_iter().chain(["EUR/EUR/1", "EUR/USD/x", "EUR/\0/1"].map(encoded));
        for wrong in wrong.chain([encoded(&format!("EUR/USD/{}", i64::MAX))]) {
            assert_eq!(RateKey::of_cursor(&wrong).unwrap_err().field, "cursor", "{wrong:?}");
        }
    }
}
