//! What several requests hold: ids, pages, times and mappings.

use crate::{
    domain::{
        invalid::Invalid,
        mapping::{self, Layout},
        page::{self, Listing, Place},
    },
    wire,
};
use journal_proto::{
    Timestamp,
    trades::v1::{MappingContent, Page},
};
use std::str::FromStr;
use time::OffsetDateTime;

/// An id that must be there.
pub(super) fn id<T: FromStr>(field: &'static str, text: &str) -> Result<T, Invalid> {
    text.parse().map_err(|_| Invalid::new(field, "must be a UUID"))
}

/// An id that may be left out (empty).
pub(super) fn optional_id<T: FromStr>(field: &'static str, text: &str) -> Result<Option<T>, Invalid> {
    if text.is_empty() { Ok(None) } else { id(field, text).map(Some) }
}

/// Rows of a page and where it begins.
pub(super) fn page(page: Option<Page>, listing: Listing) -> Result<(usize, Option<Place>), Invalid> {
    let Page { limit, cursor } = page.unwrap_or_default();
    Ok((page::limit(limit)?, Place::of_cursor(&cursor, listing)?))
}

/// A time that may be left out.
pub(super) fn optional_time(
    field: &'static str,
    time: Option<Timestamp>,
) -> Result<Option<OffsetDateTime>, Invalid> {
    time.map(|time| wire::instant(field, time)).transpose()
}

/// Cuts rows, of which one more than `limit` was read, to a page, and gives the place of its last row when there are
/// more.
pub(super) fn cut<T, P>(rows: &mut Vec<T>, limit: usize, place: impl Fn(&T) -> P) -> Option<P> {
    if rows.len() <= limit {
        return None;
    }
    rows.truncate(limit);
    rows.last().map(place)
}

/// The name and the layout of a mapping.
pub(super) fn mapping(content: MappingContent) -> Result<(String, Layout), Invalid> {
    let layout = Layout {
        columns: content.columns.into_iter().collect(),
        date_order: mapping::dates(&content.date_order)?,
        decimal_comma: content.decimal_comma,
        buy_words: content.buy_words,
        sell_words: content.sell_words,
        side_by_sign: content.side_by_sign,
        negative_is_charge: content.negative_is_charge,
    };
    Ok((mapping::name(&content.name)?, mapping::checked(&layout)?))
}
