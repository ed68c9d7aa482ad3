//! What an address, a password, a device, a session, a token, a code, a mail and a page are.

pub(crate) mod api_key;
pub(crate) mod browser_secret;
pub(crate) mod device;
pub(crate) mod display_name;
pub(crate) mod email;
pub(crate) mod invalid;
pub(crate) mod invitation;
pub(crate) mod linked_identity;
pub(crate) mod mail;
pub(crate) mod page;
pub(crate) mod passkey;
pub(crate) mod password;
pub(crate) mod recovery_code;
pub(crate) mod return_path;
pub(crate) mod session;
pub(crate) mod token;
pub(crate) mod totp;
pub(crate) mod user;
