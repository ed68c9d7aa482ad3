//! The purchases and sales of one security.

use crate::{
    db::{
        self,
        fills::{Security, Start},
    },
    domain::{
        account::Account,
        event::EventKey,
        instant,
        tax::{Reason, View},
    },
};
use identity::UserId;
use ledger::{Decimal, tax::Transaction};
use sqlx::PgConnection;

/// Fills read at once.
const PAGE: i64 = 5_000;

/// Why a view cannot take a security, whatever was traded in it.
pub(super) fn refusal(view: View, security: &Security) -> Option<Reason> {
    let other = security.asset_classes.iter().find(|class| !view.takes(class));
    match other {
        Some(class) => Some(Reason::AssetClass(class.clone())),
        None if security.book.multiplier != Decimal::ONE => Some(Reason::Multiplier),
        None if security.was_split => Some(Reason::StockSplit),
        None => None,
    }
}

/// All that was bought and sold of it, in order, each on the day of the account's clock.
pub(super) async fn transactions(
    tx: &mut PgConnection,
    user: UserId,
    account: &Account,
    security: &Security,
) -> sqlx::Result<Result<Vec<Transaction>, Reason>> {
    let zone = account.zone();
    let mut start = Some(Start::At(EventKey::first()));
    let mut all = Vec::new();
    while let Some(from) = start.take() {
        let page = db::fills::of_book(&mut *tx, user, account.id, &security.book, &from, PAGE).await?;
        let full = i64::try_from(page.len()) == Ok(PAGE);
        for (fill, _) in &page {
            let Some(transaction) = Transaction::of(fill, instant::day_in(&zone, fill.time)) else {
                return Ok(Err(Reason::BeyondExactNumbers(fill.execution_id.clone())));
            };
            all.push(transaction);
        }
        start = page
            .into_iter()
            .next_back()
            .filter(|_| full)
            .map(|(fill, _)| Start::Behind(EventKey::of(&ledger::Event::Fill(fill))));
    }
    Ok(Ok(all))
}
