//! [`WhatIf`]: many trades under one plan.

use std::collections::BTreeMap;

use ledger::Fraction;

use super::{EnteredTrade, ExitPlan, ExitReason, PlannedExit};
use crate::bars::Bars;
use crate::catalogue::figures;

pub(crate) const ABOUT: &str = "\
The same entries with another exit, bar by bar from the first bar that begins at the entry or later. A bar does not tell
in which order its prices came; where that matters the answer is the worse one: the stop comes before the target, a stop
that the market jumped over fills at the opening price, a target at its own price and never better, and a stop that moved
counts from the next bar on. Trades that still run when the bars are over end at the last closing price. Before costs.";

figures! {
    /// What a plan would have made of many trades.
    #[derive(Debug, Clone, PartialEq, Eq, Default)]
    pub struct WhatIf, METRICS {
        trades: u64 = {
            name: "Trades tried anew",
            unit: "count",
            formula: "trades with bars after their entry and, where the plan speaks of R, with a risk",
            edges: "0 without trades.",
            source: "common usage",
        },
        left_out: u64 = {
            name: "Trades left out",
            unit: "count",
            formula: "all other trades",
            edges: "No amount here counts them.",
            source: "common usage",
        },
        gross: Fraction = {
            name: "What-if P&L",
            unit: "money",
            formula: "sum of direction x quantity x multiplier x (f(planned exit) - f(entry))",
            edges: "0 without trades.",
            source: "common usage",
        },
        actual_gross: Fraction = {
            name: "Actual P&L of the same trades",
            unit: "money",
            formula: "sum of gross",
            edges: "0 without trades.",
            source: "common usage",
        },
        better: u64 = {
            name: "Trades made better",
            unit: "count",
            formula: "trades with what-if P&L > gross",
            edges: "Equal ones are neither better nor worse.",
            source: "common usage",
        },
        worse: u64 = {
            name: "Trades made worse",
            unit: "count",
            formula: "trades with what-if P&L < gross",
            edges: "Equal ones are neither better nor worse.",
            source: "common usage",
        },
        wins: u64 = {
            name: "What-if wins",
            unit: "count",
            formula: "trades with what-if P&L > 0",
            edges: "0 without trades.",
            source: "common usage",
        },
        reasons: BTreeMap<ExitReason, u64> = {
            name: "Reasons to leave",
            unit: "count",
            formula: "trades that would have ended for each reason",
            edges: "Adds up to the trades tried anew.",
            source: "common usage",
        },
    }
}

impl WhatIf {
    /// What the plan would have made more than the trades did (money); below 0 it is worse.
    pub fn difference(&self) -> Fraction {
        &self.gross - &self.actual_gross
    }
}

impl ExitPlan {
    /// Leaves many trades by this plan, each with the bars of its instrument.
    pub fn compare<'a>(&self, trades: impl IntoIterator<Item = (&'a EnteredTrade, &'a Bars)>) -> WhatIf {
        let mut total = WhatIf::default();
        for (trade, bars) in trades {
            match self.exit(trade, bars) {
                Ok(exit) => total.add(trade, &exit),
                Err(_) => total.left_out += 1,
            }
        }
        total
    }
}

impl WhatIf {
    fn add(&mut self, trade: &EnteredTrade, exit: &PlannedExit) {
        self.trades += 1;
        self.gross += &exit.gross;
        self.actual_gross += &trade.gross;
        self.better += u64::from(exit.gross > trade.gross);
        self.worse += u64::from(exit.gross < trade.gross);
        self.wins += u64::from(exit.gross.is_positive());
        *self.reasons.entry(exit.reason).or_default() += 1;
    }
}
