//! What one hash costs on this machine, without anything around it.

use super::argon::Argon;
use crate::{domain::password::Password, key_ring::KeyRing};
use anyhow::Context as _;
use std::{fs, num::NonZeroU32, time::Duration};

/// Time of a core for one hash with the parameters and a pepper as sign-ins have them, as the mean of `times`.
pub(crate) fn measure(times: NonZeroU32) -> anyhow::Result<Duration> {
    let argon = Argon::new(KeyRing::parse("PASSWORD_PEPPER", &KeyRing::generate())?)?;
    let password = Password::presented("password", "correct horse battery".to_owned())?;
    let before = spent()?;
    for _ in 0..times.get() {
        argon.hash(&password)?;
    }
    Ok(spent()?.saturating_sub(before) / times.get())
}

/// Time that this thread has spent on a core.
fn spent() -> anyhow::Result<Duration> {
    let text =
        fs::read_to_string("/proc/thread-self/schedstat").context("Linux does not tell what was spent")?;
    let nanoseconds = text.split_whitespace().next().and_then(|field| field.parse().ok());
    Ok(Duration::from_nanos(nanoseconds.context("Linux tells what was spent in another form")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_costs_something() {
        assert!(measure(NonZeroU32::MIN).unwrap() > Duration::from_millis(1));
    }
}
