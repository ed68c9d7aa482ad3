//! Puts the file's own figures beside the journal's.

use super::contents::Contents;
use crate::{
    db,
    domain::{
        ids::AccountId,
        reconciliation::{Comparison, Item, compare as figures},
    },
};
use formats::Stated;
use identity::UserId;
use ledger::Decimal;
use sqlx::PgConnection;
use std::collections::{BTreeMap, BTreeSet};

/// One line for each figure that the file states, in the order commissions, profits, positions.
pub(super) async fn compare(
    tx: &mut PgConnection,
    user: UserId,
    account: AccountId,
    stated: &Stated,
    contents: &Contents,
) -> sqlx::Result<Vec<Comparison>> {
    let mut lines = Vec::new();
    for (currency, file) in &stated.commissions {
        let journal = contents.commissions.get(currency).copied().unwrap_or_default();
        lines.push(figures(Item::Commissions, currency, Some(*file), journal));
    }
    let Some(span) = contents.span else { return Ok(lines) };
    if !(stated.gross_pnl.is_empty() && stated.net_pnl.is_empty()) {
        let realised = db::trades::realised_within(&mut *tx, user, account, &contents.books, span).await?;
        for (item, file) in [(Item::GrossPnl, &stated.gross_pnl), (Item::NetPnl, &stated.net_pnl)] {
            for (currency, file) in file {
                let journal = realised.get(currency).copied().unwrap_or_default();
                let journal = if item == Item::GrossPnl { journal.gross } else { journal.net };
                lines.push(figures(item, currency, Some(*file), journal));
            }
        }
    }
    if !stated.positions.is_empty() {
        lines.extend(positions(tx, user, account, stated, contents).await?);
    }
    Ok(lines)
}

/// The positions that the file states, and those that its fills leave open without a word of it.
async fn positions(
    tx: &mut PgConnection,
    user: UserId,
    account: AccountId,
    stated: &Stated,
    contents: &Contents,
) -> sqlx::Result<Vec<Comparison>> {
    let Some((_, last)) = contents.span else { return Ok(Vec::new()) };
    let mut file: BTreeMap<&str, Decimal> = BTreeMap::new();
    for position in &stated.positions {
        let sum = file.entry(&position.symbol).or_default();
        *sum = sum.checked_add(position.quantity).unwrap_or(*sum);
    }
    let symbols: BTreeSet<&str> =
        file.keys().copied().chain(contents.books.iter().map(|book| book.symbol.as_str())).collect();
    let symbols: Vec<&str> = symbols.into_iter().collect();
    let journal = db::fills::positions_at(tx, user, account, &symbols, last).await?;
    let lines = symbols.into_iter().map(|symbol| {
        let journal = journal.get(symbol).copied().unwrap_or_default();
        figures(Item::OpenPosition, symbol, file.get(symbol).copied(), journal)
    });
    Ok(lines.filter(|line| !(line.file.is_empty() && line.agrees)).collect())
}
