//! Start, observe, stop: what every service process has in common and no service should write again.
//!
//! - [`listen`], [`settings`]: groups of clap flags, flattened into each service's `Config`;
//! - [`process`]: the two entry points `serve` and `migrate` of a `main.rs`;
//! - [`Service`], [`Shutdown`]: tasks that live and stop together;
//! - [`health`]: `/health`, `/ready` and `/metrics` on the admin port; [`healthcheck`]: who asks for them in a container;
//! - [`grpc`], [`status`]: servers, channels and errors between services;
//! - [`peers`], [`secrets`]: which service calls, and secrets that change while a process runs;
//! - [`deadline`]: until when the request at hand must be answered;
//! - [`postgres`], [`redis`], [`periodic`]: the stores, and work done once across instances;
//! - [`idempotency`], [`precondition`]: writes that are done once, or only to what their caller has seen;
//! - [`data_version`]: what tells whether anything was written for a user;
//! - [`telemetry`], [`propagation`], [`report`]: logs, metrics, traces that cross process borders, and errors with their causes;
//! - [`Clock`]: the only source of the time of day.

pub mod clock;
pub mod data_version;
pub mod deadline;
pub mod grpc;
pub mod health;
pub mod healthcheck;
pub mod idempotency;
pub mod listen;
pub mod peers;
pub mod periodic;
pub mod postgres;
pub mod precondition;
pub mod process;
pub mod propagation;
pub mod redis;
pub mod report;
pub mod secrets;
pub mod service;
pub mod settings;
pub mod status;
pub mod telemetry;

pub use clock::Clock;
pub use listen::Listen;
pub use service::{Service, Shutdown};
