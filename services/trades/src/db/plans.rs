//! How PostgreSQL plans statements whose best plan does not depend on the user.

use sqlx::PgExecutor;

/// Settings for the next rows of one user in the order of an index, whoever he is: planned anew it takes longer to plan than to read.
///
/// PostgreSQL does not know how many rows this user has, only how many users have on average, and before it has counted the table not
/// even that. Few rows are cheaper sorted than read in order, so it would read all of those who have many.
pub const NEXT_IN_ORDER: [(&str, &str); 2] =
    [("plan_cache_mode", "force_generic_plan"), ("enable_sort", "off")];

/// Plans the rest of the transaction for any user, not for this one.
///
/// In a rebuild: a user whose first fills this very transaction wrote is in no statistics yet: PostgreSQL takes him for one row and picks whichever
/// index is smallest, which then reads all his rows once a book. The generic plan follows the order of the index's columns.
pub async fn for_any_user(db: impl PgExecutor<'_>) -> sqlx::Result<()> {
    sqlx::query("SET LOCAL plan_cache_mode = force_generic_plan").execute(db).await?;
    Ok(())
}
