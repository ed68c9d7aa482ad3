//! Matches the options of an account, and what they are written on.

use crate::{
    db::{self, fills::Security},
    domain::{
        account::Account,
        event::EventKey,
        fill::Book,
        matching::{MatchedTrip, Matching, Resume, terms},
        strategies::{Holding, Instrument, instrument},
    },
    error::{Error, Result},
    rebuild::Reader,
};
use identity::UserId;
use ledger::strategy::{Contract, Rules};
use sqlx::PgConnection;
use std::{collections::BTreeSet, sync::Arc};

/// Fills that are matched for one answer.
const MOST_FILLS: i64 = 200_000;

/// What strategies are recognised in.
pub(super) struct Holdings {
    pub(super) all: Vec<Holding>,
    /// Symbols of options that tell no terms.
    pub(super) unread: Vec<String>,
    /// How legs belong together.
    pub(super) rules: Rules,
}

/// The round trips in options of an account and in their underlyings.
pub(super) async fn holdings(tx: &mut PgConnection, user: UserId, account: &Account) -> Result<Holdings> {
    let securities = db::fills::securities(&mut *tx, user, account.id, None).await?;
    let (options, others): (Vec<Security>, Vec<Security>) = securities
        .into_iter()
        .partition(|security| security.asset_classes.iter().any(|class| class == "option"));
    let mut unread = BTreeSet::new();
    let mut books: Vec<(Security, Instrument)> = Vec::new();
    for security in options {
        match instrument(&security.book.symbol) {
            Some(instrument) => books.push((security, instrument)),
            None => drop(unread.insert(security.book.symbol)),
        }
    }
    let underlyings: BTreeSet<String> =
        books.iter().map(|(_, instrument)| instrument.underlying.clone()).collect();
    for security in others.into_iter().filter(|one| underlyings.contains(&one.book.symbol)) {
        let underlying = security.book.symbol.clone();
        books.push((security, Instrument { underlying, contract: Contract::Underlying }));
    }
    if books.iter().map(|(security, _)| security.fills).sum::<i64>() > MOST_FILLS {
        return Err(Error::TooManyFills { most: MOST_FILLS });
    }
    let mut all = Vec::new();
    for (security, instrument) in books {
        let trips = trips(&mut *tx, user, account, &security.book).await?;
        all.extend(trips.into_iter().filter_map(|trip| Holding::of(&security.book, &instrument, trip)));
    }
    let mut rules = Rules::default();
    if db::fills::has_days_for_times(tx, user, account.id).await? {
        rules.tolerance = None;
    }
    Ok(Holdings { all, unread: unread.into_iter().collect(), rules })
}

async fn trips(
    tx: &mut PgConnection,
    user: UserId,
    account: &Account,
    book: &Book,
) -> Result<Vec<MatchedTrip>> {
    let terms = terms(book.multiplier, account.matching);
    let (first, last) = (EventKey::first(), EventKey::last());
    let mut matching =
        Matching::new(account.id, terms, Resume::default()).detailing(vec![first.clone()..=last]);
    let mut reader = Reader::new((user, account.id), Arc::new(book.clone()), first, true);
    let mut trips = Vec::new();
    while let Some(page) = reader.next(tx).await? {
        for (event, asset_class) in &page {
            trips.extend(matching.apply(event, asset_class)?);
        }
    }
    trips.extend(matching.finish()?);
    Ok(trips)
}
