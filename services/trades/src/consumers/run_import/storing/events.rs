//! Puts what stands beside the fills into the journal.

use super::Storing;
use crate::{
    db,
    domain::{event::AccountEvent, fill_record::FillRecord, ids::EventId, import::Diagnostic},
    error::Result,
};
use sqlx::PgConnection;
use std::collections::HashMap;

impl Storing<'_> {
    /// Stores what is new of `events`, and tells of what is known with other content.
    pub(super) async fn store_events(
        &mut self,
        tx: &mut PgConnection,
        events: &[AccountEvent],
    ) -> Result<()> {
        if events.is_empty() {
            return Ok(());
        }
        let (user, account, import) = (self.user, self.upload.account_id, self.upload.id);
        let new = db::account_events::insert_new(&mut *tx, user, account, Some(import), events).await?;
        let (new, others): (Vec<&AccountEvent>, Vec<&AccountEvent>) =
            events.iter().partition(|event| new.contains(&event.id));
        self.events.new += new.len() as u64;
        self.events.known += others.len() as u64;
        for event in new {
            if let Some(symbol) = &event.symbol {
                self.touched.symbol(symbol, event.key());
            }
        }
        let ids: Vec<&str> = others.iter().map(|event| event.event_id.as_str()).collect();
        let stored = db::account_events::known(&mut *tx, user, account, &ids).await?;
        let stored: HashMap<&str, &AccountEvent> =
            stored.iter().map(|event| (event.event_id.as_str(), event)).collect();
        let mut sightings: Vec<(EventId, i64)> = Vec::new();
        for event in others {
            let Some(&known) = stored.get(event.event_id.as_str()) else { continue };
            let differences = known.differences(event);
            if !differences.is_empty() {
                self.conflicts.add(conflict(event, &differences));
            }
            if known.import_id != Some(import) {
                sightings.push((known.id, event.line));
            }
        }
        db::account_events::see(&mut *tx, user, import, &sightings).await?;
        Ok(())
    }

    /// Keeps the busts; they apply after the last batch, whichever file brought what they are about.
    pub(super) async fn store_busts(&mut self, tx: &mut PgConnection, busts: &[FillRecord]) -> Result<()> {
        if busts.is_empty() {
            return Ok(());
        }
        let known = db::fill_records::known(&mut *tx, self.user, self.upload.account_id, busts).await?;
        self.events.known += known;
        self.events.new += (busts.len() as u64).saturating_sub(known);
        db::fill_records::insert(tx, self.user, busts, self.amending.now).await?;
        self.amended.extend(busts.iter().map(|bust| bust.refers_to.clone()));
        Ok(())
    }

    /// Tells of executions that close something, as the broker says, but opened a trade: what they close is missing.
    pub async fn prompt_for_openings(&mut self, tx: &mut PgConnection) -> Result<()> {
        let closing: Vec<&str> = self.closing.iter().map(String::as_str).collect();
        let (user, account) = (self.user, self.upload.account_id);
        for opened in db::trades::opened_by(&mut *tx, user, account, &closing).await? {
            let side = if opened.side == "short" { "buy" } else { "sell" };
            self.conflicts.add(Diagnostic {
                line: u64::try_from(opened.line).unwrap_or_default(),
                column: String::new(),
                severity: "warning".to_owned(),
                code: "missing-opening".to_owned(),
                message: format!(
                    "Execution {} closes {} of {}, but the journal has nothing open: import the file that opened it, or enter \
                     its opening lot (POST /v1/fills with kind opening, side {side}, quantity {}, the price it cost and an \
                     earlier time).",
                    opened.execution_id, opened.missing, opened.symbol, opened.missing,
                ),
            });
        }
        self.tell_of_first_sales(tx).await
    }

    /// Tells of sales with which the whole history of an instrument begins: short, or of what was bought before.
    async fn tell_of_first_sales(&mut self, tx: &mut PgConnection) -> Result<()> {
        let sales: Vec<&str> = self.selling.values().map(|sale| sale.id.as_str()).collect();
        for opened in db::trades::opened_by(tx, self.user, self.upload.account_id, &sales).await? {
            if !opened.first_of_book {
                continue;
            }
            self.conflicts.add(Diagnostic {
                line: u64::try_from(opened.line).unwrap_or_default(),
                column: String::new(),
                severity: "info".to_owned(),
                code: "assumed-short".to_owned(),
                message: format!(
                    "Execution {} sells {} of {}, of which the journal has no purchase: it is taken as a short sale. If it was \
                     bought earlier, import the file that says so, or enter its opening lot (POST /v1/fills with kind opening, \
                     side buy, quantity {}, the price it cost and an earlier time).",
                    opened.execution_id, opened.missing, opened.symbol, opened.missing,
                ),
            });
        }
        Ok(())
    }
}

fn conflict(event: &AccountEvent, differences: &[(&'static str, String, String)]) -> Diagnostic {
    let told: Vec<String> =
        differences.iter().map(|(field, stored, other)| format!("{field} {stored} (here {other})")).collect();
    Diagnostic {
        line: u64::try_from(event.line).unwrap_or_default(),
        column: String::new(),
        severity: "warning".to_owned(),
        code: "conflict".to_owned(),
        message: format!("{} is known with {}; it stays as it was stored.", event.event_id, told.join(", ")),
    }
}
