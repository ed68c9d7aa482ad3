//! Corrections and busts: records that change an execution reported before.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::{Entry, Issue, IssueKind};
use crate::{Decimal, Event, Side, Timestamp};

/// New details of an execution; what is `None` stays as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction<B> {
    /// The id of the correction itself.
    pub execution_id: String,
    /// The id of the execution that it corrects.
    pub refers_to: String,
    /// When the correction was made.
    pub time: Timestamp,
    /// The broker's order among records of the same time; 0 when it gives none.
    pub sequence: i64,
    /// The book it belongs to instead.
    pub book: Option<B>,
    /// When it was traded instead.
    pub trade_time: Option<Timestamp>,
    /// Bought or sold instead.
    pub side: Option<Side>,
    /// Its quantity instead.
    pub quantity: Option<Decimal>,
    /// Its price instead.
    pub price: Option<Decimal>,
    /// Its commission instead.
    pub commission: Option<Decimal>,
    /// Its other fees instead.
    pub fees: Option<Decimal>,
}

/// The withdrawal of an execution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bust {
    /// The id of the bust itself.
    pub execution_id: String,
    /// The id of the execution that it withdraws.
    pub refers_to: String,
    /// When it was made.
    pub time: Timestamp,
    /// The broker's order among records of the same time; 0 when it gives none.
    pub sequence: i64,
}

/// A correction or a bust.
#[derive(PartialEq, Eq)]
pub(super) enum Amendment<B> {
    Bust(Bust),
    Correction(Box<Correction<B>>),
}

impl<B: Ord + Clone> Amendment<B> {
    pub(super) fn execution_id(&self) -> &str {
        match self {
            Self::Bust(bust) => &bust.execution_id,
            Self::Correction(correction) => &correction.execution_id,
        }
    }

    /// What decides when it applies.
    pub(super) fn key(&self) -> (Timestamp, i64, &str) {
        match self {
            Self::Bust(bust) => (bust.time, bust.sequence, &bust.execution_id),
            Self::Correction(correction) => (correction.time, correction.sequence, &correction.execution_id),
        }
    }

    /// The order in which the first of several versions of one id is chosen; equal only if they are the same.
    pub(super) fn compare(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Correction(left), Self::Correction(right)) => {
                left.content().cmp(&right.content()).then_with(|| left.key().cmp(&right.key()))
            }
            (Self::Bust(left), Self::Bust(right)) => {
                (&left.refers_to, left.key()).cmp(&(&right.refers_to, right.key()))
            }
            (Self::Bust(_), Self::Correction(_)) => Ordering::Less,
            (Self::Correction(_), Self::Bust(_)) => Ordering::Greater,
        }
    }

    /// Changes or removes the execution it refers to; an issue when there is none.
    pub(super) fn apply(self, live: &mut BTreeMap<String, Entry<B>>) -> Option<Issue> {
        match self {
            Self::Bust(bust) => match live.remove(&bust.refers_to) {
                Some(_) => None,
                None => Some(Issue { kind: IssueKind::OrphanBust, execution_id: bust.execution_id }),
            },
            Self::Correction(correction) => match live.get_mut(&correction.refers_to) {
                Some(entry) => {
                    correction.correct(entry);
                    None
                }
                None => {
                    Some(Issue { kind: IssueKind::OrphanCorrection, execution_id: correction.execution_id })
                }
            },
        }
    }
}

impl Bust {
    fn key(&self) -> (Timestamp, i64, &str) {
        (self.time, self.sequence, &self.execution_id)
    }
}

impl<B: Ord + Clone> Correction<B> {
    fn key(&self) -> (Timestamp, i64, &str) {
        (self.time, self.sequence, &self.execution_id)
    }

    /// Everything but the key; what is given comes before what is not.
    fn content(&self) -> impl Ord {
        let text = |number: Option<Decimal>| (number.is_none(), number.map(|number| number.to_string()));
        (
            [self.commission, self.fees, self.price, self.quantity].map(text),
            &self.refers_to,
            (self.side.is_none(), self.side),
            (self.book.is_none(), &self.book),
            (self.trade_time.is_none(), self.trade_time),
        )
    }

    fn correct(&self, entry: &mut Entry<B>) {
        if let Some(new) = &self.book {
            entry.book.clone_from(new);
        }
        if let Some(time) = self.trade_time {
            entry.event.set_time(time);
        }
        match &mut entry.event {
            Event::Fill(fill) => {
                fill.side = self.side.unwrap_or(fill.side);
                fill.quantity = self.quantity.unwrap_or(fill.quantity);
                fill.price = self.price.unwrap_or(fill.price);
                fill.commission = self.commission.unwrap_or(fill.commission);
                fill.fees = self.fees.unwrap_or(fill.fees);
            }
            Event::Expiry(expiry) => expiry.price = self.price.unwrap_or(expiry.price),
            Event::Exercise(exercise) => {
                exercise.quantity = self.quantity.unwrap_or(exercise.quantity);
                exercise.fee = self.commission.unwrap_or(exercise.fee);
            }
            Event::Split(_) | Event::Cash(_) => {}
        }
    }
}
