//! What is said about a fill more than once: versions of it, corrections and busts, and what they come to.

use super::{
    fill::{Book, Fill, side_name, side_of},
    ids::{AccountId, ImportId},
    instant,
};
use ledger::{Bust, Correction, Decimal, Entry, Event, Record, Side, resolve};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

/// One thing that was said about a fill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FillRecord {
    /// The account.
    pub account_id: AccountId,
    /// What it is.
    pub kind: RecordKind,
    /// A report: the execution id. Others: their own id, unique within the account.
    pub record_id: String,
    /// The execution id or the reference of the fill.
    pub refers_to: String,
    /// The import that brought it; `None`: the owner's own.
    pub import_id: Option<ImportId>,
    /// Its line in that file.
    pub line: i64,
    /// When it was said: corrections and busts apply in this order.
    pub made_at: OffsetDateTime,
    /// The file's order among those of the same time.
    pub sequence: i64,
    /// What it says.
    pub content: FillContent,
    /// Why, in the owner's words.
    pub reason: String,
}

/// What a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordKind {
    /// A file told the fill like this.
    Report,
    /// New details.
    Correction,
    /// It never was.
    Bust,
}

impl RecordKind {
    /// Its name in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::Correction => "correction",
            Self::Bust => "bust",
        }
    }

    /// The kind of a name that [`RecordKind::name`] wrote.
    pub fn of_name(name: &str) -> Option<Self> {
        [Self::Report, Self::Correction, Self::Bust].into_iter().find(|kind| kind.name() == name)
    }
}

/// The details of a fill that a record states, as exact text; `None`: they stay as they were.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FillContent {
    /// The symbol.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub symbol: Option<String>,
    /// The currency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// Money per point of price and unit of quantity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub multiplier: Option<String>,
    /// `buy` or `sell`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub side: Option<String>,
    /// How much.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantity: Option<String>,
    /// The price of one unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price: Option<String>,
    /// Above 0 a charge.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commission: Option<String>,
    /// Above 0 a charge.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fees: Option<String>,
    /// When it was traded, in microseconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub executed_at: Option<i64>,
}

impl FillContent {
    /// All that `fill` says.
    pub fn of(fill: &Fill) -> Self {
        Self {
            symbol: Some(fill.book.symbol.clone()),
            currency: Some(fill.book.currency.clone()),
            multiplier: Some(fill.book.multiplier.to_string()),
            side: Some(side_name(fill.side).to_owned()),
            quantity: Some(fill.quantity.to_string()),
            price: Some(fill.price.to_string()),
            commission: Some(fill.commission.to_string()),
            fees: Some(fill.fees.to_string()),
            executed_at: Some(instant::to_ledger(fill.executed_at).0.div_euclid(1_000)),
        }
    }

    fn side(&self) -> Option<Side> {
        self.side.as_deref().and_then(side_of)
    }

    fn time(&self) -> Option<ledger::Timestamp> {
        self.executed_at.map(|microseconds| ledger::Timestamp(microseconds.saturating_mul(1_000)))
    }

    /// The book that it says, where that is another than `book`.
    fn book(&self, book: &Book) -> Option<Book> {
        let said = Book {
            symbol: self.symbol.clone().unwrap_or_else(|| book.symbol.clone()),
            currency: self.currency.clone().unwrap_or_else(|| book.currency.clone()),
            multiplier: number(self.multiplier.as_deref()).unwrap_or(book.multiplier),
        };
        (said != *book).then_some(said)
    }
}

fn number(text: Option<&str>) -> Option<Decimal> {
    text.and_then(|text| text.parse().ok())
}

/// What a fill is after all that was said about it; voided when a bust took it back.
///
/// Of several versions the first in the order of [`ledger::resolve`] stays, then corrections and busts apply in the order
/// in which they were made: arrival never matters. Without a report, `fill` is its own.
pub fn settled(fill: &Fill, records: &[FillRecord]) -> Fill {
    let reports = records.iter().filter(|record| record.kind == RecordKind::Report);
    let mut said: Vec<Record<Book>> = reports.map(|report| entry(&reported(fill, &report.content))).collect();
    if said.is_empty() {
        said.push(entry(fill));
    }
    let amendments = records.iter().filter(|record| record.kind != RecordKind::Report);
    said.extend(amendments.map(|record| amendment(fill, record)));
    match resolve(said).entries.into_iter().next() {
        Some(Entry { book, event: Event::Fill(settled), .. }) => Fill {
            book,
            executed_at: instant::from_ledger(settled.time),
            side: settled.side,
            quantity: settled.quantity,
            price: settled.price,
            commission: settled.commission,
            fees: settled.fees,
            voided: false,
            ..fill.clone()
        },
        _ => Fill { voided: true, ..base(fill, records) },
    }
}

