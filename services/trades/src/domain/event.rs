//! What happens in an account beside its fills, and where it stands among them.

use super::{
    fill::Book,
    ids::{AccountId, EventId, ImportId},
    instant,
};
use ledger::{Decimal, Event, Fraction};
use time::OffsetDateTime;

/// The place of a fill or another event in its book: time, then rank, then the file's order, then the broker's id. Arrival
/// never matters.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EventKey {
    /// When it happened.
    pub at: OffsetDateTime,
    /// Splits 0, fills and cash 1, expiries and exercises 2: the order of [`Event::key`].
    pub rank: i16,
    /// Its order among events of the same time and rank.
    pub sequence: i64,
    /// The broker's id.
    pub id: String,
}

impl EventKey {
    /// The rank of fills and cash.
    pub const FILL_RANK: i16 = 1;

    /// A place before every event: the years begin with 1.
    pub fn first() -> Self {
        let at = OffsetDateTime::from_unix_timestamp(-62_135_596_800).unwrap_or(OffsetDateTime::UNIX_EPOCH);
        Self { at, rank: i16::MIN, sequence: i64::MIN, id: String::new() }
    }

    /// A place behind every event: the years end with 9999.
    pub fn last() -> Self {
        let at = OffsetDateTime::from_unix_timestamp(253_402_300_799).unwrap_or(OffsetDateTime::UNIX_EPOCH);
        Self { at, rank: i16::MAX, sequence: i64::MAX, id: String::new() }
    }

    /// The place of an event of the ledger.
    pub fn of(event: &Event) -> Self {
        let (time, rank, sequence, id) = event.key();
        Self { at: instant::from_ledger(time), rank: rank.into(), sequence, id: id.to_owned() }
    }
}

/// Something that happened in an account and is no execution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountEvent {
    /// Its id.
    pub id: EventId,
    /// The account.
    pub account_id: AccountId,
    /// The broker's id, unique within the account.
    pub event_id: String,
    /// The import that it belongs to; `None`: somebody entered it by hand.
    pub import_id: Option<ImportId>,
    /// Its line in that file.
    pub line: i64,
    /// What the ledger does with it.
    pub kind: EventKind,
    /// What people call it, such as `dividend`, `funding`, `deposit`, `split` or `assignment`.
    pub what: String,
    /// The instrument; `None`: it concerns no position.
    pub symbol: Option<String>,
    /// The currency of its money; `None`: it concerns every book of the symbol.
    pub currency: Option<String>,
    /// What the file says about it in words.
    pub note: String,
    /// When it happened, to the microsecond.
    pub occurred_at: OffsetDateTime,
    /// The file's order among events of the same time.
    pub sequence: i64,
    /// The time as the file wrote it.
    pub time_text: String,
    /// What gave that text its zone.
    pub time_source: String,
}

/// What the ledger does with an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// `to` new units for `from` old ones; both above 0.
    Split {
        /// New units.
        to: Decimal,
        /// Old units.
        from: Decimal,
    },
    /// Money; above 0 is received. With a symbol it belongs to the trade that is open in it.
    Cash {
        /// How much.
        amount: Decimal,
    },
    /// The end of a contract: whatever is open closes at `price`.
    Expiry {
        /// 0 for an option that expired worthless.
        price: Decimal,
    },
    /// The use of an option, by its holder or against its writer: it closes at 0.
    Exercise {
        /// Contracts; above 0.
        quantity: Decimal,
        /// What it cost.
        fee: Decimal,
    },
}

/// Money that its owner put into an account (above 0) or took out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CashFlow {
    /// Its id.
    pub id: EventId,
    /// The account.
    pub account_id: AccountId,
    /// How much.
    pub amount: Decimal,
    /// Of what.
    pub currency: String,
    /// When it was booked.
    pub booked_at: OffsetDateTime,
    /// The revision of the account with which others were told; 0: not yet.
    pub version: i64,
}

impl EventKind {
    /// Its name in the database.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Split { .. } => "split",
            Self::Cash { .. } => "cash",
            Self::Expiry { .. } => "expiry",
            Self::Exercise { .. } => "exercise",
        }
    }
}

