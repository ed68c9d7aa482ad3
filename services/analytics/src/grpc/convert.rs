//! Figures of the `statistics` crate as messages.

use crate::{db::selection::ClosedRow, error::Error};
use journal_proto::analytics::v1 as proto;
use ledger::{Fraction, Timestamp};
use statistics::{ClosedTrade, Estimate, MoneyEstimate, ProfitFactor, Undefined};
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

/// A row as the pure crate takes it.
pub(super) fn closed_trade(row: &ClosedRow) -> Result<ClosedTrade, Error> {
    Ok(ClosedTrade {
        net: row.net,
        gross: row.gross,
        commissions: row.commissions,
        fees: row.fees,
        risk: None,
        volume: row.volume,
        opened_at: nanoseconds(row.opened_at)?,
        closed_at: nanoseconds(row.closed_at)?,
    })
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
