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
    /// Whatever its capitals.
    pub tag: Option<String>,
    /// The id of one of your playbooks.
    pub playbook_id: Option<String>,
    /// Whatever its capitals.
    pub mistake: Option<String>,
    /// From 1 to 5.
    pub rating: Option<u32>,
    /// Found in symbol, notes or tags.
    pub text: Option<String>,
    /// Closed (opened, for open trades) at or after.
    pub from: Option<String>,
    /// Closed (opened, for open trades) before.
    pub to: Option<String>,
    /// `closed_at` (open trades by their opening), `opened_at` or `net_pnl`; with `-` before it, the last or the largest first.
    /// `-closed_at` when absent.
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
            playbook_id: self.playbook_id.unwrap_or_default(),
            mistake: self.mistake.unwrap_or_default(),
            rating: rating(self.rating)?,
            text: self.text.unwrap_or_default(),
            from: parse_time("from", self.from.as_deref())?,
            to: parse_time("to", self.to.as_deref())?,
        };
        let sort = self.sort.unwrap_or_default();
        Ok(proto::ListTradesRequest { page: page(self.limit, self.cursor)?, filter: Some(filter), sort })
    }
}

/// The contract's 0 is any.
fn rating(rating: Option<u32>) -> Result<u32, Problem> {
    match rating {
        Some(0) => Err(Problem::invalid_field("rating", "must be from 1 to 5")),
        rating => Ok(rating.unwrap_or_default()),
    }
}
