//! What the owner merged and split, as a rebuild finds it and leaves it.

use super::{Cause, journal};
use crate::{
    db,
    domain::{
        fill::Book,
        ids::TradeId,
        regrouping::{Cut, Outcomes, Places, Regrouping, Stretch, Stretches, stretches},
    },
    error::Result,
};
use sqlx::PgConnection;
use std::collections::{HashSet, VecDeque};

/// The merges and splits of an account.
pub(super) struct Regroupings {
    all: Vec<Regrouping>,
    places: Places,
    stretches: Stretches,
    outcomes: Outcomes,
}

impl Regroupings {
    pub(super) async fn of(tx: &mut PgConnection, cause: Cause<'_>) -> Result<Self> {
        let (user, account) = (cause.user, cause.account.id);
        let all = db::regroupings::of_account(&mut *tx, user, account).await?;
        let openings: Vec<&str> = all.iter().flat_map(|one| one.cut.openings()).map(String::as_str).collect();
        let places = if openings.is_empty() {
            Places::new()
        } else {
            db::regroupings::places(&mut *tx, user, account, &openings).await?
        };
        let (stretches, void) = stretches(&all, &places);
        let outcomes = void.into_iter().map(|(id, reason)| (id, Some(reason))).collect();
        Ok(Self { all, places, stretches, outcomes })
    }

    /// The stretches of a book, which the caller asks for once.
    pub(super) fn take(&mut self, book: &Book) -> VecDeque<Stretch> {
        self.stretches.remove(book).unwrap_or_default()
    }

    /// What became of those of a book.
    pub(super) fn found(&mut self, outcomes: Outcomes) {
        self.outcomes.extend(outcomes);
    }

    /// Keeps what became of them. Where a merge is not applied any more, each trade shows its own notes and tags again.
    pub(super) async fn settle(&self, tx: &mut PgConnection, cause: Cause<'_>) -> Result<()> {
        for (id, void) in &self.outcomes {
            let before = self.all.iter().find(|one| one.id == *id).and_then(|one| one.void.as_ref());
            if before != void.as_ref() {
                db::regroupings::settle(&mut *tx, cause.user, *id, void.as_ref()).await?;
            }
        }
        for merge in self.merges() {
            let kept = db::regroupings::kept(&mut *tx, cause.user, merge.id).await?;
            if let Some(kept) = kept.filter(|kept| self.holder(cause, merge) != Some(kept.holder)) {
                journal::part_entries(&mut *tx, cause, merge.id, kept).await?;
            }
        }
        Ok(())
    }

    /// Lets the first trade of each merge show what is written about all of them.
    pub(super) async fn join(&self, tx: &mut PgConnection, cause: Cause<'_>) -> Result<()> {
        for merge in self.merges() {
            if let Some(holder) = self.holder(cause, merge) {
                journal::join_entries(&mut *tx, cause, merge.id, holder, &self.members(cause, merge)).await?;
            }
        }
        Ok(())
    }

    /// The trades that are part of a merge now: they are not there, but what is written about them waits for them.
    pub(super) fn waiting(&self, cause: Cause<'_>) -> HashSet<TradeId> {
        let applied = self.merges().filter(|merge| self.holder(cause, merge).is_some());
        applied.flat_map(|merge| self.members(cause, merge)).collect()
    }

    /// The merges of which this rebuild knows what became.
    fn merges(&self) -> impl Iterator<Item = &Regrouping> {
        let known: HashSet<_> = self.outcomes.iter().map(|(id, _)| *id).collect();
        self.all.iter().filter(move |one| matches!(one.cut, Cut::Merge(_)) && known.contains(&one.id))
    }

    /// The trade that a merge makes; `None`: it makes none now.
    fn holder(&self, cause: Cause<'_>, merge: &Regrouping) -> Option<TradeId> {
        let (_, void) = self.outcomes.iter().find(|(id, _)| *id == merge.id)?;
        if void.is_some() { None } else { self.members(cause, merge).into_iter().next() }
    }

    /// The trades of a merge, in the order in which they open.
    fn members(&self, cause: Cause<'_>, merge: &Regrouping) -> Vec<TradeId> {
        let mut openings: Vec<&String> = merge.cut.openings().iter().collect();
        openings.sort_by_key(|id| self.places.get(*id).map(|(_, key)| key));
        openings.into_iter().map(|id| TradeId::opened_by(cause.account.id, id)).collect()
    }
}
