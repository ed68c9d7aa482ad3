//! Round-trip trades as JSON.

mod bulk;
mod change;
mod detail;
mod filter;
mod in_account_currency;

pub(crate) use bulk::{BulkChange, BulkChanged};
pub(crate) use change::TradeChange;
pub(crate) use detail::TradeDetail;
pub(crate) use filter::TradeFilter;
pub(crate) use in_account_currency::{DetailQuery, InAccountCurrency};

use super::{Time, custom_fields::CustomValue, required_time, some, time};
use journal_proto::trades::v1 as proto;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

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
    /// The lowest and the highest gross profit while it was open, where the broker's file or bars tell them of
    /// the whole trade.
    pub mae: Option<String>,
    pub mfe: Option<String>,
    /// The lowest and the highest price while it was open, where bars tell them.
    pub low_price: Option<String>,
    pub high_price: Option<String>,
    /// Where these come from: `broker`, or the `bars` that you brought; null when they are.
    pub excursion_source: Option<String>,
    pub fill_count: u32,
    /// The merge or split that made it; null: it runs from flat to flat.
    pub regrouping_id: Option<String>,
    pub tags: Vec<String>,
    /// What went wrong, in your words.
    pub mistakes: Vec<String>,
    /// From 1 to 5: how well it was traded, whatever came of it.
    pub rating: Option<u32>,
    /// The playbook by which it was traded.
    pub playbook_id: Option<String>,
    /// The ids of the rules of that playbook that were kept.
    pub followed_rules: Vec<String>,
    /// Your custom fields that it has a value in, by their ids.
    pub custom: BTreeMap<String, CustomValue>,
    pub notes: String,
    /// Grows with every change of the trade's money.
    pub version: i64,
    /// Grows with every change of notes, tags and what else it is sorted by.
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
            low_price: some(trade.low_price),
            high_price: some(trade.high_price),
            excursion_source: some(trade.excursion_source),
            fill_count: trade.fill_count,
            regrouping_id: some(trade.regrouping_id),
            tags: trade.tags,
            mistakes: trade.mistakes,
            rating: (trade.rating > 0).then_some(trade.rating),
            playbook_id: some(trade.playbook_id),
            followed_rules: trade.followed_rules,
            custom: trade
                .custom
                .into_iter()
                .filter_map(|(field, value)| Some((field, CustomValue::of(value)?)))
                .collect(),
            notes: trade.notes,
            version: trade.version,
            journal_version: trade.journal_version,
        }
    }
}
