//! Option strategies as JSON.

use super::{Time, required_time, some, time};
use crate::{cursors, problem::Problem};
use journal_proto::trades::v1 as proto;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The strategies of an account, newest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct Strategies {
    pub items: Vec<Strategy>,
    /// Asks for the next page; null on the last one.
    pub next_cursor: Option<String>,
    /// Groups that do not hold any more; they were not applied.
    pub void: Vec<VoidGroup>,
    /// Symbols of options that tell no terms: these are in no strategy.
    pub unread_symbols: Vec<String>,
    /// What makes legs one strategy beside groups: `second`, opened within one; `group`, nothing else, where fills of the account
    /// have days without times.
    pub together: String,
}

/// Option legs that are one trade. Amounts are in `currency`, exact.
#[derive(Serialize, ToSchema)]
pub(crate) struct Strategy {
    /// The id of the trade that was opened first, with `/2` and so on behind where parts of it belong to several strategies.
    pub id: String,
    pub account_id: String,
    /// `single`, `vertical`, `straddle`, `strangle`, `iron-condor`, `iron-butterfly`, `condor`, `butterfly`, `calendar`,
    /// `diagonal`, `covered-call`, `collar` or `custom`.
    pub kind: String,
    /// `call` or `put` where all options of the kind have one right.
    pub right: Option<String>,
    pub underlying: String,
    pub currency: String,
    pub opened_at: Time,
    /// Null: some of it is open.
    pub closed_at: Option<Time>,
    pub parts: Vec<StrategyPart>,
    /// What the opening cost, before fees: above 0 paid, below 0 received.
    pub net_debit: String,
    /// Realised.
    pub gross_pnl: String,
    pub net_pnl: String,
    pub commissions: String,
    pub fees: String,
    /// At expiry, before fees; null where the options expire on several days: what the later ones are worth then is a matter of
    /// a model.
    pub risk: Option<StrategyRisk>,
    /// The group that made it; null: it was recognised.
    pub group_id: Option<String>,
    /// What it was rolled from and to; null when it was not.
    pub chain: Option<StrategyChain>,
}

/// A trade, or as much of it as belongs to the strategy.
#[derive(Serialize, ToSchema)]
pub(crate) struct StrategyPart {
    pub trade_id: String,
    pub symbol: String,
    /// Above 0 long, below 0 short.
    pub quantity: String,
    /// How much of the trade, above 0 and at most 1.
    pub share: String,
    /// Null for the underlying.
    pub expiry: Option<String>,
    /// `call` or `put`; null for the underlying.
    pub right: Option<String>,
    /// Null for the underlying.
    pub strike: Option<String>,
}

/// The result at expiry over all prices of the underlying from 0 up.
#[derive(Serialize, ToSchema)]
pub(crate) struct StrategyRisk {
    /// Null: without limit as the price rises.
    pub max_profit: Option<String>,
    /// As a loss, above 0. Null: without limit as the price rises.
    pub max_loss: Option<String>,
    /// Prices at which the result is 0, ascending.
    pub break_evens: Vec<String>,
}

