//! [`Trades`]: closed trades as columns, the form in which all figures are made.

use ledger::Timestamp;

use crate::amounts::Amounts;
use crate::closed_trade::ClosedTrade;
use crate::error::StatisticsError;

/// Columns of one length, a trade a row, in the order of closing: by `closed_at`, then account, symbol and number.
///
/// Open trades do not take part: the caller leaves them out. All amounts are of one currency: the caller sees to it.
/// The fields mean what those of [`ClosedTrade`] mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    /// P&L after all costs.
    pub net: Amounts,
    /// P&L before costs.
    pub gross: Amounts,
    /// Commissions, costs above 0.
    pub commissions: Amounts,
    /// Other fees, costs above 0.
    pub fees: Amounts,
    /// What was at stake; 0 for none.
    pub risk: Amounts,
    /// Quantities bought and sold.
    pub volume: Amounts,
    /// The times of the first fills.
    pub opened_at: Vec<Timestamp>,
    /// The times of the last fills.
    pub closed_at: Vec<Timestamp>,
}

/// Closed trades in the order of closing, checked once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trades(Columns);

impl Trades {
    /// Takes columns as they are. Refuses columns of different lengths and trades out of order.
    pub fn from_columns(columns: Columns) -> Result<Self, StatisticsError> {
        let Columns { net, gross, commissions, fees, risk, volume, opened_at, closed_at } = &columns;
        let amounts = [gross, commissions, fees, risk, volume].map(Amounts::len);
        if amounts.iter().chain(&[opened_at.len(), closed_at.len()]).any(|length| *length != net.len()) {
            return Err(StatisticsError::UnequalColumns);
        }
        let mut previous = None;
        for (index, (opened, closed)) in opened_at.iter().zip(closed_at).enumerate() {
            if closed < opened {
                return Err(StatisticsError::ClosedBeforeOpened { index });
            }
            if previous.replace(closed) > Some(closed) {
                return Err(StatisticsError::OutOfOrder { index });
            }
        }
        Ok(Self(columns))
    }

    /// Makes columns of rows. Refuses trades out of order.
    pub fn from_rows<'a>(rows: impl IntoIterator<Item = &'a ClosedTrade>) -> Result<Self, StatisticsError> {
        let rows: Vec<&ClosedTrade> = rows.into_iter().collect();
        let column = |field: fn(&ClosedTrade) -> &ledger::Fraction| {
            rows.iter().map(|row| field(row).clone()).collect::<Amounts>()
        };
        Self::from_columns(Columns {
            net: column(|row| &row.net),
            gross: column(|row| &row.gross),
            commissions: column(|row| &row.commissions),
            fees: column(|row| &row.fees),
            risk: rows.iter().map(|row| row.risk.clone().unwrap_or_default()).collect(),
            volume: column(|row| &row.volume),
            opened_at: rows.iter().map(|row| row.opened_at).collect(),
            closed_at: rows.iter().map(|row| row.closed_at).collect(),
        })
    }

    /// How many there are.
    pub const fn len(&self) -> usize {
        self.0.net.len()
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The columns.
    pub const fn columns(&self) -> &Columns {
        &self.0
    }

    /// The trades at these positions, which must be ascending; positions beyond the end are left out.
    pub fn select(&self, indices: &[usize]) -> Result<Self, StatisticsError> {
        let pick =
            |times: &[Timestamp]| indices.iter().filter_map(|index| times.get(*index).copied()).collect();
        Self::from_columns(Columns {
            net: self.0.net.select(indices),
            gross: self.0.gross.select(indices),
            commissions: self.0.commissions.select(indices),
            fees: self.0.fees.select(indices),
            risk: self.0.risk.select(indices),
            volume: self.0.volume.select(indices),
            opened_at: pick(&self.0.opened_at),
            closed_at: pick(&self.0.closed_at),
        })
    }
}
