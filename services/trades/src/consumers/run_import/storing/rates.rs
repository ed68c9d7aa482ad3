//! Keeps the exchange rates of a file, and tells of those that its trades lack.

use super::Storing;
use crate::{
    db,
    domain::{
        fill::Fill,
        import::Diagnostic,
        rate::{MOST, Pair, Rate},
    },
    error::Result,
};
use sqlx::PgConnection;
use std::collections::BTreeMap;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// Currencies that are told of: no file means more.
const MOST_CURRENCIES: usize = 50;

/// When the first fill of each currency was traded, and its line.
#[derive(Debug, Default)]
pub(super) struct Currencies(BTreeMap<String, (OffsetDateTime, i64)>);

impl Currencies {
    pub(super) fn see(&mut self, fills: &[Fill]) {
        for fill in fills {
            let place = (fill.executed_at, fill.line);
            if let Some(first) = self.0.get_mut(&fill.book.currency) {
                *first = place.min(*first);
            } else if self.0.len() < MOST_CURRENCIES {
                self.0.insert(fill.book.currency.clone(), place);
            }
        }
    }
}

impl Storing<'_> {
    /// Stores the rates that are new, as far as the user may have more. What is known stays as it is: the user's own rates, and
    /// those of files that came before.
    pub async fn store_rates(&mut self, tx: &mut PgConnection, rates: &[Rate]) -> Result<()> {
        if rates.is_empty() {
            return Ok(());
        }
        db::exchange_rates::lock(&mut *tx, self.user).await?;
        let room = MOST - db::exchange_rates::count(&mut *tx, self.user).await?;
        let added = db::exchange_rates::add(tx, self.user, rates, room.max(0)).await?;
        if i64::try_from(added).is_ok_and(|added| added >= room) {
            let message = format!(
                "There are {MOST} exchange rates now, as many as there may be: those of this file that are new beyond that are left \
                 out. Delete some that are not needed any more (DELETE /v1/rates)."
            );
            self.say(0, "warning", "too-many-rates", message);
        }
        Ok(())
    }

    /// Tells of currencies that cannot be told in the account's from their first fill on.
    pub async fn prompt_for_rates(&mut self, tx: &mut PgConnection, account: &str) -> Result<()> {
        let currencies = std::mem::take(&mut self.currencies.0);
        for (from, (first, line)) in currencies.into_iter().filter(|(from, _)| from != account) {
            let pair = Pair { from, to: account.to_owned() };
            if db::exchange_rates::is_known(&mut *tx, self.user, &pair, first).await? {
                continue;
            }
            let (from, to, at) = (pair.from, pair.to, first.format(&Rfc3339).unwrap_or_default());
            let message = format!(
                "There is no rate from {from} to {to}, the account's currency, at {at}: trades in {from} are told in {from} only until \
                 there is one (PUT /v1/rates)."
            );
            self.say(line, "info", "no-rate", message);
        }
        Ok(())
    }

    fn say(&mut self, line: i64, severity: &str, code: &str, message: String) {
        self.conflicts.add(Diagnostic {
            line: u64::try_from(line).unwrap_or_default(),
            column: String::new(),
            severity: severity.to_owned(),
            code: code.to_owned(),
            message,
        });
    }
}
