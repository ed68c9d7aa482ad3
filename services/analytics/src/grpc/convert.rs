//! Figures of the `statistics` crate as messages.

use crate::{db::closed::ClosedRow, error::Error};
use journal_proto::analytics::v1 as proto;
use ledger::{Fraction, Timestamp};
use statistics::{ClosedTrade, Estimate, MoneyEstimate, Options, ProfitFactor, Trades, Undefined};
use time::OffsetDateTime;

/// Averages of money are shown with this many decimals; sums are exact.
pub(super) const MONEY_SCALE: u32 = 8;
/// Ratios that are shown as decimals.
const RATIO_SCALE: u32 = 10;

/// Why figures are undefined, collected while they are read.
#[derive(Default)]
pub(super) struct NoteBook {
    notes: Vec<proto::Note>,
}

impl NoteBook {
    /// The figure, or a note that says why there is none.
    pub fn defined<T>(&mut self, field: &str, figure: Result<T, Undefined>) -> Option<T> {
        figure
            .map_err(|undefined| {
                self.notes.push(proto::Note {
                    field: field.to_owned(),
                    code: undefined.code().to_owned(),
                    reason: undefined.to_string(),
                });
            })
            .ok()
    }

    /// All notes.
    pub fn written(self) -> Vec<proto::Note> {
        self.notes
    }
}

/// A row as the pure crate takes it; `by_gross` lets the amount before costs decide between win and loss.
pub(super) fn closed_trade(row: &ClosedRow, by_gross: bool) -> Result<ClosedTrade, Error> {
    Ok(ClosedTrade {
        net: if by_gross { row.gross } else { row.net }.into(),
        gross: row.gross.into(),
        commissions: row.commissions.into(),
        fees: row.fees.into(),
        risk: row.risk.map(Fraction::from),
        volume: row.volume.into(),
        opened_at: nanoseconds(row.opened_at)?,
        closed_at: nanoseconds(row.closed_at)?,
    })
}

/// The figures of amounts whose times and costs do not matter; without resampling.
pub(super) fn figures(
    amounts: impl Iterator<Item = impl Into<Fraction>>,
) -> Result<statistics::Summary, Error> {
    summarized(amounts.map(Into::into), &Options { bootstrap_draws: 0, ..Options::default() })
}

/// The same with intervals from resampling.
pub(super) fn resampled_figures(
    amounts: impl Iterator<Item = impl Into<Fraction>>,
) -> Result<statistics::Summary, Error> {
    summarized(amounts.map(Into::into), &Options::default())
}

fn summarized(
    amounts: impl Iterator<Item = Fraction>,
    options: &Options,
) -> Result<statistics::Summary, Error> {
    let trades: Vec<ClosedTrade> = amounts
        .map(|net| ClosedTrade {
            gross: net.clone(),
            net,
            commissions: Fraction::ZERO,
            fees: Fraction::ZERO,
            risk: None,
            volume: Fraction::ZERO,
            opened_at: Timestamp(0),
            closed_at: Timestamp(0),
        })
        .collect();
    Ok(statistics::summarize(&Trades::from_rows(&trades)?, options)?)
}

fn nanoseconds(time: OffsetDateTime) -> Result<Timestamp, Error> {
    let nanos = i64::try_from(time.unix_timestamp_nanos());
    nanos.map(Timestamp).map_err(|_| Error::Malformed(format!("time {time}")))
}

pub(super) fn estimate(estimate: Estimate) -> proto::Estimate {
    proto::Estimate { value: estimate.value, low: estimate.low, high: estimate.high, n: estimate.n }
}

pub(super) fn money_estimate(estimate: &MoneyEstimate) -> proto::MoneyEstimate {
    let rounded = |amount: &Fraction| amount.round_half_even(MONEY_SCALE).to_string();
    proto::MoneyEstimate {
        amount: rounded(&estimate.value),
        low: estimate.low.as_ref().map(rounded),
        high: estimate.high.as_ref().map(rounded),
        n: estimate.n,
    }
}

pub(super) fn profit_factor(factor: ProfitFactor) -> String {
    match factor {
        ProfitFactor::Infinite => "inf".to_owned(),
        ProfitFactor::Finite(ratio) => ratio.exact().round_half_even(RATIO_SCALE).to_string(),
    }
}

/// A quotient for charts and comparisons.
pub(super) fn number(fraction: &Fraction) -> f64 {
    fraction.to_f64()
}

/// An average of money.
pub(super) fn money(fraction: &Fraction) -> String {
    fraction.round_half_even(MONEY_SCALE).to_string()
}
