//! Brings fills up to date with all that is said about them: other versions, corrections and busts.
//!
//! Whoever calls holds the account's lock. What comes out depends on what is said, never on what was said first.

use crate::{
    db,
    domain::{
        fill::Fill,
        fill_record::{FillContent, FillRecord, RecordKind, settled},
        ids::{AccountId, ImportId},
    },
    error::Result,
    rebuild::Touched,
};
use identity::UserId;
use sqlx::PgConnection;
use std::collections::HashMap;
use time::OffsetDateTime;

/// Whose fills, and when.
#[derive(Clone, Copy, Debug)]
pub struct Amending {
    /// The owner.
    pub user: UserId,
    /// The account, locked.
    pub account: AccountId,
    /// The time at which records are kept.
    pub now: OffsetDateTime,
}

impl Amending {
    /// What a file tells of a fill, as a record.
    pub fn report(&self, fill: &Fill, import: Option<ImportId>, line: i64) -> FillRecord {
        FillRecord {
            account_id: self.account,
            kind: RecordKind::Report,
            record_id: fill.execution_id.clone(),
            refers_to: fill.execution_id.clone(),
            import_id: import,
            line,
            made_at: fill.executed_at,
            sequence: 0,
            content: FillContent::of(fill),
            reason: String::new(),
        }
    }

    /// Keeps what each import told of `fill`, before anything else is said about it: so far all told the same.
    pub async fn keep_reports(&self, tx: &mut PgConnection, fill: &Fill) -> Result<Vec<FillRecord>> {
        let mut reports: Vec<FillRecord> = Vec::new();
        for (import, line) in db::fill_records::sources(&mut *tx, self.user, fill.id).await? {
            reports.push(self.report(fill, Some(import), line));
        }
        if reports.is_empty() {
            reports.push(self.report(fill, None, fill.line));
        }
        db::fill_records::insert(&mut *tx, self.user, &reports, self.now).await?;
        Ok(reports)
    }

    /// Settles the fills that have one of these execution ids or references; tells how many changed.
    pub async fn settle(&self, tx: &mut PgConnection, names: &[&str], touched: &mut Touched) -> Result<u64> {
        let fills = db::fills::named(&mut *tx, self.user, self.account, names).await?;
        let all: Vec<&str> = fills.iter().flat_map(names_of).collect();
        let mut said: HashMap<String, Vec<FillRecord>> = HashMap::new();
        for record in db::fill_records::about(&mut *tx, self.user, self.account, &all).await? {
            said.entry(record.refers_to.clone()).or_default().push(record);
        }
        let mut changed = 0;
        for fill in &fills {
            let mut records: Vec<FillRecord> =
                names_of(fill).filter_map(|name| said.get(name)).flatten().cloned().collect();
            if !records.is_empty() && !records.iter().any(|record| record.kind == RecordKind::Report) {
                records.extend(self.keep_reports(&mut *tx, fill).await?);
            }
            let now = settled(fill, &records);
            if now == *fill {
                continue;
            }
            db::fills::settle(&mut *tx, self.user, &now).await?;
            touched.book(&fill.book, fill.key());
            touched.book(&now.book, now.key());
            changed += 1;
        }
        Ok(changed)
    }
}

/// The names by which others refer to a fill.
fn names_of(fill: &Fill) -> impl Iterator<Item = &str> {
    let reference = fill.reference.as_deref().filter(|reference| *reference != fill.execution_id);
    std::iter::once(fill.execution_id.as_str()).chain(reference)
}
