//! Secrets: where they are given, and those that change while the process runs.
//!
//! - [`Named`], [`Given`]: a setting that is a secret, given in one of three ways;
//! - [`Secrets`]: AWS Secrets Manager, which is asked when one is given by its ARN;
//! - [`Secret`]: what it is now; [`Parsed`]: what it says now.

mod given;
mod keeper;
mod parsed;
mod reference;
mod secret;
mod store;

pub use given::{Given, Named};
pub use parsed::Parsed;
pub use secret::Secret;
pub use store::Secrets;
