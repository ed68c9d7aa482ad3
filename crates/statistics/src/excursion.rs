//! How far a trade went against and for its trader, and how much of the way entry and exit caught.

mod path;

use ledger::{Decimal, Direction, Execution, Fraction, Valuation};

use crate::bars::Bars;
use crate::catalogue::figures;
use crate::undefined::{Metric, Undefined};
pub(crate) use path::value;
use path::{Path, Seen};

/// A round trip on its way through the market.
#[derive(Debug, Clone)]
pub struct Trip<'a> {
    /// Long or short.
    pub direction: Direction,
    /// Money per point of price and unit of quantity.
    pub multiplier: Decimal,
    /// How a price becomes money.
    pub valuation: Valuation,
    /// Its executions in order, the first one opens it. A flip stands here whole: what it closed before this round trip
    /// is `opening_closed_quantity`, and of one that closes it only as much counts as was open.
    pub executions: &'a [Execution],
    /// The part of the first execution that closed the round trip before; 0 unless a flip opened this one.
    pub opening_closed_quantity: Fraction,
    /// What was at stake when it opened (money); zero and below count as `None`.
    pub risk: Option<Decimal>,
}

/// How far a closed trade went, by its price and by its P&L.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extremes {
    /// Long or short.
    pub direction: Direction,
    /// The average entry price.
    pub entry: Fraction,
    /// The average exit price.
    pub exit: Fraction,
    /// The lowest price.
    pub lowest: Fraction,
    /// The highest price.
    pub highest: Fraction,
    /// The lowest P&L (money), at most 0.
    pub mae: Fraction,
    /// The highest P&L (money), at least 0.
    pub mfe: Fraction,
}

pub(crate) const ABOUT: &str = "\
Of one trade, from price bars or from the broker's columns. Between two fills the position does not change, and the bars
that lie wholly in between say how far it went; a bar that holds a fill is not counted, because nobody knows what came
first, but the price of the fill is. P&L is that of the whole position, realised and open, before costs; f(p) is the
price, or -1 / p for an inverse contract. H and L are the highest and the lowest price, e and x the average entry and
exit.";

figures! {
    /// How far a trade went against and for its trader, exactly.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Excursion, METRICS {
        mae: Fraction = {
            name: "Maximum adverse excursion",
            unit: "money",
            formula: "min over time of realised + open P&L, the start included",
            edges: "0 when it was never at a loss; never above 0.",
            source: "Sweeney, Maximum Adverse Excursion, 1997; bars as Tradervue counts them",
            elsewhere: "NinjaTrader and others count the bars of the fills whole.",
        },
        mfe: Fraction = {
            name: "Maximum favourable excursion",
            unit: "money",
            formula: "max over time of realised + open P&L, the start included",
            edges: "0 when it was never in profit; never below 0.",
            source: "Sweeney, Maximum Adverse Excursion, 1997; bars as Tradervue counts them",
        },
        mae_r: Metric<Fraction> = {
            name: "Maximum adverse excursion in R",
            unit: "R",
            formula: "MAE / risk",
            edges: "Null with `no-risk` without a stop.",
            source: "Tharp, Trade Your Way to Financial Freedom, 2007",
        },
        mfe_r: Metric<Fraction> = {
            name: "Maximum favourable excursion in R",
            unit: "R",
            formula: "MFE / risk",
            edges: "Null with `no-risk` without a stop.",
            source: "Tharp, Trade Your Way to Financial Freedom, 2007",
        },
        lowest: Metric<Fraction> = {
            name: "Lowest price",
            unit: "money",
            formula: "L = min of fill prices and lows",
            edges: "Null with `no-bars` from a broker's columns.",
            source: "common usage",
        },
        highest: Metric<Fraction> = {
            name: "Highest price",
            unit: "money",
            formula: "H = max of fill prices and highs",
            edges: "Null with `no-bars` from a broker's columns.",
            source: "common usage",
        },
        entry_efficiency: Metric<Fraction> = {
            name: "Entry efficiency",
            unit: "share",
            formula: "(H - e) / (H - L) long, (e - L) / (H - L) short",
            edges: "Null with `no-range` when H = L. From a broker's columns MFE / (MFE - MAE), the same for one entry and one exit.",
            source: "TradeStation and RINA, strategy performance report; Sierra Chart for P&L extremes",
        },
        exit_efficiency: Metric<Fraction> = {
            name: "Exit efficiency",
            unit: "share",
            formula: "(x - L) / (H - L) long, (H - x) / (H - L) short",
            edges: "Null with `still-open` before an exit and `no-range` when H = L. From a broker's columns (gross - MAE) / (MFE - MAE).",
            source: "TradeStation and RINA, strategy performance report; Sierra Chart for P&L extremes",
        },
        total_efficiency: Metric<Fraction> = {
            name: "Total efficiency",
            unit: "share",
            formula: "(x - e) / (H - L) long, (e - x) / (H - L) short",
            edges: "Below 0 for a loss. Null with `still-open` before an exit and `no-range` when H = L. From a broker's columns gross / (MFE - MAE).",
            source: "TradeStation and RINA, strategy performance report; Sierra Chart for P&L extremes",
        },
        capture: Metric<Fraction> = {
            name: "Captured profit",
            unit: "share",
            formula: "gross / MFE",
            edges: "Null with `still-open` while something is open and `never-in-profit` when MFE = 0.",
            source: "common usage",
        },
        bars: u64 = {
            name: "Bars counted",
            unit: "count",
            formula: "bars that lie wholly between two fills",
            edges: "0 when only the fills say how far it went.",
            source: "Tradervue, help on trade statistics",
        },
    }
}

