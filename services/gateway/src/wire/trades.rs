//! Round-trip trades, their fills and legs as JSON.

#![expect(clippy::option_option, reason = "a PATCH tells null from absent")]

use super::{Time, fills::Fill, parse_time, present, required_time, some, time};
use crate::problem::Problem;
use journal_proto::trades::v1 as proto;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// From flat to flat in one instrument of one account, or what its owner merged or split. Amounts are in `currency`,
/// realised, exact.
#[derive(Serialize, ToSchema)]
pub(crate) struct Trade {
    pub id: String,
    pub account_id: String,
    pub symbol: String,
    pub instrument: Instrument,
    /// `long` or `short`; of merged trades of both, that of the first.
    pub side: String,
    /// `open` or `closed`.
    pub status: String,
    /// Still open; 0 for a closed trade.
    pub quantity: String,
    pub peak_quantity: String,
    pub entry_quantity: String,
    pub exit_quantity: String,
    /// Rounded half-even to 10 decimals.
    pub average_entry: Option<String>,
    /// Rounded half-even to 10 decimals.
    pub average_exit: Option<String>,
    pub opened_at: Time,
    pub closed_at: Option<Time>,
    pub gross_pnl: String,
    /// `gross_pnl` - `commissions` - `fees` + `other`.
    pub net_pnl: String,
    pub commissions: String,
    pub fees: String,
    /// Funding, dividends, borrow fees and swap while it was open; above 0 is received.
    pub other: String,
    pub currency: String,
    /// What you planned at the opening: prices.
    pub planned_stop: Option<String>,
    pub planned_target: Option<String>,
    /// What the trade risked: what you said, else |entry - stop| x quantity x multiplier of what was entered at the time of its
    /// first fill. Adding later does not change it.
    pub risk: Option<String>,
    /// `net_pnl` / `risk`, rounded half-even to 10 decimals; null while the trade is open or has no risk.
    pub r_multiple: Option<String>,
    /// The lowest and the highest gross profit while it was open, where the broker's file tells them of the whole trade.
    pub mae: Option<String>,
    pub mfe: Option<String>,
    /// Where these two come from: `broker`; null when they are.
    pub excursion_source: Option<String>,
    pub fill_count: u32,
    /// The merge or split that made it; null: it runs from flat to flat.
    pub regrouping_id: Option<String>,
    pub tags: Vec<String>,
    pub playbook_id: Option<String>,
    pub notes: String,
    /// Grows with every change of the trade's money.
    pub version: i64,
    /// Grows with every change of notes or tags.
    pub journal_version: i64,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct Instrument {
    pub symbol: String,
    /// E.g. `stock`, `option`, `future`, `crypto`.
    pub asset_class: String,
    pub currency: String,
    /// Money per point of price and unit of quantity.
    pub multiplier: String,
}

impl From<proto::Trade> for Trade {
    fn from(trade: proto::Trade) -> Self {
        Self {
            instrument: Instrument {
                symbol: trade.symbol.clone(),
                asset_class: trade.asset_class,
                currency: trade.currency.clone(),
                multiplier: trade.multiplier,
            },
            id: trade.id,
            account_id: trade.account_id,
            symbol: trade.symbol,
            side: trade.side,
            status: trade.status,
            quantity: trade.quantity,
            peak_quantity: trade.peak_quantity,
            entry_quantity: trade.entry_quantity,
            exit_quantity: trade.exit_quantity,
            average_entry: some(trade.average_entry),
            average_exit: some(trade.average_exit),
            opened_at: required_time(trade.opened_at),
            closed_at: time(trade.closed_at),
            gross_pnl: trade.gross_pnl,
            net_pnl: trade.net_pnl,
            commissions: trade.commissions,
            fees: trade.fees,
            other: if trade.other.is_empty() { "0".to_owned() } else { trade.other },
            currency: trade.currency,
            planned_stop: some(trade.planned_stop),
            planned_target: some(trade.planned_target),
            risk: some(trade.risk),
            r_multiple: some(trade.r_multiple),
            mae: some(trade.mae),
            mfe: some(trade.mfe),
            excursion_source: some(trade.excursion_source),
            fill_count: trade.fill_count,
            regrouping_id: some(trade.regrouping_id),
            tags: trade.tags,
            playbook_id: None,
            notes: trade.notes,
            version: trade.version,
            journal_version: trade.journal_version,
        }
    }
}

/// A trade with what it is made of.
#[derive(Serialize, ToSchema)]
pub(crate) struct TradeDetail {
    #[serde(flatten)]
    pub trade: Trade,
    pub fills: Vec<Fill>,
    pub legs: Vec<Leg>,
    /// Splits, cash, expiries and exercises while it was open.
    pub events: Vec<TradeEvent>,
    /// The lines of the imported files that each number comes from.
    pub sources: Vec<Source>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct Source {
    pub import_id: String,
    pub line: u64,
}

/// Something beside the fills that happened to a trade. What does not apply to its kind is null.
#[derive(Serialize, ToSchema)]
pub(crate) struct TradeEvent {
    pub id: String,
    /// The broker's id, or one made from the row.
    pub event_id: String,
    /// `split`, `cash`, `expiry` or `exercise`.
    pub kind: String,
    /// What people call it, such as `dividend`, `funding` or `assignment`.
    pub what: String,
    /// Received; below 0: paid.
    pub amount: Option<String>,
    pub currency: Option<String>,
    /// The contracts of an exercise; what a split made of `quantity_before` units.
    pub quantity: Option<String>,
    pub quantity_before: Option<String>,
    /// The price at which an expiry settled.
    pub price: Option<String>,
    pub occurred_at: Time,
    /// Null: entered by hand.
    pub import_id: Option<String>,
    pub line: u64,
}

impl From<proto::TradeEvent> for TradeEvent {
    fn from(event: proto::TradeEvent) -> Self {
        Self {
            id: event.id,
            event_id: event.event_id,
            kind: event.kind,
            what: event.what,
            amount: some(event.amount),
            currency: some(event.currency),
            quantity: some(event.quantity),
            quantity_before: some(event.quantity_before),
            price: some(event.price),
            occurred_at: required_time(event.occurred_at),
            import_id: some(event.import_id),
            line: event.line,
        }
    }
}

/// A part of an opening fill met by a part of a closing fill. Numbers without a finite expansion, such as shares of an average
/// cost, are rounded half-even to 18 decimals.
#[derive(Serialize, ToSchema)]
pub(crate) struct Leg {
    pub open_execution_id: String,
    pub close_execution_id: String,
    pub quantity: String,
    pub open_price: String,
    pub close_price: String,
    pub gross_pnl: String,
    pub commissions: String,
    pub fees: String,
    pub net_pnl: String,
    pub closed_at: Time,
}

impl From<proto::Leg> for Leg {
    fn from(leg: proto::Leg) -> Self {
        Self {
            open_execution_id: leg.open_execution_id,
            close_execution_id: leg.close_execution_id,
            quantity: leg.quantity,
            open_price: leg.open_price,
            close_price: leg.close_price,
            gross_pnl: leg.gross_pnl,
            commissions: leg.commissions,
            fees: leg.fees,
            net_pnl: leg.net_pnl,
            closed_at: required_time(leg.closed_at),
        }
    }
}

impl TryFrom<proto::TradeDetail> for TradeDetail {
    type Error = Problem;

