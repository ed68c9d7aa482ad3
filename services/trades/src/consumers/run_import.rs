//! Reads an uploaded file into the journal: fills, trades, and what there is to say about them, in one transaction.
//!
//! ```text
//! stored file -> reading (a blocking thread) -> batches of fills -> storing -> rebuild -> reconciling -> finishing
//! ```
//!
//! A worker that is killed leaves nothing but the word `running`: the message is delivered again and starts over.

mod contents;
mod finishing;
mod reading;
mod reconciling;
mod reporting;
pub mod storing;

use crate::{
    db::{self, imports::Upload},
    domain::{
        account::Account,
        ids::ImportId,
        import::{Import, ImportStatus},
    },
    error::Error,
    files::Files,
    progress::Progress,
    rebuild::{Cause, rebuild},
};
use anyhow::Context as _;
use events::{Consumer, Failure, departures};
use finishing::{Completed, Outcome};
use identity::UserId;
use journal_proto::trades::v1::ImportRequested;
pub use reading::Batch;
use reading::{Reading, Unreadable};
use runtime::{Clock, postgres};
use sqlx::{Connection as _, PgConnection, PgPool};
use std::{sync::Arc, time::Instant};
use storing::Storing;
use tokio_util::sync::CancellationToken;

/// The worker of imports.
pub struct RunImport {
    /// For what others shall see before the import is done.
    pub pool: PgPool,
    /// The uploaded files.
    pub files: Files,
    /// The time of day.
    pub clock: Clock,
}

/// One import at work.
struct Job<'a> {
    worker: &'a RunImport,
    user: UserId,
    upload: &'a Upload,
    account: &'a Account,
    progress: Arc<Progress>,
}

impl Consumer for RunImport {
    const QUEUE: &'static str = "trades.run-import";
    const CONCURRENCY: usize = 2;
    type Event = ImportRequested;

    async fn handle(&self, event: ImportRequested, tx: &mut PgConnection) -> Result<(), Failure> {
        let (user, id) = parse(&event)?;
        if !departures::act_for_present(&mut *tx, user.0).await? {
            return Ok(());
        }
        // One that was given up comes again when somebody has mended the cause: a fault of the file itself is handled, and does not.
        let waiting = [ImportStatus::Queued, ImportStatus::Running, ImportStatus::Failed];
        let Some(upload) = in_state(tx, user, id, &waiting).await? else { return Ok(()) };
        let Some(account) = db::accounts::lock_patiently(tx, user, upload.account_id).await? else {
            return Ok(());
        };
        // Who had the account until now may have undone it.
        let Some(upload) = in_state(tx, user, id, &waiting).await? else { return Ok(()) };
        let mut seen = postgres::begin_for(&self.pool, user.0).await?;
        db::imports::start(&mut *seen, user, id, self.clock.now()).await?;
        seen.commit().await?;
        let started = Instant::now();
        let progress = Arc::new(Progress::of_file(upload.bytes));
        let job = Job { worker: self, user, upload: &upload, account: &account, progress };
        let done = CancellationToken::new();
        let work = async {
            let outcome = job.attempt(tx).await;
            done.cancel();
            outcome
        };
        let reports = reporting::report_until(&done, &self.pool, user, &upload, &job.progress);
        let (outcome, ()) = tokio::join!(work, reports);
        let outcome = outcome.map_err(|error| Failure::Retry(error.into()))?;
        metrics::histogram!("import.duration", "outcome" => outcome.name())
            .record(started.elapsed().as_secs_f64());
        finishing::finish(tx, user, &upload, &account.name, outcome, self.clock.now()).await?;
        Ok(())
    }

    async fn give_up(
        &self,
        event: ImportRequested,
        cause: &str,
        tx: &mut PgConnection,
    ) -> Result<(), Failure> {
        let (user, id) = parse(&event)?;
        postgres::act_for(&mut *tx, user.0).await?;
        tracing::error!(import.id = %id, cause, "an import was given up");
        let unfinished = [ImportStatus::Queued, ImportStatus::Running];
        let Some(upload) = in_state(tx, user, id, &unfinished).await? else { return Ok(()) };
        let Some(account) = db::accounts::find(&mut *tx, user, upload.account_id).await? else {
            return Ok(());
        };
        let failed = Outcome::Failed(Unreadable::ours());
        finishing::finish(tx, user, &upload, &account.name, failed, self.clock.now()).await?;
        Ok(())
    }
}

