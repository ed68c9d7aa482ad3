//! The table `accounts`.

use super::{exact::Exact, unreadable::unreadable};
use crate::domain::{
    account::{self, Account},
    ids::AccountId,
};
use identity::UserId;
use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

/// How long a request waits for whoever works on the account.
const PATIENCE: &str = "2s";

/// The statement that reads one account, locked as it says.
macro_rules! one_account {
    ($locked:literal) => {
        concat!(
            "SELECT id, name, broker, currency, time_zone, matching, opening_balance::text, created_at, version,
                    revision, session_calendar
             FROM accounts WHERE user_id = $1 AND id = $2",
            $locked
        )
    };
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    name: String,
    broker: String,
    currency: String,
    time_zone: String,
    matching: String,
    session_calendar: String,
    opening_balance: Option<Exact>,
    created_at: OffsetDateTime,
    version: i64,
    revision: i64,
}

impl TryFrom<Row> for Account {
    type Error = sqlx::Error;

    fn try_from(row: Row) -> sqlx::Result<Self> {
        Ok(Self {
            id: AccountId(row.id),
            name: row.name,
            broker: row.broker,
            currency: row.currency,
            time_zone: row.time_zone,
            matching: account::matching(&row.matching).map_err(|_| unreadable("matching", &row.matching))?,
            session_calendar: row.session_calendar,
            opening_balance: row.opening_balance.map(|exact| exact.0),
            created_at: row.created_at,
            version: row.version,
            revision: row.revision,
        })
    }
}

/// Stores a new account. Its name may be taken: constraint `accounts_name_taken`.
pub async fn insert(db: impl PgExecutor<'_>, user: UserId, account: &Account) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO accounts (user_id, id, name, broker, currency, time_zone, matching, opening_balance,
                               created_at, version, session_calendar)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8::text::numeric, $9, $10, $11)",
    )
    .bind(user.0)
    .bind(account.id.0)
    .bind(&account.name)
    .bind(&account.broker)
    .bind(&account.currency)
    .bind(&account.time_zone)
    .bind(account::matching_name(account.matching))
    .bind(account.opening_balance.map(|balance| balance.to_string()))
    .bind(account.created_at)
    .bind(account.version)
    .bind(&account.session_calendar)
    .execute(db)
    .await?;
    Ok(())
}

/// All accounts of a user, oldest first.
pub async fn list(db: impl PgExecutor<'_>, user: UserId) -> sqlx::Result<Vec<Account>> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, name, broker, currency, time_zone, matching, opening_balance::text, created_at, version,
                revision, session_calendar
         FROM accounts WHERE user_id = $1 ORDER BY id",
    )
    .bind(user.0)
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Account::try_from).collect()
}

/// One account.
pub async fn find(db: impl PgExecutor<'_>, user: UserId, id: AccountId) -> sqlx::Result<Option<Account>> {
    let row: Option<Row> =
        sqlx::query_as(one_account!("")).bind(user.0).bind(id.0).fetch_optional(db).await?;
    row.map(Account::try_from).transpose()
}

/// One account, locked until the transaction ends: whoever writes its fills takes turns. It does not keep others from
/// uploading files for it. Who works on it for longer than two seconds, as an import may, is not waited for: many who wait for one
/// account would keep everybody else from the database.
pub async fn lock(tx: &mut PgConnection, user: UserId, id: AccountId) -> sqlx::Result<Option<Account>> {
    let free = locked(&mut *tx, user, id, one_account!(" FOR NO KEY UPDATE SKIP LOCKED")).await?;
    if free.is_some() {
        return Ok(free);
    }
    // Somebody has it, or it does not exist.
    sqlx::query("SELECT set_config('lock_timeout', $1, true)").bind(PATIENCE).execute(&mut *tx).await?;
    let account = locked(&mut *tx, user, id, one_account!(" FOR NO KEY UPDATE")).await?;
    sqlx::query("SET LOCAL lock_timeout TO DEFAULT").execute(tx).await?;
    Ok(account)
}

/// Like [`lock`], for work in the background: it waits for its turn, and may then take longer than a request may.
pub async fn lock_patiently(
    tx: &mut PgConnection,
    user: UserId,
    id: AccountId,
) -> sqlx::Result<Option<Account>> {
    sqlx::query("SET LOCAL statement_timeout = '10min'").execute(&mut *tx).await?;
    locked(tx, user, id, one_account!(" FOR NO KEY UPDATE")).await
}

async fn locked(
    tx: &mut PgConnection,
    user: UserId,
    id: AccountId,
    sql: &'static str,
) -> sqlx::Result<Option<Account>> {
    let row: Option<Row> = sqlx::query_as(sql).bind(user.0).bind(id.0).fetch_optional(tx).await?;
    row.map(Account::try_from).transpose()
}

/// Writes what [`account::AccountChange`] changed, and the version. The name may be taken, as in [`insert`].
pub async fn update(db: impl PgExecutor<'_>, user: UserId, account: &Account) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE accounts
         SET name = $3, broker = $4, time_zone = $5, opening_balance = $6::text::numeric, version = $7, matching = $8,
             session_calendar = $9
         WHERE user_id = $1 AND id = $2",
    )
    .bind(user.0)
    .bind(account.id.0)
    .bind(&account.name)
    .bind(&account.broker)
    .bind(&account.time_zone)
    .bind(account.opening_balance.map(|balance| balance.to_string()))
    .bind(account.version)
    .bind(account::matching_name(account.matching))
    .bind(&account.session_calendar)
    .execute(db)
    .await?;
    Ok(())
}

/// The next revision of an account's trades.
pub async fn next_revision(tx: &mut PgConnection, user: UserId, id: AccountId) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "UPDATE accounts SET revision = revision + 1 WHERE user_id = $1 AND id = $2 RETURNING revision",
    )
    .bind(user.0)
    .bind(id.0)
    .fetch_one(tx)
    .await
}

/// Deletes an account and, by the foreign keys, everything in it; tells whether it was there.
pub async fn delete(db: impl PgExecutor<'_>, user: UserId, id: AccountId) -> sqlx::Result<bool> {
    let deleted = sqlx::query("DELETE FROM accounts WHERE user_id = $1 AND id = $2")
        .bind(user.0)
        .bind(id.0)
        .execute(db)
        .await?;
    Ok(deleted.rows_affected() == 1)
}
