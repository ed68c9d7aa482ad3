//! How often a password may be guessed: counted in the database before it is hashed, so that neither parallel calls, nor several
//! instances, nor restarts allow a guess more.
//!
//! Nobody is locked out: a device that the user signed in on before has a count of its own.

use crate::{
    config::PasswordPepper,
    db::{
        attempts::{self, Limit, Subject},
        trusted_devices,
    },
    domain::{device::Device, email::EmailAddress, token::Token},
    error::Error,
    key_ring::{KeyRing, keyed_hash},
};
use identity::UserId;
use runtime::{
    postgres,
    secrets::{Named as _, Parsed, Secret},
};
use secrecy::{ExposeSecret as _, SecretBox};
use sqlx::{PgConnection, PgPool};
use std::net::IpAddr;
use time::OffsetDateTime;

/// Wrong passwords for one account, or by one device.
const ACCOUNT: Limit = Limit { most: 10, seconds: 15 * 60 };
/// Wrong passwords from one address.
const ADDRESS: Limit = Limit { most: 30, seconds: 60 };

/// Wrong codes of an authenticator app, or wrong recovery codes.
const CODES: Limit = Limit { most: 5, seconds: 15 * 60 };
/// Mails of one kind to one address that anybody can ask for.
const MAILS: Limit = Limit { most: 5, seconds: 60 * 60 };

/// Mails of one kind that one user sends to whatever addresses.
const SENT: Limit = Limit { most: 20, seconds: 60 * 60 };

/// Until another mail may go to an address, or come from a user, that had many.
pub(crate) const PAUSE_SECONDS: u32 = 60 * 60;

/// Counts attempts.
pub(crate) struct Throttle {
    pool: PgPool,
    key: Parsed<SecretBox<[u8; 32]>>,
}

/// Attempts that have begun and wait to be judged. Dropped without a judgement, they count as failed.
#[must_use]
#[derive(Debug)]
pub(crate) struct Attempt {
    pool: PgPool,
    begun: Vec<(Subject, OffsetDateTime)>,
}

impl Throttle {
    /// Subjects are hashed under a key derived from the first pepper: with another one, counts start anew.
    pub fn new(pool: PgPool, peppers: &Secret) -> anyhow::Result<Self> {
        let of_first = |ring: KeyRing| ring.first().derive("journal attempts");
        Ok(Self { pool, key: KeyRing::follow(PasswordPepper::NAME, peppers, of_first)? })
    }

    /// Begins a sign-in. `known` is what a device presents to be trusted; true when it is. The address counts first: who is refused
    /// for it does not use up attempts on accounts.
    pub async fn begin_login(
        &self,
        email: &EmailAddress,
        device: &Device,
        known: Option<&Token>,
    ) -> Result<(Attempt, bool), Error> {
        let mut attempt = Attempt { pool: self.pool.clone(), begun: Vec::new() };
        if let Some(token) = known
            && trusted_devices::is_trusted(&self.pool, token, email).await?
        {
            attempt.begin(self.subject("device", &token.hash())?, ACCOUNT).await?;
            return Ok((attempt, true));
        }
        if let Some(network) = network(device) {
            attempt.begin(self.subject("address", &network)?, ADDRESS).await?;
        }
        let account = self.subject("account", email.as_str().as_bytes())?;
        match attempt.begin(account, ACCOUNT).await {
            Ok(()) => Ok((attempt, false)),
            Err(refusal) => {
                attempt.give_back().await?;
                Err(refusal)
            }
        }
    }

    /// Begins a change of the password, for which the old one is asked.
    pub async fn begin_change(&self, user_id: UserId) -> Result<Attempt, Error> {
        let mut attempt = Attempt { pool: self.pool.clone(), begun: Vec::new() };
        attempt.begin(self.subject("change", user_id.0.as_bytes())?, ACCOUNT).await?;
        Ok(attempt)
    }

    /// Begins a look at a code of this user, on a device that is trusted or on any other.
    pub async fn begin_code(&self, user_id: UserId, known: Option<&Token>) -> Result<Attempt, Error> {
        let mut attempt = Attempt { pool: self.pool.clone(), begun: Vec::new() };
        let subject = match known {
            Some(token) => self.subject("code on a device", &token.hash())?,
            None => self.subject("code", user_id.0.as_bytes())?,
        };
        attempt.begin(subject, CODES).await?;
        Ok(attempt)
    }

    /// Whether another mail of this kind may go to this address; counts it, whether there is such a user or not.
    pub async fn may_mail(
        &self,
        tx: &mut PgConnection,
        kind: &str,
        email: &EmailAddress,
    ) -> Result<bool, Error> {
        let subject = self.subject(kind, email.as_str().as_bytes())?;
        Ok(attempts::begin(tx, &subject, MAILS).await?.is_some())
    }

    /// Counts a mail of this kind that the user sends to somebody; an error when there were many of late.
    pub async fn count_sent(&self, tx: &mut PgConnection, kind: &str, user_id: UserId) -> Result<(), Error> {
        let subject = self.subject(&format!("{kind} by"), user_id.0.as_bytes())?;
        match attempts::begin(tx, &subject, SENT).await? {
            Some(_) => Ok(()),
            None => Err(Error::TooManyAttempts { retry_after: PAUSE_SECONDS }),
        }
    }

    fn subject(&self, kind: &str, name: &[u8]) -> anyhow::Result<Subject> {
        keyed_hash(self.key.current().expose_secret(), &[kind.as_bytes(), &[0], name])
    }
}

impl Attempt {
    async fn begin(&mut self, subject: Subject, limit: Limit) -> Result<(), Error> {
        let Some(name) = attempts::begin(&self.pool, &subject, limit).await? else {
            let seconds = attempts::seconds_to_wait(&self.pool, &subject, limit).await?;
            metrics::counter!("auth.attempts.refused").increment(1);
            return Err(Error::TooManyAttempts { retry_after: seconds.unsigned_abs() });
        };
        self.begun.push((subject, name));
        // The order in which they are judged: two that share subjects do not wait for each other in a circle.
        self.begun.sort_unstable_by_key(|(subject, _)| *subject);
        Ok(())
    }

    /// The password was wrong.
    pub async fn fail(self) -> Result<(), Error> {
        let mut tx = postgres::begin(&self.pool).await?;
        self.fail_within(&mut tx).await?;
        tx.commit().await?;
        Ok(())
    }

    /// The password was wrong, which counts once `tx` commits.
    pub async fn fail_within(self, tx: &mut PgConnection) -> Result<(), Error> {
        for (subject, name) in &self.begun {
            attempts::fail(&mut *tx, subject, *name).await?;
        }
        Ok(())
    }

    /// The password was right, or was never looked at.
    pub async fn give_back(self) -> Result<(), Error> {
        let (subjects, names): (Vec<Subject>, Vec<OffsetDateTime>) = self.begun.into_iter().unzip();
        Ok(attempts::give_back(&self.pool, &subjects, &names).await?)
    }
}

/// What one household or company has: an IPv4 address, or 64 bits of an IPv6 one. `None` when the address is unknown.
fn network(device: &Device) -> Option<Vec<u8>> {
    match device.ip_address.parse().ok()? {
        IpAddr::V4(address) => Some(address.octets().to_vec()),
        IpAddr::V6(address) => Some(address.octets().into_iter().take(8).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ipv6_address_counts_by_its_network() {
        let of = |address: &str| network(&Device::new("", address));

        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
        assert_eq!(of("unknown"), None);
    }
}
