//! Where a session was opened: what its owner recognises it by.

use super::token::Token;
use sha2::{Digest as _, Sha256};
use std::net::IpAddr;

const MAX_CHARACTERS: usize = 200;

/// A device's name and address. Both are told by the client and only ever shown: whatever cannot be shown is left out, and
/// keeps nobody from signing in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Device {
    /// One line of at most 200 characters; may be empty.
    pub name: String,
    /// In its usual spelling; empty when unknown.
    pub ip_address: String,
}

impl Device {
    /// Cuts `name` to what can be shown, and drops an address that is none.
    pub fn new(name: &str, ip_address: &str) -> Self {
        let name = name.trim().chars().filter(|c| !c.is_control()).take(MAX_CHARACTERS).collect();
        let ip_address = ip_address.parse::<IpAddr>().map(|ip| ip.to_canonical().to_string());
        Self { name, ip_address: ip_address.unwrap_or_default() }
    }
}

/// A hash of what two requests of one device have in common: the device's token, which another cannot have; without one, how its
/// program calls itself. Two tabs of a browser agree in both, and so does one that asks again from another network.
pub(crate) fn mark(user_agent: &str, device_token: Option<&Token>) -> [u8; 32] {
    let hash = Sha256::new();
    let hash = match device_token {
        Some(token) => hash.chain_update("device ").chain_update(token.hash()),
        None => hash.chain_update("program ").chain_update(user_agent),
    };
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_cut_to_what_can_be_shown() {
        let device = Device::new(&format!(" Fire\0fox\n{}", "x".repeat(1000)), "");

        assert_eq!(device.name.chars().count(), 200);
        assert!(device.name.starts_with("Firefoxxx"));
    }

    #[test]
    fn a_device_is_told_by_its_token_else_by_its_program() {
        let (token, other) = (Token::generate(), Token::generate());

        assert_eq!(mark("Firefox", Some(&token)), mark("Firefox 2", Some(&token)));
        assert_eq!(mark("Firefox", None), mark("Firefox", None));
        for different in [mark("Firefox", Some(&other)), mark("Firefox", None), mark("Chrome", None)] {
            assert_ne!(different, mark("Firefox", Some(&token)));
        }
        assert_ne!(mark("Chrome", None), mark("Firefox", None));
    }

    #[test]
    fn an_address_has_one_spelling() {
        assert_eq!(Device::new("", "::ffff:192.0.2.1").ip_address, "192.0.2.1");
        assert_eq!(Device::new("", "2001:DB8::0:1").ip_address, "2001:db8::1");
        assert_eq!(Device::new("", "unknown\0").ip_address, "");
    }
}
