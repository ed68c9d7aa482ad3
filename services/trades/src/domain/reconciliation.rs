//! The file's own figures beside the journal's.

use ledger::Decimal;
use serde::{Deserialize, Serialize};

/// A figure that a file states, beside ours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// What is compared: `commissions`, `gross_pnl`, `net_pnl` or `open_position`.
    pub item: String,
    /// The currency or symbol that it is of.
    pub subject: String,
    /// The file's figure; empty when it states none.
    pub file: String,
    /// The journal's.
    pub journal: String,
    /// `journal - file`.
    pub difference: String,
    /// Whether both say the same.
    pub agrees: bool,
    /// Why they need not; empty when they agree.
    pub note: String,
}

/// What is compared, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// Commissions charged by the file's fills, to the last digit.
    Commissions,
    /// Realised profit or loss before costs, to less than 0.01: files round each row.
    GrossPnl,
    /// Realised profit or loss after costs, likewise.
    NetPnl,
    /// The position after the file's last fill, above 0 long; to the last digit.
    OpenPosition,
}

impl Item {
    const fn name(self) -> &'static str {
        match self {
            Self::Commissions => "commissions",
            Self::GrossPnl => "gross_pnl",
            Self::NetPnl => "net_pnl",
            Self::OpenPosition => "open_position",
        }
    }

    /// What is known to make such figures differ.
    const fn explanation(self) -> &'static str {
        match self {
            Self::Commissions => {
                "Executions that are stored with other content, or stand in the file twice, count as they are stored."
            }
            Self::GrossPnl | Self::NetPnl => {
                "The journal's figure is that of all trades in these instruments within the file's period: it leaves out what \
                 was opened before the first imported execution, and holds what other files brought."
            }
            Self::OpenPosition => {
                "The journal holds what was imported: a position that was opened before the file's first execution, or came \
                 without one, is missing or seems to be of the other side."
            }
        }
    }

    fn tolerates(self, difference: Decimal) -> bool {
        match self {
            Self::Commissions | Self::OpenPosition => difference.is_zero(),
            Self::GrossPnl | Self::NetPnl => {
                Decimal::from_scaled(1, 2).is_some_and(|cent| difference.abs() < cent)
            }
        }
    }
}

/// The two figures of `subject` side by side; `file` is `None` when it states nothing, which means 0 for a position.
pub fn compare(item: Item, subject: &str, file: Option<Decimal>, journal: Decimal) -> Comparison {
    let difference = journal.checked_sub(file.unwrap_or_default());
    let agrees = difference.is_some_and(|difference| item.tolerates(difference));
    Comparison {
        item: item.name().to_owned(),
        subject: subject.to_owned(),
        file: file.map(|figure| figure.to_string()).unwrap_or_default(),
        journal: journal.to_string(),
        difference: difference.map(|difference| difference.to_string()).unwrap_or_default(),
        agrees,
        note: if agrees { String::new() } else { item.explanation().to_owned() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn equal_figures_agree_without_a_note() {
        let line = compare(Item::Commissions, "USD", Some(decimal("5.7665514")), decimal("5.7665514"));

        assert_eq!((line.agrees, line.difference.as_str(), line.note.as_str()), (true, "0", ""));
    }

    #[test]
    fn positions_that_differ_say_why() {
        let line = compare(Item::OpenPosition, "AAPL", Some(decimal("340")), decimal("240"));

        assert_eq!((line.agrees, line.difference.as_str()), (false, "-100"));
        assert!(line.note.contains("opened before"), "{}", line.note);
    }

    #[test]
    fn a_position_that_the_file_does_not_state_is_compared_with_none() {
        let line = compare(Item::OpenPosition, "GOLD", None, decimal("591"));

        assert_eq!((line.file.as_str(), line.difference.as_str(), line.agrees), ("", "591", false));
        assert!(compare(Item::OpenPosition, "GOLD", None, Decimal::ZERO).agrees);
    }

    #[test]
    fn profits_agree_within_a_cent_and_costs_exactly() {
        assert!(compare(Item::NetPnl, "USD", Some(decimal("107.39")), decimal("107.3891686")).agrees);
        assert!(!compare(Item::NetPnl, "USD", Some(decimal("107.40")), decimal("107.39")).agrees);
        assert!(!compare(Item::Commissions, "USD", Some(decimal("1.001")), decimal("1")).agrees);
    }
}