/// Strategies that continue each other by rolls.
#[derive(Serialize, ToSchema)]
pub(crate) struct StrategyChain {
    /// The id of its first strategy.
    pub id: String,
    pub strategies: Vec<String>,
    pub rolls: Vec<StrategyRoll>,
    pub net_pnl: String,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct StrategyRoll {
    /// The strategy that was left.
    pub from: String,
    /// The strategy that was entered.
    pub to: String,
}

/// Trades that are one strategy because their owner said so.
#[derive(Serialize, ToSchema)]
pub(crate) struct StrategyGroup {
    pub id: String,
    pub account_id: String,
    pub trade_ids: Vec<String>,
    pub created_at: Time,
}

/// A group that does not hold any more.
#[derive(Serialize, ToSchema)]
pub(crate) struct VoidGroup {
    pub group: StrategyGroup,
    /// The trade that is in the way.
    pub trade_id: String,
    /// `unknown-trade`, `grouped-twice` or `other-underlying`.
    pub code: String,
    /// For people.
    pub message: String,
}

impl From<proto::ListStrategiesResponse> for Strategies {
    fn from(page: proto::ListStrategiesResponse) -> Self {
        Self {
            items: page.strategies.into_iter().map(Strategy::from).collect(),
            next_cursor: cursors::next(&page.next_cursor),
            void: page.void.into_iter().map(VoidGroup::from).collect(),
            unread_symbols: page.unread_symbols,
            together: page.together,
        }
    }
}

impl From<proto::Strategy> for Strategy {
    fn from(strategy: proto::Strategy) -> Self {
        Self {
            id: strategy.id,
            account_id: strategy.account_id,
            kind: strategy.kind,
            right: some(strategy.right),
            underlying: strategy.underlying,
            currency: strategy.currency,
            opened_at: required_time(strategy.opened_at),
            closed_at: time(strategy.closed_at),
            parts: strategy.parts.into_iter().map(StrategyPart::from).collect(),
            net_debit: strategy.net_debit,
            gross_pnl: strategy.gross_pnl,
            net_pnl: strategy.net_pnl,
            commissions: strategy.commissions,
            fees: strategy.fees,
            risk: strategy.risk.map(StrategyRisk::from),
            group_id: some(strategy.group_id),
            chain: strategy.chain.map(StrategyChain::from),
        }
    }
}

impl From<proto::StrategyPart> for StrategyPart {
    fn from(part: proto::StrategyPart) -> Self {
        Self {
            trade_id: part.trade_id,
            symbol: part.symbol,
            quantity: part.quantity,
            share: part.share,
            expiry: some(part.expiry),
            right: some(part.right),
            strike: some(part.strike),
        }
    }
}

impl From<proto::StrategyRisk> for StrategyRisk {
    fn from(risk: proto::StrategyRisk) -> Self {
        Self {
            max_profit: some(risk.max_profit),
            max_loss: some(risk.max_loss),
            break_evens: risk.break_evens,
        }
    }
}

impl From<proto::StrategyChain> for StrategyChain {
    fn from(chain: proto::StrategyChain) -> Self {
        let roll = |roll: proto::StrategyRoll| StrategyRoll { from: roll.from, to: roll.to };
        Self {
            id: chain.id,
            strategies: chain.strategies,
            rolls: chain.rolls.into_iter().map(roll).collect(),
            net_pnl: chain.net_pnl,
        }
    }
}

impl From<proto::StrategyGroup> for StrategyGroup {
    fn from(group: proto::StrategyGroup) -> Self {
        Self {
            id: group.id,
            account_id: group.account_id,
            trade_ids: group.trade_ids,
            created_at: required_time(group.created_at),
        }
    }
}

impl From<proto::StrategyGroupVoid> for VoidGroup {
    fn from(void: proto::StrategyGroupVoid) -> Self {
        Self {
            group: void.group.unwrap_or_default().into(),
            trade_id: void.trade_id,
            code: void.code,
            message: void.message,
        }
    }
}

/// Trades to make one strategy of.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewStrategyGroup {
    /// 2 to 20, in options on one underlying and in the underlying itself.
    pub trade_ids: Vec<String>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct StrategyFilter {
    pub account_id: String,
    pub underlying: Option<String>,
    /// One of the kinds.
    pub kind: Option<String>,
    /// 1..200, 50 when absent.
    pub limit: Option<u32>,
    /// The previous page's `next_cursor`.
    pub cursor: Option<String>,
}

impl StrategyFilter {
    pub fn into_request(self) -> Result<proto::ListStrategiesRequest, Problem> {
        Ok(proto::ListStrategiesRequest {
            page: super::page(self.limit, self.cursor)?,
            account_id: self.account_id,
            underlying: self.underlying.unwrap_or_default(),
            kind: self.kind.unwrap_or_default(),
        })
    }
}