/// What a fill that was taken back is shown as: its first report.
fn base(fill: &Fill, records: &[FillRecord]) -> Fill {
    let without_amendments: Vec<FillRecord> =
        records.iter().filter(|record| record.kind == RecordKind::Report).cloned().collect();
    if without_amendments.is_empty() { fill.clone() } else { settled(fill, &without_amendments) }
}

/// `fill` as a report tells it.
fn reported(fill: &Fill, content: &FillContent) -> Fill {
    let or = |text: &Option<String>, ours| number(text.as_deref()).unwrap_or(ours);
    Fill {
        book: content.book(&fill.book).unwrap_or_else(|| fill.book.clone()),
        executed_at: content.time().map_or(fill.executed_at, instant::from_ledger),
        side: content.side().unwrap_or(fill.side),
        quantity: or(&content.quantity, fill.quantity),
        price: or(&content.price, fill.price),
        commission: or(&content.commission, fill.commission),
        fees: or(&content.fees, fill.fees),
        ..fill.clone()
    }
}

fn entry(fill: &Fill) -> Record<Book> {
    Record::Entry(Entry::new(fill.book.clone(), Event::Fill(fill.to_ledger())))
}

fn amendment(fill: &Fill, record: &FillRecord) -> Record<Book> {
    let (execution_id, refers_to) = (record.record_id.clone(), fill.execution_id.clone());
    let (time, sequence) = (instant::to_ledger(record.made_at), record.sequence);
    if record.kind == RecordKind::Bust {
        return Record::Bust(Bust { execution_id, refers_to, time, sequence });
    }
    let content = &record.content;
    Record::Correction(Correction {
        execution_id,
        refers_to,
        time,
        sequence,
        book: content.book(&fill.book),
        trade_time: content.time(),
        side: content.side(),
        quantity: number(content.quantity.as_deref()),
        price: number(content.price.as_deref()),
        commission: number(content.commission.as_deref()),
        fees: number(content.fees.as_deref()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fill::tests::fill;
    use proptest::prelude::*;

    fn record(kind: RecordKind, id: &str, second: i64, price: Option<&str>) -> FillRecord {
        FillRecord {
            account_id: AccountId(uuid::Uuid::nil()),
            kind,
            record_id: id.to_owned(),
            refers_to: "A".to_owned(),
            import_id: None,
            line: 1,
            made_at: OffsetDateTime::UNIX_EPOCH + time::Duration::seconds(second),
            sequence: 0,
            content: FillContent { price: price.map(str::to_owned), ..FillContent::default() },
            reason: String::new(),
        }
    }

    #[test]
    fn a_correction_changes_what_it_names_and_a_bust_takes_the_fill_back() {
        let fill = fill("A", 1, Side::Buy, "10", "100");
        let correction = record(RecordKind::Correction, "c", 2, Some("101"));

        let corrected = settled(&fill, std::slice::from_ref(&correction));
        let busted = settled(&fill, &[correction, record(RecordKind::Bust, "b", 3, None)]);

        assert_eq!((corrected.price.to_string(), corrected.quantity), ("101".to_owned(), fill.quantity));
        assert_eq!((busted.voided, busted.price), (true, fill.price));
    }

    proptest! {
        #[test]
        fn what_is_said_comes_to_the_same_in_any_order(
            said in prop::collection::vec((0..3_u8, 0..3_i64, 90..110_i64), 0..6)
                .prop_flat_map(|said| (Just(said.clone()), Just(said).prop_shuffle())),
        ) {
            let records = |said: &[(u8, i64, i64)]| -> Vec<FillRecord> {
                let mut records: Vec<_> = said.iter().map(|(kind, second, price)| match kind {
                    0 => record(RecordKind::Report, "A", 0, Some(&price.to_string())),
                    1 => record(RecordKind::Correction, &format!("c{second}{price}"), *second, Some(&price.to_string())),
                    _ => record(RecordKind::Bust, &format!("b{second}"), 9, None),
                }).collect();
                records.push(record(RecordKind::Report, "A", 0, Some("100")));
                records
            };
            let fill = fill("A", 1, Side::Buy, "10", "100");

            prop_assert_eq!(settled(&fill, &records(&said.0)), settled(&fill, &records(&said.1)));
        }
    }
}
