//! What an address, a password, a device, a session and a refresh token are.

pub(crate) mod device;
pub(crate) mod display_name;
pub(crate) mod email;
pub(crate) mod invalid;
pub(crate) mod password;
pub(crate) mod refresh_token;
pub(crate) mod session;
pub(crate) mod user;