impl Excursion {
    /// Follows a trade through the bars of its instrument; the time is that of the bars inside the trade.
    ///
    /// [`Undefined::NoTrades`] without an execution, [`Undefined::NoInversePrice`] where an inverse contract meets a
    /// price of zero or below.
    pub fn of(trip: &Trip<'_>, bars: &Bars) -> Metric<Self> {
        let Seen { low, high, worst, best, entry, exit, gross, bars } = Path::follow(trip, bars)?;
        let exit = exit.as_ref().map_err(|open| *open);
        Ok(Self {
            capture: gross.and_then(|gross| gross.checked_div(&best).ok_or(Undefined::NeverInProfit)),
            mae_r: in_r(&worst, trip.risk),
            mfe_r: in_r(&best, trip.risk),
            mae: worst,
            mfe: best,
            bars,
            ..Self::by_price(trip.direction, (&entry, exit), low, high)
        })
    }

    /// Of a closed trade of which the extremes are known already: those of its price and those of its P&L (money).
    ///
    /// `bars` is 0: how many were counted is not known any more.
    pub fn from_extremes(extremes: &Extremes, gross: &Fraction, risk: Option<Decimal>) -> Self {
        let Extremes { direction, entry, exit, lowest, highest, mae, mfe } = extremes;
        Self {
            capture: gross.checked_div(mfe).ok_or(Undefined::NeverInProfit),
            mae_r: in_r(mae, risk),
            mfe_r: in_r(mfe, risk),
            mae: mae.clone(),
            mfe: mfe.clone(),
            ..Self::by_price(*direction, (entry, Ok(exit)), lowest.clone(), highest.clone())
        }
    }

    /// The figures that only need prices; the others are 0 or unknown.
    fn by_price(
        direction: Direction,
        (entry, exit): (&Fraction, Metric<&Fraction>),
        low: Fraction,
        high: Fraction,
    ) -> Self {
        let range = &high - &low;
        let long = direction == Direction::Long;
        let share = |from: &Fraction, to: &Fraction| {
            let way = if long { to - from } else { from - to };
            way.checked_div(&range).ok_or(Undefined::NoRange)
        };
        let (worst_price, best_price) = if long { (&low, &high) } else { (&high, &low) };
        Self {
            entry_efficiency: share(entry, best_price),
            exit_efficiency: exit.and_then(|exit| share(worst_price, exit)),
            total_efficiency: exit.and_then(|exit| share(entry, exit)),
            capture: Err(Undefined::NeverInProfit),
            mae_r: Err(Undefined::NoRisk),
            mfe_r: Err(Undefined::NoRisk),
            mae: Fraction::ZERO,
            mfe: Fraction::ZERO,
            lowest: Ok(low),
            highest: Ok(high),
            bars: 0,
        }
    }

    /// Of a closed trade whose broker states both excursions in money, whatever the sign it writes them with, and the
    /// P&L before costs.
    ///
    /// The efficiencies are shares of the P&L's range instead of the price's.
    pub fn from_columns(mae: Decimal, mfe: Decimal, gross: &Fraction, risk: Option<Decimal>) -> Self {
        let (mae, mfe) = (-Fraction::from(mae.abs()), Fraction::from(mfe.abs()));
        let range = &mfe - &mae;
        let share = |part: &Fraction| part.checked_div(&range).ok_or(Undefined::NoRange);
        Self {
            entry_efficiency: share(&mfe),
            exit_efficiency: share(&(gross - &mae)),
            total_efficiency: share(gross),
            capture: gross.checked_div(&mfe).ok_or(Undefined::NeverInProfit),
            mae_r: in_r(&mae, risk),
            mfe_r: in_r(&mfe, risk),
            mae,
            mfe,
            lowest: Err(Undefined::NoBars),
            highest: Err(Undefined::NoBars),
            bars: 0,
        }
    }
}

fn in_r(amount: &Fraction, risk: Option<Decimal>) -> Metric<Fraction> {
    let risk = risk.filter(Decimal::is_positive).ok_or(Undefined::NoRisk)?;
    amount.checked_div(&Fraction::from(risk)).ok_or(Undefined::NoRisk)
}
