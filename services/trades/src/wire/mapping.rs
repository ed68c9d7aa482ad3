//! Mappings.

use super::timestamp;
use crate::domain::mapping::{Dates, Mapping};
use journal_proto::trades::v1 as proto;

/// A mapping as its owner sees it.
pub fn mapping(mapping: Mapping) -> proto::Mapping {
    let layout = mapping.layout;
    proto::Mapping {
        id: mapping.id.to_string(),
        content: Some(proto::MappingContent {
            name: mapping.name,
            columns: layout.columns.into_iter().collect(),
            date_order: layout.date_order.map(Dates::name).unwrap_or_default().to_owned(),
            decimal_comma: layout.decimal_comma,
            buy_words: layout.buy_words,
            sell_words: layout.sell_words,
            side_by_sign: layout.side_by_sign,
            negative_is_charge: layout.negative_is_charge,
        }),
        created_at: Some(timestamp(mapping.created_at)),
        version: mapping.version,
    }
}
