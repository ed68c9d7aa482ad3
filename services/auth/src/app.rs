//! What every call can reach.

use crate::{hashing::PasswordHasher, peppers::Peppers, throttle::Throttle};
use identity::Issuer;
use sqlx::PgPool;

/// Database, keys and the hashing bulkhead.
pub(crate) struct App {
    pub pool: PgPool,
    pub issuer: Issuer,
    pub hasher: PasswordHasher,
    pub throttle: Throttle,
}

impl App {
    /// Costs one password hash.
    pub fn new(pool: PgPool, issuer: Issuer, peppers: Peppers) -> anyhow::Result<Self> {
        let throttle = Throttle::new(pool.clone(), &peppers)?;
        Ok(Self { pool, issuer, hasher: PasswordHasher::new(peppers)?, throttle })
    }
}
