//! Option strategies and their groups.

use super::{timestamp, trade::told};
use crate::domain::{
    ids::AccountId,
    instant,
    strategies::{Found, Group, Holding, Links, VoidGroup, fault_name, kind_name, kind_right, right_name},
};
use journal_proto::trades::v1 as proto;
use ledger::strategy::{AtExpiry, Contract, Extreme, Part, Risk};
use std::collections::BTreeMap;

/// A strategy as callers see it; `None` without parts that are known.
pub fn strategy(
    account: AccountId,
    found: Found,
    holdings: &BTreeMap<&str, &Holding>,
) -> Option<proto::Strategy> {
    let Found { trade, totals, group, links } = found;
    let first = holdings.get(trade.parts.first()?.leg.as_str())?;
    let sums = &totals.sums;
    Some(proto::Strategy {
        account_id: account.to_string(),
        kind: kind_name(trade.kind).to_owned(),
        right: kind_right(trade.kind).map(right_name).unwrap_or_default().to_owned(),
        underlying: first.instrument.underlying.clone(),
        currency: first.book.currency.clone(),
        opened_at: Some(timestamp(instant::from_ledger(totals.opened_at))),
        closed_at: totals.closed_at.map(|at| timestamp(instant::from_ledger(at))),
        parts: trade.parts.iter().filter_map(|one| part(one, holdings)).collect(),
        net_debit: told(&trade.net_debit),
        gross_pnl: told(&sums.gross),
        net_pnl: told(&sums.net),
        commissions: told(&sums.commissions),
        fees: told(&sums.fees),
        risk: match trade.risk {
            Risk::Defined(at_expiry) => Some(risk(&at_expiry)),
            Risk::SeveralExpiries => None,
        },
        group_id: group.map(|group| group.to_string()).unwrap_or_default(),
        chain: links.map(chain),
        id: trade.id,
    })
}

fn part(part: &Part, holdings: &BTreeMap<&str, &Holding>) -> Option<proto::StrategyPart> {
    let holding = holdings.get(part.leg.as_str())?;
    let (expiry, right, strike) = match part.contract {
        Contract::Underlying => Default::default(),
        Contract::Option(option) => {
            (option.expiry.to_string(), right_name(option.right).to_owned(), option.strike.to_string())
        }
    };
    Some(proto::StrategyPart {
        trade_id: part.leg.clone(),
        symbol: holding.book.symbol.clone(),
        quantity: part.quantity.to_string(),
        share: told(&part.share),
        expiry,
        right,
        strike,
    })
}

fn risk(at_expiry: &AtExpiry) -> proto::StrategyRisk {
    let amount = |extreme: &Extreme| match extreme {
        Extreme::Limited(amount) => told(amount),
        Extreme::Unlimited => String::new(),
    };
    proto::StrategyRisk {
        max_profit: amount(&at_expiry.max_profit),
        max_loss: amount(&at_expiry.max_loss),
        break_evens: at_expiry.break_evens.iter().map(told).collect(),
    }
}

fn chain(links: Links) -> proto::StrategyChain {
    let roll = |roll: ledger::strategy::Roll| proto::StrategyRoll { from: roll.from, to: roll.to };
    proto::StrategyChain {
        id: links.id,
        strategies: links.strategies,
        rolls: links.rolls.into_iter().map(roll).collect(),
        net_pnl: told(&links.net),
    }
}

/// A group as callers see it.
pub fn strategy_group(group: &Group) -> proto::StrategyGroup {
    proto::StrategyGroup {
        id: group.id.to_string(),
        account_id: group.account_id.to_string(),
        trade_ids: group.trades.iter().map(ToString::to_string).collect(),
        created_at: Some(timestamp(group.created_at)),
    }
}

/// A group that does not hold any more.
pub fn void_group(void: VoidGroup) -> proto::StrategyGroupVoid {
    proto::StrategyGroupVoid {
        group: Some(strategy_group(&void.group)),
        trade_id: void.trade,
        code: fault_name(void.fault).to_owned(),
        message: void.fault.to_string(),
    }
}
