//! One secret as it is now.

use super::keeper::{Keeper, Source};
use secrecy::{ExposeSecret as _, SecretString};
use std::{fmt, sync::Arc};
use tokio::sync::watch;

/// A secret as it is now. Clones see the same changes.
#[derive(Clone)]
pub struct Secret {
    current: watch::Receiver<SecretString>,
    keeper: Option<Arc<Keeper>>,
}

impl Secret {
    /// One that never changes.
    pub fn fixed(value: SecretString) -> Self {
        Self::changing(value).1
    }

    /// One that changes when it is told to.
    pub fn changing(value: SecretString) -> (watch::Sender<SecretString>, Self) {
        let (sender, current) = watch::channel(value);
        (sender, Self { current, keeper: None })
    }

    /// One that is found at `source`, now and later.
    pub(super) async fn kept(name: &'static str, source: Source) -> anyhow::Result<Self> {
        let keeper = Arc::new(Keeper::new(name, source).await?);
        #[expect(clippy::disallowed_methods, reason = "it ends with the last who reads the secret")]
        tokio::spawn(Keeper::look_again(Arc::downgrade(&keeper)));
        Ok(Self { current: keeper.told.subscribe(), keeper: Some(keeper) })
    }

    /// The secret as it is now.
    pub fn current(&self) -> SecretString {
        self.current.borrow().clone()
    }

    /// True when two secrets hold the same at this moment.
    pub fn holds(&self, other: &SecretString) -> bool {
        self.current.borrow().expose_secret() == other.expose_secret()
    }

    /// True for one that may be another one later.
    pub fn may_change(&self) -> bool {
        self.current.has_changed().is_ok()
    }

    /// Waits until it is another one than when this was last called, or than when it was opened. For ever, if it never changes.
    pub async fn changed(&mut self) {
        if self.current.changed().await.is_err() {
            std::future::pending::<()>().await;
        }
    }

    /// Looks for another one at once, because this one was refused; more often than every second only the first one asks.
    /// True when it is another one now than `refused`.
    pub async fn renew(&self, refused: &SecretString) -> bool {
        if let Some(keeper) = &self.keeper
            && self.holds(refused)
        {
            keeper.renew().await;
        }
        !self.holds(refused)
    }

    /// What it is, unless that was told before.
    pub(super) fn news(&mut self) -> Option<SecretString> {
        let is_new = self.current.has_changed().unwrap_or(false);
        is_new.then(|| self.current.borrow_and_update().clone())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Secret").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_file_that_changes_is_read_again() {
        let file = std::env::temp_dir().join(format!("journal-secret-{}", uuid::Uuid::now_v7()));
        std::fs::write(&file, "old\n").unwrap();
        let mut secret = Secret::kept("KEY", Source::File(file.clone())).await.unwrap();
        assert_eq!(secret.current().expose_secret(), "old");

        std::fs::write(&file, "new\n").unwrap();

        secret.changed().await;
        assert_eq!(secret.current().expose_secret(), "new");
        assert!(!format!("{secret:?}").contains("new"));
        std::fs::write(&file, "newest").unwrap();
        assert!(secret.renew(&"new".into()).await);
        assert_eq!(secret.current().expose_secret(), "newest");
        std::fs::remove_file(file).unwrap();
    }

    #[tokio::test]
    async fn a_fixed_secret_stays() {
        let secret = Secret::fixed("old".into());

        assert!(!secret.may_change());
        assert!(!secret.renew(&"old".into()).await);
    }
}
