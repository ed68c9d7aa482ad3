//! Settings that are secrets.

use runtime::secrets::Named;

/// The first key that signs access tokens: for a database without any, and not looked at later.
#[derive(Debug)]
pub enum SigningKey {}

impl Named for SigningKey {
    const NAME: &'static str = "SIGNING_KEY";
    const MEANING: &'static str = "Ed25519 key in PKCS#8 PEM, as `auth generate-key` prints it, for a database without any: it is not looked at later, and one is made where there is none";
    const ADVICE: &'static str = "`auth generate-key` prints one";
}

/// Peppers of password hashes, the same for all instances.
#[derive(Debug)]
pub enum PasswordPepper {}

impl Named for PasswordPepper {
    const NAME: &'static str = "PASSWORD_PEPPER";
    const MEANING: &'static str = "`id:key` entries separated by commas or white space, as `auth generate-pepper` prints them; the first makes new hashes, and an older one is kept until everybody signed in again, as its hashes need it";
    const ADVICE: &'static str = "`auth generate-pepper` prints an entry";
}

/// Keys of secrets that are stored to be read again, such as those of authenticator apps; the same for all instances.
#[derive(Debug)]
pub enum VaultKey {}

impl Named for VaultKey {
    const NAME: &'static str = "VAULT_KEY";
    const MEANING: &'static str = "`id:key` entries separated by commas or white space, as `auth generate-vault-key` prints them; the first seals, and an older one is kept until nothing is sealed under it any more";
    const ADVICE: &'static str = "`auth generate-vault-key` prints an entry";
}