    fn try_from(detail: proto::TradeDetail) -> Result<Self, Problem> {
        let trade = detail.trade.ok_or_else(Problem::not_found)?;
        let fills = detail.fills.iter().map(|fill| (&fill.import_id, fill.line));
        let events = detail.events.iter().map(|event| (&event.import_id, event.line));
        let imported = fills.chain(events).filter(|(import_id, _)| !import_id.is_empty());
        let sources = imported.map(|(import_id, line)| Source { import_id: import_id.clone(), line });
        Ok(Self {
            sources: sources.collect(),
            trade: trade.into(),
            fills: detail.fills.into_iter().map(Fill::from).collect(),
            legs: detail.legs.into_iter().map(Leg::from).collect(),
            events: detail.events.into_iter().map(TradeEvent::from).collect(),
        })
    }
}

/// Only what is present changes; what was traded cannot be changed here.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TradeChange {
    /// Markdown.
    pub notes: Option<String>,
    /// Replaces all tags.
    pub tags: Option<Vec<String>>,
    /// The price at which you planned to get out with a loss; null removes it.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub planned_stop: Option<Option<String>>,
    /// The price at which you planned to get out with a profit; null removes it.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub planned_target: Option<Option<String>>,
    /// What the trade risks, in money above 0: it wins over what the stop gives; null removes it.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub risk: Option<Option<String>>,
}

impl TradeChange {
    pub fn into_request(self, trade_id: String) -> Result<proto::UpdateTradeRequest, Problem> {
        Ok(proto::UpdateTradeRequest {
            trade_id,
            notes: self.notes,
            replace_tags: self.tags.is_some(),
            tags: self.tags.unwrap_or_default(),
            planned_stop: number_or_none("planned_stop", self.planned_stop)?,
            planned_target: number_or_none("planned_target", self.planned_target)?,
            risk: number_or_none("risk", self.risk)?,
        })
    }
}

/// JSON's null is protobuf's empty string, and JSON's empty string is no number.
fn number_or_none(field: &str, number: Option<Option<String>>) -> Result<Option<String>, Problem> {
    match number {
        Some(Some(text)) if text.is_empty() => {
            Err(Problem::invalid_field(field, "must be a decimal number, or null to remove it"))
        }
        number => Ok(number.map(Option::unwrap_or_default)),
    }
}

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
        Ok(proto::ListTradesRequest {
            page: super::page(self.limit, self.cursor)?,
            filter: Some(filter),
            sort,
        })
    }
}
