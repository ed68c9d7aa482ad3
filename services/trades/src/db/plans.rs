//! How PostgreSQL plans statements whose best plan does not depend on the user.

use sqlx::PgExecutor;

/// Plans the rest of the transaction for any user, not for this one.
///
/// In a rebuild: a user whose first fills this very transaction wrote is in no statistics yet: PostgreSQL takes him for one row and picks whichever
/// index is smallest, which then reads all his rows once a book. The generic plan follows the order of the index's columns.
pub async fn for_any_user(db: impl PgExecutor<'_>) -> sqlx::Result<()> {
    sqlx::query("SET LOCAL plan_cache_mode = force_generic_plan").execute(db).await?;
    Ok(())
}
