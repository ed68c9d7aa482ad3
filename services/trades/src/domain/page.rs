//! Pages of a list: how long they are, and the place at which the next one goes on.

use super::invalid::Invalid;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ledger::Decimal;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// Rows of a page: 1 to 200, 50 when nothing is said (0).
pub fn limit(asked: u32) -> Result<usize, Invalid> {
    match asked {
        0 => Ok(50),
        1..=200 => Ok(asked as usize),
        _ => Err(Invalid::new("limit", "must be from 1 to 200")),
    }
}

/// A list and its order: a cursor of one is meaningless in another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listing {
    /// Imports, newest first.
    Imports,
    /// Fills, newest first.
    Fills,
    /// Cash, newest first.
    Cash,
    /// Merges and splits, newest first.
    Regroupings,
    /// Option strategies, newest first.
    Strategies,
    /// Days with a note, newest first.
    Days,
    /// Trades in one of their orders.
    Trades(TradeSort),
}

/// The orders of the list of trades. Open trades stand among the closed ones by the time at which they opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TradeSort {
    /// Closed last, first.
    #[default]
    ClosedDescending,
    /// Closed first, first.
    ClosedAscending,
    /// Opened last, first.
    OpenedDescending,
    /// Opened first, first.
    OpenedAscending,
    /// The largest net result first.
    NetDescending,
    /// The smallest net result first.
    NetAscending,
}

impl TradeSort {
    /// The sort of a request; the default when nothing is said.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        match text {
            "" | "-closed_at" => Ok(Self::ClosedDescending),
            "closed_at" => Ok(Self::ClosedAscending),
            "-opened_at" => Ok(Self::OpenedDescending),
            "opened_at" => Ok(Self::OpenedAscending),
            "-net_pnl" => Ok(Self::NetDescending),
            "net_pnl" => Ok(Self::NetAscending),
            _ => Err(Invalid::new(
                "sort",
                "must be closed_at, opened_at or net_pnl, or one of them with a - before it",
            )),
        }
    }
}

/// The last row of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// What the list is sorted by.
    pub at: OffsetDateTime,
    /// What decides between rows of the same time.
    pub id: Uuid,
}

impl Place {
    /// This place in `listing`, as opaque text.
    pub fn to_cursor(self, listing: Listing) -> String {
        let microseconds = self.at.unix_timestamp_nanos().div_euclid(1_000);
        let microseconds = i64::try_from(microseconds).unwrap_or_default();
        let mut bytes = vec![tag(listing)];
        bytes.extend(microseconds.to_be_bytes());
        bytes.extend(self.id.as_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The place that a cursor of `listing` names; `None` for the empty cursor of the first page.
    pub fn of_cursor(cursor: &str, listing: Listing) -> Result<Option<Self>, Invalid> {
        if cursor.is_empty() {
            return Ok(None);
        }
        let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| malformed())?;
        let (&found, rest) = bytes.split_first().ok_or_else(malformed)?;
        let (microseconds, id) = rest.split_first_chunk::<8>().ok_or_else(malformed)?;
        let id = Uuid::from_slice(id).map_err(|_| malformed())?;
        let since_epoch = Duration::microseconds(i64::from_be_bytes(*microseconds));
        let at = OffsetDateTime::UNIX_EPOCH.checked_add(since_epoch);
        match at {
            Some(at) if found == tag(listing) => Ok(Some(Self { at, id })),
            _ => Err(malformed()),
        }
    }
}

/// The last trade of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TradePlace {
    /// In an order of times.
    At(Place),
    /// In an order of net results.
    Net {
        /// What the list is sorted by.
        net: Decimal,
        /// What decides between trades of the same result.
        id: Uuid,
    },
}

impl TradePlace {
    /// This place in the list of this order, as opaque text.
    pub fn to_cursor(self, sort: TradeSort) -> String {
        match self {
            Self::At(place) => place.to_cursor(Listing::Trades(sort)),
            Self::Net { net, id } => {
                let mut bytes = vec![tag(Listing::Trades(sort))];
                bytes.extend(id.as_bytes());
                bytes.extend(net.to_string().into_bytes());
                URL_SAFE_NO_PAD.encode(bytes)
            }
        }
    }

