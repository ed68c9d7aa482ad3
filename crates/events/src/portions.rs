//! All rows that a user has in a service, as lines of JSON for an export, read a few at a time.
//!
//! Numbers become text, digit for digit: what reads JSON mostly makes floats of them. The user's own id is left out.

use crate::{Event, outbox};
use sqlx::{AssertSqlSafe, PgConnection};

/// A file of an export, and the static query that gives its rows to whoever acts for their user.
pub type File = (&'static str, &'static str);

/// Some of a service's part of an export: in one event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Portion {
    /// The name of the file that the lines belong to.
    pub file: &'static str,
    /// Lines of JSON.
    pub lines: String,
    /// 0, 1, 2, ... over all files.
    pub sequence: u32,
    /// Whether the part ends with this.
    pub is_last: bool,
}

/// Opens a file's rows; `tx` acts for their user, and [`next`] reads them.
pub async fn open(tx: &mut PgConnection, query: &'static str) -> sqlx::Result<()> {
    let declared = format!(
        "DECLARE portion NO SCROLL CURSOR FOR
         SELECT (SELECT json_object_agg(key, CASE json_typeof(value) WHEN 'number' THEN to_json(value #>> '{{}}') ELSE value END)
                 FROM json_each(row_to_json(one)) WHERE key <> 'user_id')::text
         FROM ({query}) AS one"
    );
    // The query is part of the program.
    sqlx::query(AssertSqlSafe(declared)).persistent(false).execute(tx).await?;
    Ok(())
}

/// The next lines; `None` when there are no more, and the rows are closed.
pub async fn next(tx: &mut PgConnection) -> sqlx::Result<Option<String>> {
    let lines: Vec<String> =
        sqlx::query_scalar("FETCH 500 FROM portion").persistent(false).fetch_all(&mut *tx).await?;
    if lines.is_empty() {
        sqlx::query("CLOSE portion").persistent(false).execute(tx).await?;
        return Ok(None);
    }
    Ok(Some(lines.join("\n") + "\n"))
}

/// Tells all rows of `files`, in the transaction that reads them.
pub async fn hand_in<E: Event>(
    tx: &mut PgConnection,
    files: &[File],
    event: impl Fn(Portion) -> E,
) -> sqlx::Result<()> {
    let mut sequence = 0;
    for (file, query) in files {
        open(&mut *tx, query).await?;
        while let Some(lines) = next(&mut *tx).await? {
            outbox::append(&mut *tx, &event(Portion { file, lines, sequence, is_last: false })).await?;
            sequence += 1;
        }
    }
    let end = Portion { file: "", lines: String::new(), sequence, is_last: true };
    outbox::append(tx, &event(end)).await?;
    Ok(())
}