/// What the import of `upload` would do, worked out in full and taken back: nothing stays of it, and nobody hears of it.
pub async fn preview(worker: &RunImport, user: UserId, upload: &Upload) -> Result<Import, Error> {
    let mut tx = postgres::begin_for(&worker.pool, user.0).await?;
    let account = db::accounts::lock(&mut tx, user, upload.account_id).await?;
    let account = account.ok_or(Error::NotFound("account"))?;
    db::imports::insert(&mut *tx, user, upload).await?;
    let progress = Arc::new(Progress::of_file(upload.bytes));
    let job = Job { worker, user, upload, account: &account, progress };
    let outcome = job.attempt(&mut tx).await?;
    finishing::write(&mut tx, user, upload, outcome, worker.clock.now()).await?;
    let import = db::imports::find(&mut *tx, user, upload.id).await?;
    tx.rollback().await?;
    import.ok_or(Error::NotFound("import"))
}

fn parse(event: &ImportRequested) -> Result<(UserId, ImportId), Failure> {
    let user = event.user_id.parse().context("user_id is not a UUID").map_err(Failure::Reject)?;
    let import = event.import_id.parse().context("import_id is not a UUID").map_err(Failure::Reject)?;
    Ok((user, import))
}

/// What was uploaded, unless its import is in another state, or gone with its account.
async fn in_state(
    tx: &mut PgConnection,
    user: UserId,
    id: ImportId,
    states: &[ImportStatus],
) -> sqlx::Result<Option<Upload>> {
    let found = db::imports::upload(tx, user, id).await?;
    Ok(found.filter(|(_, status)| states.contains(status)).map(|(upload, _)| upload))
}

impl Job<'_> {
    /// Runs the import in a savepoint of its own: of a file that turns out to be unreadable nothing stays.
    async fn attempt(&self, tx: &mut PgConnection) -> Result<Outcome, Error> {
        let mut savepoint = tx.begin().await?;
        let outcome = self.run(&mut savepoint).await?;
        match &outcome {
            Outcome::Completed(_) => savepoint.commit().await?,
            Outcome::Failed(_) => savepoint.rollback().await?,
        }
        Ok(outcome)
    }

    async fn run(&self, tx: &mut PgConnection) -> Result<Outcome, Error> {
        let Some(bytes) = self.worker.files.read(&self.upload.object_key).await? else {
            return Ok(Outcome::Failed(Unreadable::file_is_gone()));
        };
        let mut reading = Reading::start(bytes, self.upload, self.account, &self.progress);
        let now = self.worker.clock.now();
        let mut storing = Storing::new(self.user, self.upload, now);
        while let Some(batch) = reading.next().await {
            self.progress.read_rows(batch.rows());
            storing.store(tx, batch).await?;
        }
        let file = match reading.end().await? {
            Ok(file) => file,
            Err(unreadable) => return Ok(Outcome::Failed(unreadable)),
        };
        storing.settle(tx).await?;
        let (user, account) = (self.user, self.account);
        let cause = Cause { user, account, import: Some(self.upload.id), now };
        let touched = std::mem::take(&mut storing.touched);
        let rebuilt = match rebuild(tx, cause, touched, &self.progress).await {
            Ok(rebuilt) => rebuilt,
            Err(Error::Ledger(error)) => return Ok(Outcome::Failed(Unreadable::by_the_ledger(&error, file))),
            Err(error) => return Err(error),
        };
        storing.prompt_for_openings(&mut *tx).await?;
        storing.prompt_for_deliveries(&mut *tx).await?;
        storing.store_rates(&mut *tx, &file.rates).await?;
        storing.prompt_for_rates(&mut *tx, &account.currency).await?;
        let lines =
            reconciling::compare(tx, user, account.id, &file.report.stated, &storing.contents).await?;
        Ok(Outcome::Completed(Completed::of(file, storing, rebuilt.counts(), lines)))
    }
}
