//! What a request brought, before it is known whose it is: row level security shows a transaction the one row that goes with it.

use crate::domain::{email::EmailAddress, token::Token};
use sqlx::PgConnection;

/// An address: the row of its user is seen.
pub(crate) async fn show_address(tx: &mut PgConnection, email: &EmailAddress) -> sqlx::Result<()> {
    let shown = sqlx::query("SELECT set_config('app.shown_address', $1, true)");
    shown.bind(email.as_str()).execute(tx).await?;
    Ok(())
}

/// A token: the row that holds its hash is seen.
pub(crate) async fn show_token(tx: &mut PgConnection, token: &Token) -> sqlx::Result<()> {
    let shown = sqlx::query("SELECT set_config('app.shown_token', encode($1, 'hex'), true)");
    shown.bind(token.hash()).execute(tx).await?;
    Ok(())
}
