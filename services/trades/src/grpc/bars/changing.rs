//! What changes of trades when bars do.

use crate::{
    db,
    domain::account::Account,
    error::Result,
    grpc::App,
    rebuild::{Cause, measure_again},
};
use identity::UserId;
use sqlx::PgConnection;

/// Locks all accounts of a user, and then his bars: whoever rebuilds trades holds the account first.
pub(super) async fn lock(tx: &mut PgConnection, user: UserId) -> Result<Vec<Account>> {
    let mut locked = Vec::new();
    for account in db::accounts::list(&mut *tx, user).await? {
        locked.extend(db::accounts::lock(&mut *tx, user, account.id).await?);
    }
    db::price_bars::lock(tx, user).await?;
    Ok(locked)
}

/// Measures the trades in `symbol` of these accounts again, and tells how many went otherwise.
pub(super) async fn measure(
    app: &App,
    tx: &mut PgConnection,
    user: UserId,
    accounts: &[Account],
    symbol: &str,
) -> Result<u64> {
    let mut changed = 0;
    for account in accounts {
        let cause = Cause { user, account, import: None, now: app.clock.now() };
        changed += measure_again(&mut *tx, cause, symbol).await? as u64;
    }
    Ok(changed)
}
