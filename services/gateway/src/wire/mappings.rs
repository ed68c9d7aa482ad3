//! Layouts of somebody's own CSV files as JSON.

mod columns;

pub(crate) use columns::Columns;

use super::{Time, required_time, some};
use journal_proto::trades::v1 as proto;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub(crate) struct Mapping {
    /// What `mapping_id` of an upload takes.
    pub id: String,
    #[serde(flatten)]
    pub content: MappingContent,
    pub created_at: Time,
    /// Grows with every change.
    pub version: i64,
}

/// The whole layout: what is absent has its default, also in a PUT.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MappingContent {
    /// Unique among your mappings.
    #[schema(example = "My bank")]
    pub name: String,
    /// What the file calls its columns.
    #[serde(default)]
    #[schema(required = false)]
    pub columns: Columns,
    /// What 03/04/2026 is: `month_first` (the default) or `day_first`.
    pub date_order: Option<String>,
    /// `1.234,50` (true) or `1,234.50` (false); guessed from the file when absent.
    pub decimal_comma: Option<bool>,
    /// Words for buying beside the usual ones.
    #[serde(default)]
    #[schema(required = false, example = json!(["Kauf"]))]
    pub buy_words: Vec<String>,
    /// Words for selling beside the usual ones.
    #[serde(default)]
    #[schema(required = false, example = json!(["Verkauf"]))]
    pub sell_words: Vec<String>,
    /// There is no column of sides: a negative quantity is a sale.
    #[serde(default)]
    #[schema(required = false)]
    pub side_by_sign: bool,
    /// A negative commission or fee is a charge, not a rebate.
    #[serde(default)]
    #[schema(required = false)]
    pub negative_is_charge: bool,
}

impl From<MappingContent> for proto::MappingContent {
    fn from(content: MappingContent) -> Self {
        Self {
            name: content.name,
            columns: content.columns.into_named(),
            date_order: content.date_order.unwrap_or_default(),
            decimal_comma: content.decimal_comma,
            buy_words: content.buy_words,
            sell_words: content.sell_words,
            side_by_sign: content.side_by_sign,
            negative_is_charge: content.negative_is_charge,
        }
    }
}

impl From<proto::Mapping> for Mapping {
    fn from(mapping: proto::Mapping) -> Self {
        let content = mapping.content.unwrap_or_default();
        Self {
            id: mapping.id,
            content: MappingContent {
                name: content.name,
                columns: Columns::of_named(content.columns),
                date_order: some(content.date_order),
                decimal_comma: content.decimal_comma,
                buy_words: content.buy_words,
                sell_words: content.sell_words,
                side_by_sign: content.side_by_sign,
                negative_is_charge: content.negative_is_charge,
            },
            created_at: required_time(mapping.created_at),
            version: mapping.version,
        }
    }
}
