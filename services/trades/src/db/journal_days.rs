//! The table `journal_days`: what traders write about days.

use crate::domain::day::{Day, DayBeginning};
use identity::UserId;
use sqlx::{PgConnection, PgExecutor};
use time::{Date, OffsetDateTime};

#[derive(sqlx::FromRow)]
struct Row {
    notes: String,
    updated_at: OffsetDateTime,
    version: i64,
}

impl Row {
    fn into_day(self, date: Date) -> Day {
        let updated_at = (self.version > 0).then_some(self.updated_at);
        Day { date, notes: self.notes, updated_at, version: self.version }
    }
}

/// What is written about a day.
pub async fn find(db: impl PgExecutor<'_>, user: UserId, date: Date) -> sqlx::Result<Day> {
    let row: Option<Row> =
        sqlx::query_as("SELECT notes, updated_at, version FROM journal_days WHERE user_id = $1 AND day = $2")
            .bind(user.0)
            .bind(date)
            .fetch_optional(db)
            .await?;
    Ok(row.map_or_else(|| Day::blank(date), |row| row.into_day(date)))
}

/// The same, locked until the transaction ends: also a day about which nothing was written.
pub async fn lock(tx: &mut PgConnection, user: UserId, date: Date) -> sqlx::Result<Day> {
    sqlx::query(
        "INSERT INTO journal_days (user_id, day, notes, updated_at, version) VALUES ($1, $2, '', now(), 0)
         ON CONFLICT DO NOTHING",
    )
    .bind(user.0)
    .bind(date)
    .execute(&mut *tx)
    .await?;
    let row: Row = sqlx::query_as(
        "SELECT notes, updated_at, version FROM journal_days WHERE user_id = $1 AND day = $2 FOR UPDATE",
    )
    .bind(user.0)
    .bind(date)
    .fetch_one(tx)
    .await?;
    Ok(row.into_day(date))
}

/// States the note of a day anew.
pub async fn write(
    db: impl PgExecutor<'_>,
    user: UserId,
    date: Date,
    notes: &str,
    now: OffsetDateTime,
) -> sqlx::Result<Day> {
    let row: Row = sqlx::query_as(
        "UPDATE journal_days SET notes = $3, updated_at = $4, version = version + 1 WHERE user_id = $1 AND day = $2
         RETURNING notes, updated_at, version",
    )
    .bind(user.0)
    .bind(date)
    .bind(notes)
    .bind(now)
    .fetch_one(db)
    .await?;
    Ok(row.into_day(date))
}

#[derive(sqlx::FromRow)]
struct BeginningRow {
    day: Date,
    beginning: String,
    updated_at: OffsetDateTime,
    version: i64,
}

/// Days with a note before `before`, newest first; `from` and `to` are among them.
pub async fn list(
    db: impl PgExecutor<'_>,
    user: UserId,
    (from, to): (Option<Date>, Option<Date>),
    before: Option<Date>,
    limit: usize,
) -> sqlx::Result<Vec<DayBeginning>> {
    let rows: Vec<BeginningRow> = sqlx::query_as(
        "SELECT day, left(notes, 200) AS beginning, updated_at, version FROM journal_days
         WHERE user_id = $1 AND notes <> '' AND ($2::date IS NULL OR day >= $2) AND ($3::date IS NULL OR day <= $3)
           AND ($4::date IS NULL OR day < $4)
         ORDER BY day DESC LIMIT $5",
    )
    .bind(user.0)
    .bind(from)
    .bind(to)
    .bind(before)
    .bind(i64::try_from(limit).unwrap_or(i64::MAX))
    .fetch_all(db)
    .await?;
    let days = rows.into_iter().map(|row| {
        let BeginningRow { day, beginning, updated_at, version } = row;
        DayBeginning { date: day, beginning, updated_at, version }
    });
    Ok(days.collect())
}
