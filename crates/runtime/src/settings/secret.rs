//! Settings that are secrets, of several services.

use crate::secrets::Named;

/// Where the database is.
#[derive(Debug)]
pub enum DatabaseUrl {}

impl Named for DatabaseUrl {
    const NAME: &'static str = "DATABASE_URL";
    const MEANING: &'static str = "URL of the database, with the application role (not the owner)";
    const ADVICE: &'static str = "postgres://role:password@host:port/database";
}

/// Who signs in to the database.
#[derive(Debug)]
pub enum DatabaseLogin {}

impl Named for DatabaseLogin {
    const NAME: &'static str = "DATABASE_LOGIN";
    const MEANING: &'static str =
        "JSON with username and password, as RDS keeps it: they count instead of those of the URL";
    const ADVICE: &'static str = r#"{"username": "...", "password": "..."}"#;
}

/// Where a read replica of the database is.
#[derive(Debug)]
pub enum DatabaseReplicaUrl {}

impl Named for DatabaseReplicaUrl {
    const NAME: &'static str = "DATABASE_REPLICA_URL";
    const MEANING: &'static str =
        "URL of a read replica of the database, with the same role; absent: reads go to the database itself";
    const ADVICE: &'static str = DatabaseUrl::ADVICE;
}

/// Where the database is that is migrated.
#[derive(Debug)]
pub enum MigrationDatabaseUrl {}

impl Named for MigrationDatabaseUrl {
    const NAME: &'static str = "MIGRATION_DATABASE_URL";
    const MEANING: &'static str = "URL of the database, with the role that owns its tables";
    const ADVICE: &'static str = DatabaseUrl::ADVICE;
}

/// Who signs in to the database that is migrated.
#[derive(Debug)]
pub enum MigrationDatabaseLogin {}

impl Named for MigrationDatabaseLogin {
    const NAME: &'static str = "MIGRATION_DATABASE_LOGIN";
    const MEANING: &'static str = DatabaseLogin::MEANING;
    const ADVICE: &'static str = DatabaseLogin::ADVICE;
}

/// Where Redis is.
#[derive(Debug)]
pub enum RedisUrl {}

impl Named for RedisUrl {
    const NAME: &'static str = "REDIS_URL";
    const MEANING: &'static str = "URL of Redis";
    const ADVICE: &'static str = "redis://user:password@host:port";
    const DEFAULT: Option<&'static str> = Some("redis://127.0.0.1:6379");
}

/// With what a service shows who it is.
#[derive(Debug)]
pub enum ServiceKey {}

impl Named for ServiceKey {
    const NAME: &'static str = "SERVICE_KEY";
    const MEANING: &'static str =
        "The key with which this service shows who it is, as `auth generate-service-key` prints it";
    const ADVICE: &'static str = "`auth generate-service-key <name>` prints one";
}

/// The services that may call.
#[derive(Debug)]
pub enum ServiceKeys {}

impl Named for ServiceKeys {
    const NAME: &'static str = "SERVICE_KEYS";
    const MEANING: &'static str = "The services that may call: `name:public key` entries separated by commas or white space, all of one name are good";
    const ADVICE: &'static str = "of each service the name and the public key, the beginning of what `auth generate-service-key` prints";
}