    /// The place that a cursor of the list of this order names; `None` for the empty cursor of the first page.
    pub fn of_cursor(cursor: &str, sort: TradeSort) -> Result<Option<Self>, Invalid> {
        if !matches!(sort, TradeSort::NetDescending | TradeSort::NetAscending) {
            return Ok(Place::of_cursor(cursor, Listing::Trades(sort))?.map(Self::At));
        }
        if cursor.is_empty() {
            return Ok(None);
        }
        let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| malformed())?;
        let (&found, rest) = bytes.split_first().ok_or_else(malformed)?;
        let (id, net) = rest.split_first_chunk::<16>().ok_or_else(malformed)?;
        let net = str::from_utf8(net).ok().and_then(|net| net.parse().ok());
        let net = net.filter(|_| found == tag(Listing::Trades(sort))).ok_or_else(malformed)?;
        Ok(Some(Self::Net { net, id: Uuid::from_bytes(*id) }))
    }
}

fn malformed() -> Invalid {
    Invalid::new("cursor", "must be the next_cursor of the same list in the same order")
}

const fn tag(listing: Listing) -> u8 {
    match listing {
        Listing::Imports => 1,
        Listing::Fills => 2,
        Listing::Cash => 7,
        Listing::Regroupings => 8,
        Listing::Strategies => 9,
        Listing::Days => 10,
        Listing::Trades(TradeSort::ClosedDescending) => 3,
        Listing::Trades(TradeSort::ClosedAscending) => 4,
        Listing::Trades(TradeSort::OpenedDescending) => 5,
        Listing::Trades(TradeSort::OpenedAscending) => 6,
        Listing::Trades(TradeSort::NetDescending) => 11,
        Listing::Trades(TradeSort::NetAscending) => 12,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_leads_back_to_its_place() {
        let place =
            Place { at: OffsetDateTime::UNIX_EPOCH - Duration::microseconds(1), id: Uuid::from_u128(7) };

        let cursor = place.to_cursor(Listing::Fills);

        assert_eq!(Place::of_cursor(&cursor, Listing::Fills), Ok(Some(place)));
    }

    #[test]
    fn a_cursor_belongs_to_its_list_and_order() {
        let place = Place { at: OffsetDateTime::UNIX_EPOCH, id: Uuid::nil() };
        let cursor = place.to_cursor(Listing::Trades(TradeSort::ClosedDescending));

        for other in [Listing::Imports, Listing::Fills, Listing::Trades(TradeSort::OpenedDescending)] {
            assert_eq!(Place::of_cursor(&cursor, other).unwrap_err().field, "cursor");
        }
    }

    #[test]
    fn a_place_among_net_results_is_exact() {
        let net = "-0.1234567890123456789012345678901234567890".parse().unwrap();
        let place = TradePlace::Net { net, id: Uuid::from_u128(7) };
        let cursor = place.to_cursor(TradeSort::NetDescending);

        assert_eq!(TradePlace::of_cursor(&cursor, TradeSort::NetDescending), Ok(Some(place)));
        assert_eq!(TradePlace::of_cursor("", TradeSort::NetAscending), Ok(None));
        let no_number = URL_SAFE_NO_PAD.encode([&[11_u8][..], &[0; 16], b"x"].concat());
        for (wrong, sort) in [
            (cursor.as_str(), TradeSort::NetAscending),
            (&cursor, TradeSort::ClosedDescending),
            (&no_number, TradeSort::NetDescending),
            ("AAAA", TradeSort::NetDescending),
            ("!", TradeSort::NetDescending),
        ] {
            assert_eq!(TradePlace::of_cursor(wrong, sort).unwrap_err().field, "cursor", "{wrong}");
        }
    }

    #[test]
    fn malformed_cursors_are_refused() {
        let beyond_all_time = URL_SAFE_NO_PAD.encode([&[2_u8][..], &[0x7f; 8], &[0; 16]].concat());
        for wrong in ["x", "!!!!", "AAAA", "é", "\0", &"A".repeat(10_000), &beyond_all_time] {
            assert!(Place::of_cursor(wrong, Listing::Fills).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_page_has_50_rows_unless_asked_otherwise() {
        assert_eq!(limit(0), Ok(50));
        assert_eq!(limit(200), Ok(200));
        assert!(limit(201).is_err());
    }
}