impl AccountEvent {
    /// Its place in its books.
    pub fn key(&self) -> EventKey {
        EventKey::of(&self.to_ledger())
    }

    /// What the ledger needs of it.
    pub fn to_ledger(&self) -> Event {
        let (id, time, sequence) =
            (self.event_id.clone(), instant::to_ledger(self.occurred_at), self.sequence);
        match &self.kind {
            EventKind::Split { to, from } => {
                // A split from nothing has no ratio, and the ledger refuses a ratio of 0.
                let ratio = Fraction::new(*to, *from).unwrap_or_default();
                Event::Split(ledger::Split { id, time, sequence, ratio })
            }
            EventKind::Cash { amount } => Event::Cash(ledger::Cash { id, time, sequence, amount: *amount }),
            EventKind::Expiry { price } => {
                Event::Expiry(ledger::Expiry { id, time, sequence, price: *price })
            }
            EventKind::Exercise { quantity, fee } => {
                Event::Exercise(ledger::Exercise { id, time, sequence, quantity: *quantity, fee: *fee })
            }
        }
    }

    /// Whether it takes part in `book`, as far as the two tell.
    pub fn concerns(&self, book: &Book) -> bool {
        self.symbol.as_ref() == Some(&book.symbol)
            && self.currency.as_ref().is_none_or(|currency| *currency == book.currency)
    }

    /// Where `other`, an event of the same id, says something else: the two contents as text.
    pub fn differences(&self, other: &Self) -> Vec<(&'static str, String, String)> {
        let (ours, theirs) = (self.content(), other.content());
        let differing = ours.into_iter().zip(theirs).filter(|((_, ours), (_, theirs))| ours != theirs);
        differing.map(|((field, ours), (_, theirs))| (field, ours, theirs)).collect()
    }

    fn content(&self) -> [(&'static str, String); 6] {
        let amounts = match &self.kind {
            EventKind::Split { to, from } => format!("{to} for {from}"),
            EventKind::Cash { amount } => amount.to_string(),
            EventKind::Expiry { price } => price.to_string(),
            EventKind::Exercise { quantity, fee } => format!("{quantity} (fee {fee})"),
        };
        [
            ("kind", self.kind.name().to_owned()),
            ("what", self.what.clone()),
            ("symbol", self.symbol.clone().unwrap_or_default()),
            ("currency", self.currency.clone().unwrap_or_default()),
            ("amount", amounts),
            ("occurred_at", self.occurred_at.to_string()),
        ]
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use time::Duration;
    use uuid::Uuid;

    /// An event in `X`, at `second` after the epoch.
    pub(crate) fn event(event_id: &str, second: i64, kind: EventKind) -> AccountEvent {
        AccountEvent {
            id: EventId(Uuid::now_v7()),
            account_id: AccountId(Uuid::nil()),
            event_id: event_id.to_owned(),
            import_id: None,
            line: 1,
            what: kind.name().to_owned(),
            kind,
            symbol: Some("X".to_owned()),
            currency: None,
            note: String::new(),
            occurred_at: OffsetDateTime::UNIX_EPOCH + Duration::seconds(second),
            sequence: 0,
            time_text: String::new(),
            time_source: String::new(),
        }
    }

    #[test]
    fn a_split_comes_before_and_an_expiry_after_the_fills_of_its_time() {
        let fill = crate::domain::fill::tests::fill("b", 1, ledger::Side::Buy, "1", "1").key();
        let split = event("z", 1, EventKind::Split { to: Decimal::from(2), from: Decimal::ONE }).key();
        let expiry = event("a", 1, EventKind::Expiry { price: Decimal::ZERO }).key();

        assert!(split < fill);
        assert!(fill < expiry);
    }

    #[test]
    fn an_event_without_a_currency_concerns_every_book_of_its_symbol() {
        let split = event("s", 1, EventKind::Split { to: Decimal::from(2), from: Decimal::ONE });
        let dollars = AccountEvent { currency: Some("USD".to_owned()), ..split.clone() };
        let euro = Book { symbol: "X".to_owned(), currency: "EUR".to_owned(), multiplier: Decimal::ONE };

        assert!(split.concerns(&euro));
        assert!(!dollars.concerns(&euro));
    }
}
