//! Secrets: where they are given, and those that may change while the process runs.

mod given;

pub use given::{load, load_if_set};

use given::{Given, given, missing, read};
use secrecy::{ExposeSecret as _, SecretString};
use std::{path::PathBuf, time::Duration};
use tokio::sync::watch;

/// Between two looks at a file.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// A secret as it is now. Clones see the same changes.
#[derive(Clone)]
pub struct Secret {
    current: watch::Receiver<SecretString>,
}

impl Secret {
    /// One that never changes.
    pub fn fixed(value: SecretString) -> Self {
        Self { current: watch::channel(value).1 }
    }

    /// One that changes when it is told to.
    pub fn changing(value: SecretString) -> (watch::Sender<SecretString>, Self) {
        let (sender, current) = watch::channel(value);
        (sender, Self { current })
    }

    /// As [`load`]; a file is read again when it changes. Needs a tokio runtime for a file.
    ///
    /// # Errors
    /// Those of [`load`].
    pub fn open(
        name: &'static str,
        value: Option<&SecretString>,
        file: Option<&PathBuf>,
        advice: &str,
    ) -> anyhow::Result<Self> {
        match given(name, value, file)?.ok_or_else(|| missing(name, advice))? {
            Given::Setting(value) => Ok(Self::fixed(value.clone())),
            Given::File(file) => Self::of_file(name, file.to_owned()),
        }
    }

    fn of_file(name: &'static str, file: PathBuf) -> anyhow::Result<Self> {
        let (sender, secret) = Self::changing(read(name, &file)?);
        #[expect(clippy::disallowed_methods, reason = "it ends with the last who reads the secret")]
        tokio::spawn(async move {
            loop {
                tokio::select! {
                    () = sender.closed() => return,
                    () = tokio::time::sleep(LOOK_EVERY) => {}
                }
                // What cannot be read, or is empty in the midst of being written, leaves the last one in force.
                let Ok(text) = tokio::fs::read_to_string(&file).await else { continue };
                let changed = sender.borrow().expose_secret() != text && !text.trim().is_empty();
                if changed {
                    sender.send_replace(text.into());
                    tracing::info!(secret = name, "a secret was replaced");
                }
            }
        });
        Ok(secret)
    }

    /// The secret as it is now.
    pub fn current(&self) -> SecretString {
        self.current.borrow().clone()
    }

    /// True when two secrets hold the same at this moment.
    pub(crate) fn holds(&self, other: &SecretString) -> bool {
        self.current.borrow().expose_secret() == other.expose_secret()
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Secret").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(value: Option<&str>, file: Option<&str>) -> String {
        let (value, file) = (value.map(SecretString::from), file.map(PathBuf::from));
        format!("{:#}", Secret::open("KEY", value.as_ref(), file.as_ref(), "ask Ada").unwrap_err())
    }

    #[test]
    fn a_missing_secret_is_asked_for_and_two_are_refused() {
        assert_eq!(refusal(None, None), "set KEY or KEY_FILE (ask Ada)");
        assert_eq!(refusal(Some(" "), Some("")), "set KEY or KEY_FILE (ask Ada)");
        assert!(refusal(Some("hunter2"), Some("/key")).contains("both set"));
        assert!(refusal(None, Some("/no/such/key")).contains("/no/such/key"));
    }

    #[tokio::test]
    async fn a_file_that_changes_is_read_again() {
        let file = std::env::temp_dir().join(format!("journal-secret-{}", uuid::Uuid::now_v7()));
        std::fs::write(&file, "old").unwrap();
        let mut secret = Secret::open("KEY", None, Some(&file), "").unwrap();
        assert_eq!(secret.current().expose_secret(), "old");

        std::fs::write(&file, "new").unwrap();

        secret.current.changed().await.unwrap();
        assert_eq!(secret.current().expose_secret(), "new");
        assert!(!format!("{secret:?}").contains("new"));
        std::fs::remove_file(file).unwrap();
    }
}
