//! What happens to the ring now and then: a first key, a next one, another one that signs.

use super::{KEPT, NOBODY, PURPOSE};
use crate::{db::signing_keys, vault::Vault};
use identity::Issuer;
use runtime::{Clock, postgres};
use secrecy::{ExposeSecret as _, SecretString};
use sqlx::{PgConnection, PgPool};
use std::time::Duration;

/// Turns the ring.
pub(super) struct Turning<'a> {
    pub pool: &'a PgPool,
    pub vault: &'a Vault,
    pub first: Option<&'a SecretString>,
}

impl Turning<'_> {
    /// Does what is due, one instance after the other: whoever comes second finds it done.
    pub async fn turn(&self, signs_for: Duration, notice: Duration) -> anyhow::Result<()> {
        let mut tx = postgres::begin(self.pool).await?;
        signing_keys::lock(&mut *tx).await?;
        if let Some(first) = self.first
            && signing_keys::is_empty(&mut *tx).await?
        {
            self.publish(&mut tx, first).await?;
        }
        self.see_to_the_next(&mut tx).await?;
        if signing_keys::fill_vacancy(&mut *tx).await?
            || signing_keys::rotate(&mut tx, signs_for, notice).await?
        {
            metrics::counter!("auth.signing_key.rotations").increment(1);
            tracing::info!("another key signs access tokens now");
            self.see_to_the_next(&mut tx).await?;
        }
        self.rewrap(&mut tx).await?;
        signing_keys::delete_old(&mut *tx).await?;
        tx.commit().await?;
        Ok(())
    }

    async fn see_to_the_next(&self, tx: &mut PgConnection) -> anyhow::Result<()> {
        if !signing_keys::one_waits(&mut *tx).await? {
            self.publish(tx, &Issuer::generate_pem()?).await?;
        }
        Ok(())
    }

    async fn publish(&self, tx: &mut PgConnection, pem: &SecretString) -> anyhow::Result<()> {
        let issuer = Issuer::from_pem(pem, Clock::system())?;
        let sealed = self.vault.seal(NOBODY, PURPOSE, pem.expose_secret().as_bytes())?;
        signing_keys::publish(tx, issuer.key_id(), &issuer.jwk_json(), &sealed).await?;
        Ok(())
    }

    /// Takes envelopes over to the first key of the vault.
    async fn rewrap(&self, tx: &mut PgConnection) -> anyhow::Result<()> {
        for key in signing_keys::published(&mut *tx, KEPT).await? {
            if let Some(renewed) = self.vault.renewed(NOBODY, PURPOSE, &key.sealed)? {
                signing_keys::rewrap(&mut *tx, &key.id, &renewed).await?;
            }
        }
        Ok(())
    }
}
