//! Every contract of the platform: the gRPC services and the events, generated from `journal/`.
//!
//! Conventions: ids are UUID strings; decimals (money, prices, quantities) are exact decimal strings; times are
//! `google.protobuf.Timestamp` in UTC; days are ISO dates (`2026-01-05`) in the account's time zone.

#![allow(missing_docs, reason = "the .proto files carry the documentation of generated items")]
#![allow(clippy::all, clippy::pedantic, reason = "generated code")]

/// Every contract as a `google.protobuf.FileDescriptorSet`.
pub const DESCRIPTORS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/descriptors.bin"));

/// Users, sessions and keys.
pub mod auth {
    /// Version 1.
    pub mod v1 {
        tonic::include_proto!("journal.auth.v1");

        /// Without the token: it is as good as a password.
        impl std::fmt::Debug for AccountMailRequested {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let Self { user_id, mail_id, kind, detail, .. } = self;
                formatter
                    .debug_struct("AccountMailRequested")
                    .field("user_id", user_id)
                    .field("mail_id", mail_id)
                    .field("kind", kind)
                    .field("detail", detail)
                    .finish_non_exhaustive()
            }
        }
    }
}

/// Accounts, imports, fills and round-trip trades.
pub mod trades {
    /// Version 1.
    pub mod v1 {
        tonic::include_proto!("journal.trades.v1");
    }
}

/// Statistics over closed trades.
pub mod analytics {
    /// Version 1.
    pub mod v1 {
        tonic::include_proto!("journal.analytics.v1");
    }
}

/// Inbox and live stream.
pub mod notifications {
    /// Version 1.
    pub mod v1 {
        tonic::include_proto!("journal.notifications.v1");
    }
}

pub use prost_types::Timestamp;
