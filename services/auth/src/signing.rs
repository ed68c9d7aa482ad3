//! The keys that sign access tokens: a ring in the database, the same for all instances, that turns by itself.
//!
//! One key signs. The next one waits and is published with it, so that whoever verifies tokens knows it long before it signs. Those
//! that signed before stay published until their last token is over. Each instance looks at the ring every few seconds.

mod turning;

use crate::{config::KeyRotation, db::signing_keys, error::Error, vault::Vault};
use anyhow::Context as _;
use identity::{Issuer, Keys, UserId, Verifier};
use runtime::{Clock, Service, postgres, secrets::Secrets, settings};
use secrecy::{ExposeSecret as _, SecretString};
use sqlx::{Connection as _, PgPool};
use std::{sync::Arc, time::Duration};
use tokio::{sync::watch, time::timeout};
use tokio_util::sync::CancellationToken;
use turning::Turning;
use uuid::Uuid;

/// Longer than a token lives (5 minutes), clocks differ and an instance may go on with the key that it knows.
const KEPT: Duration = Duration::from_mins(15);
/// Who comes before the ring was first read waits so long.
const PATIENCE: Duration = Duration::from_secs(5);
/// What an envelope with a private key is sealed for; it belongs to no user.
const PURPOSE: &str = "signing-key";
const NOBODY: UserId = UserId(Uuid::nil());

/// Signs with whichever key signs now.
pub(crate) struct Signing {
    ring: watch::Receiver<Option<Arc<Ring>>>,
}

/// The ring as it was a moment ago.
struct Ring {
    issuer: Arc<Issuer>,
    jwks_json: String,
}

/// What keeps the ring of one instance up to date.
pub(crate) struct Keeper {
    pub pool: PgPool,
    pub vault: Arc<Vault>,
    pub clock: Clock,
    /// The first key of an empty ring, if somebody gave one.
    pub first: Option<SecretString>,
    /// How long a key signs.
    pub signs_for: Duration,
    /// How long a key is published at least before it signs.
    pub notice: Duration,
}

impl Signing {
    /// Starts the background task `signing-keys` and the readiness check of that name. The verifier trusts the ring.
    pub fn start(service: &mut Service, keeper: Keeper) -> (Self, Verifier) {
        let (told, ring) = watch::channel(None);
        let (trusted, keys) = watch::channel(Keys::default());
        let verifier = Verifier::following(keys, keeper.clock.clone());
        let stopping = service.stopping();
        service.spawn("signing-keys", async move {
            keeper.run(&told, &trusted, &stopping).await;
            Ok(())
        });
        let known = ring.clone();
        service.readiness().require("signing-keys", move || {
            let missing = known.borrow().is_none();
            async move {
                anyhow::ensure!(!missing, "the signing keys are not loaded yet");
                Ok(())
            }
        });
        (Self { ring }, verifier)
    }

    /// What signs now.
    pub async fn issuer(&self) -> Result<Arc<Issuer>, Error> {
        Ok(Arc::clone(&self.ring().await?.issuer))
    }

    /// The public halves of all keys that verify tokens, as a JSON Web Key Set.
    pub async fn jwks_json(&self) -> Result<String, Error> {
        Ok(self.ring().await?.jwks_json.clone())
    }

    async fn ring(&self) -> Result<Arc<Ring>, Error> {
        let mut ring = self.ring.clone();
        let loaded = timeout(PATIENCE, ring.wait_for(Option::is_some)).await;
        loaded.ok().and_then(Result::ok).and_then(|ring| ring.clone()).ok_or(Error::Overloaded)
    }
}

impl Keeper {
    async fn run(
        self,
        told: &watch::Sender<Option<Arc<Ring>>>,
        trusted: &watch::Sender<Keys>,
        stopping: &CancellationToken,
    ) {
        let every = (self.notice / 10).clamp(Duration::from_millis(100), Duration::from_secs(5));
        while !stopping.is_cancelled() {
            match self.look().await {
                Ok((ring, keys)) => {
                    trusted.send_replace(keys);
                    told.send_replace(Some(Arc::new(ring)));
                }
                Err(error) => {
                    tracing::warn!(
                        error = format!("{error:#}"),
                        "cannot read the signing keys; the old ones stay"
                    );
                }
            }
            tokio::select! {
                () = stopping.cancelled() => {}
                () = tokio::time::sleep(every) => {}
            }
        }
    }

    /// Turns the ring where that is due, and reads it.
    async fn look(&self) -> anyhow::Result<(Ring, Keys)> {
        Turning { pool: &self.pool, vault: &self.vault, first: self.first.as_ref() }
            .turn(self.signs_for, self.notice)
            .await?;
        let overdue = signing_keys::overdue(&self.pool, self.signs_for).await?;
        metrics::gauge!("auth.signing_key.overdue").set(overdue);
        let published = signing_keys::published(&self.pool, KEPT).await?;
        let signing = published.iter().find(|key| key.signs).context("no key signs")?;
        let pem = self.vault.open(NOBODY, PURPOSE, &signing.sealed)?;
        let pem = SecretString::from(String::from_utf8_lossy(pem.expose_secret()).into_owned());
        let issuer = Arc::new(Issuer::from_pem(&pem, self.clock.clone())?);
        let jwks: Vec<&str> = published.iter().map(|key| key.jwk.as_str()).collect();
        let jwks_json = format!(r#"{{"keys":[{}]}}"#, jwks.join(","));
        let keys = Keys::from_jwks(&jwks_json)?;
        Ok((Ring { issuer, jwks_json }, keys))
    }
}

/// Lets the waiting key sign now, if it has been published for ten minutes.
pub(crate) async fn rotate(settings: &settings::Postgres) -> anyhow::Result<()> {
    let mut database = postgres::connect_once(settings, &Secrets::default()).await?;
    let mut tx = database.begin().await?;
    signing_keys::lock(&mut *tx).await?;
    let notice = KeyRotation::default().notice;
    let rotated = signing_keys::rotate(&mut tx, Duration::ZERO, notice).await?;
    anyhow::ensure!(rotated, "the next key has not been published for ten minutes yet: try again later");
    tx.commit().await?;
    Ok(())
}

/// Publishes a key no longer.
pub(crate) async fn revoke(settings: &settings::Postgres, id: &str) -> anyhow::Result<()> {
    let mut database = postgres::connect_once(settings, &Secrets::default()).await?;
    let revoked = signing_keys::revoke(&mut database, id).await?;
    anyhow::ensure!(revoked, "there is no such key, or it was revoked before");
    Ok(())
}
