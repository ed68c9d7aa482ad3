//! Which service calls: every call between services carries a token that the calling service signed a moment ago, for the called one.
//!
//! A user's access token says in whose name a call is made; the service token says who makes it. Calls without one come from nobody
//! that we know, and are not heard.

mod badge;
mod door;
mod key;
mod ring;

pub(crate) use badge::Badge;
pub(crate) use door::{DoorLayer, Stranger};
pub use key::ServiceKey;
pub(crate) use ring::Doorkeeper;

use http::Extensions;

/// The service through which users come in.
pub const GATEWAY: &str = "gateway";

/// The header that carries a service token.
pub const SERVICE_TOKEN: &str = "x-service-token";

/// The service that makes a call, in the extensions of its request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallingService(String);

impl CallingService {
    /// True when a call comes from the service of this name.
    pub fn is(extensions: &Extensions, name: &str) -> bool {
        extensions.get::<Self>().is_some_and(|calling| calling.0 == name)
    }
}
