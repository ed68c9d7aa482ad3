//! Puts batches of fills into the journal: new ones are stored, known ones compared.

use super::contents::Contents;
use crate::{
    db::{self, imports::Upload},
    domain::{
        fill::{Difference, Fill},
        ids::{FillId, ImportId},
        import::{Diagnostic, Diagnostics, FillCounts},
    },
    error::Result,
    rebuild::Touched,
};
use identity::UserId;
use sqlx::PgConnection;
use std::collections::HashMap;

/// What the fills of a file did to the journal so far.
pub(super) struct Storing<'a> {
    user: UserId,
    upload: &'a Upload,
    /// The fills, by what was known of them.
    pub(super) counts: FillCounts,
    /// The books that got new fills.
    pub(super) touched: Touched,
    /// What the fills come to.
    pub(super) contents: Contents,
    /// Fills that are known with other content.
    pub(super) conflicts: Diagnostics,
}

impl<'a> Storing<'a> {
    pub(super) fn new(user: UserId, upload: &'a Upload) -> Self {
        Self {
            user,
            upload,
            counts: FillCounts::default(),
            touched: Touched::default(),
            contents: Contents::default(),
            conflicts: Diagnostics::default(),
        }
    }

    /// Stores what is new of `fills`, and tells of what is known with other content.
    pub(super) async fn store(&mut self, tx: &mut PgConnection, fills: Vec<Fill>) -> Result<()> {
        let (user, account) = (self.user, self.upload.account_id);
        let new = db::fills::insert_new(&mut *tx, user, account, self.upload.id, &fills).await?;
        let (new, others): (Vec<Fill>, Vec<Fill>) =
            fills.into_iter().partition(|fill| new.contains(&fill.id));
        self.counts.new += new.len() as u64;
        for fill in &new {
            self.touched.book(&fill.book, fill.key());
            self.contents.add(fill);
        }
        if others.is_empty() { Ok(()) } else { self.compare(tx, &others).await }
    }

    async fn compare(&mut self, tx: &mut PgConnection, fills: &[Fill]) -> Result<()> {
        let (user, account, import) = (self.user, self.upload.account_id, self.upload.id);
        let ids: Vec<&str> = fills.iter().map(|fill| fill.execution_id.as_str()).collect();
        let stored = db::fills::known(&mut *tx, user, account, &ids).await?;
        let stored: HashMap<&str, &Fill> =
            stored.iter().map(|fill| (fill.execution_id.as_str(), fill)).collect();
        let mut sightings: Vec<(FillId, i64)> = Vec::new();
        for fill in fills {
            let Some(&known) = stored.get(fill.execution_id.as_str()) else { continue };
            let differences = known.differences(fill);
            if differences.is_empty() {
                self.counts.known += 1;
            } else {
                self.counts.changed += 1;
                self.conflicts.add(conflict(fill, known, import, &differences));
            }
            if known.import_id != import {
                sightings.push((known.id, fill.line));
                self.contents.add(known);
            }
        }
        db::fill_sightings::insert(&mut *tx, user, import, &sightings).await?;
        Ok(())
    }
}

fn conflict(fill: &Fill, known: &Fill, import: ImportId, differences: &[Difference]) -> Diagnostic {
    let told: Vec<String> = differences
        .iter()
        .map(|difference| format!("{} {} (here {})", difference.field, difference.stored, difference.other))
        .collect();
    let place = if known.import_id == import {
        format!("line {} of this file", known.line)
    } else {
        "an earlier import".to_owned()
    };
    Diagnostic {
        line: u64::try_from(fill.line).unwrap_or_default(),
        column: String::new(),
        severity: "warning".to_owned(),
        code: "conflict".to_owned(),
        message: format!(
            "Execution {} is known from {place} with {}; it stays as it was stored.",
            fill.execution_id,
            told.join(", "),
        ),
    }
}
