//! Keeps the exchange rates of a file.

use super::Storing;
use crate::{
    db,
    domain::{
        import::Diagnostic,
        rate::{MOST, Rate},
    },
    error::Result,
};
use sqlx::PgConnection;

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
            self.conflicts.add(Diagnostic {
                line: 0,
                column: String::new(),
                severity: "warning".to_owned(),
                code: "too-many-rates".to_owned(),
                message: format!(
                    "There are {MOST} exchange rates now, as many as there may be: those of this file that are new beyond that are left \
                     out. Delete some that are not needed any more (DELETE /v1/rates)."
                ),
            });
        }
        Ok(())
    }
}
