//! Takes back what an import brought.

use crate::{
    amend::Amending,
    db,
    domain::ids::ImportId,
    error::Result,
    progress::Progress,
    rebuild::{Cause, Rebuilt, Touched, rebuild},
};
use sqlx::PgConnection;

/// What was taken back.
#[derive(Debug)]
pub struct TakenBack {
    /// Fills that are gone.
    pub fills_removed: u64,
    /// Fills that another import brought as well: they belong to that one now.
    pub fills_kept: u64,
    /// What that did to the trades.
    pub rebuilt: Rebuilt,
}

/// Takes back the fills and events of `import` that no other completed import brought, and rebuilds the books they stood
/// in.
pub async fn take_back(tx: &mut PgConnection, cause: Cause<'_>, import: ImportId) -> Result<TakenBack> {
    let (user, account) = (cause.user, cause.account.id);
    let mut touched = Touched::default();
    let brought = db::fill_sightings::brought_by(&mut *tx, user, import).await?;
    let fills_kept = db::fills::hand_over(&mut *tx, user, import).await?;
    db::account_events::hand_over(&mut *tx, user, import).await?;
    for (book, key) in db::fills::touched_by(&mut *tx, user, import).await? {
        touched.book(&book, key);
    }
    for (symbol, key) in db::account_events::touched_by(&mut *tx, user, import).await? {
        touched.symbol(&symbol, key);
    }
    touched.excursions(db::fill_excursions::delete_of_import(&mut *tx, user, import).await?);
    let fills_removed = db::fills::delete_of_import(&mut *tx, user, import).await?;
    db::fill_sightings::delete_of_import(&mut *tx, user, import).await?;
    touched.remove_flows(db::account_events::delete_of_import(&mut *tx, user, import).await?);
    let unsaid = db::fill_records::delete_of_import(&mut *tx, user, import).await?;
    for (book, key) in db::fill_sightings::settle_order(&mut *tx, user, &brought).await? {
        touched.book(&book, key);
    }
    let names: Vec<&str> = unsaid.iter().map(String::as_str).collect();
    Amending { user, account, now: cause.now }.settle(tx, &names, &mut touched).await?;
    let rebuilt = rebuild(tx, cause, touched, &Progress::default()).await?;
    Ok(TakenBack { fills_removed, fills_kept, rebuilt })
}
