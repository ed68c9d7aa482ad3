//! What a secret says, read again when it changes.

use super::Secret;
use secrecy::SecretString;
use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

type Read<T> = Box<dyn Fn(&SecretString) -> anyhow::Result<T> + Send + Sync>;

/// What a secret says. Another one that cannot be read leaves the last one in force.
pub struct Parsed<T> {
    name: &'static str,
    read: Read<T>,
    last: Mutex<(Secret, Arc<T>)>,
}

impl<T> Parsed<T> {
    /// Reads the secret of the setting `name`. No error of `read` may repeat the secret.
    pub fn new(
        name: &'static str,
        secret: &Secret,
        read: impl Fn(&SecretString) -> anyhow::Result<T> + Send + Sync + 'static,
    ) -> anyhow::Result<Self> {
        let mut secret = secret.clone();
        let text = secret.news().unwrap_or_else(|| secret.current());
        let first = Arc::new(read(&text)?);
        Ok(Self { name, read: Box::new(read), last: Mutex::new((secret, first)) })
    }

    /// As it is now.
    pub fn current(&self) -> Arc<T> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let (secret, value) = &mut *last;
        if let Some(text) = secret.news() {
            match (self.read)(&text) {
                Ok(read) => *value = Arc::new(read),
                Err(error) => tracing::error!(
                    secret = self.name,
                    error = format!("{error:#}"),
                    "a secret was replaced by what is none; the old one stays"
                ),
            }
        }
        Arc::clone(value)
    }
}

impl<T> fmt::Debug for Parsed<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Parsed").field("name", &self.name).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::Context as _;
    use secrecy::ExposeSecret as _;

    #[test]
    fn it_follows_its_secret_but_not_to_what_cannot_be_read() {
        let (sender, secret) = Secret::changing("1".into());
        let parsed = Parsed::new("NUMBER", &secret, |text| {
            text.expose_secret().parse::<u8>().ok().context("it is no number")
        })
        .unwrap();
        assert_eq!(*parsed.current(), 1);

        sender.send_replace("2".into());
        assert_eq!(*parsed.current(), 2);
        sender.send_replace("many".into());
        assert_eq!(*parsed.current(), 2);
        sender.send_replace("3".into());
        assert_eq!(*parsed.current(), 3);
    }
}
