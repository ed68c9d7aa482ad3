//! Fills: executions as the broker reported them, and the books that they stand in.

use super::{
    event::EventKey,
    ids::{AccountId, FillId, ImportId},
    instant,
};
use ledger::{Decimal, Side};
use time::OffsetDateTime;

/// What tells one book of an account from another: only fills of one book are matched with each other.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Book {
    /// The instrument's symbol.
    pub symbol: String,
    /// The currency of its prices and costs.
    pub currency: String,
    /// Units of the underlying that one unit of quantity stands for.
    pub multiplier: Decimal,
}

/// An execution of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fill {
    /// Its id.
    pub id: FillId,
    /// The account.
    pub account_id: AccountId,
    /// The import that it belongs to; `None`: somebody entered it by hand.
    pub import_id: Option<ImportId>,
    /// Its line in that file.
    pub line: i64,
    /// The book that it stands in.
    pub book: Book,
    /// What kind of instrument it is, such as `stock` or `future`.
    pub asset_class: String,
    /// The broker's id, unique within the account.
    pub execution_id: String,
    /// Another id by which later rows of the broker refer to it.
    pub reference: Option<String>,
    /// A bust took it back: it counts in no book.
    pub voided: bool,
    /// When it was traded, to the microsecond.
    pub executed_at: OffsetDateTime,
    /// Its order among fills of the same time.
    pub sequence: i64,
    /// Bought or sold.
    pub side: Side,
    /// How much; above 0.
    pub quantity: Decimal,
    /// The price of one unit, before the multiplier.
    pub price: Decimal,
    /// Above 0 a charge, below 0 a rebate.
    pub commission: Decimal,
    /// Above 0 a charge, below 0 a rebate.
    pub fees: Decimal,
    /// The time as the file wrote it.
    pub time_text: String,
    /// What gave that text its zone.
    pub time_source: String,
}

/// A field in which two versions of an execution differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The field.
    pub field: &'static str,
    /// Its value in the version that is stored.
    pub stored: String,
    /// Its value in the other version.
    pub other: String,
}

impl Fill {
    /// Its place in its book.
    pub fn key(&self) -> EventKey {
        EventKey {
            at: self.executed_at,
            rank: EventKey::FILL_RANK,
            sequence: self.sequence,
            id: self.execution_id.clone(),
        }
    }

    /// What the ledger needs of it.
    pub fn to_ledger(&self) -> ledger::Fill {
        ledger::Fill {
            execution_id: self.execution_id.clone(),
            time: instant::to_ledger(self.executed_at),
            sequence: self.sequence,
            side: self.side,
            quantity: self.quantity,
            price: self.price,
            commission: self.commission,
            fees: self.fees,
        }
    }

    /// Where `other`, a fill of the same execution id, says something else about the execution. Where the two come
    /// from (import, line, order in the file, how the time was written) does not count.
    pub fn differences(&self, other: &Self) -> Vec<Difference> {
        let (ours, theirs) = (self.content(), other.content());
        let differing = ours.into_iter().zip(theirs).filter(|((_, ours), (_, theirs))| ours != theirs);
        differing.map(|((field, stored), (_, other))| Difference { field, stored, other }).collect()
    }

    fn content(&self) -> [(&'static str, String); 9] {
        [
            ("symbol", self.book.symbol.clone()),
            ("side", side_name(self.side).to_owned()),
            ("quantity", self.quantity.to_string()),
            ("price", self.price.to_string()),
            ("commission", self.commission.to_string()),
            ("fees", self.fees.to_string()),
            ("currency", self.book.currency.clone()),
            ("multiplier", self.book.multiplier.to_string()),
            ("executed_at", self.executed_at.to_string()),
        ]
    }
}

/// `buy` or `sell`.
pub const fn side_name(side: Side) -> &'static str {
    match side {
        Side::Buy => "buy",
        Side::Sell => "sell",
    }
}

/// The side of a name that [`side_name`] wrote.
pub fn side_of(name: &str) -> Option<Side> {
    match name {
        "buy" => Some(Side::Buy),
        "sell" => Some(Side::Sell),
        _ => None,
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use time::Duration;
    use uuid::Uuid;

    /// A fill of a book of `X` in USD, at `second` after the epoch.
    pub(crate) fn fill(execution_id: &str, second: i64, side: Side, quantity: &str, price: &str) -> Fill {
        Fill {
            id: FillId(Uuid::now_v7()),
            account_id: AccountId(Uuid::nil()),
            import_id: None,
            line: 1,
            book: Book { symbol: "X".to_owned(), currency: "USD".to_owned(), multiplier: Decimal::ONE },
            asset_class: "stock".to_owned(),
            execution_id: execution_id.to_owned(),
            reference: None,
            voided: false,
            executed_at: OffsetDateTime::UNIX_EPOCH + Duration::seconds(second),
            sequence: 0,
            side,
            quantity: quantity.parse().unwrap(),
            price: price.parse().unwrap(),
            commission: Decimal::ZERO,
            fees: Decimal::ZERO,
            time_text: String::new(),
            time_source: String::new(),
        }
    }

    #[test]
    fn the_same_numbers_written_otherwise_are_no_difference() {
        let stored = fill("A", 1, Side::Buy, "100", "9.5");
        let again =
            Fill { line: 7, time_text: "later".to_owned(), ..fill("A", 1, Side::Buy, "100.0", "9.50") };

        assert_eq!(stored.differences(&again), vec![]);
    }

    #[test]
    fn differences_name_both_values() {
        let stored = fill("A", 1, Side::Buy, "100", "9.5");
        let other = fill("A", 1, Side::Sell, "100", "9.6");

        let told: Vec<_> =
            stored.differences(&other).into_iter().map(|d| (d.field, d.stored, d.other)).collect();

        let expected = [("side", "buy", "sell"), ("price", "9.5", "9.6")];
        assert_eq!(told, expected.map(|(field, stored, other)| (field, stored.to_owned(), other.to_owned())));
    }

    #[test]
    fn fills_of_one_time_are_ordered_by_sequence_and_then_by_id() {
        let at = |sequence, id| Fill { sequence, ..fill(id, 1, Side::Buy, "1", "1") }.key();

        assert!(at(1, "B") < at(2, "A"));
        assert!(at(1, "A") < at(1, "B"));
    }
}
