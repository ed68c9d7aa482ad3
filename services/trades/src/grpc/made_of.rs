//! What a trade is made of: its fills, events and legs.

use crate::{
    db,
    domain::{
        account::Account,
        event::{AccountEvent, EventKind},
        exchange::Exchange,
        fill::Fill,
        matching::{self, terms},
        regrouping::Cut,
        trade,
    },
    error::Result,
};
use identity::UserId;
use ledger::{
    BookStatement, Event, Fraction, LedgerError, Leg, Method,
    regroup::{Regrouping, Split, Trade},
};
use sqlx::PgConnection;
use std::collections::{BTreeMap, BTreeSet};

/// What a trade is made of.
pub(super) struct MadeOf {
    /// In order.
    pub(super) fills: Vec<Fill>,
    /// Splits, cash, expiries and exercises, in order.
    pub(super) events: Vec<AccountEvent>,
    /// The round trips of the trade, or the one that it is a part of.
    pub(super) book: BookStatement,
    /// Positions in the book.
    pub(super) legs: Vec<usize>,
    /// Its net in the account's currency, as far as an exchange told the rates.
    pub(super) net_in_account: Fraction,
}

impl MadeOf {
    /// The legs.
    pub(super) fn legs(&self) -> impl Iterator<Item = &Leg> {
        self.legs.iter().filter_map(|leg| self.book.matched.legs.get(*leg))
    }
}

/// Reads and matches again what a trade is made of. With an exchange its net is told in the account's currency too.
pub(super) async fn made_of(
    tx: &mut PgConnection,
    user: UserId,
    account: &Account,
    trade: &trade::Trade,
    exchange: Option<&mut Exchange>,
) -> Result<MadeOf> {
    let (opening, closing) = (&trade.round_trip.opening, trade.round_trip.closing.as_ref());
    let fills = db::fills::of_trade(&mut *tx, user, account.id, &trade.book, opening, closing).await?;
    let events =
        db::account_events::of_trade(&mut *tx, user, account.id, &trade.book, opening, closing).await?;
    let book = matched(trade, &fills, &events, account.matching, exchange)?;
    let legs = (0..book.matched.legs.len()).collect();
    let net_in_account = book.matched.round_trips.iter().map(|trip| &trip.net_in_account).sum();
    let whole = MadeOf { fills, events, book, legs, net_in_account };
    let Some(regrouping) = trade.round_trip.regrouping else { return Ok(whole) };
    match db::regroupings::find(tx, user, regrouping).await?.map(|regrouping| regrouping.cut) {
        Some(Cut::Split(split)) => Ok(part(whole, split, trade.round_trip.part.as_deref())),
        Some(Cut::Merge(_)) | None => Ok(whole),
    }
}

fn matched(
    trade: &trade::Trade,
    fills: &[Fill],
    events: &[AccountEvent],
    method: Method,
    exchange: Option<&mut Exchange>,
) -> Result<BookStatement, LedgerError> {
    let trip = &trade.round_trip;
    let mut ordered: Vec<Event> = fills.iter().map(|fill| Event::Fill(fill.to_ledger())).collect();
    ordered.extend(events.iter().map(AccountEvent::to_ledger));
    ordered.sort_by(|left, right| left.key().cmp(&right.key()));
    let terms = terms(trade.book.multiplier, method);
    matching::statement(terms, trip.opening_closed_quantity.clone(), trip.direction, &ordered, exchange)
}

/// Of a round trip the part that begins with an execution, or the first one. Cash belongs to the last part.
fn part(whole: MadeOf, split: Split, begins: Option<&str>) -> MadeOf {
    let books = BTreeMap::from([((), whole.book.clone())]);
    let mut parts = Regrouping { merges: Vec::new(), splits: vec![split] }.apply(&books).trades;
    // What a flip at the end has opened is another trade.
    parts.retain(|part| part.round_trips.start == 0);
    let last = parts.len().saturating_sub(1);
    let wanted = |part: &Trade<()>| part.id.part.as_deref() == begins;
    let Some((place, part)) = parts.into_iter().enumerate().find(|(_, part)| wanted(part)) else {
        return whole;
    };
    let taken = executions(&whole.book, &part);
    let belongs = |event: &AccountEvent| match event.kind {
        EventKind::Cash { .. } | EventKind::Split { .. } => place == last,
        EventKind::Expiry { .. } | EventKind::Exercise { .. } => taken.contains(&event.event_id),
    };
    MadeOf {
        fills: whole.fills.into_iter().filter(|fill| taken.contains(&fill.execution_id)).collect(),
        events: whole.events.into_iter().filter(belongs).collect(),
        book: whole.book,
        legs: part.legs,
        net_in_account: part.sums.net_in_account,
    }
}

/// The ids of what took part in a trade.
fn executions(book: &BookStatement, trade: &Trade<()>) -> BTreeSet<String> {
    let legs = trade.legs.iter().filter_map(|leg| book.matched.legs.get(*leg));
    let lots = trade.open_lots.iter().filter_map(|lot| book.matched.open_lots.get(*lot));
    let positions = legs.flat_map(|leg| [leg.opening, leg.closing]).chain(lots.map(|lot| lot.opening));
    positions.filter_map(|position| book.executions.get(position)).map(|one| one.id.clone()).collect()
}
