//! All SQL. Times are the database's: instances may disagree about the time, the database does not with itself.

pub(crate) mod administration;
pub(crate) mod api_keys;
pub(crate) mod attempts;
pub(crate) mod audit_log;
pub(crate) mod mailed_tokens;
pub(crate) mod mentors;
pub(crate) mod oidc_identities;
pub(crate) mod oidc_logins;
pub(crate) mod passkey_ceremonies;
pub(crate) mod passkeys;
pub(crate) mod profiles;
pub(crate) mod recovery_codes;
pub(crate) mod refresh_tokens;
pub(crate) mod revocations;
pub(crate) mod sessions;
pub(crate) mod shown;
pub(crate) mod signing_keys;
pub(crate) mod totp_secrets;
pub(crate) mod trusted_devices;
pub(crate) mod users;
