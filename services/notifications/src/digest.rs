//! The weekly mail about what came into the inbox: queued once for each user and week by a command, which a schedule runs.
//!
//! Each user has a transaction of his own, which finds out what he is to be told and queues his mail under the key of the week. Killed
//! half-way, those before have their mail and those after have none yet: run again, it goes on with them. Two at once wait for each
//! other at a user's preferences, and the second finds the mail. Instances that serve send what is queued.

use crate::{
    db::{
        self,
        purpose::{self, Purpose},
    },
    domain::letter::Letter,
    mail,
};
use clap::Args;
use events::departures;
use identity::UserId;
use runtime::{postgres, process, secrets::Secrets, settings};
use sqlx::{Connection as _, PgConnection};
use std::{
    io::{self, Write as _},
    process::ExitCode,
};
use uuid::Uuid;

/// Users that are looked up at once.
const PAGE: i64 = 500;

/// What the `digest` subcommand needs.
#[derive(Args, Debug)]
pub struct Digest {
    /// Only print how many would be mailed.
    #[arg(long)]
    dry_run: bool,
    /// The database `notifications`.
    #[command(flatten)]
    postgres: settings::Postgres,
    /// Whether mail leaves at all, and what it links to.
    #[command(flatten)]
    mail: mail::Settings,
    /// Where secrets are.
    #[command(flatten)]
    secrets: settings::SecretsManager,
    /// Logs and traces.
    #[command(flatten)]
    telemetry: settings::Telemetry,
}

impl Digest {
    /// Does it.
    pub fn run(self) -> ExitCode {
        let telemetry = self.telemetry.clone();
        process::run_once("notifications", &telemetry, self.mail_all())
    }

    async fn mail_all(self) -> anyhow::Result<()> {
        let secrets = Secrets::new(&self.secrets);
        if self.mail.smtp_url.open_if_set(&secrets).await?.is_none() {
            writeln!(io::stdout(), "Mail is off, as SMTP_URL is not set: nobody is mailed")?;
            return Ok(());
        }
        let mut database = postgres::connect_once(&self.postgres, &secrets).await?;
        // Nobody waits here for a lock without end.
        sqlx::query("SET statement_timeout = '30s'").execute(&mut database).await?;
        let (mut asked, mut mailed) = (0_u64, 0_u64);
        let mut after = Uuid::nil();
        loop {
            let page = who_want_it(&mut database, after).await?;
            let Some(last) = page.last() else { break };
            after = *last;
            for user in page {
                asked += 1;
                mailed += u64::from(self.mail_one(&mut database, UserId(user)).await?);
            }
        }
        tracing::info!(asked, mailed, dry_run = self.dry_run, "digests were queued");
        let done = if self.dry_run { "Would be mailed" } else { "Mailed" };
        writeln!(io::stdout(), "{done}: {mailed} of {asked} who asked for it")?;
        Ok(())
    }

    /// True: the user is mailed now.
    async fn mail_one(&self, database: &mut PgConnection, user: UserId) -> sqlx::Result<bool> {
        let mut tx = database.begin().await?;
        if !departures::act_for_present(&mut tx, user.0).await?
            || !db::preferences::lock_wish_for_digest(&mut *tx, user).await?
            || !db::recipients::is_known(&mut *tx, user).await?
        {
            return Ok(false);
        }
        let Some(due) = db::emails::due_digest(&mut *tx, user).await? else { return Ok(false) };
        let week = db::notifications::week(&mut tx, user, due.since).await?;
        if week.is_empty() {
            return Ok(false);
        }
        if self.dry_run {
            return Ok(true);
        }
        let letter = Letter::of_week(&week, &self.mail.public_url);
        let is_first = db::emails::enqueue(&mut *tx, user, &due.event_key, &letter).await?;
        tx.commit().await?;
        Ok(is_first)
    }
}

async fn who_want_it(database: &mut PgConnection, after: Uuid) -> sqlx::Result<Vec<Uuid>> {
    let mut tx = database.begin().await?;
    purpose::turn_to(&mut tx, Purpose::Digest).await?;
    let page = db::preferences::who_want_digests(&mut *tx, after, PAGE).await?;
    tx.commit().await?;
    Ok(page)
}
