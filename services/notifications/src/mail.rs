//! Mail: written into a queue in the database with the change it tells of, sent by whichever instance is free.

mod delivery;
mod postman;

use crate::{
    db,
    domain::{
        letter::{Content, Letter},
        notice::Notice,
    },
};
use clap::Args;
use delivery::Delivery;
use identity::UserId;
use journal_proto::auth::v1::AccountMailRequested;
use lettre::message::Mailbox;
use postman::Postman;
use runtime::{
    Service,
    secrets::{Given, Named},
    settings,
};
use sqlx::{PgConnection, PgPool};
use std::sync::Arc;
use uuid::Uuid;

/// How mail leaves; without a server none does, and none is queued.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Mail")]
#[group(id = "mail")]
pub struct Settings {
    /// Which server takes it.
    #[command(flatten)]
    pub smtp_url: Given<SmtpUrl>,
    /// Sender of mails, such as `Trading Journal <journal@example.com>`.
    #[arg(long, env = "MAIL_FROM")]
    pub mail_from: Option<Mailbox>,
    /// Where users find the journal, such as `https://app.example.com`: what mails link to.
    #[arg(long, env = "PUBLIC_URL", default_value = "http://127.0.0.1:8080", value_parser = settings::origin)]
    pub public_url: String,
}

/// The SMTP server.
#[derive(Debug)]
pub enum SmtpUrl {}

impl Named for SmtpUrl {
    const NAME: &'static str = "SMTP_URL";
    const MEANING: &'static str = "SMTP server: `smtp://` (plain, `?tls=required` for STARTTLS) or `smtps://`, `user:password@host:port`; absent: no mail";
    const ADVICE: &'static str = "smtps://user:password@host:port";
}

/// Queues mails, if any are sent at all.
#[derive(Clone)]
pub(crate) struct Mail {
    /// `None`: mail is off.
    journal_url: Option<Arc<str>>,
}

/// Mails that one instance sends at once, so that one slow server of a recipient does not hold up all others.
const POSTMEN: usize = 2;

impl Mail {
    /// Starts what sends the queue, unless mail is off.
    pub async fn start(service: &mut Service, pool: &PgPool, settings: &Settings) -> anyhow::Result<Self> {
        let Some(delivery) = Delivery::connect(settings, service.secrets()).await? else {
            tracing::info!("mail is off: SMTP_URL is not set");
            return Ok(Self { journal_url: None });
        };
        let delivery = Arc::new(delivery);
        for _ in 0..POSTMEN {
            let postman = Postman { pool: pool.clone(), delivery: Arc::clone(&delivery) };
            service.spawn("mail", postman.run(service.stopping()));
        }
        Ok(Self { journal_url: Some(settings.public_url.as_str().into()) })
    }

    /// Queues a mail about `notice` in the transaction that creates the notice: once, however often that is tried.
    pub async fn enqueue(&self, tx: &mut PgConnection, user: UserId, notice: &Notice) -> sqlx::Result<()> {
        let Some(journal_url) = &self.journal_url else { return Ok(()) };
        let key = format!("{}:{}", notice.kind, notice.subject_id);
        db::emails::enqueue(tx, user, &key, &Letter::of(notice, journal_url)).await?;
        Ok(())
    }

    /// Queues a mail about the account: once, however often it is asked for. False when there is no such kind.
    pub async fn enqueue_about_account(
        &self,
        tx: &mut PgConnection,
        user: UserId,
        mail_id: Uuid,
        asked: &AccountMailRequested,
    ) -> sqlx::Result<bool> {
        let journal_url = self.journal_url.as_deref().unwrap_or_default();
        let AccountMailRequested { kind, token, detail, email, .. } = asked;
        let letter = Letter::about_account(kind, &Content { token, detail }, journal_url);
        let Some(letter) = letter else { return Ok(false) };
        if self.journal_url.is_some() {
            let elsewhere = Some(email.as_str()).filter(|email| !email.is_empty());
            db::emails::enqueue_to(tx, user, &format!("account:{mail_id}"), &letter, elsewhere).await?;
        } else {
            tracing::warn!(kind, "mail is off: a mail about an account is not sent");
        }
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Debug, Parser)]
    struct Command {
        #[command(flatten)]
        mail: Settings,
    }

    #[test]
    fn a_link_of_mails_that_is_no_origin_is_refused_by_its_name() {
        for wrong in
            ["journal.example.com", "https://journal.example.com/", "https://journal.example.com/app", ""]
        {
            let refusal = Command::try_parse_from(["mail", "--public-url", wrong]).unwrap_err().to_string();
            assert!(
                refusal.contains("PUBLIC_URL") && refusal.contains("an origin such as"),
                "{wrong}: {refusal}"
            );
        }
    }
}
