//! Which trades a list shows, as query parameters.

use crate::{
    problem::Problem,
    wire::{page, parse_time},
};
use journal_proto::trades::v1 as proto;
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct TradeFilter {
    pub account_id: Option<String>,
    pub symbol: Option<String>,
    /// `long` or `short`.
    pub side: Option<String>,
    /// `open` or `closed`.
    pub status: Option<String>,
    /// `win`, `loss` or `scratch`.
    pub outcome: Option<String>,
    pub tag: Option<String>,
    /// Found in symbol, notes or tags.
    pub text: Option<String>,
    /// Closed (opened, for open trades) at or after.
    pub from: Option<String>,
    /// Closed (opened, for open trades) before.
    pub to: Option<String>,
    /// `-closed_at` (default), `closed_at`, `-opened_at` or `opened_at`.
    pub sort: Option<String>,
    /// 1..200, 50 when absent.
    pub limit: Option<u32>,
    /// The previous page's `next_cursor`.
    pub cursor: Option<String>,
}

impl TradeFilter {
    pub fn into_request(self) -> Result<proto::ListTradesRequest, Problem> {
        let filter = proto::TradeFilter {
            account_id: self.account_id.unwrap_or_default(),
            symbol: self.symbol.unwrap_or_default(),
            side: self.side.unwrap_or_default(),
            status: self.status.unwrap_or_default(),
            outcome: self.outcome.unwrap_or_default(),
            tag: self.tag.unwrap_or_default(),
            text: self.text.unwrap_or_default(),
            from: parse_time("from", self.from.as_deref())?,
            to: parse_time("to", self.to.as_deref())?,
        };
        let sort = self.sort.unwrap_or_default();
        Ok(proto::ListTradesRequest { page: page(self.limit, self.cursor)?, filter: Some(filter), sort })
    }
}
