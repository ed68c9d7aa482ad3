//! Users, passwords, sessions, and the keys that sign access tokens.
//!
//! - [`Config`]: what can be set; [`run`]: the whole service;
//! - `grpc`: one file per call of `journal.auth.v1.AuthService`;
//! - `domain`: what an address, a password, a device and a refresh token are;
//! - `hashing`: Argon2id behind a bulkhead, the smallest capacity of the system;
//! - `key_ring`: secret keys that can be replaced; `vault`: what is sealed under them;
//! - `throttle`: how often a password may be guessed, exact among all instances;
//! - `second_factor`: what a sign-in shows besides a password; `reauthentication`: who may change that;
//! - `mailing`: the only way to a mail; `new_password`, `changed_factors`: what new means to sign in entail;
//! - `administration`: what admins and the command line do to an account;
//! - `deletion`: the end of an account; `profile`: how others hear of a user's name and address;
//! - `key_sealing`: secrets of API keys, which are stored nowhere;
//! - `signing`: the keys of access tokens, which turn by themselves;
//! - `audit`: what happened to an account, for its owner to read;
//! - `oidc`: signing in with an account elsewhere;
//! - `signing_in`: the last step of every way to sign in;
//! - `opening`, `ending`: the only ways into a session's tokens and out of a session; `succession`: which token follows which;
//! - `consumers`: what auth hands in for an export;
//! - `db`: all SQL. PostgreSQL decides every race: a refresh token is consumed by one conditional UPDATE, and a unique
//!   index allows a session one usable token at most;
//! - `cleanup`: forgets what is over, once across instances.
//!
//! Access tokens live five minutes and are not stored. Whoever verifies them learns of ended sessions from
//! `ListRevocations` and from the `SessionRevoked` event.

mod administration;
mod app;
mod audit;
mod beat;
mod changed_factors;
mod cleanup;
mod config;
mod consumers;
mod db;
mod deletion;
mod domain;
mod ending;
mod error;
mod grpc;
mod hashing;
mod key_ring;
mod key_sealing;
mod mailing;
mod new_password;
mod oidc;
mod opening;
mod profile;
mod reauthentication;
mod second_factor;
mod signing;
mod signing_in;
mod succession;
mod throttle;
mod vault;
mod wire;

pub use config::{Config, KeyRotation, OidcProviders, Passkeys, PasswordPepper, SigningKey, VaultKey};

use administration::command::{self, Act};
use app::App;
use identity::{Issuer, Role};
use runtime::{Clock, Service, Shutdown, health, postgres, settings};
use signing::{Keeper, Signing};
use sqlx::migrate::Migrator;
use std::{num::NonZeroU32, sync::Arc, time::Duration};
use vault::Vault;

/// The tables of this service.
pub static MIGRATOR: Migrator = sqlx::migrate!();

/// Everything that this service's database needs, in order.
pub fn migrators() -> [&'static Migrator; 3] {
    [&postgres::MIGRATOR, &events::MIGRATOR, &MIGRATOR]
}

/// A new entry for `PASSWORD_PEPPER`.
pub fn generate_pepper() -> secrecy::SecretString {
    key_ring::KeyRing::generate()
}

/// A new entry for `VAULT_KEY`.
pub fn generate_vault_key() -> secrecy::SecretString {
    key_ring::KeyRing::generate()
}

/// Time of a core for one password hash, as the mean of `times` on this thread; an error where Linux does not tell it.
pub fn measure_hash(times: NonZeroU32) -> anyhow::Result<Duration> {
    hashing::measure(times)
}

/// Lets the next key sign from now on. An error when it has not been published for ten minutes.
pub async fn rotate_signing_key(postgres: &settings::Postgres) -> anyhow::Result<()> {
    signing::rotate(postgres).await
}

/// Publishes a key no longer: its tokens are worth nothing, and the next one signs.
pub async fn revoke_signing_key(postgres: &settings::Postgres, id: &str) -> anyhow::Result<()> {
    signing::revoke(postgres, id).await
}

/// Gives the user with this address a role: how the first admin comes to be.
pub async fn grant_role(postgres: &settings::Postgres, email: &str, role: Role) -> anyhow::Result<()> {
    command::run(postgres, email, Act::GrantRole(role)).await
}

/// Ends all sessions and keys of the user with this address, and lets nobody sign in as the user.
pub async fn disable_user(postgres: &settings::Postgres, email: &str) -> anyhow::Result<()> {
    command::run(postgres, email, Act::Disable).await
}

/// Lets the user with this address sign in again.
pub async fn enable_user(postgres: &settings::Postgres, email: &str) -> anyhow::Result<()> {
    command::run(postgres, email, Act::Enable).await
}

/// Runs the service until `shutdown`.
pub async fn run(config: Config, shutdown: Shutdown) -> anyhow::Result<()> {
    let mut service = Service::new("auth", shutdown, &config.admin);
    let (clock, secrets) = (Clock::system(), service.secrets().clone());
    let first = config.signing_key.open_if_set(&secrets).await?.map(|key| key.current());
    if let Some(pem) = &first {
        Issuer::from_pem(pem, clock.clone())?;
    }
    let peppers = config.password_pepper.open(&secrets).await?;
    let vault = Arc::new(Vault::new(&config.vault_key.open(&secrets).await?)?);
    let pool = postgres::connect(&mut service, "auth", &config.postgres, postgres::Planning::Once).await?;
    postgres::insist_on_isolation(&mut service, &pool);
    let broker = events::Broker::new(&secrets, &config.events).await?;
    let KeyRotation { rotate_every: signs_for, notice } = config.key_rotation;
    let keeper = Keeper { pool: pool.clone(), vault: Arc::clone(&vault), clock, first, signs_for, notice };
    let (signing, verifier) = Signing::start(&mut service, keeper);
    let providers =
        oidc::Providers::follow(&config.oidc_providers.open(&secrets).await?, config.public_url.clone())?;
    let (webauthn, strict) = (config.passkeys.load()?, config.require_verified_email);
    let app = Arc::new(App::new(pool.clone(), signing, &peppers, vault, webauthn, providers, strict)?);

    health::serve_admin(&mut service, &config.admin.admin_address)?;
    events::spawn_relay(&mut service, &pool, &broker);
    events::spawn_cleanup(&mut service, &pool);
    events::spawn_consumer(&mut service, &pool, &broker, consumers::ExportAccount);
    cleanup::spawn(&mut service, pool.clone(), config.cleanup_every);
    deletion::spawn(&mut service, pool, config.cleanup_every);
    runtime::grpc::serve(&mut service, &config.grpc, grpc::routes(app, verifier)).await?;
    service.run().await
}
