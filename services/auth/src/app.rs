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
    /// Whether an address must be verified before its user signs in.
    pub require_verified_email: bool,
}

impl App {
    /// Costs one password hash.
    pub fn new(
        pool: PgPool,
        issuer: Issuer,
        peppers: Peppers,
        require_verified_email: bool,
    ) -> anyhow::Result<Self> {
        let throttle = Throttle::new(pool.clone(), &peppers)?;
        Ok(Self { pool, issuer, hasher: PasswordHasher::new(peppers)?, throttle, require_verified_email })
    }
}
