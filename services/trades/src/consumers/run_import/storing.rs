//! Puts batches of fills into the journal: new ones are stored, known ones compared.

mod deliveries;
mod events;
mod rates;

use super::{
    contents::Contents,
    reading::{Batch, Delivery},
};
use crate::{
    amend::Amending,
    db::{self, fill_sightings::Sighting, imports::Upload},
    domain::{
        event::EventKey,
        fill::{Book, Difference, Fill},
        fill_record::FillRecord,
        ids::{FillId, ImportId},
        import::{Diagnostic, Diagnostics, EventCounts, FillCounts},
    },
    error::Result,
    rebuild::Touched,
};
use identity::UserId;
use rates::Currencies;
use sqlx::PgConnection;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use time::OffsetDateTime;

/// What the fills of a file did to the journal so far.
pub struct Storing<'a> {
    user: UserId,
    upload: &'a Upload,
    /// The fills, by what was known of them.
    pub counts: FillCounts,
    /// What stands beside them, likewise.
    pub events: EventCounts,
    /// The books that got new fills.
    pub touched: Touched,
    /// What the fills come to.
    pub(super) contents: Contents,
    /// Fills that are known with other content.
    pub conflicts: Diagnostics,
    /// What the use of options moved, which some file has to bring as a trade.
    deliveries: Vec<Delivery>,
    amending: Amending,
    /// The names of fills about which this file says something beside others.
    amended: BTreeSet<String>,
    /// The executions that close something, as the broker says.
    closing: Vec<String>,
    /// Of each book the first sale of which the file does not say whether it opens or closes.
    selling: BTreeMap<Book, EventKey>,
    /// The first fill in each currency.
    currencies: Currencies,
}

/// Fills settled by one step.
const SETTLED_AT_ONCE: usize = 2_000;

impl<'a> Storing<'a> {
    /// Nothing is stored yet.
    pub fn new(user: UserId, upload: &'a Upload, now: OffsetDateTime) -> Self {
        Self {
            user,
            upload,
            counts: FillCounts::default(),
            events: EventCounts::default(),
            touched: Touched::default(),
            contents: Contents::default(),
            conflicts: Diagnostics::default(),
            amending: Amending { user, account: upload.account_id, now },
            amended: BTreeSet::new(),
            closing: Vec::new(),
            selling: BTreeMap::new(),
            currencies: Currencies::default(),
            deliveries: Vec::new(),
        }
    }

    /// Stores what is new of a batch, and tells of what is known with other content.
    pub async fn store(&mut self, tx: &mut PgConnection, batch: Batch) -> Result<()> {
        let Batch { fills, events, busts, closing, selling, excursions, deliveries } = batch;
        self.deliveries.extend(deliveries);
        self.closing.extend(closing);
        for (book, sale) in selling {
            let first = self.selling.entry(book).or_insert_with(|| sale.clone());
            if sale < *first {
                *first = sale;
            }
        }
        self.store_events(&mut *tx, &events).await?;
        self.store_busts(&mut *tx, &busts).await?;
        self.store_fills(&mut *tx, fills).await?;
        if !excursions.is_empty() {
            let (user, account, import) = (self.user, self.upload.account_id, self.upload.id);
            let told = db::fill_excursions::tell(tx, user, account, import, &excursions).await?;
            self.touched.excursions(told);
        }
        Ok(())
    }

    async fn store_fills(&mut self, tx: &mut PgConnection, fills: Vec<Fill>) -> Result<()> {
        let (user, account) = (self.user, self.upload.account_id);
        self.currencies.see(&fills);
        let new = db::fills::insert_new(&mut *tx, user, account, Some(self.upload.id), &fills).await?;
        let (new, others): (Vec<Fill>, Vec<Fill>) =
            fills.into_iter().partition(|fill| new.contains(&fill.id));
        self.counts.new += new.len() as u64;
        for fill in &new {
            self.touched.book(&fill.book, fill.key());
            self.contents.add(fill);
        }
        self.find_amended(&mut *tx, &new).await?;
        if others.is_empty() { Ok(()) } else { self.compare(tx, &others).await }
    }

    /// Corrections and busts may have come before the fills that they are about.
    async fn find_amended(&mut self, tx: &mut PgConnection, new: &[Fill]) -> Result<()> {
        let names = new.iter().flat_map(|fill| [Some(&fill.execution_id), fill.reference.as_ref()]);
        let names: Vec<&str> = names.flatten().map(String::as_str).collect();
        self.amended.extend(db::fill_records::named(tx, self.user, self.upload.account_id, &names).await?);
        Ok(())
    }

