//! What a whole file came to.

use crate::{ChargeKind, Format, ParsedFill};
use ledger::Decimal;
use std::collections::BTreeMap;

/// Where every data row went: `total` = `read` + `skipped` + `rejected`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// Data rows in the file.
    pub total: u64,
    /// Rows whose executions were handed out.
    pub read: u64,
    /// Rows that are no executions of this account, each with a reason.
    pub skipped: u64,
    /// Rows that should be executions and could not be read, each with a reason.
    pub rejected: u64,
    /// Rows that hold no data and are in none of the counts above: blank lines, titles, text above the header, the header.
    pub structure: u64,
}

/// A position that the file says is open at its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatedPosition {
    /// As the broker writes it.
    pub symbol: String,
    /// Negative when short.
    pub quantity: Decimal,
}

/// The file's own figures, to check ours against. A figure that the file does not state is absent, never 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stated {
    /// P&L before fees, by currency.
    pub gross_pnl: BTreeMap<String, Decimal>,
    /// P&L after commissions, by currency.
    pub net_pnl: BTreeMap<String, Decimal>,
    /// Commissions charged, by currency.
    pub commissions: BTreeMap<String, Decimal>,
    /// Other fees charged, by currency.
    pub fees: BTreeMap<String, Decimal>,
    /// Cash at the end of the file, by currency.
    pub balances: BTreeMap<String, Decimal>,
    /// Open positions.
    pub positions: Vec<StatedPosition>,
    /// The account's own currency, to which its rates are told.
    pub base_currency: Option<String>,
}

/// What a whole file came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// What it was read as.
    pub format: Format,
    /// Where every row went.
    pub rows: Rows,
    /// The broker's accounts that were read.
    pub accounts: Vec<String>,
    /// The file's own figures.
    pub stated: Stated,
}

impl Stated {
    /// Adds what a row charges for an execution, each in its own currency. Rows that charge nothing state nothing.
    pub(crate) fn add_charges(&mut self, fill: &ParsedFill) {
        let own = [
            (ChargeKind::Commission, fill.commission),
            (ChargeKind::Fee, fill.fees),
            (ChargeKind::Tax, fill.taxes),
        ];
        let own = own.into_iter().map(|(kind, amount)| (kind, amount, fill.currency.as_str()));
        let foreign =
            fill.foreign_charges.iter().map(|charge| (charge.kind, charge.amount, charge.currency.as_str()));
        for (kind, amount, currency) in own.chain(foreign).filter(|(_, amount, _)| !amount.is_zero()) {
            let figure = match kind {
                ChargeKind::Commission => &mut self.commissions,
                ChargeKind::Fee | ChargeKind::Tax => &mut self.fees,
            };
            Self::add(figure, currency, amount);
        }
    }

    /// Adds to one of the figures. What exceeds exact numbers leaves the figure as it was.
    pub(crate) fn add(figure: &mut BTreeMap<String, Decimal>, currency: &str, amount: Decimal) {
        match figure.get_mut(currency) {
            Some(sum) => *sum = sum.checked_add(amount).unwrap_or(*sum),
            None => {
                figure.insert(currency.to_owned(), amount);
            }
        }
    }
}
