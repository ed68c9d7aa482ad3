//! Makes merges and splits of trades, and takes them back.

use crate::{
    db,
    domain::{
        ids::RegroupingId,
        regrouping::{Cut, MOST_REGROUPINGS, Regrouping},
    },
    error::{Error, Result},
    progress::Progress,
    rebuild::{Cause, Touched, part_entries, rebuild},
};
use sqlx::PgConnection;
use uuid::Uuid;

/// Keeps a merge or a split and rebuilds the trades concerned; one that does not hold is an error, and nothing of what the
/// transaction did must stay.
pub async fn make(tx: &mut PgConnection, cause: Cause<'_>, cut: Cut) -> Result<Regrouping> {
    let (user, account) = (cause.user, cause.account.id);
    if db::regroupings::count(&mut *tx, user, account).await? >= MOST_REGROUPINGS {
        return Err(Error::TooManyRegroupings);
    }
    let regrouping = Regrouping {
        id: RegroupingId(Uuid::now_v7()),
        account_id: account,
        cut,
        created_at: cause.now,
        void: None,
    };
    db::regroupings::insert(&mut *tx, user, &regrouping).await?;
    let mut touched = Touched::default();
    touched.regrouping(&mut *tx, user, &regrouping).await?;
    rebuild(&mut *tx, cause, touched, &Progress::default()).await?;
    let made = db::regroupings::find(&mut *tx, user, regrouping.id).await?;
    match made.ok_or(Error::NotFound("regrouping"))? {
        Regrouping { void: Some(void), cut, .. } => Err(Error::CannotRegroup { cut: cut.name(), void }),
        made @ Regrouping { void: None, .. } => Ok(made),
    }
}

/// Forgets a merge or a split and rebuilds the trades concerned.
pub async fn take_back(tx: &mut PgConnection, cause: Cause<'_>, regrouping: &Regrouping) -> Result<()> {
    if let Some(kept) = db::regroupings::kept(&mut *tx, cause.user, regrouping.id).await? {
        part_entries(&mut *tx, cause, regrouping.id, kept).await?;
    }
    let mut touched = Touched::default();
    touched.regrouping(&mut *tx, cause.user, regrouping).await?;
    db::regroupings::delete(&mut *tx, cause.user, regrouping.id).await?;
    rebuild(tx, cause, touched, &Progress::default()).await?;
    Ok(())
}
