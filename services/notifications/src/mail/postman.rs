//! Takes mails that are due from the queue, one at a time, and sends them.

use super::delivery::{Delivery, Outcome};
use crate::db::{
    self,
    purpose::{self, Purpose},
};
use runtime::postgres;
use sqlx::PgPool;
use std::{sync::Arc, time::Duration};
use tokio_util::sync::CancellationToken;

const IDLE: Duration = Duration::from_secs(1);
const AFTER_A_FAULT: Duration = Duration::from_secs(5);

/// Sends mails.
pub(super) struct Postman {
    pub pool: PgPool,
    pub delivery: Arc<Delivery>,
}

impl Postman {
    /// Sends until `stopping`; what it holds then is finished first.
    pub async fn run(self, stopping: CancellationToken) -> anyhow::Result<()> {
        while !stopping.is_cancelled() {
            let pause = match self.send_next().await {
                Ok(true) => continue,
                Ok(false) => IDLE,
                Err(error) => {
                    tracing::warn!(
                        error = runtime::report::chain(&error),
                        "the queue of mails cannot be read"
                    );
                    AFTER_A_FAULT
                }
            };
            tokio::select! {
                () = stopping.cancelled() => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
        Ok(())
    }

    /// Sends one mail, if one is due. Its row stays locked meanwhile: nobody else sends it, and when this process dies it
    /// is due again. (A mail that the server took in that very moment then goes out twice, under the same Message-ID.)
    async fn send_next(&self) -> sqlx::Result<bool> {
        let mut tx = purpose::begin(&self.pool, Purpose::SendMail).await?;
        let Some(mail) = db::emails::claim_due(&mut *tx).await? else {
            purpose::turn_to(&mut tx, Purpose::GiveUpMail).await?;
            let given_up = db::emails::give_up_old(&mut *tx).await?;
            tx.commit().await?;
            count("given-up", given_up);
            return Ok(false);
        };
        postgres::act_for(&mut tx, mail.user_id).await?;
        let outcome = self.delivery.send(&mail).await;
        match &outcome {
            Outcome::Sent => db::emails::mark_sent(&mut *tx, &mail).await?,
            Outcome::Refused(cause) => db::emails::mark_failed(&mut *tx, &mail, cause).await?,
            Outcome::Postponed(cause) => db::emails::postpone(&mut *tx, &mail, cause).await?,
        }
        tx.commit().await?;
        // The cause may quote the address: it stays in the row.
        tracing::info!(mail.id = %mail.id, outcome = outcome.name(), "a mail was tried");
        count(outcome.name(), 1);
        Ok(true)
    }
}

fn count(outcome: &'static str, mails: u64) {
    metrics::counter!("mails", "outcome" => outcome).increment(mails);
}
