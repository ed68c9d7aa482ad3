//! Looks for the trades in underlyings that the use of options brought about.

use super::Storing;
use crate::{
    consumers::run_import::reading::Delivery,
    db::{self, fills::Sought},
    domain::{fill::side_name, import::Diagnostic},
    error::Result,
};
use ledger::{Decimal, Side};
use sqlx::PgConnection;
use std::collections::BTreeMap;
use time::Duration;

/// Brokers book what was delivered up to so long before or after the use of the option.
const NEAR: Duration = Duration::days(5);
/// Units of the underlying for a contract of which the journal has no execution.
const USUAL_UNITS: i64 = 100;

/// The deliveries of one underlying, side and strike together: brokers may book them as one trade.
type Together<'a> = BTreeMap<(&'a str, &'static str, Decimal), Vec<&'a Delivery>>;

impl Storing<'_> {
    /// Tells of options that were assigned or exercised, when the journal lacks the trade in the underlying: which one to enter.
    pub async fn prompt_for_deliveries(&mut self, tx: &mut PgConnection) -> Result<()> {
        let deliveries = std::mem::take(&mut self.deliveries);
        let mut together = Together::new();
        for delivery in &deliveries {
            let key = (delivery.underlying.as_str(), side_name(delivery.side), delivery.strike);
            together.entry(key).or_default().push(delivery);
        }
        for group in together.into_values() {
            self.look_for(&mut *tx, &group).await?;
        }
        Ok(())
    }

    async fn look_for(&mut self, tx: &mut PgConnection, group: &[&Delivery]) -> Result<()> {
        let (user, account) = (self.user, self.upload.account_id);
        let Some(last) = group.iter().max_by_key(|delivery| delivery.at) else { return Ok(()) };
        let first = group.iter().map(|delivery| delivery.at).min().unwrap_or(last.at);
        let mut due = Decimal::ZERO;
        for delivery in group {
            let units = db::fills::multiplier_of(&mut *tx, user, account, &delivery.option).await?;
            let units = units.unwrap_or_else(|| Decimal::from(USUAL_UNITS));
            due = delivery.contracts.checked_mul(units).and_then(|more| due.checked_add(more)).unwrap_or(due);
        }
        let sought = Sought {
            symbol: &last.underlying,
            side: last.side,
            price: last.strike,
            from: first - NEAR,
            to: last.at + NEAR,
        };
        let there = db::fills::traded(tx, user, account, &sought).await?;
        if let Some(missing) = due.checked_sub(there).filter(Decimal::is_positive) {
            self.conflicts.add(missing_delivery(last, missing));
        }
        Ok(())
    }
}

fn missing_delivery(delivery: &Delivery, missing: Decimal) -> Diagnostic {
    let Delivery { option, underlying, strike, side, .. } = delivery;
    let moved = if *side == Side::Buy { "bought" } else { "sold" };
    Diagnostic {
        line: delivery.line,
        column: String::new(),
        severity: "warning".to_owned(),
        code: "missing-delivery".to_owned(),
        message: format!(
            "{option} was used and {moved} {missing} of {underlying} at {strike}, which the journal does not have: import the file \
             that has it, or enter it (POST /v1/fills with symbol {underlying}, side {}, quantity {missing}, price {strike}), \
             unless it was settled in cash.",
            side_name(*side),
        ),
    }
}