    /// Compares fills with those that are known under their ids. What a file tells otherwise is kept beside the others.
    async fn compare(&mut self, tx: &mut PgConnection, fills: &[Fill]) -> Result<()> {
        let (user, account, import) = (self.user, self.upload.account_id, self.upload.id);
        let ids: Vec<&str> = fills.iter().map(|fill| fill.execution_id.as_str()).collect();
        let stored = db::fills::known(&mut *tx, user, account, &ids).await?;
        let stored: HashMap<&str, &Fill> =
            stored.iter().map(|fill| (fill.execution_id.as_str(), fill)).collect();
        let contested = db::fill_records::named(&mut *tx, user, account, &ids).await?;
        let mut contested: HashSet<String> = contested.into_iter().collect();
        let mut again: BTreeMap<FillId, Sighting> = BTreeMap::new();
        let mut repeated: BTreeMap<FillId, Sighting> = BTreeMap::new();
        let mut reports: Vec<FillRecord> = Vec::new();
        for fill in fills {
            let Some(&known) = stored.get(fill.execution_id.as_str()) else { continue };
            let differences = known.differences(fill);
            if !differences.is_empty() && contested.insert(fill.execution_id.clone()) {
                self.amending.keep_reports(&mut *tx, known).await?;
            }
            if contested.contains(&fill.execution_id) {
                reports.push(self.amending.report(fill, Some(import), fill.line));
                self.amended.insert(fill.execution_id.clone());
            }
            self.count(fill, known, &differences);
            let seen = if known.import_id == Some(import) { &mut repeated } else { &mut again };
            let sighting = Sighting { fill: known.id, line: fill.line, sequence: fill.sequence };
            let first = seen.entry(known.id).or_insert(sighting);
            first.sequence = first.sequence.min(fill.sequence);
            if known.import_id != Some(import) {
                self.contents.add(known);
            }
        }
        db::fill_records::insert(&mut *tx, user, &reports, self.amending.now).await?;
        self.see(tx, again.into_values().collect(), repeated.into_values().collect()).await
    }

    /// Notes that fills were seen again, in this file or in another one: the least of all orders counts.
    async fn see(
        &mut self,
        tx: &mut PgConnection,
        again: Vec<Sighting>,
        repeated: Vec<Sighting>,
    ) -> Result<()> {
        let user = self.user;
        db::fill_sightings::insert(&mut *tx, user, self.upload.id, &again).await?;
        db::fill_sightings::repeat(&mut *tx, user, &repeated).await?;
        let seen: Vec<FillId> = again.iter().chain(&repeated).map(|sighting| sighting.fill).collect();
        for (book, key) in db::fill_sightings::settle_order(&mut *tx, user, &seen).await? {
            self.touched.book(&book, key);
        }
        Ok(())
    }

    fn count(&mut self, fill: &Fill, known: &Fill, differences: &[Difference]) {
        if differences.is_empty() {
            self.counts.known += 1;
        } else {
            self.counts.changed += 1;
            self.conflicts.add(conflict(fill, known, self.upload.id, differences));
        }
    }

    /// Settles the fills about which more than one thing is said now, after the last batch.
    pub async fn settle(&mut self, tx: &mut PgConnection) -> Result<()> {
        let amended: Vec<String> = std::mem::take(&mut self.amended).into_iter().collect();
        for names in amended.chunks(SETTLED_AT_ONCE) {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            self.amending.settle(&mut *tx, &names, &mut self.touched).await?;
        }
        Ok(())
    }
}

fn conflict(fill: &Fill, known: &Fill, import: ImportId, differences: &[Difference]) -> Diagnostic {
    let told: Vec<String> = differences
        .iter()
        .map(|difference| format!("{} {} (here {})", difference.field, difference.stored, difference.other))
        .collect();
    let place = if known.import_id == Some(import) {
        format!("line {} of this file", known.line)
    } else if known.import_id.is_some() {
        "an earlier import".to_owned()
    } else {
        "an entry by hand".to_owned()
    };
    Diagnostic {
        line: u64::try_from(fill.line).unwrap_or_default(),
        column: String::new(),
        severity: "warning".to_owned(),
        code: "conflict".to_owned(),
        message: format!(
            "Execution {} is known from {place} with {}. Of several versions the same one always counts, whichever came first.",
            fill.execution_id,
            told.join(", "),
        ),
    }
}
