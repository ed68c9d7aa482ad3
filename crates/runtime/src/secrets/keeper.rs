//! What looks for a secret again where it was found.

use super::{given::trimmed, reference::Reference, store::Secrets};
use anyhow::Context as _;
use secrecy::{ExposeSecret as _, SecretString};
use std::{path::PathBuf, sync::Weak, time::Duration};
use tokio::sync::watch;

/// Between two looks at a file.
const LOOK_AT_FILE: Duration = Duration::from_secs(1);
/// Whoever was refused with a secret has it looked for, but not more often than so.
const AT_MOST_EVERY: Duration = Duration::from_secs(1);

/// Where a secret is found.
pub(super) enum Source {
    File(PathBuf),
    Store(Secrets, Reference),
}

/// One secret and the place where it is found.
pub(super) struct Keeper {
    pub name: &'static str,
    source: Source,
    pub told: watch::Sender<SecretString>,
}

impl Keeper {
    /// Finds the secret for the first time.
    pub async fn new(name: &'static str, source: Source) -> anyhow::Result<Self> {
        let first = match &source {
            Source::File(file) => read(file).await.with_context(|| format!("{name}_FILE"))?,
            Source::Store(secrets, reference) => {
                let found = secrets.first(&reference.id).await.map_err(anyhow::Error::from);
                let part = found.and_then(|whole| reference.part_of(&whole));
                part.with_context(|| format!("{name}_ARN {}", reference.id))?
            }
        };
        Ok(Self { name, source, told: watch::Sender::new(trimmed(first.expose_secret())) })
    }

    /// Looks again, as long as anybody holds the secret.
    pub async fn look_again(keeper: Weak<Self>) {
        loop {
            let Some(every) = keeper.upgrade().map(|keeper| keeper.every()) else { return };
            tokio::time::sleep(every).await;
            let Some(keeper) = keeper.upgrade() else { return };
            keeper.look(every / 2).await;
        }
    }

    /// Looks now, because the secret was refused.
    pub async fn renew(&self) {
        self.look(AT_MOST_EVERY).await;
    }

    /// A little sooner or later each time, so that instances do not ask in step.
    fn every(&self) -> Duration {
        match &self.source {
            Source::File(_) => LOOK_AT_FILE,
            Source::Store(secrets, _) => {
                let random = uuid::Uuid::new_v4().as_bytes().first().copied().unwrap_or_default();
                secrets.refresh().mul_f64(0.8 + 0.2 * f64::from(random) / 255.0)
            }
        }
    }

    /// What cannot be had leaves the last one in force.
    async fn look(&self, age: Duration) {
        let found = match &self.source {
            Source::File(file) => read(file).await,
            Source::Store(secrets, reference) => {
                let whole = secrets.ask(&reference.id, age).await.map_err(anyhow::Error::from);
                whole.and_then(|whole| reference.part_of(&whole))
            }
        };
        match found.map(|text| trimmed(text.expose_secret())) {
            // A file is empty in the midst of being written.
            Ok(text) if !text.expose_secret().is_empty() => self.replace(text),
            Ok(_) => {}
            Err(error) => {
                metrics::counter!("secret.refresh.failures", "secret" => self.name).increment(1);
                tracing::warn!(
                    secret = self.name,
                    error = format!("{error:#}"),
                    "a secret cannot be looked for; the old one stays"
                );
            }
        }
    }

    fn replace(&self, text: SecretString) {
        let replaced = self.told.send_if_modified(|current| {
            let is_new = current.expose_secret() != text.expose_secret();
            if is_new {
                *current = text;
            }
            is_new
        });
        if replaced {
            metrics::counter!("secrets.replaced", "secret" => self.name).increment(1);
            tracing::info!(secret = self.name, "a secret was replaced");
        }
    }
}

async fn read(file: &PathBuf) -> anyhow::Result<SecretString> {
    let text = tokio::fs::read_to_string(file).await;
    text.map(SecretString::from).with_context(|| format!("cannot read {}", file.display()))
}
