//! What every call can reach.

use crate::{
    hashing::PasswordHasher, key_sealing::KeySealer, oidc::Providers, signing::Signing,
    succession::Succession, throttle::Throttle, vault::Vault,
};
use runtime::secrets::{Parsed, Secret};
use sqlx::PgPool;
use std::sync::Arc;
use webauthn_rs::Webauthn;

/// Database, keys and the hashing bulkhead.
pub(crate) struct App {
    pub pool: PgPool,
    pub signing: Signing,
    pub hasher: PasswordHasher,
    pub throttle: Throttle,
    /// What must be read again, but not by whoever reads the database.
    pub vault: Arc<Vault>,
    pub succession: Succession,
    pub key_sealer: KeySealer,
    /// Where people may sign in instead.
    pub providers: Parsed<Providers>,
    /// Makes and checks the challenges of passkeys.
    pub webauthn: Webauthn,
    /// Whether an address must be verified before its user signs in.
    pub require_verified_email: bool,
}

impl App {
    /// Costs one password hash.
    pub fn new(
        pool: PgPool,
        signing: Signing,
        peppers: &Secret,
        vault: Arc<Vault>,
        webauthn: Webauthn,
        providers: Parsed<Providers>,
        require_verified_email: bool,
    ) -> anyhow::Result<Self> {
        let throttle = Throttle::new(pool.clone(), peppers)?;
        let succession = Succession::new(peppers)?;
        let key_sealer = KeySealer::new(peppers)?;
        let hasher = PasswordHasher::new(peppers)?;
        Ok(Self {
            pool,
            signing,
            hasher,
            throttle,
            vault,
            succession,
            key_sealer,
            providers,
            webauthn,
            require_verified_email,
        })
    }
}
