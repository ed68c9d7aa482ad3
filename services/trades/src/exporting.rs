//! Puts an export together: what others handed in, all rows of this service, fills and trades as CSV, the files that were imported, and images.

mod sheets;
mod tables;

use crate::{
    db,
    domain::{export::Status, ids::ExportId},
    error::{Error, Result},
    files::{Archive, Files},
};
use events::portions;
use futures_util::TryStreamExt as _;
use identity::UserId;
use runtime::postgres;
use sqlx::{PgConnection, PgPool};
use tables::TABLES;

const README: &str = "\
Everything that your trading journal has of you.

journal/fills/*.csv      the fills of each account: the importer takes them as they are (format generic-csv)
journal/trades.csv       the round trips that came of them
journal/*.jsonl          every row, one JSON object a line; numbers are text, so that none loses a digit
journal/files/*          the files that you imported, under the ids of journal/imports.jsonl, where their names are
journal/attachments/*    the images of your trades, under the ids of journal/attachments.jsonl, where their names and kinds are
account/*.jsonl          profile, sessions, audit log, API keys (without secrets), passkeys, mentors
inbox/*.jsonl            notifications and preferences

Splits, expiries and cash are in journal/account-events.jsonl and in the imported files, but not in the CSV of fills.
In CSV, text that a spreadsheet could take for a formula begins with an apostrophe, which the importer takes off again.
";

/// Writes the file of a running export; its bytes. `None`: it is over already.
pub async fn write(pool: &PgPool, files: &Files, user: UserId, id: ExportId) -> Result<Option<u64>> {
    // As of one moment, and in steps: nothing rests for long.
    let mut snapshot = postgres::snapshot_for(pool, user.0).await?;
    let found = db::exports::find(&mut *snapshot, user, id).await?;
    if found.is_none_or(|export| export.status != Status::Running) {
        return Ok(None);
    }
    let upload = files.begin(&Files::export_key(user, id), u64::MAX).await?;
    let mut archive = Archive::new(upload);
    archive.file("README.txt").await?;
    archive.write(README.as_bytes()).await?;
    portions_of_others(&mut snapshot, &mut archive, user, id).await?;
    for (name, query) in TABLES {
        archive.file(&format!("journal/{name}.jsonl")).await?;
        portions::open(&mut snapshot, query).await?;
        while let Some(lines) = portions::next(&mut snapshot).await? {
            archive.write(lines.as_bytes()).await?;
        }
    }
    sheets::fills(&mut snapshot, &mut archive, user).await?;
    sheets::trades(&mut snapshot, &mut archive).await?;
    let imported = db::imports::stored_files(&mut *snapshot, user).await?;
    let attached = db::trade_attachments::all(&mut *snapshot, user).await?;
    snapshot.commit().await?;
    let imported = imported.into_iter().map(|(import, key)| (format!("journal/files/{import}"), key));
    let attached =
        attached.into_iter().map(|id| (format!("journal/attachments/{id}"), Files::attachment_key(user, id)));
    for (name, key) in imported.chain(attached) {
        let Some(mut bytes) = files.read(&key).await? else { continue };
        archive.file(&name).await?;
        while let Some(chunk) = bytes.try_next().await.map_err(Error::Storage)? {
            archive.write(&chunk).await?;
        }
    }
    Ok(Some(archive.finish().await?.bytes))
}

async fn portions_of_others(
    snapshot: &mut PgConnection,
    archive: &mut Archive,
    user: UserId,
    id: ExportId,
) -> Result<()> {
    for file in db::exports::files(&mut *snapshot, user, id).await? {
        archive.file(&format!("{file}.jsonl")).await?;
        let mut from = 0;
        while let Some((at, lines)) = db::exports::lines(&mut *snapshot, user, id, &file, from).await? {
            archive.write(lines.as_bytes()).await?;
            from = at + 1;
        }
    }
    Ok(())
}
